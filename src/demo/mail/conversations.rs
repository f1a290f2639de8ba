//! Conversations: the list, one of them, and deleting it.
//! <https://learn.microsoft.com/graph/api/group-list-conversations>

use super::list::{self, Item};
use super::mailbox::Mailbox;
use super::thread::{CONVERSATION, Conversation, THREAD};
use super::threads;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::odata::property::{Chosen, defaults};

/// `GET …/conversations`. It refuses every filter.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    if call.query.filter.is_some() {
        let message = "The requested path is not supported for the query.";
        return Err(GraphError::new(400, "ErrorUnsupportedPathForQuery", message));
    }
    let chosen = list::choose(call, CONVERSATION, "conversation")?;
    list::check_expansions(call, &["threads"], "conversation")?;
    let mailbox = call.mailbox()?;
    let places = mailbox.newest_conversations();
    let conversations = places
        .iter()
        .filter_map(|place| mailbox.conversations.get(*place))
        .collect();
    list::page(call, CONVERSATION, conversations, |conversation| {
        row(call, mailbox, conversation, &chosen, None)
    })
}

/// `GET …/conversations/{conversation}`.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let chosen = list::choose(call, CONVERSATION, "conversation")?;
    list::check_expansions(call, &["threads"], "conversation")?;
    let mailbox = call.mailbox()?;
    let place = threads::conversation(call, mailbox)?;
    let conversation = place
        .and_then(|place| mailbox.conversations.get(place))
        .ok_or_else(GraphError::no_item)?;
    let row = row(call, mailbox, conversation, &chosen, Some(list::entity_context(call)));
    Ok(Answer::json(200, serde_json::to_vec(&row)?))
}

/// `DELETE …/conversations/{conversation}`: with its threads and posts, for ever.
pub fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let place = threads::conversation(call, call.mailbox()?)?.ok_or_else(GraphError::no_item)?;
    call.mailbox_mut()?.delete_conversation(place);
    Ok(Answer::empty(204))
}

fn row<'a>(
    call: &Call<'_>,
    mailbox: &Mailbox,
    conversation: &'a Conversation,
    chosen: &'a Chosen<Conversation>,
    context: Option<String>,
) -> Item<'a, Conversation> {
    let mut more = Vec::new();
    if !call.query.expand.is_empty() {
        let threads = conversation
            .threads
            .iter()
            .filter_map(|place| mailbox.threads.get(*place));
        let plain = defaults(THREAD);
        let rows = threads.filter_map(|item| {
            let row = Item {
                context: None,
                etag: None,
                type_name: None,
                item,
                chosen: &plain,
                more: Vec::new(),
            };
            serde_json::to_value(&row).ok()
        });
        more.push(("threads", rows.collect()));
    }
    Item {
        context,
        etag: None,
        type_name: None,
        item: conversation,
        chosen,
        more,
    }
}
