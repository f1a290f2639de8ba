//! The embedded demo tenant: a Graph-shaped HTTP server on loopback. It imports nothing of ours.
//!
//! [`Tenant::spawn`] starts a whole make-believe company behind real HTTP, so that a newcomer can use every part of the
//! program with no account and every test talks to a server. It answers as Microsoft Graph v1.0 does: default property
//! subsets, `$select`, `$filter`, `$search` with its header, opaque next links, `$batch`, replies that become visible
//! late, Graph's error bodies. It imitates the unhelpful ways too: posts out of order, lists that stop at a hundred.
//! [`Fault`]s make it misbehave on demand.
//!
//! | file | what lives there |
//! |---|---|
//! | `tenant` | the handle: start, stop, token, faults, what was asked so far |
//! | `server` | sockets, bodies, compression; where a fault becomes a cut body or a closed connection |
//! | `exchange` | one request to one answer: token, faults, mailbox permits, route, handler |
//! | `routes` | the one table of routes |
//! | `doors`, `permissions` | access tokens, and what an operation needs of them |
//! | `authority/` | sign-in: the endpoints and pages of an authority shaped like Microsoft Entra |
//! | `request`, `call`, `answer`, `error` | a request that was read; what a handler is called with, and what it answers |
//! | `state`, `clock`, `ids` | all that the tenant holds; its time, its ids |
//! | `lively` | posts that arrive by themselves |
//! | `batch` | many requests in one |
//! | `fault`, `faults`, `seen` | how it is told to misbehave, and what it saw |
//! | `extension` | open extensions of posts and groups |
//! | `odata/` | query options, `$filter`, `$search`, properties and paging |
//! | `directory/` | people, groups, members and the other directory objects; profiles, photos, teams, whom and what someone works with; the organization |
//! | `mail/` | conversations, threads, posts, attachments, extended properties; beginning, replying, forwarding, locking, deleting |
//! | `seed/` | how a tenant comes to be: from the assets, and made up on demand |

mod answer;
mod authority;
mod batch;
mod call;
mod clock;
mod directory;
mod doors;
mod error;
mod exchange;
mod extension;
mod fault;
mod faults;
mod ids;
mod lively;
mod mail;
mod odata;
mod permissions;
mod request;
mod routes;
mod seed;
mod seen;
mod server;
mod state;
mod tenant;
#[cfg(test)]
mod tests;

pub use fault::{Fault, FaultError};
pub use mail::forward::Forwarded;
pub use seen::Seen;
pub use tenant::{Options, StartError, Tenant};
