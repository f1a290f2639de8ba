//! What the app may ask of a worker, and what it answers. Plain data: a test compares whole values.

pub mod capability;
mod change;
pub mod connection;
pub mod delivery;
mod marks;
mod overlap;
pub mod own;
mod payload;
mod problem;
mod query;
mod sign_in;
mod standing;
mod token;
mod traffic;

pub use capability::{CAPABILITIES, Capability};
pub use change::{Doomed, Extent, ThreadChange};
pub use delivery::{Delivery, Landed, Sought};
pub use marks::{Mark, Marking, Marks};
pub use overlap::Overlapping;
pub use payload::{CardPart, Me, Payload, Section};
pub use problem::{Problem, ProblemKind};
pub use query::{Job, Lane, Mutation, Query, Request, RequestId, Scope};
pub use sign_in::{Keep, Method, SignIn, SignInStep};
pub use standing::{Standing, called};
pub use token::{Claims, Holder, HolderFuture, Token, TokenFuture, TokenSource};
pub use traffic::Traffic;

use jiff::Timestamp;

/// An answer to a request, or a part of one: pages arrive as `More`, `More`, …, `Last`.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The request it answers.
    pub id: RequestId,
    /// Whether more will come.
    pub part: Part,
    /// What was read, or why it could not be. A problem is always the `Last` part.
    pub result: Result<Payload, Problem>,
}

/// Whether an answer is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Further parts follow.
    More,
    /// Nothing follows.
    Last,
    /// What was read at that time, by this run or another, and kept on disk: to be shown until the answer comes.
    Kept(Timestamp),
}
