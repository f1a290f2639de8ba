//! A person's card as a vCard, for address books. Version 3.0 is what all of them read.
//! <https://www.rfc-editor.org/rfc/rfc2426>

use calcard::vcard::{VCard, VCardEntry, VCardParameter, VCardProperty, VCardType, VCardValue, VCardVersion};

use crate::domain::{About, Card, Person, Prose, Text};

/// What is known of a person as a vCard.
pub fn vcard(card: &Card, about: Option<&About>) -> String {
    let person = &card.person;
    let mut entries = names(person);
    entries.extend(phones(card));
    let mails = person.mail.iter().chain(&card.other_mails);
    entries.extend(mails.map(|mail| entry(VCardProperty::Email, mail.to_string())));
    entries.push(address(card));
    entries.extend(about.into_iter().flat_map(own_words));
    entries.push(entry(VCardProperty::Uid, Text::new(person.id.as_str()).to_string()));
    // `N` must be there, even where it is empty.
    entries.retain(|entry| entry.name == VCardProperty::N || says_something(entry));
    let mut written = String::new();
    // Text is written the same in 3.0 as in 4.0, but for a mark of the character set that the writer puts into 3.0 and that
    // only 2.1 has. Writing to a string cannot fail.
    let _ = VCard { entries }.write_to(&mut written, VCardVersion::V4_0);
    written.replacen("VERSION:4.0", "VERSION:3.0", 1)
}

/// Who it is: the name, the company, and what the person is there.
fn names(person: &Person) -> Vec<VCardEntry> {
    let name = Some(&person.name).filter(|name| !name.as_str().is_empty());
    let shown = name.or_else(|| person.address()).map(Text::to_string);
    let [surname, given, company, department] = [
        &person.surname,
        &person.given_name,
        &person.company_name,
        &person.department,
    ]
    .map(known);
    let none = String::new;
    vec![
        structured(VCardProperty::N, [surname, given, none(), none(), none()]),
        entry(VCardProperty::Fn, shown.unwrap_or_default()),
        structured(VCardProperty::Org, [company, department]),
        entry(VCardProperty::Title, known(&person.job_title)),
    ]
}

fn phones(card: &Card) -> impl Iterator<Item = VCardEntry> {
    let work = |value: &Text, kind: VCardType| {
        entry(VCardProperty::Tel, value.to_string())
            .with_param(VCardParameter::typ(VCardType::Work))
            .with_param(VCardParameter::typ(kind))
    };
    let of_business = card.person.business_phones.iter();
    let of_business = of_business.map(move |phone| work(phone, VCardType::Voice));
    let mobile = card.person.mobile_phone.iter();
    let fax = card.fax_number.iter();
    of_business
        .chain(mobile.map(move |phone| work(phone, VCardType::Cell)))
        .chain(fax.map(move |fax| work(fax, VCardType::Fax)))
}

/// Where the person works.
fn address(card: &Card) -> VCardEntry {
    let parts = [
        String::new(),
        String::new(),
        known(&card.street_address),
        known(&card.person.city),
        known(&card.state),
        known(&card.postal_code),
        known(&card.person.country),
    ];
    structured(VCardProperty::Adr, parts).with_param(VCardParameter::typ(VCardType::Work))
}

/// What the person says of themselves.
fn own_words(about: &About) -> Vec<VCardEntry> {
    let note = about.about_me.as_ref().map_or("", Prose::as_str).trim();
    let birthday = known(&about.birthday);
    let day = birthday.split('T').next().unwrap_or_default();
    // Graph's way to say that there is none.
    let day = Some(day).filter(|day| !day.starts_with("0001-")).unwrap_or_default();
    vec![
        entry(VCardProperty::Note, note.to_owned()),
        entry(VCardProperty::Url, known(&about.my_site)),
        entry(VCardProperty::Bday, day.to_owned()),
    ]
}

fn known(text: &Option<Text>) -> String {
    text.as_ref().map(Text::to_string).unwrap_or_default()
}

fn entry(property: VCardProperty, value: String) -> VCardEntry {
    VCardEntry::new(property).with_value(value)
}

fn structured<const N: usize>(property: VCardProperty, parts: [String; N]) -> VCardEntry {
    VCardEntry::new(property).with_values(parts.map(VCardValue::Text).to_vec())
}

fn says_something(entry: &VCardEntry) -> bool {
    let is_text = |value: &VCardValue| matches!(value, VCardValue::Text(text) if !text.is_empty());
    entry.values.iter().any(is_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Card {
        Card {
            person: Person {
                id: "02bd9fd6-8f93-4758-87c3-1fb73740a315".into(),
                name: "山田 花子".into(),
                surname: Some("山田".into()),
                given_name: Some("花子".into()),
                job_title: Some("Keeper; of lanterns, and more".into()),
                mail: Some("hanako@folk.example".into()),
                business_phones: vec!["+81 6 0000".into()],
                country: Some("日本".into()),
                ..Person::default()
            },
            street_address: Some("提灯町 1-2-3, 2F".into()),
            ..Card::default()
        }
    }

    #[test]
    fn a_card_is_read_back_as_it_was() {
        let about = About {
            about_me: Some(Prose::new(
                "line one\nשורה שתיים: a rather long line, that must be folded somewhere; 灯籠灯籠灯籠灯籠灯籠灯籠灯籠",
            )),
            birthday: Some("0001-01-01T00:00:00Z".into()),
            ..About::default()
        };
        let written = vcard(&card(), Some(&about));
        assert!(written.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\n") && written.ends_with("END:VCARD\r\n"));
        assert!(written.lines().all(|line| line.len() <= 76), "{written}");
        assert!(!written.contains("BDAY"));
        // What RFC 2426 does not have, some address books do not read.
        let unfolded = written.replace("\r\n ", "");
        let parameters = unfolded
            .lines()
            .filter_map(|line| line.split(':').next()?.split_once(';'));
        let parameters: Vec<&str> = parameters.flat_map(|(_, all)| all.split(';')).collect();
        assert!(
            !parameters.is_empty() && parameters.iter().all(|one| one.starts_with("TYPE=")),
            "{parameters:?}"
        );
        assert!(
            unfolded.contains("\r\nTITLE:Keeper\\; of lanterns\\, and more\r\n"),
            "{unfolded}"
        );
        let parsed = VCard::parse(&written).unwrap();
        let text = |property: VCardProperty| -> Vec<String> {
            let entry = parsed.entries.iter().find(|entry| entry.name == property).unwrap();
            entry
                .values
                .iter()
                .filter_map(|value| value.as_text().map(str::to_owned))
                .collect()
        };
        assert_eq!(text(VCardProperty::Fn), ["山田 花子"]);
        assert_eq!(text(VCardProperty::Title), ["Keeper; of lanterns, and more"]);
        assert_eq!(text(VCardProperty::Note), [about.about_me.unwrap().as_str()]);
        assert!(text(VCardProperty::Adr).contains(&"提灯町 1-2-3, 2F".to_owned()));
        assert!(text(VCardProperty::N).contains(&"花子".to_owned()));
    }

    #[test]
    fn no_id_drives_a_terminal() {
        let mut card = card();
        card.person.id = "02bd\u{1b}]0;owned\u{7}\u{1b}[31m\u{9b}2J\r\nTEL:1\u{202e}".into();
        let written = vcard(&card, None);
        let is_odd = |c: char| c.is_control() && !matches!(c, '\r' | '\n') || c == '\u{202e}';
        assert!(!written.contains(is_odd), "{written:?}");
        assert!(
            written.contains("\r\nUID:02bd") && !written.contains("\r\nTEL:1\r"),
            "{written:?}"
        );
    }

    #[test]
    fn what_is_not_known_has_no_line() {
        let written = vcard(
            &Card::from(Person {
                name: "P".into(),
                ..Person::default()
            }),
            None,
        );
        let lines: Vec<&str> = written
            .lines()
            .map(|line| line.split([':', ';']).next().unwrap())
            .collect();
        assert_eq!(lines, ["BEGIN", "VERSION", "N", "FN", "END"]);
    }
}
