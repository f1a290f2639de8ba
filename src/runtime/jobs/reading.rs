//! Reads: what is kept on disk at once, then what each query asks of Graph.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use jiff::Timestamp;
use tokio::sync::OnceCell;

use super::super::keeper::Held;
use super::super::{overlap, settle};
use super::answer::Answer;
use super::{Jobs, Mine};
use crate::domain::{Id, Person, Thread};
use crate::graph::extensions::Bearer;
use crate::graph::{Page, RosterPage, Urgency};
use crate::protocol::{Lane, Part, Payload, Problem, Query, RequestId, Sought};
use crate::store::Store;

/// So many people whose profiles were read last are shown at once.
const MOST_RECENT: usize = 20;
/// So many people are found in the store: whoever is not among them types on.
const MOST_REMEMBERED: usize = 100;
/// How long somebody who types waits for the store.
const PATIENCE: Duration = Duration::from_millis(250);

impl Jobs {
    /// Reads, and answers in parts: what is kept on disk at once, where somebody waits for it, then Graph's answer, which
    /// is kept in its turn.
    pub(in crate::runtime) async fn read(&self, id: RequestId, lane: &Lane, query: Query) {
        // The store of whoever asks, not of whoever has signed in when the answer comes.
        let held = OnceCell::new();
        let held = async || held.get_or_init(|| self.keeper.held()).await.as_ref();
        let kept = async {
            let held = held().await;
            // Another folkmoot may have read, or written, since the group was opened.
            if let (Query::Threads { group, .. }, true) = (&query, lane.is_urgent() || *lane == Lane::Watch) {
                self.recall_marks(id, held, group).await;
            }
            if let Some(held) = held.filter(|_| lane.is_urgent()) {
                self.recall(id, held, query.clone()).await;
            }
        };
        let mut answer = Answer::new(&self.inbox, id, Store::keeps(&query));
        tokio::join!(kept, self.ask_graph(&mut answer, lane, query.clone()));
        if query == Query::Me {
            // Graph has told who it is: a command that gives tokens may have changed its mind.
            self.keeper.look_up().await;
            if let Some(held) = self.keeper.held().await {
                answer.keep(&held, query);
            }
        } else if let Some(held) = held().await {
            answer.keep(held, query);
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
        for mut payload in kept.parts {
            if let Payload::Me(me) = &mut payload {
                me.holder = Some(held.holder().clone());
            }
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
            Query::Me => answer.only(self.me(urgency).await).await,
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
            Query::Threads { group, since } => threads(answer, client.threads(&group, since, urgency)).await,
            Query::Conversations { group, since } => {
                let pages = client.conversations(&group, since, urgency);
                let page = |page: Page<_>| Payload::Conversations(page.items.into());
                answer.stream(pages, page, Payload::Conversations([].into())).await;
            }
            Query::ThreadsOf { group, conversation } => {
                threads(answer, client.threads_of(&group, &conversation, urgency)).await;
            }
            Query::Posts { group, thread } => {
                let posts = client.posts(&group, &thread, urgency).await;
                let payload = |(posts, cut_short): (Vec<_>, _)| Payload::Posts {
                    posts: posts.into_iter().map(Arc::new).collect(),
                    cut_short,
                };
                answer.only(posts.map(payload)).await;
            }
            Query::Extent { group, of } => {
                let extent = client.extent(&group, &of, urgency).await;
                answer.only(extent.map(Payload::Extent)).await;
            }
            Query::Extensions { group, thread, post } => {
                let post = Some((thread, post));
                let extensions = client.extensions(&Bearer { group, post }, urgency).await;
                answer.only(extensions.map(Payload::Extensions)).await;
            }
            Query::Attachments { group, thread, posts } => {
                let attachments = stream::iter(posts).then(|post| {
                    let (group, thread) = (&group, &thread);
                    async move {
                        let attachments = client.attachments(group, thread, &post, urgency).await?;
                        Ok(Payload::Attachments { post, attachments })
                    }
                });
                answer.stream(attachments, |of_post| of_post, Payload::Nothing).await;
            }
            Query::Nearby => {
                let people = client.nearby(urgency).await;
                answer.only(people.map(|all| found(Some(all.len()), all))).await;
            }
            Query::People { term } => {
                let page = client.find_people(&term, urgency).await;
                answer.only(page.map(|page| found(page.total, page.items))).await;
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

    /// Who is signed in, whose own posts are known from now on.
    async fn me(&self, urgency: Urgency) -> Result<Payload, Problem> {
        // Somebody else may have signed in.
        self.mine().is_current = false;
        let me = self.client.me(urgency).await?;
        self.mine().add(&me.person);
        Ok(Payload::Me(Box::new(me)))
    }

    fn mine(&self) -> MutexGuard<'_, Mine> {
        self.mine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn settle(&self, sought: Sought, urgency: Urgency) -> Result<Payload, Problem> {
        let is_known = self.mine().is_current || sought.draft.writer.is_some();
        if !is_known {
            self.me(urgency).await?;
        }
        let senders = settle::senders(&sought.draft, &self.mine().people);
        let found = settle::settle(&self.client, &self.drafts, sought, &senders, urgency).await?;
        Ok(Payload::Settled(found))
    }
}

/// People who were found, and how many there are in all.
fn found(total: Option<usize>, people: Vec<Person>) -> Payload {
    Payload::People {
        page: people.into(),
        total,
    }
}

async fn threads(answer: &mut Answer<'_>, pages: impl Stream<Item = Result<Page<Thread>, Problem>>) {
    let page = |page: Page<Thread>| Payload::Threads(page.items.into());
    answer.stream(pages, page, Payload::Threads([].into())).await;
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
