//! The conversations of a group, in the place of its threads. A conversation has a second thread where somebody answered
//! without one of the others: it opens to its threads, any other straight to its posts.

use std::sync::Arc;

use jiff::Timestamp;

use super::cmd::{Cmd, Filterable, Haystack};
use super::filtering::again;
use super::list::List;
use super::model::Model;
use super::{notice, reading, threads};
use crate::domain::{Conversation, Id};
use crate::layout::Pane;
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

/// What the pane of the threads lists besides all of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conversations {
    /// It lists conversations. It stays so from group to group.
    pub listed: bool,
    /// The conversations of the group.
    pub list: List<Conversation>,
    /// The conversation whose threads the list of threads has, where it hasn't those of the whole group.
    pub of: Option<Conversation>,
    /// The read of these threads that opens the thread if there is but one.
    opening: Option<RequestId>,
}

/// The pane is of another group now.
pub(super) fn renew(model: &mut Model) -> Option<Cmd> {
    let pane = &mut model.conversations;
    pane.list.renew(None);
    (pane.of, pane.opening) = (None, None);
    if pane.listed { load(model) } else { None }
}

/// Reads the conversations of the shown group.
pub(super) fn load(model: &mut Model) -> Option<Cmd> {
    let group = model.group.as_ref().filter(|group| group.has_mailbox())?.id.clone();
    let (id, cmd) = model.read(Lane::Conversations, Query::Conversations { group });
    model.conversations.list.await_reply(id);
    Some(cmd)
}

/// Lists conversations instead of threads, or all threads again.
pub(super) fn switch(model: &mut Model) -> Vec<Cmd> {
    if model.conversations.listed {
        model.conversations.listed = false;
        return all_threads(model);
    }
    model.conversations.listed = true;
    model.resting = None;
    let is_known = model.conversations.list.items.shown().is_some();
    if is_known {
        Vec::new()
    } else {
        load(model).into_iter().collect()
    }
}

/// Lists all threads of the group, where those of one conversation were listed.
fn all_threads(model: &mut Model) -> Vec<Cmd> {
    model.conversations.opening = None;
    let was_of_one = model.conversations.of.take().is_some();
    let Some(group) = model.group.clone().filter(|_| was_of_one) else {
        return Vec::new();
    };
    model.threads.list.renew(None);
    vec![threads::load(model, &group)]
}

/// A thread of the shown group was deleted, and maybe the last of its conversation: what is known of these is read again.
pub(super) fn thread_gone(model: &mut Model) -> Option<Cmd> {
    model.conversations.list.items.shown()?;
    load(model)
}

/// Goes back from the threads of a conversation to the conversations; `None` where the list has all threads.
pub(super) fn back(model: &mut Model) -> Option<Vec<Cmd>> {
    model.conversations.of.as_ref()?;
    Some(switch(model))
}

/// What reads the threads that the list has: those of the group, or of one conversation.
pub(super) fn threads_query(model: &Model, group: Id) -> Query {
    match &model.conversations.of {
        Some(conversation) => Query::ThreadsOf {
            group,
            conversation: conversation.id.clone(),
        },
        None => Query::Threads { group, since: None },
    }
}

/// Enter: opens the conversation under the cursor.
pub(super) fn open(model: &mut Model) -> Vec<Cmd> {
    let (Some(conversation), Some(group)) = (model.conversations.list.selected().cloned(), model.group.clone()) else {
        return Vec::new();
    };
    model.conversations.of = Some(conversation);
    model.threads.list.renew(None);
    let cmd = threads::load(model, &group);
    model.conversations.opening = Some(model.newest_id());
    vec![cmd]
}

/// What was opened last is not waited for: the person goes on with the list.
pub(super) fn stay(model: &mut Model) {
    model.conversations.opening = None;
}

/// Takes an answer to the list.
pub(super) fn reply(model: &mut Model, reply: Reply) -> Vec<Cmd> {
    match reply.result {
        Ok(Payload::Conversations(page)) => {
            if model.conversations.list.take_page(reply.part, page) {
                return filter_again(model);
            }
        }
        Ok(_) => {}
        Err(problem) => model.conversations.list.fail(problem),
    }
    Vec::new()
}

/// Takes what was kept of the list, read at that time.
pub(super) fn take_kept(model: &mut Model, at: Timestamp, page: Arc<[Conversation]>) -> Vec<Cmd> {
    if model.conversations.list.take_kept(at, page) {
        filter_again(model)
    } else {
        Vec::new()
    }
}

fn filter_again(model: &mut Model) -> Vec<Cmd> {
    let list = &mut model.conversations.list;
    again(Filterable::Conversations, list, Haystack::Conversations)
}

/// The threads of a conversation have come, or a part of them: one alone is opened, several are listed.
pub(super) fn threads_came(model: &mut Model, id: RequestId, part: Part) -> Vec<Cmd> {
    if model.conversations.opening != Some(id) {
        return Vec::new();
    }
    let threads = model.threads.list.items.shown();
    let threads: Vec<_> = threads
        .into_iter()
        .flat_map(|pages| pages.iter())
        .take(2)
        .cloned()
        .collect();
    match (threads.as_slice(), part) {
        ([only], Part::Last) => {
            model.conversations.opening = None;
            reading::open(model, only.clone())
        }
        ([], Part::Last) => {
            model.conversations.opening = None;
            notice::say(model, "This conversation has no threads that you may see.");
            Vec::new()
        }
        ([_, _], _) => {
            (model.conversations.opening, model.conversations.listed) = (None, false);
            model.rest(Pane::Threads);
            Vec::new()
        }
        _ => Vec::new(),
    }
}
