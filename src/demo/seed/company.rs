//! `company.toml`, `people.tsv`, `profiles.toml` and `documents.toml`.

use serde::Deserialize;

use super::SeedError;
use crate::demo::directory::profile::Profile;

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
    #[serde(default)]
    pub team: Option<TeamRow>,
}

/// What Microsoft Teams made of a group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TeamRow {
    /// Whether it can only be read.
    #[serde(default)]
    pub archived: bool,
    /// Keys of people who know it through a shared channel.
    #[serde(default)]
    pub shared_with: Vec<String>,
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

/// What one person says of himself or herself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[allow(missing_docs)] // Graph's own names
pub struct ProfileRow {
    pub key: String,
    #[serde(default)]
    pub about_me: String,
    #[serde(default)]
    pub birthday: Option<jiff::Timestamp>,
    #[serde(default)]
    pub my_site: String,
    #[serde(default)]
    pub interests: Vec<String>,
    #[serde(default)]
    pub past_projects: Vec<String>,
    #[serde(default)]
    pub responsibilities: Vec<String>,
    #[serde(default)]
    pub schools: Vec<String>,
    #[serde(default)]
    pub skills: Vec<String>,
}

impl ProfileRow {
    /// Reads `profiles.toml`.
    pub fn read_all(text: &str) -> Result<Vec<ProfileRow>, SeedError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Profiles {
            #[serde(default)]
            profile: Vec<ProfileRow>,
        }
        let profiles: Profiles = toml::from_str(text).map_err(|why| SeedError::new("profiles.toml", why))?;
        Ok(profiles.profile)
    }

    /// The profile itself.
    pub fn profile(&self) -> Profile {
        let row = self.clone();
        Profile {
            about_me: row.about_me,
            birthday: row.birthday,
            my_site: row.my_site,
            interests: row.interests,
            past_projects: row.past_projects,
            responsibilities: row.responsibilities,
            schools: row.schools,
            skills: row.skills,
        }
    }
}

/// One document. Its container is a person's key, or `group:key`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DocumentRow {
    /// Its name, without the ending.
    pub title: String,
    /// Graph's name for its sort.
    pub kind: String,
    /// Where it lies.
    pub container: String,
    /// How it begins.
    #[serde(default)]
    pub preview: String,
    /// How many hours before the tenant's now it was last changed.
    pub ago_hours: f64,
}

impl DocumentRow {
    /// Reads `documents.toml`.
    pub fn read_all(text: &str) -> Result<Vec<DocumentRow>, SeedError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Documents {
            #[serde(default)]
            document: Vec<DocumentRow>,
        }
        let documents: Documents = toml::from_str(text).map_err(|why| SeedError::new("documents.toml", why))?;
        Ok(documents.document)
    }
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
