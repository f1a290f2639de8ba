use super::*;
use crate::protocol::{Payload, Query};

fn company() -> (tempfile::TempDir, Store) {
    let (folder, path) = place();
    let mut store = open(&path);
    let mut people = vec![
        person("1", "Zoë Müller", "zoe.mueller@contoso.com"),
        person("2", "Anna Mueller-Zott", "anna.mz@contoso.com"),
        person("3", "Øystein Weißgerber", "oystein@contoso.com"),
        person("4", "山田花子", "hanako.yamada@contoso.com"),
        person("5", "أحمد منصور", "ahmed@contoso.com"),
        person("6", "Conrad O’Shaughnessy", "conrad@contoso.com"),
        person("7", "Zoltan \u{202e}Evil", "anna_fabrikam.com#EXT#@contoso.com"),
    ];
    people[4].given_name = Some(Text::new("Ahmed"));
    people[4].surname = Some(Text::new("Mansour"));
    people[5].mail_nickname = Some(Text::new("connie"));
    people[6].user_principal_name = people[6].mail.take();
    store.keep_people(&people, at(1)).unwrap();
    (folder, store)
}

fn found(store: &Store, typed: &str) -> Vec<String> {
    let people = store.people_like(typed, 10).unwrap();
    people.into_iter().map(|person| person.id.as_str().to_owned()).collect()
}

#[test]
fn people_are_found_by_the_beginning_of_any_name_or_address() {
    let (_folder, store) = company();
    for (typed, ids) in [
        ("zo", vec!["7", "1", "2"]),
        ("ZOE", vec!["1"]),
        ("zoë", vec!["1"]),
        ("mul", vec!["1"]),
        ("muel", vec!["1", "2"]),
        ("anna mu", vec!["2"]),
        ("mu anna", vec!["2"]),
        ("weissg", vec!["3"]),
        ("oystein", vec!["3"]),
        ("øys", vec!["3"]),
        ("花子", vec!["4"]),
        ("山", vec!["4"]),
        ("田花", vec!["4"]),
        ("yamada", vec!["4"]),
        ("أحمد", vec!["5"]),
        ("mansour", vec!["5"]),
        ("connie", vec!["6"]),
        ("shaugh", vec!["6"]),
        // Everybody's address ends with it.
        ("con", vec!["6"]),
        ("hanako.yamada@contoso.com", vec!["4"]),
        ("anna", vec!["2", "7"]),
        ("evil", vec!["7"]),
        ("nobody", vec![]),
        ("", vec![]),
        ("- \"", vec![]),
        ("\" OR name : *", vec![]),
    ] {
        assert_eq!(found(&store, typed), ids, "{typed}");
    }
    assert_eq!(store.people_like("zo", 2).unwrap().len(), 2);
    assert_eq!(store.everybody().unwrap().len(), 7);
}

#[test]
fn a_person_is_found_by_the_newest_name_only() {
    let (_folder, mut store) = company();
    store
        .keep_people(&[person("1", "Zoë Novak", "zoe.novak@contoso.com")], at(2))
        .unwrap();
    assert_eq!(found(&store, "muel"), ["2"]);
    assert_eq!(found(&store, "nov"), ["1"]);
}

#[test]
fn a_list_adds_to_what_a_card_has_told() {
    let (_folder, mut store) = company();
    let mut whole = person("1", "Zoë Müller", "");
    whole.mail = None;
    whole.user_principal_name = Some(Text::new("zoe@contoso.com"));
    whole.department = Some(Text::new("Lamps"));
    store.keep_people(std::slice::from_ref(&whole), at(2)).unwrap();
    let mut listed = member("1", "Zoë Müller-Novak", Role::Member);
    listed.object.mail = Some(Text::new("zoe@contoso.com"));
    listed.object.job_title = Some(Text::new("Designer"));
    let mut new = member("9", "", Role::Owner);
    new.object.name = None;
    let query = Query::Members { group: Id::new("g") };
    let page = vec![listed, new].into();
    store
        .keep(&query, &[Payload::Members { page, total: None }], at(3))
        .unwrap();
    let person = store.person(&Id::new("1")).unwrap().unwrap();
    assert_eq!(
        person,
        Person {
            name: Text::new("Zoë Müller-Novak"),
            job_title: Some(Text::new("Designer")),
            ..whole
        }
    );
    assert_eq!(found(&store, "novak"), ["1"]);
    assert_eq!(found(&store, "9"), ["9"]);
}
