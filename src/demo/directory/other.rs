//! Devices, applications and contacts, which security groups may hold besides people and groups; roles and units, which
//! may hold people, too.

use crate::demo::ids::Guid;
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Property, always, null_always};

/// A device, an application or a contact.
#[derive(Clone, Debug)]
pub struct Other {
    /// The directory's id.
    pub id: Guid,
    /// The name by which the assets know it.
    pub key: String,
    /// As shown.
    pub display_name: String,
    /// A device's operating system, a contact's address, nothing for an application.
    pub detail: String,
}

/// <https://learn.microsoft.com/graph/api/resources/device>
pub static DEVICE: &[Property<Other>] = &[
    always("id", |it| Cell::Guid(it.id)),
    null_always("deletedDateTime"),
    always("accountEnabled", |_| Cell::Bool(true)),
    null_always("approximateLastSignInDateTime"),
    always("deviceId", |it| Cell::Guid(Guid::of("deviceId", &it.key))),
    always("displayName", |it| Cell::text(&it.display_name)),
    always("isCompliant", |_| Cell::Bool(true)),
    always("isManaged", |_| Cell::Bool(true)),
    always("operatingSystem", |it| Cell::text(&it.detail)),
    null_always("operatingSystemVersion"),
    null_always("trustType"),
];

/// <https://learn.microsoft.com/graph/api/resources/serviceprincipal>
pub static SERVICE_PRINCIPAL: &[Property<Other>] = &[
    always("id", |it| Cell::Guid(it.id)),
    null_always("deletedDateTime"),
    always("accountEnabled", |_| Cell::Bool(true)),
    always("appDisplayName", |it| Cell::text(&it.display_name)),
    always("appId", |it| Cell::Guid(Guid::of("appId", &it.key))),
    always("displayName", |it| Cell::text(&it.display_name)),
    always("servicePrincipalType", |_| Cell::Text("Application")),
];

/// <https://learn.microsoft.com/graph/api/resources/orgcontact>
pub static CONTACT: &[Property<Other>] = &[
    always("id", |it| Cell::Guid(it.id)),
    null_always("deletedDateTime"),
    null_always("companyName"),
    null_always("department"),
    always("displayName", |it| Cell::text(&it.display_name)),
    null_always("givenName"),
    null_always("jobTitle"),
    always("mail", |it| Cell::text(&it.detail)),
    always("mailNickname", |it| Cell::text(&it.key)),
    null_always("surname"),
];

/// <https://learn.microsoft.com/graph/api/resources/directoryrole>
pub static DIRECTORY_ROLE: &[Property<Other>] = &[
    always("id", |it| Cell::Guid(it.id)),
    null_always("deletedDateTime"),
    null_always("description"),
    always("displayName", |it| Cell::text(&it.display_name)),
    null_always("roleTemplateId"),
];

/// <https://learn.microsoft.com/graph/api/resources/administrativeunit>
pub static ADMINISTRATIVE_UNIT: &[Property<Other>] = &[
    always("id", |it| Cell::Guid(it.id)),
    null_always("deletedDateTime"),
    null_always("description"),
    always("displayName", |it| Cell::text(&it.display_name)),
    null_always("visibility"),
];

/// <https://learn.microsoft.com/graph/api/resources/application>
pub static APPLICATION: &[Property<Other>] = &[
    always("id", |it| Cell::Guid(it.id)),
    null_always("deletedDateTime"),
    always("appId", |it| Cell::Guid(Guid::of("appId", &it.key))),
    always("displayName", |it| Cell::text(&it.display_name)),
    null_always("signInAudience"),
];
