//! Every list in every format.

use std::io::Read;
use std::process::Stdio;

use folkmoot::demo::Options;
use folkmoot::text::cells;
use serde_json::Value;

use crate::support::{desk, desk_with, first_column, pluck, ran};

const LISTS: [&[&str]; 7] = [
    &["group", "list"],
    &["group", "list", "--owned"],
    &["group", "list", "--all"],
    &["group", "list", "--search", "glow"],
    &["member", "list", "localisation"],
    &["thread", "list", "all-folkvale"],
    &["post", "list", "all-folkvale", "security drill"],
];

fn csv(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn every_list_has_the_same_rows_in_every_format() {
    let desk = desk();
    for args in LISTS {
        let with = |format: &str| desk.out(&[args, &["-o", format]].concat());
        let array: Value = serde_json::from_str(&with("json")).unwrap();
        let ids = pluck(&array, "id");
        assert!(
            ids.len() > 1 && ids.iter().all(|id| !id.is_empty()),
            "{args:?}: {ids:?}"
        );

        let lines: Vec<Value> = with("ndjson")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(array, Value::Array(lines), "{args:?}");
        assert_eq!(array, desk.json(args), "{args:?}");

        let rows = with("csv");
        let heading = rows.lines().next().unwrap();
        let id = heading.split(',').position(|name| name == "id").unwrap();
        assert_eq!(
            csv(&rows).iter().map(|row| &row[id]).collect::<Vec<_>>(),
            ids,
            "{args:?}"
        );

        let tabs = with("tsv");
        let mut lines = tabs.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        assert_eq!(lines.next().unwrap().join(","), heading);
        assert_eq!(lines.map(|row| row[id]).collect::<Vec<_>>(), ids, "{args:?}");

        let table = desk.out(args);
        assert_eq!(table, with("table"));
        let markdown = with("md");
        assert_eq!(markdown.lines().count(), ids.len() + 2, "{args:?}");
        let columns = |line: &str| line.replace("\\|", "").matches('|').count();
        let heading = markdown.lines().next().unwrap();
        assert!(
            markdown.lines().all(|line| columns(line) == columns(heading)),
            "{markdown}"
        );
        assert_eq!(table.lines().count(), ids.len() + 1, "{args:?}");
        assert!(
            table.lines().next().unwrap().chars().all(|c| !c.is_lowercase()),
            "{table}"
        );
    }
}

#[test]
fn columns_are_selected_in_an_order() {
    let desk = desk();
    let group = &["group", "list", "--owned"][..];
    let with = |format: &str, names: &str| desk.out(&[group, &["-o", format, "--select", names]].concat());
    let first = |out: &str| out.lines().next().unwrap().to_owned();
    assert_eq!(first(&with("csv", "mail,ID")), "mail,id");
    assert_eq!(first(&with("tsv", "created,name")), "created\tname");
    assert_eq!(first(&with("md", "kind,name")), "| kind | name |");
    let table = with("table", "id,name");
    assert!(table.starts_with("ID "), "{table}");
    let card = desk.out(&["group", "show", "product", "--select", "mail,name"]);
    assert_eq!(card, "mail  product@folkvale.example\nname  Product\n");
    let who = desk.out(&["who", "hanako", "--select", "mobile", "--limit", "1"]);
    assert!(who.starts_with("mobile  "), "{who}");

    for args in [group, &["group", "show", "product"], &["who", "hanako"]] {
        let ran = desk.run(&[args, &["--select", "name,displayName"]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(
            ran.stderr.contains("“displayName”") && ran.stderr.contains("id, name, "),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn properties_are_selected_at_graph_where_it_lists_and_here_where_it_has_sent_more() {
    let desk = desk();
    for (args, names) in [
        (&["group", "list"][..], "renewedDateTime,displayName"),
        (&["group", "list", "--all"], "visibility,id"),
        (&["member", "list", "product"], "mail,department"),
        (&["thread", "list", "product"], "topic,id"),
        (&["post", "list", "product", "1"], "conversationThreadId,id"),
        (&["user", "search", "hana"], "givenName,id"),
        (&["user", "groups", "me"], "displayName"),
        (&["who", "hana"], "mail,displayName"),
    ] {
        let lines = desk.out(&[args, &["-o", "ndjson", "--select", names]].concat());
        let expected: Vec<String> = names.split(',').map(|name| format!("\"{name}\":")).collect();
        for line in lines.lines() {
            assert!(line.starts_with(&format!("{{{}", expected[0])), "{args:?}: {line}");
            let object: Value = serde_json::from_str(line).unwrap();
            assert_eq!(object.as_object().unwrap().len(), expected.len(), "{args:?}: {line}");
        }
        assert!(lines.lines().count() > 0, "{args:?}");
    }
    // The order stays as it is without the selection.
    let whole = desk.json(&["group", "list"]);
    let names = desk.json(&["group", "list", "--select", "displayName"]);
    assert_eq!(pluck(&whole, "displayName"), pluck(&names, "displayName"));

    let card = desk.out(&["user", "show", "hanako", "--json", "--select", "displayName,city"]);
    assert!(
        card.starts_with("{\"displayName\":") && card.contains(",\"city\":"),
        "{card}"
    );
    let ran = desk.run(&["user", "show", "hanako", "--json", "--select", "nosuch"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(
        ran.stderr.contains("“nosuch”") && ran.stderr.contains("jobTitle, mail"),
        "{}",
        ran.stderr
    );
    let ran = desk.run(&["group", "list", "--all", "--json", "--select", "nosuch"]);
    assert_eq!(ran.stdout, "");
    assert!(ran.code != Some(0) && ran.stderr.contains("nosuch"), "{}", ran.stderr);
}

#[test]
fn json_is_what_graph_sent() {
    let desk = desk();
    let group = &desk.json(&["group", "list", "--search", "launch"])[0];
    assert_eq!(group["displayName"], "🏮 Glow 2 Launch");
    assert_eq!(group["groupTypes"], serde_json::json!(["Unified"]));
    assert_eq!(*group, desk.json(&["group", "show", "lantern-launch"]));

    let members = desk.json(&["member", "list", "product", "--limit", "3"]);
    let mut names: Vec<&String> = members[0].as_object().unwrap().keys().collect();
    names.sort_unstable();
    let selected = [
        "@odata.type",
        "department",
        "displayName",
        "id",
        "jobTitle",
        "mail",
        "userPrincipalName",
        "userType",
    ];
    assert_eq!(names, selected, "nothing is added");
    let owners = desk.json(&["member", "list", "product", "--owners"]);
    assert_eq!(owners.as_array().unwrap()[..], members.as_array().unwrap()[..2]);

    let posts = desk.json(&["post", "list", "all-folkvale", "security drill"]);
    assert!(
        posts[1]["body"]["content"].as_str().unwrap().contains("\u{1b}[2J"),
        "the value is the same"
    );
}

#[test]
fn my_groups_come_by_name_once_and_search_asks_the_server() {
    let desk = desk();
    let mine = desk.json(&["group", "list"]);
    let names: Vec<String> = pluck(&mine, "displayName")
        .iter()
        .map(|name| name.to_lowercase())
        .collect();
    assert!(names.is_sorted(), "{names:?}");
    let mut ids = pluck(&mine, "id");
    let listed = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), listed);

    let owned = desk.json(&["group", "list", "--owned"]);
    assert!(owned.as_array().unwrap().len() < listed);
    let found = desk.out(&["group", "list", "--search", "moth"]);
    assert!(
        first_column(&found).contains(&"Moth Complaints & Field Reports 🦋"),
        "{found}"
    );
    let asked = desk.tenant.requests();
    assert!(asked.iter().any(|seen| seen.query.contains("$search")), "{asked:?}");
}

#[test]
fn wide_and_right_to_left_names_are_aligned() {
    let desk = desk();
    let table = desk.out(&["member", "list", "localisation"]);
    let heading = table.lines().next().unwrap();
    let mail = cells(heading.split("MAIL").next().unwrap());
    for line in table.lines().skip(1) {
        let before = line.split('@').next().unwrap();
        let name = before.rsplit_once("  ").unwrap().0;
        assert_eq!(cells(name) + 2, mail, "{line}");
    }
    for name in ["山田 花子", "김초롱", "نور الفانوسي"] {
        let all = desk.out(&["member", "list", "lantern-launch"]);
        assert!(all.contains(name), "{all}");
    }
}

#[test]
fn threads_are_numbered_newest_first_and_the_numbers_open_them() {
    let desk = desk();
    let threads = desk.json(&["thread", "list", "lantern-launch"]);
    let times = pluck(&threads, "lastDeliveredDateTime");
    assert!(times.iter().rev().is_sorted(), "{times:?}");
    let table = desk.out(&["thread", "list", "lantern-launch"]);
    let third = table.lines().nth(3).unwrap();
    assert!(third.trim_start().starts_with("3  2026-11-21"), "{third}");

    let by_number = desk.out(&["post", "list", "lantern-launch", "3"]);
    let id = threads[2]["id"].as_str().unwrap();
    assert_eq!(by_number, desk.out(&["post", "list", "lantern-launch", id]));
    assert_eq!(
        by_number,
        desk.out(&["post", "list", "lantern-launch", "packaging PROOFS"])
    );
    let group = desk.json(&["group", "show", "lantern-launch"]);
    let group = group["id"].as_str().unwrap();
    assert_eq!(by_number, desk.out(&["post", "list", group, "3"]));
}

#[test]
fn posts_come_oldest_first_with_their_text_on_demand() {
    let desk = desk();
    let posts = desk.json(&["post", "list", "lantern-launch", "price"]);
    let times = pluck(&posts, "receivedDateTime");
    assert!(times.is_sorted(), "{times:?}");

    let full = desk.out(&["post", "list", "lantern-launch", "price", "--full"]);
    assert!(full.lines().all(|line| cells(line) <= 80), "{full}");
    assert_eq!(full.lines().filter(|line| line.starts_with("── ")).count(), times.len());
    assert!(full.contains("May we agree on"), "{full}");

    let narrow = ran(desk
        .command(&["post", "list", "lantern-launch", "price", "--full"])
        .env("COLUMNS", "40"));
    // Addresses below a post are whole, to be copied.
    let mut lines = narrow.stdout.lines().filter(|line| !line.starts_with('['));
    assert!(lines.all(|line| cells(line) <= 40), "{}", narrow.stdout);

    let one = desk.out(&["post", "list", "lantern-launch", "price", "--full", "--limit", "1"]);
    assert!(full.starts_with(&one) && one.starts_with("── 1 · "), "{one}");
}

#[test]
fn one_group_is_shown_in_every_format() {
    let desk = desk();
    let show = |format: &str| desk.out(&["group", "show", "wick-terminology", "-o", format]);
    let (json, table, rows) = (show("json"), show("table"), csv(&show("csv")));
    assert_eq!(json, show("ndjson"));
    let group: Value = serde_json::from_str(&json).unwrap();
    let [name, id] = ["displayName", "id"].map(|member| group[member].as_str().unwrap());
    assert!(
        name.len() > 100 && table.contains(&format!("name         {name}\n")),
        "{table}"
    );
    assert!(table.contains(&format!("id           {id}\n")), "{table}");
    assert_eq!(rows.len(), 1);
    assert_eq!([&rows[0][0], &rows[0][1]], [id, name]);
}

#[test]
fn hostile_posts_are_read_and_harmless() {
    let desk = desk();
    for args in [
        &["post", "list", "all-folkvale", "security drill", "--full"][..],
        &["post", "list", "all-folkvale", "security drill"],
        &["post", "list", "all-folkvale", "security drill", "-o", "csv"],
        &["thread", "list", "all-folkvale"],
    ] {
        // The run itself checks that nothing drives a terminal.
        let out = desk.out(args);
        assert!(out.contains("Cyprian Darkmoor"), "{out}");
    }
}

#[test]
fn a_limit_stops_early() {
    let desk = desk();
    for args in LISTS {
        let all = desk.json(args);
        let two = desk.json(&[args, &["--limit", "2"]].concat());
        assert_eq!(two.as_array().unwrap()[..], all.as_array().unwrap()[..2], "{args:?}");
    }
    desk.out(&["group", "list", "--all", "--limit", "3"]);
    let last = desk.tenant.requests().pop().unwrap();
    assert!(last.query.contains("$top=3"), "few are asked for");
}

#[test]
fn lists_longer_than_a_page_come_whole() {
    let desk = desk_with(Options {
        people: Some(2_500),
        threads: Some(120),
        ..Options::default()
    });
    let members = desk.out(&["member", "list", "all-folkvale", "-o", "csv"]);
    let ids: std::collections::HashSet<_> = csv(&members).iter().map(|row| row[5].to_owned()).collect();
    assert!(
        ids.len() >= 2_500 && members.lines().count() == ids.len() + 1,
        "{}",
        ids.len()
    );
    // Which group is the busiest is the tenant's secret.
    let groups = desk.json(&["group", "list"]);
    let lists = pluck(&groups, "id")
        .into_iter()
        .map(|group| desk.run(&["thread", "list", group]).stdout);
    let longest = lists.max_by_key(|list| list.lines().count()).unwrap();
    let numbers: Vec<String> = (1..longest.lines().count()).map(|number| number.to_string()).collect();
    assert!(numbers.len() >= 120, "{longest}");
    assert_eq!(first_column(&longest), numbers);
}

#[test]
fn nothing_is_said_of_nothing_but_on_stderr() {
    let desk = desk();
    for (format, expected) in [("table", ""), ("json", "[]\n"), ("ndjson", "")] {
        let ran = desk.run(&["group", "list", "--search", "xyzzyx", "-o", format]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), expected));
        assert_eq!(ran.stderr, "No groups.\n");
    }
    let ran = desk.run(&["group", "list", "--search", "xyzzyx", "-o", "csv"]);
    assert!(
        ran.stdout.starts_with("id,name,mail") && ran.stdout.lines().count() == 1,
        "{}",
        ran.stdout
    );
}

#[test]
fn who_stops_reading_early_is_no_failure() {
    let desk = desk_with(Options {
        people: Some(5_000),
        ..Options::default()
    });
    for format in ["table", "json", "ndjson", "csv", "tsv", "md"] {
        let mut child = desk
            .command(&["member", "list", "all-folkvale", "-o", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0; 10]).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(0), &b""[..]),
            "{format}"
        );
    }
}
