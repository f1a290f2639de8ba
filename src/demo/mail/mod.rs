//! Group mail: conversations, their threads, the posts in them with attachments and extended properties; beginning, replying,
//! forwarding, locking, deleting.

pub mod attachment;
pub mod attachments;
pub mod begin;
pub mod body;
pub mod compose;
pub mod conversations;
pub mod extended;
pub mod forward;
pub mod list;
pub mod mailbox;
pub mod post;
pub mod posts;
pub mod reply;
pub mod thread;
pub mod threads;
