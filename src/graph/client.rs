//! The client: what all requests share.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;

use super::clock::Clock;
use super::endpoint::Endpoint;
use super::exchange::Call;
use super::line::Line;
use super::patience::{Patience, after};
use super::permits::{Heard, Permits, Urgency};
use super::request::{Question, Read};
use super::{body, network};
use crate::domain::Id;
use crate::protocol::{Holder, Problem, TokenSource, Traffic};

/// Graph counts requests to a mailbox in windows of ten minutes, so what an earlier run has heard is over then.
/// <https://learn.microsoft.com/graph/throttling-limits>
const LONGEST_REMEMBERED: Duration = Duration::from_secs(10 * 60);

/// A client of one Graph service for one signed-in person. Clones share connections, permits and token.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    /// Whose word all writes are; `None` where they are that of whoever is signed in when they begin.
    acts_for: Option<Holder>,
}

struct Shared {
    endpoint: Endpoint,
    tokens: Arc<dyn TokenSource>,
    pooled: reqwest::Client,
    fresh: OnceLock<reqwest::Client>,
    permits: Permits,
    line: Line,
    clock: Clock,
    patience: Patience,
}

impl Client {
    /// Makes a client. For https this loads the machine's certificates; for plain http on loopback it loads none.
    /// `observer` is told of every change of the line's state, in order; it must return at once.
    ///
    /// # Errors
    /// `Config` where the machine has no trusted certificates.
    pub fn new(
        endpoint: Endpoint,
        tokens: Arc<dyn TokenSource>,
        observer: impl Fn(Traffic) + Send + Sync + 'static,
    ) -> Result<Self, Problem> {
        Self::with_patience(endpoint, tokens, observer, Patience::default())
    }

    /// As [`Client::new`], with other waiting times.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn with_patience(
        endpoint: Endpoint,
        tokens: Arc<dyn TokenSource>,
        observer: impl Fn(Traffic) + Send + Sync + 'static,
        patience: Patience,
    ) -> Result<Self, Problem> {
        Ok(Client {
            shared: Arc::new(Shared {
                pooled: network::pooled(&endpoint, &patience)?,
                fresh: OnceLock::new(),
                endpoint,
                tokens,
                permits: Permits::new(),
                line: Line::new(observer),
                clock: Clock::default(),
                patience,
            }),
            acts_for: None,
        })
    }

    /// The same client for what one person has said: a write goes out with no other's token. Reads are not held to it.
    #[must_use]
    pub fn acting_for(&self, whose: Option<Holder>) -> Self {
        Client {
            shared: self.shared.clone(),
            acts_for: whose,
        }
    }

    /// Reads one thing.
    ///
    /// # Errors
    /// Whatever Graph or the network did, in words.
    pub async fn one<T>(&self, read: Read, urgency: Urgency) -> Result<T, Problem>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let call = Call::get(self.endpoint(), &read)?;
        let body = self.fetch(&call, urgency, &mut |_| {}).await?;
        body::parse(body).await
    }

    /// Reads bytes, such as a photo.
    ///
    /// # Errors
    /// Whatever Graph or the network did, in words.
    pub async fn bytes(&self, read: Read, urgency: Urgency) -> Result<Vec<u8>, Problem> {
        let call = Call::get(self.endpoint(), &read)?;
        Ok(self.fetch(&call, urgency, &mut |_| {}).await?.bytes)
    }

    /// Asks a question.
    ///
    /// # Errors
    /// Whatever Graph or the network did, in words.
    pub async fn question<T>(&self, question: &Question, urgency: Urgency) -> Result<T, Problem>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let call = Call::question(self.endpoint(), question)?;
        let body = self.fetch(&call, urgency, &mut |_| {}).await?;
        body::parse(body).await
    }

    /// Asks nothing of a group's mailbox, or of what no mailbox serves, before a moment: Graph wanted quiet, as an earlier run
    /// has heard. What lies too far ahead is no such moment but a clock that was changed.
    pub fn keep_quiet(&self, mailbox: Option<&Id>, until: Timestamp) {
        let left = Duration::try_from(until.duration_since(Timestamp::now())).unwrap_or_default();
        self.permits()
            .hush(mailbox, left.min(LONGEST_REMEMBERED), Heard::Before);
    }

    /// The mailboxes that Graph has asked this run to leave in peace, and until when; `None` is whatever no mailbox serves.
    pub fn wants_quiet(&self) -> Vec<(Option<Id>, Timestamp)> {
        let now = Timestamp::now();
        let heard = self.permits().heard().into_iter();
        heard.map(|(mailbox, left)| (mailbox, after(now, left))).collect()
    }

    /// How far the server's clock is ahead of this machine's, by its newest answer; nothing before the first.
    pub fn clock_ahead(&self) -> SignedDuration {
        self.clock().ahead()
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.shared.endpoint
    }

    pub(super) fn tokens(&self) -> &dyn TokenSource {
        &*self.shared.tokens
    }

    pub(super) fn acts_for(&self) -> Option<&Holder> {
        self.acts_for.as_ref()
    }

    pub(super) fn permits(&self) -> &Permits {
        &self.shared.permits
    }

    pub(super) fn line(&self) -> &Line {
        &self.shared.line
    }

    pub(super) fn patience(&self) -> &Patience {
        &self.shared.patience
    }

    pub(super) fn pooled(&self) -> &reqwest::Client {
        &self.shared.pooled
    }

    /// The client that makes a connection for each request; made when first wanted, as it loads certificates again.
    pub(super) fn fresh(&self) -> Result<&reqwest::Client, Problem> {
        let shared = &self.shared;
        if let Some(fresh) = shared.fresh.get() {
            return Ok(fresh);
        }
        let fresh = network::fresh(&shared.endpoint, &shared.patience)?;
        Ok(shared.fresh.get_or_init(|| fresh))
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("endpoint", self.endpoint()).finish()
    }
}
