//! The sign-in as it stands: who, where, for how long, and what for.

use jiff::Timestamp;

use super::Method;
use crate::domain::Text;

/// A sign-in that is in hand. It holds no secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The person's name.
    pub name: Text,
    /// The person's address.
    pub address: Text,
    /// The tenant, as the authority tells it: its id where it is known.
    pub tenant: Text,
    /// The address of Graph that the token is for.
    pub graph_url: Text,
    /// The way of signing in; `None` for a token that was got elsewhere.
    pub method: Option<Method>,
    /// Where the sign-in is kept, in plain words, such as `the keyring (Secret Service)`.
    pub kept: Text,
    /// What the person should know about that, such as why no keyring is used.
    pub notice: Option<Text>,
    /// When the access token ends, where that is known.
    pub expires_at: Option<Timestamp>,
    /// It can be renewed without the person.
    pub renewable: bool,
    /// The granted scopes.
    pub scopes: Vec<String>,
}
