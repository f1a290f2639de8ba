//! The thread that talks to Graph. It takes orders without ever making the loop wait, and answers through the inbox,
//! where it is the one to wait.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};

use super::drafts::DraftsThread;
use super::filtering;
use super::jobs::Jobs;
use super::keeper::Keeper;
use super::photos::Brush;
use super::scratch::Scratch;
use super::searching;
use super::signing::{Signing, SignsIn};
use super::typesetting::Typesetting;
use crate::app::{Cmd, Exporting, PhotoOrder, Saving, SavingStep, What};
use crate::graph::{Client, Endpoint};
use crate::protocol::{
    Delivery, Job, Lane, Mutation, Part, Payload, Problem, ProblemKind, Reply, Request, RequestId, TokenSource, Traffic,
};

/// What the worker is made of.
pub struct Setup {
    /// Where Graph is.
    pub endpoint: Endpoint,
    /// Where its tokens come from.
    pub tokens: Arc<dyn TokenSource>,
    /// Signs in and out, where that is for the program to do.
    pub session: Option<Arc<dyn SignsIn>>,
    /// Where drafts are written.
    pub drafts: DraftsThread,
    /// Where what is read is kept.
    pub keeper: Keeper,
    /// Nothing may be sent.
    pub read_only: bool,
    /// What photos are drawn with; `None` where they are not.
    pub brush: Option<Brush>,
    /// What lies on disk only while the program runs.
    pub scratch: Scratch,
    /// The zone of times in quoted replies.
    pub zone: jiff::tz::TimeZone,
}

/// Starts the worker. It ends when the sender of orders is dropped. `traffic` is told how busy the line is.
///
/// # Errors
/// When the system has no thread to give.
pub fn start(
    setup: Setup,
    inbox: mpsc::Sender<What>,
    traffic: watch::Sender<Traffic>,
) -> std::io::Result<mpsc::UnboundedSender<Cmd>> {
    let (orders, todo) = mpsc::unbounded_channel();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        // Two downloads may each write to a disk that hangs, and letters must go out all the same.
        .worker_threads(4)
        .max_blocking_threads(4)
        .thread_name("worker")
        .enable_all()
        .build()?;
    thread::Builder::new().name("worker-main".into()).spawn(move || {
        runtime.block_on(serve(setup, todo, inbox, traffic));
        // What is still under way is not waited for: writes have been recorded as being sent.
        runtime.shutdown_background();
    })?;
    Ok(orders)
}

async fn serve(
    setup: Setup,
    mut todo: mpsc::UnboundedReceiver<Cmd>,
    inbox: mpsc::Sender<What>,
    traffic: watch::Sender<Traffic>,
) {
    let mut crew = Crew::new(setup, inbox, traffic);
    loop {
        tokio::select! {
            order = todo.recv() => match order {
                Some(order) => crew.take(order).await,
                None => return,
            },
            Some(ended) = crew.reads.tasks.join_next_with_id() => crew.reads.ended(ended, &crew.inbox).await,
        }
    }
}

/// Those who carry orders out.
struct Crew {
    /// Who asks Graph; nobody where there is no client.
    jobs: Result<Arc<Jobs>, Problem>,
    reads: Reads,
    typesetting: Typesetting,
    filterings: std::sync::mpsc::Sender<filtering::Order>,
    searches: std::sync::mpsc::Sender<searching::Order>,
    signing: Signing,
    inbox: mpsc::Sender<What>,
}

impl Crew {
    fn new(setup: Setup, inbox: mpsc::Sender<What>, traffic: watch::Sender<Traffic>) -> Self {
        // Only the newest state counts, and telling it must not wait.
        let observer = move |state| {
            traffic.send_replace(state);
        };
        let keeper = setup.keeper;
        let looking = keeper.clone();
        tokio::spawn(async move {
            looking.look_up().await;
            forget_old_marks(&looking).await;
        });
        Crew {
            reads: Reads::default(),
            typesetting: Typesetting::new(inbox.clone(), setup.zone),
            filterings: filtering::start(inbox.clone()),
            searches: searching::start(inbox.clone()),
            signing: Signing::new(setup.session, setup.tokens.clone(), keeper.clone(), inbox.clone()),
            jobs: Client::new(setup.endpoint, setup.tokens, observer).map(|client| {
                Arc::new(Jobs {
                    client,
                    drafts: setup.drafts,
                    keeper,
                    read_only: setup.read_only,
                    inbox: inbox.clone(),
                    mine: Default::default(),
                    brush: setup.brush,
                    scratch: setup.scratch,
                })
            }),
            inbox,
        }
    }

    /// Begins what an order asks for, and waits for none of it.
    async fn take(&mut self, order: Cmd) {
        match order {
            Cmd::Send(request) => match &self.jobs {
                Ok(jobs) => self.reads.begin(jobs.clone(), request),
                Err(problem) => refuse(&self.inbox, request, problem).await,
            },
            Cmd::Photo(order) => {
                if let Ok(jobs) = &self.jobs {
                    self.reads.begin_photo(jobs.clone(), order);
                }
            }
            Cmd::Save { id, saving } => match &self.jobs {
                Ok(jobs) => self.reads.begin_saving(jobs.clone(), id, saving),
                Err(problem) => tell_unsaved(&self.inbox, id, problem.clone()).await,
            },
            Cmd::Export { id, export } => match &self.jobs {
                Ok(jobs) => self.reads.begin_export(jobs.clone(), id, export),
                Err(problem) => tell_unsaved(&self.inbox, id, problem.clone()).await,
            },
            Cmd::StopSaving(id) => self.reads.stop_saving(id),
            Cmd::Abandon(lane) => self.reads.abandon(&lane),
            Cmd::AbandonAll => self.reads.abandon_all(),
            Cmd::Typeset { posts, width } => self.typesetting.lay_out(posts, width),
            Cmd::Filter {
                list,
                generation,
                needle,
                haystack,
                within,
            } => {
                // It fails only where there was no thread to have.
                let _ = self.filterings.send(filtering::Order {
                    list,
                    generation,
                    needle,
                    haystack,
                    within,
                });
            }
            Cmd::Search { needle, laid_out } => {
                // As above.
                let _ = self.searches.send(searching::Order { needle, laid_out });
            }
            Cmd::SignIn { id, ask } => self.signing.begin(id, ask),
            Cmd::PasteAnswer(address) => self.signing.paste(address),
            Cmd::CancelSignIn => self.signing.cancel(),
            Cmd::SignOut => self.signing.sign_out(),
            Cmd::AskStanding => self.signing.ask_standing(),
            Cmd::Quote { draft, post } => self.typesetting.quote(draft, post),
            Cmd::Preview { draft, width } => self.typesetting.preview(*draft, width),
            Cmd::PlainText(post) => self.typesetting.plain_text(post),
            Cmd::LayOutRaw { id, post, kind, width } => self.typesetting.raw(id, post, kind, width),
            Cmd::RawText { post, kind } => self.typesetting.raw_text(post, kind),
            // Not told which: it may hold what was typed.
            _ => tracing::error!("an order that is not for the worker"),
        }
    }
}

/// Forgets the marks of long ago, once it is known whose they are.
async fn forget_old_marks(keeper: &Keeper) {
    if let Some(held) = keeper.held().await {
        held.keep(|store| {
            let forgotten = store.forget_old_marks(Timestamp::now())?;
            tracing::debug!(forgotten, "marks of long ago");
            Ok(())
        });
    }
}

/// Answers a request that cannot even be begun: there is no client. What was to be sent was certainly not sent.
async fn refuse(inbox: &mpsc::Sender<What>, request: Request, problem: &Problem) {
    let problem = problem.clone();
    let result = match request.job {
        Job::Read(..) => Err(problem),
        Job::Write(Mutation::Deliver(draft)) => Ok(Payload::Delivery {
            draft: draft.id,
            outcome: Delivery::NotSent(problem),
            since: None,
        }),
        Job::Write(
            Mutation::ChangeThread { .. }
            | Mutation::SeeGroup { .. }
            | Mutation::ChangeMine(_)
            | Mutation::PutPhoto { .. },
        ) => Ok(Payload::Changed(Delivery::NotSent(problem))),
    };
    end(inbox, request.id, result).await;
}

async fn tell_unsaved(inbox: &mpsc::Sender<What>, id: RequestId, problem: Problem) {
    let step = SavingStep::Done(Err(problem));
    // The loop has ended when this fails.
    let _ = inbox.send(What::Saving { id, step }).await;
}

async fn end(inbox: &mpsc::Sender<What>, id: RequestId, result: Result<Payload, Problem>) {
    let part = Part::Last;
    // The loop has ended when this fails.
    let _ = inbox.send(What::Reply(Reply { id, part, result })).await;
}

/// The requests under way. A read knows its lane, so that a newer one there can abort it; a write has none.
#[derive(Default)]
struct Reads {
    tasks: JoinSet<()>,
    lanes: HashMap<Lane, AbortHandle>,
    requests: HashMap<tokio::task::Id, RequestId>,
    /// Attachments that are being saved, and threads that are being written.
    savings: HashMap<RequestId, AbortHandle>,
}

impl Reads {
    fn begin(&mut self, jobs: Arc<Jobs>, request: Request) {
        let id = request.id;
        let task = match request.job {
            Job::Read(lane, query) => {
                let place = lane.clone();
                self.read(lane, async move { jobs.read(id, &place, query).await })
            }
            Job::Write(mutation) => self.tasks.spawn(async move { jobs.write(id, mutation).await }),
        };
        self.requests.insert(task.id(), id);
    }

    fn begin_photo(&mut self, jobs: Arc<Jobs>, order: PhotoOrder) {
        let id = order.id;
        let task = self.read(Lane::Photo, async move { jobs.photo(order).await });
        self.requests.insert(task.id(), id);
    }

    fn begin_saving(&mut self, jobs: Arc<Jobs>, id: RequestId, saving: Box<Saving>) {
        let task = self.tasks.spawn(async move { jobs.save_attachment(id, &saving).await });
        self.savings.insert(id, task);
    }

    fn begin_export(&mut self, jobs: Arc<Jobs>, id: RequestId, export: Box<Exporting>) {
        let task = self.tasks.spawn(async move { jobs.export(id, &export).await });
        self.savings.insert(id, task);
    }

    fn stop_saving(&mut self, id: RequestId) {
        if let Some(saving) = self.savings.remove(&id) {
            saving.abort();
        }
    }

    /// Begins a read in the place of the one before in its lane.
    fn read(&mut self, lane: Lane, read: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.abandon(&lane);
        let task = self.tasks.spawn(read);
        self.lanes.insert(lane, task.clone());
        task
    }

    fn abandon(&mut self, lane: &Lane) {
        if let Some(read) = self.lanes.remove(lane) {
            read.abort();
        }
    }

    /// Aborts whatever was asked for by whoever is no longer signed in.
    fn abandon_all(&mut self) {
        let is_asked = |lane: &Lane| !matches!(lane, Lane::Settle(_));
        let reads = self.lanes.extract_if(|lane, _| is_asked(lane)).map(|(_, read)| read);
        let savings = self.savings.drain().map(|(_, saving)| saving);
        reads.chain(savings).for_each(|task| task.abort());
    }

    /// A task has ended: done, aborted, or by a panic, which becomes a problem.
    async fn ended(
        &mut self,
        ended: Result<(tokio::task::Id, ()), tokio::task::JoinError>,
        inbox: &mpsc::Sender<What>,
    ) {
        let task = ended
            .as_ref()
            .map_or_else(tokio::task::JoinError::id, |(task, ())| *task);
        let request = self.requests.remove(&task);
        self.lanes.retain(|_, read| read.id() != task);
        let is_it = |(id, saving): (&RequestId, &AbortHandle)| (saving.id() == task).then_some(*id);
        let saving = self.savings.iter().find_map(is_it);
        self.savings.retain(|_, saving| saving.id() != task);
        let Some(error) = ended.err().filter(|error| error.is_panic()) else {
            return;
        };
        tracing::error!(request = ?request.or(saving), %error, "a request ended by a panic");
        let problem = Problem::new(
            ProblemKind::General,
            "folkmoot made a mistake while it was asking Graph.",
            "Try again; the log says more.",
        );
        match (request, saving) {
            (Some(id), _) => end(inbox, id, Err(problem)).await,
            (None, Some(id)) => tell_unsaved(inbox, id, problem).await,
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Draft, DraftId, DraftState, Enclosed, Kind, Target};
    use crate::protocol::Query;

    #[tokio::test]
    async fn without_a_client_a_read_is_a_problem_and_a_reply_is_certainly_not_sent() {
        let problem = crate::protocol::connection::no_certificates();
        let (inbox, mut told) = mpsc::channel(4);
        let draft = Draft {
            id: DraftId("d".into()),
            target: Target {
                group: "g".into(),
                kind: Kind::Reply {
                    thread: "t".into(),
                    post: None,
                },
                group_name: "灯籠".into(),
                topic: "שלום".into(),
                quoted: None,
            },
            text: "hello".into(),
            with: Enclosed::default(),
            state: DraftState::Writing,
            begun: jiff::Timestamp::UNIX_EPOCH,
            writer: None,
        };
        let jobs = [
            Job::Read(Lane::Me, Query::Me),
            Job::Write(Mutation::Deliver(Box::new(draft))),
        ];
        for (id, job) in (1..).map(RequestId).zip(jobs) {
            refuse(&inbox, Request { id, job }, &problem).await;
        }
        let delivery = Payload::Delivery {
            draft: DraftId("d".into()),
            outcome: Delivery::NotSent(problem.clone()),
            since: None,
        };
        for (id, result) in (1..).map(RequestId).zip([Err(problem), Ok(delivery)]) {
            let part = Part::Last;
            assert_eq!(told.recv().await, Some(What::Reply(Reply { id, part, result })));
        }
    }
}
