//! What the store has of what is being read: shown at once with its age, until the answer comes.

use jiff::Timestamp;

use super::cmd::Cmd;
use super::model::Model;
use super::{conversations, groups, marks, nearby, nested, org, profile, reading, thread_changes, threads, whose};
use crate::layout::Pane;
use crate::protocol::{Part, Payload, Reply};

/// Takes what was kept, read at that time. It is shown where it is still awaited and nothing else is shown: it may come
/// later than the answer, or to a pane that has something newer.
pub(super) fn take(model: &mut Model, at: Timestamp, reply: Reply) -> Vec<Cmd> {
    let id = reply.id;
    match reply.result {
        Ok(Payload::Groups(page)) if model.groups.list.items.awaits(id) => {
            let changed = model.groups.list.take_kept(at, page);
            if changed {
                groups::came(model, Part::More)
            } else {
                Vec::new()
            }
        }
        Ok(Payload::Members { page, total }) if model.members.list.items.awaits(id) => {
            if !model.members.list.take_kept(at, page) {
                return Vec::new();
            }
            model.members.total = total;
            model.filter_again(Pane::Members)
        }
        Ok(Payload::Threads(page)) if model.threads.list.items.awaits(id) => {
            let page = thread_changes::as_turned(model, id, page);
            if !model.threads.list.take_kept(at, page) {
                return Vec::new();
            }
            threads::show_one(model);
            model.filter_again(Pane::Threads)
        }
        Ok(Payload::Conversations(page)) if model.conversations.list.items.awaits(id) => {
            conversations::take_kept(model, at, page)
        }
        Ok(Payload::Marks { group, marks }) => {
            marks::take_kept(model, group, marks);
            Vec::new()
        }
        Ok(Payload::Posts { posts, cut_short }) if model.posts.posts.awaits(id) => {
            reading::take_kept(model, at, posts, cut_short)
        }
        Ok(Payload::Attachments { post, attachments }) => {
            reading::take_kept_attachments(model, id, &post, &attachments);
            Vec::new()
        }
        Ok(Payload::Me(me)) if model.me.awaits(id) && model.me.shown().is_none() => {
            model.me.show(*me);
            whose::me_came(model);
            profile::me_came(model)
        }
        Ok(Payload::Members { page, .. }) => nested::take_kept(model, id, at, &page),
        Ok(payload @ (Payload::People { .. } | Payload::Remembered(_))) => nearby::take_kept(model, id, at, payload),
        Ok(payload @ (Payload::Line(_) | Payload::Reports(_))) => org::take_kept(model, id, at, &payload),
        Ok(Payload::Card(part)) => {
            profile::take_kept(model, id, at, part);
            Vec::new()
        }
        _ => Vec::new(),
    }
}
