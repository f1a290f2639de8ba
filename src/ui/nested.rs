//! Groups in a group, as a tree.

use super::groups::mark;
use super::screen::Screen;
use super::title;
use super::words::{counted, grouped};
use crate::app::{Below, NestedRow};
use crate::domain::{ObjectKind, Role};
use crate::layout::Area;
use crate::protocol::ProblemKind;

/// Cells that each level is indented by.
const STEP: usize = 2;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let Some(nested) = &screen.model.nested else { return };
    let known = title::Part::Words(counted(nested.known(), "member", "members"));
    title::draw(screen, area, true, "Nested groups", &[known]);
    let content = area.content();
    for (row, place) in (0..content.height).zip(nested.top..nested.len()) {
        if let Some(seen) = nested.row(place) {
            draw_row(screen, content, row, &seen, place == nested.cursor);
        }
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, seen: &NestedRow<'_>, here: bool) {
    let theme = screen.theme;
    let object = &seen.member.object;
    let mut strip = screen.row(area, row);
    strip.put_right(&said(seen), theme.secondary, 16);
    strip.put(mark(here, true), theme.mark).skip(1);
    // Deep down there must be room for names.
    strip.skip((usize::from(seen.depth) * STEP).min(usize::from(area.width) / 3));
    let (glyph, style) = match seen.below {
        Below::Open => ("▾", theme.secondary),
        Below::Closed => ("▸", theme.secondary),
        Below::Nothing => (" ", theme.secondary),
        Below::Again => ("↻", theme.warning),
        Below::Hidden(_) => ("!", theme.warning),
    };
    strip.put(glyph, style);
    strip.put_if(seen.member.role == Role::Owner, "◆", theme.accent).skip(1);
    let style = if here { theme.cursor } else { theme.text };
    match &object.name {
        Some(name) => strip.put(name.as_str(), style).skip(2),
        None => strip.put("(hidden)", style).skip(2),
    };
    let more = object.job_title.as_ref().or(object.mail.as_ref());
    strip.put(more.map_or("", |text| text.as_str()), theme.secondary);
}

/// What stands at the right: the kind, or how many belong to a group, or why that is not known.
fn said(seen: &NestedRow<'_>) -> String {
    if seen.member.object.kind != ObjectKind::Group {
        return seen.member.object.kind_in_words().to_owned();
    }
    match seen.below {
        Below::Hidden(why) if why.kind == ProblemKind::Forbidden => {
            format!("hidden: needs {}", why.missing.unwrap_or("GroupMember.Read.All"))
        }
        Below::Hidden(why) => why.what.to_string(),
        Below::Again => "already above".into(),
        _ if seen.loading && seen.count > 0 => format!("{}…", grouped(seen.count)),
        _ if seen.loading => "loading…".into(),
        _ if seen.counted => counted(seen.count, "member", "members"),
        _ => "group".into(),
    }
}
