//! What the directory knows of people and groups: who stands where, who shares what, what lies around somebody.

use std::collections::BTreeSet;

use folkmoot::demo::Options;
use serde_json::Value;

use crate::support::{Desk, desk, desk_with, first_column, pluck};

const HANAKO: &str = "hanako.yamada@folkvale.example";
const NOUR: &str = "nour.alfanousi@folkvale.example";

fn items(json: &Value, kind: Option<&str>) -> Vec<Value> {
    let items = match kind {
        None => json,
        Some(kind) => {
            assert_eq!((&json["folkmoot"], &json["kind"]), (&1.into(), &kind.into()), "{json}");
            &json["items"]
        }
    };
    items.as_array().unwrap().clone()
}

/// Runs whose outcome does not depend on the tenant's contents, with the code they end with.
#[test]
fn refusals_end_with_their_own_codes() {
    let missing = "xyzzyx";
    let unknown = "00000000-0000-4000-8000-000000000000";
    let desk = desk();
    for (args, code) in [
        (&["owner", "list", missing][..], 5),
        (&["owner", "list", unknown], 5),
        (&["member", "list", missing, "--transitive"], 5),
        (&["member", "list", "product", "--transitive", "--owners"], 2),
        (&["group", "parents", missing], 5),
        (&["group", "check", "product"], 2),
        (&["group", "check", "product", missing], 5),
        (&["user", "people", missing], 5),
        (&["user", "people", HANAKO, "--search", "x"], 2),
        (&["user", "people", "--search", "!!"], 2),
        (&["user", "photo", missing], 5),
        (&["user", "photo", "absalom.taperfield@folkvale.example"], 5),
        (&["user", "photo", "me", "--size", "50"], 2),
        (&["user", "card", "me", missing], 5),
        (&["user", "card"], 2),
        (&["user", "trending", missing], 5),
        (&["user", "check", missing, "product"], 5),
        (&["user", "check", "me", "sg-region"], 2),
        (&["user", "teams", HANAKO], 4),
        (&["org", "tree", missing], 5),
        (&["org", "tree", "me", "--depth", "0"], 2),
        (&["org", "path", "me", missing], 5),
        (&["org", "path", "me", "ember"], 5),
        (&["common", "me", missing], 5),
        (&["diff", "product", missing], 5),
        (&["diff", "product", "board"], 4),
        (&["path", missing, "product"], 5),
        (&["path", "me", "sg-break-glass"], 5),
        (&["me", "update"], 2),
        (&["me", "update", "--birthday", "yesterday", "--json"], 2),
        (&["me", "photo", "/nowhere/at/all.jpg"], 2),
    ] {
        let ran = desk.run(args);
        assert_eq!(ran.code, Some(code), "{args:?}: {}", ran.stderr);
        assert!(code == 0 || ran.stdout.is_empty(), "{args:?}: {}", ran.stdout);
    }
}

fn ids(items: &[Value], path: &str) -> BTreeSet<String> {
    items
        .iter()
        .map(|item| item.pointer(path).unwrap().as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn members_of_groups_inside_say_that_they_are_nested() {
    let desk = desk();
    let direct = desk.json(&["member", "list", "sg-region-north"]);
    let owners = desk.json(&["owner", "list", "sg-region-north"]);
    let all = desk.json(&["member", "list", "sg-region-north", "--transitive"]);
    let all: Vec<Value> = items(&all, None);
    let direct = &ids(&items(&direct, None), "/id") - &ids(&items(&owners, None), "/id");
    assert!(direct.is_subset(&ids(&all, "/id")) && direct.len() < all.len());
    let csv = desk.out(&["member", "list", "sg-region-north", "--transitive", "-o", "csv"]);
    let way = |way: &str| csv.lines().filter(|line| line.starts_with(way)).count();
    assert_eq!((way("direct,"), way("nested,")), (3, all.len() - 3));
    let owners = desk.json(&["owner", "list", "sg-region-north"]);
    assert_eq!(owners, desk.json(&["member", "list", "sg-region-north", "--owners"]));
}

#[test]
fn a_check_tells_of_each_group() {
    let desk = desk();
    let groups = ["product", "sg-everybody", "portable-lanterns"];
    let checked = desk.json(&[&["user", "check", "me"][..], &groups].concat());
    let mine = desk.json(&["user", "groups", "me", "--transitive"]);
    let mine = ids(&items(&mine, None), "/id");
    let items = items(&checked, Some("check"));
    assert_eq!(items.len(), 3);
    for item in &items {
        assert_eq!(item["member"], mine.contains(item["id"].as_str().unwrap()), "{item}");
    }
    let table = desk.out(&[&["user", "check", "me"][..], &groups].concat());
    assert!(table.starts_with("MEMBER  NAME"), "{table}");
    assert!(table.contains("yes     Portable Lanterns"), "{table}");
    let nested = desk.json(&["group", "check", "sg-office-goteborg", "sg-everybody", "product"]);
    let answers: Vec<&Value> = nested["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["member"])
        .collect();
    assert_eq!(answers, [&Value::from(true), &Value::from(false)]);
}

#[test]
fn a_tree_is_drawn_and_told() {
    let desk = desk();
    let table = desk.out(&["org", "tree", "lamprosz.gyertyas@folkvale.example"]);
    assert!(
        table.starts_with("Lámprosz Gyertyás  Director of Portable Light\n├─ "),
        "{table}"
    );
    assert!(table.contains("\n│  ├─ ") || table.contains("\n│  └─ "), "{table}");
    assert!(table.contains("└─ "), "{table}");
    let deep = desk.json(&[
        "org",
        "tree",
        "zoe.daemmerlicht@folkvale.example",
        "--depth",
        "4000000000",
    ]);
    let deep = items(&deep, Some("org-tree"));
    assert_eq!(deep[0]["depth"], 0);
    assert!(deep.iter().any(|item| item["depth"] == 3));
    for item in &deep[1..] {
        let manager = deep.iter().find(|it| it["person"]["id"] == item["manager"]).unwrap();
        assert_eq!(item["depth"].as_u64(), manager["depth"].as_u64().map(|depth| depth + 1));
    }
    let shallow = desk.json(&["org", "tree", "zoe.daemmerlicht@folkvale.example", "--depth", "1"]);
    assert!(
        items(&shallow, Some("org-tree"))
            .iter()
            .all(|item| item["depth"].as_u64() <= Some(1))
    );

    let up = desk.json(&["org", "tree", HANAKO, "--up"]);
    let names: Vec<String> = items(&up, Some("org-tree"))
        .iter()
        .map(|item| item["person"]["displayName"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names.first().map(String::as_str), Some("Solveig Lyktestad"));
    assert_eq!(names.last().map(String::as_str), Some("山田 花子"));
    let one = desk.out(&["org", "tree", HANAKO, "--up", "--depth", "1"]);
    assert_eq!(one.lines().count(), 2, "{one}");
}

#[test]
fn the_way_between_two_people_goes_through_their_manager() {
    let desk = desk();
    let way = desk.out(&["org", "path", HANAKO, NOUR, "-o", "csv", "--select", "step,name"]);
    assert_eq!(way, "step,name\nup,山田 花子\ntop,Ines Wickersham\ndown,نور الفانوسي\n");
    let below = desk.out(&["org", "path", "me", HANAKO, "-o", "csv", "--select", "step,name"]);
    assert_eq!(below, "step,name\ntop,Ines Wickersham\ndown,山田 花子\n");
    let same = desk.json(&["org", "path", "me", "me"]);
    assert_eq!(items(&same, Some("org-path")).len(), 1);
}

#[test]
fn what_two_share_and_what_they_do_not() {
    let desk = desk();
    let groups = |user: &str| ids(&items(&desk.json(&["user", "groups", user]), None), "/id");
    let common = desk.json(&["common", "me", HANAKO]);
    assert_eq!(common["of"][1]["displayName"], "山田 花子");
    let shared = ids(&items(&common, Some("common")), "/id");
    assert_eq!(shared, groups("me").intersection(&groups(HANAKO)).cloned().collect());
    let table = desk.out(&["common", "me", HANAKO]);
    assert!(
        first_column(&table).is_sorted_by_key(|name| name.to_lowercase()),
        "{table}"
    );

    let members = |group: &str| ids(&items(&desk.json(&["member", "list", group]), None), "/id");
    let diff = desk.json(&["diff", "product", "portable-lanterns"]);
    let [one, other] = [0, 1].map(|at| diff["of"][at]["id"].as_str().unwrap());
    let (left, right) = (members("product"), members("portable-lanterns"));
    for (only, expected) in [(one, &left - &right), (other, &right - &left)] {
        let told = items(&diff, Some("diff"));
        let told: Vec<Value> = told.into_iter().filter(|item| item["onlyIn"] == only).collect();
        assert_eq!(ids(&told, "/member/id"), expected);
    }
    let same = desk.run(&["diff", "product", "product"]);
    assert_eq!((same.code, same.stderr.as_str()), (Some(0), "No differences.\n"));
}

#[test]
fn the_way_into_a_group_goes_through_groups() {
    let desk = desk();
    let office = desk.json(&["member", "list", "sg-office-goteborg", "--transitive"]);
    let somebody = office
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["@odata.type"] == "#microsoft.graph.user")
        .unwrap();
    let person = somebody["id"].as_str().unwrap();
    let way = desk.out(&[
        "path",
        person,
        "sg-everybody",
        "-o",
        "csv",
        "--select",
        "step,kind,name",
    ]);
    let name = somebody["displayName"].as_str().unwrap();
    assert_eq!(
        way,
        format!(
            "step,kind,name\n0,person,{name}\n1,group,sg-office-goteborg\n2,group,sg-region-north\n3,group,sg-everybody\n"
        )
    );
    let direct = desk.json(&["path", person, "sg-office-goteborg"]);
    assert_eq!(items(&direct, Some("path")).len(), 2);
    // Two groups hold each other.
    let circle = desk.json(&["path", "me", "dl-holidays"]);
    assert_eq!(items(&circle, Some("path")).len(), 3);
}

#[test]
fn what_lies_around_a_person() {
    let desk = desk();
    let people = desk.json(&["user", "people"]);
    assert!(pluck(&people, "displayName").contains(&"山田 花子"));
    assert!(
        items(&people, None)
            .iter()
            .all(|it| it["personType"]["class"] == "Person")
    );
    let with_groups = desk.json(&["user", "people", "--groups"]);
    assert!(with_groups.as_array().unwrap().len() > people.as_array().unwrap().len());
    let oneself = desk.run(&["user", "people", "--search", "wikersham"]);
    assert_eq!((oneself.code, oneself.stderr.as_str()), (Some(0), "No people.\n"));
    assert_eq!(
        pluck(
            &desk.json(&["user", "people", "--search", "mottenfanger"]),
            "displayName"
        ),
        ["Tobias Mottenfänger"]
    );

    let documents = desk.json(&["user", "trending"]);
    let weights: Vec<f64> = documents
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["weight"].as_f64().unwrap())
        .collect();
    assert!(weights.is_sorted_by(|a, b| a >= b) && weights.len() > 5);
    let slides = desk.json(&["user", "trending", "--kind", "PowerPoint"]);
    assert!(
        items(&slides, None)
            .iter()
            .all(|it| it["resourceVisualization"]["type"] == "PowerPoint")
    );
    let csv = desk.out(&["user", "trending", "-o", "csv"]);
    assert!(csv.starts_with("id,title,kind,where,changed,begins,url\n"), "{csv}");

    let teams = desk.json(&["user", "teams"]);
    let known = desk.json(&["user", "teams", "--associated"]);
    assert_eq!(known.as_array().unwrap().len(), teams.as_array().unwrap().len() + 1);
}

#[test]
fn cards_of_several_people_come_one_behind_the_other() {
    let desk = desk();
    // Lines of a vCard end as those of a mail do, which no other output may.
    let printed = |desk: &Desk, args: &[&str]| {
        let output = desk.command(args).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        (String::from_utf8(output.stdout).unwrap(), output.status.code(), told)
    };
    let (cards, code, told) = printed(&desk, &["user", "card", "me", HANAKO]);
    assert_eq!((code, told.as_str()), (Some(0), ""));
    let begun: Vec<&str> = cards.split("BEGIN:VCARD\r\n").skip(1).collect();
    assert_eq!(begun.len(), 2, "{cards}");
    assert!(begun[0].contains("FN:Ines Wickersham\r\n"), "{cards}");
    assert!(
        begun[1].contains("FN:山田 花子\r\n") && begun[1].contains(&format!("EMAIL:{HANAKO}\r\n")),
        "{cards}"
    );
    let denied = desk_with(Options {
        faults: vec!["GET /users/**@*=403".parse().unwrap()],
        ..Options::default()
    });
    assert_eq!(printed(&denied, &["user", "card", "me"]).1, Some(0));
    let (cards, code, told) = printed(&denied, &["user", "card", HANAKO]);
    assert_eq!((cards.as_str(), code), ("", Some(4)), "{told}");
}

#[test]
fn help_has_examples_and_permissions() {
    let desk = desk();
    for command in [
        &["owner", "list"][..],
        &["group", "parents"],
        &["group", "check"],
        &["user", "people"],
        &["user", "photo"],
        &["user", "card"],
        &["user", "trending"],
        &["user", "check"],
        &["user", "teams"],
        &["me", "update"],
        &["me", "photo"],
        &["org", "tree"],
        &["org", "path"],
        &["common"],
        &["diff"],
        &["path"],
    ] {
        let help = desk.out(&[command, &["--help"]].concat());
        assert!(help.contains("Permissions: "), "{command:?}: {help}");
    }
}
