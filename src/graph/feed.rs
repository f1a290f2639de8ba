//! A stream fed by a task of its own, so that work goes on while the reader is busy with the last item.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use crate::protocol::{Problem, ProblemKind};

type Work<T> = Box<dyn FnOnce(Out<T>) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send>> + Send>;

/// Items that a task makes, in order. Nothing begins before the first poll; dropping it stops the task and aborts the
/// requests it has under way. A problem is always the last item.
#[must_use = "a feed does nothing until it is polled"]
pub struct Feed<T> {
    state: State<T>,
}

enum State<T> {
    Waiting(Work<T>),
    Running(mpsc::Receiver<T>, AbortOnDropHandle<Result<(), Problem>>),
    Ended,
}

/// Where a feed's task puts its items.
pub(super) struct Out<T>(mpsc::Sender<T>);

impl<T> Out<T> {
    /// Hands an item on, when there is room: at most one waits to be taken.
    pub(super) async fn put(&self, item: T) {
        // The receiver lives as long as the feed, and with the feed the task that runs this: a failure to hand on is
        // seen by nobody.
        let _ = self.0.send(item).await;
    }

    /// Waits until the items that were handed on have been taken.
    pub(super) async fn taken(&self) {
        // There is room for one item, so that there is room again is all there is to know.
        let _ = self.0.reserve().await;
    }
}

impl<T: Send + 'static> Feed<T> {
    pub(super) fn new<F, W>(work: W) -> Self
    where
        W: FnOnce(Out<T>) -> F + Send + 'static,
        F: Future<Output = Result<(), Problem>> + Send + 'static,
    {
        Feed {
            state: State::Waiting(Box::new(|out| Box::pin(work(out)))),
        }
    }
}

impl<T: Send + 'static> Stream for Feed<T> {
    type Item = Result<T, Problem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if matches!(self.state, State::Waiting(_)) {
            let (sender, receiver) = mpsc::channel(1);
            if let State::Waiting(work) = std::mem::replace(&mut self.state, State::Ended) {
                let task = AbortOnDropHandle::new(tokio::spawn(work(Out(sender))));
                self.state = State::Running(receiver, task);
            }
        }
        let State::Running(items, task) = &mut self.state else {
            return Poll::Ready(None);
        };
        if let Some(item) = ready!(items.poll_recv(context)) {
            return Poll::Ready(Some(Ok(item)));
        }
        let end = ready!(Pin::new(task).poll(context));
        self.state = State::Ended;
        Poll::Ready(match end {
            Ok(Ok(())) => None,
            Ok(Err(problem)) => Some(Err(problem)),
            Err(_) => Some(Err(crashed())),
        })
    }
}

/// What to say of a task that panicked.
pub(super) fn crashed() -> Problem {
    Problem::new(
        ProblemKind::General,
        "Reading from Graph failed inside folkmoot itself.",
        "Try again; if it happens again, please report it with the log.",
    )
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt;

    use super::*;

    #[tokio::test]
    async fn items_come_in_order_and_a_problem_or_a_panic_comes_last() {
        let mut feed = Feed::new(|out| async move {
            for item in 0..3 {
                out.put(item).await;
            }
            Err(Problem::new(ProblemKind::Server, "no more", ""))
        });
        let mut items = Vec::new();
        while let Some(item) = feed.next().await {
            items.push(item.map_err(|problem| problem.kind));
        }
        assert_eq!(items, [Ok(0), Ok(1), Ok(2), Err(ProblemKind::Server)]);

        let mut feed = Feed::<u8>::new(|_| async { panic!("on purpose") });
        assert_eq!(feed.next().await, Some(Err(crashed())));
        assert_eq!(feed.next().await, None);
    }

    #[tokio::test]
    async fn dropping_it_stops_the_task() {
        let (alive, mut gone) = mpsc::channel::<()>(1);
        let mut feed = Feed::new(|out| async move {
            let _alive = alive;
            out.put(1).await;
            std::future::pending().await
        });
        assert_eq!(feed.next().await, Some(Ok(1)));
        drop(feed);
        assert_eq!(gone.recv().await, None);
    }
}
