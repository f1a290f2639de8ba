//! Posts: the list that is neither ordered nor complete, and one of them.
//! <https://learn.microsoft.com/graph/api/conversationthread-list-posts>

use serde_json::Value;

use super::list::{self, Item};
use super::post::{PROPERTIES, Post};
use super::thread::Thread;
use super::{attachments, extended, threads};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::extension;
use crate::demo::ids::digest;
use crate::demo::odata::filter::Filter;
use crate::demo::odata::property::{Chosen, defaults};

/// Exchange gives at most this many posts of a thread, and no link to the others.
const MOST: usize = 100;
/// What a post can be expanded with.
const EXPANSIONS: [&str; 5] = [
    ATTACHMENTS,
    EXTENSIONS,
    "inReplyTo",
    extended::Kind::Single.name(),
    extended::Kind::Multi.name(),
];
const ATTACHMENTS: &str = "attachments";
const EXTENSIONS: &str = "extensions";

/// `GET …/posts`. Nothing but `$select` and one `$expand` has an effect, and a filter is refused.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    if call.query.filter.is_some() {
        return Err(GraphError::new(
            501,
            "FilteringOnConversations",
            "Filtering on conversations is not supported.",
        ));
    }
    let wanted = Wanted::new(call)?;
    let thread = thread(call)?;
    let rows = shuffled(thread)
        .into_iter()
        .map(|post| row(thread, post, &wanted, None))
        .collect::<Result<_>>()?;
    list::whole(call, rows, None, None)
}

/// The newest hundred posts in an order that means nothing, but is always the same.
fn shuffled(thread: &Thread) -> Vec<&Post> {
    let mut posts: Vec<&Post> = thread.posts.iter().rev().take(MOST).collect();
    posts.sort_by_cached_key(|post| digest(13, post.id.as_bytes()));
    posts
}

/// What `$expand=posts` shows of each post, where a request has that.
pub fn expansion(call: &Call<'_>) -> Result<Option<Chosen<Post>>> {
    list::choose_expanded(call, ("posts", "conversationThread"), PROPERTIES, "post")
}

/// `$expand=posts` of a thread.
pub fn expanded(thread: &Thread, chosen: &Chosen<Post>) -> Value {
    let rows = shuffled(thread)
        .into_iter()
        .filter_map(|post| serde_json::to_value(item(post, chosen, None)).ok());
    rows.collect()
}

/// `GET …/posts/{post}`.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let wanted = Wanted::new(call)?;
    let thread = thread(call)?;
    let post = find(call, thread)?;
    let row = row(thread, post, &wanted, Some(list::entity_context(call)))?;
    Ok(Answer::json(200, serde_json::to_vec(&row)?))
}

/// `GET …/posts/{post}/inReplyTo`.
pub fn in_reply_to(call: &mut Call<'_>) -> Result<Answer> {
    let wanted = Wanted::new(call)?;
    let thread = thread(call)?;
    let parent = answered(thread, find(call, thread)?).ok_or_else(GraphError::no_item)?;
    let context = format!("{}/$entity", list::context(call, ""));
    let row = row(thread, parent, &wanted, Some(context))?;
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

/// What is shown of posts: some properties, and one expansion at most.
struct Wanted {
    chosen: Chosen<Post>,
    expansion: Option<&'static str>,
    /// Which of what is expanded is wanted.
    filter: Option<Filter>,
}

impl Wanted {
    fn new(call: &Call<'_>) -> Result<Wanted> {
        list::check_expansions(call, &EXPANSIONS, "post")?;
        let (expand, others) = match call.query.expand.split_first() {
            None => (None, [].as_slice()),
            Some((first, others)) => (Some(first), others),
        };
        if !others.is_empty() {
            return Err(GraphError::new(
                400,
                "ErrorInvalidRequest",
                "Only one property can be expanded on posts.",
            ));
        }
        let known = |name: &&str| expand.is_some_and(|expand| name.eq_ignore_ascii_case(&expand.name));
        let filter = expand.and_then(|expand| expand.filter.as_deref());
        Ok(Wanted {
            chosen: list::choose(call, PROPERTIES, "post")?,
            expansion: EXPANSIONS.into_iter().find(known),
            filter: filter.map(Filter::parse).transpose()?,
        })
    }
}

fn item<'a>(post: &'a Post, chosen: &'a Chosen<Post>, context: Option<String>) -> Item<'a, Post> {
    let etag = Some(format!("W/\"{}\"", post.change_key()));
    Item {
        context,
        etag,
        ..Item::plain(post, chosen)
    }
}

fn row<'a>(thread: &Thread, post: &'a Post, wanted: &'a Wanted, context: Option<String>) -> Result<Item<'a, Post>> {
    let mut row = item(post, &wanted.chosen, context);
    let Some(name) = wanted.expansion else {
        return Ok(row);
    };
    let filter = wanted.filter.as_ref();
    let kind = extended::Kind::ALL.into_iter().find(|kind| kind.name() == name);
    let expanded = match (name, kind) {
        (_, Some(kind)) => Some(kind.expanded(post, filter)?),
        (ATTACHMENTS, _) => Some(attachments::expanded(post)),
        (EXTENSIONS, _) => Some(extension::expanded(&post.extensions, extension::Place::Post, filter)),
        _ => match answered(thread, post) {
            Some(parent) => Some(serde_json::to_value(item(parent, &defaults(PROPERTIES), None))?),
            None => None,
        },
    };
    row.more.extend(expanded.map(|value| (name, value)));
    Ok(row)
}
