//! From what a person calls a group or a thread to the one that is meant.

use crate::support::desk;

#[test]
fn a_group_goes_by_many_names() {
    let desk = desk();
    let id = desk.json(&["group", "show", "Moth Complaints & Field Reports 🦋"])["id"].clone();
    let id = id.as_str().unwrap();
    for name in [
        id,
        &id.to_uppercase(),
        "moth-reports",
        "moth-reports@folkvale.example",
        "MOTH-Reports@Folkvale.example",
        "moth complaints & field reports 🦋",
        "moth comp",
        "Field Reports",
        " moth-reports ",
    ] {
        assert_eq!(desk.json(&["group", "show", name])["id"], id, "{name}");
    }
    for (name, alias) in [("翻訳", "localisation"), ("提灯", "chochin"), ("رمضان", "ramadan")] {
        assert_eq!(desk.json(&["group", "show", name])["mailNickname"], alias, "{name}");
    }
}

#[test]
fn a_name_that_fits_several_lists_them() {
    let desk = desk();
    for args in [&["group", "show", "sg-region"][..], &["member", "list", "sg-region"]] {
        let ran = desk.run(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
        assert!(
            ran.stderr.starts_with("error: “sg-region” fits 2 groups."),
            "{}",
            ran.stderr
        );
        let candidates: Vec<&str> = ran.stderr.lines().skip(1).collect();
        assert_eq!(candidates.len(), 2);
        for (candidate, name) in candidates.iter().zip(["sg-region-north", "sg-region-apac"]) {
            let id = candidate.rsplit("  ").next().unwrap();
            assert_eq!(desk.json(&["group", "show", id])["displayName"], name, "{candidate}");
        }
    }
    let ran = desk.run(&["post", "list", "lantern-launch", "glow 2"]);
    let launch = desk.run(&["post", "list", "lantern-launch", "a"]);
    assert_eq!(launch.code, Some(2));
    assert!(
        launch.stderr.contains("Give the number or the id of the one you mean:"),
        "{}",
        launch.stderr
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

#[test]
fn what_is_not_there_is_not_found() {
    let desk = desk();
    let nobody = "00000000-0000-0000-0000-000000000000";
    for args in [
        &["group", "show", "xyzzyx"][..],
        &["group", "show", "nobody@folkvale.example"],
        &["group", "show", nobody],
        &["group", "show", "!!"],
        &["member", "list", nobody],
        &["thread", "list", nobody],
        &["post", "list", "lantern-launch", "999"],
        &["post", "list", "lantern-launch", "no such topic"],
        &["post", "list", "lantern-launch", "AAQkAD8EJUmcWwTJi06Cew=="],
    ] {
        let ran = desk.run(args);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(5), ""),
            "{args:?}: {}",
            ran.stderr
        );
        assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    }
}

#[test]
fn names_cannot_leave_their_place_in_a_request() {
    let desk = desk();
    for name in [
        "'",
        "x' or 'a' eq 'a",
        "\" OR \"displayName:a",
        "../me",
        "a/b?c#d&e",
        "%2e%2e",
        "\u{1b}[2J\u{202e}x",
    ] {
        let ran = desk.run(&["group", "show", name]);
        assert_eq!(ran.code, Some(5), "{name:?}: {}{}", ran.stdout, ran.stderr);
    }
}
