//! Conversations: the list, one of them, and deleting it.
//! <https://learn.microsoft.com/graph/api/group-list-conversations>

use super::list::{self, Item};
use super::mailbox::Mailbox;
use super::thread::{CONVERSATION, Conversation, THREAD, Thread};
use super::threads;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::odata::property::Chosen;

/// `GET …/conversations`. It refuses every filter.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    if call.query.filter.is_some() {
        let message = "The requested path is not supported for the query.";
        return Err(GraphError::new(400, "ErrorUnsupportedPathForQuery", message));
    }
    let chosen = list::choose(call, CONVERSATION, "conversation")?;
    let threads = list::choose_expanded(call, ("threads", "conversation"), THREAD, "conversationThread")?;
    let mailbox = call.mailbox()?;
    let places = mailbox.newest_conversations();
    let conversations = places
        .iter()
        .filter_map(|place| mailbox.conversations.get(*place))
        .collect();
    list::page(call, (CONVERSATION, "conversation"), conversations, |conversation| {
        row(mailbox, conversation, &chosen, threads.as_ref(), None)
    })
}

/// `GET …/conversations/{conversation}`.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let chosen = list::choose(call, CONVERSATION, "conversation")?;
    let threads = list::choose_expanded(call, ("threads", "conversation"), THREAD, "conversationThread")?;
    let mailbox = call.mailbox()?;
    let place = threads::conversation(call, mailbox)?;
    let conversation = place
        .and_then(|place| mailbox.conversations.get(place))
        .ok_or_else(GraphError::no_item)?;
    let context = Some(list::entity_context(call));
    let row = row(mailbox, conversation, &chosen, threads.as_ref(), context);
    Ok(Answer::json(200, serde_json::to_vec(&row)?))
}

/// `DELETE …/conversations/{conversation}`: with its threads and posts, for ever.
pub fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let place = threads::conversation(call, call.mailbox()?)?.ok_or_else(GraphError::no_item)?;
    call.mailbox_mut()?.delete_conversation(place);
    Ok(Answer::empty(204))
}

fn row<'a>(
    mailbox: &Mailbox,
    conversation: &'a Conversation,
    chosen: &'a Chosen<Conversation>,
    threads: Option<&Chosen<Thread>>,
    context: Option<String>,
) -> Item<'a, Conversation> {
    let expanded = |chosen: &Chosen<Thread>| {
        let threads = conversation.threads.iter();
        let rows = threads.filter_map(|place| {
            let thread = mailbox.threads.get(*place)?;
            serde_json::to_value(Item::plain(thread, chosen)).ok()
        });
        ("threads", rows.collect())
    };
    Item {
        context,
        more: threads.map(expanded).into_iter().collect(),
        ..Item::plain(conversation, chosen)
    }
}
