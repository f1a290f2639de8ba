//! What is wrong with a value, and what would be right.

use super::{SETTINGS, Setting};
use crate::config::Cloud;
use crate::domain::Text;

/// What is wrong with a value in a cloud, and what would be right; `None` where nothing is.
pub fn objection(setting: Setting, cloud: Cloud, text: &str) -> Option<Objection> {
    let row = SETTINGS.iter().find(|row| row.setting == setting);
    if let Some(what) = row.and_then(|row| (row.wrong)(text)) {
        return Some(Objection { what, next: "" });
    }
    let rules = MICROSOFTS.iter().filter(|_| cloud != Cloud::Custom);
    rules
        .filter(|(of, is_right, _)| *of == setting && !is_right(text))
        .map(|(_, _, next)| Objection {
            what: format!("`{}` is none of Microsoft's.", Text::new(text)),
            next,
        })
        .next()
}

/// Why a value is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// What is wrong, a clause.
    pub what: String,
    /// What would be right, a sentence; empty where `what` says so.
    pub next: &'static str,
}

type Rule = (Setting, fn(&str) -> bool, &'static str);

/// What is right in Microsoft's clouds alone; elsewhere tenants and applications may be called otherwise.
const MICROSOFTS: [Rule; 2] = [
    (
        Setting::Tenant,
        |tenant| tenant.contains('.') || is_guid(tenant) || ["organizations", "common", "consumers"].contains(&tenant),
        "A tenant is its id, a domain of it such as contoso.com, or `organizations`.",
    ),
    (
        Setting::ClientId,
        is_guid,
        "An application's id looks like 00001111-aaaa-2222-bbbb-3333cccc4444; `folkmoot auth setup` says where it comes from.",
    ),
];

/// Whether it is a GUID in its usual form, as in `00001111-aaaa-2222-bbbb-3333cccc4444`.
fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
