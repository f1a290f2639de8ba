//! What was read before, at hand: two threads with the store of the account that is signed in, one that reads and one that
//! writes, so that whoever wants to see something never waits for what is being kept. Nothing here is worth waiting for:
//! where the store cannot be had, the answer is that nothing was kept, and it is tried again later. How far threads were
//! read is no copy of anything: that is written again and again, until it is kept.

mod bench;

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc as async_mpsc, oneshot, watch};

use self::bench::{Bench, Common, Order, Work};
use super::background;
use crate::app::What;
use crate::domain::Id;
use crate::protocol::{Holder, Marking, TokenSource};
use crate::store::{self, Store, StoreError};

/// The thread that writes gives way to all others: nobody waits for it.
const WRITER: &str = "store-write";
/// How many changes may wait to be written. What comes while a disk hangs is not kept.
const WAITING: usize = 256;
/// How long leaving waits for what is still to be written.
const LAST_WAIT: Duration = Duration::from_millis(250);

/// Where stores lie.
#[derive(Debug, Clone)]
pub struct StoreLocation {
    /// The profile's folder.
    pub folder: PathBuf,
    /// What stands for the Graph in the name of a store: its address.
    pub graph: String,
}

/// Hands work to the threads. Cheap to clone.
#[derive(Clone)]
pub struct Keeper {
    inner: Option<Arc<Inner>>,
}

/// The store of one account. What is ordered through it goes there, whoever signs in meanwhile.
#[derive(Clone)]
pub struct Held {
    place: Place,
    inner: Arc<Inner>,
}

/// Where the store of an account lies, and whose it is.
#[derive(Clone)]
struct Place {
    path: PathBuf,
    holder: Holder,
}

struct Inner {
    location: StoreLocation,
    tokens: Arc<dyn TokenSource>,
    reader: mpsc::Sender<Order>,
    writer: mpsc::SyncSender<Order>,
    common: Arc<Common>,
    /// The store in use; the outer `None` until it was first looked up whose it is to be.
    current: watch::Sender<Option<Option<Place>>>,
    /// Held while it is looked up: one at a time.
    turn: tokio::sync::Mutex<()>,
}

impl Keeper {
    /// Starts the threads. They open nothing before [`Keeper::look_up`].
    pub fn start(location: StoreLocation, tokens: Arc<dyn TokenSource>, inbox: async_mpsc::Sender<What>) -> Self {
        let (reader, reads) = mpsc::channel();
        let (writer, writes) = mpsc::sync_channel(WAITING);
        let common = Arc::new(Common::new(inbox));
        for (name, todo) in [("store-read", reads), (WRITER, writes)] {
            let bench = Bench::new(common.clone());
            if let Err(error) = thread::Builder::new().name(name.into()).spawn(move || {
                if name == WRITER {
                    background::give_way();
                    bench.write(&todo);
                } else {
                    bench.read(&todo);
                }
            }) {
                tracing::error!(%error, "no thread for the store");
            }
        }
        Keeper {
            inner: Some(Arc::new(Inner {
                location,
                tokens,
                reader,
                writer,
                common,
                current: watch::Sender::new(None),
                turn: tokio::sync::Mutex::default(),
            })),
        }
    }

    /// A keeper that keeps nothing.
    pub fn none() -> Self {
        Keeper { inner: None }
    }

    /// Finds out whose token is in hand, and turns to that account's store.
    pub async fn look_up(&self) {
        let Some(inner) = &self.inner else { return };
        let _turn = inner.turn.lock().await;
        let holder = inner.tokens.holder().await;
        let place = holder.map(|holder| Place {
            path: store::path(&inner.location.folder, &inner.location.graph, &holder),
            holder,
        });
        if place.is_some() {
            *inner.common.left() = None;
        }
        inner.current.send_replace(Some(place));
    }

    /// Removes what the profile has kept, and keeps nothing more: the person has signed out.
    pub async fn leave(&self) {
        let Some(inner) = &self.inner else { return };
        let _turn = inner.turn.lock().await;
        let Some(Place { path, .. }) = inner.current.send_replace(Some(None)).flatten() else {
            return;
        };
        // What is still on its way there is not kept.
        *inner.common.left() = Some(path);
        inner.common.put_aside();
        // Marks that wait to be written are let go.
        let _ = inner.writer.try_send(Order::Marks);
        let folder = inner.location.folder.clone();
        let removed = tokio::task::spawn_blocking(move || store::clear(&folder)).await;
        match removed {
            Ok(Ok(bytes)) => tracing::info!(bytes, "what was kept of the account is removed"),
            Ok(Err(error)) => tracing::warn!(%error, "what was kept of the account stays"),
            Err(error) => tracing::error!(panicked = error.is_panic(), "what was kept of the account stays"),
        }
    }

    /// The store in use, once it is known whose token is in hand; `None` where nothing is kept.
    pub async fn held(&self) -> Option<Held> {
        let inner = self.inner.as_ref()?;
        let mut current = inner.current.subscribe();
        let place = current.wait_for(Option::is_some).await.ok()?.clone().flatten()?;
        let inner = inner.clone();
        Some(Held { place, inner })
    }

    /// Has kept how far threads of a group were read by whoever is signed in; nothing, where that is nobody or not known yet.
    /// It does not wait. What cannot be kept now is kept later.
    pub fn keep_mark(&self, group: Id, marking: Marking) {
        let Some(inner) = &self.inner else { return };
        let place = inner.current.borrow().clone().flatten();
        if let Some(place) = place {
            inner.common.marks().push_back((place.path, group, marking));
            // A writer with so much to do that it cannot be told looks at them by itself.
            let _ = inner.writer.try_send(Order::Marks);
        }
    }

    /// Waits until everything ordered so far is kept, within reason.
    pub async fn flush(&self) {
        let Some(inner) = &self.inner else { return };
        let (answer, answered) = oneshot::channel();
        if inner.writer.try_send(Order::Flush(answer)).is_ok()
            && tokio::time::timeout(LAST_WAIT, answered).await.is_err()
        {
            tracing::warn!("the store is too slow: something may not be kept");
        }
    }
}

impl Held {
    /// Whose store it is.
    pub fn holder(&self) -> &Holder {
        &self.place.holder
    }

    /// Asks the store for something; `None` where it cannot be read.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |store| {
            // Whoever asked may have gone.
            let _ = answer.send(work(store)?);
            Ok(())
        });
        self.inner.reader.send(Order::Do(self.place.path.clone(), work)).ok()?;
        answered.await.ok()
    }

    /// Has something kept, after all that was ordered before. It does not wait.
    pub fn keep(&self, work: impl FnOnce(&mut Store) -> Result<(), StoreError> + Send + 'static) {
        let order = Order::Do(self.place.path.clone(), Box::new(work));
        if self.inner.writer.try_send(order).is_err() {
            tracing::warn!("the store is too slow: something is not kept");
        }
    }
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keeper")
            .field("location", &self.inner.as_ref().map(|inner| &inner.location))
            .finish()
    }
}

#[cfg(test)]
mod tests;
