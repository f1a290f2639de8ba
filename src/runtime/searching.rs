//! Looking for words in posts, on a thread that gives way to the one that draws.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;

use tokio::sync::mpsc as async_mpsc;

use super::background;
use crate::app::{LaidOut, Searched, What};
use crate::text;

/// A search that was asked for.
pub(super) struct Order {
    pub(super) needle: String,
    pub(super) laid_out: Vec<LaidOut>,
}

/// Starts the thread. It ends when the sender is dropped.
pub(super) fn start(inbox: async_mpsc::Sender<What>) -> mpsc::Sender<Order> {
    let (orders, todo) = mpsc::channel();
    let work = move || {
        background::give_way();
        serve(&todo, &inbox);
    };
    if let Err(error) = thread::Builder::new().name("search".into()).spawn(work) {
        tracing::error!(%error, "no thread to search posts");
    }
    orders
}

/// What is still to be looked through for the newest needle, and what came of the rest.
#[derive(Default)]
struct Search {
    needle: String,
    left: VecDeque<LaidOut>,
    searched: Vec<Searched>,
}

impl Search {
    /// Nobody waits for what was asked before other words were typed; posts that were laid out since come behind the others.
    fn take(&mut self, order: Order) {
        if order.needle != self.needle {
            *self = Search {
                needle: order.needle,
                ..Search::default()
            };
        }
        self.left.extend(order.laid_out);
    }

    /// Looks through a post.
    fn look_through(&mut self, laid_out: LaidOut) {
        let work = || Arc::from(text::find(&laid_out.set, &self.needle));
        // A panic has said why in the log; the other posts are to be searched all the same.
        let hits = catch_unwind(AssertUnwindSafe(work)).unwrap_or_default();
        self.searched.push(Searched { laid_out, hits });
    }
}

fn serve(todo: &mpsc::Receiver<Order>, inbox: &async_mpsc::Sender<What>) {
    let mut search = Search::default();
    loop {
        if search.left.is_empty() {
            let Ok(order) = todo.recv() else { return };
            search.take(order);
        }
        todo.try_iter().for_each(|order| search.take(order));
        if let Some(post) = search.left.pop_front() {
            search.look_through(post);
        }
        if search.left.is_empty() && !search.searched.is_empty() {
            let answer = What::Searched {
                needle: search.needle.clone(),
                posts: std::mem::take(&mut search.searched),
            };
            if inbox.blocking_send(answer).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Body, Html};

    fn order(needle: &str, posts: &[(&str, &str)]) -> Order {
        let laid_out = |(id, html): &(&str, &str)| LaidOut {
            post: (*id).into(),
            set: Arc::new(text::typeset(&Body::Html(Html::new(*html)), 40)),
        };
        Order {
            needle: needle.into(),
            laid_out: posts.iter().map(laid_out).collect(),
        }
    }

    #[test]
    fn the_newest_needle_is_looked_for_in_all_that_was_laid_out() {
        let (orders, todo) = mpsc::channel();
        let posts = [("p0", "<p>灯籠 one"), ("p1", "<p>שלום")];
        for order in [
            order("o", &posts),
            order("灯", &posts),
            order("灯", &[("p2", "<p>two 灯灯")]),
        ] {
            orders.send(order).unwrap();
        }
        drop(orders);
        let (inbox, mut answers) = async_mpsc::channel(8);
        serve(&todo, &inbox);
        drop(inbox);
        let Some(What::Searched { needle, posts }) = answers.blocking_recv() else {
            panic!("no answer")
        };
        let counts: Vec<_> = posts
            .iter()
            .map(|post| (post.laid_out.post.as_str(), post.hits.len()))
            .collect();
        assert_eq!((needle.as_str(), counts), ("灯", vec![("p0", 1), ("p1", 0), ("p2", 2)]));
        assert_eq!(answers.blocking_recv(), None);
    }
}
