//! What is attached to the posts of the open thread.

use super::super::cmd::Cmd;
use super::super::model::Model;
use super::super::notice;
use super::super::posts::PostsPane;
use super::rows;
use crate::domain::{Attachment, Id};
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

/// Asks for the attachments of posts that may have some and were not asked about.
pub(super) fn ask_for_attachments(model: &mut Model) -> Option<Cmd> {
    let (group, thread) = (
        model.group.as_ref()?.id.clone(),
        model.posts.thread.as_ref()?.id.clone(),
    );
    let wanted: Vec<Id> = model
        .posts
        .entries
        .iter()
        .filter(|entry| entry.pending.is_none() && entry.post.may_have_attachments())
        .map(|entry| entry.post.id.clone())
        .filter(|id| !model.posts.attachments.contains_key(id))
        .collect();
    if wanted.is_empty() {
        return None;
    }
    let (id, cmd) = model.read(
        Lane::Attachments,
        Query::Attachments {
            group,
            thread,
            posts: wanted,
        },
    );
    model.posts.awaited_attachments = Some(id);
    Some(cmd)
}

/// Takes attachments, if they were awaited.
pub(in crate::app) fn attachments_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if model.posts.awaited_attachments != Some(reply.id) {
        return None;
    }
    match &reply.result {
        Ok(Payload::Attachments { post, attachments }) => take_attachments(model, post, attachments),
        Ok(_) => {}
        Err(problem) => notice::warn(model, problem),
    }
    if reply.part == Part::Last {
        model.posts.awaited_attachments = None;
    }
    Some(Vec::new())
}

/// Shows what the store has of the awaited attachments, where nothing is known of them yet.
pub(in crate::app) fn take_kept_attachments(model: &mut Model, id: RequestId, post: &Id, attachments: &[Attachment]) {
    if model.posts.awaited_attachments == Some(id) && !model.posts.attachments.contains_key(post) {
        take_attachments(model, post, attachments);
    }
}

/// Attachments stand between header and body: rows of the body stay where they are on the screen.
fn take_attachments(model: &mut Model, post: &Id, attachments: &[Attachment]) {
    let rows = rows(model);
    let mut attachments = attachments.to_vec();
    // Pictures in the body come last: they are shown where they stand there.
    attachments.sort_by_key(|file| file.inline);
    model.posts.hold(rows, |posts| {
        let entry = posts.entries.iter().find(|entry| entry.post.id == *post).cloned();
        let files = |posts: &PostsPane| entry.as_ref().map_or(0, |entry| posts.files(entry).len());
        let known = files(posts);
        let at = posts.entries.iter().position(|entry| entry.post.id == *post);
        posts.attachments.insert(post.clone(), attachments);
        if at == Some(posts.top.entry) && posts.top.row >= posts.lead(posts.top.entry) + known {
            posts.top.row = posts.top.row + files(posts) - known;
        }
    });
}
