//! Which of several people is meant most likely.

use super::Found;
use crate::domain::Person;

/// How well someone fits what was typed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the name, the address, or the address before its `@`.
    Whole,
    /// The name begins with it.
    Beginning,
    /// A word of the name, or the address, begins with it.
    Word,
    /// The name has it somewhere.
    Part,
    /// The directory found it elsewhere.
    Elsewhere,
}

/// How well a person fits a term. Upper and lower case are the same.
fn fit(person: &Person, term: &str) -> Fit {
    let term = term.trim().to_lowercase();
    let name = person.name.as_str().to_lowercase();
    let addresses: Vec<String> = [&person.mail, &person.user_principal_name]
        .into_iter()
        .flatten()
        .map(|address| address.as_str().to_lowercase())
        .collect();
    let is_address = |address: &String| *address == term || address.split('@').next() == Some(&term);
    if name == term || addresses.iter().any(is_address) {
        Fit::Whole
    } else if name.starts_with(&term) {
        Fit::Beginning
    } else if name.split_whitespace().any(|word| word.starts_with(&term))
        || addresses.iter().any(|address| address.starts_with(&term))
    {
        Fit::Word
    } else if name.contains(&term) {
        Fit::Part
    } else {
        Fit::Elsewhere
    }
}

/// People with how well they fit, the best first; of those who fit as well, members before guests, then by name.
pub fn ranked(found: Vec<Found>, term: &str) -> Vec<(Fit, Found)> {
    let mut ranked: Vec<(Fit, Found)> = found
        .into_iter()
        .map(|found| (fit(&found.person, term), found))
        .collect();
    ranked.sort_by_cached_key(|(fit, Found { person, .. })| {
        let guest = person.user_type.as_ref().is_some_and(|kind| kind.as_str() == "Guest");
        (*fit, guest, person.name.as_str().to_lowercase(), person.id.clone())
    });
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Text;

    fn person(name: &str, mail: &str) -> Person {
        Person {
            name: Text::new(name),
            mail: Some(Text::new(mail)),
            ..Person::default()
        }
    }

    #[test]
    fn the_nearer_the_better() {
        for (name, mail, term, expected) in [
            ("山田 花子", "hanako@x.org", "山田 花子", Fit::Whole),
            ("山田 花子", "hanako@x.org", "HANAKO", Fit::Whole),
            ("山田 花子", "hanako@x.org", "hanako@x.org", Fit::Whole),
            ("山田 花子", "hanako@x.org", "山", Fit::Beginning),
            ("山田 花子", "hanako@x.org", "花", Fit::Word),
            ("山田 花子", "hanako@x.org", "hana", Fit::Word),
            ("Åsa Öberg", "asa@x.org", "öb", Fit::Word),
            ("Åsa Öberg", "asa@x.org", "berg", Fit::Part),
            ("نور الفانوسي", "nour@x.org", "الفا", Fit::Word),
            ("Ana", "ana@x.org", "zz", Fit::Elsewhere),
        ] {
            assert_eq!(fit(&person(name, mail), term), expected, "{name} {term}");
        }
        assert!(Fit::Whole < Fit::Beginning && Fit::Part < Fit::Elsewhere);
    }
}
