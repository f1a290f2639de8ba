//! New conversations and threads. The answer holds ids and nothing else, whatever the documentation shows, and what was
//! begun can be seen later.
//! <https://learn.microsoft.com/graph/api/group-post-conversations>

use serde_json::{Map, Value, json};

use super::compose::{argument, check_members, fill, items, member};
use super::list;
use super::threads;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::clock::later;
use crate::demo::error::{GraphError, Result};

/// `POST …/conversations`: a conversation with its first thread and post.
pub fn conversation(call: &mut Call<'_>) -> Result<Answer> {
    let said = call.request.fields()?;
    check_members(&said, &["topic", "threads", "@odata.type"], "conversation")?;
    let topic = topic(&said)?;
    let first = only(&said, "threads")?;
    check_members(first, &["topic", "posts", "@odata.type"], "conversationThread")?;
    let place = begin(call, None, &topic, only(first, "posts")?)?;
    let (thread, conversation) = ids(call, place)?;
    let context = format!("{}/$entity", list::context(call, ""));
    let body = json!({"@odata.context": context, "id": conversation, "threads": [{"id": thread}]});
    list::made(call, &conversation, &body)
}

/// `POST …/threads`: a thread with its first post, in a conversation of its own or in the one in the path.
pub fn thread(call: &mut Call<'_>) -> Result<Answer> {
    let said = call.request.fields()?;
    check_members(&said, &["topic", "posts", "@odata.type"], "conversationThread")?;
    let topic = topic(&said)?;
    let conversation = threads::conversation(call, call.mailbox_to_answer()?)?;
    let place = begin(call, conversation, &topic, only(&said, "posts")?)?;
    let (thread, _) = ids(call, place)?;
    let context = format!("{}/$entity", list::context(call, ""));
    let body = json!({"@odata.context": context, "id": thread});
    list::made(call, &thread, &body)
}

fn topic(said: &Map<String, Value>) -> Result<String> {
    let topic = member(said, "topic").and_then(Value::as_str).unwrap_or_default();
    if topic.trim().is_empty() {
        return Err(argument("topic"));
    }
    Ok(topic.to_owned())
}

/// The one item that a collection must have.
fn only<'a>(said: &'a Map<String, Value>, name: &str) -> Result<&'a Map<String, Value>> {
    match items(said, name)? {
        [Value::Object(item)] => Ok(item),
        _ => Err(argument(name)),
    }
}

/// Begins a thread, and gives its place.
fn begin(call: &mut Call<'_>, conversation: Option<usize>, topic: &str, said: &Map<String, Value>) -> Result<usize> {
    let (me, now) = (call.caller.me, call.now);
    let sender = call.state.address(me);
    let visible = later(now, call.state.visible_after);
    // What others write is news to the signed-in person.
    let unseen = me != call.state.me;
    let mailbox = call.mailbox_mut()?;
    let place = mailbox.open(topic, conversation);
    let filled = mailbox
        .draft(place, 0, sender, now)
        .ok_or_else(GraphError::no_item)
        .and_then(|mut post| fill(&mut post, said).map(|()| post));
    match filled {
        Ok(post) => mailbox.accept(place, post, visible, unseen),
        // Nobody has seen it: it never was.
        Err(refusal) => {
            mailbox.delete_thread(place);
            return Err(refusal);
        }
    }
    Ok(place)
}

/// The ids of a thread and of its conversation.
fn ids(call: &Call<'_>, place: usize) -> Result<(String, String)> {
    let mailbox = call.mailbox_to_answer()?;
    let thread = mailbox.threads.get(place).ok_or_else(GraphError::no_item)?;
    let conversation = mailbox.conversations.get(thread.conversation);
    let conversation = conversation.ok_or_else(GraphError::no_item)?;
    Ok((thread.id.to_string(), conversation.id.to_string()))
}
