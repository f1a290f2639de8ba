//! People: shown, found, looked up.

use folkmoot::demo::Options;
use serde_json::Value;

use crate::stub::Stub;
use crate::support::{desk, desk_with, faulty, pluck};

#[test]
fn a_person_goes_by_many_names() {
    let desk = desk();
    let me = desk.json(&["me", "show"]);
    let [id, mail, name] = ["id", "mail", "displayName"].map(|member| me[member].as_str().unwrap());
    for key in [
        id,
        &id.to_uppercase(),
        mail,
        &mail.to_uppercase(),
        me["userPrincipalName"].as_str().unwrap(),
        name,
        &name.to_lowercase(),
        "me",
    ] {
        assert_eq!(desk.json(&["user", "show", key])["id"], id, "{key}");
    }
    assert_eq!(desk.json(&["user", "show", "山田 花子"])["displayName"], "山田 花子");
    assert_eq!(desk.json(&["user", "show", "الفانوسي"])["displayName"], "نور الفانوسي");
}

#[test]
fn a_person_is_shown_in_every_format() {
    let desk = desk();
    let show = |format: &str| desk.out(&["user", "show", "山田 花子", "-o", format]);
    assert_eq!(show("json"), show("ndjson"));
    let person: Value = serde_json::from_str(&show("json")).unwrap();
    let [id, mail, title] = ["id", "mail", "jobTitle"].map(|member| person[member].as_str().unwrap());
    let card = show("table");
    for (label, value) in [("id", id), ("mail", mail), ("title", title), ("name", "山田 花子")] {
        assert!(card.contains(&format!("{label:<12}{value}\n")), "{label}: {card}");
    }
    let csv = show("csv");
    assert!(
        csv.starts_with("id,name,title,department,mail,phone,") && csv.lines().count() == 2,
        "{csv}"
    );
    assert!(csv.contains(id) && csv.contains(mail), "{csv}");
}

#[test]
fn everything_is_what_the_directory_has_and_what_they_say() {
    let desk = desk();
    let all = desk.json(&["me", "show", "--full"]);
    for member in ["jobTitle", "streetAddress", "proxyAddresses", "aboutMe", "skills"] {
        assert!(all.get(member).is_some_and(|value| !value.is_null()), "{member}: {all}");
    }
    let card = desk.out(&["me", "show", "--full"]);
    let skills = pluck_all(&all["skills"]);
    for (label, value) in [
        ("street", all["streetAddress"].as_str().unwrap()),
        ("skills", &skills),
        ("title", all["jobTitle"].as_str().unwrap()),
    ] {
        let line = card
            .lines()
            .find(|line| line.starts_with(&format!("{label} ")))
            .unwrap();
        assert!(line.ends_with(value), "{label}: {card}");
    }
    let csv = desk.out(&[
        "user",
        "show",
        "me",
        "--full",
        "-o",
        "csv",
        "--select",
        "name,past-projects,skills",
    ]);
    assert!(
        csv.starts_with("name,past-projects,skills\n") && csv.contains(&skills),
        "{csv}"
    );

    // What people say of themselves is kept elsewhere, and may be out of reach.
    let stub = Stub::answering(|path| {
        if path.contains("aboutMe") {
            return (500, "{}");
        }
        (
            200,
            r#"{"id":"1","displayName":"山田 花子","streetAddress":"提灯町 1"}"#,
        )
    });
    let ran = stub.run(&["me", "show", "--full"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("street  提灯町 1"), "{}", ran.stdout);
    assert!(
        ran.stderr.contains("what they say of themselves is left out: "),
        "{}",
        ran.stderr
    );
}

fn pluck_all(values: &Value) -> String {
    let values = values.as_array().unwrap().iter().map(|value| value.as_str().unwrap());
    values.collect::<Vec<_>>().join(", ")
}

#[test]
fn ids_of_any_objects_are_checked_and_named() {
    let desk = desk();
    let product = desk.json(&["group", "show", "product"])["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let nobody = "00000000-0000-0000-0000-000000000000";
    let checked = desk.json(&[
        "user",
        "check",
        "me",
        "--objects",
        &product.to_uppercase(),
        nobody,
        "board",
    ]);
    let rows = checked["items"].as_array().unwrap();
    let said: Vec<_> = rows
        .iter()
        .map(|row| (row["displayName"].as_str(), row["member"].as_bool().unwrap()))
        .collect();
    assert_eq!(
        said,
        [(Some("Product"), true), (None, false), (Some("Board Matters"), false)]
    );
    let asked = desk.tenant.requests();
    for action in ["/checkMemberObjects", "/directoryObjects/getByIds"] {
        assert_eq!(
            asked.iter().filter(|seen| seen.path.ends_with(action)).count(),
            1,
            "{action}"
        );
    }
    let table = desk.out(&["user", "check", "me", "--objects", nobody]);
    assert!(table.contains("no      (there is no such object)"), "{table}");
    let help = desk.out(&["user", "check", "--help"]);
    assert!(help.contains("Directory.Read.All for the names"), "{help}");

    for (fault, says) in [("403", ""), ("500", "note: names are left out: ")] {
        let desk = faulty(&format!("POST /directoryObjects/getByIds@*={fault}"));
        let ran = desk.run(&["user", "check", "me", "--objects", &product]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(ran.stderr.starts_with(says), "{}", ran.stderr);
        assert!(
            ran.stdout.contains("yes     (hidden: needs Directory.Read.All)"),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn managers_reports_and_groups() {
    let desk = desk();
    let me = desk.json(&["me", "show"])["id"].as_str().unwrap().to_owned();
    let manager = desk.json(&["user", "manager", "me"]);
    let manager_id = manager["id"].as_str().unwrap();
    let reports = desk.json(&["user", "reports", manager_id]);
    assert!(pluck(&reports, "id").contains(&me.as_str()), "{reports}");

    for person in desk.json(&["user", "reports", manager_id]).as_array().unwrap() {
        assert!(person["department"].is_string(), "{person}");
    }

    let direct = desk.json(&["user", "groups", "me"]);
    let all = desk.json(&["user", "groups", "me", "--transitive"]);
    let (direct, all) = (pluck(&direct, "id"), pluck(&all, "id"));
    assert!(!direct.is_empty() && direct.iter().all(|id| all.contains(id)));
    let table = desk.out(&["user", "groups", "me"]);
    assert_eq!(table.lines().count(), direct.len() + 1);
    assert!(table.starts_with("NAME"), "{table}");

    let mut top = manager_id.to_owned();
    let refused = loop {
        let ran = desk.run(&["user", "manager", &top, "--json"]);
        if ran.code != Some(0) {
            break ran;
        }
        let above: Value = serde_json::from_str(&ran.stdout).unwrap();
        top = above["id"].as_str().unwrap().to_owned();
    };
    assert_eq!(refused.code, Some(5), "{}", refused.stderr);
    assert!(refused.stderr.contains("has no manager"), "{}", refused.stderr);
}

#[test]
fn a_search_finds_by_names_and_addresses() {
    let desk = desk();
    let hanako = desk.json(&["user", "show", "山田 花子"]);
    let mail = hanako["mail"].as_str().unwrap();
    for term in ["花子", "山田", mail.split('@').next().unwrap(), mail] {
        let found = desk.json(&["user", "search", term]);
        assert!(pluck(&found, "displayName").contains(&"山田 花子"), "{term}: {found}");
    }
    let nothing = desk.run(&["user", "search", "xyzzyx"]);
    assert_eq!((nothing.code, nothing.stderr.as_str()), (Some(0), "No people.\n"));
    let one = desk.json(&["user", "search", "a", "--limit", "1"]);
    assert_eq!(one.as_array().unwrap().len(), 1);
    assert_eq!(desk.run(&["user", "search", "!!"]).code, Some(2));
}

#[test]
fn a_name_that_fits_several_people_lists_them() {
    let desk = desk_with(Options {
        people: Some(300),
        ..Options::default()
    });
    let ran = desk.run(&["user", "show", "a"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
    let candidate = ran.stderr.lines().nth(1).unwrap();
    let id = candidate.rsplit("  ").next().unwrap();
    assert_eq!(desk.json(&["user", "show", id])["id"], id, "{candidate}");
}

#[test]
fn of_very_many_people_only_a_whole_name_means_one() {
    let stub = Stub::answering(|path| {
        if path.contains("$filter") {
            return match path.contains("%27hana%27") {
                true => (
                    200,
                    r#"{"value":[{"id":"7","displayName":"Hana","mail":"hana@x.org"}]}"#,
                ),
                false => (200, r#"{"value":[]}"#),
            };
        }
        let many = r#"{"@odata.count":3000,"@odata.nextLink":"{graph}/users?more","value":[
            {"id":"1","displayName":"Hanako","mail":"hanako@x.org"},{"id":"2","displayName":"Johana","mail":"jo@x.org"}]}"#;
        (200, many)
    });
    let shown = stub.run(&["user", "show", "hana", "--json"]);
    assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), ""));
    assert!(shown.stdout.contains("hana@x.org"), "{}", shown.stdout);
    let vague = stub.run(&["user", "show", "han"]);
    assert_eq!((vague.code, vague.stdout.as_str()), (Some(2), ""), "{}", vague.stderr);
    assert!(
        vague.stderr.contains("“han” fits 3000 people") && vague.stderr.contains("hanako@x.org"),
        "{}",
        vague.stderr
    );
    assert!(
        !stub.asked().iter().any(|asked| asked.contains("?more")),
        "{:?}",
        stub.asked()
    );
}

#[test]
fn nobody_is_not_found_and_names_stay_in_their_place() {
    let desk = desk();
    for key in [
        "xyzzyx",
        "nobody@folkvale.example",
        "00000000-0000-0000-0000-000000000000",
        "x' or 'a' eq 'a",
        "\" OR \"displayName:a",
        "../groups",
        "!!",
        "\u{1b}[2J\u{202e}x",
    ] {
        let ran = desk.run(&["user", "show", key]);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(5), ""),
            "{key:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_service_that_cannot_search_is_asked_for_beginnings() {
    let stub = Stub::answering(|path| {
        if path.contains("$search") {
            (
                400,
                r#"{"error":{"code":"Request_UnsupportedQuery","message":"No search."}}"#,
            )
        } else {
            (
                200,
                r#"{"value":[{"id":"1","displayName":"山田 花子","mail":"hanako@x.org"}]}"#,
            )
        }
    });
    let found = stub.run(&["user", "search", "山田", "--json"]);
    assert_eq!(found.code, Some(0), "{}", found.stderr);
    assert!(
        found.stdout.contains("山田 花子") && found.stderr.starts_with("note: "),
        "{}",
        found.stderr
    );
    let asked = stub.asked();
    assert!(asked.len() == 2 && asked[0].contains("$search="), "{asked:?}");
    assert!(asked[1].contains("$filter=startswith"), "{asked:?}");
    let who = stub.run(&["who", "hana", "-o", "csv"]);
    assert!(who.stdout.contains("hanako@x.org"), "{}{}", who.stdout, who.stderr);
}
