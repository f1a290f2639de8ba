//! The settings of `config.toml`. Every one has a default; `default.toml` shows and explains them all.

use std::collections::BTreeMap;
use std::fmt;

use jiff::tz::TimeZone;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use toml::Spanned;

use crate::domain::Format;

use super::{Photos, Profile, ProfileTable};

/// The most that sending may be put off, in seconds.
const LONGEST_UNDO: u16 = 600;

/// What `config.toml` says.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct Config {
    /// The profile to use where nothing else names one.
    pub profile: Option<Profile>,
    /// How the screen is coloured.
    pub theme: Theme,
    /// How times are shown.
    pub time: Time,
    /// How the screen is used.
    pub layout: Layout,
    /// How replies are written.
    pub compose: Compose,
    /// Whether what is read is kept.
    pub store: Store,
    /// Keys that are added to the defaults, or taken away. Names are checked by `keys`.
    #[serde(deserialize_with = "bindings")]
    pub keys: Vec<KeyBinding>,
    /// The accounts, by the names of their profiles.
    pub profiles: BTreeMap<Profile, ProfileTable>,
}

/// The colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// The terminal's own sixteen colours.
    #[default]
    Default,
    /// No colours: bold, underlined and reversed text only.
    Monochrome,
}

/// How times are shown.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct Time {
    /// Hours of the day.
    pub clock: Clock,
    /// Dates of what happened lately.
    pub dates: Dates,
    /// The time zone; `None` is the system's.
    #[serde(deserialize_with = "zone")]
    pub zone: Option<TimeZone>,
}

/// Hours of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Clock {
    /// `18:30`
    #[default]
    #[serde(rename = "24h")]
    Hours24,
    /// `6:30 pm`
    #[serde(rename = "12h")]
    Hours12,
}

/// Dates of what happened lately.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dates {
    /// `5 min ago`, `yesterday`
    #[default]
    Relative,
    /// `2026-11-21 18:30`
    Absolute,
}

/// How the screen is used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct Layout {
    /// For slow lines: lists and posts turn pages where they would scroll, and nothing moves by itself.
    pub low_bandwidth: bool,
    /// How photos are drawn.
    pub photos: Photos,
    /// Whether links of posts are links of the terminal's own, too.
    pub hyperlinks: Hyperlinks,
}

/// When links of posts are links of the terminal's own (OSC 8).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hyperlinks {
    /// Where the terminal is known for them.
    #[default]
    Auto,
    /// Wherever the line is not slow.
    Always,
    /// Nowhere.
    Never,
}

impl Layout {
    /// Whether there are links of the terminal's own in a terminal that is, or is not, known for them.
    pub fn links(&self, known: bool) -> bool {
        let wanted = match self.hyperlinks {
            Hyperlinks::Auto => known,
            Hyperlinks::Always => true,
            Hyperlinks::Never => false,
        };
        wanted && !self.low_bandwidth
    }
}

/// What is read, for the next start.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct Store {
    /// It is kept on disk.
    pub enabled: bool,
}

impl Default for Store {
    fn default() -> Self {
        Store { enabled: true }
    }
}

/// How things are written and sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct Compose {
    /// A shell command that opens an editor on a file; `None` asks `VISUAL` and `EDITOR`.
    #[serde(deserialize_with = "command")]
    pub editor: Option<String>,
    /// How new texts are meant.
    pub format: Format,
    /// For so many seconds what is sent can be taken back; 0 sends at once.
    #[serde(deserialize_with = "undo_seconds")]
    pub undo_seconds: u16,
}

impl Default for Compose {
    fn default() -> Self {
        Compose {
            editor: None,
            format: Format::Plain,
            undo_seconds: 5,
        }
    }
}

/// One line of `[keys]`. The spans tell where it stands in the file, for whoever finds a mistake in it later.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyBinding {
    /// The action's config name.
    pub action: Spanned<String>,
    /// Names of keys; `none` takes the action's default keys away.
    pub keys: Vec<Spanned<String>>,
}

impl Compose {
    /// The editor to start: the config's, else the environment's, else the system's plainest. A shell command to which
    /// the file's name is added, as git does it.
    pub fn editor<'a>(&'a self, environment: Option<&'a str>) -> &'a str {
        const PLAINEST: &str = if cfg!(windows) { "notepad" } else { "vi" };
        self.editor.as_deref().or(environment).unwrap_or(PLAINEST)
    }
}

fn command<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let command = String::deserialize(deserializer)?;
    if command.trim().is_empty() {
        return Err(D::Error::custom(
            "an editor needs a command, such as \"vim\" or \"code --wait\"",
        ));
    }
    Ok(Some(command))
}

fn undo_seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let seconds = u16::deserialize(deserializer)?;
    if seconds > LONGEST_UNDO {
        return Err(D::Error::custom(format_args!("at most {LONGEST_UNDO} seconds")));
    }
    Ok(seconds)
}

fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<TimeZone>, D::Error> {
    let name = String::deserialize(deserializer)?;
    TimeZone::get(&name).map(Some).map_err(|_| {
        D::Error::custom(format_args!(
            "no time zone `{name}` is known here; write one such as \"Europe/Berlin\" or \"UTC\", as in the list of tzdata"
        ))
    })
}

fn bindings<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<KeyBinding>, D::Error> {
    deserializer.deserialize_map(Bindings)
}

struct Bindings;

impl<'de> Visitor<'de> for Bindings {
    type Value = Vec<KeyBinding>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of actions and their keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut bindings = Vec::new();
        while let Some((action, keys)) = map.next_entry::<Spanned<String>, Spanned<Keys>>()? {
            let span = keys.span();
            let keys = match keys.into_inner() {
                Keys::One(key) => vec![Spanned::new(span, key)],
                Keys::Many(keys) => keys,
            };
            bindings.push(KeyBinding { action, keys });
        }
        Ok(bindings)
    }
}

/// `"none"`, `"e"`, or `["e", "ctrl-e"]`.
enum Keys {
    One(String),
    Many(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of keys such as [\"e\", \"ctrl-e\"], or \"none\"")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Keys, E> {
        Ok(Keys::One(key.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Keys, A::Error> {
        let mut keys = Vec::new();
        while let Some(key) = list.next_element()? {
            keys.push(key);
        }
        Ok(Keys::Many(keys))
    }
}
