//! A person in the directory, and the properties that Graph shows of one.
//! <https://learn.microsoft.com/graph/api/resources/user>

use std::sync::Arc;

use jiff::Timestamp;

use super::profile::Profile;
use crate::demo::ids::{Guid, digest};
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Property, always, none, null, selected, selected_alone};

/// A member of the company or a guest. Empty text stands for `null`.
#[derive(Clone, Debug)]
pub struct Person {
    /// The directory's id.
    pub id: Guid,
    /// The name by which the assets know the person.
    pub key: String,
    /// As shown.
    pub display_name: String,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub surname: String,
    /// What the person does.
    pub job_title: String,
    /// Where in the company.
    pub department: String,
    /// A room or a house.
    pub office_location: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: String,
    /// Mobile telephone.
    pub mobile_phone: String,
    /// Telephone at work.
    pub business_phone: String,
    /// The manager's place among the people.
    pub manager: Option<u32>,
    /// Whether the person belongs to another organization.
    pub guest: bool,
    /// Whether there is a photo.
    pub photo: bool,
    /// Mail address.
    pub mail: String,
    /// The name to sign in with.
    pub principal_name: String,
    /// The company.
    pub company: Arc<str>,
    /// When the account was made.
    pub created: Timestamp,
    /// What the person says of himself or herself.
    pub profile: Option<Box<Profile>>,
}

impl Person {
    /// `Member` or `Guest`.
    pub fn user_type(&self) -> &'static str {
        if self.guest { "Guest" } else { "Member" }
    }
}

/// Where one of the company's houses stands, and what is spoken there. Empty text stands for `null`.
struct House {
    city: &'static str,
    street: &'static str,
    postal_code: &'static str,
    state: &'static str,
    language: &'static str,
}

const fn house(
    city: &'static str,
    street: &'static str,
    postal_code: &'static str,
    state: &'static str,
    language: &'static str,
) -> House {
    House {
        city,
        street,
        postal_code,
        state,
        language,
    }
}

const HOUSES: &[House] = &[
    house("Göteborg", "Skymningsgatan 7", "411 00", "Västra Götaland", "sv-SE"),
    house("Folkvale", "Lyktvägen 1", "999 01", "", "sv-SE"),
    house("Berlin", "Dämmerweg 12", "10000", "Berlin", "de-DE"),
    house("Bristol", "2 Wick Yard", "BS0 0AA", "", "en-GB"),
    house("Chicago", "1 Lakeside Loft", "60600", "IL", "en-US"),
    house("大阪市", "提灯町 1-2-3", "530-0000", "大阪府", "ja-JP"),
    house("القاهرة", "٧ شارع الفوانيس", "11511", "", "ar-EG"),
    house("חיפה", "רחוב הפנסים 3", "3100000", "", "he-IL"),
    house("서울", "등불로 12", "04500", "", "ko-KR"),
    house("臺北市", "燈籠路 5 號", "100", "", "zh-TW"),
];
static NO_HOUSE: House = house("", "", "", "", "");

impl Person {
    fn house(&self) -> &'static House {
        let here = |house: &&House| house.city == self.city && !self.city.is_empty();
        HOUSES.iter().find(here).unwrap_or(&NO_HOUSE)
    }
}

/// What a company may use as it likes.
pub const EXTENSION_ATTRIBUTES: [&str; 15] = [
    "extensionAttribute1",
    "extensionAttribute2",
    "extensionAttribute3",
    "extensionAttribute4",
    "extensionAttribute5",
    "extensionAttribute6",
    "extensionAttribute7",
    "extensionAttribute8",
    "extensionAttribute9",
    "extensionAttribute10",
    "extensionAttribute11",
    "extensionAttribute12",
    "extensionAttribute13",
    "extensionAttribute14",
    "extensionAttribute15",
];

/// What `User.ReadBasic.All` shows of others.
pub const NAMES: [&str; 6] = ["displayName", "givenName", "id", "mail", "surname", "userPrincipalName"];

/// Every property of `user` that Graph v1.0 has: those shown unasked first, in Graph's order.
pub static PROPERTIES: &[Property<Person>] = &[
    always("businessPhones", |it| {
        Cell::texts(Some(it.business_phone.as_str()).filter(|phone| !phone.is_empty()))
    }),
    always("displayName", |it| Cell::text(&it.display_name)),
    always("givenName", |it| Cell::text(&it.given_name)),
    always("jobTitle", |it| Cell::text(&it.job_title)),
    always("mail", |it| Cell::text(&it.mail)),
    always("mobilePhone", |it| Cell::text(&it.mobile_phone)),
    always("officeLocation", |it| Cell::text(&it.office_location)),
    always("preferredLanguage", |it| Cell::text(it.house().language)),
    always("surname", |it| Cell::text(&it.surname)),
    always("userPrincipalName", |it| Cell::text(&it.principal_name)),
    always("id", |it| Cell::Guid(it.id)),
    selected("accountEnabled", |_| Cell::Bool(true)),
    selected("city", |it| Cell::text(&it.city)),
    selected("companyName", |it| {
        if it.guest { Cell::Null } else { Cell::Text(&it.company) }
    }),
    selected("country", |it| Cell::text(&it.country)),
    selected("createdDateTime", |it| Cell::Time(it.created)),
    selected("creationType", |it| {
        if it.guest { Cell::Text("Invitation") } else { Cell::Null }
    }),
    selected("deletedDateTime", |_| Cell::Null),
    selected("department", |it| Cell::text(&it.department)),
    selected("externalUserState", |it| {
        if it.guest { Cell::Text("Accepted") } else { Cell::Null }
    }),
    selected("employeeHireDate", |it| {
        if it.guest { Cell::Null } else { Cell::Time(it.created) }
    }),
    selected("employeeId", |it| {
        let number = digest(53, it.key.as_bytes()) % 100_000;
        if it.guest {
            Cell::Null
        } else {
            Cell::Owned(format!("F{number:05}"))
        }
    }),
    selected("employeeType", |it| {
        if it.guest { Cell::Null } else { Cell::Text("Employee") }
    }),
    selected("imAddresses", |it| {
        Cell::texts(Some(it.principal_name.as_str()).filter(|_| !it.guest))
    }),
    selected("mailNickname", |it| Cell::text(&it.key)),
    selected("otherMails", |it| {
        Cell::texts(Some(it.mail.as_str()).filter(|_| it.guest))
    }),
    selected("proxyAddresses", |it| {
        Cell::List(vec![Cell::Owned(format!("SMTP:{}", it.mail))])
    }),
    selected("postalCode", |it| Cell::text(it.house().postal_code)),
    selected("showInAddressList", |_| Cell::Null),
    selected("state", |it| Cell::text(it.house().state)),
    selected("streetAddress", |it| Cell::text(it.house().street)),
    selected("userType", |it| Cell::Text(it.user_type())),
    selected_alone("aboutMe", |it| it.told(|profile| &profile.about_me)),
    selected_alone("birthday", Person::birthday),
    selected_alone("hireDate", |_| Cell::Text("0001-01-01T00:00:00Z")),
    selected_alone("interests", |it| it.listed(|profile| &profile.interests)),
    selected_alone("mySite", |it| it.told(|profile| &profile.my_site)),
    selected_alone("pastProjects", |it| it.listed(|profile| &profile.past_projects)),
    selected_alone("preferredName", |_| Cell::Text("")),
    selected_alone("responsibilities", |it| it.listed(|profile| &profile.responsibilities)),
    selected_alone("schools", |it| it.listed(|profile| &profile.schools)),
    selected_alone("skills", |it| it.listed(|profile| &profile.skills)),
    selected_alone("mailboxSettings", |_| Cell::Map(vec![("timeZone", Cell::Text("UTC"))])),
    selected("authorizationInfo", |_| {
        Cell::Map(vec![("certificateUserIds", Cell::List(Vec::new()))])
    }),
    selected("customSecurityAttributes", |_| Cell::Map(Vec::new())),
    selected("onPremisesExtensionAttributes", |_| {
        Cell::Map(EXTENSION_ATTRIBUTES.map(|name| (name, Cell::Null)).to_vec())
    }),
    selected("employeeOrgData", |_| {
        Cell::Map(vec![("costCenter", Cell::Null), ("division", Cell::Null)])
    }),
    selected("passwordProfile", |_| Cell::Map(vec![("password", Cell::Null)])),
    selected("signInActivity", |_| Cell::Map(Vec::new())),
    none("assignedLicenses"),
    none("assignedPlans"),
    none("identities"),
    none("licenseAssignmentStates"),
    none("onPremisesProvisioningErrors"),
    none("provisionedPlans"),
    none("serviceProvisioningErrors"),
    null("ageGroup"),
    null("consentProvidedForMinor"),
    null("employeeLeaveDateTime"),
    null("externalUserStateChangeDateTime"),
    null("faxNumber"),
    null("identityParentId"),
    null("isManagementRestricted"),
    null("isResourceAccount"),
    null("lastPasswordChangeDateTime"),
    null("legalAgeGroupClassification"),
    null("onPremisesDistinguishedName"),
    null("onPremisesDomainName"),
    null("onPremisesImmutableId"),
    null("onPremisesLastSyncDateTime"),
    null("onPremisesSamAccountName"),
    null("onPremisesSecurityIdentifier"),
    null("onPremisesSyncEnabled"),
    null("onPremisesUserPrincipalName"),
    null("passwordPolicies"),
    null("preferredDataLocation"),
    null("securityIdentifier"),
    null("signInSessionsValidFromDateTime"),
    null("usageLocation"),
];
