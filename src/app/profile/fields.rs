//! The properties that the viewer shows, in one table for each of the two that keep them.

use super::leads::Leads::{self, Mail, Nowhere, Phone, Web};
use crate::app::own::{Own, THE_PHOTO};
use crate::domain::{About, Card, Person, Photo, Text};
use crate::protocol::own;

/// One property, or several of a kind.
pub(super) struct Field<T> {
    /// What it is called.
    pub(super) label: &'static str,
    /// Where Enter on it leads.
    pub(super) leads: Leads,
    /// Its values: each has lines of its own.
    pub(super) values: fn(&T) -> Vec<String>,
    /// What people may change of it in their own profile.
    own: &'static str,
}

impl<T> Field<T> {
    /// People may change it of themselves: Graph's name of the property.
    const fn own(self, name: &'static str) -> Self {
        Field { own: name, ..self }
    }

    /// What people may change of it in their own profile.
    pub(super) fn changes(&self) -> Option<Own> {
        match self.own {
            "" => None,
            name => Own::named(name),
        }
    }
}

const fn field<T>(label: &'static str, leads: Leads, values: fn(&T) -> Vec<String>) -> Field<T> {
    Field {
        label,
        leads,
        values,
        own: "",
    }
}

/// Who it is.
pub(super) const WHO: &[Field<Card>] = &[
    field("Job", Nowhere, |it: &Card| one(&it.person.job_title)),
    field("Department", Nowhere, |it: &Card| one(&it.person.department)),
    field("Company", Nowhere, |it: &Card| one(&it.person.company_name)),
    field("Office", Nowhere, |it: &Card| one(&it.person.office_location)),
    field("Given name", Nowhere, |it: &Card| one(&it.person.given_name)),
    field("Surname", Nowhere, |it: &Card| one(&it.person.surname)),
    field("Kind", Nowhere, |it: &Card| guest(&it.person)),
];

/// How to reach the person.
pub(super) const CONTACT: &[Field<Card>] = &[
    field("Phone", Phone, |it: &Card| all(&it.person.business_phones)).own("businessPhones"),
    field("Mobile", Phone, |it: &Card| one(&it.person.mobile_phone)).own("mobilePhone"),
    field("Fax", Nowhere, |it: &Card| one(&it.fax_number)),
    field("Mail", Mail, |it: &Card| one(&it.person.mail)),
    field("Other mail", Mail, |it: &Card| all(&it.other_mails)),
    field("Instant messages", Nowhere, |it: &Card| all(&it.im_addresses)),
    field("Sign-in", Nowhere, |it: &Card| one(&it.person.user_principal_name)),
    field("Also reached by", Mail, other_addresses),
];

/// Where the person works.
pub(super) const ADDRESS: &[Field<Card>] = &[
    field("Street", Nowhere, |it: &Card| one(&it.street_address)),
    field("Postal code", Nowhere, |it: &Card| one(&it.postal_code)),
    field("City", Nowhere, |it: &Card| one(&it.person.city)),
    field("State", Nowhere, |it: &Card| one(&it.state)),
    field("Country", Nowhere, |it: &Card| one(&it.person.country)),
];

/// What else the organisation keeps.
pub(super) const EMPLOYMENT: &[Field<Card>] = &[
    field("Employee id", Nowhere, |it: &Card| one(&it.employee_id)),
    field("Employed as", Nowhere, |it: &Card| one(&it.employee_type)),
    field("Since", Nowhere, |it: &Card| day(&it.employee_hire_date)),
    field("Language", Nowhere, |it: &Card| one(&it.preferred_language)),
    field("Account", Nowhere, |it: &Card| {
        let disabled = (it.account_enabled == Some(false)).then_some("disabled: nobody can sign in with it");
        disabled.map(str::to_owned).into_iter().collect()
    }),
    field("Account made", Nowhere, |it: &Card| day(&it.created_date_time)),
    field("Custom", Nowhere, |it: &Card| {
        let named = |(name, value): (&String, &Text)| {
            let said = (!value.is_empty()).then_some(value)?;
            Some(format!("{}: {said}", Text::new(name)))
        };
        it.on_premises_extension_attributes.iter().filter_map(named).collect()
    }),
];

/// The photo, in words.
pub(super) const PHOTO: &[Field<Option<Photo>>] = &[field("Photo", Nowhere, |it: &Option<Photo>| {
    let Some(photo) = it else {
        return vec!["none".to_owned()];
    };
    let size = photo.width.zip(photo.height);
    let size = size.map(|(width, height)| format!("{width}×{height} pixels"));
    let media_type = photo.media_type.as_ref().map(Text::to_string);
    let said: Vec<String> = size.into_iter().chain(media_type).collect();
    vec![said.join(", ")]
})
.own(THE_PHOTO)];

/// What people say of themselves.
pub(super) const ABOUT: &[Field<About>] = &[
    field("About me", Nowhere, |it: &About| {
        let words = it.about_me.as_ref().map(|words| words.as_str().trim().to_owned());
        words.filter(|words| !words.is_empty()).into_iter().collect()
    })
    .own("aboutMe"),
    field("Responsibilities", Nowhere, |it: &About| listed(&it.responsibilities)).own("responsibilities"),
    field("Skills", Nowhere, |it: &About| listed(&it.skills)).own("skills"),
    field("Interests", Nowhere, |it: &About| listed(&it.interests)).own("interests"),
    field("Past projects", Nowhere, |it: &About| listed(&it.past_projects)).own("pastProjects"),
    field("Schools", Nowhere, |it: &About| listed(&it.schools)).own("schools"),
    field("Birthday", Nowhere, |it: &About| day(&it.birthday)).own("birthday"),
    field("Own site", Web, |it: &About| one(&it.my_site)).own("mySite"),
];

fn one(text: &Option<Text>) -> Vec<String> {
    all(text.as_slice())
}

fn all(texts: &[Text]) -> Vec<String> {
    let there = texts.iter().filter(|text| !text.is_empty());
    there.map(Text::to_string).collect()
}

fn listed(texts: &[Text]) -> Vec<String> {
    let listed = own::listed(texts);
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
    fn whatever_people_may_change_is_shown_once_under_its_own_name() {
        let card = [WHO, CONTACT, ADDRESS, EMPLOYMENT].into_iter().flatten();
        let card = card.map(|field| (field.label, field.own));
        let about = ABOUT.iter().map(|field| (field.label, field.own));
        let shown: Vec<(&str, &str)> = card.chain(about).collect();
        for property in own::OWN {
            let found: Vec<_> = shown.iter().filter(|(_, own)| *own == property.name).collect();
            assert_eq!(found, [&(property.label, property.name)]);
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
