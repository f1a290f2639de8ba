//! Who somebody is: the likeliest first, with a card.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use folkmoot::demo::Options;
use serde_json::Value;

use crate::stub::Stub;
use crate::support::{desk, desk_with, faulty, first_column, pluck};

#[test]
fn who_puts_the_likeliest_first_with_a_card() {
    let desk = desk();
    let table = desk.out(&["who", "花子"]);
    assert!(table.contains("name        山田 花子\n"), "{table}");
    assert!(table.contains("manager     "), "{table}");
    let found = desk.json(&["who", "花子"]);
    assert_eq!(found[0]["displayName"], "山田 花子");

    let crowd = desk_with(Options {
        people: Some(300),
        ..Options::default()
    });
    let all = crowd.json(&["who", "a"]);
    let names = pluck(&all, "displayName");
    assert_eq!(names.len(), 10);
    assert!(names[0].to_lowercase().starts_with('a'), "{names:?}");
    let table = crowd.out(&["who", "a"]);
    assert!(
        table.lines().last().unwrap().contains("more; --all shows them"),
        "{table}"
    );
    let (_, others) = table.split_once("\n\n").unwrap();
    assert_eq!(first_column(others).len(), 10, "{others}");
    assert!(crowd.out(&["who", "a", "--limit", "2", "-o", "csv"]).lines().count() == 3);

    // More than a page of them fit; it asks for one page.
    let throng = desk_with(Options {
        people: Some(12_000),
        ..Options::default()
    });
    let table = throng.out(&["who", "a"]);
    assert!(table.ends_with("… and 1494 more; --all shows them\n"), "{table}");
    let asked = throng.tenant.requests();
    let pages = asked.iter().filter(|seen| seen.query.contains("$search")).count();
    assert_eq!(pages, 1, "{asked:?}");

    let nobody = desk.run(&["who", "xyzzyx"]);
    assert_eq!(
        (nobody.code, nobody.stdout.as_str()),
        (Some(5), ""),
        "{}",
        nobody.stderr
    );
}

#[test]
fn a_card_is_there_before_the_manager_and_without() {
    let slow = faulty("GET /users/*/manager@*=hang");
    let mut child = slow.command(&["who", "hanako"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let name = lines
        .find(|line| line.as_ref().unwrap().starts_with("name "))
        .unwrap()
        .unwrap();
    assert_eq!(name, "name        山田 花子");
    assert!(child.try_wait().unwrap().is_none(), "it waits for the manager");
    child.kill().unwrap();
    child.wait().unwrap();

    let ran = faulty("GET /users/*/manager@*=403").run(&["who", "hanako"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("山田 花子") && !ran.stdout.contains("manager"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stderr.starts_with("note: the manager is left out: "),
        "{}",
        ran.stderr
    );
    let top = desk().out(&["who", "solveig.lyktestad@folkvale.example"]);
    assert!(!top.contains("manager"), "{top}");
}

#[test]
fn pages_with_nobody_on_them_are_turned() {
    for empty in ["2", "15"] {
        let args = ["who", "hana", "--json"];
        let stub = match empty {
            "2" => Stub::answering(|path| turned(path, 2)),
            _ => Stub::answering(|path| turned(path, 15)),
        };
        let ran = stub.run(&args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{empty}");
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(pluck(&found, "displayName"), ["山田 花子"], "{empty}");
    }
}

/// So many empty pages, then one with somebody on it.
fn turned(path: &str, empty: usize) -> (u16, &'static str) {
    let page: usize = path.split_once("turned=").map_or(0, |(_, page)| page.parse().unwrap());
    if page == empty {
        return (
            200,
            r#"{"value":[{"id":"1","displayName":"山田 花子","mail":"hanako@x.org"}]}"#,
        );
    }
    let next = format!(
        r#"{{"value":[],"@odata.nextLink":"{{graph}}/users?turned={}"}}"#,
        page + 1
    );
    (200, next.leak())
}

#[test]
fn a_name_of_several_words_needs_no_quotes() {
    let desk = desk();
    assert_eq!(desk.out(&["who", "山田", "花子"]), desk.out(&["who", "山田 花子"]));
    let found = desk.json(&["user", "search", "ines", "wick"]);
    assert_eq!(pluck(&found, "displayName"), ["Ines Wickersham"]);
    assert_eq!(desk.run(&["who"]).code, Some(2));
}

#[test]
fn refusals_have_their_own_codes() {
    for (fault, code) in [("expired", 3), ("500", 8)] {
        let desk = desk_with(Options {
            faults: vec![format!("GET /users@*={fault}").parse().unwrap()],
            ..Options::default()
        });
        let ran = desk.run(&["who", "hanako"]);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(code), ""),
            "{fault}: {}",
            ran.stderr
        );
    }
    let denied = Stub::answering(|_| {
        (
            403,
            r#"{"error":{"code":"Authorization_RequestDenied","message":"No."}}"#,
        )
    });
    for args in [&["who", "hanako"][..], &["user", "search", "x"], &["me", "show"]] {
        let ran = denied.run(args);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(4), ""),
            "{args:?}: {}",
            ran.stderr
        );
    }
}
