//! What people may change of themselves: one table for the profile viewer, the command line and what is sent.
//! <https://learn.microsoft.com/graph/api/user-update>

use jiff::civil::Date;
use serde_json::Value;

use crate::domain::Text;

/// Who keeps a property. Graph refuses a request that changes properties of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// The directory.
    Directory,
    /// SharePoint.
    SharePoint,
}

/// What a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A line of text.
    Line,
    /// A text that may have several lines.
    Lines,
    /// One of what Graph keeps as a list of at most one.
    Only,
    /// Several texts.
    List,
    /// A day.
    Day,
    /// The address of a web page.
    Web,
}

/// A property of one's own that one may change.
#[derive(Debug, PartialEq, Eq)]
pub struct OwnProperty {
    /// Graph's name for it.
    pub name: &'static str,
    /// The option that sets it on the command line.
    pub flag: &'static str,
    /// What it is called on the screen.
    pub label: &'static str,
    /// What it is, for the option that sets it.
    pub help: &'static str,
    /// Who keeps it.
    pub keeper: Keeper,
    /// What it holds.
    pub shape: Shape,
}

const fn own(
    name: &'static str,
    flag: &'static str,
    label: &'static str,
    help: &'static str,
    keeper: Keeper,
    shape: Shape,
) -> OwnProperty {
    OwnProperty {
        name,
        flag,
        label,
        help,
        keeper,
        shape,
    }
}

use Keeper::{Directory, SharePoint};

/// Every property that people may change of themselves.
#[rustfmt::skip]
pub static OWN: &[OwnProperty] = &[
    own("businessPhones", "business-phone", "Phone", "Phone at work", Directory, Shape::Only),
    own("mobilePhone", "mobile-phone", "Mobile", "Mobile phone", Directory, Shape::Line),
    own("aboutMe", "about-me", "About me", "What you say of yourself", SharePoint, Shape::Lines),
    own("responsibilities", "responsibilities", "Responsibilities", "Responsibilities", SharePoint, Shape::List),
    own("skills", "skills", "Skills", "Skills", SharePoint, Shape::List),
    own("interests", "interests", "Interests", "Interests", SharePoint, Shape::List),
    own("pastProjects", "past-projects", "Past projects", "Past projects", SharePoint, Shape::List),
    own("schools", "schools", "Schools", "Schools", SharePoint, Shape::List),
    own("birthday", "birthday", "Birthday", "Day of birth", SharePoint, Shape::Day),
    own("mySite", "my-site", "Own site", "Your own site", SharePoint, Shape::Web),
];

/// A property and what it is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnChange {
    /// Which.
    pub property: &'static OwnProperty,
    /// Its new value as Graph writes it.
    pub value: Value,
}

impl OwnProperty {
    /// The property of this name.
    pub fn named(name: &str) -> Option<&'static OwnProperty> {
        OWN.iter().find(|property| property.name == name)
    }

    /// What was typed, as Graph writes it. Nothing typed takes away what was there.
    ///
    /// # Errors
    /// Why it cannot be that.
    pub fn read(&self, typed: &str) -> Result<Value, &'static str> {
        let typed = typed.trim();
        Ok(match self.shape {
            Shape::Only if typed.is_empty() => Value::Array(Vec::new()),
            Shape::Only => Value::from(vec![typed]),
            Shape::List => Value::from_iter(items(typed)),
            _ if typed.is_empty() => Value::Null,
            Shape::Line | Shape::Lines => typed.into(),
            Shape::Day => match typed.parse::<Date>() {
                Ok(day) => format!("{day}T00:00:00Z").into(),
                Err(_) => return Err("A day is written as 1990-12-31."),
            },
            Shape::Web => match url::Url::parse(typed) {
                Ok(url) if matches!(url.scheme(), "http" | "https") => typed.into(),
                _ => return Err("The address of a page begins with https:// or http://."),
            },
        })
    }

    /// Whether what Graph has now is what was to be. Days count without their time, and nothing is nothing however it is
    /// written.
    pub fn is(&self, wanted: &Value, now: &Value) -> bool {
        let day = |value: &Value| value.as_str().and_then(|day| day.split('T').next().map(str::to_owned));
        let bare = |value: &Value| match value {
            Value::Null => Value::Null,
            Value::String(text) if text.trim().is_empty() => Value::Null,
            Value::String(text) => text.trim().replace("\r\n", "\n").into(),
            Value::Array(items) if items.is_empty() => Value::Null,
            other => other.clone(),
        };
        match self.shape {
            Shape::Day => day(wanted) == day(now).filter(|day| !day.starts_with("0001-")),
            _ => bare(wanted) == bare(now),
        }
    }
}

/// The items of a list as it is typed: parted by commas, or by semicolons where there is one.
fn items(typed: &str) -> impl Iterator<Item = &str> {
    let comma = if typed.contains(';') { ';' } else { ',' };
    typed.split(comma).map(str::trim).filter(|item| !item.is_empty())
}

/// A list as it is typed and shown.
pub fn listed(items: &[Text]) -> String {
    let items: Vec<&str> = items.iter().map(Text::as_str).filter(|item| !item.is_empty()).collect();
    match items.as_slice() {
        // Nothing else would tell that it is one.
        [only] if only.contains(',') => format!("{only};"),
        items if items.iter().any(|item| item.contains(',')) => items.join("; "),
        items => items.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(name: &str, typed: &str) -> Result<Value, &'static str> {
        OwnProperty::named(name).unwrap().read(typed)
    }

    #[test]
    fn what_is_typed_becomes_what_graph_takes() {
        for (name, typed, value) in [
            ("mobilePhone", " +81 90 ", json!("+81 90")),
            ("mobilePhone", " ", json!(null)),
            ("businessPhones", "+81 6", json!(["+81 6"])),
            ("businessPhones", "", json!([])),
            ("aboutMe", "一\nb ", json!("一\nb")),
            ("skills", "和紙, עברית,, ", json!(["和紙", "עברית"])),
            ("skills", "Sales, EMEA; paper", json!(["Sales, EMEA", "paper"])),
            ("skills", "", json!([])),
            ("birthday", "1990-03-21", json!("1990-03-21T00:00:00Z")),
            ("birthday", "", json!(null)),
            ("mySite", "https://x.example/a", json!("https://x.example/a")),
        ] {
            assert_eq!(read(name, typed), Ok(value), "{name} {typed}");
        }
        assert!(read("birthday", "yesterday").is_err());
        assert!(read("mySite", "javascript:alert(1)").is_err());
    }

    #[test]
    fn a_list_is_typed_as_it_is_shown() {
        let skills = OwnProperty::named("skills").unwrap();
        for items in [&["和紙", "paper"][..], &["Sales, EMEA"], &["Sales, EMEA", "paper"], &[]] {
            let texts: Vec<Text> = items.iter().map(|item| Text::new(item)).collect();
            assert_eq!(skills.read(&listed(&texts)), Ok(json!(items)));
        }
    }

    #[test]
    fn what_graph_has_now_is_compared_as_what_it_means() {
        for (name, wanted, now, same) in [
            (
                "birthday",
                json!("1990-03-21T00:00:00Z"),
                json!("1990-03-21T08:00:00Z"),
                true,
            ),
            ("birthday", json!(null), json!("0001-01-01T00:00:00Z"), true),
            (
                "birthday",
                json!("1990-03-21T00:00:00Z"),
                json!("0001-01-01T00:00:00Z"),
                false,
            ),
            ("aboutMe", json!("a\nb"), json!("a\r\nb "), true),
            ("aboutMe", json!(null), json!(""), true),
            ("skills", json!([]), json!(null), true),
            ("skills", json!(["a", "b"]), json!(["b", "a"]), false),
        ] {
            assert_eq!(
                OwnProperty::named(name).unwrap().is(&wanted, &now),
                same,
                "{name} {now}"
            );
        }
    }
}
