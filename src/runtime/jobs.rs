//! What each query and mutation does: the Graph client's operations, as replies.

use std::path::Path;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use tokio::sync::{OnceCell, mpsc};

use super::desk::Desk;
use super::keeper::{Held, Keeper};
use super::photos::Brush;
use super::scratch::Scratch;
use super::{overlap, own, saving, send, settle};
use crate::app::{Saving, SavingStep, What};
use crate::config::from_home;
use crate::domain::{Draft, Id, Person};
use crate::graph::{Client, Page, RosterPage, Urgency};
use crate::protocol::own::OwnChange;
use crate::protocol::{Delivery, Lane, Mutation, Part, Payload, Problem, ProblemKind, Query, Reply, RequestId, Sought};
use crate::store::Store;

/// Everything a job needs.
pub(super) struct Jobs {
    pub(super) client: Client,
    pub(super) desk: Desk,
    pub(super) keeper: Keeper,
    pub(super) read_only: bool,
    pub(super) inbox: mpsc::Sender<What>,
    pub(super) me: OnceCell<Person>,
    /// What photos are drawn with, where they are.
    pub(super) brush: Option<Brush>,
    /// What lies on disk only while the program runs.
    pub(super) scratch: Scratch,
}

/// So many items of a list are kept to be shown at once; the rest comes from Graph. Keeping a hundred thousand members
/// would cost more memory and time than reading them.
const MOST_KEPT: usize = 10_000;

/// So many people whose profiles were read last are shown at once.
const MOST_RECENT: usize = 20;
/// So many people are found in the store: whoever is not among them types on.
const MOST_REMEMBERED: usize = 100;
/// What to do about `--read-only`.
const FOR_THE_PROFILE: &str = "Start it without --read-only to change your profile.";
/// How long somebody who types waits for the store.
const PATIENCE: Duration = Duration::from_millis(250);

/// Sends the parts of one answer to the loop.
struct Answer<'a> {
    inbox: &'a mpsc::Sender<What>,
    id: RequestId,
    /// The parts that have been sent, where they are to be kept.
    parts: Option<Vec<Payload>>,
    /// How many items of a list are in them.
    items: usize,
    /// Why there are no more.
    problem: Option<Problem>,
}

impl<'a> Answer<'a> {
    fn new(inbox: &'a mpsc::Sender<What>, id: RequestId, keep: bool) -> Self {
        Answer {
            inbox,
            id,
            parts: keep.then(Vec::new),
            items: 0,
            problem: None,
        }
    }

    async fn send(&mut self, part: Part, result: Result<Payload, Problem>) {
        match (&result, &mut self.parts) {
            (Ok(payload), Some(parts)) if self.items < MOST_KEPT => {
                self.items += listed(payload);
                parts.push(payload.clone());
            }
            (Err(problem), _) => self.problem = Some(problem.clone()),
            (Ok(_), _) => {}
        }
        // The loop has ended when this fails: nobody waits for the answer.
        let _ = self
            .inbox
            .send(What::Reply(Reply {
                id: self.id,
                part,
                result,
            }))
            .await;
    }

    async fn only(&mut self, result: Result<Payload, Problem>) {
        self.send(Part::Last, result).await;
    }

    /// Sends items as they come. The last is only known to be the last once the next has not come, so each waits for
    /// the one after it; the first is sent at once and the end may be an `empty` part.
    async fn stream<T>(
        &mut self,
        items: impl Stream<Item = Result<T, Problem>>,
        payload: impl Fn(T) -> Payload,
        empty: Payload,
    ) {
        let mut items = std::pin::pin!(items);
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => self.send(Part::More, Ok(payload(item))).await,
                Err(problem) => return self.only(Err(problem)).await,
            }
        }
        self.only(Ok(empty)).await;
    }
}

impl Jobs {
    /// Reads, and answers in parts: what is kept on disk at once, where somebody waits for it, then Graph's answer, which
    /// is kept in its turn.
    pub(super) async fn read(&self, id: RequestId, lane: &Lane, query: Query) {
        // The store of whoever asks, not of whoever has signed in when the answer comes.
        let held = OnceCell::new();
        let held = async || held.get_or_init(|| self.keeper.held()).await.as_ref();
        let kept = async {
            if !lane.is_urgent() {
                return;
            }
            let held = held().await;
            if let Query::Threads { group, since: None } = &query {
                self.recall_marks(id, held, group).await;
            }
            if let Some(held) = held {
                self.recall(id, held, query.clone()).await;
            }
        };
        let mut answer = Answer::new(&self.inbox, id, Store::keeps(&query));
        tokio::join!(kept, self.ask_graph(&mut answer, lane, query.clone()));
        if query == Query::Me {
            // Graph has told who it is: a command that gives tokens may have changed its mind.
            self.keeper.look_up().await;
            if let Some(held) = self.keeper.held().await {
                keep(&held, query, answer);
            }
        } else if let Some(held) = held().await {
            keep(held, query, answer);
        }
    }

    /// Tells how far the threads of a group were read; where nothing is kept of that, that nothing is.
    async fn recall_marks(&self, id: RequestId, held: Option<&Held>, group: &Id) {
        let about = group.clone();
        let marks = match held {
            Some(held) => held.ask(move |store| store.marks(&about)).await,
            None => None,
        };
        let payload = Payload::Marks {
            group: group.clone(),
            marks: marks.unwrap_or_default(),
        };
        let mut answer = Answer::new(&self.inbox, id, false);
        answer.send(Part::Kept(Timestamp::now()), Ok(payload)).await;
    }

    /// Shows what is kept.
    async fn recall(&self, id: RequestId, held: &Held, query: Query) {
        let mut answer = Answer::new(&self.inbox, id, false);
        if query == Query::Nearby {
            let recent = held.ask(|store| store.recent_people(MOST_RECENT)).await;
            let payload = Payload::Remembered(recent.unwrap_or_default());
            answer.send(Part::Kept(Timestamp::now()), Ok(payload)).await;
        }
        let Some(Some(kept)) = held.ask(move |store| store.recall(&query)).await else {
            return;
        };
        for payload in kept.parts {
            answer.send(Part::Kept(kept.read_at), Ok(payload)).await;
        }
    }

    /// The people whom the store finds: nobody where it takes its time.
    async fn remembered(&self, term: String) -> Payload {
        let asked = async {
            let held = self.keeper.held().await?;
            held.ask(move |store| store.people_like(&term, MOST_REMEMBERED)).await
        };
        let found = tokio::time::timeout(PATIENCE, asked).await;
        Payload::Remembered(found.ok().flatten().unwrap_or_default())
    }

    async fn ask_graph(&self, answer: &mut Answer<'_>, lane: &Lane, query: Query) {
        let urgency = if lane.is_urgent() {
            Urgency::Person
        } else {
            Urgency::Ahead
        };
        let client = &self.client;
        match query {
            Query::Me => {
                answer
                    .only(client.me(urgency).await.map(|me| Payload::Me(Box::new(me))))
                    .await
            }
            Query::Groups { scope, term } => {
                let pages = client.groups(scope, term.as_deref(), urgency);
                answer
                    .stream(
                        pages,
                        |page| Payload::Groups(page.items.into()),
                        Payload::Groups([].into()),
                    )
                    .await;
            }
            Query::Group { key } => {
                let group = client.group(&key, urgency).await;
                answer.only(group.map(|group| Payload::Group(Box::new(group)))).await;
            }
            Query::Unseen { groups } => {
                let counts = client.unseen(&groups, urgency);
                answer
                    .stream(counts, Payload::Unseen, Payload::Unseen(Vec::new()))
                    .await;
            }
            Query::Members { group } => members(answer, client.roster(&group, urgency)).await,
            Query::Everyone { group } => members(answer, client.everyone(&group, urgency)).await,
            Query::Threads { group, since } => {
                let pages = client.threads(&group, since, urgency);
                let page = |page: Page<_>| Payload::Threads(page.items.into());
                answer.stream(pages, page, Payload::Threads([].into())).await;
            }
            Query::Conversations { group } => {
                let pages = client.conversations(&group, urgency);
                let page = |page: Page<_>| Payload::Conversations(page.items.into());
                answer.stream(pages, page, Payload::Conversations([].into())).await;
            }
            Query::ThreadsOf { group, conversation } => {
                let pages = client.threads_of(&group, &conversation, urgency);
                let page = |page: Page<_>| Payload::Threads(page.items.into());
                answer.stream(pages, page, Payload::Threads([].into())).await;
            }
            Query::Posts { group, thread } => {
                let posts = client.posts(&group, &thread, urgency).await;
                answer
                    .only(posts.map(|(posts, cut_short)| Payload::Posts { posts, cut_short }))
                    .await;
            }
            Query::Extent { group, thread, whole } => {
                let extent = client.extent(&group, &thread, whole, urgency).await;
                answer.only(extent.map(Payload::Extent)).await;
            }
            Query::Attachments { group, thread, posts } => {
                for post in posts {
                    match client.attachments(&group, &thread, &post, urgency).await {
                        Ok(attachments) => {
                            answer
                                .send(Part::More, Ok(Payload::Attachments { post, attachments }))
                                .await;
                        }
                        Err(problem) => return answer.only(Err(problem)).await,
                    }
                }
                answer.only(Ok(Payload::Nothing)).await;
            }
            Query::Nearby => {
                let people = client.nearby(urgency).await;
                let all = |people: Vec<Person>| Payload::People {
                    total: Some(people.len()),
                    page: people.into(),
                };
                answer.only(people.map(all)).await;
            }
            Query::People { term } => {
                let found = client.find_people(&term, urgency).await;
                let page = |page: Page<Person>| Payload::People {
                    page: page.items.into(),
                    total: page.total,
                };
                answer.only(found.map(page)).await;
            }
            Query::Remembered { term } => answer.only(Ok(self.remembered(term).await)).await,
            Query::Line { person } => {
                answer
                    .only(client.line_of(&person, urgency).await.map(Payload::Line))
                    .await
            }
            Query::Reports { person } => {
                let pages = client.reports(&person, urgency);
                answer
                    .stream(pages, Payload::Reports, Payload::Reports([].into()))
                    .await;
            }
            Query::Card { person, mine } => {
                answer
                    .stream(client.card(&person, mine, urgency), Payload::Card, Payload::Nothing)
                    .await
            }
            Query::Overlap(asked) => answer.only(overlap::read(client, asked, urgency).await).await,
            Query::Settle(sought) => answer.only(self.settle(sought, urgency).await).await,
        }
    }

    /// Saves an attachment.
    pub(super) async fn save_attachment(&self, id: RequestId, saving: &Saving) {
        let saved = saving::save(&self.client, &self.scratch, (id, saving), &self.inbox).await;
        let step = SavingStep::Done(saved);
        // The loop has ended when this fails.
        let _ = self.inbox.send(What::Saving { id, step }).await;
    }

    /// Changes something, and answers with what became of it.
    pub(super) async fn write(&self, id: RequestId, mutation: Mutation) {
        let mut answer = Answer::new(&self.inbox, id, false);
        match mutation {
            Mutation::Deliver(draft) => {
                let name = draft.id.clone();
                let outcome = self.deliver(*draft).await;
                answer.only(Ok(Payload::Delivery { draft: name, outcome })).await;
            }
            Mutation::ChangeThread { group, thread, change } => {
                let outcome = self.change_thread(&group, &thread, &change).await;
                answer.only(Ok(Payload::Changed(outcome))).await;
            }
            Mutation::SeeGroup { group } => {
                let outcome = match self.read_only {
                    true => nothing_is_changed(""),
                    false => self.client.reset_unseen(&group).await,
                };
                answer.only(Ok(Payload::Changed(outcome))).await;
            }
            Mutation::ChangeMine(change) => {
                let outcome = self.change_mine(change).await;
                answer.only(Ok(Payload::Changed(outcome))).await;
            }
            Mutation::PutPhoto { file } => {
                let outcome = self.put_photo(file).await;
                answer.only(Ok(Payload::Changed(outcome))).await;
            }
        }
    }

    async fn deliver(&self, mut draft: Draft) -> Delivery {
        if self.read_only {
            return Delivery::NotSent(Problem::new(
                ProblemKind::Usage,
                "folkmoot was started with --read-only: nothing is sent.",
                "Start it without --read-only to send this draft.",
            ));
        }
        send::send(&self.client, &self.desk, &mut draft).await
    }

    async fn change_mine(&self, OwnChange { property, value }: OwnChange) -> Delivery {
        if self.read_only {
            return nothing_is_changed(FOR_THE_PROFILE);
        }
        let fields = std::iter::once((property.name.to_owned(), value)).collect();
        self.client.update_me(&fields).await
    }

    async fn put_photo(&self, file: String) -> Delivery {
        if self.read_only {
            return nothing_is_changed(FOR_THE_PROFILE);
        }
        let read = tokio::task::spawn_blocking(move || own::read_photo(&from_home(Path::new(&file)))).await;
        match read {
            Ok(Ok(jpeg)) => self.client.put_my_photo(jpeg).await,
            Ok(Err(problem)) => Delivery::NotSent(problem),
            Err(error) => {
                tracing::error!(panicked = error.is_panic(), "a photo could not be read");
                let what = "The photo could not be read.";
                Delivery::NotSent(Problem::new(ProblemKind::General, what, "The log says more."))
            }
        }
    }

    async fn settle(&self, mut sought: Sought, urgency: Urgency) -> Result<Payload, Problem> {
        let me = self
            .me
            .get_or_try_init(|| async { self.client.me(urgency).await.map(|me| me.person) })
            .await?
            .clone();
        let draft = sought.draft.id.clone();
        sought.taken.extend(self.desk.taken_by_others(draft.clone()).await?);
        let Some(found) = settle::look(&self.client, sought, &me, urgency).await? else {
            return Ok(Payload::Settled(None));
        };
        let is_its_own = self.desk.claim(draft, found.post.clone()).await?;
        Ok(Payload::Settled(is_its_own.then_some(found)))
    }
}

/// Answers with a group's members as they come.
async fn members(answer: &mut Answer<'_>, pages: impl Stream<Item = Result<RosterPage, Problem>>) {
    let page = |page: RosterPage| Payload::Members {
        page: page.members,
        total: page.total,
    };
    let (nobody, total) = ([].into(), None);
    answer
        .stream(pages, page, Payload::Members { page: nobody, total })
        .await;
}

/// What becomes of a change where nothing may be changed.
pub(super) fn nothing_is_changed(next: &str) -> Delivery {
    Delivery::NotSent(Problem::new(
        ProblemKind::Usage,
        "folkmoot was started with --read-only: nothing is changed.",
        next,
    ))
}

/// How many items of a list an answer has that may be long.
fn listed(payload: &Payload) -> usize {
    match payload {
        Payload::Groups(page) => page.len(),
        Payload::Members { page, .. } => page.len(),
        Payload::Threads(page) => page.len(),
        Payload::Conversations(page) => page.len(),
        Payload::Reports(page) => page.len(),
        _ => 0,
    }
}

/// Keeps an answer, and forgets what is gone or may not be seen any more.
fn keep(held: &Held, query: Query, answer: Answer<'_>) {
    let read_at = Timestamp::now();
    match (answer.problem, answer.parts) {
        (Some(problem), _) if problem.denies() => held.keep(move |store| store.forget(&query)),
        (None, Some(parts)) => held.keep(move |store| {
            if let Some(Payload::Me(me)) = parts.first()
                && store.belongs_to(&me.person.id)?
            {
                tracing::info!("somebody else has signed in; what was kept is removed");
            }
            store.keep(&query, &parts, read_at)
        }),
        (Some(_), _) | (None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::Group;

    #[tokio::test]
    async fn all_of_a_long_list_is_sent_and_its_beginning_kept() {
        let group: Group = serde_json::from_str(r#"{"id": "g", "displayName": "提灯 مجموعة"}"#).unwrap();
        let page: Arc<[Group]> = vec![group; 999].into();
        let (inbox, mut sent) = mpsc::channel(100);
        let mut answer = Answer::new(&inbox, RequestId(1), true);
        for _ in 0..50 {
            answer.send(Part::More, Ok(Payload::Groups(page.clone()))).await;
        }
        answer.only(Ok(Payload::Nothing)).await;
        let parts = answer.parts.unwrap();
        assert_eq!(parts.iter().map(listed).sum::<usize>(), 11 * 999);
        assert!(answer.problem.is_none());
        drop(inbox);
        let mut count = 0;
        while sent.recv().await.is_some() {
            count += 1;
        }
        assert_eq!(count, 51);
    }
}
