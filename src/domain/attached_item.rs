//! Outlook items that hang on posts: mails, events, contacts.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::lenient::time;
use super::{Recipient, Text};

/// What an attached Outlook item says of itself.
/// <https://learn.microsoft.com/graph/api/resources/itemattachment>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub struct AttachedItem {
    /// What it is.
    pub kind: ItemKind,
    /// The subject; of a contact the name. May be empty.
    pub subject: Text,
    /// Who wrote the mail or organises the event; of a contact how to reach it.
    pub who: Option<Recipient>,
    /// When the mail was sent, or the event begins.
    pub when: Option<Timestamp>,
}

/// What an attached item is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ItemKind {
    /// A mail, or an invitation or a post, which read like one.
    Mail,
    /// An event of a calendar.
    Event,
    /// A contact.
    Contact,
    /// Something newer than this program.
    #[default]
    Other,
}

impl ItemKind {
    /// What it is called, also before whom it is from.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            ItemKind::Mail => ("mail", " from "),
            ItemKind::Event => ("event", " by "),
            ItemKind::Contact => ("contact", ", "),
            ItemKind::Other => ("item", " from "),
        }
    }
}

impl AttachedItem {
    /// What it is, in a line: `mail “灯籠” from Ada Lovelace, 2026-11-17 20:14`. What the attachment's name says
    /// already is left out, and the time is written by `date`.
    pub fn told(&self, name: &Text, date: impl Fn(Timestamp) -> String) -> String {
        let (noun, from) = self.kind.words();
        let mut words = noun.to_owned();
        if !self.subject.is_empty() && self.subject != *name {
            words += &format!(" “{}”", self.subject);
        }
        if let Some(who) = self.who.as_ref().filter(|who| !who.shown().is_empty()) {
            words += &format!("{from}{}", who.shown());
        }
        if let Some(when) = self.when {
            words += &format!(", {}", date(when));
        }
        words
    }
}

/// As much of Graph's message, event and contact as is told of them.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wire {
    #[serde(rename = "@odata.type", skip_serializing_if = "Option::is_none")]
    odata_type: Option<String>,
    subject: Option<Text>,
    from: Option<Recipient>,
    #[serde(deserialize_with = "time")]
    sent_date_time: Option<Timestamp>,
    #[serde(skip_serializing)]
    sender: Option<Recipient>,
    #[serde(skip_serializing, deserialize_with = "time")]
    received_date_time: Option<Timestamp>,
    #[serde(skip_serializing)]
    organizer: Option<Recipient>,
    #[serde(skip_serializing)]
    start: Option<Start>,
    #[serde(skip_serializing)]
    display_name: Option<Text>,
    #[serde(skip_serializing)]
    email_addresses: Option<Vec<Address>>,
}

/// <https://learn.microsoft.com/graph/api/resources/datetimetimezone>
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Start {
    date_time: Option<String>,
    time_zone: Option<String>,
}

impl Start {
    /// The moment, where the zone is known: Graph writes UTC unless it is asked for another.
    fn moment(&self) -> Option<Timestamp> {
        let local: DateTime = self.date_time.as_ref()?.trim_end_matches('Z').parse().ok()?;
        let zone = match self.time_zone.as_deref() {
            None | Some("UTC") => TimeZone::UTC,
            Some(name) => TimeZone::get(name).ok()?,
        };
        Some(local.to_zoned(zone).ok()?.timestamp())
    }
}

/// <https://learn.microsoft.com/graph/api/resources/emailaddress>
#[derive(Default, Deserialize)]
#[serde(default)]
struct Address {
    name: Option<Text>,
    address: Option<Text>,
}

impl From<Address> for Recipient {
    fn from(Address { name, address }: Address) -> Self {
        Recipient {
            name: name.unwrap_or_default(),
            address: address.unwrap_or_default(),
        }
    }
}

impl From<Wire> for AttachedItem {
    fn from(wire: Wire) -> Self {
        let kind = wire.odata_type.unwrap_or_default().to_ascii_lowercase();
        let kind = match kind.rsplit('.').next().unwrap_or_default() {
            "message" | "eventmessage" | "eventmessagerequest" | "eventmessageresponse" | "post" => ItemKind::Mail,
            "event" => ItemKind::Event,
            "contact" => ItemKind::Contact,
            _ => ItemKind::Other,
        };
        let reached = wire.email_addresses.unwrap_or_default().into_iter().next();
        let begins = wire.start.and_then(|start| start.moment());
        AttachedItem {
            kind,
            subject: wire.subject.or(wire.display_name).unwrap_or_default(),
            who: wire
                .from
                .or(wire.sender)
                .or(wire.organizer)
                .or(reached.map(Recipient::from)),
            when: wire.sent_date_time.or(wire.received_date_time).or(begins),
        }
    }
}

impl From<AttachedItem> for Wire {
    fn from(item: AttachedItem) -> Self {
        let odata_type = match item.kind {
            ItemKind::Mail => Some("#microsoft.graph.message"),
            ItemKind::Event => Some("#microsoft.graph.event"),
            ItemKind::Contact => Some("#microsoft.graph.contact"),
            ItemKind::Other => None,
        };
        Wire {
            odata_type: odata_type.map(str::to_owned),
            subject: Some(item.subject),
            from: item.who,
            sent_date_time: item.when,
            ..Wire::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(item: serde_json::Value) -> String {
        let item: AttachedItem = serde_json::from_value(item).unwrap();
        let kept: AttachedItem = serde_json::from_value(serde_json::to_value(&item).unwrap()).unwrap();
        assert_eq!(kept, item, "as it is kept");
        item.told(&"Name".into(), |at| at.to_string())
    }

    #[test]
    fn mails_events_and_contacts_say_what_they_are() {
        let ada = json!({"emailAddress": {"name": "Ada 山田", "address": "ada@else.example"}});
        for (item, expected) in [
            (
                json!({
                    "@odata.type": "#microsoft.graph.message", "id": "", "subject": "灯籠 \u{1b}[2J", "from": ada, "sender": null,
                    "receivedDateTime": "2017-07-21T00:19:55Z", "sentDateTime": "2017-07-21T00:19:52Z"
                }),
                "mail “灯籠” from Ada 山田, 2017-07-21T00:19:52Z",
            ),
            (
                json!({"@odata.type": "#Microsoft.Graph.eventMessageRequest", "subject": "Name", "sender": ada}),
                "mail from Ada 山田",
            ),
            (
                json!({
                    "@odata.type": "#microsoft.graph.event", "subject": "Name", "organizer": ada,
                    "start": {"dateTime": "2026-11-27T09:00:00.0000000", "timeZone": "UTC"}
                }),
                "event by Ada 山田, 2026-11-27T09:00:00Z",
            ),
            (
                json!({"@odata.type": "#microsoft.graph.event", "start": {"dateTime": "2026-11-27T09:00:00", "timeZone": "Europe/Paris"}}),
                "event, 2026-11-27T08:00:00Z",
            ),
            (
                json!({"@odata.type": "#microsoft.graph.event", "start": {"dateTime": "soon", "timeZone": "Romance Standard Time"}}),
                "event",
            ),
            (
                json!({
                    "@odata.type": "#microsoft.graph.contact", "displayName": "נור",
                    "emailAddresses": [{"name": "", "address": "nour@else.example"}]
                }),
                "contact “נור”, nour@else.example",
            ),
            (
                json!({"@odata.type": "#microsoft.graph.hologram", "subject": null}),
                "item",
            ),
            (json!({}), "item"),
        ] {
            assert_eq!(told(item.clone()), expected, "{item}");
        }
    }
}
