//! A post as Graph has it, for when it reads badly: its headers, its JSON, the source of its body,
//! and what applications have hung on it. A body may have
//! megabytes, so all of it is written out off the UI thread.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use super::cmd::Cmd;
use super::model::Model;
use super::overlay::Overlay;
use super::remote::Remote;
use crate::domain::{Body, Post, Prose, Recipient};
use crate::protocol::{Lane, Payload, Problem, Query, Reply, RequestId};
use crate::text::{graphemes, start_of};

/// What is shown of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawKind {
    /// Who, when and to whom.
    Headers,
    /// All that is known of it.
    Json,
    /// The body, as it came.
    Source,
    /// What applications have hung on it; read when it is turned to.
    Extensions,
}

impl RawKind {
    /// All of them, in the order of turning.
    pub const ALL: [RawKind; 4] = [RawKind::Headers, RawKind::Json, RawKind::Source, RawKind::Extensions];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            RawKind::Headers => "Headers",
            RawKind::Json => "JSON",
            RawKind::Source => "Source",
            RawKind::Extensions => "Extensions",
        }
    }
}

/// The raw view of a post. What it shows holds still, whatever becomes of the post.
#[derive(Debug, Clone, PartialEq)]
pub struct Raw {
    /// What is shown; `None` before the first rows have come.
    pub shown: Option<RawKind>,
    /// Its rows, for the width that the terminal has, or had.
    pub rows: Arc<[Box<str>]>,
    /// The first visible row.
    pub top: usize,
    /// What is to be shown.
    pub(super) wanted: RawKind,
    /// How far its extensions are read; the post has them then.
    extensions: Remote<()>,
    /// The order for its rows.
    awaited: Option<RequestId>,
    post: Arc<Post>,
}

/// The most that is shown, in bytes; `folkmoot post list --json` has all of it.
const MOST: usize = 400_000;
/// Cells that the box around takes.
const BOX: u16 = 4;

/// Shows the post under the cursor.
pub(super) fn open(model: &mut Model) -> Vec<Cmd> {
    let Some(post) = model.posts.selected().map(|entry| entry.post.clone()) else {
        return Vec::new();
    };
    let raw = Raw {
        shown: None,
        rows: Arc::default(),
        top: 0,
        wanted: RawKind::Headers,
        extensions: Remote::Idle,
        awaited: None,
        post,
    };
    model.overlay = Some(Overlay::Raw(Box::new(raw)));
    lay_out(model)
}

/// Shows the next of headers, JSON, source and extensions.
pub(super) fn turn(model: &mut Model) -> Vec<Cmd> {
    if let Some(Overlay::Raw(raw)) = &mut model.overlay {
        let place = RawKind::ALL.iter().position(|kind| *kind == raw.wanted);
        let next = RawKind::ALL.iter().cycle().nth(place.unwrap_or_default() + 1);
        raw.wanted = next.copied().unwrap_or(raw.wanted);
    }
    let mut cmds: Vec<Cmd> = read_extensions(model).into_iter().collect();
    cmds.extend(lay_out(model));
    cmds
}

/// Reads again what is read here: what applications have hung on the post.
pub(super) fn refresh(model: &mut Model) -> Vec<Cmd> {
    if let Some(Overlay::Raw(raw)) = &mut model.overlay {
        raw.extensions = Remote::Idle;
    }
    let mut cmds: Vec<Cmd> = read_extensions(model).into_iter().collect();
    cmds.extend(lay_out(model));
    cmds
}

/// Reads what applications have hung on the post, where that is to be shown and is not known.
fn read_extensions(model: &mut Model) -> Option<Cmd> {
    let Some(Overlay::Raw(raw)) = &model.overlay else {
        return None;
    };
    let is_known = matches!(raw.extensions, Remote::Loading { .. } | Remote::Ready(()));
    if raw.wanted != RawKind::Extensions || is_known {
        return None;
    }
    let query = Query::Extensions {
        group: model.group.as_ref()?.id.clone(),
        thread: model.posts.thread.as_ref()?.id.clone(),
        post: raw.post.id.clone(),
    };
    let (id, cmd) = model.read(Lane::Extensions, query);
    if let Some(Overlay::Raw(raw)) = &mut model.overlay {
        raw.extensions.await_reply(id);
    }
    Some(cmd)
}

/// Takes what hangs on the post, if it is awaited.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let Some(Overlay::Raw(raw)) = &mut model.overlay else {
        return None;
    };
    if !raw.extensions.awaits(reply.id) {
        return None;
    }
    match &reply.result {
        Ok(Payload::Extensions(extensions)) => {
            raw.extensions = Remote::Ready(());
            raw.post = Arc::new(Post {
                extensions: extensions.clone(),
                ..Post::clone(&raw.post)
            });
        }
        Ok(_) => return None,
        Err(problem) => raw.extensions.fail(problem.clone()),
    }
    Some(lay_out(model))
}

/// Has the rows broken anew: something else is to be shown, or the terminal has another width. What is shown stays until
/// then.
pub(super) fn lay_out(model: &mut Model) -> Vec<Cmd> {
    if !matches!(model.overlay, Some(Overlay::Raw(_))) {
        return Vec::new();
    }
    let width = model.arrangement().body.width.saturating_sub(BOX).max(1);
    let id = model.next_id();
    let Some(Overlay::Raw(raw)) = &mut model.overlay else {
        return Vec::new();
    };
    if raw.wanted == RawKind::Extensions && raw.extensions != Remote::Ready(()) {
        // There is nothing to write out: it is being read, or why it is not known is told.
        (raw.shown, raw.awaited, raw.rows, raw.top) = (None, None, Arc::default(), 0);
        return Vec::new();
    }
    raw.awaited = Some(id);
    let (post, kind) = (raw.post.clone(), raw.wanted);
    vec![Cmd::LayOutRaw { id, post, kind, width }]
}

/// Takes the rows, if they are awaited.
pub(super) fn laid_out(model: &mut Model, id: RequestId, rows: Arc<[Box<str>]>) {
    let Some(Overlay::Raw(raw)) = &mut model.overlay else {
        return;
    };
    if raw.awaited != Some(id) {
        return;
    }
    raw.awaited = None;
    if raw.shown.replace(raw.wanted) != Some(raw.wanted) {
        raw.top = 0;
    }
    raw.top = raw.top.min(rows.len().saturating_sub(1));
    raw.rows = rows;
}

impl Raw {
    /// Why what is to be shown cannot be.
    pub fn problem(&self) -> Option<&Problem> {
        self.extensions.problem().filter(|_| self.wanted == RawKind::Extensions)
    }

    /// What is shown, or is to be shown once it is there.
    pub fn kind(&self) -> RawKind {
        self.shown.unwrap_or(self.wanted)
    }
}

/// Copies what is shown, all of it.
pub(super) fn copy(model: &Model) -> Vec<Cmd> {
    match &model.overlay {
        Some(Overlay::Raw(raw)) if raw.wanted == RawKind::Extensions && raw.shown.is_none() => Vec::new(),
        Some(Overlay::Raw(raw)) => vec![Cmd::RawText {
            post: raw.post.clone(),
            kind: raw.kind(),
        }],
        _ => Vec::new(),
    }
}

/// All of what a post shows of itself.
pub fn raw_text(post: &Post, kind: RawKind) -> Cow<'_, str> {
    match (kind, &post.body) {
        (RawKind::Headers, _) => headers(post).into(),
        (RawKind::Json, _) => pretty(post).into(),
        (RawKind::Extensions, _) if post.extensions.is_empty() => {
            "No application has hung an extension on this post.".into()
        }
        (RawKind::Extensions, _) => pretty(&post.extensions).into(),
        (RawKind::Source, Body::Html(html)) => html.source().into(),
        (RawKind::Source, Body::Plain(prose)) => prose.as_str().into(),
    }
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|error| error.to_string())
}

/// The same as rows of at most so many cells; what is very long is cut.
pub fn raw_rows(post: &Post, kind: RawKind, width: u16) -> Arc<[Box<str>]> {
    rows(&raw_text(post, kind), width.into()).into()
}

fn headers(post: &Post) -> String {
    let categories: Vec<&str> = post.categories.iter().map(|category| category.as_str()).collect();
    let time = |time: Option<jiff::Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
    let body = match &post.body {
        Body::Html(html) => format!("HTML, {} bytes", html.source().len()),
        Body::Plain(prose) => format!("text, {} bytes", prose.as_str().len()),
    };
    let rows = [
        ("From", post.from.addressed()),
        ("Sender", post.sender.addressed()),
        ("Received", time(post.received_date_time)),
        ("Created", time(post.created_date_time)),
        ("New participants", Recipient::listed(&post.new_participants)),
        ("Categories", categories.join(", ")),
        (
            "Attachments",
            if post.has_attachments {
                "yes"
            } else {
                "none but images in the body"
            }
            .to_owned(),
        ),
        ("Body", body),
        ("Id", post.id.as_str().to_owned()),
    ];
    let said = rows.iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| format!("{name}: {value}\n")).collect()
}

/// A text as rows of at most so many cells. What would drive a terminal stands there in letters.
fn rows(text: &str, width: usize) -> Vec<Box<str>> {
    let start = start_of(text, MOST);
    let mut rows = Vec::new();
    for line in start.trim_end().split('\n') {
        let line = Prose::new(&spelled(line.trim_end_matches('\r')));
        let mut row = String::new();
        let mut used = 0;
        for (grapheme, cells) in graphemes(line.as_str()) {
            if used + cells > width && !row.is_empty() {
                rows.push(std::mem::take(&mut row).into());
                used = 0;
            }
            row.push_str(grapheme);
            used += cells;
        }
        rows.push(row.into());
    }
    if start.len() < text.len() {
        rows.push(format!("… {} bytes more", text.len() - start.len()).into());
    }
    rows
}

/// A line with its control characters, and those that turn the direction of writing, as `\u001b`.
fn spelled(line: &str) -> String {
    let mut spelled = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\t' => spelled.push_str("    "),
            c if c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}') =>
            {
                spelled.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => spelled.push(c),
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cells;

    #[test]
    fn rows_fit_and_what_would_drive_a_terminal_is_spelled_out() {
        let text = "short\n\u{1b}]52;c;aGk=\u{7}\u{9b}2J\r\n山田花子\u{202e}x\n\tend";
        let found = rows(text, 8);
        let found: Vec<&str> = found.iter().map(|row| &**row).collect();
        let expected = [
            "short",
            "\\u001b]5",
            "2;c;aGk=",
            "\\u0007\\u",
            "009b2J",
            "山田花子",
            "\\u202ex",
            "    end",
        ];
        assert_eq!(found, expected);
        for width in 1..20 {
            assert!(
                rows(text, width).iter().all(|row| cells(row) <= width.max(2)),
                "{width}"
            );
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_says_so() {
        let found = rows(&"x\n".repeat(MOST), 40);
        assert_eq!(found.last().map(|row| &**row), Some("… 400000 bytes more"));
    }
}
