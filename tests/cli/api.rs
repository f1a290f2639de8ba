//! `folkmoot api`: raw requests.

use std::io::Write;
use std::process::Stdio;

use folkmoot::demo::Options;
use serde_json::Value;

use crate::stub::Stub;
use crate::support::{desk, desk_with, ran};

fn fine(_: &str) -> (u16, &'static str) {
    (200, r#"{"ok": "\u001b[2J"}"#)
}

#[test]
fn an_answer_is_printed_as_graph_sent_it() {
    let desk = desk();
    let me: Value = serde_json::from_str(&desk.out(&["api", "GET", "/me?$select=id,displayName"])).unwrap();
    assert_eq!(me["id"], desk.json(&["me", "show"])["id"]);
    let count = desk.run(&["api", "get", "/users/$count", "-H", "ConsistencyLevel: eventual"]);
    assert_eq!(
        (count.code, count.stdout.parse::<usize>().is_ok()),
        (Some(0), true),
        "{}",
        count.stderr
    );
    let group = desk.json(&["group", "show", "product"]);
    let found = desk.out(&["api", "GET", "groups?$filter=mailNickname eq 'product'"]);
    let found: Value = serde_json::from_str(&found).unwrap();
    assert_eq!(found["value"][0]["id"], group["id"]);
}

#[test]
fn the_query_goes_out_as_it_was_given() {
    let stub = Stub::answering(fine);
    for (path, asked) in [
        ("/me", "GET /v1.0/me"),
        (
            "/groups?$filter=a%20eq%20%27b%27&$top=1",
            "GET /v1.0/groups?$filter=a%20eq%20%27b%27&$top=1",
        ),
        (
            "/groups?$search=\"displayName:ü b\"",
            "GET /v1.0/groups?$search=%22displayName:%C3%BC%20b%22",
        ),
        ("/beta/me", "GET /beta/me"),
    ] {
        let ran = stub.run(&["api", "GET", path]);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(0), "{\"ok\": \"\\u001b[2J\"}\n"),
            "{}",
            ran.stderr
        );
        assert_eq!(stub.asked().pop().unwrap(), asked);
    }
    let own = stub.address.replace("/v1.0", "/beta/me?x=1");
    assert_eq!(stub.run(&["api", "GET", &own]).code, Some(0));
    assert_eq!(stub.asked().pop().unwrap(), "GET /beta/me?x=1");
}

#[test]
fn what_must_not_be_sent_is_refused_before_anything_is() {
    let stub = Stub::answering(fine);
    for (args, says) in [
        (
            &["GET", "https://evil.example/v1.0/me"][..],
            "your token must not go to",
        ),
        (&["GET", "http://127.0.0.1:1/v1.0/me"], "your token must not go to"),
        (&["GET", "/users/a#EXT#@b"], "%23"),
        (
            &["GET", "/me", "-H", "Authorization: Bearer mine"],
            "signs in by itself",
        ),
        (&["GET", "/me", "-H", "host: evil.example"], "configured Graph only"),
        (&["GET", "/me", "-H", "nonsense"], "is no header"),
        (&["GET", "/me", "--body", "{}"], "A GET has no body"),
        (&["POST", "/me", "--all"], "Only what GET lists"),
        (&["TRACE", "/me"], "DELETE"),
        (&["GET", "/me", "--limit", "3"], "--all"),
        (
            &["POST", "/groups", "--read-only", "--body", "{}"],
            "With --read-only no POST is sent",
        ),
        (&["DELETE", "/groups/1/members/2"], "/$ref"),
        (&["DELETE", "/beta/groups/1/owners('2')"], "--delete-object"),
        (
            &[
                "POST",
                "/$batch",
                "--body",
                r#"{"requests":[{"id":"1","method":"DELETE","url":"/groups/1/members/2"}]}"#,
            ],
            "--delete-object",
        ),
    ] {
        let ran = stub.run(&[&["api"], args].concat());
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(2), ""),
            "{args:?}: {}",
            ran.stderr
        );
        assert!(
            ran.stderr.contains(says) && !ran.stderr.contains("mine"),
            "{args:?}: {}",
            ran.stderr
        );
    }
    assert_eq!(stub.asked(), [] as [&str; 0]);
    let ran = stub.run(&["api", "PUT", "/me/photo/$value", "--body-file", "no-such-file"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("no-such-file cannot be read"), "{}", ran.stderr);
}

#[test]
fn writes_go_out_once_with_their_body() {
    let stub = Stub::answering(|_| (503, r#"{"error":{"code":"serviceNotAvailable","message":"later"}}"#));
    for method in ["POST", "PATCH", "PUT", "DELETE"] {
        let before = stub.asked().len();
        let ran = stub.run(&["api", method, "/groups/1/x", "--body", "{\"a\": \"山\"}"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(9), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("look before you send it again"), "{}", ran.stderr);
        assert!(ran.stderr.contains("Look first"), "{}", ran.stderr);
        assert_eq!(stub.asked()[before..], [format!("{method} /v1.0/groups/1/x")]);
        let heard = stub.heard().pop().unwrap();
        assert!(
            heard.contains("content-type: application/json\r\n") && heard.ends_with("{\"a\": \"山\"}"),
            "{heard}"
        );
    }

    let stub = Stub::answering(fine);
    let mut child = stub
        .command(&[
            "api",
            "PUT",
            "/me/x",
            "--body-file",
            "-",
            "-H",
            "Content-Type: text/plain",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"from stdin").unwrap();
    assert!(child.wait().unwrap().success());
    let heard = stub.heard().pop().unwrap();
    assert!(
        heard.contains("content-type: text/plain\r\n") && heard.ends_with("from stdin"),
        "{heard}"
    );
    assert_eq!(stub.run(&["api", "POST", "/groups/1/addFavorite"]).code, Some(0));
    assert!(stub.heard().pop().unwrap().contains("content-length: 0\r\n"));
    assert_eq!(
        stub.run(&["api", "DELETE", "/groups/1/members/2", "--delete-object"])
            .code,
        Some(0)
    );
    assert_eq!(stub.asked().pop().unwrap(), "DELETE /v1.0/groups/1/members/2");
}

#[test]
fn a_line_that_breaks_after_a_write_went_out_leaves_it_open_and_before_it_does_not() {
    // Too short an answer, which is none.
    let stub = Stub::answering(|_| (0, ""));
    let ran = stub.run(&["api", "PATCH", "/groups/1", "--body", "{}"]);
    assert_eq!(ran.code, Some(9), "{}", ran.stderr);
    assert!(ran.stderr.contains("`folkmoot api GET /groups/1`"), "{}", ran.stderr);
    assert_eq!(stub.asked(), ["PATCH /v1.0/groups/1"]);
    // Where nobody listens nothing has gone out.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let ran = ran_at(&stub, &format!("http://{nobody}/v1.0"), &["api", "DELETE", "/groups/1"]);
    assert_eq!(ran.code, Some(7), "{}", ran.stderr);
}

fn ran_at(stub: &Stub, address: &str, args: &[&str]) -> crate::support::Ran {
    ran(stub.command(args).env("FOLKMOOT_GRAPH_URL", address))
}

#[test]
fn a_dry_run_shows_what_would_go_out_without_the_token() {
    let stub = Stub::answering(fine);
    let ran = stub.run(&[
        "api",
        "PATCH",
        "/groups/1",
        "--dry-run",
        "-H",
        "If-Match: *",
        "--body",
        "{\"description\":\"x\"}",
    ]);
    let expected = format!(
        "PATCH {}/groups/1\nauthorization: Bearer (hidden)\nif-match: *\ncontent-type: application/json\n\n{{\"description\":\"x\"}}\n",
        stub.address
    );
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (Some(0), expected.as_str(), "")
    );
    assert_eq!(stub.asked(), [] as [&str; 0]);
}

#[test]
fn all_pages_come_as_an_array_or_as_lines() {
    let desk = desk_with(Options {
        people: Some(300),
        ..Options::default()
    });
    let path = "/users?$select=id&$top=100";
    let lines = desk.out(&["api", "GET", path, "--all", "-o", "ndjson"]);
    let array: Value = serde_json::from_str(&desk.out(&["api", "GET", path, "--all"])).unwrap();
    assert!(array.as_array().unwrap().len() >= 300, "{lines}");
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(array, Value::Array(lines.clone()));
    let some = desk.out(&["api", "GET", path, "--all", "--limit", "150", "-o", "ndjson"]);
    assert_eq!(some.lines().count(), 150);
}

#[test]
fn refusals_have_their_codes_and_show_the_answer_on_demand() {
    let desk = desk();
    let board = desk.json(&["group", "show", "board"]);
    let path = format!("/groups/{}/threads", board["id"].as_str().unwrap());
    for (path, code) in [
        (path.as_str(), 4),
        ("/groups/00000000-0000-4000-8000-000000000000", 5),
        ("/nothing", 1),
    ] {
        let ran = desk.run(&["api", "GET", path]);
        assert!(
            ran.code != Some(0) && ran.stdout.is_empty() && (code == 1 || ran.code == Some(code)),
            "{path}: {:?} {}",
            ran.code,
            ran.stderr
        );
        assert!(
            ran.stderr.starts_with("error: ") && ran.stderr.contains("[HTTP "),
            "{}",
            ran.stderr
        );
    }
    let ran = desk.run(&["api", "GET", &path, "--include"]);
    assert!(
        ran.stderr.starts_with("HTTP 403\n") && ran.stderr.contains("\"error\"") && ran.stderr.contains("\nerror: "),
        "{}",
        ran.stderr
    );
    let ran = desk.run(&["api", "GET", "/me", "--include"]);
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.stderr.starts_with("HTTP 200\n") && ran.stderr.contains("content-type: application/json"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_is_no_text_goes_to_a_file_or_a_program() {
    let desk = desk();
    let person = desk.json(&["user", "show", "hanako"]);
    let path = format!("/users/{}/photo/$value", person["id"].as_str().unwrap());
    let ran = desk.run(&["api", "GET", &path, "-O", "photo.jpg"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    let photo = std::fs::read(desk.home.path().join("photo.jpg")).unwrap();
    assert!(photo.len() > 100 && str::from_utf8(&photo).is_err());
    let output = desk.command(&["api", "GET", &path]).output().unwrap();
    assert_eq!(output.stdout, photo);
    let nowhere = desk.run(&["api", "GET", &path, "-O", "no/such/folder/photo.jpg"]);
    assert_eq!(nowhere.code, Some(1));
    assert!(nowhere.stderr.contains("cannot be written"), "{}", nowhere.stderr);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_file_that_was_there() {
    let desk = desk();
    let file = desk.home.path().join("people.json");
    std::fs::write(&file, "precious").unwrap();
    // Files may have 16 KiB, which the answer is longer than.
    let line = "trap '' XFSZ; ulimit -f 32; exec \"$0\" api GET '/users?$top=200' -O people.json";
    let limited = desk.command(&[]);
    let mut shell = std::process::Command::new("sh");
    shell
        .args(["-c", line])
        .arg(limited.get_program())
        .current_dir(desk.home.path());
    shell.env_clear().env("PATH", "/usr/bin:/bin");
    limited.get_envs().for_each(|(name, value)| {
        shell.env(name, value.unwrap_or_default());
    });
    let failed = ran(&mut shell);
    assert_eq!(failed.code, Some(1), "{}", failed.stderr);
    assert!(
        failed.stderr.contains("people.json cannot be written"),
        "{}",
        failed.stderr
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
    let names = std::fs::read_dir(desk.home.path()).unwrap();
    assert!(
        !names
            .into_iter()
            .any(|entry| entry.unwrap().file_name().to_string_lossy().starts_with(".folkmoot-"))
    );
    // Where there is room it is replaced; a stream stays one.
    assert_eq!(
        desk.run(&["api", "GET", "/users?$top=200", "-O", "people.json"]).code,
        Some(0)
    );
    assert!(std::fs::metadata(&file).unwrap().len() > 16 << 10);
    let streamed = desk.out(&["api", "GET", "/me", "-O", "/dev/stdout"]);
    assert!(streamed.contains("Wickersham"), "{streamed}");
}

#[test]
fn an_answer_that_lies_elsewhere_is_fetched_on_demand_and_without_the_token() {
    // With a status of 3xx the stub's words are where it sends on to.
    let stub = Stub::answering(|path| match path {
        "/v1.0/reports/r" => (302, "/files/a?sig=secret"),
        "/files/a?sig=secret" => (307, "/files/b?sig=secret"),
        "/files/b?sig=secret" => (200, r#"{"a": "\u001b"}"#),
        "/v1.0/reports/old" => (302, "/files/old?sig=secret"),
        "/v1.0/plain" => (302, "http://files.example/report"),
        "/v1.0/loop" | "/loop" => (302, "/loop"),
        _ => (403, "no"),
    });
    let told = stub.run(&["api", "GET", "/reports/r"]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(1), ""), "{}", told.stderr);
    assert!(
        told.stderr.contains("127.0.0.1") && told.stderr.contains("--follow") && !told.stderr.contains("secret"),
        "{}",
        told.stderr
    );
    assert_eq!(stub.asked().len(), 1);
    let ran = stub.run(&["api", "GET", "/reports/r", "--follow"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (Some(0), "{\"a\": \"\\u001b\"}\n", "")
    );
    let heard = stub.heard();
    let tokens: Vec<bool> = heard[1..].iter().map(|head| head.contains("token-of-a-test")).collect();
    assert_eq!(tokens, [true, false, false], "{heard:?}");
    for (path, code, says) in [
        ("/reports/old", 4, "good for minutes only"),
        ("/plain", 8, "not by https"),
        ("/loop", 8, "followed no further"),
    ] {
        let ran = stub.run(&["api", "GET", path, "-L"]);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(code), ""),
            "{path}: {}",
            ran.stderr
        );
        assert!(
            ran.stderr.contains(says) && !ran.stderr.contains("secret"),
            "{path}: {}",
            ran.stderr
        );
    }
    // What writes is not sent on.
    let ran = stub.run(&["api", "POST", "/reports/r", "--follow"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
}
