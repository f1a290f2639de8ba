//! One answer to the loop, in parts, and keeping it on disk.

use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use tokio::sync::mpsc;

use super::super::keeper::Held;
use crate::app::What;
use crate::protocol::{Part, Payload, Problem, Query, Reply, RequestId};

/// So many items of a list are kept to be shown at once; the rest comes from Graph. Keeping a hundred thousand members
/// would cost more memory and time than reading them.
const MOST_KEPT: usize = 10_000;

/// Sends the parts of one answer to the loop.
pub(super) struct Answer<'a> {
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
    pub(super) fn new(inbox: &'a mpsc::Sender<What>, id: RequestId, keep: bool) -> Self {
        Answer {
            inbox,
            id,
            parts: keep.then(Vec::new),
            items: 0,
            problem: None,
        }
    }

    pub(super) async fn send(&mut self, part: Part, result: Result<Payload, Problem>) {
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

    pub(super) async fn only(&mut self, result: Result<Payload, Problem>) {
        self.send(Part::Last, result).await;
    }

    /// Sends items as they come. That one was the last is only known once no other comes, so the end is an `empty` part.
    pub(super) async fn stream<T>(
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

    /// Keeps an answer, and forgets what is gone or may not be seen any more.
    pub(super) fn keep(self, held: &Held, query: Query) {
        let read_at = Timestamp::now();
        match (self.problem, self.parts) {
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
