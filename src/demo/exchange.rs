//! From one request to one answer: the token, the faults, the mailbox's permits, the route.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::answer::Answer;
use super::authority::ledger::Ledger;
use super::clock::Clock;
use super::doors::{Caller, Doors, Holder};
use super::error::{GraphError, Result, Trace};
use super::fault::{Kind, Side};
use super::faults::{Faults, Verdict};
use super::ids::Guid;
use super::request::Request;
use super::routes;
use super::seed::SeedError;
use super::seen::Log;
use super::state::State;

/// A mailbox serves this many requests of one application at a time.
const MAILBOX_CONCURRENCY: usize = 4;

/// What all connections share.
#[derive(Debug)]
pub struct Shared {
    /// The tenant, once it is made.
    pub state: OnceLock<Mutex<State>>,
    /// Why it could not be made: every request is told.
    broken: OnceLock<SeedError>,
    clock: Clock,
    /// The faults in force.
    pub faults: Mutex<Faults>,
    /// What was asked.
    pub log: Log,
    /// Who may come in.
    pub doors: Mutex<Doors>,
    /// How late every answer is.
    pub latency: Duration,
    /// What the authority has given out.
    pub ledger: Mutex<Ledger>,
    /// How long that is good.
    pub lifetimes: Lifetimes,
    /// How many requests each mailbox is serving.
    busy: Mutex<HashMap<String, usize>>,
}

/// How long what the authority gives out is good.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    /// An access token.
    pub access_token: Duration,
    /// A device code.
    pub device_code: Duration,
    /// How long a device waits between two polls.
    pub device_interval: Duration,
}

/// Locks what a panic elsewhere may have poisoned: the data is still the best there is.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An answer, and what a fault does to its sending.
#[derive(Debug)]
pub struct Outcome {
    /// What was answered.
    pub answer: Answer,
    /// `Truncate` or `Drop`.
    pub spoiled: Option<Kind>,
}

/// A permit of a mailbox; it is given back when it is dropped.
struct Permit<'a> {
    busy: &'a Mutex<HashMap<String, usize>>,
    mailbox: String,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut busy = lock(self.busy);
        if let Some(count) = busy.get_mut(&self.mailbox) {
            *count -= 1;
            if *count == 0 {
                busy.remove(&self.mailbox);
            }
        }
    }
}

impl Shared {
    /// Everything shared, with nothing going on yet.
    pub fn new(clock: Clock, faults: Faults, doors: Doors, latency: Duration, lifetimes: Lifetimes) -> Shared {
        Shared {
            state: OnceLock::new(),
            broken: OnceLock::new(),
            clock,
            faults: Mutex::new(faults),
            log: Log::default(),
            doors: Mutex::new(doors),
            latency,
            ledger: Mutex::default(),
            lifetimes,
            busy: Mutex::new(HashMap::new()),
        }
    }

    /// The contents, or why there are none. Only the first call counts.
    pub fn fill(&self, contents: Result<State, SeedError>) {
        match contents {
            Ok(state) => drop(self.state.set(Mutex::new(state))),
            Err(why) => drop(self.broken.set(why)),
        }
    }

    fn state(&self) -> Result<MutexGuard<'_, State>> {
        match (self.state.get(), self.broken.get()) {
            (Some(state), _) => Ok(lock(state)),
            (None, Some(why)) => Err(GraphError::internal(why)),
            (None, None) => Err(GraphError::internal("it has no contents yet")),
        }
    }

    /// Looks something up in the contents.
    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> Result<T> {
        Ok(look(&*self.state()?))
    }

    /// What time it is in the tenant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whose token the request carries, and what it allows.
    pub fn whose(&self, request: &Request) -> Result<Caller> {
        let value = request.header("authorization").unwrap_or_default();
        let token = value
            .split_once(' ')
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim());
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            return Err(GraphError::unauthenticated("Access token is empty."));
        };
        let pass = lock(&self.doors).pass(token, self.now())?.clone();
        let me = match &pass.holder {
            Holder::SignedIn => self.read(|state| state.me)?,
            Holder::Place(place) => *place,
            Holder::Key(key) => self
                .read(|state| state.find_key(key))?
                .ok_or_else(|| GraphError::no_object(key))?,
        };
        Ok(Caller {
            me,
            scopes: pass.scopes,
        })
    }

    /// Answers one request, or one item of a batch, in its own time.
    pub async fn answer(&self, request: &Request, caller: &Caller, trace: &Trace) -> Outcome {
        let plain = |answer: Answer| Outcome { answer, spoiled: None };
        let refused = |error: GraphError| plain(error.answer(trace));
        let segments = match request.segments() {
            Ok(segments) => segments,
            Err(error) => return refused(error),
        };
        let verdict = self.judge(request, &segments);
        let found = routes::find(request.method, &segments);
        let mailbox = found
            .as_ref()
            .ok()
            .filter(|found| found.route.mail)
            .and_then(|found| found.parameter("group"));
        let permit = match mailbox.map(|mailbox| self.permit(mailbox)).transpose() {
            Ok(permit) => permit,
            Err(error) => return refused(error),
        };
        if !verdict.latency.is_zero() {
            tokio::time::sleep(verdict.latency).await;
        }
        if let Some(refusal) = verdict.kind.as_ref().and_then(|kind| kind.refusal(self.now())) {
            return refused(refusal);
        }
        if verdict.kind == Some(Kind::Hang) {
            // Until the client leaves: all that while the mailbox is busy with it.
            std::future::pending::<Infallible>().await;
        }
        let answered = found.and_then(|found| found.answer(&mut *self.state()?, request, caller));
        drop(permit);
        Outcome {
            answer: answered.unwrap_or_else(|error| error.answer(trace)),
            spoiled: verdict.kind,
        }
    }

    /// What the faults do to a request; it counts with every fault that it matches.
    pub fn judge(&self, request: &Request, segments: &[String]) -> Verdict {
        lock(&self.faults).judge(&request.method_name, segments, Side::Graph)
    }

    /// The same for a request to the authority.
    pub fn judge_authority(&self, request: &Request) -> Verdict {
        let segments: Vec<String> = request
            .path
            .split('/')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect();
        lock(&self.faults).judge(&request.method_name, &segments, Side::Authority)
    }

    fn permit(&self, mailbox: &str) -> Result<Permit<'_>> {
        let mut busy = lock(&self.busy);
        let count = busy.entry(mailbox.to_ascii_lowercase()).or_default();
        if *count >= MAILBOX_CONCURRENCY {
            let message = "Application is over its MailboxConcurrency limit.";
            return Err(GraphError::new(429, "ApplicationThrottled", message).with("retry-after", "1"));
        }
        *count += 1;
        Ok(Permit {
            busy: &self.busy,
            mailbox: mailbox.to_ascii_lowercase(),
        })
    }

    /// The ids of an exchange: the n-th of this tenant.
    pub fn trace(&self, number: usize, client_request_id: Option<&str>, authority: &str) -> Trace {
        let request_id = Guid::numbered(17, number as u64).to_string();
        let now = self.clock.now();
        Trace {
            authority: authority.to_owned(),
            date: now.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            http_date: now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(),
            client_request_id: client_request_id.map_or_else(|| request_id.clone(), str::to_owned),
            request_id,
        }
    }
}
