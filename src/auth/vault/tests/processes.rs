//! The vault between processes, and for users whom permissions bind: the test binary runs itself again.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use super::*;

const ROLE: &str = "FOLKMOOT_TEST_ROLE";
const FOLDER: &str = "FOLKMOOT_TEST_FOLDER";

/// Not a test of its own: what the other process does.
#[tokio::test]
#[ignore = "the tests beside it run it in a process of its own"]
async fn other_process() {
    let (Ok(role), Ok(folder)) = (std::env::var(ROLE), std::env::var(FOLDER)) else {
        return;
    };
    let folder = PathBuf::from(folder);
    match role.as_str() {
        "count" => {
            let vault = in_file(&folder).await;
            for _ in 0..20 {
                let mut locked = vault.lock().await.unwrap();
                let read = locked.read().await.unwrap().unwrap();
                let n: u32 = read.access_token.expose_secret()[ACCESS.len()..].parse().unwrap();
                locked.write(&kept(n + 1)).await.unwrap();
            }
        }
        "hold" => {
            let vault = in_file(&folder).await;
            let _locked = vault.lock().await.unwrap();
            say("locked");
            std::io::stdin().lines().next();
        }
        "hang" => {
            let vault = open(Keep::Auto, &folder, &TestKeyring::new(Ways::Hangs)).await;
            write(&vault, 1).await.unwrap();
        }
        "read-only" => {
            let vault = in_file(&folder).await;
            let warning = write(&vault, 2).await.unwrap_err();
            say(&warning.to_string());
            assert_eq!((number(&vault).await, vault.place()), (Some(2), Place::Memory));
            say(&notice(&vault));
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
            write(&vault, 3).await.unwrap();
            assert_eq!(vault.place(), Place::File(folder.join("sign-in.json")));
            assert_eq!((number(&vault).await, notice(&vault).as_str()), (Some(3), ""));
        }
        other => panic!("no such role: {other}"),
    }
}

/// One line for the process that started this one. The test harness writes to the same pipe.
fn say(line: &str) {
    println!("\nsays:{line}");
}

struct Other {
    child: Child,
    said: Vec<String>,
    out: BufReader<std::process::ChildStdout>,
}

impl Other {
    fn start(role: &str, folder: &Path) -> Self {
        Self::run(Command::new(std::env::current_exe().unwrap()), role, folder)
    }

    fn run(mut command: Command, role: &str, folder: &Path) -> Self {
        let mut child = command
            .args(["--exact", "auth::vault::tests::processes::other_process"])
            .args(["--ignored", "--nocapture"])
            .env(ROLE, role)
            .env(FOLDER, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Other {
            child,
            said: Vec::new(),
            out,
        }
    }

    /// The next thing it says; `None` when it has ended.
    fn says(&mut self) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.out.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some(said) = line.trim_end().strip_prefix("says:") {
                return Some(said.to_owned());
            }
            self.said.push(line);
        }
    }

    fn ends_well(mut self) {
        while self.says().is_some() {}
        assert!(self.child.wait().unwrap().success(), "{}", self.said.concat());
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // A test that fails half-way leaves nobody behind; one that has ended already cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn processes_take_turns() {
    let (_root, folder) = temp();
    let vault = in_file(&folder).await;
    write(&vault, 0).await.unwrap();
    let others: Vec<_> = (0..3).map(|_| Other::start("count", &folder)).collect();
    others.into_iter().for_each(Other::ends_well);
    assert_eq!(number(&vault).await, Some(60), "no renewal was lost");
}

#[tokio::test]
async fn a_lock_is_waited_for_so_long_and_ends_with_its_holder() {
    let (_root, folder) = temp();
    let mut other = Other::start("hold", &folder);
    assert_eq!(other.says().as_deref(), Some("locked"));
    let vault = in_file(&folder).await;
    let busy = vault.lock_within(Duration::from_millis(100)).await.unwrap_err();
    assert!(busy.problem().what.as_str().contains("Another folkmoot"), "{busy}");
    other.child.kill().unwrap();
    drop(vault.lock().await.unwrap());
}

#[tokio::test]
async fn two_vaults_and_two_clones_take_turns() {
    let (_root, folder) = temp();
    let first = in_file(&folder).await;
    for second in [in_file(&folder).await, first.clone()] {
        let locked = first.lock().await.unwrap();
        let busy = second.lock_within(Duration::from_millis(50)).await;
        assert!(matches!(busy, Err(VaultError::Busy)));
        drop(locked);
        drop(second.lock().await.unwrap());
    }
}

#[tokio::test]
async fn a_hung_keyring_does_not_keep_the_process() {
    let (_root, folder) = temp();
    let other = Other::start("hang", &folder);
    other.ends_well();
    assert_eq!(number(&in_file(&folder).await).await, Some(1));
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

#[tokio::test]
async fn on_a_read_only_disk_the_sign_in_is_good_for_this_run() {
    let (root, _) = temp();
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let folder = root.path().join("default");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    if fs::metadata(&folder).unwrap().uid() == 0 {
        std::os::unix::fs::chown(&folder, Some(65_534), Some(65_534)).unwrap();
    }
    let mut other = Other::run(as_nobody(), "read-only", &folder);
    let warning = other.says().unwrap();
    assert!(
        warning.contains("cannot be written") && warning.contains("writable for you"),
        "{warning}"
    );
    let said = other.says().unwrap();
    assert!(said.ends_with("so it is held in memory only."), "{said}");
    other.ends_well();
}
