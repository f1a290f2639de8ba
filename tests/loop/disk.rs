//! What the program has on disk: the store, and drafts.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use folkmoot::protocol::Holder;
use folkmoot::store::{self, Store};

use super::{GRAPH, Program};
use crate::glass::LONGEST;

/// The texts and states of the drafts on disk, in the order of their names.
pub(super) fn drafts_in(folder: &Path) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        (word(&json["text"]), word(&json["state"]["state"]))
    };
    paths.iter().map(read).collect()
}

impl Program {
    /// Where the store of the person who is signed in lies.
    pub fn store_path(&self) -> PathBuf {
        store::path(&self.folder.path().join("state"), GRAPH, &Holder("demo".to_owned()))
    }

    /// Waits until nobody has the store open: the last to close it removes its journal. Of two who close it at the same
    /// moment each may take the other for the last one, so it is opened and closed here once more.
    pub fn wait_until_closed(&self) {
        let give_up = Instant::now() + LONGEST;
        let journal = format!("{}-wal", self.store_path().display());
        while Path::new(&journal).exists() {
            assert!(Instant::now() < give_up, "the store is still open");
            thread::sleep(Duration::from_millis(5));
            drop(Store::open(&self.store_path()).unwrap());
        }
    }

    /// Waits until the store has so many answers.
    pub fn wait_until_kept(&self, answers: u32) {
        let has_them = |store: &Store| store.inventory().unwrap().reads >= answers;
        self.wait_for_store(&format!("{answers} answers"), has_them);
    }

    /// Waits until the store has what is wanted.
    pub fn wait_for_store(&self, what: &str, holds: impl Fn(&Store) -> bool) {
        let give_up = Instant::now() + LONGEST;
        // Opened once: opening takes a lock, and whoever took it again and again would keep the program from its store.
        let (store, _) = Store::open(&self.store_path()).unwrap();
        while !holds(&store) {
            assert!(Instant::now() < give_up, "{what}: not kept");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The program's store, opened beside it, as another folkmoot does.
    pub fn store(&self) -> Store {
        Store::open(&self.store_path()).unwrap().0
    }

    /// The texts and states of the drafts on disk at this moment.
    pub fn drafts(&self) -> Vec<(String, String)> {
        drafts_in(&self.folder.path().join("drafts"))
    }
}
