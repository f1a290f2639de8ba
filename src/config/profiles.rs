//! `[profiles.NAME]` of `config.toml`.

use serde::de::{Deserializer, Error};
use serde::{Deserialize, de};
use toml::Spanned;

use super::account::{self, Given, Setting, Value};
use super::{Account, Environment, Loaded, Loopback, Profile};
use crate::domain::Text;
use crate::protocol::{Keep, Method, Problem, ProblemKind};

/// One `[profiles.NAME]`. What may also be given elsewhere is checked when everything is joined.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub struct ProfileTable {
    /// One of Microsoft's clouds.
    pub cloud: Option<Spanned<String>>,
    /// The tenant.
    pub tenant: Option<Spanned<String>>,
    /// The application's id.
    pub client_id: Option<Spanned<String>>,
    /// The base URL of Graph.
    pub graph_url: Option<Spanned<String>>,
    /// The base URL of sign-in.
    pub login_url: Option<Spanned<String>>,
    /// Scopes to ask for; empty for the least.
    #[serde(deserialize_with = "scopes")]
    pub scopes: Vec<String>,
    /// The way to sign in; `None` is `auto`.
    #[serde(deserialize_with = "sign_in")]
    pub sign_in: Option<Method>,
    /// What goes below everything that is written, in the format of the text.
    pub signature: Option<String>,
    /// A shell command that prints an access token.
    #[serde(deserialize_with = "token_command")]
    pub token_command: Option<String>,
    /// Where the sign-in is kept.
    #[serde(deserialize_with = "keep")]
    pub keep: Keep,
    /// What the browser calls this machine when it comes back.
    #[serde(deserialize_with = "redirect")]
    pub redirect: Loopback,
}

/// `Keep`, with its names in config files.
const KEEPS: [(Keep, &str); 4] = [
    (Keep::Auto, "auto"),
    (Keep::Keyring, "keyring"),
    (Keep::File, "file"),
    (Keep::Memory, "memory"),
];

/// The name of a way to keep a sign-in, as in config files.
pub fn keep_name(keep: Keep) -> &'static str {
    KEEPS.iter().find(|(k, _)| *k == keep).map_or("", |(_, name)| name)
}

impl ProfileTable {
    fn field(&self, setting: Setting) -> Option<&Spanned<String>> {
        match setting {
            Setting::Cloud => self.cloud.as_ref(),
            Setting::Tenant => self.tenant.as_ref(),
            Setting::ClientId => self.client_id.as_ref(),
            Setting::GraphUrl => self.graph_url.as_ref(),
            Setting::LoginUrl => self.login_url.as_ref(),
        }
    }
}

impl Loaded {
    /// What the config file gives for a profile.
    pub fn given(&self, profile: &Profile) -> Given {
        let Some(table) = self.config.profiles.get(profile) else {
            return Given::new();
        };
        let of = |row: &account::Row| {
            let value = table.field(row.setting)?;
            let from = self.source.place(value.span().start);
            let text = value.get_ref().clone();
            Some((row.setting, Value { text, from }))
        };
        account::SETTINGS.iter().filter_map(of).collect()
    }

    /// Every setting of a profile as it is given: flags, environment, the config file, then the Azure tools' variables.
    pub fn joined(&self, profile: &Profile, flags: &Given, environment: &Environment) -> Given {
        account::join(&[flags, &environment.account, &self.given(profile), &environment.azure])
    }

    /// The account of a profile.
    ///
    /// # Errors
    /// `Config` as [`account::decide`].
    pub fn account(&self, profile: &Profile, flags: &Given, environment: &Environment) -> Result<Account, Problem> {
        let given = self.joined(profile, flags, environment);
        account::decide(profile, &given, self.config.profiles.get(profile))
    }

    /// Looks at every profile by itself.
    pub(super) fn check_profiles(&self) -> Result<(), Problem> {
        for (profile, table) in &self.config.profiles {
            let account = account::decide(profile, &self.given(profile), Some(table))?;
            if account.method == Some(Method::TokenCommand) && account.token_command.is_none() {
                let what = format!("The profile `{profile}` signs in with a token command and has no token_command.");
                let next = format!("Write it below [profiles.{profile}] in {}.", self.source.file());
                return Err(Problem::new(ProblemKind::Config, &what, &next));
            }
        }
        Ok(())
    }
}

/// A word of a table of words, or what there is to choose from.
fn word<'de, T: Copy, D: Deserializer<'de>>(deserializer: D, words: &[(T, &str)]) -> Result<T, D::Error> {
    let given = String::deserialize(deserializer)?;
    words
        .iter()
        .find(|(_, word)| *word == given)
        .map(|(value, _)| *value)
        .ok_or_else(|| {
            let names: Vec<String> = words.iter().map(|(_, word)| format!("`{word}`")).collect();
            // As serde says it, so that it is explained as its own are.
            D::Error::custom(format_args!(
                "unknown variant `{given}`, expected one of {}",
                names.join(", ")
            ))
        })
}

fn keep<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Keep, D::Error> {
    word(deserializer, &KEEPS)
}

fn redirect<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Loopback, D::Error> {
    word(deserializer, &Loopback::NAMES)
}

fn sign_in<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Method>, D::Error> {
    let named = Method::NAMES.map(|(method, name)| (Some(method), name));
    let words: Vec<(Option<Method>, &str)> = std::iter::once((None, "auto")).chain(named).collect();
    word(deserializer, &words)
}

fn token_command<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let command = String::deserialize(deserializer)?;
    if command.trim().is_empty() {
        return Err(D::Error::custom(
            "a token command is a shell command that prints an access token, such as \"az account get-access-token --query accessToken -o tsv\"",
        ));
    }
    Ok(Some(command))
}

/// Scopes are visible ASCII without spaces, quotes and backslashes (RFC 6749 §3.3).
pub fn is_scope(scope: &str) -> bool {
    !scope.is_empty() && scope.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\'))
}

fn scopes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let scopes = Vec::<String>::deserialize(deserializer)?;
    match scopes.iter().find(|scope| !is_scope(scope)) {
        None => Ok(scopes),
        Some(scope) => Err(de::Error::custom(format_args!(
            "`{}` is no scope: write each by itself, such as \"Group.Read.All\"",
            Text::new(scope)
        ))),
    }
}
