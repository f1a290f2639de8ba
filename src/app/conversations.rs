//! The conversations of a group, in the place of its threads. A conversation has a second thread where somebody answered
//! without one of the others: it opens to its threads, any other straight to its posts.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::cmd::{Cmd, Filterable, Haystack};
use super::filtering::again;
use super::list::List;
use super::model::Model;
use super::threads::WATCH_EVERY;
use super::watching::{self, Watching};
use super::{marks, notice, reading, thread_changes, threads};
use crate::domain::{Conversation, Id, Pages};
use crate::layout::Pane;
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId, ThreadChange};
use crate::text::counted;

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
    watching: Watching<Conversation>,
}

fn newest_post(conversation: &Conversation) -> Option<Timestamp> {
    conversation.last_delivered_date_time
}

/// The pane is of another group now.
pub(super) fn renew(model: &mut Model) -> Option<Cmd> {
    let pane = &mut model.conversations;
    pane.list.renew(None);
    *pane = Conversations {
        listed: pane.listed,
        list: std::mem::take(&mut pane.list),
        ..Conversations::default()
    };
    if pane.listed { load(model) } else { None }
}

/// Reads the conversations of the shown group.
pub(super) fn load(model: &mut Model) -> Option<Cmd> {
    let group = model.group.as_ref().filter(|group| group.has_mailbox())?.id.clone();
    let (id, cmd) = model.read(Lane::Conversations, Query::Conversations { group, since: None });
    model.conversations.list.await_reply(id);
    // A look for news that is still under way is older.
    model.conversations.watching.give_up();
    Some(cmd)
}

/// Looks for news, where conversations are listed.
pub(super) fn look(model: &mut Model) -> Option<Cmd> {
    let group = model.group.as_ref()?.id.clone();
    let Conversations { listed, list, .. } = &model.conversations;
    let known = list.items.shown().filter(|_| *listed && !list.items.is_loading())?;
    let since = watching::since(known, newest_post);
    let (id, cmd) = model.read(Lane::WatchConversations, Query::Conversations { group, since });
    model.conversations.watching.begin(id);
    Some(cmd)
}

/// Takes an answer to a look for news, if one is awaited. A look that fails is made up for by the next.
pub(super) fn look_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let Conversations { watching, list, .. } = &mut model.conversations;
    if !watching.awaits(reply.id) {
        return None;
    }
    let Ok(Payload::Conversations(page)) = &reply.result else {
        watching.give_up();
        return Some(Vec::new());
    };
    let seen = watching.take(reply.part, page);
    let (Some(seen), Some(before)) = (seen, list.items.shown().cloned()) else {
        return Some(Vec::new());
    };
    let seen = thread_changes::without_deleted(model, seen.into());
    let known = |seen: &Conversation| before.iter().any(|known| known == seen);
    if seen.iter().all(known) {
        return Some(Vec::new());
    }
    model.conversations.list.replace(watching::merged(&before, &seen));
    let news = news(model, &before);
    if news > 0 {
        let said = counted(news, "conversation has", "conversations have");
        notice::say(model, &format!("{said} something new."));
    }
    Some(filter_again(model))
}

/// How many conversations have got something that is news since the list was like that.
fn news(model: &Model, before: &Pages<Conversation>) -> usize {
    let before: HashMap<&Id, Option<Timestamp>> = before.iter().map(|it| (&it.id, newest_post(it))).collect();
    let is_newer = |it: &&Conversation| before.get(&it.id).is_none_or(|known| *known < newest_post(it));
    let now = model.conversations.list.items.shown().into_iter().flat_map(Pages::iter);
    now.filter(is_newer).filter(|it| model.has_news(it)).count()
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
    let cmd = if is_known { look(model) } else { load(model) };
    cmd.into_iter().collect()
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
pub(super) fn thread_gone(model: &mut Model, change: &ThreadChange) -> Vec<Cmd> {
    if model.conversations.list.items.shown().is_none() {
        return Vec::new();
    }
    let mut cmds = Vec::new();
    if let ThreadChange::DeleteConversation { conversation, .. } = change {
        let list = &mut model.conversations.list;
        list.revise(|known| (known.id != *conversation).then(|| known.clone()));
        cmds.extend(filter_again(model));
    }
    cmds.extend(load(model));
    cmds
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
    let seen = marks::opened(model, &conversation);
    model.conversations.of = Some(conversation);
    model.threads.list.renew(None);
    let cmd = threads::load(model, &group);
    model.conversations.opening = Some(model.newest_id());
    seen.into_iter().chain([cmd]).collect()
}

/// What was opened last is not waited for: the person goes on with the list.
pub(super) fn stay(model: &mut Model) {
    model.conversations.opening = None;
}

/// Takes an answer to the list.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if !model.conversations.list.items.awaits(reply.id) {
        return None;
    }
    match &reply.result {
        Ok(Payload::Conversations(page)) => {
            let page = thread_changes::without_deleted(model, page.clone());
            let changed = model.conversations.list.take_page(reply.part, page);
            if reply.part == Part::Last {
                model.threads.watch_at.get_or_insert(model.now.instant + WATCH_EVERY);
            }
            if changed {
                return Some(filter_again(model));
            }
        }
        Ok(_) => {}
        Err(problem) => model.conversations.list.fail(problem.clone()),
    }
    Some(Vec::new())
}

/// Takes what was kept of the list, read at that time.
pub(super) fn take_kept(model: &mut Model, at: Timestamp, page: Arc<[Conversation]>) -> Vec<Cmd> {
    let page = thread_changes::without_deleted(model, page);
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
pub(super) fn threads_came(model: &mut Model, reply: &Reply) -> Vec<Cmd> {
    if model.conversations.opening != Some(reply.id) {
        return Vec::new();
    }
    let threads = model.threads.list.items.shown();
    let threads: Vec<_> = threads
        .into_iter()
        .flat_map(|pages| pages.iter())
        .take(2)
        .cloned()
        .collect();
    match (threads.as_slice(), reply.part) {
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
