//! The handle of a running tenant.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::json;
use tokio::sync::oneshot;

use super::authority;
use super::authority::ledger::Decision;
use super::clock::Clock;
use super::directory::organization;
use super::doors::{Doors, Holder, Pass};
use super::exchange::{Lifetimes, Shared, lock};
use super::fault::Fault;
use super::faults::Faults;
use super::ids::{Dice, Guid};
use super::mail::forward::Forwarded;
use super::seed::{Seed, SeedError, Wanted, build};
use super::seen::Seen;
use super::server;
use super::state::State;

/// What tenant is wanted.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any that is free.
    pub port: u16,
    /// At least so many people; those that the company lacks are made up.
    pub people: Option<usize>,
    /// At least so many groups, likewise.
    pub groups: Option<usize>,
    /// At least so many threads in the busiest of the signed-in person's groups, likewise.
    pub threads: Option<usize>,
    /// What the made-up part is made from.
    pub seed: u64,
    /// How late every answer is.
    pub latency: Duration,
    /// Whether posts arrive by themselves every few seconds.
    pub lively: bool,
    /// How it misbehaves.
    pub faults: Vec<Fault>,
    /// What the tenant's clock shows when it starts; `None` is the real time. The clock runs on from there.
    pub now: Option<jiff::Timestamp>,
    /// How late an accepted reply becomes visible.
    pub visible_after: Duration,
    /// How long an access token from the authority is good.
    pub access_token_lifetime: Duration,
    /// How long a device code is good.
    pub device_code_lifetime: Duration,
    /// How long a client must wait between two polls with a device code, in whole seconds.
    pub device_code_interval: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            port: 0,
            people: None,
            groups: None,
            threads: None,
            seed: 1,
            latency: Duration::ZERO,
            lively: false,
            faults: Vec::new(),
            now: None,
            visible_after: Duration::from_secs(2),
            access_token_lifetime: Duration::from_secs(3599),
            device_code_lifetime: Duration::from_secs(900),
            device_code_interval: Duration::from_secs(5),
        }
    }
}

/// Why a tenant did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or loopback cannot be used.
    #[error("the demo tenant cannot listen on 127.0.0.1:{port}: {source}")]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system gives no thread or no runtime.
    #[error("the demo tenant cannot start: {0}")]
    System(#[from] std::io::Error),
}

/// A running tenant. Dropping it stops it and closes its connections.
#[derive(Debug)]
pub struct Tenant {
    shared: Arc<Shared>,
    graph_url: String,
    token: String,
    seed: u64,
    rotations: AtomicUsize,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Where the tenant's contents come from; called on the tenant's own thread.
type Contents = Box<dyn FnOnce(Clock) -> Result<State, SeedError> + Send>;

impl Tenant {
    /// Starts the default tenant on its own thread. It returns as soon as the port is bound; requests wait for the contents,
    /// which take some milliseconds, or some hundred for a hundred thousand people.
    ///
    /// # Errors
    /// [`StartError::Bind`] when the port cannot be had, [`StartError::System`] when a thread cannot.
    pub fn spawn(options: Options) -> Result<Tenant, StartError> {
        let wanted = Wanted {
            people: options.people,
            groups: options.groups,
            threads: options.threads,
            seed: options.seed,
        };
        let visible_after = options.visible_after;
        Tenant::with(
            options,
            Box::new(move |clock| build(Seed::embedded()?, wanted, clock, visible_after)),
        )
    }

    /// Starts a tenant of other contents.
    pub(super) fn with(options: Options, contents: Contents) -> Result<Tenant, StartError> {
        let bind = |source| StartError::Bind {
            port: options.port,
            source,
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).map_err(bind)?;
        listener.set_nonblocking(true).map_err(bind)?;
        let port = listener.local_addr().map_err(bind)?.port();

        let clock = Clock::starting_at(options.now);
        let token = token(options.seed, 0);
        let mut doors = Doors::default();
        doors.admit(token.clone(), Pass::full(Holder::SignedIn));
        let lifetimes = Lifetimes {
            access_token: options.access_token_lifetime,
            device_code: options.device_code_lifetime,
            device_interval: options.device_code_interval,
        };
        let mut faults = Faults::default();
        options.faults.into_iter().for_each(|fault| faults.add(fault));
        let shared = Arc::new(Shared::new(clock, faults, doors, options.latency, lifetimes));

        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let inside = Arc::clone(&shared);
        let lively = options.lively.then_some(options.seed);
        let thread = std::thread::Builder::new()
            .name("demo tenant".to_owned())
            .spawn(move || {
                inside.fill(contents(clock));
                runtime.block_on(async {
                    tokio::select! {
                        _ = stopped => {}
                        () = server::run(&inside, listener, lively) => {}
                    }
                });
                // Connections are tasks of the runtime: they end here, whatever they are doing.
                runtime.shutdown_background();
            })?;
        let graph_url = format!("http://127.0.0.1:{port}/v1.0");
        Ok(Tenant {
            shared,
            graph_url,
            token,
            seed: options.seed,
            rotations: AtomicUsize::new(0),
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address of its Graph: `http://127.0.0.1:PORT/v1.0`.
    pub fn graph_url(&self) -> &str {
        &self.graph_url
    }

    /// The bearer token of the signed-in person, as it was at the start.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The address of its authority: `http://127.0.0.1:PORT`. The endpoints are `{authority}/{tenant}/oauth2/v2.0/…`.
    pub fn authority_url(&self) -> &str {
        self.graph_url.trim_end_matches("/v1.0")
    }

    /// The id of the one application that is registered with the authority: a public client, whose redirect URI is
    /// `http://localhost` or `http://127.0.0.1` on any port.
    pub fn client_id(&self) -> &'static str {
        authority::CLIENT_ID
    }

    /// The tenant's id, which is also that of its organization.
    pub fn tenant_id(&self) -> String {
        organization::id().to_string()
    }

    /// One line of JSON that tells another program how to come in.
    pub fn announcement(&self) -> String {
        // Written out, because the order of the fields is part of the line's look.
        format!(
            r#"{{"graph_url":{},"authority":{},"client_id":{},"tenant":{},"token":{}}}"#,
            json!(self.graph_url),
            json!(self.authority_url()),
            json!(self.client_id()),
            json!(self.tenant_id()),
            json!(self.token)
        )
    }

    /// One more fault, from now on.
    pub fn add_fault(&self, fault: Fault) {
        lock(&self.shared.faults).add(fault);
    }

    /// No faults any more.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// Every request so far, oldest first; of very many, the last 65,536.
    pub fn requests(&self) -> Vec<Seen> {
        self.shared.log.all()
    }

    /// Every post that was forwarded so far, oldest first.
    pub fn forwarded(&self) -> Vec<Forwarded> {
        self.shared.read(|state| state.forwarded.clone()).unwrap_or_default()
    }

    /// Makes every present token invalid, and gives the signed-in person's next one.
    pub fn rotate_token(&self) -> String {
        let mut doors = lock(&self.shared.doors);
        doors.end(|_| true);
        let token = token(self.seed, self.rotations.fetch_add(1, Ordering::Relaxed) + 1);
        doors.admit(token.clone(), Pass::full(Holder::SignedIn));
        token
    }

    /// A token of somebody else's, by the part of the principal name before the `@` (before `#EXT#` for a guest). Like the
    /// signed-in person's it allows everything and does not expire by itself.
    pub fn token_for(&self, key: &str) -> String {
        let token = format!("{}.{key}", token(self.seed, usize::MAX));
        lock(&self.shared.doors).admit(token.clone(), Pass::full(Holder::Key(key.to_owned())));
        token
    }

    /// How many times somebody has signed in: codes and device codes that became tokens. Refreshing is no sign-in.
    pub fn sign_ins(&self) -> usize {
        lock(&self.shared.ledger).sign_ins()
    }

    /// Lets every access token that the authority gave out expire now. Refresh tokens stay good.
    pub fn expire_access_tokens(&self) {
        lock(&self.shared.doors).end(|pass| pass.family.is_some());
    }

    /// Ends a person's refresh tokens: using one answers `invalid_grant`, AADSTS50173. Access tokens stay good until they
    /// expire. The person is named as for [`Tenant::token_for`]. Says how many sign-ins that ended.
    pub fn revoke_refresh_tokens(&self, key: &str) -> usize {
        self.revoke(key).len()
    }

    /// Ends a person's refresh tokens and answers the access tokens of those sign-ins with a claims challenge, as
    /// continuous access evaluation does. Only a new sign-in helps. Says how many sign-ins that concerned.
    pub fn challenge(&self, key: &str) -> usize {
        let families = self.revoke(key);
        let concerned = |pass: &Pass| pass.family.is_some_and(|family| families.contains(&family));
        lock(&self.shared.doors).challenge(self.shared.now(), concerned);
        families.len()
    }

    /// Lets a device in as this person, as if the person had typed the user code. Says whether the code waited for that.
    pub fn approve_device(&self, user_code: &str, key: &str) -> bool {
        let person = self.person(key);
        person.is_some_and(|person| self.decide(user_code, Decision::Accepted(person)))
    }

    /// Turns a device away. Says whether the user code waited for that.
    pub fn decline_device(&self, user_code: &str) -> bool {
        self.decide(user_code, Decision::Declined)
    }

    fn decide(&self, user_code: &str, decision: Decision) -> bool {
        lock(&self.shared.ledger)
            .device_mut(user_code, self.shared.now())
            .map(|device| device.decision = decision)
            .is_some()
    }

    fn revoke(&self, key: &str) -> Vec<usize> {
        self.person(key)
            .map(|person| lock(&self.shared.ledger).revoke(person))
            .unwrap_or_default()
    }

    /// The place of a person; nobody while there are no contents yet.
    fn person(&self, key: &str) -> Option<u32> {
        self.shared.read(|state| state.find_key(key)).ok().flatten()
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        // The receiver is gone when the server has ended by itself: then there is nothing to stop.
        let _ = self.stop.take().map(|stop| stop.send(()));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn token(seed: u64, number: usize) -> String {
    let mut dice = Dice::new(seed, &format!("token {number}"));
    format!("demo-{}", Guid::numbered(dice.throw(), dice.throw()))
}
