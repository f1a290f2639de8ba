//! Filtering lists by what was typed, on threads that give way to the one that draws.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;

use tokio::sync::mpsc as async_mpsc;

use super::background;
use crate::app::{Filterable, Haystack, What, filter};

/// A filtering that was asked for.
pub(super) struct Order {
    pub(super) list: Filterable,
    pub(super) generation: u64,
    pub(super) needle: String,
    pub(super) haystack: Haystack,
    /// Where to look; `None` is everywhere.
    pub(super) within: Option<Arc<[u32]>>,
}

/// Starts the thread. It ends when the sender is dropped.
pub(super) fn start(inbox: async_mpsc::Sender<What>) -> mpsc::Sender<Order> {
    let (orders, todo) = mpsc::channel();
    let work = move || {
        background::give_way();
        serve(&todo, &inbox);
    };
    if let Err(error) = thread::Builder::new().name("filter".into()).spawn(work) {
        tracing::error!(%error, "no thread to filter lists");
    }
    orders
}

fn serve(todo: &mpsc::Receiver<Order>, inbox: &async_mpsc::Sender<What>) {
    while let Ok(first) = todo.recv() {
        // Nobody waits for what was asked of a list before the newest.
        let orders = std::iter::once(first).chain(todo.try_iter());
        let newest: HashMap<Filterable, Order> = orders.map(|order| (order.list, order)).collect();
        for Order {
            list,
            generation,
            needle,
            haystack,
            within,
        } in newest.into_values()
        {
            let work = || filter(&haystack, &needle, within.as_deref()).into();
            // A panic has said why in the log; the next filtering is to be done all the same.
            let Ok(shown) = catch_unwind(AssertUnwindSafe(work)) else {
                continue;
            };
            let answer = What::Filtered {
                list,
                generation,
                shown,
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
    use crate::domain::Group;
    use crate::layout::Pane;

    #[test]
    fn the_newest_of_each_list_is_answered() {
        let group: Group = serde_json::from_str(r#"{"id": "g", "displayName": "提灯 مجموعة"}"#).unwrap();
        let order = |list: Pane, generation: u64, needle: &str| Order {
            list: Filterable::Pane(list),
            generation,
            needle: needle.into(),
            haystack: Haystack::Groups([group.clone()].into_iter().collect()),
            within: None,
        };
        let (orders, todo) = mpsc::channel();
        for order in [
            order(Pane::Groups, 1, "z"),
            order(Pane::Members, 7, "مج"),
            order(Pane::Groups, 2, "提"),
        ] {
            orders.send(order).unwrap();
        }
        drop(orders);
        let (inbox, mut answers) = async_mpsc::channel(8);
        serve(&todo, &inbox);
        drop(inbox);
        let mut given = Vec::new();
        while let Some(What::Filtered { generation, shown, .. }) = answers.blocking_recv() {
            given.push((generation, shown.to_vec()));
        }
        given.sort();
        assert_eq!(given, [(2, vec![0]), (7, vec![0])]);
    }
}
