//! How two people stand to each other, by the lines of their managers.

use crate::domain::{Person, Text};

/// How many managers two lines have in common, both from the top down.
pub(super) fn shared(a: &[Person], b: &[Person]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a.id == b.id).count()
}

/// How two people stand to each other, whose lines from the top down share so many managers.
pub(super) fn said(a: &[Person], b: &[Person], shared: usize) -> Text {
    let (Some(first), Some(second)) = (a.last(), b.last()) else {
        return Text::default();
    };
    let (first, second) = (first.shown(), second.shown());
    let common = shared.checked_sub(1).and_then(|at| a.get(at)).map(Person::shown);
    let said = match (common, a.len() - shared, b.len() - shared) {
        (None, ..) => format!("No manager was found whom {first} and {second} share."),
        (_, 0, 0) => format!("{first} is one person."),
        (_, 0, up) => format!("{first} is the manager of {second}, {} up.", levels(up)),
        (_, up, 0) => format!("{second} is the manager of {first}, {} up.", levels(up)),
        (Some(common), 1, 1) => format!("{first} and {second} both report to {common}."),
        (Some(common), up, same) if up == same => {
            format!("{first} and {second} share the manager {common}, {} up.", levels(up))
        }
        (Some(common), up, other) => {
            format!("{first} and {second} share the manager {common}, {up} and {other} levels up.")
        }
    };
    Text::new(&said)
}

fn levels(count: usize) -> String {
    format!("{count} {}", if count == 1 { "level" } else { "levels" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(ids: &str) -> Vec<Person> {
        let person = |id: char| Person {
            id: id.to_string().as_str().into(),
            name: id.to_string().as_str().into(),
            ..Person::default()
        };
        ids.chars().map(person).collect()
    }

    #[test]
    fn every_way_of_standing_to_each_other_has_its_words() {
        for (a, b, words) in [
            ("花A", "花B", "A and B both report to 花."),
            ("花xA", "花yB", "A and B share the manager 花, 2 levels up."),
            ("TMA", "TMyzB", "A and B share the manager M, 1 and 3 levels up."),
            ("TA", "TAyB", "A is the manager of B, 2 levels up."),
            ("TAB", "TA", "A is the manager of B, 1 level up."),
            ("xA", "yB", "No manager was found whom A and B share."),
            ("A", "A", "A is one person."),
        ] {
            let (a, b) = (line(a), line(b));
            assert_eq!(said(&a, &b, shared(&a, &b)).as_str(), words);
        }
    }
}
