//! What was read before, at hand: two threads with the store of the account that is signed in, one that reads and one that
//! writes, so that whoever wants to see something never waits for what is being kept. Nothing here is worth waiting for:
//! where the store cannot be had, the answer is that nothing was kept, and it is tried again later. How far threads were
//! read is no copy of anything: that is written again and again, until it is kept.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc as async_mpsc, oneshot, watch};

use super::background;
use crate::app::What;
use crate::domain::Id;
use crate::protocol::{Holder, Marking, Problem, TokenSource};
use crate::store::{self, Store, StoreError};

/// The thread that writes gives way to all others: nobody waits for it.
const WRITER: &str = "store-write";
/// How many changes may wait to be written. What comes while a disk hangs is not kept.
const WAITING: usize = 256;
/// How long leaving waits for what is still to be written.
const LAST_WAIT: Duration = Duration::from_millis(250);
/// How soon a store that could not be had is tried again.
const AGAIN: Duration = Duration::from_secs(2);

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

type Work = Box<dyn FnOnce(&mut Store) -> Result<(), StoreError> + Send>;

enum Order {
    /// Work on the store at a path.
    Do(PathBuf, Work),
    /// There are marks to be kept.
    Marks,
    Flush(oneshot::Sender<()>),
}

impl Keeper {
    /// Starts the threads. They open nothing before [`Keeper::look_up`].
    pub fn start(location: StoreLocation, tokens: Arc<dyn TokenSource>, inbox: async_mpsc::Sender<What>) -> Self {
        let (reader, reads) = mpsc::channel();
        let (writer, writes) = mpsc::sync_channel(WAITING);
        let common = Arc::new(Common {
            inbox,
            told: AtomicBool::new(false),
            epoch: AtomicUsize::new(0),
            left: Mutex::default(),
            marks: Mutex::default(),
        });
        for (name, todo) in [("store-read", reads), (WRITER, writes)] {
            let bench = Bench {
                common: common.clone(),
                path: PathBuf::new(),
                store: None,
                epoch: 0,
                again: None,
            };
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
        inner.common.epoch.fetch_add(1, Ordering::Relaxed);
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

/// What both threads know.
struct Common {
    inbox: async_mpsc::Sender<What>,
    /// The person was told that nothing is kept.
    told: AtomicBool,
    /// How often a store was put aside or removed: whoever has one open from before has that one.
    epoch: AtomicUsize,
    /// The store of somebody who has signed out.
    left: Mutex<Option<PathBuf>>,
    /// How far threads were read, as far as it is not kept yet, oldest first: the store, the group, and what has changed.
    marks: Mutex<VecDeque<(PathBuf, Id, Marking)>>,
}

/// What a thread works with.
struct Bench {
    common: Arc<Common>,
    path: PathBuf,
    /// `None` where it cannot be opened, too.
    store: Option<Store>,
    epoch: usize,
    /// It failed, and is not to be opened before.
    again: Option<Instant>,
}

impl Bench {
    fn read(mut self, todo: &mpsc::Receiver<Order>) {
        while let Ok(order) = todo.recv() {
            if let Order::Do(path, work) = order {
                self.work(&path, work);
            }
        }
    }

    fn write(mut self, todo: &mpsc::Receiver<Order>) {
        loop {
            let wait = match self.again {
                _ if self.common.marks().is_empty() => Duration::MAX,
                Some(again) => again.saturating_duration_since(Instant::now()),
                None => AGAIN,
            };
            let order = match todo.recv_timeout(wait) {
                Ok(order) => order,
                Err(RecvTimeoutError::Timeout) => Order::Marks,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if let Order::Flush(_) = order {
                // There may be no later.
                self.again = None;
            }
            self.keep_marks();
            match order {
                Order::Do(path, work) => drop(self.work(&path, work)),
                Order::Marks => {}
                Order::Flush(answer) => drop(answer.send(())),
            }
        }
    }

    /// Keeps how far threads were read, in order. What cannot be kept now stays for the next time.
    fn keep_marks(&mut self) {
        loop {
            // Nobody waits for a mark to be written, and nobody else takes one away.
            let Some((path, group, marking)) = self.common.marks().front().cloned() else {
                return;
            };
            if !self.work(&path, |store| store.keep_mark(&group, &marking)) {
                tracing::warn!(marks = self.common.marks().len(), "not kept yet");
                return;
            }
            self.common.marks().pop_front();
        }
    }

    /// Works on the store at a path. Returns whether it is done, or nobody wants it any more.
    fn work(&mut self, path: &Path, work: impl FnOnce(&mut Store) -> Result<(), StoreError>) -> bool {
        if self.common.left().as_deref() == Some(path) {
            self.store = None;
            return true;
        }
        let is_other = path != self.path || self.epoch != self.common.epoch.load(Ordering::Relaxed);
        if !is_other && self.again.is_some_and(|again| Instant::now() < again) {
            return false;
        }
        if is_other || self.store.is_none() {
            self.path = path.to_owned();
            self.open(Store::open);
        }
        let Some(store) = &mut self.store else { return false };
        match work(store) {
            Ok(()) => return true,
            Err(error) if error.is_corrupt() => {
                tracing::warn!(%error, "the store is broken");
                self.open(Store::reopen);
            }
            Err(error) if error.is_busy() => tracing::info!(%error, "not kept"),
            Err(error) => self.fail(&error),
        }
        false
    }

    fn open(&mut self, open: impl Fn(&Path) -> Result<(Store, Option<store::Notice>), StoreError>) {
        (self.store, self.again) = (None, None);
        match open(&self.path) {
            Ok((store, notice)) => {
                if let Some(notice) = notice {
                    self.common.epoch.fetch_add(1, Ordering::Relaxed);
                    self.common.tell(notice.problem());
                }
                self.store = Some(store);
            }
            Err(error) => self.fail(&error),
        }
        self.epoch = self.common.epoch.load(Ordering::Relaxed);
    }

    /// The store is left alone for a while. Where another process was in the way, there is nothing to say of it.
    fn fail(&mut self, error: &StoreError) {
        if error.is_busy() {
            tracing::info!(%error, "not kept");
        } else {
            self.common.give_up(error);
        }
        self.store = None;
        self.again = Some(Instant::now() + AGAIN);
    }
}

impl Common {
    fn left(&self) -> MutexGuard<'_, Option<PathBuf>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn marks(&self) -> MutexGuard<'_, VecDeque<(PathBuf, Id, Marking)>> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says once that nothing is kept, and why.
    fn give_up(&self, error: &StoreError) {
        tracing::warn!(%error, "nothing is kept");
        if !self.told.swap(true, Ordering::Relaxed) {
            self.tell(error.problem());
        }
    }

    fn tell(&self, problem: Problem) {
        // The loop has ended when this fails.
        let _ = self.inbox.blocking_send(What::Failed(problem));
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
