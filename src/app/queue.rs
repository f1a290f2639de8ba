//! What is to be sent and has not been: a while in which it can be taken back, then one attempt. What came back for want of
//! a connection, or because Graph wanted quiet, is tried again by itself: it certainly was not sent. Within a group things
//! go in the order in which they were said.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::cmd::Cmd;
use super::model::Model;
use super::msg::Moment;
use super::outbox::{self, Outgoing, Stage};
use super::whose::{self, is_ones_own};
use super::{notice, reading};
use crate::domain::{Draft, DraftState, Id};
use crate::keys::{Action, Fact};
use crate::protocol::{Mutation, Problem};

/// How long, at least, what goes by itself can be taken back once the person sees it again: after an earlier run, or after
/// another program had the terminal.
const ANNOUNCED: Duration = Duration::from_secs(10);
/// Longer than ever passes between two messages while seconds are counted down.
const MISSED: Duration = Duration::from_secs(3);
/// When to try again without a connection, after each attempt; the last counts for all that follow.
const TRIES: [Duration; 5] = [
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(20),
    Duration::from_secs(40),
    Duration::from_secs(60),
];

/// What a draft waits for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wait {
    /// The person may take it back until then.
    Undo(Instant),
    /// What goes before it: the person has said that it is to go, then.
    Said(Instant),
    /// A connection; it is tried again then.
    Line {
        /// When.
        again: Instant,
        /// How often it was tried.
        tries: usize,
    },
    /// Graph, which wants quiet.
    Quiet {
        /// Until then.
        until: Timestamp,
        /// The same moment on the steady clock.
        again: Instant,
    },
    /// The person: it was not sent when an earlier run ended, within the time in which it could be taken back. Ending the
    /// program may have been meant to take it back. Or somebody else has signed in since, in whose name it would go.
    Word,
}

impl Wait {
    /// When it is over, if it ends by itself.
    fn over(self) -> Option<Instant> {
        match self {
            Wait::Undo(until) | Wait::Said(until) => Some(until),
            Wait::Line { again, .. } | Wait::Quiet { again, .. } => Some(again),
            Wait::Word => None,
        }
    }
}

/// Puts a draft into the outbox.
pub(super) fn put(model: &mut Model, draft: Draft) -> Vec<Cmd> {
    let undo = model.settings.undo;
    let mut out = Outgoing {
        stage: Stage::Queued(Wait::Undo(model.now.instant + undo)),
        since: model.now.wall,
        ..Outgoing::kept(draft, None)
    };
    whose::take_over(whose::me(model), &mut out);
    out.draft.state = DraftState::Queued {
        since: model.now.wall,
        tried: false,
        until: None,
    };
    if !is_ones_own(model, &out) {
        let takes = model.key(Action::TakeBack);
        notice::say(model, &format!("{} {takes} takes it back.", whose::UNKNOWN));
    }
    let draft = Box::new(out.draft.clone());
    model.outbox.push(out);
    let mut cmds = if undo.is_zero() { go(model) } else { Vec::new() };
    let is_here = |out: &Outgoing| out.draft.id == draft.id && matches!(out.stage, Stage::Queued(_));
    if model.outbox.iter().any(is_here) {
        cmds.push(Cmd::MarkDraft(draft));
    }
    cmds
}

/// What an earlier run had not sent. What was tried goes again, once that was said and Graph no longer wants quiet; what
/// could still be taken back waits for the person's word, and so does what nobody has signed.
pub(super) fn found(model: &Model, draft: &Draft) -> Stage {
    let goes = announced(model);
    let quiet = |until| quiet(model.now, until).filter(|wait| wait.over().is_some_and(|over| over > goes));
    Stage::Queued(match draft.state {
        DraftState::Queued { tried: true, until, .. } if draft.writer.is_some() => {
            until.and_then(quiet).unwrap_or(Wait::Undo(goes))
        }
        _ => Wait::Word,
    })
}

/// Waits for Graph, unless it wants quiet no longer.
fn quiet(now: Moment, until: Timestamp) -> Option<Wait> {
    let left = Duration::try_from(until.duration_since(now.wall)).ok()?;
    let again = now.instant.checked_add(left)?;
    (!left.is_zero()).then_some(Wait::Quiet { until, again })
}

/// Until when what goes by itself can be taken back, if that was said just now.
fn announced(model: &Model) -> Instant {
    model.now.instant + model.settings.undo.max(ANNOUNCED)
}

/// The person could not take anything back since then: where the time for it has passed meanwhile, it begins anew.
pub(super) fn resumed(model: &mut Model, since: Instant) {
    let now = model.now.instant;
    begin_anew(model, |until| (since..=now).contains(&until));
}

/// Time goes on to a moment. While something can be taken back, each second is told: where one of the clocks has gone on by
/// more, the program was stopped or the machine asleep, and the person could take nothing back. The steady clock of some
/// systems stands still in such a sleep, the other may be put right at any time; neither leaves less time than there was.
pub(super) fn pass(model: &mut Model, now: Moment) {
    let before = std::mem::replace(&mut model.now, now);
    let steady = now.instant.saturating_duration_since(before.instant);
    let was_away = steady > MISSED || now.wall.duration_since(before.wall).unsigned_abs() > MISSED;
    if was_away {
        begin_anew(model, |until| until > before.instant);
    }
}

/// Begins the time anew in which what is one's own can be taken back, where it was to end at such a moment.
pub(super) fn begin_anew(model: &mut Model, is_due: impl Fn(Instant) -> bool) {
    let anew = announced(model);
    let mut outbox = std::mem::take(&mut model.outbox);
    let mut waits = false;
    for out in &mut outbox {
        if let Stage::Queued(Wait::Undo(until)) = out.stage
            && is_due(until)
            && is_ones_own(model, out)
        {
            (out.stage, waits) = (Stage::Queued(Wait::Undo(anew.max(until))), true);
        }
    }
    model.outbox = outbox;
    if waits {
        let takes = model.key(Action::TakeBack);
        let said = format!("What you wrote has waited for you, and goes soon: {takes} takes it back.");
        notice::say(model, &said);
    }
}

/// The drafts that may go next: in each group the one that waits longest, if nothing of the group is being sent.
fn heads(model: &Model) -> Vec<(usize, Wait)> {
    let mut busy: HashSet<&Id> = HashSet::new();
    let mut heads = Vec::new();
    // While somebody signs in it may be another in whose name it would go.
    let signs_in = model.sign_in.as_ref().is_some_and(|sign_in| sign_in.attempt.is_some());
    if model.settings.read_only || signs_in {
        return heads;
    }
    for (at, out) in model.outbox.iter().enumerate() {
        match out.stage {
            Stage::Sending(_) => drop(busy.insert(&out.draft.target.group)),
            Stage::Queued(wait)
                if wait != Wait::Word && is_ones_own(model, out) && busy.insert(&out.draft.target.group) =>
            {
                heads.push((at, wait));
            }
            _ => {}
        }
    }
    // One that is being sent blocks those before it, too: it may come back.
    heads.retain(|(at, _)| {
        let group = model.outbox.get(*at).map(|out| &out.draft.target.group);
        let sending = |out: &&Outgoing| matches!(out.stage, Stage::Sending(_));
        !model
            .outbox
            .iter()
            .filter(sending)
            .any(|out| Some(&out.draft.target.group) == group)
    });
    heads
}

/// When the next draft is to go.
pub(super) fn next(model: &Model) -> Option<Instant> {
    heads(model).into_iter().filter_map(|(_, wait)| wait.over()).min()
}

/// When the next that can be taken back goes: what a countdown runs to.
pub fn undo_until(model: &Model) -> Option<Instant> {
    let undo = |out: &Outgoing| match out.stage {
        Stage::Queued(Wait::Undo(until)) if is_ones_own(model, out) => Some(until),
        _ => None,
    };
    let undo = model.outbox.iter().filter_map(undo);
    undo.filter(|until| *until > model.now.instant).min()
}

/// Sends what is due.
pub(super) fn go(model: &mut Model) -> Vec<Cmd> {
    let now = model.now;
    let mut cmds = Vec::new();
    for (at, wait) in heads(model) {
        if wait.over().is_none_or(|over| over > now.instant) {
            continue;
        }
        let Some(out) = model.outbox.get(at) else { continue };
        let (id, cmd) = model.write(Mutation::Deliver(Box::new(out.draft.clone())));
        let Some(out) = model.outbox.get_mut(at) else { continue };
        let tries = match wait {
            Wait::Line { tries, .. } => tries,
            _ => 0,
        };
        out.stage = Stage::Sending(id);
        // From here on whoever sends it writes it.
        (out.save_at, out.save_problem) = (None, None);
        out.tries = tries;
        // Should the line break, it is looked for around the moment when it went, which is told then.
        out.draft.state = DraftState::Sending { since: now.wall };
        cmds.push(cmd);
    }
    if !cmds.is_empty() {
        cmds.extend(reading::arrange_entries(model));
    }
    cmds
}

/// It certainly was not sent, and what kept it may pass: it waits, and keeps its place.
pub(super) fn came_back(model: &mut Model, at: usize, problem: Problem) -> Vec<Cmd> {
    let now = model.now;
    let Some(out) = model.outbox.get_mut(at) else {
        return Vec::new();
    };
    // Somebody has signed in since it went.
    let is_nobodys = out.draft.writer.is_none() && !out.theirs;
    out.draft.state = DraftState::Queued {
        since: out.since,
        tried: true,
        until: problem.retry_at,
    };
    let (wait, why) = match problem.retry_at.and_then(|until| quiet(now, until)) {
        Some(quiet) => (quiet, "Graph wants quiet"),
        None => {
            let pause = TRIES.get(out.tries).or(TRIES.last()).copied().unwrap_or_default();
            let (again, tries) = (now.instant + pause, out.tries + 1);
            (Wait::Line { again, tries }, "There is no connection")
        }
    };
    let first = out.problem.is_none();
    let wait = if is_nobodys { Wait::Word } else { wait };
    (out.stage, out.problem) = (Stage::Queued(wait), Some(problem));
    if first {
        let shows = model.key(Action::ShowDrafts);
        let then = if is_nobodys {
            "for your word"
        } else {
            "and goes by itself"
        };
        let said = format!("Not sent yet. {why}: it waits in the outbox ({shows}) {then}.");
        notice::say(model, &said);
    }
    reading::arrange_entries(model)
}

/// The line works again: what waited for it goes now.
pub(super) fn online(model: &mut Model) {
    let now = model.now.instant;
    for out in &mut model.outbox {
        if let Stage::Queued(Wait::Line { again, .. }) = &mut out.stage {
            *again = now;
        }
    }
}

/// Takes the newest that waits back into the composer.
pub(super) fn take_back(model: &mut Model) -> Vec<Cmd> {
    let waits = |out: &Outgoing| matches!(out.stage, Stage::Queued(_));
    match model.outbox.iter().rposition(waits) {
        Some(at) => outbox::write_again(model, at),
        None => Vec::new(),
    }
}

/// The person says that what waits is to go now.
pub(super) fn send_now(model: &mut Model, at: usize) -> Vec<Cmd> {
    let now = model.now.instant;
    if model.settings.read_only {
        notice::say(model, Fact::MayWrite.missing());
        return Vec::new();
    }
    let [opens, writes] = [Action::Open, Action::WriteAgain].map(|action| model.key(action));
    let me = whose::me(model);
    let Some(out) = model.outbox.get_mut(at) else {
        return Vec::new();
    };
    let said = match &mut out.stage {
        Stage::Queued(wait) => {
            *wait = Wait::Said(now);
            whose::take_over(me, out);
            let cmds = go(model);
            if model.outbox.get(at).is_some_and(|out| !is_ones_own(model, out)) {
                notice::say(model, whose::UNKNOWN);
            } else if cmds.is_empty() {
                notice::say(model, "It goes once what was written before it in this group has gone.");
            }
            return cmds;
        }
        Stage::Kept => format!("{opens} goes on with it; there it can be reviewed and sent."),
        Stage::Unsettled => format!("It may have been sent: {opens} looks, {writes} writes it again."),
        Stage::Sending(_) | Stage::Seeking { .. } | Stage::Visible(_) => "It is on its way.".into(),
    };
    notice::say(model, &said);
    Vec::new()
}
