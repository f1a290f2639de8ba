//! The org tree.

use std::sync::Arc;

use ratatui::style::Style;

use super::groups::mark;
use super::screen::{Screen, Strip};
use super::theme::Theme;
use super::tree::{indent, problem, put_glyph};
use super::words::{counted, grouped};
use super::{message, title};
use crate::app::{Below, Filterable, ORG_INDENT, Org, Seen};
use crate::domain::{Person, Text};
use crate::layout::Area;
use crate::protocol::capability::DETAILS;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let Some(org) = &screen.model.org else { return };
    title::draw(screen, area, true, "Org tree", &parts(screen, org));
    let mut content = area.content();
    let head = org.head(content);
    let style = match org.relation {
        Some(_) => screen.theme.heading,
        None => screen.theme.warning,
    };
    for (row, line) in (0..).zip(&head) {
        screen.row(content, row).skip(ORG_INDENT.into()).put(line, style);
    }
    content = message::below(content, head.len() as u16);
    let tree = &org.tree;
    if tree.is_empty() {
        return if tree.list.is_filtered() {
            message::no_match(screen, content, &tree.list.needle)
        } else {
            message::loading(screen, content)
        };
    }
    let (theme, view) = (screen.theme, tree.view());
    for (row, place) in (0..content.height).zip(view.top..tree.len()) {
        let Some(seen) = tree.row(place) else { continue };
        let here = place == view.cursor;
        let style = match (here, org.is_about(seen.item)) {
            (true, _) => theme.cursor,
            (false, true) => theme.accent,
            (false, false) => theme.text,
        };
        let mut strip = screen.row(content, row);
        strip.put_right(&said(&seen), theme.secondary, 16);
        strip.put(mark(here, true), theme.mark).skip(1);
        strip.skip(indent(seen.depth, content));
        put_person(&mut strip, theme, &seen, style);
    }
}

fn parts<'a>(screen: &Screen<'a, '_>, org: &'a Org) -> Vec<title::Part<'a>> {
    let names: Vec<&str> = org.about.iter().map(|subject| subject.name.as_str()).collect();
    let known = counted(org.tree.known(), "person", "people");
    let mut parts = vec![title::Part::Words(names.join(" ↔ "))];
    parts.extend(title::of_tree(screen, &org.tree, Filterable::Org, known));
    parts.extend(title::age(screen, org.kept(), org.stale()));
    parts
}

/// Whether there is more below a person, the name, and what the person does.
fn put_person(strip: &mut Strip<'_>, theme: &Theme, seen: &Seen<'_, Arc<Person>>, style: Style) {
    put_glyph(strip, theme, seen.below);
    strip.skip(1);
    let name = match seen.item.name.as_str() {
        "" => "(hidden)",
        name => name,
    };
    strip.put(name, style).skip(2);
    let does = seen.item.job_title.as_ref().or(seen.item.department.as_ref());
    strip.put(does.map_or("", Text::as_str), theme.secondary);
}

/// What stands at the right: how many report to the person, what is in the way of knowing, or to whom the person does.
fn said(seen: &Seen<'_, Arc<Person>>) -> String {
    let mut words = Vec::new();
    match seen.below {
        Below::Hidden(why) => words.push(problem(why, DETAILS.scope())),
        Below::Again => words.push("already above".into()),
        _ if seen.loading && seen.count > 0 => words.push(format!("{}…", grouped(seen.count))),
        _ if seen.loading => words.push("loading…".into()),
        Below::Open | Below::Closed if seen.counted => words.push(grouped(seen.count)),
        _ => {}
    }
    if let Some(manager) = seen.under {
        words.push(format!("under {}", manager.name));
    }
    if seen.item.is_guest() {
        words.push("guest".into());
    }
    words.join(" · ")
}
