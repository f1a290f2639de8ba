//! Threads exported to stdout, and an mbox as another program reads it.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{Desk, desk};

const LAUNCH: &str = "lantern-launch";
const THREAD: &str = "packaging proofs";

/// What an export prints: it holds what others wrote, tabs among it, and goes to no terminal.
fn printed(desk: &Desk, more: &[&str]) -> String {
    let args = [&["thread", "export", LAUNCH, "--stdout"], more].concat();
    let output = desk.command(&args).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_thread_goes_to_stdout_in_every_format_and_leaves_no_file() {
    let desk = desk();
    let export = |format: &str| printed(&desk, &[THREAD, "--format", format]);
    let markdown = export("md");
    assert!(markdown.starts_with("# Packaging proofs"), "{markdown}");
    assert!(markdown.contains("- glow-2-datasheet.pdf (not saved)\n"), "{markdown}");
    let page = export("html");
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"),
        "{page}"
    );
    let json: Value = serde_json::from_str(&export("json")).unwrap();
    assert_eq!(
        (json["kind"].as_str(), json["attachments"][0]["file"].is_null()),
        (Some("thread"), true)
    );
    let mbox = export("mbox");
    assert!(
        mbox.starts_with("From ") && mbox.contains("filename=\"glow-2-datasheet.pdf\""),
        "{mbox}"
    );
    let entries: Vec<String> = std::fs::read_dir(desk.home.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    assert_eq!(entries, [""; 0]);
    // Several pages in one stream are none; several mails are.
    let all = ["thread", "export", LAUNCH, "--stdout", "--format", "html"];
    let refused = desk.run(&all);
    assert_eq!(
        (refused.code, refused.stdout.as_str()),
        (Some(2), ""),
        "{}",
        refused.stderr
    );
    let mbox = printed(&desk, &["--no-attachments", "--format", "mbox"]);
    let begins = |name: &str| mbox.lines().filter(|line| line.starts_with(name)).count();
    assert_eq!(begins("From "), begins("Message-ID: "));
}

#[test]
fn whoever_has_read_enough_of_an_export_ends_it_quietly() {
    let desk = desk();
    for format in ["md", "html", "mbox", "json"] {
        let args = [
            "thread",
            "export",
            LAUNCH,
            "stand-up notes",
            "--stdout",
            "--format",
            format,
        ];
        let mut child = desk
            .command(&args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 16];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{format}");
    }
}

/// Reads an mbox as Python's mail programs do: topics, senders, what answers what, and files.
const READER: &str = "
import json, mailbox, sys, tempfile
from email.header import decode_header, make_header
path = tempfile.mktemp()
open(path, 'wb').write(sys.stdin.buffer.read())
mails = []
for mail in mailbox.mbox(path):
    text = lambda name: str(make_header(decode_header(mail[name]))) if mail[name] else None
    files = [part.get_filename() for part in mail.walk() if part.get_filename()]
    mails.append({'id': mail['Message-ID'], 'answers': mail['In-Reply-To'], 'topic': text('Subject'), 'defects': len(mail.defects), 'files': files})
print(json.dumps(mails))
";

#[test]
fn another_program_reads_the_mails_their_files_and_what_answers_what() {
    let Ok(mut python) = Command::new("python3")
        .args(["-c", READER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    else {
        eprintln!("there is no python3 here: nothing was read");
        return;
    };
    let desk = desk();
    let posts = desk.json(&["post", "list", LAUNCH, THREAD]);
    let mbox = printed(&desk, &[THREAD, "--format", "mbox"]);
    python.stdin.take().unwrap().write_all(mbox.as_bytes()).unwrap();
    let read = python.wait_with_output().unwrap();
    assert!(read.status.success());
    let mails: Value = serde_json::from_slice(&read.stdout).unwrap();
    let mails = mails.as_array().unwrap();
    assert_eq!(mails.len(), posts.as_array().unwrap().len());
    let ids: Vec<&Value> = mails.iter().map(|mail| &mail["id"]).collect();
    for (at, mail) in mails.iter().enumerate() {
        assert_eq!(mail["defects"], 0, "{mail}");
        assert!(
            mail["topic"]
                .as_str()
                .unwrap()
                .ends_with("Packaging proofs, round 3 (three files)"),
            "{mail}"
        );
        let answers = &mail["answers"];
        assert_eq!(answers.is_null(), at == 0, "{mail}");
        assert!(answers.is_null() || ids[..at].contains(&answers), "{mail}");
    }
    let files: Vec<&str> = mails
        .iter()
        .flat_map(|mail| mail["files"].as_array().unwrap())
        .map(|name| name.as_str().unwrap())
        .collect();
    assert_eq!(files, ["glow-2-datasheet.pdf", "dieline-r3.svg", "changes-r3.csv"]);
}
