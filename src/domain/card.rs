//! All that a profile shows of a person, and what lies around them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::lenient::{named_texts, null_as_default, number, texts, time};
use super::{Id, Person, Prose, Text};

/// A person with all the properties of the directory that a profile shows. Dates are as Graph wrote them.
/// <https://learn.microsoft.com/graph/api/resources/user>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Card {
    /// What lists show, too.
    #[serde(flatten)]
    pub person: Person,
    /// The street, with the number of the house.
    pub street_address: Option<Text>,
    /// The postal code.
    pub postal_code: Option<Text>,
    /// The state or province.
    pub state: Option<Text>,
    /// The language, as in `en-GB`.
    pub preferred_language: Option<Text>,
    /// The number that the organisation gave the person.
    pub employee_id: Option<Text>,
    /// `Employee`, `Contractor` and whatever else the organisation writes there.
    pub employee_type: Option<Text>,
    /// When the person began to work for the organisation.
    pub employee_hire_date: Option<Text>,
    /// When the account was made.
    pub created_date_time: Option<Text>,
    /// Whether the account can sign in.
    pub account_enabled: Option<bool>,
    /// The fax number.
    pub fax_number: Option<Text>,
    /// Addresses for instant messages.
    #[serde(deserialize_with = "texts")]
    pub im_addresses: Vec<Text>,
    /// Other addresses of the person's.
    #[serde(deserialize_with = "texts")]
    pub other_mails: Vec<Text>,
    /// All addresses that reach the mailbox, each after its kind: `SMTP:` for the main one, `smtp:` for others.
    #[serde(deserialize_with = "texts")]
    pub proxy_addresses: Vec<Text>,
    /// What the organisation keeps besides, as `extensionAttribute1` to `extensionAttribute15`.
    #[serde(deserialize_with = "named_texts")]
    pub on_premises_extension_attributes: BTreeMap<String, Text>,
}

impl From<Person> for Card {
    fn from(person: Person) -> Self {
        Card {
            person,
            ..Card::default()
        }
    }
}

impl Card {
    /// Whether nothing is known but what anybody may see of anybody. Where more is not granted, Graph may refuse it or
    /// leave it empty.
    pub fn is_basic(&self) -> bool {
        let Card { person, .. } = self;
        let basic = Card::from(Person {
            id: person.id.clone(),
            name: person.name.clone(),
            given_name: person.given_name.clone(),
            surname: person.surname.clone(),
            user_principal_name: person.user_principal_name.clone(),
            mail: person.mail.clone(),
            ..Person::default()
        });
        *self == basic
    }
}

/// What people say of themselves. SharePoint keeps it.
/// <https://learn.microsoft.com/graph/api/user-get>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct About {
    /// In their own words.
    pub about_me: Option<Prose>,
    /// The day of birth as Graph wrote it; the year 1 where none is known.
    pub birthday: Option<Text>,
    /// The address of their own site.
    pub my_site: Option<Text>,
    /// What they are interested in.
    #[serde(deserialize_with = "texts")]
    pub interests: Vec<Text>,
    /// What they have worked on.
    #[serde(deserialize_with = "texts")]
    pub past_projects: Vec<Text>,
    /// What they answer for.
    #[serde(deserialize_with = "texts")]
    pub responsibilities: Vec<Text>,
    /// Where they have learned.
    #[serde(deserialize_with = "texts")]
    pub schools: Vec<Text>,
    /// What they are good at.
    #[serde(deserialize_with = "texts")]
    pub skills: Vec<Text>,
}

/// What is known of a photo, without its bytes. <https://learn.microsoft.com/graph/api/resources/profilephoto>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Photo {
    /// Its size in words, such as `240X240`.
    pub id: Text,
    /// Pixels from left to right.
    #[serde(deserialize_with = "number")]
    pub width: Option<u32>,
    /// Pixels from top to bottom.
    #[serde(deserialize_with = "number")]
    pub height: Option<u32>,
    /// Its media type, such as `image/jpeg`.
    #[serde(rename = "@odata.mediaContentType")]
    pub media_type: Option<Text>,
    /// It changes whenever the photo does.
    #[serde(rename = "@odata.mediaEtag")]
    pub etag: Option<Text>,
}

impl Photo {
    /// Whether there is one: of some who have none, Graph describes one of a single pixel.
    pub fn exists(&self) -> bool {
        !self.id.as_str().eq_ignore_ascii_case("1x1") && self.width.is_some_and(|width| width > 1)
    }
}

/// A team. Of those known through a shared channel there is only a name.
/// <https://learn.microsoft.com/graph/api/resources/team>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Team {
    /// Its id, which is its group's too.
    pub id: Id,
    /// Its name.
    #[serde(rename = "displayName", deserialize_with = "null_as_default")]
    pub name: Text,
    /// What it is for.
    pub description: Option<Text>,
    /// Whether it can only be read.
    pub is_archived: Option<bool>,
}

/// A document around a person. <https://learn.microsoft.com/graph/api/resources/insights-trending>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Document {
    /// Its id among the documents around this person.
    pub id: Id,
    /// How it is shown.
    #[serde(deserialize_with = "null_as_default")]
    pub resource_visualization: Visualization,
    /// Where it lies.
    #[serde(deserialize_with = "null_as_default")]
    pub resource_reference: Reference,
    /// When it was last changed.
    #[serde(deserialize_with = "time")]
    pub last_modified_date_time: Option<Timestamp>,
}

/// How a document is shown. <https://learn.microsoft.com/graph/api/resources/insights-resourcevisualization>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Visualization {
    /// Its name.
    pub title: Option<Text>,
    /// Its sort, such as `PowerPoint`.
    pub r#type: Option<Text>,
    /// The name of the site or of the person in whose OneDrive it lies.
    pub container_display_name: Option<Text>,
    /// How it begins.
    pub preview_text: Option<Text>,
}

/// Where a document lies. <https://learn.microsoft.com/graph/api/resources/insights-resourcereference>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Reference {
    /// Its address for a browser.
    pub web_url: Option<Text>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_reads_what_graph_sends_and_nulls_are_nothing() {
        let json = r#"{"id": "p", "displayName": "山田 花子", "jobTitle": null, "imAddresses": null, "state": "大阪府",
            "otherMails": ["a@b.example", 5], "businessPhones": [{"x": 1}, "+81"], "employeeHireDate": "2020-01-01T00:00:00Z",
            "onPremisesExtensionAttributes": {"extensionAttribute1": null, "extensionAttribute2": "מחסן",
                "extensionAttribute3": 3, "extensionAttribute4": {"odd": ["x"]}}}"#;
        let card: Card = serde_json::from_str(json).unwrap();
        assert_eq!(card.person.name, Text::new("山田 花子"));
        assert_eq!(card.person.business_phones, [Text::new("+81")]);
        assert_eq!(card.state, Some(Text::new("大阪府")));
        let own = BTreeMap::from([("extensionAttribute2".to_owned(), Text::new("מחסן"))]);
        assert_eq!(card.on_premises_extension_attributes, own);
        assert_eq!(card.other_mails, [Text::new("a@b.example")]);
        let again: Card = serde_json::from_str(&serde_json::to_string(&card).unwrap()).unwrap();
        assert_eq!(again, card);
        assert!(!card.is_basic());
        assert!(
            Card::from(Person {
                name: "P".into(),
                mail: Some("p@b.example".into()),
                ..Person::default()
            })
            .is_basic()
        );
    }

    #[test]
    fn words_about_oneself_keep_their_lines_and_lose_what_drives_a_terminal() {
        let about: About =
            serde_json::from_str("{\"aboutMe\": \"a\\nb\\u001b[31m\\u202ec\", \"skills\": null}").unwrap();
        assert_eq!(about.about_me.as_ref().map(Prose::as_str), Some("a\nbc"));
        let again: About = serde_json::from_str(&serde_json::to_string(&about).unwrap()).unwrap();
        assert_eq!(again, about);
    }

    #[test]
    fn a_photo_of_one_pixel_is_none() {
        for (json, exists) in [
            (
                r#"{"id": "1x1", "width": 1, "height": 1, "@odata.mediaContentType": "image/gif"}"#,
                false,
            ),
            (r#"{"id": "240X240", "width": 240, "height": 240}"#, true),
            (r#"{"id": "240X240"}"#, false),
        ] {
            assert_eq!(serde_json::from_str::<Photo>(json).unwrap().exists(), exists, "{json}");
        }
    }
}
