//! What people and groups have in common.

use super::groups::mark;
use super::message;
use super::screen::{Popup, Screen};
use super::words::{column, grouped};
use crate::app::{About, Overlap};
use crate::domain::DirectoryObject;
use crate::layout::Area;
use crate::text::cells;

/// Rows visible at once, at most.
const ROWS: usize = 20;
/// From this width on a row also says what a person does, or the address.
const ROOMY: u16 = 60;
/// Cells that each step of a way is indented by.
const STEP: usize = 2;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, overlap: &Overlap) {
    let popup = Popup {
        title: &title(&overlap.about),
        width: 92,
        rows: ROWS + 2,
    };
    let inner = popup.draw(screen, body);
    draw_parts(screen, inner, overlap);
    let content = message::below(inner, 1);
    if overlap.is_empty() {
        return empty(screen, content, overlap);
    }
    let page = usize::from(content.height).max(1);
    let first = screen.first_shown(overlap.cursor, overlap.len(), page);
    for (row, place) in (0..content.height).zip(first..overlap.len()) {
        if let Some((depth, object)) = overlap.row(place) {
            draw_row(screen, content, row, (depth, object), place == overlap.cursor);
        }
    }
}

/// The parts of the answer; where there is no room for all, the one that is shown. At the right what counts as belonging.
fn draw_parts(screen: &mut Screen<'_, '_>, area: Area, overlap: &Overlap) {
    let theme = screen.theme;
    let mut strip = screen.row(area, 0);
    if overlap.has_levels() {
        let said = if overlap.through { "all levels" } else { "direct only" };
        strip.put_right(said, theme.secondary, 24);
    }
    let parts = overlap.parts();
    let said = |(name, count): &(String, Option<usize>)| match count {
        Some(count) => format!("  {name} {}", grouped(*count)),
        None => format!("  {name}"),
    };
    let wide: usize = parts.iter().map(|part| cells(&said(part))).sum();
    let all = wide <= strip.room();
    for (at, part) in parts.iter().enumerate() {
        let here = at == overlap.part;
        if all {
            strip.put(&said(part), if here { theme.focused } else { theme.secondary });
        } else if here {
            let which = format!("  {}/{}", at + 1, parts.len());
            strip.put(&which, theme.secondary).put(&said(part), theme.focused);
        }
    }
}

fn title(about: &About) -> String {
    match about {
        About::Common((_, one), (_, other)) => format!("Groups of {one} and {other}"),
        About::Difference((_, one), (_, other)) => format!("Members of {one} and {other}"),
        About::Ways((_, person), (_, group)) => format!("How {person} belongs to {group}"),
        About::Check((_, person), groups) => format!("{person} in {} listed groups", grouped(groups.len())),
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, (depth, object): (u16, &DirectoryObject), here: bool) {
    let theme = screen.theme;
    let mut strip = screen.row(area, row);
    strip.put_right(object.kind_in_words(), theme.secondary, 12);
    strip.put(mark(here, true), theme.mark).skip(1);
    if depth > 0 {
        // Deep down there must be room for names.
        strip.skip((usize::from(depth - 1) * STEP).min(usize::from(area.width) / 3));
        strip.put("└ ", theme.rule);
    }
    let style = if here { theme.cursor } else { theme.text };
    let name = object.name.as_ref().map_or("(hidden)", |name| name.as_str());
    if area.width < ROOMY || depth > 0 {
        strip.put(name, style);
        return;
    }
    let half = usize::from(area.width / 2);
    let start = strip.at().0;
    strip.put(&column(name, half), style);
    let used = usize::from(strip.at().0 - start);
    let more = object.job_title.as_ref().or(object.mail.as_ref());
    strip.skip(half.saturating_sub(used));
    strip.put(more.map_or("", |text| text.as_str()), theme.secondary);
}

/// Why there is no row.
fn empty(screen: &mut Screen<'_, '_>, area: Area, overlap: &Overlap) {
    if let Some(problem) = overlap.problem() {
        return message::problem(screen, area, problem);
    }
    if overlap.is_loading() {
        return message::loading(screen, area);
    }
    let (what, next) = match (&overlap.about, overlap.part) {
        (About::Common(..), _) => ("They share no group that you may see.", ""),
        (About::Ways(..), _) => (
            "This person does not belong to the group.",
            "Owners need not be members, and members of groups that hide theirs from you are not seen.",
        ),
        (About::Difference(..), 2) => ("Nobody belongs to both.", ""),
        (About::Difference(..), _) => ("Nobody belongs to this group alone.", ""),
        (About::Check(..), 0) => ("To none of them.", ""),
        (About::Check(..), _) => ("To all of them.", ""),
    };
    message::note(screen, area, what, next);
}
