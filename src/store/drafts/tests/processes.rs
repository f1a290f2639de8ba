//! Drafts between processes: the test binary runs itself again, and is killed.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Lines};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::*;

const ROLE: &str = "FOLKMOOT_TEST_ROLE";
const FOLDER: &str = "FOLKMOOT_TEST_FOLDER";

/// Not a test of its own: what the other process does.
#[test]
#[ignore = "the tests beside it run it in a process of its own"]
fn other_process() {
    let (Ok(role), Ok(folder)) = (std::env::var(ROLE), std::env::var(FOLDER)) else {
        return;
    };
    let folder = PathBuf::from(folder);
    match role.as_str() {
        "hold" => {
            let opened = open(&folder);
            opened.drafts.save(&draft("one", TEXT)).unwrap();
            say("saved");
            std::io::stdin().lines().next();
        }
        "send" => {
            let opened = open(&folder);
            opened.drafts.save(&draft("one", TEXT)).unwrap();
            opened.drafts.save_durably(&sending("one", TEXT)).unwrap();
            say("sending");
            std::io::stdin().lines().next();
        }
        "type" => {
            let opened = open(&folder);
            for n in 0_u32.. {
                opened.drafts.save(&draft("one", &long(n))).unwrap();
                say(&n.to_string());
            }
        }
        "fill" => {
            let opened = open(&folder);
            opened.drafts.save(&draft("one", "short")).unwrap();
            let error = opened.drafts.save(&draft("one", &TEXT.repeat(10_000))).unwrap_err();
            say(&error.problem().to_string());
            opened.drafts.save(&draft("one", "short again")).unwrap();
            assert_eq!(names(&folder), ["one.json", "one.lock"]);
        }
        "forbidden" => {
            let error = Drafts::open(&folder).unwrap_err();
            say(&error.problem().to_string());
        }
        "closed-later" => {
            let opened = open(&folder);
            opened.drafts.save(&draft("one", "before")).unwrap();
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
            let error = opened.drafts.save(&draft("one", "after")).unwrap_err();
            say(&error.problem().to_string());
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
            assert_eq!(
                fs::read_to_string(folder.join("one.json"))
                    .unwrap()
                    .matches("before")
                    .count(),
                1
            );
            opened.drafts.save(&draft("one", "after")).unwrap();
        }
        other => panic!("no such role: {other}"),
    }
}

/// A text whose every part tells its number.
fn long(n: u32) -> String {
    format!("{n} ").repeat(20_000)
}

/// One line for the process that started this one. The test harness writes to the same pipe.
fn say(line: &str) {
    println!("\nsays:{line}");
}

struct Other {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Other {
    fn start(role: &str, folder: &Path) -> Self {
        Self::run(Command::new(std::env::current_exe().unwrap()), role, folder)
    }

    fn run(mut command: Command, role: &str, folder: &Path) -> Self {
        command.args([
            "--exact",
            "store::drafts::tests::processes::other_process",
            "--ignored",
            "--nocapture",
        ]);
        command
            .env(ROLE, role)
            .env(FOLDER, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        Other { child, said }
    }

    /// The next thing it says; `None` when it has ended.
    fn says(&mut self) -> Option<String> {
        self.said
            .by_ref()
            .find_map(|line| line.unwrap().strip_prefix("says:").map(str::to_owned))
    }

    /// Kills it as `kill -9` does.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn ends_well(mut self) {
        while self.says().is_some() {}
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // A test that fails half-way leaves nobody behind; one that has ended already cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn another_process_keeps_its_draft_until_it_is_killed() {
    let (_root, folder) = temp();
    let mut other = Other::start("hold", &folder);
    assert_eq!(other.says().as_deref(), Some("saved"));
    let opened = open(&folder);
    assert_eq!((opened.mine.len(), opened.elsewhere), (0, 1));
    assert!(matches!(
        opened.drafts.save_durably(&sending("one", TEXT)),
        Err(DraftsError::Elsewhere(_))
    ));
    assert!(matches!(
        opened.drafts.remove(&DraftId("one".to_owned())),
        Err(DraftsError::Elsewhere(_))
    ));
    other.kill();
    assert_eq!(open(&folder).mine, [draft("one", TEXT)]);
}

#[test]
fn a_kill_while_sending_leaves_sending() {
    let (_root, folder) = temp();
    let mut other = Other::start("send", &folder);
    assert_eq!(other.says().as_deref(), Some("sending"));
    other.kill();
    assert_eq!(open(&folder).mine, [sending("one", TEXT)]);
}

#[test]
fn a_kill_at_any_moment_keeps_what_was_saved_before_it() {
    let (_root, folder) = temp();
    for round in 0..15 {
        let mut other = Other::start("type", &folder);
        // Each round is killed a few saves later than the one before, in the middle of whatever it does then.
        let mut last = 0;
        for _ in 0..=round {
            last = other.says().unwrap().parse().unwrap();
        }
        other.kill();
        while let Some(n) = other.says() {
            last = n.parse().unwrap();
        }
        let opened = open(&folder);
        assert_eq!(opened.unreadable, [""; 0].map(PathBuf::from));
        assert_eq!(opened.mine.len(), 1);
        let text = &opened.mine[0].text;
        assert!(
            [long(last), long(last + 1)].contains(text),
            "after {last}: {:?}…",
            text.get(..20)
        );
        assert_eq!(names(&folder), ["one.json", "one.lock"]);
        opened.drafts.remove(&opened.mine[0].id).unwrap();
    }
}

#[test]
fn a_full_disk_keeps_the_draft_before_it_and_says_what_to_do() {
    let (_root, folder) = temp();
    // A limit on the size of files fails in the middle of a write, as a full disk does. (`ulimit -f` counts blocks of
    // 512 bytes in POSIX and of 1024 in bash.)
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap());
    let mut other = Other::run(shell, "fill", &folder);
    let said = other.says().unwrap();
    assert!(
        said.contains("cannot be written") && said.contains("Make room on the disk"),
        "{said}"
    );
    other.ends_well();
    assert_eq!(open(&folder).mine, [draft("one", "short again")]);
}

/// This binary as somebody whom permissions bind: root is above them.
fn as_nobody() -> Command {
    const NOBODY: u32 = 65_534;
    let mut command = Command::new(std::env::current_exe().unwrap());
    if tempfile::tempfile().unwrap().metadata().unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

#[test]
fn a_folder_that_may_not_be_written_is_an_error_that_says_what_to_do() {
    let (root, folder) = temp();
    drop(open(&folder));
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
    for shut in [
        folder.parent().unwrap().parent().unwrap(),
        folder.parent().unwrap(),
        &folder,
    ] {
        fs::set_permissions(shut, fs::Permissions::from_mode(0o555)).unwrap();
    }
    for path in [folder.clone(), folder.join("deeper")] {
        let mut other = Other::run(as_nobody(), "forbidden", &path);
        let said = other.says().unwrap();
        assert!(
            said.contains("writable for you") && said.contains("XDG_STATE_HOME"),
            "{said}"
        );
        other.ends_well();
    }
}

#[test]
fn a_folder_that_is_closed_later_loses_nothing() {
    let (root, _) = temp();
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let folder = root.path().join("drafts");
    let mut other = Other::run(as_nobody(), "closed-later", &folder);
    let said = other.says().unwrap();
    assert!(said.contains("writable for you"), "{said}");
    other.ends_well();
    assert_eq!(open(&folder).mine, [draft("one", "after")]);
}
