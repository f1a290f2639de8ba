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
use super::{notice, reading};
use crate::domain::{Draft, DraftState, Id, Writer};
use crate::keys::{Action, Fact};
use crate::protocol::{Job, Mutation, Problem, Request};

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
            Wait::Undo(until) => Some(until),
            Wait::Line { again, .. } | Wait::Quiet { again, .. } => Some(again),
            Wait::Word => None,
        }
    }
}

/// Whoever is signed in says that a draft is to be sent: it is theirs from then on.
fn take_over(model: &Model, draft: &mut Draft) {
    if let Some(me) = model.me.shown() {
        draft.writer = Some(Writer::of(&me.person));
    }
}

/// Whether a draft is the word of whoever is signed in, as far as is known. Until it is known who that is, what has a writer
/// waits.
pub fn is_ones_own(model: &Model, draft: &Draft) -> bool {
    match (&draft.writer, model.me.shown()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(_), Some(me)) => draft.of_another(&me.person.id).is_none(),
    }
}

/// It is known who is signed in: what has waited for that can be taken back from now on, and a notice says where something
/// is another's word.
pub(super) fn me_came(model: &mut Model) {
    let now = model.now.instant;
    begin_anew(model, |until| until <= now);
    let waits = |out: &&Outgoing| matches!(out.stage, Stage::Queued(_)) && !is_ones_own(model, &out.draft);
    let Some(me) = model.me.shown() else { return };
    let mut others = model.outbox.iter().filter(waits);
    let of_another = |out: &Outgoing| Some(out.draft.of_another(&me.person.id)?.name.clone());
    let Some(name) = others.next().and_then(of_another) else {
        return;
    };
    let more = others.count();
    let shows = model.key(Action::ShowDrafts);
    let said = match more {
        0 => format!("A post waits that was written as {name}: {shows} shows it."),
        more => format!(
            "{} posts wait that were written as {name} or others: {shows} shows them.",
            more + 1
        ),
    };
    notice::say(model, &said);
}

/// Puts a draft into the outbox.
pub(super) fn put(model: &mut Model, mut draft: Draft) -> Vec<Cmd> {
    let undo = model.settings.undo;
    take_over(model, &mut draft);
    draft.state = DraftState::Queued {
        since: model.now.wall,
        tried: false,
    };
    model.outbox.push(Outgoing {
        stage: Stage::Queued(Wait::Undo(model.now.instant + undo)),
        since: model.now.wall,
        ..Outgoing::kept(draft.clone(), None)
    });
    if undo.is_zero() {
        let sent = go(model);
        if !sent.is_empty() {
            return sent;
        }
    }
    vec![Cmd::MarkDraft(Box::new(draft))]
}

/// What an earlier run had not sent. What was tried goes again, once that was said; what could still be taken back waits
/// for the person's word.
pub(super) fn found(model: &Model, tried: bool) -> Stage {
    Stage::Queued(if tried {
        Wait::Undo(announced(model))
    } else {
        Wait::Word
    })
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
fn begin_anew(model: &mut Model, is_due: impl Fn(Instant) -> bool) {
    let anew = announced(model);
    let mut outbox = std::mem::take(&mut model.outbox);
    let mut waits = false;
    for out in &mut outbox {
        if let Stage::Queued(Wait::Undo(until)) = &mut out.stage
            && is_due(*until)
            && is_ones_own(model, &out.draft)
        {
            (*until, waits) = (anew.max(*until), true);
        }
    }
    model.outbox = outbox;
    if waits {
        let takes = model.key(Action::TakeBack);
        let said = format!("What you wrote has waited for you, and goes soon: {takes} takes it back.");
        notice::say(model, &said);
    }
}

/// Somebody else has signed in: what waits would go in their name, so it waits for the person's word, in the next run, too.
pub(super) fn hold(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = Vec::new();
    for out in &mut model.outbox {
        if let Stage::Queued(wait) = &mut out.stage {
            *wait = Wait::Word;
            let (since, tried) = (out.since, false);
            out.draft.state = DraftState::Queued { since, tried };
            cmds.push(Cmd::MarkDraft(Box::new(out.draft.clone())));
        }
    }
    cmds
}

/// The drafts that may go next: in each group the one that waits longest, if nothing of the group is being sent.
fn heads(model: &Model) -> Vec<(usize, Wait)> {
    let mut busy: HashSet<&Id> = HashSet::new();
    let mut heads = Vec::new();
    if model.settings.read_only {
        return heads;
    }
    for (at, out) in model.outbox.iter().enumerate() {
        match out.stage {
            Stage::Sending(_) => drop(busy.insert(&out.draft.target.group)),
            Stage::Queued(wait)
                if wait != Wait::Word && is_ones_own(model, &out.draft) && busy.insert(&out.draft.target.group) =>
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
        Stage::Queued(Wait::Undo(until)) if is_ones_own(model, &out.draft) => Some(until),
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
        let id = model.next_id();
        let Some(out) = model.outbox.get_mut(at) else { continue };
        let tries = match wait {
            Wait::Line { tries, .. } => tries,
            _ => 0,
        };
        out.stage = Stage::Sending(id);
        // From here on whoever sends it writes it.
        out.save_at = None;
        out.tries = tries;
        let draft = Box::new(out.draft.clone());
        // Should the line break, it is looked for around this moment, however long the breaking took.
        out.draft.state = DraftState::Sending { since: now.wall };
        cmds.push(Cmd::Send(Request {
            id,
            job: Job::Write(Mutation::Deliver(draft)),
        }));
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
    out.draft.state = DraftState::Queued {
        since: out.since,
        tried: true,
    };
    let quiet = problem.retry_at.filter(|until| *until > now.wall);
    let (wait, why) = match quiet {
        Some(until) => {
            let left = Duration::try_from(until.duration_since(now.wall)).unwrap_or_default();
            let again = now.instant + left;
            (Wait::Quiet { until, again }, "Graph wants quiet")
        }
        None => {
            let pause = TRIES.get(out.tries).or(TRIES.last()).copied().unwrap_or_default();
            let (again, tries) = (now.instant + pause, out.tries + 1);
            (Wait::Line { again, tries }, "There is no connection")
        }
    };
    let first = out.problem.is_none();
    (out.stage, out.problem) = (Stage::Queued(wait), Some(problem));
    if first {
        let shows = model.key(Action::ShowDrafts);
        let said = format!("Not sent yet. {why}: it waits in the outbox ({shows}) and goes by itself.");
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
    let me = model.me.shown().map(|me| Writer::of(&me.person));
    let Some(out) = model.outbox.get_mut(at) else {
        return Vec::new();
    };
    let said = match &mut out.stage {
        Stage::Queued(wait) => {
            out.draft.writer = me;
            *wait = Wait::Undo(now);
            let cmds = go(model);
            if cmds.is_empty() {
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
