//! Threads written to files: the one in hand, or all of its group, in a format and a folder of the person's choice.

use std::path::PathBuf;

use jiff::tz::TimeZone;

use super::cmd::Cmd;
use super::model::Model;
use super::notice;
use super::prompt::{self, Purpose};
use crate::domain::{ExportFormat, Group, Id};
use crate::keys::Action;
use crate::layout::Pane;
use crate::protocol::{Problem, RequestId};
use crate::text::counted;

/// What is to be written, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Exporting {
    /// The group.
    pub group: Group,
    /// The thread; `None` for all of the group.
    pub thread: Option<Id>,
    /// What they are written as.
    pub format: ExportFormat,
    /// The folder, as it was typed.
    pub folder: String,
    /// It is to be made where it is not there.
    pub make: bool,
    /// The zone that times are written in.
    pub zone: TimeZone,
    /// `2:05 pm` instead of `14:05`.
    pub twelve_hours: bool,
}

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// The file, or the folder where there are several.
    pub place: PathBuf,
    /// How many threads.
    pub threads: usize,
    /// How many posts.
    pub posts: usize,
    /// Of so many threads Graph hands out no more posts than these, so there may be more.
    pub cut_short: usize,
    /// So many attachments are left out, as Graph did not hand them out.
    pub missing: usize,
}

/// What is told of an export.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportStep {
    /// So many threads are written, of so many.
    Has(usize, usize),
    /// All are, or it broke off.
    Done(Result<Exported, Problem>),
}

/// An export under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    pub(super) id: RequestId,
    /// Threads that are written.
    pub done: usize,
    /// Threads in all, once that is known.
    pub of: Option<usize>,
}

/// Asks for the folder that the thread in hand is to be written to, or all of its group.
pub(super) fn ask(model: &mut Model, all: bool) -> Vec<Cmd> {
    if model.downloads.export.is_some() {
        let stops = model.key(Action::StopExport);
        notice::say(
            model,
            &format!("Threads are being exported already: {stops} stops that."),
        );
        return Vec::new();
    }
    if model.group.is_none() {
        return Vec::new();
    }
    let (format, pane) = (model.downloads.format, model.focus);
    prompt::ask_for_folder(model, Purpose::Export { all, format, pane })
}

/// Another format.
pub(super) fn next_format(model: &mut Model) {
    let Some(prompt) = &mut model.prompt else { return };
    if let Purpose::Export { format, .. } = &mut prompt.purpose {
        *format = format.next();
        model.downloads.format = *format;
    }
}

/// Begins, now that the folder is known.
pub(super) fn begin(model: &mut Model, purpose: Purpose, folder: String, make: bool) -> Vec<Cmd> {
    let Purpose::Export { all, format, pane } = purpose else {
        return Vec::new();
    };
    let Some(group) = model.group.clone() else {
        return Vec::new();
    };
    let shown = match pane {
        Pane::Posts => model.posts.thread.as_ref(),
        _ => model.threads.list.selected(),
    };
    let thread = shown.map(|thread| thread.id.clone()).filter(|_| !all);
    if thread.is_none() && !all {
        return Vec::new();
    }
    let id = model.next_id();
    model.downloads.export = Some(Export { id, done: 0, of: None });
    let export = Exporting {
        group,
        thread,
        format,
        folder,
        make,
        zone: model.settings.zone.clone(),
        twelve_hours: model.settings.times.twelve_hours,
    };
    let export = Box::new(export);
    vec![Cmd::Export { id, export }]
}

/// Takes what is told of it, unless it was stopped meanwhile.
pub(super) fn told(model: &mut Model, id: RequestId, step: ExportStep) -> Vec<Cmd> {
    let Some(export) = model.downloads.export.as_mut().filter(|export| export.id == id) else {
        return Vec::new();
    };
    let result = match step {
        ExportStep::Has(done, of) => {
            (export.done, export.of) = (done, Some(of));
            return Vec::new();
        }
        ExportStep::Done(result) => result,
    };
    model.downloads.export = None;
    match result {
        Ok(exported) => {
            let Exported {
                place,
                threads,
                posts,
                cut_short,
                missing,
            } = exported;
            let [threads, posts] = [counted(threads, "thread", "threads"), counted(posts, "post", "posts")];
            let more = match cut_short {
                0 => String::new(),
                1 => " Graph hands out a hundred posts of a thread at most: one may have more.".to_owned(),
                count => format!(" Graph hands out a hundred posts of a thread at most: {count} may have more."),
            };
            let without = match missing {
                0 => String::new(),
                count => {
                    let attachments = counted(count, "attachment", "attachments");
                    format!(" Graph did not hand out {attachments}: left out.")
                }
            };
            let said = format!("Exported {threads} with {posts}: {}.{without}{more}", place.display());
            notice::say(model, &said);
        }
        Err(problem) => notice::warn(model, &problem),
    }
    Vec::new()
}

/// Stops it. Threads that are written stay; of the others there is nothing.
pub(super) fn stop(model: &mut Model) -> Vec<Cmd> {
    let Some(export) = model.downloads.export.take() else {
        return Vec::new();
    };
    notice::say(model, "The export is stopped. Threads that were written whole stay.");
    vec![Cmd::StopSaving(export.id)]
}
