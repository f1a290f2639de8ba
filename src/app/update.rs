//! The one way the model changes.

use super::cmd::Cmd;
use super::model::Model;
use super::msg::{Msg, What};
use super::timers::{TimerId, timers};
use super::typed_ahead::Input;
use super::{
    account, ahead, attachments, autosave, awaited, compose, conversations, copying, deletion, downloads, earlier_run,
    export, finder, groups, handover, header, in_view, kept, keyboard, leaving, looking, marks, members, mention,
    movement, nearby, nested, notice, org, outbox, overlap, overlay, own, paths, photo, profile, queue, raw, reading,
    recovery, review, search, seen, sign_in, templates, thread_changes, threads, typed_ahead, welcome,
};
use crate::protocol::{Lane, Part, ProblemKind, Query, Reply};

/// Takes a message: changes the model, and says what is to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Cmd> {
    queue::pass(model, msg.at);
    let mut cmds = take(model, msg.what);
    cmds.extend(typed_ahead::take(model));
    groups::keep_together(model);
    cmds.extend(photo::follow(model));
    in_view::keep(model);
    cmds.extend(marks::follow(model));
    cmds.extend(seen::follow(model));
    own::follow(model);
    cmds
}

fn take(model: &mut Model, what: What) -> Vec<Cmd> {
    match what {
        What::Started => start(model),
        What::Drafts {
            mine,
            elsewhere,
            unreadable,
        } => earlier_run::found(model, mine, elsewhere, unreadable),
        What::DraftsLeft { mine, elsewhere } => earlier_run::left(model, mine, elsewhere),
        What::Shown => {
            review::seen(model);
            Vec::new()
        }
        What::Resumed { since } => {
            queue::resumed(model, since);
            Vec::new()
        }
        What::Key(chord) => keyboard::input(model, Input::Key(chord)),
        What::Paste(text) => keyboard::input(model, Input::Paste(text)),
        What::Resized(size) => {
            let before = reading::rows(model);
            model.size = size;
            let after = reading::rows(model);
            model.posts.resized(before, after);
            let mut cmds = raw::lay_out(model);
            cmds.extend(compose::laid_out(model));
            cmds.extend(photo::resized(model));
            cmds
        }
        What::Reply(reply) => take_reply(model, reply),
        What::Traffic(traffic) => {
            let is_back = model.traffic.offline && !traffic.offline;
            model.traffic = traffic;
            if !is_back {
                return Vec::new();
            }
            queue::online(model);
            recovery::read_again(model, |problem| problem.kind == ProblemKind::Network)
        }
        What::Typeset { width, laid_out } => reading::typeset(model, width, laid_out),
        What::Searched { needle, posts } => {
            search::searched(model, needle, posts);
            Vec::new()
        }
        What::Photo { id, outcome } => {
            photo::answered(model, id, outcome);
            Vec::new()
        }
        What::Filtered {
            list,
            generation,
            shown,
        } => {
            model.filtered(list, generation, shown);
            Vec::new()
        }
        What::DraftSaved {
            draft,
            revision,
            result,
        } => autosave::answered(model, &draft, revision, result),
        What::NotMarked { draft, problem } => autosave::not_marked(model, &draft, problem),
        What::OwnFound(words) => own::found(model, words),
        What::OwnKept { words, result } => own::answered(model, &words, result),
        What::Quoted { draft, html } => awaited::quoted(model, &draft, html),
        What::Exporting { id, step } => export::told(model, id, step),
        What::Saving { id, step } => downloads::told(model, id, step),
        What::Templates(result) => templates::read(model, result),
        What::Listed { id, result } => paths::listed(model, id, result),
        What::Previewed { draft, set } => {
            review::previewed(model, &draft, set);
            Vec::new()
        }
        What::Enclosed { draft, path, result } => {
            let mut cmds = header::enclosed(model, &draft, &path, result);
            cmds.extend(compose::laid_out(model));
            cmds
        }
        What::RawLaidOut { id, rows } => {
            raw::laid_out(model, id, rows);
            Vec::new()
        }
        What::PlainText(text) => copying::hand_over(model, text),
        What::Edited { draft, result } => compose::edited(model, &draft, result),
        What::SignIn { id, step } => sign_in::step(model, id, step),
        What::SignedOut(result) => account::signed_out(model, result),
        What::Standing { standing, granted } => account::stands(model, standing, granted),
        What::Begun(result) => welcome::begun(model, result),
        What::CardSaved(Ok(file)) => {
            notice::say(model, &format!("Saved as {file}"));
            Vec::new()
        }
        What::Readable(text) => attachments::read(model, text),
        What::Failed(problem) | What::CardSaved(Err(problem)) => {
            notice::warn(model, &problem);
            Vec::new()
        }
        What::Due(timer) => due(model, &timer),
        What::Quit => leaving::leave(model),
    }
}

fn start(model: &mut Model) -> Vec<Cmd> {
    if model.welcome.is_some() {
        welcome::start(model);
        return Vec::new();
    }
    if model.settings.after_welcome && model.settings.can_sign_in {
        return sign_in::start(model, "This profile is new here.");
    }
    first_reads(model)
}

/// Reads what the first screen shows.
pub(super) fn first_reads(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = groups::load(model);
    cmds.push(ask_who_i_am(model));
    cmds.push(Cmd::AskStanding);
    cmds
}

/// Reads who is signed in.
pub(super) fn ask_who_i_am(model: &mut Model) -> Cmd {
    let (id, cmd) = model.read(Lane::Me, Query::Me);
    model.me.await_reply(id);
    cmd
}

fn take_reply(model: &mut Model, reply: Reply) -> Vec<Cmd> {
    if let Part::Kept(at) = reply.part {
        if handover::is_of_another(model, reply.id) {
            return Vec::new();
        }
        return kept::take(model, at, reply);
    }
    let held = overlay::selected_draft(model);
    let id = reply.id;
    let refusal = sign_in::refusal(&reply);
    let said_by_another = refusal
        .as_ref()
        .is_some_and(|problem| problem.kind == ProblemKind::OtherAccount);
    let refusal = refusal.filter(|_| sign_in::is_waited_for(model, id));
    let mut cmds = hand_on(model, &reply);
    overlay::follow_draft(model, held);
    if let Some(problem) = refusal {
        sign_in::refused(model, id, &problem);
    }
    if said_by_another {
        cmds.push(ask_who_i_am(model));
    }
    cmds
}

/// Takes an answer if it is awaited here; `None` where it is another's.
type Taker = fn(&mut Model, &Reply) -> Option<Vec<Cmd>>;

/// Whoever may await an answer. Each knows its own by their id.
const TAKERS: &[Taker] = &[
    groups::reply,
    groups::opened_reply,
    groups::unseen_reply,
    members::reply,
    threads::reply,
    threads::watch_reply,
    conversations::reply,
    conversations::look_reply,
    reading::reply,
    reading::attachments_reply,
    raw::reply,
    ahead::reply,
    own::me_reply,
    own::reply,
    outbox::sent_reply,
    looking::look_reply,
    thread_changes::reply,
    deletion::reply,
    seen::reply,
    nearby::reply,
    finder::reply,
    mention::reply,
    profile::reply,
    org::reply,
    nested::reply,
    overlap::reply,
];

/// Hands an answer to whoever awaits it. An answer that nobody awaits is stale, and changes nothing.
fn hand_on(model: &mut Model, reply: &Reply) -> Vec<Cmd> {
    let taken = TAKERS.iter().find_map(|take| take(model, reply));
    taken.unwrap_or_default()
}

fn due(model: &mut Model, timer: &TimerId) -> Vec<Cmd> {
    let now = model.now.instant;
    if !timers(model).iter().any(|other| other.id == *timer && other.due <= now) {
        // The deadline was moved or dropped while it came. The clock's is among these: this message's newer time is all
        // that it is for.
        return Vec::new();
    }
    match timer {
        TimerId::Rest => movement::rested(model),
        TimerId::Save => autosave::due(model),
        TimerId::Notice => {
            notice::expire(model);
            Vec::new()
        }
        TimerId::Watch => threads::watch(model),
        TimerId::TypedAhead => {
            typed_ahead::give_up(model);
            Vec::new()
        }
        TimerId::AskServer => groups::ask_server(model),
        TimerId::Photo => photo::due(model),
        TimerId::AskDirectory if model.finder.is_some() => finder::ask_directory(model),
        TimerId::AskDirectory => mention::ask_directory(model),
        TimerId::Outbox => queue::go(model),
        TimerId::Settle(draft) => looking::look(model, draft),
        TimerId::Clock | TimerId::Countdown => Vec::new(),
    }
}
