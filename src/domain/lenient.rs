//! Values as Graph writes them, read so that one odd value costs itself alone and not the answer that holds it.

use std::fmt;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

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

/// Reads a collection, without the nulls that Graph lets some have among their items.
pub(super) fn items<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let items = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
    Ok(items.into_iter().flatten().flatten().collect())
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

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    #[serde(default)]
    struct Odd {
        #[serde(deserialize_with = "time")]
        at: Option<Timestamp>,
        #[serde(deserialize_with = "items")]
        names: Vec<String>,
        #[serde(deserialize_with = "number")]
        size: Option<u64>,
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
    fn nulls_among_items_are_left_out() {
        assert_eq!(read("{\"names\": [null, \"日本\", null]}").names, ["日本"]);
        assert!(read("{\"names\": null}").names.is_empty() && read("{}").names.is_empty());
    }

    #[test]
    fn numbers_that_count_nothing_are_none() {
        for (json, size) in [("7", Some(7)), ("0", Some(0)), ("-1", None), ("null", None)] {
            assert_eq!(read(&format!("{{\"size\": {json}}}")).size, size);
        }
    }
}
