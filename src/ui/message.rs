//! Sentences inside a pane: what is missing, what went wrong, and what to do next.

use ratatui::style::Style;

use super::screen::Screen;
use super::words;
use crate::app::{Item, List};
use crate::keys::Action;
use crate::layout::Area;
use crate::protocol::Problem;
use crate::text::wrap;

/// Cells left of a sentence: it stands under the names of a list.
const INDENT: u16 = 2;

/// Draws wrapped text, marked where it is cut; returns what is left of the area below it.
pub(super) fn paragraph(screen: &mut Screen<'_, '_>, area: Area, text: &str, style: Style) -> Area {
    let lines = wrap(text, usize::from(area.width));
    let used = area.height.min(lines.len() as u16);
    for (row, line) in (0..used).zip(&lines) {
        let mut strip = screen.row(area, row);
        if row + 1 == used && lines.len() > usize::from(used) {
            strip.put_right("…", style, 0);
        }
        strip.put(line, style);
    }
    below(area, used)
}

/// What lies below the first rows of an area.
pub(super) fn below(area: Area, rows: u16) -> Area {
    let rows = rows.min(area.height);
    Area {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

/// What lies above the last rows of an area, and these.
pub(super) fn split(area: Area, last: usize) -> (Area, Area) {
    let upper = usize::from(area.height).saturating_sub(last) as u16;
    (Area { height: upper, ..area }, below(area, upper))
}

/// Draws wrapped text in the last rows of a box; returns what is left above: at least the rows to keep.
pub(super) fn foot(screen: &mut Screen<'_, '_>, area: Area, keep: u16, text: &str, style: Style) -> Area {
    let rows = wrap(text, usize::from(area.width)).len();
    let (rest, foot) = split(area, rows.min(usize::from(area.height.saturating_sub(keep))));
    paragraph(screen, foot, text, style);
    rest
}

/// Says what a list without items stands for: a problem, loading, or a filter that lets nothing through. Whether it is one
/// of these.
pub(super) fn is_said_of<T: Item>(screen: &mut Screen<'_, '_>, area: Area, list: &List<T>) -> bool {
    if let Some(why) = list.items.problem() {
        problem(screen, area, why);
    } else if list.items.is_loading() {
        loading(screen, area);
    } else if list.is_filtered() {
        no_match(screen, area, &list.needle);
    } else {
        return false;
    }
    true
}

/// Says that a filter lets nothing through.
pub(super) fn no_match(screen: &mut Screen<'_, '_>, area: Area, needle: &str) {
    let what = format!("Nothing here matches “{needle}”.");
    let next = format!("Press {} to show everything again.", screen.key(Action::Back));
    note(screen, area, &what, &next);
}

fn indented(area: Area) -> Area {
    let indent = INDENT.min(area.width);
    Area {
        x: area.x + indent,
        width: area.width - indent,
        ..area
    }
}

/// Says why a pane is empty, and what to do about it.
pub(super) fn note(screen: &mut Screen<'_, '_>, area: Area, what: &str, next: &str) {
    let theme = screen.theme;
    let rest = paragraph(screen, indented(area), what, theme.text);
    if !next.is_empty() {
        paragraph(screen, rest, next, theme.secondary);
    }
}

/// Says that something is on its way.
pub(super) fn loading(screen: &mut Screen<'_, '_>, area: Area) {
    let style = screen.theme.secondary;
    paragraph(screen, indented(area), "Loading…", style);
}

/// Says what went wrong, what to do, which key tries again, and what a supporter would ask for.
pub(super) fn problem(screen: &mut Screen<'_, '_>, area: Area, problem: &Problem) {
    let theme = screen.theme;
    let mut rest = paragraph(screen, indented(area), problem.what.as_str(), theme.problem);
    if !problem.next.is_empty() {
        rest = paragraph(screen, rest, problem.next.as_str(), theme.text);
    }
    if let Some(permission) = problem.missing.filter(|_| screen.model.settings.can_sign_in) {
        let ask = format!("Press {} to ask for {permission}.", screen.key(Action::AskPermission));
        rest = paragraph(screen, rest, &ask, theme.text);
    }
    let mut again = format!("Press {} to read it again", screen.key(Action::Refresh));
    if let Some(at) = problem.retry_at {
        again = format!("{again}, from {} on", words::ahead(screen.model, at));
    }
    again.push('.');
    rest = paragraph(screen, rest, &again, theme.text);
    let facts = facts(problem);
    if !facts.is_empty() {
        paragraph(screen, rest, &facts, theme.secondary);
    }
}

/// `HTTP 403 · Authorization_RequestDenied · request 4b1c…`
pub(super) fn facts(problem: &Problem) -> String {
    let status = problem.status.map(|status| format!("HTTP {status}"));
    let code = problem.code.as_ref().map(|code| code.to_string());
    let request = problem.request_id.as_ref().map(|id| format!("request {id}"));
    let facts: Vec<String> = [status, code, request].into_iter().flatten().collect();
    facts.join(" · ")
}
