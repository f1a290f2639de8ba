//! Posts: the list that is neither ordered nor complete, and one of them.
//! <https://learn.microsoft.com/graph/api/conversationthread-list-posts>

use serde_json::Value;

use super::list::{self, Item};
use super::post::{PROPERTIES, Post};
use super::thread::Thread;
use super::{attachments, extension, threads};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::ids::digest;
use crate::demo::odata::property::{Chosen, defaults};

/// Exchange gives at most this many posts of a thread, and no link to the others.
const MOST: usize = 100;
/// What a post can be expanded with.
const EXPANSIONS: [&str; 3] = ["attachments", "inReplyTo", "extensions"];

/// `GET …/posts`. Nothing but `$select` and one `$expand` has an effect, and a filter is refused.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    if call.query.filter.is_some() {
        return Err(GraphError::new(
            501,
            "FilteringOnConversations",
            "Filtering on conversations is not supported.",
        ));
    }
    let chosen = chosen(call)?;
    let thread = thread(call)?;
    let rows = shuffled(thread)
        .into_iter()
        .map(|post| row(call, thread, post, &chosen, None))
        .collect();
    list::whole(call, rows, None, None)
}

/// The newest hundred posts in an order that means nothing, but is always the same.
fn shuffled(thread: &Thread) -> Vec<&Post> {
    let mut posts: Vec<&Post> = thread.posts.iter().rev().take(MOST).collect();
    posts.sort_by_cached_key(|post| digest(13, post.id.as_bytes()));
    posts
}

/// `$expand=posts` of a thread.
pub fn expanded(thread: &Thread) -> Value {
    let plain = defaults(PROPERTIES);
    let rows = shuffled(thread)
        .into_iter()
        .filter_map(|post| serde_json::to_value(item(post, &plain, None)).ok());
    rows.collect()
}

/// `GET …/posts/{post}`.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let chosen = chosen(call)?;
    let thread = thread(call)?;
    let post = find(call, thread)?;
    let row = row(call, thread, post, &chosen, Some(list::entity_context(call)));
    Ok(Answer::json(200, serde_json::to_vec(&row)?))
}

/// `GET …/posts/{post}/inReplyTo`.
pub fn in_reply_to(call: &mut Call<'_>) -> Result<Answer> {
    let chosen = chosen(call)?;
    let thread = thread(call)?;
    let parent = answered(thread, find(call, thread)?).ok_or_else(GraphError::no_item)?;
    let row = row(
        call,
        thread,
        parent,
        &chosen,
        Some(format!("{}/$entity", list::context(call, ""))),
    );
    Ok(Answer::json(200, serde_json::to_vec(&row)?))
}

/// `POST …/posts`: Graph has the path and refuses the method.
pub fn create(_: &mut Call<'_>) -> Result<Answer> {
    Err(GraphError::new(
        405,
        "ErrorInvalidRequest",
        "The OData request is not supported.",
    ))
}

/// The thread in the path.
pub fn thread<'a>(call: &'a Call<'_>) -> Result<&'a Thread> {
    let mailbox = call.mailbox()?;
    mailbox
        .threads
        .get(threads::thread_place(call, mailbox)?)
        .ok_or_else(GraphError::no_item)
}

/// The post in the path.
pub fn find<'a>(call: &Call<'_>, thread: &'a Thread) -> Result<&'a Post> {
    let id = call.parameter("post")?;
    threads::check_id(id)?;
    thread
        .posts
        .iter()
        .find(|post| post.id == id)
        .ok_or_else(GraphError::no_item)
}

fn answered<'a>(thread: &'a Thread, post: &Post) -> Option<&'a Post> {
    let id = post.in_reply_to.as_ref()?;
    thread.posts.iter().find(|post| post.id == *id)
}

fn chosen(call: &Call<'_>) -> Result<Chosen<Post>> {
    list::check_expansions(call, &EXPANSIONS, "post")?;
    if call.query.expand.len() > 1 {
        return Err(GraphError::new(
            400,
            "ErrorInvalidRequest",
            "Only one property can be expanded on posts.",
        ));
    }
    list::choose(call, PROPERTIES, "post")
}

fn item<'a>(post: &'a Post, chosen: &'a Chosen<Post>, context: Option<String>) -> Item<'a, Post> {
    let etag = Some(format!("W/\"{}\"", post.change_key()));
    Item {
        context,
        etag,
        type_name: None,
        item: post,
        chosen,
        more: Vec::new(),
    }
}

fn row<'a>(
    call: &Call<'_>,
    thread: &Thread,
    post: &'a Post,
    chosen: &'a Chosen<Post>,
    context: Option<String>,
) -> Item<'a, Post> {
    let mut row = item(post, chosen, context);
    let wants = |name: &str| {
        call.query
            .expand
            .iter()
            .any(|expand| expand.name.eq_ignore_ascii_case(name))
    };
    if wants("attachments") {
        row.more.push(("attachments", attachments::expanded(post)));
    }
    if wants("extensions") {
        row.more.push(("extensions", extension::expanded(post)));
    }
    if let Some(parent) = answered(thread, post).filter(|_| wants("inReplyTo")) {
        row.more.push((
            "inReplyTo",
            serde_json::to_value(item(parent, &defaults(PROPERTIES), None)).unwrap_or(Value::Null),
        ));
    }
    row
}
