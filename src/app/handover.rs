//! Somebody else has signed in, or whoever was has signed out: nothing that was read for them stays on the screen, nor is
//! awaited.

use super::cmd::Cmd;
use super::item::Item;
use super::list::List;
use super::members::MembersPane;
use super::model::Model;
use super::own;
use crate::layout::Pane;
use crate::protocol::RequestId;

/// Takes everything off the screen that was read for whoever was signed in; what was typed, and what is to be sent, stays.
/// The model begins anew, so that nothing is forgotten that anybody may add to it: what stays is named here.
pub(super) fn clear(model: &mut Model) -> Vec<Cmd> {
    own::set_aside(model);
    let fresh = Model::new(model.settings.clone(), model.size, model.now);
    let before = std::mem::replace(model, fresh);
    // Somebody was signed in: leaving the next sign-in leads to no welcome.
    model.settings.after_welcome = false;
    (model.traffic, model.ending) = (before.traffic, before.ending);
    (model.sign_in, model.asking) = (before.sign_in, before.asking);
    (model.composer, model.outbox) = (before.composer, before.outbox);
    (model.settled, model.own) = (before.settled, before.own);
    (model.last_draft, model.last_revision) = (before.last_draft, before.last_revision);
    (model.last_id, model.last_of_another) = (before.last_id, before.last_id);
    if let Some(composer) = &mut model.composer {
        // It would show people whom the other knows.
        composer.mention = None;
        model.focus = Pane::Threads;
    }
    model.groups.list = anew(before.groups.list);
    model.threads.list = anew(before.threads.list);
    model.conversations.list = anew(before.conversations.list);
    model.members = MembersPane {
        list: anew(before.members.list),
        columns: before.members.columns,
        order: before.members.order,
        ..MembersPane::default()
    };
    vec![Cmd::AbandonAll]
}

/// Whether a request was made for whoever was signed in before.
pub(super) fn is_of_another(model: &Model, id: RequestId) -> bool {
    id.0 <= model.last_of_another
}

/// An empty list, which takes no filtering that was meant for the one before.
fn anew<T: Item>(mut list: List<T>) -> List<T> {
    list.renew(None);
    list
}
