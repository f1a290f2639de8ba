//! Rows of messages, and what must come of them: the model's projection and the commands, as whole values.

mod drafts;
mod fixture;
mod groups;
mod lists;
mod outbox;
mod overlays;
mod posts;
mod profile;
mod search;
mod threads;
mod timers;
