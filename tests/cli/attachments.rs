//! Attachments, listed and saved.

use std::fs;
use std::process::Stdio;

use folkmoot::demo::Options;
use serde_json::Value;

use crate::support::{LAUNCH, desk, desk_with, eventually, names, pluck};

#[test]
fn what_graph_does_not_hand_out_keeps_no_other_from_being_saved() {
    for fault in ["404", "500"] {
        let nth = if fault == "404" { "2" } else { "*" };
        let desk = desk_with(Options {
            faults: vec![format!("GET /groups/**/$value@{nth}={fault}").parse().unwrap()],
            ..Options::default()
        });
        let ran = desk.run(&["attachment", "save", LAUNCH, "packaging proofs", "--json"]);
        let saved: Value = serde_json::from_str(&ran.stdout).unwrap();
        let (code, names, count) = match fault {
            "404" => (5, &["glow-2-datasheet.pdf", "changes-r3.csv"][..], "1 attachment"),
            _ => (8, &[][..], "3 attachments"),
        };
        assert_eq!((ran.code, pluck(&saved["items"], "name")), (Some(code), names.to_vec()));
        let says = format!("Graph did not hand out {count}, left out here.");
        assert!(
            ran.stderr.contains(&says) && ran.stderr.contains("“dieline-r3.svg”: "),
            "{}",
            ran.stderr
        );
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
        "evilgpj.exe",
        "etc_cron.d_lantern",
        "etc_passwd",
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
    eventually("the second file is asked for", || asked() == 2);
    let pid = rustix::process::Pid::from_raw(child.id().try_into().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(names(&desk.home.path().join("proofs")), ["glow-2-datasheet.pdf"]);
}
