//! The properties that the viewer shows, in one table for each of the two that keep them.

use super::leads::Leads::{self, Mail, Nowhere, Phone, Web};
use crate::domain::{About, Card, Person, Photo, Text};

/// One property, or several of a kind.
pub(super) struct Field<T> {
    /// What it is called.
    pub(super) label: &'static str,
    /// Where Enter on it leads.
    pub(super) leads: Leads,
    /// Its values: each has lines of its own.
    pub(super) values: fn(&T) -> Vec<String>,
}

const fn field<T>(label: &'static str, leads: Leads, values: fn(&T) -> Vec<String>) -> Field<T> {
    Field { label, leads, values }
}

/// Who it is.
pub(super) const WHO: &[Field<Card>] = &[
    field("Job", Nowhere, |it| one(&it.person.job_title)),
    field("Department", Nowhere, |it| one(&it.person.department)),
    field("Company", Nowhere, |it| one(&it.person.company_name)),
    field("Office", Nowhere, |it| one(&it.person.office_location)),
    field("Given name", Nowhere, |it| one(&it.person.given_name)),
    field("Surname", Nowhere, |it| one(&it.person.surname)),
    field("Kind", Nowhere, |it| guest(&it.person)),
];

/// How to reach the person.
pub(super) const CONTACT: &[Field<Card>] = &[
    field("Phone", Phone, |it| all(&it.person.business_phones)),
    field("Mobile", Phone, |it| one(&it.person.mobile_phone)),
    field("Fax", Nowhere, |it| one(&it.fax_number)),
    field("Mail", Mail, |it| one(&it.person.mail)),
    field("Other mail", Mail, |it| all(&it.other_mails)),
    field("Instant messages", Nowhere, |it| all(&it.im_addresses)),
    field("Sign-in", Nowhere, |it| one(&it.person.user_principal_name)),
    field("Also reached by", Mail, other_addresses),
];

/// Where the person works.
pub(super) const ADDRESS: &[Field<Card>] = &[
    field("Street", Nowhere, |it| one(&it.street_address)),
    field("Postal code", Nowhere, |it| one(&it.postal_code)),
    field("City", Nowhere, |it| one(&it.person.city)),
    field("State", Nowhere, |it| one(&it.state)),
    field("Country", Nowhere, |it| one(&it.person.country)),
];

/// What else the organisation keeps.
pub(super) const EMPLOYMENT: &[Field<Card>] = &[
    field("Employee id", Nowhere, |it| one(&it.employee_id)),
    field("Employed as", Nowhere, |it| one(&it.employee_type)),
    field("Since", Nowhere, |it| day(&it.employee_hire_date)),
    field("Language", Nowhere, |it| one(&it.preferred_language)),
    field("Account", Nowhere, |it| {
        let disabled = (it.account_enabled == Some(false)).then_some("disabled: nobody can sign in with it");
        disabled.map(str::to_owned).into_iter().collect()
    }),
    field("Account made", Nowhere, |it| day(&it.created_date_time)),
    field("Custom", Nowhere, |it| {
        let named = |(name, value): (&String, &Option<Text>)| {
            let value = value.as_ref().filter(|value| !value.is_empty())?;
            Some(format!("{}: {value}", Text::new(name)))
        };
        it.on_premises_extension_attributes.iter().filter_map(named).collect()
    }),
];

/// The photo, in words.
pub(super) const PHOTO: &[Field<Option<Photo>>] = &[field("Photo", Nowhere, |it| {
    let Some(photo) = it else {
        return vec!["none".to_owned()];
    };
    let size = photo.width.zip(photo.height);
    let size = size.map(|(width, height)| format!("{width}×{height} pixels"));
    let media_type = photo.media_type.as_ref().map(Text::to_string);
    let said: Vec<String> = size.into_iter().chain(media_type).collect();
    vec![said.join(", ")]
})];

/// What people say of themselves.
pub(super) const ABOUT: &[Field<About>] = &[
    field("About me", Nowhere, |it| {
        let words = it.about_me.as_ref().map(|words| words.as_str().trim().to_owned());
        words.filter(|words| !words.is_empty()).into_iter().collect()
    }),
    field("Responsibilities", Nowhere, |it| listed(&it.responsibilities)),
    field("Skills", Nowhere, |it| listed(&it.skills)),
    field("Interests", Nowhere, |it| listed(&it.interests)),
    field("Past projects", Nowhere, |it| listed(&it.past_projects)),
    field("Schools", Nowhere, |it| listed(&it.schools)),
    field("Birthday", Nowhere, |it| day(&it.birthday)),
    field("Own site", Web, |it| one(&it.my_site)),
];

fn one(text: &Option<Text>) -> Vec<String> {
    all(text.as_slice())
}

fn all(texts: &[Text]) -> Vec<String> {
    let there = texts.iter().filter(|text| !text.is_empty());
    there.map(Text::to_string).collect()
}

fn listed(texts: &[Text]) -> Vec<String> {
    let listed = all(texts).join(", ");
    Some(listed).filter(|listed| !listed.is_empty()).into_iter().collect()
}

/// The day of a moment as Graph wrote it; nothing for the year 1, which stands for no day.
fn day(written: &Option<Text>) -> Vec<String> {
    let day = |text: &Text| text.as_str().split('T').next().unwrap_or_default().to_owned();
    let known = written.as_ref().map(day).filter(|day| !day.starts_with("0001-"));
    known.filter(|day| !day.is_empty()).into_iter().collect()
}

/// Only guests are told apart.
fn guest(person: &Person) -> Vec<String> {
    person.is_guest().then(|| "Guest".to_owned()).into_iter().collect()
}

/// The addresses of the mailbox that are shown nowhere else, without their kind.
fn other_addresses(card: &Card) -> Vec<String> {
    let main = card.person.mail.as_ref().map_or("", Text::as_str);
    let address = |proxy: &Text| {
        let (kind, address) = proxy.as_str().split_once(':')?;
        let is_other = kind.eq_ignore_ascii_case("smtp") && !address.eq_ignore_ascii_case(main);
        is_other.then(|| address.to_owned())
    };
    card.proxy_addresses.iter().filter_map(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_shown_without_its_time_and_the_year_one_not_at_all() {
        assert_eq!(day(&Some("1984-12-13T00:00:00Z".into())), ["1984-12-13"]);
        for none in [None, Some("0001-01-01T00:00:00Z".into()), Some("".into())] {
            assert_eq!(day(&none), [""; 0]);
        }
    }

    #[test]
    fn of_the_mailboxs_addresses_the_main_one_is_shown_once() {
        let card = Card {
            person: Person {
                mail: Some("a@x.example".into()),
                ..Person::default()
            },
            proxy_addresses: ["SMTP:A@x.example", "smtp:old@x.example", "SIP:a@x.example", "odd"]
                .map(Text::new)
                .to_vec(),
            ..Card::default()
        };
        assert_eq!(other_addresses(&card), ["old@x.example"]);
    }
}
