//! `company.toml` and `people.tsv`.

use serde::Deserialize;

use super::SeedError;

/// The company, its groups and what else the directory holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Company {
    /// Its name.
    pub name: String,
    /// The domain of its addresses.
    pub domain: String,
    /// The domain it began with.
    pub initial_domain: String,
    /// The key of the person who is signed in.
    pub me: String,
    /// Groups.
    #[serde(default, rename = "group")]
    pub groups: Vec<GroupRow>,
    /// Devices.
    #[serde(default, rename = "device")]
    pub devices: Vec<OtherRow>,
    /// Applications.
    #[serde(default, rename = "servicePrincipal")]
    pub service_principals: Vec<OtherRow>,
    /// Contacts.
    #[serde(default, rename = "contact")]
    pub contacts: Vec<OtherRow>,
}

/// One group. Members are keys of people, or `group:key`, `device:key`, `sp:key`, `contact:key`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[allow(missing_docs)] // Graph's own names
pub struct GroupRow {
    pub key: String,
    pub display_name: String,
    #[serde(default)]
    pub description: String,
    pub kind: String,
    #[serde(default)]
    pub rule: String,
    #[serde(default)]
    pub visibility: String,
    #[serde(default)]
    pub owners: Vec<String>,
    #[serde(default)]
    pub members: Vec<String>,
    /// Everyone of this department is a member too.
    #[serde(default)]
    pub department: Option<String>,
    /// Everyone is a member.
    #[serde(default)]
    pub everyone: bool,
}

/// A device, an application or a contact.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[allow(missing_docs)] // Graph's own names
pub struct OtherRow {
    pub key: String,
    pub display_name: String,
    #[serde(default)]
    pub operating_system: String,
    #[serde(default)]
    pub mail: String,
}

impl Company {
    /// Reads `company.toml`.
    pub fn read(text: &str) -> Result<Company, SeedError> {
        toml::from_str(text).map_err(|why| SeedError::new("company.toml", why))
    }
}

/// One line of `people.tsv`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[allow(missing_docs)] // Graph's own names
pub struct Row {
    pub key: String,
    pub display_name: String,
    pub given_name: String,
    pub surname: String,
    pub job_title: String,
    pub department: String,
    pub office_location: String,
    pub city: String,
    pub country: String,
    pub mobile_phone: String,
    pub business_phone: String,
    pub manager: String,
    pub user_type: String,
    pub photo: String,
}

impl Row {
    /// Reads `people.tsv`.
    pub fn read_all(text: &str) -> Result<Vec<Row>, SeedError> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .quoting(false)
            .from_reader(text.as_bytes());
        reader
            .deserialize()
            .collect::<Result<_, _>>()
            .map_err(|why| SeedError::new("people.tsv", why))
    }
}
