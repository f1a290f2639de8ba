//! What the person and the command line have chosen; it does not change while the program runs, but for how times are
//! shown.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::{Format, Text};
use crate::keys::Keymap;
use crate::text::time;

/// Choices that hold for the whole run.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Keys to actions.
    pub keymap: Arc<Keymap>,
    /// Nothing may be sent.
    pub read_only: bool,
    /// Lists turn pages instead of scrolling, for slow lines.
    pub low_bandwidth: bool,
    /// Photos are shown.
    pub photos: bool,
    /// How times are shown.
    pub times: TimeStyle,
    /// The zone that times are shown in.
    pub zone: TimeZone,
    /// What the status line calls the tenant until Graph has told its name: the Graph host, or the demo.
    pub tenant: Text,
    /// The profile's name.
    pub profile: Text,
    /// The profile is one that the person has named: the status line tells it.
    pub named_profile: bool,
    /// The address of Graph.
    pub graph: Text,
    /// The program can sign in by itself: its token was not got elsewhere.
    pub can_sign_in: bool,
    /// The profile has a command that gives tokens.
    pub has_token_command: bool,
    /// The welcome has just made this profile: signing in comes before the first read, and Esc there goes back to it.
    pub after_welcome: bool,
    /// For so long what is sent can be taken back.
    pub undo: Duration,
    /// How new texts are meant.
    pub format: Format,
    /// What goes below new texts.
    pub signature: Option<String>,
    /// Tells this run's drafts from those of any other run.
    pub session: String,
}

impl Settings {
    /// A moment as the person wants moments shown.
    pub fn when(&self, then: Timestamp, now: Timestamp) -> String {
        if self.times.absolute {
            time::absolute(then, &self.zone, self.times.twelve_hours)
        } else {
            time::relative(then, now, &self.zone)
        }
    }
}

/// What holds where nobody has chosen anything.
impl Default for Settings {
    fn default() -> Self {
        Settings {
            keymap: Arc::new(Keymap::default()),
            read_only: false,
            low_bandwidth: false,
            photos: false,
            times: TimeStyle::default(),
            zone: TimeZone::UTC,
            tenant: Text::default(),
            profile: Text::default(),
            named_profile: false,
            graph: Text::default(),
            can_sign_in: false,
            has_token_command: false,
            after_welcome: false,
            undo: Duration::ZERO,
            format: Format::default(),
            signature: None,
            session: String::new(),
        }
    }
}

/// How times are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeStyle {
    /// `2026-11-21 14:05` instead of `3 h ago`.
    pub absolute: bool,
    /// `2:05 pm` instead of `14:05`.
    pub twelve_hours: bool,
}
