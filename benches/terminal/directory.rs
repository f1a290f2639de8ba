//! What the rows about the directory measure.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use folkmoot::domain::Person;
use folkmoot::protocol::{Payload, Query};
use folkmoot::store::Store;
use jiff::Timestamp;

use crate::driven::{Driven, ENTER, Response};
use crate::rows::spread;
use crate::tenant::{FIRST, Tenant};

const GIVEN: [&str; 10] = [
    "Ana", "Zoë", "Łukasz", "花子", "Noor", "דנה", "Johanna", "Priya", "Solveig", "Tariq",
];
const SURNAMES: [&str; 10] = [
    "Lantern",
    "Dämmer",
    "Souza",
    "山田",
    "Haddad",
    "כהן",
    "Mottenfänger",
    "Iyer",
    "Ok",
    "Nightingale",
];

/// A hundred thousand people.
fn everybody() -> Vec<Person> {
    let person = |number: usize| Person {
        id: format!("stored-{number}").as_str().into(),
        name: format!("{} {} {}", GIVEN[number % 10], SURNAMES[number / 10 % 10], number / 100)
            .as_str()
            .into(),
        mail: Some(format!("person.{number}@folkvale.example").as_str().into()),
        user_type: Some("Member".into()),
        ..Person::default()
    };
    (0..100_000).map(person).collect()
}

/// Types names into the finder of a program that has a hundred thousand people in its store. The directory is slower.
fn finding(which: impl Fn(&Response) -> Duration) -> String {
    let tenant = Tenant::serve(&["--latency", "1000"]);
    let mut driven = Driven::start(&tenant);
    driven.until(FIRST);
    driven.settle();
    let mut home = driven.leave();
    let folder = home.path().join("state/folkmoot/default");
    let is_store = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "db");
    let mut files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let path = files.find(is_store).expect("the store");
    let (mut store, _) = Store::open(&path).unwrap();
    for people in everybody().chunks(5_000) {
        let query = Query::People { term: String::new() };
        let (page, total) = (people.into(), None);
        let found = [Payload::People { page, total }];
        store.keep(&query, &found, Timestamp::now()).unwrap();
    }
    drop(store);
    let mut times = Vec::new();
    for name in ["lantern", "zoe da", "花子", "noor h", "כהן", "solveig n", "person.9"] {
        driven = Driven::at_home(&tenant, home);
        driven.until(FIRST);
        driven.settle();
        driven.pty.press("@");
        driven.settle();
        times.extend(name.chars().map(|letter| which(&driven.key(&letter.to_string()))));
        driven.pty.press("\x1b");
        driven.settle();
        home = driven.leave();
    }
    spread(&times)
}

pub fn finder_echo() -> String {
    finding(|response| response.first)
}

pub fn finder_ranked() -> String {
    finding(|response| response.last)
}

/// Walks through the org tree of a hundred thousand people from the top: one of those below opens, then the next.
pub fn org_tree() -> String {
    let tenant = Tenant::serve(&["--people", "100000"]);
    let mut driven = Driven::start(&tenant);
    driven.until(FIRST);
    driven.pty.press("@solveig");
    driven.until("Chief Executive Officer");
    driven.pty.press(ENTER);
    driven.until("Profile · Solveig Lyktestad");
    driven.settle();
    driven.pty.press("t");
    driven.until("Org tree · Solveig Lyktestad");
    driven.settle();
    let mut times = Vec::new();
    for _ in 0..100 {
        for key in ["l", "j", "j"] {
            times.push(driven.key(key).first);
        }
    }
    spread(&times)
}
