//! The requests that are under way, and what becomes of each that does not end well.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinError, JoinSet};

use super::jobs::Jobs;
use super::worker::end;
use crate::app::{PhotoOrder, What};
use crate::protocol::{Job, Lane, Problem, ProblemKind, Request, RequestId};

/// What tells that something could not be written to files.
pub(super) type NotFiled = fn(RequestId, Problem) -> What;

/// How a task ended.
pub(super) type Ended = Result<(tokio::task::Id, ()), JoinError>;

/// The requests under way. A read knows its lane, so that a newer one there can abort it; a write has none.
#[derive(Default)]
pub(super) struct Tasks {
    running: JoinSet<()>,
    lanes: HashMap<Lane, AbortHandle>,
    requests: HashMap<tokio::task::Id, RequestId>,
    /// Attachments and threads that are being written to files, and how it is told that one could not be.
    filings: HashMap<RequestId, (AbortHandle, NotFiled)>,
}

impl Tasks {
    pub(super) fn begin(&mut self, jobs: Arc<Jobs>, request: Request) {
        let id = request.id;
        let task = match request.job {
            Job::Read(lane, query) => {
                let place = lane.clone();
                self.read(lane, async move { jobs.read(id, &place, query).await })
            }
            Job::Write(whose, mutation) => self.running.spawn(async move { jobs.write(id, whose, mutation).await }),
        };
        self.requests.insert(task.id(), id);
    }

    pub(super) fn begin_photo(&mut self, jobs: Arc<Jobs>, order: PhotoOrder) {
        let id = order.id;
        let task = self.read(Lane::Photo, async move { jobs.photo(order).await });
        self.requests.insert(task.id(), id);
    }

    /// Begins what ends in files, however long it takes.
    pub(super) fn begin_filing(
        &mut self,
        id: RequestId,
        filing: impl Future<Output = ()> + Send + 'static,
        not_filed: NotFiled,
    ) {
        let task = self.running.spawn(filing);
        self.filings.insert(id, (task, not_filed));
    }

    pub(super) fn stop_filing(&mut self, id: RequestId) {
        if let Some((filing, _)) = self.filings.remove(&id) {
            filing.abort();
        }
    }

    /// Begins a read in the place of the one before in its lane.
    fn read(&mut self, lane: Lane, read: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.abandon(&lane);
        let task = self.running.spawn(read);
        self.lanes.insert(lane, task.clone());
        task
    }

    pub(super) fn abandon(&mut self, lane: &Lane) {
        if let Some(read) = self.lanes.remove(lane) {
            read.abort();
        }
    }

    /// Aborts whatever was asked for by whoever is no longer signed in.
    pub(super) fn abandon_all(&mut self) {
        let is_asked = |lane: &Lane| !matches!(lane, Lane::Settle(_));
        let reads = self.lanes.extract_if(|lane, _| is_asked(lane)).map(|(_, read)| read);
        let filings = self.filings.drain().map(|(_, (filing, _))| filing);
        reads.chain(filings).for_each(|task| task.abort());
    }

    /// Waits for the next to end, by whatever it ends.
    pub(super) async fn next_ended(&mut self) -> Option<Ended> {
        self.running.join_next_with_id().await
    }

    /// A task has ended: done, aborted, or by a panic, which becomes a problem.
    pub(super) async fn ended(&mut self, ended: Ended, inbox: &mpsc::Sender<What>) {
        let task = ended.as_ref().map_or_else(JoinError::id, |(task, ())| *task);
        let request = self.requests.remove(&task);
        self.lanes.retain(|_, read| read.id() != task);
        let filing = self.filings.extract_if(|_, (filing, _)| filing.id() == task).next();
        let Some(error) = ended.err().filter(|error| error.is_panic()) else {
            return;
        };
        tracing::error!(request = ?request.or(filing.as_ref().map(|(id, _)| *id)), %error, "a request ended by a panic");
        let problem = Problem::new(
            ProblemKind::General,
            "folkmoot made a mistake while it was asking Graph.",
            "Try again; the log says more.",
        );
        if let Some(id) = request {
            end(inbox, id, Err(problem)).await;
        } else if let Some((id, (_, not_filed))) = filing {
            // The loop has ended when this fails.
            let _ = inbox.send(not_filed(id, problem)).await;
        }
    }
}
