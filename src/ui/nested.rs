//! Groups in a group, as a tree.

use super::groups::mark;
use super::members::{Grid, sorted};
use super::screen::Screen;
use super::tree::{indent, problem, put_glyph};
use super::words::{counted, grouped};
use super::{message, title};
use crate::app::{Below, Column, Filterable, Seen};
use crate::domain::{Member, ObjectKind, Role};
use crate::layout::Area;

/// The least permission to see who belongs to a group.
/// <https://learn.microsoft.com/graph/api/group-list-members>
const MEMBERS: &str = "GroupMember.Read.All";

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let Some(nested) = &screen.model.nested else { return };
    let (tree, members) = (&nested.tree, &screen.model.members);
    // The group that it is about is none of its members.
    let known = counted(tree.known().saturating_sub(1), "member", "members");
    let mut parts = title::of_tree(screen, tree, Filterable::Nested, known);
    parts.extend(members.order.map(sorted));
    parts.extend(title::age(screen, tree.kept(), tree.stale()));
    title::draw(screen, area, true, "Nested groups", &parts);
    let content = area.content();
    if tree.is_empty() {
        return message::no_match(screen, content, &tree.list.needle);
    }
    let grid = Grid::of(content, true, screen.model);
    let view = tree.view();
    for (row, place) in (0..content.height).zip(view.top..tree.len()) {
        if let Some(seen) = nested.row(place) {
            draw_row(screen, &grid, content, row, &seen, place == view.cursor);
        }
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, grid: &Grid<'_>, area: Area, row: u16, seen: &Seen<'_, Member>, here: bool) {
    let theme = screen.theme;
    let object = &seen.item.object;
    let said = said(seen, screen.model.members.columns.has(Column::Kind));
    let mut strip = screen.row(area, row);
    strip.put_right(&said, theme.secondary, 16);
    strip.put(mark(here, true), theme.mark).skip(1);
    let indent = indent(seen.depth, area);
    strip.skip(indent);
    put_glyph(&mut strip, theme, seen.below);
    strip.put_if(seen.item.role == Role::Owner, "◆", theme.accent).skip(1);
    grid.put(&mut strip, theme, object, indent, here);
}

/// What stands at the right: the kind, or how many belong to a group, or why that is not known.
fn said(seen: &Seen<'_, Member>, kind: bool) -> String {
    let object = &seen.item.object;
    if object.kind != ObjectKind::Group {
        return if kind { object.kind_in_words() } else { "" }.to_owned();
    }
    match seen.below {
        Below::Hidden(why) => problem(why, MEMBERS),
        Below::Again => "already above".into(),
        _ if seen.loading && seen.count > 0 => format!("{}…", grouped(seen.count)),
        _ if seen.loading => "loading…".into(),
        _ if seen.counted => counted(seen.count, "member", "members"),
        _ => "group".into(),
    }
}
