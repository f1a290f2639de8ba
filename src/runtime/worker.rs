//! The thread that talks to Graph. It takes orders without ever making the loop wait, and answers through the inbox,
//! where it is the one to wait.

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use super::drafts::DraftsThread;
use super::filtering;
use super::jobs::Jobs;
use super::keeper::Keeper;
use super::photos::Brush;
use super::scratch::Scratch;
use super::searching;
use super::signing::{Signing, SignsIn};
use super::tasks::{NotFiled, Tasks};
use super::typesetting::Typesetting;
use crate::app::{Cmd, ExportStep, SavingStep, What};
use crate::graph::{Client, Endpoint};
use crate::protocol::{
    Delivery, Job, Mutation, Part, Payload, Problem, Reply, Request, RequestId, TokenSource, Traffic,
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
            Some(ended) = crew.tasks.next_ended() => crew.tasks.ended(ended, &crew.inbox).await,
        }
    }
}

/// Those who carry orders out.
struct Crew {
    /// Who asks Graph; nobody where there is no client.
    jobs: Result<Arc<Jobs>, Problem>,
    tasks: Tasks,
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
            tasks: Tasks::default(),
            typesetting: Typesetting::new(inbox.clone(), setup.zone),
            filterings: filtering::start(inbox.clone()),
            searches: searching::start(inbox.clone()),
            signing: Signing::new(setup.session, setup.tokens.clone(), keeper.clone(), inbox.clone()),
            jobs: Client::new(setup.endpoint, setup.tokens, observer).map(|client| {
                tokio::spawn(keep_quiet(setup.drafts.clone(), client.clone()));
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
                Ok(jobs) => self.tasks.begin(jobs.clone(), request),
                Err(problem) => refuse(&self.inbox, request, problem).await,
            },
            Cmd::Photo(order) => {
                if let Ok(jobs) = &self.jobs {
                    self.tasks.begin_photo(jobs.clone(), order);
                }
            }
            Cmd::Save { id, saving } => {
                let filing = |jobs: Arc<Jobs>| async move { jobs.save_attachment(id, &saving).await };
                self.file(id, filing, not_saved).await;
            }
            Cmd::Export { id, export } => {
                let filing = |jobs: Arc<Jobs>| async move { jobs.export(id, &export).await };
                self.file(id, filing, not_exported).await;
            }
            Cmd::StopSaving(id) => self.tasks.stop_filing(id),
            Cmd::Abandon(lane) => self.tasks.abandon(&lane),
            Cmd::AbandonAll => self.tasks.abandon_all(),
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
            Cmd::KeepMark { .. }
            | Cmd::SaveDraft { .. }
            | Cmd::MarkDraft(_)
            | Cmd::RemoveDraft(_)
            | Cmd::TakeLeftDrafts
            | Cmd::KeepOwn(_)
            | Cmd::DropOwn { .. }
            | Cmd::Enclose { .. }
            | Cmd::Copy(_)
            | Cmd::OpenUrl(_)
            | Cmd::OpenFile(_)
            | Cmd::Page(_)
            | Cmd::ReadTemplates
            | Cmd::ListFolder { .. }
            | Cmd::SaveCard { .. }
            | Cmd::Edit(_)
            | Cmd::Begin(_)
            | Cmd::Redraw
            | Cmd::Suspend
            | Cmd::ChangeOver
            // Not told which: it may hold what was typed.
            | Cmd::Exit => tracing::error!("an order that is not for the worker"),
        }
    }

    /// Begins what ends in files.
    async fn file<F: Future<Output = ()> + Send + 'static>(
        &mut self,
        id: RequestId,
        filing: impl FnOnce(Arc<Jobs>) -> F,
        not_filed: NotFiled,
    ) {
        match &self.jobs {
            Ok(jobs) => self.tasks.begin_filing(id, filing(jobs.clone()), not_filed),
            // The loop has ended when this fails.
            Err(problem) => drop(self.inbox.send(not_filed(id, problem.clone())).await),
        }
    }
}

/// Leaves those mailboxes in peace that wanted quiet when an earlier run was to send something there.
async fn keep_quiet(drafts: DraftsThread, client: Client) {
    // Where the drafts cannot be read, whoever opened them has said so.
    for (group, until) in drafts.quiet().await.unwrap_or_default() {
        client.keep_quiet(Some(&group), until);
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
        Job::Write(_, Mutation::Deliver(draft)) => Ok(Payload::Delivery {
            draft: draft.id,
            outcome: Delivery::NotSent(problem),
            since: None,
        }),
        Job::Write(
            _,
            Mutation::ChangeThread { .. }
            | Mutation::SeeGroup { .. }
            | Mutation::ChangeMine(_)
            | Mutation::PutPhoto { .. },
        ) => Ok(Payload::Changed(Delivery::NotSent(problem))),
    };
    end(inbox, request.id, result).await;
}

fn not_saved(id: RequestId, problem: Problem) -> What {
    let step = SavingStep::Done(Err(problem));
    What::Saving { id, step }
}

fn not_exported(id: RequestId, problem: Problem) -> What {
    let step = ExportStep::Done(Err(problem));
    What::Exporting { id, step }
}

/// Answers a request for the last time.
pub(super) async fn end(inbox: &mpsc::Sender<What>, id: RequestId, result: Result<Payload, Problem>) {
    let part = Part::Last;
    // The loop has ended when this fails.
    let _ = inbox.send(What::Reply(Reply { id, part, result })).await;
}
