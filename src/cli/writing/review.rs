//! What will be sent, and to whom, as it is shown before.

use crate::cli::desk::Desk;
use crate::cli::output::Times;
use crate::cli::output::progress::sized;
use crate::cli::post::push_body;
use crate::domain::{Draft, DraftState, Field, Kind, Post, Recipient, Target, Text, Thread};
use crate::graph::{Urgency, posts, threads};
use crate::protocol::Problem;
use crate::text::{self, Wording};

/// What Graph tells of where a draft goes, for whoever is to say yes to it.
#[derive(Debug, Default)]
pub struct Whither {
    /// The thread that it is posted to.
    thread: Option<Thread>,
    /// The post that it answers or forwards.
    post: Option<Post>,
}

impl Whither {
    /// Asks Graph. What it doesn't tell is left out.
    pub async fn of(desk: &Desk, draft: &Draft) -> Self {
        let Target { group, kind, .. } = &draft.target;
        let thread = async {
            match kind {
                Kind::Reply { thread, .. } => {
                    known(desk.client.one(threads::by_id(group, thread), Urgency::Person).await)
                }
                _ => None,
            }
        };
        let post = async {
            let (thread, post) = draft.target.thread().zip(draft.target.post())?;
            known(
                desk.client
                    .one(posts::by_id(group, thread, post), Urgency::Person)
                    .await,
            )
        };
        let (thread, post) = tokio::join!(thread, post);
        Whither { thread, post }
    }

    /// Who gets what is posted to the thread besides its group.
    fn others(&self, target: &Target) -> Vec<Recipient> {
        let thread = self.thread.iter();
        let everyone = thread.flat_map(|thread| thread.to_recipients.iter().chain(&thread.cc_recipients));
        let others = everyone.filter(|one| one.name.as_str() != target.group_name);
        others.cloned().collect()
    }
}

fn known<T>(read: Result<T, Problem>) -> Option<T> {
    read.inspect_err(|problem| tracing::warn!(%problem, "the review tells less"))
        .ok()
}

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
pub fn review(desk: &Desk, draft: &Draft, whither: &Whither) -> String {
    let with = &draft.with;
    let mut out = format!("This will {}.\n", what(draft));
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            out.push_str(&format!("  {name:<11}{}\n", Text::new(&value)));
        }
    };
    row("on it", Recipient::listed(&whither.others(&draft.target)));
    if let Some(writer) = &draft.writer {
        let address = writer.addresses.first().map(|address| format!(" <{address}>"));
        row("as", format!("{}{}", writer.name, address.unwrap_or_default()));
    }
    if let Some(post) = &whither.post {
        let label = match draft.target.kind {
            Kind::Forward { .. } => "forwards",
            _ => "answers",
        };
        let when = Times::new(&desk.config.time, false).write(post.when());
        row(label, format!("the post of {}, {when}", post.author().shown()));
    }
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
