//! Attachments whose names lead elsewhere, saved in every way: everything lies in the folder that was chosen, and nothing
//! that was there before is touched.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use folkmoot::demo::Options;

use crate::desk::{CTRL_U, Desk, ENTER, WIDE};

const GROUP: &str = "lantern-launch";
/// What the thread is called, which is what its export is called.
const TOPIC: &str = "../../Hostile/names";

/// The folder that they are saved in: from there, none of the names leads out of the home.
const CHOSEN: &str = "deep/down/chosen";

/// What the attachments are called.
fn hostile() -> Vec<String> {
    let names = [
        "../../x",
        "/etc/folkmoot-was-here",
        "C:\\x",
        "..\\x",
        "a/../../b",
        "..",
        "\u{1b}]0;owned\u{7}c\r\n.txt",
        "gpj.\u{202e}exe",
        "CON",
        ".bashrc",
        "there.txt",
        "THERE.txt",
        "link.txt",
        "dangling.txt",
        "folder",
    ];
    let long = format!("{}.txt", "山".repeat(100));
    names.into_iter().map(str::to_owned).chain([long]).collect()
}

/// The files below a folder, by their paths, with what is in them; of links, where they lead.
fn below(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            all.insert(
                path.clone(),
                format!("leads to {}", fs::read_link(&path).unwrap().display()),
            );
        } else if path.is_dir() {
            all.extend(below(&path));
        } else {
            all.insert(path.clone(), fs::read_to_string(&path).unwrap());
        }
    }
    all
}

/// Begins a thread with such attachments, and lays out what is in their way.
fn desk() -> Desk {
    let desk = Desk::with(Options {
        visible_after: Duration::ZERO,
        ..Options::default()
    });
    let attachments: Vec<_> = hostile()
        .iter()
        .map(|name| {
            // "from outside"
            serde_json::json!({
                "@odata.type": "#microsoft.graph.fileAttachment", "name": name, "contentBytes": "ZnJvbSBvdXRzaWRl",
            })
        })
        .collect();
    let body = serde_json::json!({"topic": TOPIC, "threads": [{"posts": [{
        "body": {"contentType": "text", "content": "See attached."}, "attachments": attachments,
    }]}]});
    let (code, groups) = desk.runs(&["group", "list", "-o", "csv", "--select", "id,name"]);
    assert_eq!(code, Some(0), "{groups}");
    let group = groups.lines().find(|line| line.contains("Glow 2 Launch")).unwrap();
    let group = group.split(',').next().unwrap();
    let path = format!("/groups/{group}/conversations");
    let (code, said) = desk.runs(&["api", "POST", &path, "--body", &body.to_string()]);
    assert_eq!(code, Some(0), "{said}");
    let home = desk.home();
    for folder in ["away", "deep/down/chosen/folder"] {
        fs::create_dir_all(home.join(folder)).unwrap();
    }
    fs::write(home.join("away/precious"), "untouched").unwrap();
    fs::write(home.join(CHOSEN).join("there.txt"), "mine").unwrap();
    symlink("../../../away/precious", home.join(CHOSEN).join("link.txt")).unwrap();
    symlink("../../../away/new", home.join(CHOSEN).join("dangling.txt")).unwrap();
    desk
}

/// Whatever saves them in `chosen` leaves everything as it was, and adds so many files there and nothing anywhere else.
#[track_caller]
fn stays_in_the_folder(desk: &Desk, more: usize, saves: impl FnOnce()) {
    // But for folkmoot's own files.
    let all = || {
        let mut all = below(&desk.home().join("deep"));
        all.extend(below(&desk.home().join("away")));
        all
    };
    let before = all();
    saves();
    assert!(!Path::new("/etc/folkmoot-was-here").exists());
    let mut after = all();
    for (path, held) in before {
        assert_eq!(after.remove(&path), Some(held), "{path:?}");
    }
    let chosen = desk.home().join(CHOSEN);
    assert!(after.keys().all(|path| path.starts_with(&chosen)), "{after:#?}");
    let saved = after.values().filter(|held| *held == "from outside").count();
    assert_eq!(
        (saved, after.len()),
        (hostile().len(), hostile().len() + more),
        "{after:#?}"
    );
    for path in after.keys() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let harmless = name.len() <= 255
            && !name.starts_with(['.', '-', '~'])
            && !name.contains(|c: char| c.is_control() || "\\:\u{202e}".contains(c));
        assert!(harmless, "{name:?}");
    }
}

#[test]
fn by_a_command() {
    let desk = desk();
    stays_in_the_folder(&desk, 0, || {
        let (code, said) = desk.runs(&["attachment", "save", GROUP, TOPIC, "--dir", CHOSEN]);
        assert_eq!(code, Some(0), "{said}");
    });
}

#[test]
fn by_an_export() {
    let desk = desk();
    let export = ["thread", "export", GROUP, TOPIC, "--dir", CHOSEN];
    let (code, said) = desk.runs(&export);
    assert_eq!(code, Some(0), "{said}");
    // Where a link to elsewhere lies in the place of the folder, it is another folder, even with --force.
    let made = PathBuf::from(said.trim_end());
    let (name, beside) = (made.file_stem().unwrap().to_str().unwrap(), desk.home().join(CHOSEN));
    let beside = beside.join(format!("{name} files"));
    assert_eq!(fs::read_dir(&beside).unwrap().count(), hostile().len());
    for more in [&[][..], &["--force"]] {
        fs::remove_dir_all(desk.home().join(CHOSEN)).unwrap();
        fs::create_dir(desk.home().join(CHOSEN)).unwrap();
        symlink("../../../away", &beside).unwrap();
        stays_in_the_folder(&desk, 1, || {
            let (code, said) = desk.runs(&[&export[..], more].concat());
            assert_eq!(code, Some(0), "{said}");
        });
    }
}

#[test]
fn on_the_screen_one_by_one_and_all_at_once() {
    let desk = desk();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("Glow 2 Launch");
    folkmoot.press("3");
    folkmoot.sees("Hostile");
    folkmoot.press(["/hostile", ENTER, ENTER].concat());
    folkmoot.sees("+ ../../x");
    folkmoot.press("A");
    folkmoot.sees("┌ Attachments");
    stays_in_the_folder(&desk, 0, || {
        folkmoot.press("S");
        folkmoot.sees("save in folder:");
        folkmoot.press([CTRL_U, CHOSEN, ENTER].concat());
        folkmoot.sees(&format!("{} files are saved", hostile().len()));
    });
    // Once more: every name is taken now.
    stays_in_the_folder(&desk, 0, || {
        for _ in hostile() {
            folkmoot.press("s");
            folkmoot.sees("save in folder:");
            folkmoot.press([CTRL_U, CHOSEN, ENTER].concat());
            folkmoot.sees_no_more("save in folder:");
            folkmoot.press("j");
        }
        folkmoot.settles();
    });
    folkmoot.quits();
}
