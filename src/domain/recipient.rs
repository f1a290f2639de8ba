//! A name and an address, as Outlook's part of Graph writes them.

use serde::{Deserialize, Serialize};

use super::Text;

/// Someone who sent or receives a post: Graph's `recipient`, flattened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
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

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    email_address: Option<Address>,
}

#[derive(Default, Serialize, Deserialize)]
struct Address {
    name: Option<Text>,
    address: Option<Text>,
}

impl From<Wire> for Recipient {
    fn from(wire: Wire) -> Self {
        let Address { name, address } = wire.email_address.unwrap_or_default();
        Recipient {
            name: name.unwrap_or_default(),
            address: address.unwrap_or_default(),
        }
    }
}

impl From<Recipient> for Wire {
    fn from(recipient: Recipient) -> Self {
        Wire {
            email_address: Some(Address {
                name: Some(recipient.name),
                address: Some(recipient.address),
            }),
        }
    }
}
