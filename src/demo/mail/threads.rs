//! Threads: the list, one of them, locking and deleting it.
//! <https://learn.microsoft.com/graph/api/group-list-threads>

use serde_json::Value;

use super::compose::{argument, check_members, member};
use super::list::{self, Item};
use super::mailbox::Mailbox;
use super::post::Post;
use super::posts;
use super::thread::{THREAD, Thread};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::ids::is_outlook_id;
use crate::demo::odata::filter::{Filter, Literal, Operator};
use crate::demo::odata::property::Chosen;

/// `GET …/threads`, of a group or of one conversation.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    let (chosen, locked_only) = (list::choose(call, THREAD, "conversationThread")?, locked_only(call)?);
    let posts = posts::expansion(call)?;
    let mailbox = call.mailbox()?;
    let conversation = conversation(call, mailbox)?;
    let threads = mailbox
        .newest_threads()
        .iter()
        .filter_map(|place| mailbox.threads.get(*place));
    let wanted = threads.filter(|thread| {
        conversation.is_none_or(|conversation| thread.conversation == conversation) && (!locked_only || thread.locked)
    });
    list::page(call, (THREAD, "conversationThread"), wanted.collect(), |thread| {
        row(thread, &chosen, posts.as_ref(), None)
    })
}

/// `GET …/threads/{thread}`.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let chosen = list::choose(call, THREAD, "conversationThread")?;
    let posts = posts::expansion(call)?;
    let mailbox = call.mailbox()?;
    let thread = mailbox
        .threads
        .get(thread_place(call, mailbox)?)
        .ok_or_else(GraphError::no_item)?;
    let row = row(thread, &chosen, posts.as_ref(), Some(list::entity_context(call)));
    Ok(Answer::json(200, serde_json::to_vec(&row)?))
}

/// `PATCH …/threads/{thread}`: whether it is locked, and nothing else. The short path answers nothing, the path through
/// the conversation the thread, as the documentation has it of the one and of the other.
pub fn update(call: &mut Call<'_>) -> Result<Answer> {
    let said = call.request.fields()?;
    check_members(&said, &["isLocked", "@odata.type"], "conversationThread")?;
    let locked = member(&said, "isLocked").and_then(Value::as_bool);
    let locked = locked.ok_or_else(|| argument("isLocked"))?;
    let place = thread_place(call, call.mailbox()?)?;
    if let Some(thread) = call.mailbox_mut()?.threads.get_mut(place) {
        thread.locked = locked;
    }
    match call.found.parameter("conversation") {
        Some(_) => get(call),
        None => Ok(Answer::empty(204)),
    }
}

/// `DELETE …/threads/{thread}`: with its posts, for ever.
pub fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let place = thread_place(call, call.mailbox()?)?;
    call.mailbox_mut()?.delete_thread(place);
    Ok(Answer::empty(204))
}

fn row<'a>(
    thread: &'a Thread,
    chosen: &'a Chosen<Thread>,
    posts: Option<&Chosen<Post>>,
    context: Option<String>,
) -> Item<'a, Thread> {
    let posts = posts.map(|chosen| ("posts", posts::expanded(thread, chosen)));
    Item {
        context,
        more: posts.into_iter().collect(),
        ..Item::plain(thread, chosen)
    }
}

/// Whether only locked threads are wanted: the one filter that threads know, in its two spellings.
fn locked_only(call: &Call<'_>) -> Result<bool> {
    let refuse = |code: &'static str, message: &str| Err(GraphError::new(400, code, message));
    match call.query.filter()? {
        None => Ok(false),
        Some(Filter::Compare(name, operator, Literal::Bare(value))) if name.eq_ignore_ascii_case("isLocked") => {
            match (operator, value.as_str()) {
                (Operator::Eq, "true") | (Operator::Ne, "false") => Ok(true),
                (Operator::Eq, "false") | (Operator::Ne, "true") => refuse(
                    "ConversationFilterIsLockedEqualsFalse",
                    "Filtering threads by IsLocked equal to false is not supported.",
                ),
                _ => refuse(
                    "ConversationFilterOther",
                    "The filter on conversation threads is not supported.",
                ),
            }
        }
        Some(_) => refuse(
            "ConversationFilterOther",
            "The filter on conversation threads is not supported.",
        ),
    }
}

/// The place of the conversation in the path, if there is one.
pub fn conversation(call: &Call<'_>, mailbox: &Mailbox) -> Result<Option<usize>> {
    let Some(id) = call.found.parameter("conversation") else {
        return Ok(None);
    };
    check_id(id)?;
    mailbox.conversation_place(id).map(Some).ok_or_else(GraphError::no_item)
}

/// The place of the thread in the path; it must lie in the conversation in the path.
pub fn thread_place(call: &Call<'_>, mailbox: &Mailbox) -> Result<usize> {
    let id = call.parameter("thread")?;
    check_id(id)?;
    let conversation = conversation(call, mailbox)?;
    let place = mailbox.place(id).ok_or_else(GraphError::no_item)?;
    let thread = mailbox.threads.get(place).ok_or_else(GraphError::no_item)?;
    if conversation.is_some_and(|conversation| conversation != thread.conversation) {
        return Err(GraphError::no_item());
    }
    Ok(place)
}

/// Refuses what cannot be an Outlook id.
pub fn check_id(id: &str) -> Result<()> {
    if is_outlook_id(id) {
        Ok(())
    } else {
        Err(GraphError::new(400, "ErrorInvalidIdMalformed", "Id is malformed."))
    }
}
