//! What is said where of people no more may be read than names and addresses.

use std::cell::Cell;

use super::super::args::Output;
use super::super::desk::Desk;
use super::super::exit::{Stop, say};
use crate::domain::{Card, Text};
use crate::protocol::capability::DETAILS;

/// What is said where of people no more may be read than names and addresses.
pub const HIDDEN: &str = "note: job, office and phones are hidden: they need the permission User.Read.All";

/// The columns that are empty then.
const HIDDEN_COLUMNS: [&str; 13] = [
    "title",
    "department",
    "phone",
    "mobile",
    "office",
    "city",
    "country",
    "company",
    // The same in JSON, by Graph's names.
    "jobTitle",
    "businessPhones",
    "mobilePhone",
    "officeLocation",
    "companyName",
];

/// Says why a card holds names and addresses alone, where that is for want of a permission: Graph leaves empty what was not
/// granted.
pub fn tell_hidden(desk: &Desk, card: &Card) {
    if card.is_basic() && desk.client.lacks(&DETAILS).is_some() {
        say(HIDDEN);
    }
}

/// Whether somebody in a list has no title.
#[derive(Default)]
pub struct Titles {
    somebody_without: Cell<bool>,
}

impl Titles {
    /// Sees a person.
    pub fn see(&self, title: Option<&Text>) {
        if title.is_none() {
            self.somebody_without.set(true);
        }
    }

    /// Says why that is, where it is for want of a permission, and such a column is shown. One's own title is never hidden,
    /// so that others have none cannot be told by nobody's having one.
    ///
    /// # Errors
    /// What writing the rest of the list says.
    pub fn tell_hidden(&self, desk: &Desk, args: &Output) -> Result<(), Stop> {
        let is_hidden = |name: &str| HIDDEN_COLUMNS.iter().any(|hidden| hidden.eq_ignore_ascii_case(name));
        let is_asked = args.select.as_ref().is_none_or(|names| names.iter().any(is_hidden));
        // JSON is handed on as it came, unread.
        let is_hidden = self.somebody_without.get() || args.format().is_json();
        if is_asked && is_hidden && desk.client.lacks(&DETAILS).is_some() {
            desk.out.end()?;
            say(HIDDEN);
        }
        Ok(())
    }
}
