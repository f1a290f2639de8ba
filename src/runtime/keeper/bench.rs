//! The two threads with the store, and what both of them know.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc as async_mpsc, oneshot};

use crate::app::What;
use crate::domain::Id;
use crate::protocol::{Marking, Problem};
use crate::store::{self, Store, StoreError};

/// How soon a store that could not be had is tried again.
const AGAIN: Duration = Duration::from_secs(2);

pub(super) type Work = Box<dyn FnOnce(&mut Store) -> Result<(), StoreError> + Send>;

/// What a thread is to do.
pub(super) enum Order {
    /// Work on the store at a path.
    Do(PathBuf, Work),
    /// There are marks to be kept.
    Marks,
    Flush(oneshot::Sender<()>),
}

/// What both threads know.
pub(super) struct Common {
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
pub(super) struct Bench {
    common: Arc<Common>,
    path: PathBuf,
    /// `None` where it cannot be opened, too.
    store: Option<Store>,
    epoch: usize,
    /// It failed, and is not to be opened before.
    again: Option<Instant>,
}

impl Bench {
    pub(super) fn new(common: Arc<Common>) -> Self {
        Bench {
            common,
            path: PathBuf::new(),
            store: None,
            epoch: 0,
            again: None,
        }
    }

    /// Does what is to be read, until nobody is there to ask.
    pub(super) fn read(mut self, todo: &mpsc::Receiver<Order>) {
        while let Ok(order) = todo.recv() {
            if let Order::Do(path, work) = order {
                self.work(&path, work);
            }
        }
    }

    /// Does what is to be written, and keeps marks, until nobody is there to ask.
    pub(super) fn write(mut self, todo: &mpsc::Receiver<Order>) {
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
                    self.common.put_aside();
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
    pub(super) fn new(inbox: async_mpsc::Sender<What>) -> Self {
        Common {
            inbox,
            told: AtomicBool::new(false),
            epoch: AtomicUsize::new(0),
            left: Mutex::default(),
            marks: Mutex::default(),
        }
    }

    /// A store is no longer the one that whoever has it open has.
    pub(super) fn put_aside(&self) {
        self.epoch.fetch_add(1, Ordering::Relaxed);
    }

    /// The store of somebody who has signed out.
    pub(super) fn left(&self) -> MutexGuard<'_, Option<PathBuf>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks that are still to be kept.
    pub(super) fn marks(&self) -> MutexGuard<'_, VecDeque<(PathBuf, Id, Marking)>> {
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
