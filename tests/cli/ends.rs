//! How runs end: one test for each exit code.

use std::net::TcpListener;
use std::process::Stdio;

use folkmoot::demo::Options;

use crate::stub::Stub;
use crate::support::{LAUNCH, Ran, desk, desk_with, folkmoot, ran};

fn with_fault(fault: &str) -> Ran {
    let desk = desk_with(Options {
        faults: vec![fault.parse().unwrap()],
        ..Options::default()
    });
    desk.run(&["group", "list", "--all"])
}

#[test]
fn each_refusal_has_its_code_and_says_why_with_the_facts() {
    for (fault, code, facts) in [
        ("/groups@*=expired", 3, "FOLKMOOT_ACCESS_TOKEN"),
        ("/groups@*=429:600", 6, "[HTTP 429 "),
        ("/groups@*=500", 8, "[HTTP 500 "),
        ("/groups@*=truncate", 7, "error: "),
    ] {
        let ran = with_fault(fault);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(code), ""),
            "{fault}: {}",
            ran.stderr
        );
        assert!(
            ran.stderr.starts_with("error: ") && ran.stderr.contains(facts),
            "{}",
            ran.stderr
        );
    }
    let throttled = with_fault("/groups@*=429:600").stderr;
    assert!(throttled.contains("Graph takes requests again at "), "{throttled}");
    assert!(throttled.contains(", in 10 minutes."), "{throttled}");
}

#[test]
fn a_mailbox_that_wants_quiet_has_it_from_the_next_run_too() {
    let desk = desk_with(Options {
        faults: vec!["/groups/*/threads@1=429:600".parse().unwrap()],
        ..Options::default()
    });
    let ran = desk.run(&["thread", "list", LAUNCH]);
    assert_eq!(ran.code, Some(6), "{}", ran.stderr);
    assert!(ran.stderr.contains("[HTTP 429 "), "{}", ran.stderr);
    let asked = || {
        let requests = desk.tenant.requests();
        let of_mail = |path: &str| path.contains("/threads") || path.contains("/conversations");
        requests.iter().filter(|seen| of_mail(&seen.path)).count()
    };
    for list in ["thread", "conversation"] {
        let ran = desk.run(&[list, "list", LAUNCH]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(6), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("Graph takes requests again at "), "{}", ran.stderr);
    }
    assert_eq!(asked(), 1, "it would be refused, and counted");
    desk.out(&["member", "list", LAUNCH, "--limit", "1"]);
    desk.out(&["thread", "list", "product", "--limit", "1"]);
}

#[test]
fn forbidden_is_four() {
    let desk = desk();
    let ran = desk.run(&["thread", "list", "board"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(4), ""));
    assert!(
        ran.stderr.contains("not a member") && ran.stderr.contains("[HTTP 403 "),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_stranger_to_the_tenant_is_three() {
    let desk = desk();
    for (token, says) in [("somebody-elses", "Graph"), ("not a token", "no quotes, no spaces")] {
        let ran = ran(desk.command(&["group", "list"]).env("FOLKMOOT_ACCESS_TOKEN", token));
        assert_eq!(ran.code, Some(3), "{}", ran.stderr);
        assert!(
            ran.stderr.contains(says) && !ran.stderr.contains(token),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn no_line_is_seven() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let desk = desk();
    let url = format!("http://{closed}/v1.0");
    let ran = desk.run(&["--graph-url", &url, "group", "list"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(7), ""), "{}", ran.stderr);
}

#[test]
fn an_address_that_would_show_the_token_is_ten() {
    let desk = desk();
    let ran = desk.run(&["--graph-url", "http://graph.microsoft.com/v1.0", "group", "list"]);
    assert_eq!(ran.code, Some(10));
    assert!(ran.stderr.contains("Plain http"), "{}", ran.stderr);
}

#[test]
fn what_came_before_a_failure_is_there() {
    let desk = desk_with(Options {
        people: Some(2_500),
        // As often as a page is tried.
        faults: (2..6)
            .map(|nth| format!("/groups/*/members@{nth}=500").parse().unwrap())
            .collect(),
        ..Options::default()
    });
    let ran = desk.run(&["member", "list", "all-folkvale", "-o", "ndjson"]);
    assert_eq!(ran.code, Some(8), "{}", ran.stderr);
    assert!(ran.stdout.lines().count() >= 900, "the first page");
}

#[test]
fn without_a_way_to_be_let_in_every_way_is_told() {
    let home = tempfile::tempdir().unwrap();
    for args in [&[][..], &["group", "list"], &["--cloud", "china", "group", "list"]] {
        let ran = ran(folkmoot(home.path()).args(args));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(3), ""), "{}", ran.stderr);
        for way in [
            "folkmoot --demo",
            "folkmoot auth setup",
            "FOLKMOOT_ACCESS_TOKEN=",
            "`az ",
        ] {
            assert!(ran.stderr.contains(way), "{}", ran.stderr);
        }
    }
}

#[test]
fn a_command_that_makes_no_sense_is_two_and_says_what_would() {
    let home = tempfile::tempdir().unwrap();
    for (args, says) in [
        (&["grup", "list"][..], "group"),
        (&["group", "list", "--owned", "--all"], "--all"),
        (&["group", "list", "-o", "xml"], "table, json, ndjson, csv, tsv, md"),
        (&["group", "list", "--limit", "0"], "1 or more"),
        (&["group", "list", "--json", "-o", "csv"], "--json"),
        (&["group", "list", "--select", "name,,mail"], "commas between"),
        (&["who", "hanako", "--all", "--limit", "1"], "--limit"),
        (&["post", "list", "a"], "<THREAD>"),
        (&["post", "list", "a", "1", "--full", "--json"], "--full"),
        (&["--profile", "../x", "info"], "cannot name a profile"),
        (&["--profile", "\u{1b}[2J", "info"], "cannot name a profile"),
        (&["--demo", "--profile", "x", "info"], "--profile"),
        (&["--demo", "info", "--graph-url", "http://127.0.0.1:1"], "--graph-url"),
        (
            &["demo", "serve", "--fault", "/groups=500"],
            "there is no '@' before the '='",
        ),
        (&["--log-level", "loud", "info"], "debug"),
        (&["group"], "list"),
    ] {
        let ran = ran(folkmoot(home.path()).args(args));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.stderr.contains(says), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn without_a_terminal_there_is_no_screen() {
    let desk = desk();
    let ran = ran(desk.command(&[]).stdin(Stdio::null()));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{}", ran.stderr);
    let says = "There is no terminal to draw on (standard output goes elsewhere).";
    assert!(ran.stderr.contains(says), "{}", ran.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_a_failure() {
    let home = tempfile::tempdir().unwrap();
    for args in [&["--help"][..], &["--version"], &["help", "thread"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = folkmoot(home.path()).args(args).stdout(full).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        assert!(said.contains("The output cannot be written"), "{args:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn interrupted_is_130() {
    let desk = desk_with(Options {
        faults: vec!["/groups@*=hang".parse().unwrap()],
        ..Options::default()
    });
    let child = desk
        .command(&["group", "list", "--all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // By then it listens for signals: they are waited for together with the first request.
    while desk.tenant.requests().is_empty() {
        std::thread::yield_now();
    }
    interrupt(child.id(), "INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(
        (output.stdout.as_slice(), output.stderr.as_slice()),
        (&b""[..], &b""[..])
    );
}

#[cfg(unix)]
#[test]
fn interrupted_is_130_in_the_middle_of_a_write_too() {
    let desk = desk_with(Options {
        people: Some(20_000),
        ..Options::default()
    });
    let mut child = desk
        .command(&["member", "list", "all-folkvale", "-o", "ndjson"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Nobody reads, a pipe holds a page or so, and then nothing more is asked for.
    let asked = || desk.tenant.requests().len();
    let mut before = 0;
    while before == 0 || asked() > before {
        before = asked();
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    interrupt(child.id(), "INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(before < 20, "it was still in the middle: {before}");
}

/// Sends a signal by its name. The shell can, where there is no program for it.
#[cfg(unix)]
pub fn interrupt(process: u32, signal: &str) {
    let status = std::process::Command::new("/bin/sh")
        .args(["-c", &format!("kill -{signal} {process}")])
        .status();
    assert!(status.unwrap().success());
}

/// People whose first pages are empty, and a group that nobody can read.
fn odd(path: &str) -> (u16, &'static str) {
    match path {
        path if path.starts_with("/v1.0/groups") || path.starts_with("/v1.0/me/") => {
            (200, r#"{"value": [{"id": 5, "displayName": {"odd": true}}]}"#)
        }
        _ => (
            400,
            r#"{"error": {"code": "Request_UnsupportedQuery", "message": "Unsupported \u001b[31mor invalid query filter clause."}}"#,
        ),
    }
}

#[test]
fn what_graph_says_of_a_request_is_handed_on_to_whoever_wrote_it() {
    let stub = Stub::answering(odd);
    for args in [
        &["api", "GET", "/users?$filter=x"][..],
        &["api", "GET", "/users?$filter=x", "--all"],
        &["api", "PATCH", "/users/1", "--body", "{}"],
    ] {
        let ran = stub.run(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{}", ran.stderr);
        assert!(
            ran.stderr
                .contains("It says: “Unsupported or invalid query filter clause.” [HTTP 400")
                && !ran.stderr.contains("report"),
            "{args:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn json_is_recommended_where_it_has_what_cannot_be_read() {
    let stub = Stub::answering(odd);
    let list = ["group", "list", "--all"];
    let table = stub.run(&list);
    assert_eq!(table.code, Some(8), "{}", table.stderr);
    assert!(
        table.stderr.contains("With --json you get it as it is."),
        "{}",
        table.stderr
    );
    let json = stub.run(&[&list[..], &["--json"]].concat());
    assert_eq!((json.code, json.stderr.as_str()), (Some(0), ""));
    assert!(json.stdout.contains("\"odd\""), "{}", json.stdout);
    // What is sorted must be read.
    let sorted = stub.run(&["group", "list", "--json"]);
    assert_eq!(sorted.code, Some(8), "{}", sorted.stderr);
    assert!(!sorted.stderr.contains("--json"), "{}", sorted.stderr);
}
