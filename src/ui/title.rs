//! The title row of a pane: a mark where the keyboard is, the name, counts, the filter, and how fresh it all is.

use jiff::Timestamp;

use super::screen::{Screen, Strip};
use super::theme::Theme;
use super::words::{self, grouped};
use crate::app::{Editor, Filterable, Item, List, Prompt, Purpose, Tree};
use crate::domain::ExportFormat;
use crate::keys::Action;
use crate::layout::{Area, Pane};
use crate::protocol::{Problem, ProblemKind};
use crate::text::cells;

/// A part of a title, parted from the one before by a dot.
pub(super) enum Part<'a> {
    /// Words.
    Words(String),
    /// Words about something to notice.
    Warning(String),
    /// A line being typed, after what it is for.
    Line(&'static str, &'a Editor),
}

/// Draws a title.
pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area, focused: bool, name: &str, parts: &[Part<'_>]) {
    let theme = screen.theme;
    let mut cursor = None;
    let mut strip = screen.row(area.title(), 0);
    if focused {
        strip.put("▌", theme.mark).skip(1).put(name, theme.focused);
    } else {
        strip.put("─", theme.rule).skip(1).put(name, theme.title);
    }
    for part in parts {
        match part {
            Part::Words(words) => strip.put(" · ", theme.secondary).put(words, theme.secondary),
            Part::Warning(words) => strip.put(" · ", theme.secondary).put(words, theme.warning),
            Part::Line(lead, line) => {
                strip.skip(1).put(lead, theme.key);
                cursor = Some(put_line(&mut strip, theme, line, 14));
                strip.skip(1)
            }
        };
    }
    strip.skip(1).fill("─", theme.rule);
    if let Some((x, y)) = cursor {
        screen.set_cursor(x, y);
    }
}

/// Puts the part of a typed line around its cursor, leaving `rest` cells free where it can; returns where the cursor is.
pub(super) fn put_line(strip: &mut Strip<'_>, theme: &Theme, line: &Editor, rest: usize) -> (u16, u16) {
    let (text, at) = line.flat();
    let (before, after) = text.split_at_checked(at).unwrap_or((&text, ""));
    // One cell stays free for the cursor itself.
    let width = strip
        .room()
        .saturating_sub(rest)
        .max(strip.room() / 2)
        .saturating_sub(1);
    let start = start_of_tail(before, width);
    strip.put(before.get(start..).unwrap_or_default(), theme.text);
    let cursor = strip.at();
    strip.put(after, theme.text);
    cursor
}

/// Where the longest tail of `text` begins that takes at most `width` cells.
fn start_of_tail(text: &str, width: usize) -> usize {
    if cells(text) <= width {
        return 0;
    }
    let mut used = 0;
    for (at, c) in text.char_indices().rev() {
        used += cells(c.encode_utf8(&mut [0; 4]));
        if used > width {
            return at + c.len_utf8();
        }
    }
    0
}

/// What the title of a list says of it: how many there are, the filter, and how fresh they are.
pub(super) fn of_list<'a, T: Item>(
    screen: &Screen<'a, '_>,
    which: Filterable,
    list: &List<T>,
    total: Option<usize>,
) -> Vec<Part<'a>> {
    let typing = screen.model.prompt.as_ref().and_then(|prompt| typed_in(prompt, which));
    let mut parts = Vec::new();
    let shown = grouped(list.len());
    match typing {
        Some((lead, line)) => {
            parts.push(Part::Line(lead, line));
            if list.is_filtered() {
                parts.push(matches(list));
            }
        }
        None if list.is_filtered() => {
            parts.push(Part::Words(format!("/{}", list.needle)));
            parts.push(matches(list));
        }
        None => match total.filter(|total| *total > list.loaded()) {
            Some(total) => parts.push(Part::Words(format!("{shown} of {}", grouped(total)))),
            None if list.items.shown().is_some() => parts.push(Part::Words(shown)),
            None => {}
        },
    }
    let incomplete = total.is_some_and(|total| total > list.loaded());
    if let Some(at) = list.kept {
        parts.push(kept(screen, at, list.items.problem()));
    }
    if list.items.is_loading() {
        match (list.gathered() == list.loaded(), incomplete) {
            _ if list.kept.is_some() => parts.push(Part::Words("refreshing".into())),
            (false, _) => parts.push(Part::Words("refreshing".into())),
            (true, false) => parts.push(Part::Words("loading…".into())),
            // The count says it.
            (true, true) => {}
        }
    }
    if list.kept.is_none() && list.items.problem().is_some() && list.items.shown().is_some() {
        parts.push(stale(screen, incomplete));
    }
    parts
}

/// How old what comes from the store is; and where it could not be read again, why, and the key to try.
pub(super) fn kept<'a>(screen: &Screen<'_, '_>, read_at: Timestamp, problem: Option<&Problem>) -> Part<'a> {
    let old = words::old(screen.model, read_at);
    let key = screen.key(Action::Refresh);
    match problem {
        None => Part::Words(old),
        Some(problem) if problem.kind == ProblemKind::Network => Part::Warning(format!("offline, {old}: {key}")),
        Some(_) => Part::Warning(format!("{old}: {key}")),
    }
}

/// How old what is shown is: of the store, or of an earlier answer where it could not be read again.
pub(super) fn age<'a>(
    screen: &Screen<'_, '_>,
    read_at: Option<Timestamp>,
    problem: Option<&Problem>,
) -> Option<Part<'a>> {
    match read_at {
        Some(read_at) => Some(kept(screen, read_at, problem)),
        None => problem.map(|_| stale(screen, false)),
    }
}

/// What the title of a tree says of it: how much is known, and the filter.
pub(super) fn of_tree<'a, T: Item>(
    screen: &Screen<'a, '_>,
    tree: &Tree<T>,
    which: Filterable,
    known: String,
) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let typing = screen.model.prompt.as_ref().and_then(|prompt| typed_in(prompt, which));
    match typing {
        Some((lead, line)) => parts.push(Part::Line(lead, line)),
        None if tree.list.is_filtered() => parts.push(Part::Words(format!("/{}", tree.list.needle))),
        None => {}
    }
    if tree.list.is_filtered() {
        parts.push(matches(&tree.list));
    } else if tree.known() > 0 {
        parts.push(Part::Words(known));
    }
    parts
}

fn matches<T: Item>(list: &List<T>) -> Part<'static> {
    Part::Words(if list.is_filter_current() {
        format!("{} of {}", grouped(list.len()), grouped(list.loaded()))
    } else {
        "filtering…".into()
    })
}

/// Older data is shown, or a part of it, because the rest could not be read; the footer says why.
pub(super) fn stale<'a>(screen: &Screen<'_, '_>, incomplete: bool) -> Part<'a> {
    let what = if incomplete { "incomplete" } else { "old" };
    Part::Warning(format!("{what}: {}", screen.key(Action::Refresh)))
}

/// What is asked where a folder is to be named for threads.
fn export_to(all: bool, format: ExportFormat) -> &'static str {
    match (all, format) {
        (false, ExportFormat::Markdown) => "export as Markdown to: ",
        (false, ExportFormat::Page) => "export as a web page to: ",
        (false, ExportFormat::Mbox) => "export as mbox to: ",
        (false, ExportFormat::Json) => "export as JSON to: ",
        (true, ExportFormat::Markdown) => "export all as Markdown to: ",
        (true, ExportFormat::Page) => "export all as web pages to: ",
        (true, ExportFormat::Mbox) => "export all as mbox to: ",
        (true, ExportFormat::Json) => "export all as JSON to: ",
    }
}

/// What is being typed in a title, after what it is for.
pub(super) fn typed_in(prompt: &Prompt, title: Filterable) -> Option<(&'static str, &Editor)> {
    match (prompt.purpose, title) {
        (Purpose::Filter(list), _) if list == title => Some(("/", &prompt.line)),
        (Purpose::Search, Filterable::Pane(Pane::Posts)) => Some(("/", &prompt.line)),
        (Purpose::Export { all, format, pane }, title) => {
            let is_here =
                title == Filterable::Pane(pane) || (title == Filterable::Conversations && pane == Pane::Threads);
            is_here.then_some((export_to(all, format), &prompt.line))
        }
        (Purpose::OpenGroup, Filterable::Pane(Pane::Groups)) => Some(("id or address: ", &prompt.line)),
        _ => None,
    }
}
