use std::sync::Arc;

use super::*;
use crate::protocol::{CardPart, Payload, Query};

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
    keep_people(&mut store, &people, at(1));
    (folder, store)
}

fn found(store: &Store, typed: &str) -> Vec<String> {
    let people = store.people_like(typed, 10).unwrap();
    let id = |(person, read_at): (Person, Timestamp)| {
        assert!(read_at >= at(1));
        person.id.as_str().to_owned()
    };
    people.into_iter().map(id).collect()
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
    assert_eq!(store.inventory().unwrap().people, 7);
}

#[test]
fn a_person_is_found_by_the_newest_name_only() {
    let (_folder, mut store) = company();
    keep_people(&mut store, &[person("1", "Zoë Novak", "zoe.novak@contoso.com")], at(2));
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
    keep_people(&mut store, std::slice::from_ref(&whole), at(2));
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
    let person = known(&store, "1").unwrap();
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

fn ids(people: &[(Person, Timestamp)]) -> Vec<(&str, Timestamp)> {
    people
        .iter()
        .map(|(person, read_at)| (person.id.as_str(), *read_at))
        .collect()
}

#[test]
fn whose_cards_were_read_last_come_first_and_once() {
    let (_folder, mut store) = company();
    assert_eq!(store.recent_people(9).unwrap(), []);
    let card = |key: &str, person| {
        (
            Query::Card {
                person: Id::new(key),
                mine: false,
            },
            [Payload::Card(person)],
        )
    };
    let of = |id: &str| CardPart::Person(Box::new(person(id, "花子 هنا", "h@contoso.com").into()));
    for (second, (query, parts)) in [
        card("1", of("1")),
        card("h@contoso.com", of("2")),
        card("2", of("2")),
        card("nobody", CardPart::Photo(None)),
    ]
    .into_iter()
    .enumerate()
    {
        store.keep(&query, &parts, at(second as i64)).unwrap();
    }
    assert_eq!(ids(&store.recent_people(9).unwrap()), [("2", at(2)), ("1", at(0))]);
    assert_eq!(
        store.recent_people(2).unwrap().len(),
        1,
        "the newest card has nobody in it"
    );
}

#[test]
fn whomever_the_directory_has_shown_is_found_and_lists_take_nothing_away() {
    let (_folder, mut store) = company();
    let mut told = person("8", "Ida Ōta", "ida@contoso.com");
    told.user_type = Some(Text::new("Member"));
    told.department = Some(Text::new("Lamps"));
    let people = |page: Vec<Person>| {
        let (page, total) = (page.into(), None);
        [Payload::People { page, total }]
    };
    let query = Query::People { term: "ida".into() };
    assert!(Store::keeps(&query));
    store.keep(&query, &people(vec![told.clone()]), at(2)).unwrap();
    assert_eq!(known(&store, "8"), Some(told.clone()));
    // Those who matter come without their kind and with an address for an id where the directory does not know them.
    let mut near = person("8", "Ida Ōta-Berg", "ida@contoso.com");
    near.office_location = Some(Text::new("東京"));
    let stranger = person("kim@elsewhere.example", "Kim", "kim@elsewhere.example");
    store
        .keep(&Query::Nearby, &people(vec![near, stranger]), at(3))
        .unwrap();
    let expected = Person {
        name: Text::new("Ida Ōta-Berg"),
        office_location: Some(Text::new("東京")),
        ..told.clone()
    };
    assert_eq!(known(&store, "8"), Some(expected));
    assert_eq!(ids(&store.people_like("berg", 9).unwrap()), [("8", at(3))]);
    assert_eq!(store.people_like("kim", 9).unwrap(), []);
    // All of somebody takes the place of all that was known.
    store.keep(&query, &people(vec![told.clone()]), at(4)).unwrap();
    assert_eq!(known(&store, "8"), Some(told));
}

#[test]
fn a_card_is_gathered_from_an_org_tree_and_an_org_tree_from_a_card() {
    let (_folder, mut store) = company();
    let (line, reports, card) = (
        Query::Line { person: Id::new("1") },
        Query::Reports { person: Id::new("1") },
        Query::Card {
            person: Id::new("1"),
            mine: false,
        },
    );
    let kept = |store: &Store, query: &Query| store.recall(query).unwrap().map(|kept| (kept.read_at, kept.parts));
    let whole = CardPart::Person(Box::new(person("1", "Zoë Müller", "zoe.mueller@contoso.com").into()));
    let boss = person("b", "שרה Boss", "b@contoso.com");
    assert_eq!(kept(&store, &card), Some((at(1), vec![Payload::Card(whole.clone())])));
    assert_eq!((kept(&store, &line), kept(&store, &reports)), (None, None));
    let me = person("1", "Zoë Müller", "zoe.mueller@contoso.com");
    let chain = [Payload::Line(vec![me.clone(), boss.clone()])];
    store.keep(&line, &chain, at(2)).unwrap();
    let below = person("r", "花子", "r@contoso.com");
    let page = Payload::Reports([Arc::new(below.clone())].into());
    store
        .keep(&reports, &[page.clone(), Payload::Reports([].into())], at(3))
        .unwrap();
    assert_eq!(kept(&store, &reports), Some((at(3), vec![page.clone()])));
    let object = member("r", "花子", Role::Member).object;
    let parts = vec![
        Payload::Card(whole),
        Payload::Card(CardPart::Managers(vec![boss])),
        Payload::Card(CardPart::Reports(vec![object])),
    ];
    assert_eq!(
        kept(&store, &card),
        Some((at(1), parts.clone())),
        "as old as the oldest"
    );
    store.keep(&card, &parts, at(5)).unwrap();
    for query in [&line, &reports] {
        store.forget(query).unwrap();
    }
    assert_eq!(kept(&store, &line), Some((at(5), chain.to_vec())));
    assert_eq!(kept(&store, &reports), Some((at(5), vec![page])));
    store.forget(&card).unwrap();
    assert_eq!((kept(&store, &line), kept(&store, &reports)), (None, None));
}

#[test]
fn names_are_given_of_a_store_that_others_write_to_and_of_one_of_an_older_folkmoot() {
    let (_folder, path) = super::place();
    super::keep_groups(&mut super::open(&path), &[group("g", "提灯")], at(1)).unwrap();
    let names = || {
        let names = Store::peek(&path)?.names(Noun::Groups, "提", 9)?;
        Ok::<_, StoreError>(names.len())
    };
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; DELETE FROM groups").unwrap();
    assert_eq!(names().unwrap(), 1, "whoever reads waits for nobody who writes");
    other.execute_batch("ROLLBACK; PRAGMA user_version = 1").unwrap();
    assert_eq!(names().unwrap(), 1);
    let version: i64 = other
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 1, "it is not brought up to date for a look");
    // Somebody who lets nobody in: that is said, and soon.
    other
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
        .unwrap();
    assert!(names().unwrap_err().is_busy());
}
