//! Writing to groups: what is sent, to whom, and what is refused.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use folkmoot::domain::Draft;
use folkmoot::store::Drafts;
use serde_json::Value;

use crate::support::{Desk, LAUNCH, Ran, ended, faulty, pluck, quick, ran};

pub const THREAD: &str = "packaging proofs";
pub const WORDS: &str = "Nothing of this may be lost: שלום 山田 👩\u{200d}👧";

pub fn reply(desk: &Desk, more: &[&str]) -> Ran {
    desk.run(&[&["thread", "reply", LAUNCH, THREAD, "--body", WORDS], more].concat())
}

pub fn sent(desk: &Desk) -> usize {
    let writes = |path: &str| {
        ["/reply", "/forward", "/conversations", "/threads"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    let requests = desk.tenant.requests();
    requests
        .iter()
        .filter(|seen| seen.method == "POST" && writes(&seen.path))
        .count()
}

pub fn folder(desk: &Desk) -> PathBuf {
    desk.home.path().join(".local/state/folkmoot/default/drafts")
}

pub fn drafts(desk: &Desk) -> Vec<Draft> {
    let seen = Drafts::attach(&folder(desk)).unwrap().glance().unwrap();
    seen.drafts.into_iter().map(|it| it.draft).collect()
}

/// What the command calls the only draft.
pub fn short(desk: &Desk) -> String {
    let listed = desk.json(&["draft", "list"]);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "{listed}");
    listed["items"][0]["short"].as_str().unwrap().to_owned()
}

/// The bodies of a thread's posts, oldest first.
fn bodies(desk: &Desk, thread: &str) -> Vec<String> {
    let posts = desk.json(&["post", "list", LAUNCH, thread]);
    let posts = posts.as_array().unwrap().iter();
    posts
        .map(|post| post["body"]["content"].as_str().unwrap().to_owned())
        .collect()
}

pub fn holds(desk: &Desk, thread: &str, words: &str) -> usize {
    bodies(desk, thread).iter().filter(|body| body.contains(words)).count()
}

#[track_caller]
pub fn ends_with(ran: &Ran, code: i32, says: &[&str]) {
    assert_eq!(ran.code, Some(code), "{}{}", ran.stdout, ran.stderr);
    for says in says {
        assert!(ran.stderr.contains(says), "{says}: {}", ran.stderr);
    }
}

#[test]
fn a_reply_is_sent_once_and_seen() {
    let desk = quick();
    ends_with(
        &reply(&desk, &["--yes"]),
        0,
        &["sent: a reply to the thread “Packaging proofs"],
    );
    assert_eq!((sent(&desk), holds(&desk, THREAD, WORDS)), (1, 1));
    assert!(drafts(&desk).is_empty());
    let told = reply(&desk, &["--yes", "--json"]);
    let told: Value = serde_json::from_str(&told.stdout).unwrap();
    assert_eq!(
        (told["outcome"].as_str(), told["draft"].is_null()),
        (Some("sent"), true),
        "{told}"
    );
    let posts = desk.json(&["post", "list", LAUNCH, THREAD]);
    assert_eq!(
        pluck(&posts, "id").last().copied(),
        told["post"].as_str(),
        "its own post, not the one before"
    );
}

#[test]
fn the_text_comes_from_wherever_it_is() {
    let desk = quick();
    fs::write(desk.home.path().join("answer.md"), "\u{feff}**From** a file\r\n").unwrap();
    let args = ["thread", "reply", LAUNCH, THREAD, "--yes"];
    let ran_it = desk.run(&[&args[..], &["--body-file", "answer.md", "--format", "markdown"]].concat());
    ends_with(&ran_it, 0, &["sent: "]);
    for more in [&[][..], &["--body-file", "-"]] {
        let mut child = desk.command(&[&args[..], more].concat());
        let mut child = child
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all("From *stdin*\n".as_bytes())
            .unwrap();
        ends_with(&ended(child.wait_with_output().unwrap(), false), 0, &["sent: "]);
    }
    assert_eq!(holds(&desk, THREAD, "<strong>From</strong> a file"), 1);
    assert_eq!(holds(&desk, THREAD, "From *stdin*"), 2);
    for (more, says) in [
        (&["--body", " \n"][..], "There is no text"),
        (&["--body-file", "/dev/null"], "There is no text"),
        (&["--body-file", "gone.md"], "gone.md cannot be read"),
        (&[], "There is no text"),
    ] {
        let ran = ran(desk.command(&[&args[..], more].concat()).stdin(Stdio::null()));
        ends_with(&ran, 2, &[says]);
    }
    fs::write(desk.home.path().join("latin"), b"caf\xe9").unwrap();
    ends_with(
        &desk.run(&[&args[..], &["--body-file", "latin"]].concat()),
        2,
        &["no text in UTF-8"],
    );
    assert_eq!((sent(&desk), drafts(&desk).len()), (3, 0));
}

#[test]
fn what_would_be_sent_is_shown_and_is_what_is_sent() {
    let desk = quick();
    let more = [
        "--category",
        "Blue",
        "--to",
        "hanako",
        "--to",
        "Ada <ada@else.example>",
        "--signature",
        "Ines",
        "--quote",
    ];
    let shown = reply(&desk, &[&more[..], &["--dry-run", "--read-only"]].concat());
    ends_with(&shown, 0, &[]);
    for says in [
        "This will send a reply to the thread “Packaging proofs",
        "hanako.yamada@folkvale.example>, Ada <ada@else.example>",
        "categories Blue",
        "Nothing of this may be lost",
        "Ines",
        " wrote:",
        "\nPOST /groups/",
    ] {
        assert!(shown.stdout.contains(says), "{says}: {}", shown.stdout);
    }
    // Whose post it is that goes out, or is answered, and as whom.
    let forward = [
        "thread",
        "forward",
        LAUNCH,
        THREAD,
        "--to",
        "ada@else.example",
        "--body",
        "x",
    ];
    let shown = desk.run(&[&forward[..], &["--dry-run"]].concat()).stdout;
    assert!(shown.contains("forwards   the post of Léocadie Vitrail, 20"), "{shown}");
    let shown = desk
        .run(&["post", "reply", LAUNCH, THREAD, "1", "--body", "x", "--dry-run"])
        .stdout;
    assert!(shown.contains("answers    the post of "), "{shown}");
    let planned = reply(&desk, &[&more[..], &["--dry-run", "--json"]].concat());
    let planned: Value = serde_json::from_str(&planned.stdout).unwrap();
    assert_eq!((sent(&desk), drafts(&desk).len()), (0, 0));
    let post = &planned["body"]["post"];
    assert_eq!(post["newParticipants"].as_array().unwrap().len(), 2);
    assert_eq!(post["categories"], serde_json::json!(["Blue"]));
    ends_with(&reply(&desk, &[&more[..], &["--yes"]].concat()), 0, &[]);
    let newest = desk.json(&["post", "list", LAUNCH, THREAD]);
    let newest = newest.as_array().unwrap().last().unwrap();
    let body = newest["body"]["content"].as_str().unwrap();
    assert!(body.contains(post["body"]["content"].as_str().unwrap()), "{body}");
    assert_eq!(newest["categories"], post["categories"]);
    // Whom it has brought to the thread gets the next one, too.
    let shown = reply(&desk, &["--dry-run"]).stdout;
    let on_it = shown.lines().find(|line| line.starts_with("  on it      "));
    assert!(
        on_it.is_some_and(|line| line.contains("Ada <ada@else.example>")),
        "{shown}"
    );
}

#[test]
fn conversations_threads_and_posts_are_written_to() {
    let desk = quick();
    let new = ["--body", WORDS, "--yes", "--json"];
    let told = |args: &[&str]| -> Value {
        let ran = desk.run(&[args, &new].concat());
        ends_with(&ran, 0, &[]);
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(told["outcome"], "sent", "{told}");
        told
    };
    let begun = told(&["conversation", "new", LAUNCH, "--topic", "Lantern night 灯籠"]);
    let thread = begun["thread"].as_str().unwrap();
    assert_eq!(
        desk.json(&["thread", "show", LAUNCH, thread])["topic"],
        "Lantern night 灯籠"
    );
    let second = told(&[
        "thread",
        "new",
        LAUNCH,
        "--conversation",
        "Lantern night",
        "--topic",
        "The wicks",
    ]);
    let conversation = desk.json(&["conversation", "show", LAUNCH, "Lantern night"]);
    let of_it = desk.json(&[
        "thread",
        "list",
        LAUNCH,
        "--conversation",
        conversation["id"].as_str().unwrap(),
    ]);
    assert!(
        pluck(&of_it, "id").contains(&second["thread"].as_str().unwrap()),
        "{of_it}"
    );
    told(&["thread", "new", LAUNCH, "--topic", "By itself"]);
    fs::write(desk.home.path().join("wicks 灯.csv"), "a,b").unwrap();
    let answer = told(&["post", "reply", LAUNCH, thread, "1", "--attach", "wicks 灯.csv"]);
    let attached = desk.json(&["attachment", "list", LAUNCH, thread, answer["post"].as_str().unwrap()]);
    assert_eq!(pluck(&attached, "name"), ["wicks 灯.csv"]);
    assert_eq!(sent(&desk), 4);
    assert!(drafts(&desk).is_empty());
}

#[test]
fn a_forwarded_post_leaves_the_group_and_no_trace() {
    let desk = quick();
    let forward = ["thread", "forward", LAUNCH, THREAD, "--to", "ada@else.example"];
    let shown = desk.out(&[&forward[..], &["--dry-run"]].concat());
    assert!(
        shown.contains("It leaves the group") && shown.contains("to ada@else.example."),
        "{shown}"
    );
    let ran = desk.run(&[&forward[..], &["--post", "1", "--body", "For your files", "--yes"]].concat());
    ends_with(&ran, 0, &["forwarded: a post of the thread “Packaging proofs"]);
    assert_eq!((sent(&desk), drafts(&desk).len()), (1, 0));

    let desk = faulty("POST /groups/**/forward@1=drop");
    let ran = desk.run(&[&forward[..], &["--yes"]].concat());
    ends_with(&ran, 9, &["leaves no trace in the group", "draft discard"]);
    let id = short(&desk);
    // Nobody can look, so nothing goes out by itself.
    ends_with(&desk.run(&["draft", "send", &id, "--yes"]), 9, &["Give --again"]);
    assert_eq!(sent(&desk), 1);
    ends_with(&desk.run(&["draft", "send", &id, "--again"]), 0, &["forwarded: a post"]);
    assert_eq!((sent(&desk), drafts(&desk).len()), (2, 0));
}

#[test]
fn what_must_not_or_cannot_be_sent_is_refused_before_anything_is_kept() {
    let desk = quick();
    fs::File::create(desk.home.path().join("film.mov"))
        .unwrap()
        .set_len(4_000_000)
        .unwrap();
    let part = fs::File::create(desk.home.path().join("part.bin")).unwrap();
    part.set_len(2_000_000).unwrap();
    fs::copy(desk.home.path().join("part.bin"), desk.home.path().join("part2.bin")).unwrap();
    for (more, code, says) in [
        (&[][..], 2, "Give --yes"),
        (&["--yes", "--read-only"], 2, "--read-only"),
        (&["--yes", "--to", "an"], 2, "people"),
        (&["--yes", "--to", "xyzzyx"], 5, "There is nobody called “xyzzyx”"),
        (
            &["--yes", "--attach", "film.mov"],
            2,
            "4.0 MB, and Graph takes less than 3.1 MB a file",
        ),
        (&["--yes", "--attach", "gone.pdf"], 2, "gone.pdf cannot be read"),
        (&["--yes", "--attach", "."], 2, "is not a file"),
    ] {
        let ran = reply(&desk, more);
        ends_with(&ran, code, &[says]);
        assert_eq!(
            (ran.stdout.as_str(), sent(&desk), drafts(&desk).len()),
            ("", 0, 0),
            "{more:?}"
        );
    }
    for (args, says) in [
        (
            &["conversation", "new", "sg-everybody", "--topic", "x"][..],
            "has no mailbox",
        ),
        (&["conversation", "new", LAUNCH, "--topic", " "], "The topic is empty"),
    ] {
        ends_with(&desk.run(&[args, &["--body", "x", "--yes"]].concat()), 2, &[says]);
    }
    // As HTML it is more than it was.
    fs::write(desk.home.path().join("angles"), "<".repeat(2_000_000)).unwrap();
    for more in [&["--dry-run"][..], &["--dry-run", "--json"]] {
        let args = ["thread", "reply", LAUNCH, THREAD, "--body-file", "angles"];
        let ran = desk.run(&[&args[..], more].concat());
        ends_with(&ran, 2, &["It is too large to send"]);
        assert_eq!(ran.stdout, "");
    }
    let empty = ["thread", "reply", LAUNCH, THREAD, "--dry-run", "--body", " "];
    ends_with(&desk.run(&empty), 2, &["There is no text", "--body-file"]);
    let both = reply(&desk, &["--yes", "--attach", "part.bin", "--attach", "part2.bin"]);
    ends_with(&both, 2, &["too large to send", "4.2 MB"]);
    assert_eq!((sent(&desk), drafts(&desk).len()), (0, 0));
}
