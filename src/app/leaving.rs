//! Leaving: at once, unless something would be left behind. Then it is said once, and asking again leaves.

use super::cmd::Cmd;
use super::model::Model;
use super::outbox::Stage;
use super::queue::Wait;
use super::{autosave, notice};
use crate::protocol::Problem;

/// What may speak against leaving: what there is to say where it does, the worst first.
const REASONS: [fn(&Model) -> Option<String>; 4] = [unsaved, unsent_here, unfetched, unwritten];

/// Which of it the person was told, since they last wanted anything but to leave.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Told([bool; REASONS.len()]);

/// The person wants to leave: ends the program, or says all that speaks against it.
pub(super) fn asked(model: &mut Model) -> Vec<Cmd> {
    let Told(mut told) = model.leaving;
    let mut said = Vec::new();
    for (told, reason) in told.iter_mut().zip(REASONS) {
        if let Some(words) = reason(model).filter(|_| !*told) {
            *told = true;
            said.push(words);
        }
    }
    if said.is_empty() {
        return leave(model);
    }
    model.leaving = Told(told);
    let said = said.join(" ");
    match autosave::refused(model) {
        Some(problem) => notice::warn(model, &Problem::new(problem.kind, &said, "")),
        None => notice::say(model, &said),
    }
    Vec::new()
}

/// Something written that the disk does not take.
fn unsaved(model: &Model) -> Option<String> {
    let problem = autosave::refused(model)?;
    let what = &problem.what;
    Some(format!(
        "Not saved: {what} Make room, or copy your text; quit again to leave all the same."
    ))
}

/// Something that was to go and has not.
fn unsent_here(model: &Model) -> Option<String> {
    match unsent(model) {
        0 => None,
        1 => Some("A post has not gone yet: quit again to leave it in the outbox.".to_owned()),
        posts => Some(format!(
            "{posts} posts have not gone yet: quit again to leave them in the outbox."
        )),
    }
}

/// Files that have not come yet.
fn unfetched(model: &Model) -> Option<String> {
    let (count, ..) = model.downloads.on_their_way();
    let files = match count {
        0 => return None,
        1 => "A file is",
        _ => "Files are",
    };
    Some(format!(
        "{files} still on the way: quit again to leave without what has not come."
    ))
}

/// Threads that are being written to files.
fn unwritten(model: &Model) -> Option<String> {
    model.downloads.export.as_ref()?;
    Some("Threads are being exported: quit again to leave without the rest of them.".to_owned())
}

/// How many posts would go by themselves if the program did not end. What waits for the person's word is none of them.
pub fn unsent(model: &Model) -> usize {
    let goes = |stage: &Stage| matches!(stage, Stage::Queued(wait) if *wait != Wait::Word);
    model.outbox.iter().filter(|out| goes(&out.stage)).count()
}

/// Something else than leaving was wanted.
pub(super) fn stays(model: &mut Model) {
    model.leaving = Told::default();
}

/// Ends the program: what is typed is saved first, and nothing more falls due.
pub(super) fn leave(model: &mut Model) -> Vec<Cmd> {
    model.ending = true;
    model.typed_ahead = None;
    let mut cmds = autosave::before_leaving(model);
    cmds.push(Cmd::Exit);
    cmds
}
