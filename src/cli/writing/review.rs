//! What will be sent, and to whom, as it is shown before.

use crate::cli::desk::Desk;
use crate::cli::output::progress::sized;
use crate::cli::post::push_body;
use crate::domain::{Draft, DraftState, Field, Kind, Recipient, Target, Text};
use crate::text::{self, Wording};

/// What a draft is, as in "your reply to the thread “…”".
pub fn noun(target: &Target) -> String {
    let (topic, group) = (Text::new(&target.topic), Text::new(&target.group_name));
    match &target.kind {
        Kind::Reply { post: None, .. } => format!("a reply to the thread “{topic}” of “{group}”"),
        Kind::Reply { post: Some(_), .. } => format!("a reply to a post of the thread “{topic}” of “{group}”"),
        Kind::Conversation => format!("a new conversation “{topic}” in “{group}”"),
        Kind::Thread { .. } => format!("a new thread “{topic}” in a conversation of “{group}”"),
        Kind::Forward { .. } => format!("a post of the thread “{topic}” of “{group}”"),
    }
}

/// What is done with a draft, as in "send a reply to …".
pub fn what(draft: &Draft) -> String {
    match draft.target.kind {
        Kind::Forward { .. } => format!(
            "forward {} to {}",
            noun(&draft.target),
            Recipient::listed(&draft.with.people)
        ),
        _ => format!("send {}", noun(&draft.target)),
    }
}

/// What was done with a draft, as in "sent: a reply to …".
pub fn done(draft: &Draft) -> String {
    let noun = noun(&draft.target);
    match draft.target.kind {
        Kind::Forward { .. } => format!("forwarded: {noun} to {}", Recipient::listed(&draft.with.people)),
        _ => format!("sent: {noun}"),
    }
}

/// What a draft is about, whom it goes to and what is in it, in lines.
pub fn review(desk: &Desk, draft: &Draft) -> String {
    let with = &draft.with;
    let mut out = format!("This will {}.\n", what(draft));
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            out.push_str(&format!("  {name:<11}{}\n", Text::new(&value)));
        }
    };
    for field in draft.target.kind.fields() {
        match field {
            Field::Topic => {}
            Field::People if matches!(draft.target.kind, Kind::Forward { .. }) => {
                row("note", "It leaves the group, and Graph cannot call it back.".to_owned());
            }
            Field::People => row("also to", Recipient::listed(&with.people)),
            Field::Categories => row("categories", with.categories.join(", ")),
            Field::Attachments => with
                .attachments
                .iter()
                .for_each(|file| row("file", format!("{} ({})", file.name, sized(file.size)))),
        }
    }
    out.push('\n');
    push_text(&mut out, draft, desk.screen.page);
    out
}

/// What is in it, as whoever gets it reads it here.
pub fn push_text(out: &mut String, draft: &Draft, page: usize) {
    let width = u16::try_from(page).unwrap_or(u16::MAX);
    let body = Wording::of(draft).body();
    push_body(out, &text::typeset(&body, width), width);
}

/// How far a draft has come, in words.
pub fn state(draft: &Draft) -> &'static str {
    match draft.state {
        DraftState::Writing => "draft",
        DraftState::Queued { tried: false, .. } => "to be sent",
        DraftState::Queued {
            tried: true,
            until: Some(_),
            ..
        } => "waits, as Graph asks",
        DraftState::Queued { tried: true, .. } => "waits for a connection",
        DraftState::Sending { .. } => "may have been sent",
        DraftState::Accepted { .. } => "sent, not seen yet",
    }
}
