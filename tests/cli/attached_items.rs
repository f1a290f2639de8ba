//! Outlook items that hang on posts: what they say of themselves, and as what they are saved.

use std::fs;
use std::time::Duration;

use folkmoot::demo::Options;
use serde_json::{Value, json};

use crate::support::{Desk, desk, desk_with, pluck};

const MOTHS: &str = "moth-reports";
const THREAD: &str = "Falter";

fn list(desk: &Desk, group: &str, thread: &str, more: &[&str]) -> String {
    desk.out(&[&["attachment", "list", group, thread], more].concat())
}

#[test]
fn an_attached_mail_tells_whom_it_is_from_and_when_it_was_sent() {
    let desk = desk();
    let json = desk.json(&["attachment", "list", MOTHS, THREAD]);
    let items: Vec<&Value> = json
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it.get("item").is_some())
        .collect();
    let [mail] = items[..] else { panic!("{json}") };
    assert_eq!(mail["name"], "Falter.eml");
    assert_eq!(mail["item"]["subject"], "Falter");
    assert_eq!(
        mail["item"]["from"]["emailAddress"]["address"],
        "abendschein@post.example"
    );
    assert_eq!(mail["item"]["sentDateTime"], "2026-11-17T20:14:00Z");
    let csv = list(
        &desk,
        MOTHS,
        THREAD,
        &["-o", "csv", "--select", "kind,subject,from,date"],
    );
    assert!(
        csv.contains("\nitem,Falter,Frau Abendschein <abendschein@post.example>,2026-11-17T20:14:00Z\n"),
        "{csv}"
    );
    let table = list(&desk, MOTHS, THREAD, &[]);
    assert!(
        table.contains("mail “Falter” from Frau Abendschein, 2026-11-17 20:14"),
        "{table}"
    );
}

#[test]
fn an_item_that_does_not_tell_is_still_listed() {
    let desk = desk_with(Options {
        faults: vec![
            "GET /groups/*/threads/*/posts/*/attachments/*@*=403:ErrorAccessDenied"
                .parse()
                .unwrap(),
        ],
        ..Options::default()
    });
    let ran = desk.run(&[
        "attachment",
        "list",
        MOTHS,
        THREAD,
        "-o",
        "csv",
        "--select",
        "kind,name,from",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("\nitem,Falter.eml,\n"), "{}", ran.stdout);
    assert!(
        ran.stderr
            .starts_with("note: “Falter.eml” does not tell what it holds: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn events_and_contacts_are_told_and_saved_as_such() {
    let desk = desk_with(Options {
        visible_after: Duration::ZERO,
        ..Options::default()
    });
    let threads = desk.json(&["thread", "list", MOTHS]);
    let group = desk.json(&["group", "show", MOTHS])["id"].as_str().unwrap().to_owned();
    let path = format!(
        "/groups/{group}/threads/{}/reply",
        pluck(&threads, "id")[0].replace('/', "%2F").replace('+', "%2B")
    );
    let item =
        |name: &str, item: Value| json!({"@odata.type": "#microsoft.graph.itemAttachment", "name": name, "item": item});
    let body = json!({"post": {
        "body": {"contentType": "text", "content": "I attached an event, and whom to ask."},
        "attachments": [
            item("Holiday 灯", json!({
                "@odata.type": "microsoft.graph.event",
                "subject": "Lantern feast",
                "start": {"dateTime": "2026-12-02T18:00:00", "timeZone": "UTC"},
            })),
            item("Nour", json!({
                "@odata.type": "microsoft.graph.contact",
                "displayName": "נור",
                "emailAddresses": [{"name": "", "address": "nour@else.example"}],
            })),
        ],
    }});
    let sent = desk.run(&["api", "POST", &path, "--body", &body.to_string()]);
    assert_eq!(sent.code, Some(0), "{}", sent.stderr);
    let last = desk
        .json(&["post", "list", MOTHS, "1"])
        .as_array()
        .unwrap()
        .len()
        .to_string();
    let args = [
        "attachment",
        "list",
        MOTHS,
        "1",
        &last,
        "-o",
        "tsv",
        "--select",
        "name,type",
    ];
    assert_eq!(
        desk.out(&args),
        "name\ttype\nHoliday 灯\tevent “Lantern feast”, 2026-12-02T18:00:00Z\nNour\tcontact “נור”, nour@else.example\n"
    );
    let saved = desk.out(&["attachment", "save", MOTHS, "1", &last, "--dir", "items"]);
    assert_eq!(saved, "items/Holiday 灯.ics\nitems/Nour.vcf\n");
    let event = fs::read_to_string(desk.home.path().join("items/Holiday 灯.ics")).unwrap();
    assert!(event.contains("\r\nSUMMARY:Lantern feast\r\n"), "{event}");
}
