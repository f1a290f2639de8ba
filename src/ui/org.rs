//! The org tree.

use super::groups::{mark, no_match};
use super::screen::Screen;
use super::words::{counted, grouped};
use super::{message, title};
use crate::app::{Below, Org, Purpose, Seen};
use crate::domain::Text;
use crate::layout::Area;
use crate::protocol::ProblemKind;
use crate::protocol::capability::DETAILS;

/// Cells that each level is indented by.
const STEP: usize = 2;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let Some(org) = &screen.model.org else { return };
    title::draw(screen, area, true, "Org tree", &parts(screen, org));
    let mut content = area.content();
    if org.has_head() {
        head(screen, content, org);
        content = message::below(content, 1);
    }
    if org.is_empty() {
        return if org.list.is_filtered() {
            no_match(screen, content, &org.list.needle)
        } else {
            message::loading(screen, content)
        };
    }
    let (cursor, top) = org.view();
    for (row, place) in (0..content.height).zip(top..org.len()) {
        if let Some(seen) = org.row(place) {
            draw_row(screen, content, row, &seen, org.is_counted(place), place == cursor);
        }
    }
}

fn parts<'a>(screen: &Screen<'a, '_>, org: &'a Org) -> Vec<title::Part<'a>> {
    let names: Vec<&str> = org.about.iter().map(|subject| subject.name.as_str()).collect();
    let mut parts = vec![title::Part::Words(names.join(" ↔ "))];
    let typing = screen.model.prompt.as_ref();
    match typing.filter(|prompt| prompt.purpose == Purpose::FilterOrg) {
        Some(prompt) => parts.push(title::Part::Line("/", &prompt.line)),
        None if org.list.is_filtered() => parts.push(title::Part::Words(format!("/{}", org.list.needle))),
        None => {}
    }
    if org.list.is_filtered() {
        let (shown, known) = (grouped(org.len()), grouped(org.known()));
        parts.push(title::Part::Words(format!("{shown} of {known}")));
    } else if org.known() > 0 {
        parts.push(title::Part::Words(counted(org.known(), "person", "people")));
    }
    if let Some(read_at) = org.kept() {
        parts.push(title::kept(screen, read_at, org.stale()));
    }
    parts
}

/// How two people stand to each other, or why that cannot be seen.
fn head(screen: &mut Screen<'_, '_>, area: Area, org: &Org) {
    let theme = screen.theme;
    let mut strip = screen.row(area, 0);
    strip.skip(2);
    match (&org.relation, org.problem()) {
        (Some(relation), _) => strip.put(relation.as_str(), theme.heading),
        (None, Some(why)) if why.kind == ProblemKind::Forbidden => {
            let scope = why.missing.unwrap_or(DETAILS.scope());
            strip.put(&format!("hidden: needs {scope} — the line of managers"), theme.warning)
        }
        (None, Some(why)) => strip.put(why.what.as_str(), theme.warning),
        (None, None) => &mut strip,
    };
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, seen: &Seen<'_>, counted: bool, here: bool) {
    let theme = screen.theme;
    let mut strip = screen.row(area, row);
    let said = said(seen, counted);
    strip.put_right(&said, theme.secondary, 16);
    strip.put(mark(here, true), theme.mark).skip(1);
    // Deep down there must be room for names.
    strip.skip((usize::from(seen.depth) * STEP).min(usize::from(area.width) / 3));
    let (glyph, style) = match seen.reports {
        Below::Open => ("▾", theme.secondary),
        Below::Closed => ("▸", theme.secondary),
        Below::Nothing => (" ", theme.secondary),
        Below::Again => ("↻", theme.warning),
        Below::Hidden(_) => ("!", theme.warning),
    };
    strip.put(glyph, style).skip(1);
    let style = match (here, seen.subject) {
        (true, _) => theme.cursor,
        (false, true) => theme.accent,
        (false, false) => theme.text,
    };
    let name = match seen.person.name.as_str() {
        "" => "(hidden)",
        name => name,
    };
    strip.put(name, style).skip(2);
    let does = seen.person.job_title.as_ref().or(seen.person.department.as_ref());
    strip.put(does.map_or("", Text::as_str), theme.secondary);
}

/// What stands at the right: how many report to the person, what is in the way of knowing, or to whom the person does.
fn said(seen: &Seen<'_>, counted: bool) -> String {
    let mut words = Vec::new();
    match seen.reports {
        Below::Hidden(why) if why.kind == ProblemKind::Forbidden => {
            words.push(format!("hidden: needs {}", why.missing.unwrap_or(DETAILS.scope())));
        }
        Below::Hidden(why) => words.push(why.what.to_string()),
        Below::Again => words.push("already above".into()),
        _ if seen.loading && seen.count > 0 => words.push(format!("{}…", grouped(seen.count))),
        _ if seen.loading => words.push("loading…".into()),
        Below::Open | Below::Closed if counted => words.push(grouped(seen.count)),
        _ => {}
    }
    if let Some(manager) = seen.manager {
        words.push(format!("under {}", manager.name));
    }
    if seen.person.is_guest() {
        words.push("guest".into());
    }
    words.join(" · ")
}
