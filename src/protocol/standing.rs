//! The sign-in as it stands: who, where, for how long, and what for.

use jiff::Timestamp;

use super::Method;
use crate::domain::{Recipient, Text};

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
    /// The granted scopes; empty where the authority has told of none of Graph's, which says nothing about them.
    pub scopes: Vec<String>,
}

/// Whose sign-in it is: `Ines Wickersham <ines@contoso.com>`, or as much of that as the token tells.
pub fn called(name: &Text, address: &Text) -> String {
    let (name, address) = (name.clone(), address.clone());
    let called = Recipient { name, address }.addressed();
    match called.is_empty() {
        true => "somebody whom the token does not name".to_owned(),
        false => called,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_called_by_an_empty_address() {
        for (name, address, expected) in [
            ("山田 花子", "hanako@folk.example", "山田 花子 <hanako@folk.example>"),
            ("山田 花子", "", "山田 花子"),
            ("", "hanako@folk.example", "hanako@folk.example"),
            ("", "", "somebody whom the token does not name"),
        ] {
            assert_eq!(called(&name.into(), &address.into()), expected);
        }
    }
}
