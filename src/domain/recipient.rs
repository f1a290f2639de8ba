//! A name and an address, as Outlook's part of Graph writes them.

use serde::{Deserialize, Serialize};

use super::Text;

/// Someone who sent or receives a post: Graph's `recipient`, flattened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Wire")]
pub struct Recipient {
    /// The display name; may be empty.
    pub name: Text,
    /// The SMTP address; may be empty.
    pub address: Text,
}

impl Recipient {
    /// The name, or the address where there is no name.
    pub fn shown(&self) -> &Text {
        if self.name.is_empty() {
            &self.address
        } else {
            &self.name
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    email_address: Option<Address>,
    name: Option<Text>,
    address: Option<Text>,
}

#[derive(Deserialize)]
struct Address {
    name: Option<Text>,
    address: Option<Text>,
}

impl From<Wire> for Recipient {
    /// Reads both Graph's nested form and the flat one that drafts keep.
    fn from(wire: Wire) -> Self {
        let (name, address) = match wire.email_address {
            Some(inner) => (inner.name, inner.address),
            None => (wire.name, wire.address),
        };
        Recipient {
            name: name.unwrap_or_default(),
            address: address.unwrap_or_default(),
        }
    }
}
