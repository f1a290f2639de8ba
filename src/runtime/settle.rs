//! Finding what was sent: same sender, same words, about the same time, and not another draft's post. A reply is looked for
//! in its thread, what was to make a thread in the newest threads of its group that have its topic.

#[cfg(test)]
mod tests;

use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};

use super::send::Ledger;
use crate::domain::{Body, Draft, Id, Person, Post, Thread, Writer};
use crate::graph::{Client, Urgency};
use crate::protocol::{Landed, Problem, ProblemKind, Sought};
use crate::text;

/// How far the post's time may be from when it was sent.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// So many threads of the same topic are looked into.
const MOST_THREADS: usize = 20;

/// The addresses that the post of a draft may come from: those of its writer, and of the same person as they are now. Of a
/// draft that names none, any of these people may be the writer.
pub(super) fn senders(draft: &Draft, known: &[Person]) -> Vec<String> {
    let (mut addresses, of) = match &draft.writer {
        Some(writer) => (writer.addresses.clone(), Some(&writer.id)),
        None => (Vec::new(), None),
    };
    let people = known.iter().filter(|person| of.is_none_or(|id| person.id == *id));
    addresses.extend(people.flat_map(|person| Writer::of(person).addresses));
    addresses
}

/// Looks a sent draft up, and records that it has become the post that is found, unless another draft has.
///
/// # Errors
/// Whatever Graph, the network or the disk did.
pub(super) async fn settle(
    client: &Client,
    ledger: &impl Ledger,
    mut sought: Sought,
    senders: &[String],
    urgency: Urgency,
) -> Result<Option<Landed>, Problem> {
    let draft = sought.draft.id.clone();
    sought.taken.extend(ledger.taken_by_others(draft.clone()).await?);
    let Some(found) = look(client, sought, senders, urgency).await? else {
        return Ok(None);
    };
    let is_its_own = ledger.claim(draft, found.post.clone()).await?;
    Ok(is_its_own.then_some(found))
}

/// Looks a sent draft up: the post that it has become, if it is visible. `senders` are addresses that it may come from.
///
/// # Errors
/// Whatever Graph or the network did.
async fn look(
    client: &Client,
    sought: Sought,
    senders: &[String],
    urgency: Urgency,
) -> Result<Option<Landed>, Problem> {
    let group = &sought.draft.target.group;
    let threads = match sought.draft.target.thread() {
        Some(thread) => vec![thread.clone()],
        None => newest(client, &sought, urgency).await?,
    };
    for thread in threads {
        let (posts, _) = client.posts(group, &thread, urgency).await?;
        let (sought, senders, ahead) = (sought.clone(), senders.to_vec(), client.clock_ahead());
        let found = tokio::task::spawn_blocking(move || {
            let post = find(&sought, ahead, &senders, &posts)?;
            let place = posts.iter().position(|found| found.id == post)?;
            let at = posts.get(place).and_then(Post::when);
            let before = posts.iter().take(place).filter_map(Post::when).max();
            Some((post, at, before))
        });
        let found = found.await;
        let found = found.map_err(|error| {
            // A panic's own words may quote a body.
            tracing::error!(panicked = error.is_panic(), "a look for a sent draft failed");
            Problem::new(
                ProblemKind::General,
                "The thread could not be looked through.",
                "The log says more.",
            )
        })?;
        if let Some((post, at, before)) = found {
            return Ok(Some(Landed {
                thread,
                post,
                at,
                before,
            }));
        }
    }
    Ok(None)
}

/// The newest threads of the group that have the topic of what was sent.
async fn newest(client: &Client, sought: &Sought, urgency: Urgency) -> Result<Vec<Id>, Problem> {
    let Draft { target, .. } = &*sought.draft;
    let theirs = sought.at.checked_add(client.clock_ahead()).unwrap_or(sought.at);
    let since = sought.at.min(theirs) - TOLERANCE;
    let mut pages = std::pin::pin!(client.threads(&target.group, Some(since), urgency));
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        let alike = |thread: &&Thread| text::normalised(thread.topic.as_str()) == text::normalised(&target.topic);
        found.extend(page?.items.iter().filter(alike).map(|thread| thread.id.clone()));
        if found.len() >= MOST_THREADS {
            break;
        }
    }
    Ok(found)
}

/// The post that the sought draft has become. When it was sent is known by one of two clocks: the server's, which is so far
/// `ahead` of this machine's, or this machine's, which may have been put right or wrong since. Either will do. Lays bodies out,
/// so it belongs off the loops.
pub(super) fn find(sought: &Sought, ahead: SignedDuration, senders: &[String], posts: &[Post]) -> Option<Id> {
    let is_near = |when: Timestamp| {
        let apart = when.duration_since(sought.at);
        [apart, apart.saturating_sub(ahead)]
            .iter()
            .any(|apart| apart.abs() <= TOLERANCE)
    };
    posts
        .iter()
        .filter(|post| !sought.taken.contains(&post.id))
        .filter(|post| is_from(post, senders))
        .filter(|post| post.when().is_some_and(is_near))
        .find(|post| says(&post.body, &sought.draft))
        .map(|post| post.id.clone())
}

fn is_from(post: &Post, senders: &[String]) -> bool {
    let address = post.author().address.as_str();
    senders.iter().any(|sender| sender.eq_ignore_ascii_case(address))
}

fn says(body: &Body, draft: &Draft) -> bool {
    text::contains_own_words(body, &draft.text)
        || text::says_what_was_sent(body, &text::own_html(&draft.text, &draft.with))
}
