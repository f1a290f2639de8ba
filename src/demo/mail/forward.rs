//! Forwarding a post: it leaves the group by mail, and no post comes of it.
//! <https://learn.microsoft.com/graph/api/post-forward>

use serde_json::Value;

use super::compose::{addresses, member};
use super::posts;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};

/// A mail that has left the tenant with a post in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forwarded {
    /// The id of the post.
    pub post: String,
    /// The address of whoever forwarded it.
    pub by: String,
    /// What was written above it.
    pub comment: String,
    /// The addresses that it went to.
    pub to: Vec<String>,
}

/// `POST …/posts/{post}/forward`.
pub fn forward(call: &mut Call<'_>) -> Result<Answer> {
    let said = call.request.parameters("forward", &["comment", "toRecipients"])?;
    let comment = match member(&said, "comment") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(comment)) => comment.clone(),
        Some(_) => return Err(super::compose::argument("comment")),
    };
    let to = addresses(&said, "toRecipients")?;
    if to.is_empty() {
        let message = "At least one recipient is not valid., Recipients not specified.";
        return Err(GraphError::new(400, "ErrorInvalidRecipients", message));
    }
    let post = posts::find(call, posts::thread(call)?)?.id.clone();
    let forwarded = Forwarded {
        post,
        by: call.state.address(call.caller.me).address.clone(),
        comment,
        to: to.into_iter().map(|address| address.address).collect(),
    };
    call.state.forwarded.push(forwarded);
    Ok(Answer::empty(200))
}
