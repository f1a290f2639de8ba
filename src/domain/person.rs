//! People.

use serde::{Deserialize, Serialize};

use super::lenient::{null_as_default, texts};
use super::naming::first_said;
use super::{Id, Text};

/// A user of the directory, as much as was selected and may be seen.
/// <https://learn.microsoft.com/graph/api/resources/user>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Person {
    /// The directory's id, a GUID.
    pub id: Id,
    /// The display name.
    #[serde(rename = "displayName", deserialize_with = "null_as_default")]
    pub name: Text,
    /// The given name.
    pub given_name: Option<Text>,
    /// The family name.
    pub surname: Option<Text>,
    /// The alias: what the address begins with.
    pub mail_nickname: Option<Text>,
    /// The name the person signs in with.
    pub user_principal_name: Option<Text>,
    /// The SMTP address.
    pub mail: Option<Text>,
    /// `Member` or `Guest`.
    pub user_type: Option<Text>,
    /// The job title.
    pub job_title: Option<Text>,
    /// The department.
    pub department: Option<Text>,
    /// The office.
    pub office_location: Option<Text>,
    /// The company, for guests above all.
    pub company_name: Option<Text>,
    /// The city.
    pub city: Option<Text>,
    /// The country.
    pub country: Option<Text>,
    /// Business phones; Graph keeps at most one.
    #[serde(deserialize_with = "texts")]
    pub business_phones: Vec<Text>,
    /// The mobile phone.
    pub mobile_phone: Option<Text>,
}

impl Person {
    /// The address, else the name the person signs in with.
    pub fn address(&self) -> Option<&Text> {
        self.mail.as_ref().or(self.user_principal_name.as_ref())
    }

    /// The name; where there is none, the address or the id.
    pub fn shown(&self) -> Text {
        let names = [Some(&self.name), self.mail.as_ref(), self.user_principal_name.as_ref()];
        first_said(names, &self.id)
    }

    /// Whether the person is a guest of the organisation. Where the kind may not be read, the sign-in name tells.
    pub fn is_guest(&self) -> bool {
        let principal = self.user_principal_name.as_ref();
        self.user_type
            .as_ref()
            .is_some_and(|kind| kind.as_str().eq_ignore_ascii_case("guest"))
            || principal.is_some_and(|name| name.as_str().contains("#EXT#"))
    }
}
