//! Rows of messages, and what must come of them: the model's projection and the commands, as whole values.

mod answers;
mod attachments;
mod drafts;
mod fixture;
mod found;
mod groups;
mod holding;
mod kept;
mod leaving;
mod lists;
mod nouns;
mod opening;
mod outbox;
mod overlays;
mod posts;
mod profile;
mod properties;
mod scopes;
mod search;
mod sign_in;
mod threads;
mod timers;
mod typed_ahead;
mod unsettled;
mod welcome;
mod world;
