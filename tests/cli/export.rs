//! Threads exported to files and to stdout, and an mbox as another program reads it.

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{MessageParser, MimeHeaders};
use serde_json::Value;

use crate::support::{Desk, LAUNCH, desk, desk_with, names, topics};
use folkmoot::demo::Options;

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
fn a_thread_is_exported_in_every_format() {
    let desk = desk();
    let export = |format: &str| {
        let args = [
            "thread",
            "export",
            LAUNCH,
            "packaging proofs",
            "--format",
            format,
            "--dir",
            format,
        ];
        let path = desk.out(&args);
        let path = path.trim_end().to_owned();
        (fs::read_to_string(desk.home.path().join(&path)).unwrap(), path)
    };
    let topic = "Packaging proofs, round 3 (three files)";
    let (markdown, path) = export("md");
    assert!(
        path.starts_with("md/2026-11-") && path.ends_with(&format!("{topic}.md")),
        "{path}"
    );
    assert!(
        markdown.starts_with("# Packaging proofs, round 3 (three files)\n"),
        "{markdown}"
    );
    let stem = path.trim_start_matches("md/").trim_end_matches(".md").to_owned();
    assert!(
        markdown.contains(&format!("[glow-2-datasheet.pdf](<{stem} files/glow-2-datasheet.pdf>)")),
        "{markdown}"
    );
    let folder = desk.home.path().join("md").join(format!("{stem} files"));
    assert_eq!(
        names(&folder),
        ["changes-r3.csv", "dieline-r3.svg", "glow-2-datasheet.pdf"]
    );

    let (page, _) = export("html");
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.contains("files/glow-2-datasheet.pdf\">"),
        "{page}"
    );
    assert!(!page.contains("<script"));

    let (json, _) = export("json");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (json["kind"].as_str(), json["thread"]["topic"].as_str()),
        (Some("thread"), Some(topic))
    );
    assert_eq!(
        json["posts"].as_array().unwrap().len(),
        desk.json(&["post", "list", LAUNCH, "packaging proofs"])
            .as_array()
            .unwrap()
            .len()
    );
    assert_eq!(json["attachments"][0]["attachment"]["name"], "glow-2-datasheet.pdf");

    assert!(export("markdown").0.starts_with("# "), "the same as md");

    let (mbox, _) = export("mbox");
    assert!(
        mbox.starts_with("From ")
            && mbox.contains("\nContent-Disposition: attachment; filename=\"glow-2-datasheet.pdf\""),
        "{mbox}"
    );
    assert_eq!(names(&desk.home.path().join("mbox")).len(), 1);

    // Nothing is overwritten unasked.
    let again = export("md").1;
    assert!(again.ends_with("(2).md"), "{again}");
    let bare = desk.out(&[
        "thread",
        "export",
        LAUNCH,
        "packaging proofs",
        "--no-attachments",
        "--dir",
        "bare",
    ]);
    assert_eq!(bare.lines().count(), 1);
    assert_eq!(names(&desk.home.path().join("bare")).len(), 1);
}

/// A desk with these faults.
fn failing(faults: &[&str]) -> Desk {
    desk_with(Options {
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        ..Options::default()
    })
}

#[test]
fn what_graph_does_not_hand_out_costs_itself_alone() {
    for format in ["md", "mbox"] {
        let desk = failing(&["GET /groups/**/$value@2=404"]);
        let ran = desk.run(&["thread", "export", LAUNCH, THREAD, "--dir", "out", "-f", format]);
        assert_eq!(ran.code, Some(5), "{}", ran.stderr);
        for says in [
            "Graph did not hand out 1 attachment",
            "All else is there.",
            "“dieline-r3.svg”: ",
        ] {
            assert!(ran.stderr.contains(says), "{}", ran.stderr);
        }
        let written = fs::read_to_string(desk.home.path().join(ran.stdout.trim_end())).unwrap();
        for there in ["glow-2-datasheet.pdf", "dieline-r3.svg", "changes-r3.csv", "not saved"] {
            assert!(written.contains(there), "{format}, {there}: {written}");
        }
    }
}

#[test]
fn a_thread_that_was_deleted_meanwhile_keeps_no_other_from_being_written() {
    for format in ["md", "mbox"] {
        let desk = failing(&["GET /groups/*/threads/*@3=404"]);
        let count = topics(&desk).len();
        let ran = desk.run(&[
            "thread",
            "export",
            LAUNCH,
            "--no-attachments",
            "--dir",
            "out",
            "-f",
            format,
        ]);
        assert_eq!(
            (ran.code, ran.stderr.as_str()),
            (Some(0), "note: a thread was deleted meanwhile, and is left out.\n")
        );
        let files = if format == "md" { count - 1 } else { 1 };
        assert_eq!(ran.stdout.lines().count(), files);
    }
    // The one that was asked for is missed.
    let desk = failing(&["GET /groups/*/threads/*@1=404"]);
    let ran = desk.run(&["thread", "export", LAUNCH, THREAD]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(5), ""), "{}", ran.stderr);
}

#[test]
fn all_threads_of_a_group_go_into_one_mbox_or_many_files() {
    let desk = desk();
    let count = topics(&desk).len();
    let paths = desk.out(&["thread", "export", LAUNCH, "--no-attachments", "--dir", "all"]);
    assert_eq!(paths.lines().count(), count);
    assert_eq!(names(&desk.home.path().join("all")).len(), count);
    let path = desk.out(&["thread", "export", LAUNCH, "--format", "mbox"]);
    let mbox = fs::read_to_string(desk.home.path().join(path.trim_end())).unwrap();
    let mails = mbox.lines().filter(|line| line.starts_with("From ")).count();
    let ids = mbox.lines().filter(|line| line.starts_with("Message-ID: ")).count();
    assert_eq!(mails, ids);
    let answers = mbox.lines().filter(|line| line.starts_with("In-Reply-To: ")).count();
    assert_eq!(mails - answers, count, "every thread begins once");
    assert!(!mbox.contains('\r'));
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
    let entries: Vec<String> = fs::read_dir(desk.home.path())
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

/// What another program reads of a mail.
#[derive(Debug, PartialEq, serde::Deserialize)]
struct Mail {
    id: String,
    answers: Option<String>,
    topic: String,
    files: Vec<String>,
}

/// Reads an mbox as the mail programs in Rust do.
fn read_by_a_library(mbox: &str) -> Vec<Mail> {
    let words = |words: Option<&str>| words.unwrap_or_default().to_owned();
    let mails = MessageIterator::new(mbox.as_bytes()).map(|entry| {
        let entry = entry.unwrap();
        let mail = MessageParser::default().parse(entry.contents()).unwrap();
        Mail {
            id: words(mail.message_id()),
            answers: mail.in_reply_to().as_text().map(str::to_owned),
            topic: words(mail.subject()),
            files: mail.attachments().map(|part| words(part.attachment_name())).collect(),
        }
    });
    mails.collect()
}

/// Reads an mbox as Python's mail programs do.
const READER: &str = "
import json, mailbox, sys, tempfile
from email.header import decode_header, make_header
path = tempfile.mktemp()
open(path, 'wb').write(sys.stdin.buffer.read())
mails = []
for mail in mailbox.mbox(path):
    assert not mail.defects, mail.defects
    text = lambda name: str(make_header(decode_header(mail[name]))) if mail[name] else None
    bare = lambda name: mail[name] and mail[name].strip('<>')
    files = [part.get_filename() for part in mail.walk() if part.get_filename()]
    mails.append({'id': bare('Message-ID'), 'answers': bare('In-Reply-To'), 'topic': text('Subject'), 'files': files})
print(json.dumps(mails))
";

/// `None` where there is no Python.
fn read_by_python(mbox: &str) -> Option<Vec<Mail>> {
    let mut python = Command::new("python3");
    let python = python.args(["-c", READER]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut python = python.spawn().ok()?;
    python.stdin.take().unwrap().write_all(mbox.as_bytes()).unwrap();
    let read = python.wait_with_output().unwrap();
    assert!(read.status.success());
    Some(serde_json::from_slice(&read.stdout).unwrap())
}

#[test]
fn other_programs_read_the_mails_their_files_and_what_answers_what() {
    let desk = desk();
    let posts = desk.json(&["post", "list", LAUNCH, THREAD]);
    let mbox = printed(&desk, &[THREAD, "--format", "mbox"]);
    let mails = read_by_a_library(&mbox);
    match read_by_python(&mbox) {
        Some(read) => assert_eq!(read, mails),
        None => eprintln!("there is no python3 here: it was read by a library of Rust alone"),
    }
    assert_eq!(mails.len(), posts.as_array().unwrap().len());
    let ids: Vec<&String> = mails.iter().map(|mail| &mail.id).collect();
    for (at, mail) in mails.iter().enumerate() {
        assert!(
            mail.topic.ends_with("Packaging proofs, round 3 (three files)"),
            "{mail:?}"
        );
        assert_eq!(mail.answers.is_none(), at == 0, "{mail:?}");
        assert!(
            mail.answers.as_ref().is_none_or(|id| ids[..at].contains(&id)),
            "{mail:?}"
        );
    }
    let files: Vec<&str> = mails.iter().flat_map(|mail| &mail.files).map(String::as_str).collect();
    assert_eq!(files, ["glow-2-datasheet.pdf", "dieline-r3.svg", "changes-r3.csv"]);
}
