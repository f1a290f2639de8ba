//! Group mail: conversations, their threads, the posts in them, attachments, replies.

pub mod attachment;
pub mod attachments;
pub mod body;
pub mod conversations;
pub mod list;
pub mod mailbox;
pub mod post;
pub mod posts;
pub mod reply;
pub mod thread;
pub mod threads;
