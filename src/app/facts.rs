//! What holds now, so that dispatch, footer, help and palette know which actions make sense.

use super::model::Model;
use super::outbox::Stage;
use super::profile::{Goto, Profile};
use super::prompt::Purpose;
use super::welcome::Question;
use super::{attachments, nested, sign_in};
use crate::keys::{Action, Fact, Place};
use crate::text::counted;

/// The facts that hold.
pub fn facts(model: &Model) -> Vec<Fact> {
    let place = model.pane_place();
    let thread = model.thread_in_hand();
    let entry = model.posts.selected();
    [
        (Fact::AGroup, model.groups.list.selected().is_some()),
        (Fact::AThread, thread.is_some()),
        (Fact::ATopic, thread.is_some() || model.conversation_in_hand().is_some()),
        (Fact::APost, entry.is_some()),
        (
            Fact::APerson,
            match place {
                Place::Members => model.members.list.selected().is_some(),
                Place::Threads | Place::Posts => entry.is_some(),
                Place::Profile => true,
                Place::Nested => nested::person(model).is_some(),
                Place::Org => model.org.as_ref().is_some_and(|org| org.tree.selected().is_some()),
                _ => false,
            },
        ),
        (Fact::Unlocked, thread.is_none_or(|thread| !thread.is_locked)),
        (
            Fact::MyOwn,
            model
                .profile()
                .is_some_and(|profile| profile.own_under_cursor().is_some()),
        ),
        (
            Fact::SeveralLines,
            model.prompt.as_ref().is_some_and(|prompt| prompt.line.takes_lines()),
        ),
        (Fact::MayWrite, !model.settings.read_only),
        (
            Fact::ALink,
            match place {
                Place::Posts => !model.posts.links().is_empty(),
                Place::Profile => matches!(model.profile().and_then(Profile::goto), Some(Goto::Link(_))),
                _ => false,
            },
        ),
        (
            Fact::AnAttachment,
            place == Place::Posts && !model.posts.attached().is_empty(),
        ),
        (Fact::AnExport, model.downloads.export.is_some()),
        (
            Fact::AFormat,
            matches!(&model.prompt, Some(prompt) if matches!(prompt.purpose, Purpose::Export { .. })),
        ),
        (Fact::BeingFetched, attachments::is_coming(model)),
        (Fact::AQuote, place == Place::Posts && model.posts.has_folds()),
        (Fact::Hits, model.posts.hit_count() > 0),
        (Fact::ADraft, !model.outbox.is_empty()),
        (
            Fact::Waiting,
            model.outbox.iter().any(|out| matches!(out.stage, Stage::Queued(_))),
        ),
        (Fact::CanSignIn, model.settings.can_sign_in),
        (Fact::ATokenCommand, model.settings.has_token_command),
        (
            Fact::AboutTheApplication,
            model
                .welcome
                .as_ref()
                .is_some_and(|welcome| welcome.question == Some(Question::ClientId)),
        ),
        (Fact::AMissingPermission, sign_in::missing_here(model).is_some()),
    ]
    .into_iter()
    .filter_map(|(fact, holds)| holds.then_some(fact))
    .collect()
}

/// Whether all that an action needs is among the facts.
///
/// # Errors
/// The first thing that is not.
pub fn holds(facts: &[Fact], action: Action) -> Result<(), Fact> {
    action
        .needs()
        .iter()
        .find(|need| !facts.contains(need))
        .map_or(Ok(()), |missing| Err(*missing))
}

/// Why an action makes no sense now, and where it would.
pub(super) fn missing_said(model: &Model, fact: Fact) -> String {
    let said = fact.missing();
    let posts = &model.posts;
    match (fact, posts.nearest_with_attachments()) {
        (Fact::AnAttachment, Some((at, count))) => {
            let jumps = model.key(Action::JumpToPost);
            let files = counted(count, "file", "files");
            let said = said.trim_end_matches('.');
            format!("{said}; post {} has {files}: {jumps} {} goes there.", at + 1, at + 1)
        }
        _ => said.to_owned(),
    }
}
