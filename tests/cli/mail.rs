//! Conversations, threads, posts and attachments: shown, saved, exported, locked and deleted.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use folkmoot::demo::Options;
use serde_json::{Value, json};

use crate::support::{Desk, Ran, desk, desk_with, pluck};

const LAUNCH: &str = "lantern-launch";

/// A desk whose replies are seen at once.
fn quick() -> Desk {
    desk_with(Options {
        visible_after: Duration::ZERO,
        ..Options::default()
    })
}

/// A request that changes something, as another program would send it.
fn post(desk: &Desk, path: &str, body: &Value) -> Ran {
    desk.run(&["api", "POST", path, "--body", &body.to_string()])
}

fn topics(desk: &Desk) -> Vec<String> {
    let all = desk.json(&["thread", "list", LAUNCH]);
    pluck(&all, "topic").into_iter().map(str::to_owned).collect()
}

/// The names of the files in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
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

#[test]
fn attachments_are_saved_under_names_that_are_free() {
    let desk = desk();
    let listed = desk.json(&["attachment", "list", LAUNCH, "packaging proofs"]);
    let known = ["glow-2-datasheet.pdf", "dieline-r3.svg", "changes-r3.csv"];
    assert_eq!(pluck(&listed, "name"), known);
    let save = |more: &[&str]| {
        let args = [
            &["attachment", "save", LAUNCH, "packaging proofs", "--dir", "proofs"],
            more,
        ]
        .concat();
        desk.out(&args)
    };
    let folder = desk.home.path().join("proofs");
    assert_eq!(save(&[]), known.map(|name| format!("proofs/{name}\n")).concat());
    let size = fs::metadata(folder.join("glow-2-datasheet.pdf")).unwrap().len();
    assert_eq!(listed[0]["size"].as_u64(), Some(size));
    assert!(
        fs::read(folder.join("glow-2-datasheet.pdf"))
            .unwrap()
            .starts_with(b"%PDF")
    );
    assert_eq!(save(&["--only", "2"]), "proofs/dieline-r3 (2).svg\n");
    fs::write(folder.join("changes-r3.csv"), "mine").unwrap();
    assert_eq!(
        save(&["--only", "CHANGES-R3.csv", "--force"]),
        "proofs/changes-r3.csv\n"
    );
    assert_ne!(fs::read_to_string(folder.join("changes-r3.csv")).unwrap(), "mine");
    let saved: Value = serde_json::from_str(&save(&["--only", "1", "--json"])).unwrap();
    assert_eq!(saved["items"][0]["path"], "proofs/glow-2-datasheet (2).pdf");
    assert_eq!(
        names(&folder),
        [
            "changes-r3.csv",
            "dieline-r3 (2).svg",
            "dieline-r3.svg",
            "glow-2-datasheet (2).pdf",
            "glow-2-datasheet.pdf"
        ]
    );
    let none = desk.run(&[
        "attachment",
        "save",
        LAUNCH,
        "packaging proofs",
        "--only",
        "nothing.txt",
    ]);
    assert_eq!((none.code, none.stdout.as_str()), (Some(5), ""), "{}", none.stderr);
}

#[test]
fn links_and_pictures_are_told_for_what_they_are() {
    let desk = desk();
    let args = [
        "attachment",
        "list",
        "goteborg-office",
        "fourth floor",
        "-o",
        "csv",
        "--select",
        "kind,name",
    ];
    assert_eq!(
        desk.out(&args),
        "kind,name\ninline,floor-plan.png\nlink,Move checklist\n"
    );
    for (more, saved) in [(&[][..], ""), (&["--inline"], "./floor-plan.png\n")] {
        let ran = desk.run(&[&["attachment", "save", "goteborg-office", "fourth floor"], more].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), saved), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("“Move checklist” is a link to a file in the cloud"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn names_that_lie_stay_in_their_folder() {
    let desk = desk();
    let ran = desk.run(&["attachment", "save", "all-folkvale", "Security drill", "--dir", "drill"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let saved = names(&desk.home.path().join("drill"));
    assert_eq!(saved.len(), ran.stdout.lines().count());
    for name in [
        "_._.._evilgpj.exe",
        "_._.._.._.._etc_cron.d_lantern",
        "_etc_passwd",
        "_CON",
        "report.pdf.txt",
        "two lines & a tab.txt",
        "_rf",
        "attachment",
        "同じ名前.txt",
        "同じ名前 (2).txt",
    ] {
        assert!(saved.iter().any(|saved| saved == name), "{name}: {saved:?}");
    }
    assert!(
        saved
            .iter()
            .all(|name| name.len() <= 210 && !name.starts_with(['.', '-', '~'])),
        "{saved:?}"
    );
    // An item is a mail.
    let item = desk.run(&["attachment", "save", "moth-reports", "Pankow", "--dir", "moths"]);
    assert!(
        item.stdout.lines().any(|path| path.ends_with(".eml")),
        "{}",
        item.stdout
    );
}

#[test]
fn what_breaks_off_leaves_nothing_half() {
    let desk = desk_with(Options {
        faults: vec!["GET /groups/**/$value@*=truncate".parse().unwrap()],
        ..Options::default()
    });
    let ran = desk.run(&["attachment", "save", LAUNCH, "packaging proofs", "--dir", "proofs"]);
    assert_eq!(ran.code, Some(7), "{}", ran.stderr);
    assert_eq!(names(&desk.home.path().join("proofs")), [] as [&str; 0]);
    let once = desk_with(Options {
        faults: vec!["GET /groups/**/$value@1=truncate".parse().unwrap()],
        ..Options::default()
    });
    let saved = once.out(&[
        "attachment",
        "save",
        LAUNCH,
        "packaging proofs",
        "--dir",
        "proofs",
        "--only",
        "1",
    ]);
    let whole = fs::read(once.home.path().join(saved.trim_end())).unwrap();
    let listed = once.json(&["attachment", "list", LAUNCH, "packaging proofs"]);
    assert_eq!(
        listed[0]["size"].as_u64(),
        Some(whole.len() as u64),
        "it was begun again"
    );
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_half() {
    let desk = desk_with(Options {
        faults: vec!["GET /groups/**/$value@2=hang".parse().unwrap()],
        ..Options::default()
    });
    let mut child = desk
        .command(&["attachment", "save", LAUNCH, "packaging proofs", "--dir", "proofs"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let asked = || {
        desk.tenant
            .requests()
            .iter()
            .filter(|seen| seen.path.ends_with("/$value"))
            .count()
    };
    while asked() < 2 {
        std::thread::sleep(Duration::from_millis(10));
    }
    let pid = rustix::process::Pid::from_raw(child.id().try_into().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(names(&desk.home.path().join("proofs")), ["glow-2-datasheet.pdf"]);
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
fn a_thread_is_locked_and_unlocked() {
    let desk = desk();
    let locked = || {
        desk.json(&["thread", "show", LAUNCH, "packaging proofs"])["isLocked"]
            .as_bool()
            .unwrap()
    };
    let planned = desk.out(&["thread", "lock", LAUNCH, "packaging proofs", "--dry-run"]);
    assert!(
        planned.starts_with("would lock the thread “Packaging proofs, round 3 (three files)” of “")
            && planned.contains("\nPATCH /groups/"),
        "{planned}"
    );
    assert!(!locked());
    for (command, is_locked) in [("lock", true), ("unlock", false)] {
        let ran = desk.run(&["thread", command, LAUNCH, "packaging proofs"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
        assert!(
            ran.stderr.starts_with(&format!("done: {command} the thread")),
            "{}",
            ran.stderr
        );
        assert_eq!(locked(), is_locked);
    }
    let done = desk.json(&["thread", "lock", LAUNCH, "packaging proofs"]);
    assert_eq!(
        (done["kind"].as_str(), done["outcome"].as_str()),
        (Some("change"), Some("done"))
    );
    let refused = desk.run(&["thread", "unlock", LAUNCH, "packaging proofs", "--read-only"]);
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
    assert!(locked());
}

#[test]
fn deleting_asks_and_nobody_there_means_no() {
    let desk = desk();
    let before = topics(&desk);
    for (args, says) in [
        (&["thread", "delete", LAUNCH, "packaging proofs"][..], "Give --yes"),
        (&["conversation", "delete", LAUNCH, "packaging proofs"], "Give --yes"),
        (
            &["thread", "delete", LAUNCH, "packaging proofs", "--yes", "--read-only"],
            "--read-only",
        ),
    ] {
        let ran = desk.run(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
    }
    let planned = desk.out(&[
        "conversation",
        "delete",
        LAUNCH,
        "packaging proofs",
        "--dry-run",
        "--read-only",
    ]);
    assert!(planned.contains("with 1 thread\nDELETE /groups/"), "{planned}");
    assert_eq!(topics(&desk), before);

    let ran = desk.run(&["thread", "delete", LAUNCH, "packaging proofs", "--yes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.starts_with("done: delete the thread “Packaging proofs"),
        "{}",
        ran.stderr
    );
    assert_eq!(topics(&desk).len(), before.len() - 1);
    let ran = desk.run(&["conversation", "delete", LAUNCH, "go / no-go", "--yes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let left = topics(&desk);
    assert!(!left.iter().any(|topic| topic.contains("go / no-go")) && left.len() == before.len() - 2);
    let gone = desk.run(&["thread", "delete", LAUNCH, "packaging proofs", "--yes"]);
    assert_eq!(gone.code, Some(5), "{}", gone.stderr);
}

#[test]
fn what_may_have_happened_is_said() {
    let desk = desk_with(Options {
        faults: vec!["DELETE /groups/**@*=500".parse().unwrap()],
        ..Options::default()
    });
    let ran = desk.run(&["thread", "delete", LAUNCH, "packaging proofs", "--yes"]);
    assert_eq!(ran.code, Some(8), "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("Whether it has happened is not known; `folkmoot thread show "),
        "{}",
        ran.stderr
    );
}
