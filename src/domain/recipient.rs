//! A name and an address, as Outlook's part of Graph writes them.

use serde::{Deserialize, Serialize};

use super::Text;
use super::lenient::odd_as_none;

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

    /// `Ana Souza <ana@contoso.com>`, or as much of that as is known.
    pub fn addressed(&self) -> String {
        let Recipient { name, address } = self;
        match name.is_empty() || address.is_empty() || name == address {
            true => self.shown().to_string(),
            false => format!("{name} <{address}>"),
        }
    }

    /// Whether the address is one that mail goes to from a group: Graph refuses a host of one word.
    pub fn has_domain(&self) -> bool {
        let host = self.address.as_str().rsplit_once('@').map(|(_, host)| host);
        host.is_some_and(|host| host.contains('.') && host.split('.').all(|label| !label.is_empty()))
    }

    /// Several of them, as in a mail's header.
    pub fn listed(recipients: &[Recipient]) -> String {
        let all: Vec<String> = recipients.iter().map(Recipient::addressed).collect();
        all.join(", ")
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(default, deserialize_with = "odd_as_none")]
    email_address: Option<Address>,
}

#[derive(Default, Serialize, Deserialize)]
struct Address {
    #[serde(default, deserialize_with = "odd_as_none")]
    name: Option<Text>,
    #[serde(default, deserialize_with = "odd_as_none")]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_said_of_a_name_and_an_address_as_is_known() {
        let said = |name: &str, address: &str| {
            let (name, address) = (name.into(), address.into());
            Recipient { name, address }.addressed()
        };
        assert_eq!(said("Zoë 灯", "z@folk.example"), "Zoë 灯 <z@folk.example>");
        assert_eq!(said("", "z@folk.example"), "z@folk.example");
        assert_eq!(said("z@folk.example", "z@folk.example"), "z@folk.example");
        assert_eq!(said("Zoë", ""), "Zoë");
        assert_eq!(said("", ""), "");
    }
}
