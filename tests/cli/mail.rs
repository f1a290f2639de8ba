//! Conversations, threads and posts, shown.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Desk, LAUNCH, Ran, desk, pluck, quick};

/// A request that changes something, as another program would send it.
fn post(desk: &Desk, path: &str, body: &Value) -> Ran {
    desk.run(&["api", "POST", path, "--body", &body.to_string()])
}

#[test]
fn a_number_means_what_it_meant_in_the_last_list() {
    let desk = quick();
    let before = desk.json(&["thread", "list", LAUNCH]);
    let (group, second) = (
        desk.json(&["group", "show", LAUNCH])["id"].as_str().unwrap().to_owned(),
        before[1]["id"].as_str().unwrap().to_owned(),
    );
    let shown = |desk: &Desk| desk.json(&["thread", "show", LAUNCH, "2"])["id"].clone();
    desk.out(&["thread", "list", LAUNCH]);
    assert_eq!(shown(&desk), second);
    // Somebody answers, and the order is another.
    let last = before.as_array().unwrap().last().unwrap()["id"].as_str().unwrap();
    let reply = json!({"post": {"body": {"contentType": "text", "content": "Up again"}}});
    let path = format!("/groups/{group}/threads/{}/reply", last.replace('/', "%2F"));
    assert_eq!(post(&desk, &path, &reply).code, Some(0));
    assert_ne!(desk.json(&["thread", "list", LAUNCH])[1]["id"], second);
    assert_eq!(shown(&desk), second, "JSON shows no numbers, so it changes none");
    desk.out(&["thread", "list", LAUNCH]);
    assert_eq!(shown(&desk), before[0]["id"]);

    // An old list no longer counts, and that is said.
    let file = desk.home.path().join(".local/state/folkmoot/default/listings.json");
    let kept = fs::read_to_string(&file).unwrap();
    let at = serde_json::from_str::<Value>(&kept).unwrap()[0]["at"]
        .as_str()
        .unwrap()
        .to_owned();
    fs::write(&file, kept.replace(&at, "2020-01-01T00:00:00Z")).unwrap();
    let ran = desk.run(&["thread", "show", LAUNCH, "2", "--json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.starts_with("note: your last list of these is old"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        serde_json::from_str::<Value>(&ran.stdout).unwrap()["id"],
        before[0]["id"]
    );
}

#[test]
fn a_thread_and_a_conversation_are_shown_whole() {
    let desk = desk();
    let thread = desk.json(&["thread", "show", LAUNCH, "go / no-go"]);
    assert_eq!(
        thread["toRecipients"][0]["emailAddress"]["address"],
        "lantern-launch@folkvale.example"
    );
    assert_eq!(
        thread["ccRecipients"][0]["emailAddress"]["address"],
        "hanako.yamada@folkvale.example"
    );
    let card = desk.out(&["thread", "show", LAUNCH, "go / no-go"]);
    assert!(card.starts_with("topic    Glow 2: go / no-go on Tuesday\n"), "{card}");
    assert!(
        card.contains("<lantern-launch@folkvale.example>") && card.contains("copies"),
        "{card}"
    );
    let conversation = desk.json(&["conversation", "show", LAUNCH, "go / no-go"]);
    assert_eq!(conversation["topic"], thread["topic"]);
    let id = conversation["id"].as_str().unwrap();
    let threads = desk.json(&["thread", "list", LAUNCH, "--conversation", id]);
    assert_eq!(pluck(&threads, "topic"), [thread["topic"].as_str().unwrap()]);
    let listed = desk.out(&["conversation", "list", LAUNCH, "--limit", "3"]);
    assert_eq!(listed.lines().count(), 4, "{listed}");
    let one = desk.json(&["conversation", "show", LAUNCH, "2"]);
    assert!(
        listed.contains(one["topic"].as_str().unwrap().split(' ').next().unwrap()),
        "{listed}"
    );
}

#[test]
fn one_post_is_shown_as_it_reads_as_it_is_and_as_it_came() {
    let desk = desk();
    let all = desk.json(&["post", "list", LAUNCH, "packaging proofs"]);
    let id = all[0]["id"].as_str().unwrap();
    let shown = desk.out(&["post", "show", LAUNCH, "packaging proofs", "1"]);
    assert!(shown.starts_with("── 1 · ") && shown.lines().count() > 3, "{shown}");
    let author = all[0]["sender"]["emailAddress"]["address"].as_str().unwrap();
    let head: Vec<&str> = shown.lines().take(2).collect();
    assert!(head.concat().contains(&format!("<{author}>")), "cut off: {shown}");
    assert_eq!(desk.out(&["post", "show", LAUNCH, "packaging proofs", id]), shown);
    let raw = desk.json(&["post", "show", LAUNCH, "packaging proofs", "1"]);
    assert_eq!(
        (raw["id"].as_str(), raw["newParticipants"].is_array()),
        (Some(id), true)
    );
    let html = desk.out(&["post", "show", LAUNCH, "packaging proofs", "1", "--html"]);
    assert!(
        html.starts_with("<html") && html.trim_end().ends_with("</html>"),
        "{html}"
    );
    for (key, says) in [
        ("99", "There is no post “99”"),
        ("AAMkAD8EJUmcWwTJi06Cew==", "[HTTP 404"),
    ] {
        let ran = desk.run(&["post", "show", LAUNCH, "packaging proofs", key]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(5), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
    }
}
