//! What the log says. A subscriber belongs to the whole process, so the requests are made in a child of this test.

use folkmoot::domain::{Group, Id, Kind, Target};
use folkmoot::graph::{Urgency, groups};
use folkmoot::protocol::Scope;
use serde_json::json;

use crate::stub::{Stub, answer, error, raw};
use crate::support::{client, drain, run_child, says};

#[tokio::test]
#[ignore = "no test by itself: what the child of the next one does"]
async fn child() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(std::io::stdout)
        .init();
    let stub = Stub::new(|asked, number| match number {
        0 => error(401, "InvalidAuthenticationToken"),
        1 => error(403, "Brand_New").header("request-id", "r-1"),
        2 => raw(200, r#"{"value":[{"id":"SECRET","displayName":7}]}"#),
        _ if asked.target.ends_with("/$batch") => raw(
            200,
            r#"{"responses":[{"id":"0","status":200,"body":{"unseenCount":"SECRET"}}, {"id":"SECRET","status":200}]}"#,
        ),
        _ if asked.method == "POST" => raw(202, ""),
        _ => answer(200, &json!({"value": [{"id": "SECRET", "displayName": "SECRET"}]})),
    })
    .await;
    let client = client(&stub);
    let read = groups::by_id(&Id::new("SECRET"));
    client.one::<Group>(read, Urgency::Person).await.unwrap_err();
    for _ in 0..2 {
        drain(client.groups(Scope::All, Some("SECRET"), Urgency::Person)).await;
    }
    let target = Target {
        group: Id::new("SECRET"),
        kind: Kind::Reply {
            thread: Id::new("SECRET"),
            post: None,
        },
        group_name: String::new(),
        topic: String::new(),
        quoted: None,
    };
    client.deliver(&target, &says("SECRET"), &mut ()).await;
    drain(client.unseen(&[Id::new("SECRET")], Urgency::Ahead)).await;
    assert_eq!(stub.asked().len(), 6);
}

#[test]
fn the_log_says_what_happened_and_names_nobody() {
    let log = run_child("log::child", []);
    let ours: Vec<&str> = log.lines().filter(|line| line.contains(" folkmoot::graph")).collect();
    assert!(ours.len() >= 5, "{log}");
    for line in &ours {
        assert!(!line.contains("SECRET") && !line.contains("server's words"), "{line}");
    }
    let said = |words: &[&str]| ours.iter().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(said(&[
        "failed",
        "path=\"/groups/{id}\"",
        "status=403",
        "code=\"Brand_New\"",
        "graph=\"r-1\""
    ]));
    assert!(said(&[
        "done",
        "method=\"POST\"",
        "path=\"/groups/{id}/threads/{id}/reply\"",
        "status=202"
    ]));
    assert!(said(&["no unseen count"]));
    assert!(said(&["an answer in a batch that nothing asked for"]));
    assert!(!log.contains("token-"), "{log}");
}
