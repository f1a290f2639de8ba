//! What applications hang on groups and posts.

use crate::support::{Desk, LAUNCH, desk};

const NAME: &str = "com.example.Lamps灯";

/// The end of a command that is about a group, or about a post.
const BEARERS: [&[&str]; 2] = [&[LAUNCH], &[LAUNCH, "--thread", "packaging proofs", "--post", "2"]];

fn command<'a>(verb: &'a str, bearer: &[&'a str], rest: &[&'a str]) -> Vec<&'a str> {
    [&["extension", verb], bearer, rest].concat()
}

fn changed(desk: &Desk, verb: &str, bearer: &[&str], rest: &[&str]) -> String {
    let ran = desk.run(&command(verb, bearer, rest));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    ran.stderr
}

#[test]
fn extensions_are_added_changed_shown_and_deleted() {
    let desk = desk();
    for bearer in BEARERS {
        let list = || desk.run(&command("list", bearer, &["--json"])).stdout;
        assert_eq!(list(), "[]\n", "{bearer:?}");
        let planned = desk.out(&command("set", bearer, &[NAME, r#"{"colour":"黄"}"#, "--dry-run"]));
        assert!(
            planned.starts_with("would add the extension") && planned.contains("\nPOST /groups/"),
            "{planned}"
        );
        assert_eq!(list(), "[]\n");

        let said = changed(&desk, "set", bearer, &[NAME, r#"{"colour":"黄","watts":40}"#]);
        assert!(said.starts_with("added: the extension"), "{said}");
        let said = changed(&desk, "set", bearer, &[&NAME.to_lowercase(), r#"{"watts":60}"#]);
        assert!(said.starts_with("changed: the extension"), "{said}");
        let one = desk.json(&command("show", bearer, &[NAME]));
        assert_eq!(
            (&one["extensionName"], &one["colour"], &one["watts"]),
            (&NAME.into(), &"黄".into(), &60.into())
        );
        let row = desk.out(&command("list", bearer, &["-o", "tsv", "--select", "name,data"]));
        assert_eq!(row, format!("name\tdata\n{NAME}\t{{\"colour\":\"黄\",\"watts\":60}}\n"));

        changed(&desk, "delete", bearer, &[NAME, "--yes"]);
        let gone = desk.run(&command("show", bearer, &[NAME]));
        assert_eq!(gone.code, Some(5), "{}", gone.stderr);
    }
}

#[test]
fn what_makes_no_sense_is_said_before_anything_is_sent() {
    let desk = desk();
    for (rest, says) in [
        (&[NAME, "{"][..], "no JSON object"),
        (&[NAME, "[1]"], "no JSON object"),
        (&[" ", "{}"], "needs a name"),
        (&[NAME, "{}", "--thread", "1"], "--post"),
    ] {
        let ran = desk.run(&command("set", &[LAUNCH], rest));
        assert_eq!(ran.code, Some(2), "{rest:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(says), "{rest:?}: {}", ran.stderr);
    }
    let unasked = desk.run(&command("delete", &[LAUNCH], &[NAME]));
    assert_eq!(unasked.code, Some(2), "nobody is there to answer: {}", unasked.stderr);
    let forbidden = desk.run(&command("set", &[LAUNCH], &[NAME, "{}", "--read-only"]));
    assert_eq!(forbidden.code, Some(2), "{}", forbidden.stderr);
    assert!(desk.tenant.requests().iter().all(|seen| seen.method == "GET"));
}
