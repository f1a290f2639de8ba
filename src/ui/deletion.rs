//! The question whether something is to be deleted.

use super::screen::{Popup, Screen};
use super::title::put_line;
use super::{message, words};
use crate::app::{Deletion, Remote};
use crate::keys::Action;
use crate::layout::Area;
use crate::protocol::Doomed;
use crate::text::{pad, wrap};

/// The column of labels.
const LABEL: usize = 8;
/// The label of how much it is.
const GOES: &str = "Goes";
/// Cells inside the box.
const WIDTH: u16 = 76;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, deletion: &Deletion) {
    let theme = screen.theme;
    let room = body.boxed(WIDTH, usize::MAX).framed();
    let width = usize::from(room.width).max(1);
    let (asks, style) = match &deletion.extent {
        Remote::Failed { why, .. } => (why.to_string(), theme.problem),
        _ => (question(screen, deletion), theme.text),
    };
    // The line to type in and what to type come before all else.
    let objection = deletion.objection.unwrap_or_default();
    let foot = 1 + wrap(objection, width).len();
    let below = wrap(&asks, width).len() + foot;
    let above = usize::from(room.height).saturating_sub(below + 1);
    let mut facts = facts(deletion, width);
    let mut beware = "For ever, and for everyone in the group: Graph has no undo. Nobody is told.";
    if facts.len() + wrap(beware, width).len() > above {
        // It is the last of them, in as many lines as it needs.
        let goes = facts.iter().position(|(label, _)| *label == GOES);
        facts.drain(..goes.unwrap_or_default());
        beware = "For ever: Graph has no undo.";
    }
    let popup = Popup {
        title: match deletion.what {
            Doomed::Thread(_) => "Delete this thread?",
            Doomed::ConversationOf(_) | Doomed::Conversation(_) => "Delete this conversation?",
        },
        width: WIDTH,
        rows: facts.len() + wrap(beware, width).len() + 1 + below,
    };
    let inner = popup.draw(screen, body);
    let (upper, lower) = message::split(inner, below);
    let mut rest = upper;
    for (label, line) in &facts {
        screen
            .row(rest, 0)
            .put(&pad(label, LABEL), theme.secondary)
            .put(line, theme.text);
        rest = message::below(rest, 1);
    }
    message::paragraph(screen, rest, beware, theme.warning);
    let (question, answer) = message::split(lower, foot);
    message::paragraph(screen, question, &asks, style);
    let mut strip = screen.row(answer, 0);
    strip.put("> ", theme.key);
    let (x, y) = put_line(&mut strip, theme, &deletion.line, 0);
    screen.set_cursor(x, y);
    message::paragraph(screen, message::below(answer, 1), objection, theme.problem);
}

/// What it is about, in lines so wide, each behind its label.
fn facts(deletion: &Deletion, width: usize) -> Vec<(&'static str, String)> {
    let topic = match deletion.topic.is_empty() {
        true => "(no topic)".to_owned(),
        false => deletion.topic.to_string(),
    };
    let goes = match deletion.extent.ready() {
        None if deletion.extent.is_loading() => "counting…".to_owned(),
        None => "unknown".to_owned(),
        Some(extent) => {
            let least = if extent.at_least { "at least " } else { "" };
            let posts = words::counted(extent.posts, "post", "posts");
            let of = match deletion.what {
                Doomed::Thread(_) => String::new(),
                _ => format!(" in {}", words::counted(extent.threads.len(), "thread", "threads")),
            };
            format!("{least}{posts}{of}, with whatever is attached")
        }
    };
    let facts = [("Topic", topic), ("Group", deletion.group.to_string()), (GOES, goes)];
    let lines = facts.into_iter().flat_map(|(label, value)| {
        let lines = wrap(&value, width.saturating_sub(LABEL).max(1)).into_iter();
        lines
            .enumerate()
            .map(move |(at, line)| (if at == 0 { label } else { "" }, line))
    });
    lines.collect()
}

fn question(screen: &Screen<'_, '_>, deletion: &Deletion) -> String {
    let (yes, no) = (screen.key(Action::Accept), screen.key(Action::Back));
    match deletion.wanted() {
        Some(words) => format!("Type “{words}” and press {yes} to delete it; {no} keeps it."),
        None => format!("{no} keeps it."),
    }
}
