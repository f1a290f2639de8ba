//! The handle of a running tenant.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::json;
use tokio::sync::oneshot;

use super::clock::Clock;
use super::exchange::{Doors, Shared, lock};
use super::fault::Fault;
use super::faults::Faults;
use super::ids::{Dice, Guid};
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
        doors.good.insert(token.clone(), None);
        let mut faults = Faults::default();
        options.faults.into_iter().for_each(|fault| faults.add(fault));
        let shared = Arc::new(Shared::new(clock, faults, doors, options.latency));

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

    /// One line of JSON that tells another program how to come in.
    pub fn announcement(&self) -> String {
        // Written out, because the order of the fields is part of the line's look.
        format!(
            r#"{{"graph_url":{},"authority":null,"token":{}}}"#,
            json!(self.graph_url),
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

    /// Makes every present token invalid, and gives the signed-in person's next one.
    pub fn rotate_token(&self) -> String {
        let mut doors = lock(&self.shared.doors);
        let old: Vec<String> = doors.good.drain().map(|(token, _)| token).collect();
        doors.expired.extend(old);
        let token = token(self.seed, doors.expired.len());
        doors.good.insert(token.clone(), None);
        token
    }

    /// A token of somebody else's, by the part of the principal name before the `@` (before `#EXT#` for a guest).
    pub fn token_for(&self, key: &str) -> String {
        let token = format!("{}.{key}", token(self.seed, usize::MAX));
        lock(&self.shared.doors)
            .good
            .insert(token.clone(), Some(key.to_owned()));
        token
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
