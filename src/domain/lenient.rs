//! Values as Graph writes them, read so that one odd value costs itself alone and not the answer that holds it.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Text;

/// Times before this one stand for none: Graph writes the first moment of the year 1, or of 1601, for what never was.
const NEVER: i64 = -11_644_387_200;

/// Reads `null` as the type's empty value: Graph nulls what it leaves out.
pub(super) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a collection of texts, without whatever else stands among them.
pub(super) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Text>, D::Error> {
    let texts = Option::<Vec<Lax>>::deserialize(deserializer)?;
    Ok(texts.into_iter().flatten().filter_map(|Lax(text)| text).collect())
}

/// Reads texts by their names, without whatever else has one.
pub(super) fn named_texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, Text>, D::Error> {
    let texts = Option::<BTreeMap<String, Lax>>::deserialize(deserializer)?;
    let given = |(name, Lax(text)): (String, Lax)| Some((name, text?));
    Ok(texts.into_iter().flatten().filter_map(given).collect())
}

/// Reads a value; nothing where it has another shape.
pub(super) fn odd_as_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Perhaps::deserialize(deserializer).map(Perhaps::known)
}

/// Reads a collection, without whatever has another shape.
pub(super) fn each<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let all = Option::<Vec<Perhaps<T>>>::deserialize(deserializer)?;
    Ok(all.into_iter().flatten().filter_map(Perhaps::known).collect())
}

/// A value of a shape, or of any other.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Perhaps<T> {
    Known(T),
    Odd(IgnoredAny),
}

impl<T> Perhaps<T> {
    fn known(self) -> Option<T> {
        match self {
            Perhaps::Known(value) => Some(value),
            Perhaps::Odd(_) => None,
        }
    }
}

/// A text, or whatever stands in its place.
struct Lax(Option<Text>);

impl<'de> Deserialize<'de> for Lax {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LaxVisitor)
    }
}

struct LaxVisitor;

impl<'de> Visitor<'de> for LaxVisitor {
    type Value = Lax;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Lax, E> {
        Ok(Lax(Some(Text::new(text))))
    }

    fn visit_unit<E: Error>(self) -> Result<Lax, E> {
        Ok(Lax(None))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Lax, E> {
        Ok(Lax(None))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Lax, E> {
        Ok(Lax(None))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Lax, E> {
        Ok(Lax(None))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Lax, E> {
        Ok(Lax(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Lax, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Lax(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Lax, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Lax(None))
    }
}

/// Reads a number of things; nothing where it is negative or too large for its type.
pub(super) fn number<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64>,
{
    let number = Option::<i64>::deserialize(deserializer)?;
    Ok(number.and_then(|number| T::try_from(number).ok()))
}

/// Reads a time; nothing where it stands for none, or is further away than times go here (Graph's last one is the end of
/// the year 9999).
pub(super) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let time = Option::<Moment>::deserialize(deserializer)?;
    Ok(time.and_then(|Moment(time)| time))
}

struct Moment(Option<Timestamp>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(MomentVisitor)
    }
}

struct MomentVisitor;

impl Visitor<'_> for MomentVisitor {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
        let time = text.parse::<Timestamp>().ok();
        Ok(Moment(time.filter(|time| time.as_second() > NEVER)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Attachment, Post, Recipient, Thread};

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    #[serde(default)]
    struct Odd {
        #[serde(deserialize_with = "time")]
        at: Option<Timestamp>,
        #[serde(deserialize_with = "number")]
        size: Option<u64>,
        #[serde(deserialize_with = "texts")]
        texts: Vec<Text>,
        #[serde(deserialize_with = "named_texts")]
        named: BTreeMap<String, Text>,
    }

    fn read(json: &str) -> Odd {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn times_that_stand_for_none_are_none() {
        for text in [
            "0001-01-01T00:00:00Z",
            "1601-01-01T00:00:00Z",
            "9999-12-31T23:59:59.9999999Z",
            "9999-12-31T23:59:59Z",
            "soon",
            "",
        ] {
            assert_eq!(read(&format!("{{\"at\": \"{text}\"}}")).at, None, "{text}");
        }
        assert_eq!((read("{}").at, read("{\"at\": null}").at), (None, None));
        let noon: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        for text in [
            "2026-03-01T12:00:00Z",
            "2026-03-01T12:00:00.0000000Z",
            "2026-03-01T17:30:00+05:30",
        ] {
            assert_eq!(read(&format!("{{\"at\": \"{text}\"}}")).at, Some(noon), "{text}");
        }
        assert!(serde_json::from_str::<Odd>("{\"at\": 5}").is_err());
    }

    #[test]
    fn what_is_no_text_costs_itself_alone() {
        let odd = r#"null, 5, -5, 0.5, true, [1, ["x"]], {"a": {"b": 1}}"#;
        let read_texts = read(&format!("{{\"texts\": [{odd}, \"日本\", \"a\\u001bb\", {odd}]}}"));
        assert_eq!(read_texts.texts, ["日本".into(), Text::new("a\u{1b}b")]);
        let named = read(r#"{"named": {"a": null, "b": 5, "c": [1], "d": {"e": "f"}, "g": "שלום"}}"#);
        assert_eq!(named.named, BTreeMap::from([("g".to_owned(), "שלום".into())]));
        assert!(read("{\"texts\": null, \"named\": null}") == Odd::default());
    }

    #[test]
    fn people_and_files_that_are_odd_cost_themselves_alone() {
        let odd = r#"null, 5, "x", [1], {}, {"emailAddress": "x"}, {"emailAddress": {"name": 5, "address": [1]}}"#;
        let good = r#"{"emailAddress": {"name": "山田", "address": "y@folk.example"}}"#;
        let half = r#"{"emailAddress": {"name": {"a": 1}, "address": "z@folk.example"}}"#;
        let json = format!(r#"{{"topic": "t", "toRecipients": [{odd}, {good}, {half}], "ccRecipients": null}}"#);
        let thread: Thread = serde_json::from_str(&json).unwrap();
        let known = thread.to_recipients.iter().filter(|one| !one.shown().is_empty());
        let known: Vec<String> = known.map(Recipient::addressed).collect();
        assert_eq!(known, ["山田 <y@folk.example>", "z@folk.example"]);
        let json = format!(r#"{{"newParticipants": [{good}, 7], "sender": {half}}}"#);
        let post: Post = serde_json::from_str(&json).unwrap();
        assert_eq!(Recipient::listed(&post.new_participants), "山田 <y@folk.example>");
        assert_eq!(post.sender.addressed(), "z@folk.example");
        let json = r##"[{"@odata.type": "#microsoft.graph.fileAttachment", "id": "a", "name": 5, "contentType": {}, "size": "7",
            "isInline": "no", "item": [1]}, {"id": "b", "name": "b.txt", "size": 7}]"##;
        let files: Vec<Attachment> = serde_json::from_str(json).unwrap();
        assert_eq!((files[0].size, files[0].inline, &files[0].item), (0, false, &None));
        assert_eq!((files[1].name.as_str(), files[1].size), ("b.txt", 7));
    }

    #[test]
    fn numbers_that_count_nothing_are_none() {
        for (json, size) in [("7", Some(7)), ("0", Some(0)), ("-1", None), ("null", None)] {
            assert_eq!(read(&format!("{{\"size\": {json}}}")).size, size);
        }
    }
}
