//! `folkmoot render`: bodies from files and from stdin, without a tenant and without a home.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{Ran, ended, folkmoot, ran};

const ANSWER: &str = "<html><body><p>Yes, 山田さん. <a href=\"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F\">\
    See</a></p><div>-- <br>Zoë<br>שלום<br>Team</div><div id=\"appendonsend\"></div><div id=\"divRplyFwdMsg\"><b>From:</b> Ben<br>\
    <b>Sent:</b> Monday</div><p>Shall we?</p><p>&#27;]52;c;aGk=&#7;Now?</p></body></html>";

fn piped(command: &mut Command, body: &[u8]) -> Ran {
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(body).unwrap();
    ended(child.wait_with_output().unwrap(), false)
}

#[test]
fn a_body_reads_as_on_the_screen() {
    let home = tempfile::tempdir().unwrap();
    let folded =
        "Yes, 山田さん. See [1]\n\n▸ signature, 4 lines\n\n▸ 6 quoted lines  From: Ben\n\n[1] https://a.example/\n";
    for args in [
        &["render"][..],
        &["render", "-"],
        &["render", "--color", "never", "--width", "60"],
    ] {
        let ran = piped(folkmoot(home.path()).args(args), ANSWER.as_bytes());
        assert_eq!(
            (ran.code, ran.stderr.as_str(), ran.stdout.as_str()),
            (Some(0), "", folded),
            "{args:?}"
        );
    }
    let file = home.path().join("mail.html");
    fs::write(&file, ANSWER).unwrap();
    let open = ran(folkmoot(home.path()).arg("render").arg(&file).arg("--no-fold"));
    assert!(open.stdout.contains("│ Shall we?\n│\n│ Now?\n"), "{}", open.stdout);
    assert!(
        open.stdout.contains("-- \nZoë\n") || open.stdout.contains("--\nZoë\n"),
        "{}",
        open.stdout
    );
    let output = folkmoot(home.path())
        .arg("render")
        .arg(&file)
        .args(["--color", "always"])
        .output();
    let coloured = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(coloured.contains("\u{1b}[4mSee\u{1b}[m"), "{coloured:?}");
    assert!(!coloured.contains("\u{1b}]"), "{coloured:?}");
    assert!(!home.path().join(".local").exists(), "nothing is kept of it");
}

#[test]
fn plain_text_is_read_as_such() {
    let home = tempfile::tempdir().unwrap();
    let body = "Ja <b>nicht fett</b>\n\n> Kommst du?\n";
    let file = home.path().join("mail.txt");
    fs::write(&file, body).unwrap();
    let expected = "Ja <b>nicht fett</b>\n\n│ Kommst du?\n";
    assert_eq!(ran(folkmoot(home.path()).arg("render").arg(&file)).stdout, expected);
    assert_eq!(
        piped(folkmoot(home.path()).args(["render", "--plain"]), body.as_bytes()).stdout,
        expected
    );
}

#[test]
fn the_layout_is_there_for_scripts() {
    let home = tempfile::tempdir().unwrap();
    let ran = piped(folkmoot(home.path()).args(["render", "--json"]), ANSWER.as_bytes());
    assert!(!ran.stdout.contains('\u{1b}'));
    let layout: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&layout["kind"], &layout["width"]),
        (&Value::from("body"), &Value::from(80))
    );
    assert_eq!(layout["links"][0]["shown"], "https://a.example/");
    assert_eq!(layout["folds"][1]["kind"], "quote");
    assert_eq!(layout["folds"][1]["folded"], true);
    assert_eq!(layout["notice"], Value::Null);
    let open = piped(
        folkmoot(home.path()).args(["render", "--json", "--no-fold"]),
        ANSWER.as_bytes(),
    );
    let open: Value = serde_json::from_str(&open.stdout).unwrap();
    assert_eq!(
        (&open["folds"][1]["folded"], &open["lines"]),
        (&Value::from(false), &layout["lines"])
    );
}

#[test]
fn what_cannot_be_read_or_makes_no_sense_is_said() {
    let home = tempfile::tempdir().unwrap();
    for (args, code, says) in [
        (&["render", "/nowhere/mail.html"][..], 5, "/nowhere/mail.html"),
        (&["render", "/"], 1, "Cannot read /"),
        (&["render", "--width", "0"], 2, "--width"),
        (&["render", "--json", "--color", "always"], 2, "--color"),
    ] {
        let ran = ran(folkmoot(home.path()).args(args));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(code), ""), "{args:?}");
        assert!(ran.stderr.contains(says), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_body_without_end_is_cut_and_says_so() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("huge.html");
    fs::write(
        &file,
        "<table border=1>".to_owned() + &"<tr><td>山田<td>1</tr>".repeat(500_000),
    )
    .unwrap();
    let ran = ran(folkmoot(home.path()).arg("render").arg(&file));
    assert_eq!(ran.code, Some(0));
    assert!(ran.stdout.contains("(cut: the body"), "{:.300}", ran.stdout);
    assert!(ran.stdout.lines().count() < 25_000);
}
