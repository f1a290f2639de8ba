//! Attachments on their way to the disk: a few at a time, each told of as it comes, and none of it in the way of anything.

use std::path::PathBuf;

use super::cmd::{Cmd, Destination, Saving};
use super::export::Export;
use super::model::Model;
use super::notice;
use crate::domain::{Attachment, ExportFormat, Id, Text};
use crate::protocol::{Problem, RequestId};

/// So many come at once. Graph serves four requests of a mailbox at a time, and reading goes on meanwhile.
const AT_ONCE: usize = 2;
/// So many are remembered.
const REMEMBERED: usize = 200;

/// An attachment that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Download {
    /// The request.
    pub id: RequestId,
    /// What was asked for.
    pub saving: Saving,
    /// How far it has come.
    pub stage: Fetching,
    /// The first request of those that were asked for together.
    together: RequestId,
}

/// How far an attachment has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Fetching {
    /// Others come first.
    Waiting,
    /// It is on its way.
    Coming {
        /// Bytes that are there.
        done: u64,
        /// Bytes in all, where the server told.
        of: Option<u64>,
    },
    /// It lies there.
    Saved(PathBuf),
    /// It could not be had.
    Failed(Problem),
    /// The person wants it no more; nothing of it is left.
    Stopped,
}

impl Fetching {
    /// Whether it is on its way, or waits for its turn.
    fn is_under_way(&self) -> bool {
        matches!(self, Fetching::Waiting | Fetching::Coming { .. })
    }
}

/// What is told of an attachment that is being saved.
#[derive(Debug, Clone, PartialEq)]
pub enum SavingStep {
    /// So many bytes are there, of so many in all where that is known.
    Has(u64, Option<u64>),
    /// It lies there, or could not be had.
    Done(Result<PathBuf, Problem>),
}

/// What was asked for in this run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Downloads {
    all: Vec<Download>,
    /// Threads that are being written to files.
    pub export: Option<Export>,
    /// The format that was chosen last for such.
    pub(super) format: ExportFormat,
}

impl Download {
    fn is_of(&self, post: &Id, attachment: &Id) -> bool {
        self.saving.post == *post && self.saving.attachment.id == *attachment
    }
}

impl Downloads {
    /// How an attachment stands that was asked for. Where it was asked for twice, to be saved and to be opened, that is what
    /// is still under way, or else the newest word.
    pub fn of(&self, post: &Id, attachment: &Id) -> Option<&Download> {
        let mut newest_first = self.all.iter().rev().filter(|it| it.is_of(post, attachment));
        let under_way = newest_first.clone().find(|it| it.stage.is_under_way());
        under_way.or_else(|| newest_first.next())
    }

    /// Whether an attachment is on its way, or waits for its turn.
    pub(super) fn is_coming(&self, post: &Id, attachment: &Id) -> bool {
        let mut all = self.all.iter();
        all.any(|it| it.is_of(post, attachment) && it.stage.is_under_way())
    }

    /// Those that are on their way or wait for it: how many, how many bytes are there, and in all where that is known.
    pub fn on_their_way(&self) -> (usize, u64, Option<u64>) {
        let under_way = self.all.iter().filter_map(|it| match it.stage {
            Fetching::Waiting => Some((0, Some(it.saving.attachment.size))),
            Fetching::Coming { done, of } => Some((done, of)),
            _ => None,
        });
        under_way.fold((0, 0, Some(0)), |(count, done, all), (more, of)| {
            let all = all.zip(of).map(|(all, of): (u64, u64)| all.saturating_add(of));
            (count + 1, done + more, all)
        })
    }
}

/// Asks for attachments of a post.
pub(super) fn begin(model: &mut Model, wanted: Vec<Saving>) -> Vec<Cmd> {
    let mut together = None;
    for saving in wanted {
        let id = model.next_id();
        let together = *together.get_or_insert(id);
        model.downloads.all.push(Download {
            id,
            saving,
            stage: Fetching::Waiting,
            together,
        });
    }
    let all = &mut model.downloads.all;
    let mut too_many = all.len().saturating_sub(REMEMBERED);
    all.retain(|it| {
        let stays = too_many == 0 || it.stage.is_under_way();
        too_many -= usize::from(!stays);
        stays
    });
    go_on(model)
}

/// Begins those whose turn it is.
fn go_on(model: &mut Model) -> Vec<Cmd> {
    let all = &mut model.downloads.all;
    let coming = all
        .iter()
        .filter(|it| matches!(it.stage, Fetching::Coming { .. }))
        .count();
    let waiting = all.iter_mut().filter(|it| it.stage == Fetching::Waiting);
    let mut cmds = Vec::new();
    for it in waiting.take(AT_ONCE.saturating_sub(coming)) {
        it.stage = Fetching::Coming { done: 0, of: None };
        let saving = Box::new(it.saving.clone());
        cmds.push(Cmd::Save { id: it.id, saving });
    }
    cmds
}

/// Takes what is told of one, unless it was stopped meanwhile.
pub(super) fn told(model: &mut Model, id: RequestId, step: SavingStep) -> Vec<Cmd> {
    let all = &mut model.downloads.all;
    let Some(at) = all.iter().position(|it| it.id == id) else {
        return Vec::new();
    };
    let Some(it) = all.get_mut(at).filter(|it| matches!(it.stage, Fetching::Coming { .. })) else {
        return Vec::new();
    };
    match step {
        SavingStep::Has(done, of) => {
            it.stage = Fetching::Coming { done, of };
            return Vec::new();
        }
        SavingStep::Done(Ok(path)) => {
            it.stage = Fetching::Saved(path.clone());
            if it.saving.to == Destination::Opened {
                let mut cmds = go_on(model);
                cmds.push(open(model, path));
                return cmds;
            }
        }
        SavingStep::Done(Err(problem)) => {
            let named = Problem {
                what: Text::new(&format!("{}: {}", it.saving.attachment.name, problem.what)),
                ..problem.clone()
            };
            it.stage = Fetching::Failed(problem);
            notice::warn(model, &named);
        }
    }
    say_saved(model, at);
    go_on(model)
}

/// Says where those are that were asked for together, once the last has come.
fn say_saved(model: &mut Model, last: usize) {
    let all = &model.downloads.all;
    let Some(Download { together, stage, .. }) = all.get(last) else {
        return;
    };
    let with_it = all.iter().filter(|it| it.together == *together);
    let is_over = with_it
        .clone()
        .all(|it| !matches!(it.stage, Fetching::Waiting | Fetching::Coming { .. }));
    let Fetching::Saved(path) = stage else { return };
    let said = match with_it.filter(|it| matches!(it.stage, Fetching::Saved(_))).count() {
        _ if !is_over => return,
        1 => format!("Saved as {}.", path.display()),
        count => format!("{count} files are saved, the last as {}.", path.display()),
    };
    notice::say(model, &said);
}

/// Opens a file that has come to be opened.
pub(super) fn open(model: &mut Model, path: PathBuf) -> Cmd {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    notice::say(model, &format!("Opening {name}…"));
    Cmd::OpenFile(path)
}

/// Stops one that is on its way; what there is of it goes.
pub(super) fn stop(model: &mut Model, post: &Id, attachment: &Id) -> Vec<Cmd> {
    let all = &mut model.downloads.all;
    let mut newest_first = all.iter_mut().rev();
    let Some(it) = newest_first.find(|it| it.is_of(post, attachment) && it.stage.is_under_way()) else {
        return Vec::new();
    };
    let mut cmds = match it.stage {
        Fetching::Coming { .. } => vec![Cmd::StopSaving(it.id)],
        _ => Vec::new(),
    };
    it.stage = Fetching::Stopped;
    cmds.extend(go_on(model));
    cmds
}

/// An attachment of the post under the cursor, to be fetched.
pub(super) fn saving(model: &Model, attachment: &Attachment, to: Destination) -> Option<Saving> {
    let (group, thread) = (model.group.as_ref()?, model.posts.thread.as_ref()?);
    let entry = model.posts.selected()?;
    Some(Saving {
        group: group.id.clone(),
        thread: thread.id.clone(),
        post: entry.post.id.clone(),
        attachment: attachment.clone(),
        to,
    })
}
