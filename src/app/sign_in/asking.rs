//! When signing in comes to the screen by itself: something was refused, or a permission is missing.

use super::{SigningIn, show};
use crate::app::model::Model;
use crate::app::outbox::Stage;
use crate::app::{finder, nested, org, overlap, own, review, thread_changes};
use crate::domain::Kind;
use crate::keys::Action;
use crate::layout::Pane;
use crate::protocol::capability::DETAILS;
use crate::protocol::{Delivery, Payload, Problem, ProblemKind, Reply, RequestId, SignIn};

/// Whether a refusal opens the sign-in by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::app) enum Asking {
    /// It does, if what was refused was asked for after this.
    After(RequestId),
    /// The person wants to be left alone until they ask for something again.
    Declined,
}

/// The person asks for something anew: a refusal of it may open the sign-in again.
pub(in crate::app) fn wanted(model: &mut Model, action: Action) {
    use Action::{Accept, ConfirmSend, FindPerson, MyProfile, NextScope, Open, Refresh, ShowProfile};
    let asks = matches!(
        action,
        Open | Refresh | ConfirmSend | Accept | FindPerson | MyProfile | ShowProfile | NextScope
    );
    if asks && model.asking == Asking::Declined {
        model.asking = Asking::After(model.newest_id());
    }
}

/// Whether somebody waits for the answer to a request: what is fetched or looked for by itself never asks anybody.
pub(in crate::app) fn is_waited_for(model: &Model, id: RequestId) -> bool {
    model.groups.list.items.awaits(id)
        || model.members.list.items.awaits(id)
        || model.threads.list.items.awaits(id)
        || model.posts.posts.awaits(id)
        || model.me.awaits(id)
        || model.groups.awaits_group(id)
        || finder::awaits(model, id)
        || org::awaits(model, id)
        || nested::awaits(model, id)
        || overlap::awaits(model, id)
        || model.profiles.last().is_some_and(|profile| profile.awaits(id))
        || model.outbox.iter().any(|out| out.stage == Stage::Sending(id))
        || own::awaits(model, id)
        || thread_changes::awaits(model, id)
}

/// What kept an answer from being given, be it to a read or to a write.
pub(in crate::app) fn refusal(reply: &Reply) -> Option<Problem> {
    match &reply.result {
        Err(problem) => Some(problem.clone()),
        Ok(Payload::Delivery {
            outcome: Delivery::NotSent(problem),
            ..
        })
        | Ok(Payload::Changed(Delivery::NotSent(problem))) => Some(problem.clone()),
        Ok(_) => None,
    }
}

/// Something that somebody waits for was refused: opens the sign-in where signing in helps, once.
pub(in crate::app) fn refused(model: &mut Model, id: RequestId, problem: &Problem) {
    let heard = matches!(model.asking, Asking::After(since) if id > since);
    if !model.settings.can_sign_in || model.sign_in.is_some() || problem.kind != ProblemKind::SignIn || !heard {
        return;
    }
    show(model, SigningIn::new(SignIn::default(), problem.what.as_str()));
}

/// Asks for a permission. The reason stands there first; nothing begins before the person says so.
pub(in crate::app) fn propose(model: &mut Model, scope: &str, why: &str) {
    let ask = SignIn {
        scopes: vec![scope.to_owned()],
        ..SignIn::default()
    };
    show(model, SigningIn::new(ask, why));
}

/// Asks for the permission that the pane in hand could not be read without.
pub(in crate::app) fn ask_for_missing(model: &mut Model) {
    if let Some((scope, why)) = missing_here(model) {
        propose(model, scope, &why);
    }
}

/// The permission that the pane in hand could not be read without, or not whole, and why it is needed.
pub(in crate::app) fn missing_here(model: &Model) -> Option<(&'static str, String)> {
    if let Some(problem) = problem_here(model)
        && let Some(scope) = problem.missing
    {
        return Some((scope, problem.what.to_string()));
    }
    let are_members = model.profile().is_none() && model.focus == Pane::Members && !model.members.list.is_empty();
    (are_members && model.lacks(&DETAILS)).then(|| {
        let scope = DETAILS.scope();
        let why = format!("What the members do is hidden: it needs the permission {scope}, which was not granted.");
        (scope, why)
    })
}

/// Why the pane in hand could not be read.
fn problem_here(model: &Model) -> Option<&Problem> {
    if let Some(profile) = model.profile() {
        return profile.problem();
    }
    match model.focus {
        Pane::Groups => model.groups.list.items.problem(),
        Pane::Members => model.members.list.items.problem(),
        Pane::Threads => model.threads.list.items.problem(),
        Pane::Posts => model.posts.posts.problem(),
    }
}

/// What is written needs a permission that was never granted: says so, and asks for it. The draft stays as it is.
pub(in crate::app) fn before_sending(model: &mut Model) -> bool {
    let Some(capability) = review::capability() else {
        return false;
    };
    if !model.lacks(capability) || !model.settings.can_sign_in {
        return false;
    }
    let scope = capability.scope();
    let doing = match model.composer.as_ref().map(|composer| &composer.target().kind) {
        Some(Kind::Conversation) => "Beginning a conversation",
        Some(Kind::Thread { .. }) => "Beginning a thread",
        Some(Kind::Forward { .. }) => "Forwarding a post",
        Some(Kind::Reply { .. }) | None => "Sending a reply",
    };
    let why =
        format!("{doing} needs the permission {scope}, which this sign-in does not have. Your draft is kept as it is.");
    propose(model, scope, &why);
    if let Some(sign_in) = &mut model.sign_in {
        sign_in.then_review = true;
    }
    true
}
