//! Replies: accepted at once, visible later.
//! <https://learn.microsoft.com/graph/api/conversationthread-reply>

use serde_json::{Map, Value};

use super::compose::{fill, member};
use super::threads;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::clock::later;
use crate::demo::error::{GraphError, Result};

/// `POST …/threads/{thread}/reply`.
pub fn to_thread(call: &mut Call<'_>) -> Result<Answer> {
    reply(call, false)
}

/// `POST …/posts/{post}/reply`.
pub fn to_post(call: &mut Call<'_>) -> Result<Answer> {
    reply(call, true)
}

fn reply(call: &mut Call<'_>, to_post: bool) -> Result<Answer> {
    let said = said(call)?;
    let parent = if to_post {
        Some(call.parameter("post")?.to_owned())
    } else {
        None
    };
    let mailbox = call.mailbox_to_answer()?;
    let place = threads::thread_place(call, mailbox)?;
    let thread = mailbox.threads.get(place).ok_or_else(GraphError::no_item)?;
    if thread.locked {
        return Err(GraphError::access_denied());
    }
    if let Some(parent) = &parent {
        threads::check_id(parent)?;
        thread
            .posts
            .iter()
            .find(|post| post.id == *parent)
            .ok_or_else(GraphError::no_item)?;
    }
    let (sender, number) = (call.state.address(call.caller.me), mailbox.next_number(place));
    let mut post = mailbox
        .draft(place, number, sender, call.now)
        .ok_or_else(GraphError::no_item)?;
    post.in_reply_to = parent;
    fill(&mut post, &said)?;
    let visible = later(call.now, call.state.visible_after);
    // What others write is news to the signed-in person.
    let unseen = call.caller.me != call.state.me;
    call.mailbox_mut()?.accept(place, post, visible, unseen);
    Ok(Answer::empty(202))
}

/// The `post` in the request's body.
fn said(call: &Call<'_>) -> Result<Map<String, Value>> {
    let said = call.request.parameters("reply", &["post"])?;
    match member(&said, "post") {
        Some(Value::Object(post)) => Ok(post.clone()),
        _ => Err(GraphError::new(
            400,
            "ErrorInvalidArgument",
            "The parameter 'Post' is missing or empty.",
        )),
    }
}
