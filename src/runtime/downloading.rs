//! An attachment, saved in a folder.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use super::files::{self, Given, NewFile, TELLING};
use super::scratch::{Part, Scratch};
use crate::app::{Destination, Saving, SavingStep, What};
use crate::config::from_home;
use crate::graph::{Client, Sink, Urgency, attachments};
use crate::protocol::{Problem, RequestId};

/// How often is told how much there is.
const TELL_AFTER: Duration = Duration::from_millis(100);

/// Saves an attachment under a name that is free, and tells of it as it comes. What breaks off or is stopped leaves nothing.
pub(super) async fn save(
    client: &Client,
    scratch: &Scratch,
    (id, saving): (RequestId, &Saving),
    inbox: &mpsc::Sender<What>,
) -> Result<PathBuf, Problem> {
    let folder = match &saving.to {
        Destination::Folder { path, make } => {
            let folder = from_home(Path::new(path));
            let folder = std::path::absolute(&folder).unwrap_or(folder);
            if *make {
                files::make_folder(&folder)?;
            }
            folder
        }
        Destination::Opened => scratch.own_folder()?,
    };
    let file = NewFile::in_folder(&folder)?;
    let mut filling = Filling {
        part: scratch.begin(file.path()),
        file,
        begins: Vec::new(),
        done: 0,
        of: None,
        tell: Tell { id, inbox, last: None },
    };
    let content = attachments::content(&saving.group, &saving.thread, &saving.post, &saving.attachment.id);
    client.download(content, Urgency::Person, &mut filling).await?;
    let name = files::name_of(&saving.attachment, &filling.begins);
    let Filling { file, part, .. } = filling;
    let kept = file.keep(&name, false, &mut Given::default());
    drop(part);
    if let (Ok(path), Destination::Opened) = (&kept, &saving.to) {
        close_to_changes(path);
    }
    kept
}

/// What is opened cannot be changed there: it goes when the program ends.
fn close_to_changes(path: &Path) {
    let closed = std::fs::metadata(path).and_then(|about| {
        let mut permissions = about.permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(path, permissions)
    });
    if let Err(error) = closed {
        tracing::warn!(%error, "a file that is opened can be changed");
    }
}

/// A file that fills, and how it begins.
struct Filling<'a> {
    file: NewFile,
    part: Part,
    begins: Vec<u8>,
    done: u64,
    of: Option<u64>,
    tell: Tell<'a>,
}

/// Tells how much there is, now and then.
struct Tell<'a> {
    id: RequestId,
    inbox: &'a mpsc::Sender<What>,
    last: Option<Instant>,
}

impl Tell<'_> {
    fn tell(&mut self, done: u64, of: Option<u64>) {
        if self.last.is_some_and(|last| last.elapsed() < TELL_AFTER) {
            return;
        }
        self.last = Some(Instant::now());
        let step = SavingStep::Has(done, of);
        // A loop that has too much to do can do without.
        let _ = self.inbox.try_send(What::Saving { id: self.id, step });
    }
}

impl Sink for Filling<'_> {
    fn begin(&mut self, announced: Option<u64>) -> Result<(), Problem> {
        self.begins.clear();
        (self.done, self.of, self.tell.last) = (0, announced, None);
        self.tell.tell(0, announced);
        self.file.begin_again()
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        let more = TELLING.saturating_sub(self.begins.len()).min(chunk.len());
        self.begins.extend_from_slice(chunk.get(..more).unwrap_or_default());
        self.file.add(chunk)?;
        self.done += chunk.len() as u64;
        self.tell.tell(self.done, self.of);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::auth::StaticToken;
    use crate::demo::{Options, Tenant};
    use crate::domain::{Attachment, Thread};
    use crate::graph::{Endpoint, threads};
    use crate::protocol::ProblemKind;

    #[tokio::test]
    async fn what_hangs_on_a_post_is_saved_under_names_that_are_free() {
        let tenant = Tenant::spawn(Options::default()).unwrap();
        let token = StaticToken::for_demo(tenant.token().to_owned().into());
        let endpoint = Endpoint::parse(tenant.graph_url()).unwrap();
        let client = Client::new(endpoint, Arc::new(token), |_| {}).unwrap();
        let group = client.group("lantern-launch", Urgency::Person).await.unwrap().id;
        let all: Vec<Thread> = client
            .gather(threads::newest_first(&group), Urgency::Person)
            .await
            .unwrap();
        let is_meant = |thread: &Thread| thread.topic.as_str().starts_with("Packaging proofs");
        let thread = all.into_iter().find(is_meant).unwrap().id;
        let (posts, _) = client.posts(&group, &thread, Urgency::Person).await.unwrap();
        let post = posts[0].id.clone();
        let attachments = client
            .attachments(&group, &thread, &post, Urgency::Person)
            .await
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("changes-r3.csv"), "mine").unwrap();
        let saving = |attachment: &Attachment, folder: &Path, make| Saving {
            group: group.clone(),
            thread: thread.clone(),
            post: post.clone(),
            attachment: attachment.clone(),
            to: Destination::Folder {
                path: folder.to_str().unwrap().to_owned(),
                make,
            },
        };
        let (inbox, mut told) = mpsc::channel(64);
        let scratch = Scratch::default();
        let mut names = Vec::new();
        for attachment in &attachments {
            let saving = saving(attachment, folder.path(), false);
            let path = save(&client, &scratch, (RequestId(7), &saving), &inbox).await.unwrap();
            names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
        assert_eq!(names, ["glow-2-datasheet.pdf", "dieline-r3.svg", "changes-r3 (2).csv"]);
        assert_eq!(
            std::fs::read_to_string(folder.path().join("changes-r3.csv")).unwrap(),
            "mine"
        );
        let size = std::fs::metadata(folder.path().join("dieline-r3.svg")).unwrap().len();
        let mut steps = std::iter::from_fn(|| told.try_recv().ok());
        let step = SavingStep::Has(0, Some(size));
        let id = RequestId(7);
        assert!(steps.any(|what| what == What::Saving { id, step: step.clone() }));
        let nowhere = folder.path().join("nowhere/山田");
        let refused = saving(&attachments[0], &nowhere, false);
        let refused = save(&client, &scratch, (id, &refused), &inbox).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::General);
        let made = saving(&attachments[0], &nowhere, true);
        let made = save(&client, &scratch, (id, &made), &inbox).await.unwrap();
        assert_eq!(made, nowhere.join("glow-2-datasheet.pdf"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 5, "and nothing half");
    }
}
