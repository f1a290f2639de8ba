//! Signing in, as it looks from outside: what is asked for, and the steps that are told while it goes on.

use std::fmt;

use jiff::Timestamp;

use super::Problem;
use crate::domain::Text;

/// A way of getting a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Authorization code with PKCE in the system's browser (RFC 6749, 7636, 8252).
    Browser,
    /// A code that is typed on another device (RFC 8628).
    Device,
    /// A command of the person's own that prints a token.
    TokenCommand,
    /// The session of the Azure CLI, `az`.
    AzureCli,
}

impl Method {
    /// Every way, with its name in config files and on the command line.
    pub const NAMES: [(Method, &'static str); 4] = [
        (Method::Browser, "browser"),
        (Method::Device, "device"),
        (Method::TokenCommand, "token-command"),
        (Method::AzureCli, "azure-cli"),
    ];

    /// Its name in config files and on the command line.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(method, _)| *method == self)
            .map_or("", |(_, name)| name)
    }

    /// Whether a command gives the tokens, which needs no person.
    pub fn is_command(self) -> bool {
        matches!(self, Method::TokenCommand | Method::AzureCli)
    }

    /// What a person signs in with, as it follows "with" or "by".
    pub fn in_words(self) -> &'static str {
        match self {
            Method::Browser => "the browser",
            Method::Device => "a code",
            Method::TokenCommand => "the profile's command",
            Method::AzureCli => "the Azure CLI",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Where a sign-in is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// The keyring where one works, else a file that only its owner can read.
    #[default]
    Auto,
    /// The keyring.
    Keyring,
    /// A file that only its owner can read.
    File,
    /// Nowhere: the sign-in ends with the program.
    Memory,
}

/// What a person asks of a sign-in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SignIn {
    /// The way; `None` chooses one that suits where the program runs.
    pub method: Option<Method>,
    /// Scopes to ask for besides those of the profile, such as `Sites.Read.All`.
    pub scopes: Vec<String>,
}

/// What is told while a sign-in goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum SignInStep {
    /// A way is tried, and why this one.
    Trying {
        /// The way.
        method: Method,
        /// Why, a plain sentence.
        why: Text,
    },
    /// A link to open in a browser.
    OpenUrl {
        /// The link. It holds no secret but the `state` and the PKCE challenge of this one attempt.
        url: String,
        /// A browser was started with it.
        opened: bool,
        /// The command that brings the browser's answer from another machine, such as
        /// `ssh -L 41234:localhost:41234 user@host`. The address the browser ends on may be pasted instead.
        tunnel: Option<Text>,
    },
    /// A code to type at an address.
    DeviceCode {
        /// The code.
        user_code: Text,
        /// The address.
        verification_uri: Text,
        /// When it ends.
        expires_at: Timestamp,
    },
    /// A way did not work, and the next is tried.
    FellBack {
        /// The way that failed.
        from: Method,
        /// The way that is tried now.
        to: Method,
        /// Why, a plain sentence.
        why: Text,
    },
    /// Something came that is not the answer of this sign-in, such as a wrong paste. The sign-in still waits: another page
    /// must not be able to end it.
    Rejected(Problem),
    /// It worked.
    SignedIn {
        /// The person's name.
        name: Text,
        /// The person's address.
        address: Text,
        /// Where the sign-in is kept, in plain words.
        kept: Text,
        /// What the person should know about that, such as why no keyring was used.
        notice: Option<Text>,
    },
    /// It did not work.
    Failed(Problem),
}
