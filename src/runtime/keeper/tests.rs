//! What is kept although the store cannot be had for a while.

use std::fs;
use std::time::Duration;

use jiff::Timestamp;

use super::*;
use crate::auth::StaticToken;
use crate::protocol::Mark;

const GRAPH: &str = "https://graph.example/v1.0";

struct Kept {
    folder: tempfile::TempDir,
    keeper: Keeper,
    told: async_mpsc::Receiver<What>,
}

impl Kept {
    /// A keeper that knows whose store it is to be. Where its folder would be, there is a file.
    async fn hindered() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = StoreLocation {
            folder: folder.path().join("state"),
            graph: GRAPH.into(),
        };
        fs::write(&location.folder, "in the way").unwrap();
        let tokens = Arc::new(StaticToken::for_demo("token".to_owned().into()));
        let (inbox, told) = async_mpsc::channel(8);
        let keeper = Keeper::start(location, tokens, inbox);
        keeper.look_up().await;
        Kept { folder, keeper, told }
    }

    fn make_way(&self) {
        fs::remove_file(self.folder.path().join("state")).unwrap();
    }

    fn mark(&self, thread: &str) {
        let mark = Mark::up_to(Timestamp::UNIX_EPOCH);
        self.keeper.keep_mark("g".into(), Marking::Read(thread.into(), mark));
    }

    /// The threads of the group that are marked, in the store as any program finds it.
    async fn marked(&self) -> Vec<String> {
        let path = self.keeper.held().await.unwrap().place.path;
        let Ok(store) = Store::peek(&path) else {
            return Vec::new();
        };
        let marks = store.marks(&"g".into()).unwrap_or_default();
        let mut threads: Vec<_> = marks.threads.keys().map(|id| id.as_str().to_owned()).collect();
        threads.sort();
        threads
    }
}

#[tokio::test]
async fn marks_that_could_not_be_kept_are_kept_once_they_can_be() {
    let mut kept = Kept::hindered().await;
    kept.mark("t1");
    let Some(What::Failed(problem)) = kept.told.recv().await else {
        panic!("nothing was said")
    };
    assert!(problem.what.as_str().contains("not kept"), "{problem}");
    kept.make_way();
    kept.mark("t2");
    while kept.marked().await.len() < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(kept.marked().await, ["t1", "t2"]);
    assert!(kept.told.try_recv().is_err(), "said once");
}

#[tokio::test]
async fn before_the_program_ends_it_is_tried_at_once() {
    let mut kept = Kept::hindered().await;
    kept.mark("t1");
    kept.told.recv().await;
    kept.make_way();
    let begun = tokio::time::Instant::now();
    // A machine under load may not write within the time that leaving waits.
    while kept.marked().await.is_empty() && begun.elapsed() < Duration::from_secs(60) {
        kept.keeper.flush().await;
    }
    assert_eq!(kept.marked().await, ["t1"]);
}

#[tokio::test]
async fn whoever_signs_out_leaves_no_marks() {
    let mut kept = Kept::hindered().await;
    kept.mark("t1");
    kept.told.recv().await;
    let held = kept.keeper.held().await.unwrap();
    kept.keeper.leave().await;
    kept.make_way();
    kept.keeper.flush().await;
    assert!(kept.keeper.inner.as_ref().unwrap().common.marks().is_empty());
    assert!(!held.place.path.exists());
}
