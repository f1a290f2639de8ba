//! The composer. The terminal's own cursor stands in it, so a keystroke costs the character and little more.

use super::screen::Screen;
use super::{body, message, review, title};
use crate::app::Composer;
use crate::domain::{Field, Format, Kind, Text};
use crate::keys::Place;
use crate::layout::Area;
use crate::text::pad;

/// Rows that a problem may take below the text.
const PROBLEM_ROWS: u16 = 3;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let Some(composer) = &model.composer else { return };
    if let Some(top) = composer.review {
        return review::draw(screen, area, composer, top);
    }
    let target = composer.target();
    let state = match (&composer.save_problem, composer.is_saved()) {
        (Some(problem), _) => title::Part::Warning(format!("not saved: {}", problem.what)),
        // Both take the same cells, so that typing does not move the rest of the title.
        (None, true) => title::Part::Words("saved  ".into()),
        (None, false) => title::Part::Words("saving…".into()),
    };
    let mut parts = vec![state];
    if composer.with().format == Format::Markdown {
        parts.push(title::Part::Words("Markdown".into()));
    }
    if composer.awaited.quote {
        parts.push(title::Part::Words("quoting…".into()));
    } else if target.quoted.is_some() {
        parts.push(title::Part::Words("with the post quoted".into()));
    }
    let topic = Text::new(&target.topic);
    let group = Text::new(&target.group_name);
    let (name, place) = match target.kind {
        Kind::Reply { .. } => ("Reply", format!("to “{topic}” in {group}")),
        Kind::Conversation => ("New conversation", format!("in {group}")),
        Kind::Thread { .. } => ("New thread", format!("in {group}")),
        Kind::Forward { .. } => ("Forward", format!("“{topic}”, out of {group}")),
    };
    parts.push(title::Part::Words(place));
    if composer.looking.is_some() {
        parts.insert(0, title::Part::Words("as it will be read".into()));
    }
    title::draw(screen, area, true, name, &parts);
    if let Some(top) = composer.looking {
        return draw_preview(screen, area.content(), composer, top);
    }
    let content = draw_fields(screen, area.content(), composer);
    let problem_rows = PROBLEM_ROWS.min(content.height / 2);
    let text_rows = content.height - if has_problem(composer) { problem_rows } else { 0 };
    let text = Area {
        height: text_rows,
        ..content
    };
    screen.editor(
        text,
        &composer.editor,
        model.place_below_completion() == Place::Composer,
    );
    if let Some(problem) = &composer.send_problem {
        let rest = message::below(content, text_rows);
        let said = format!("Not sent. {problem}");
        let style = screen.theme.problem;
        message::paragraph(screen, rest, &said, style);
    }
}

/// Draws what is written as whoever gets it will read it here, once that is laid out.
fn draw_preview(screen: &mut Screen<'_, '_>, area: Area, composer: &Composer, top: usize) {
    let theme = screen.theme;
    let Some(set) = &composer.preview else { return };
    if set.lines.is_empty() {
        message::note(screen, area, "Nothing is written yet.", "");
    } else {
        let place = body::Place::of_preview(set, area.width);
        for (row, line) in (0..area.height).zip(set.lines.iter().skip(top)) {
            body::draw(&mut screen.row(area, row), theme, line, &place);
        }
    }
}

/// The column of the fields' names.
const LABEL: usize = 12;

/// Draws the fields above the text; returns what is left for it.
fn draw_fields(screen: &mut Screen<'_, '_>, area: Area, composer: &Composer) -> Area {
    let theme = screen.theme;
    let mut rest = area;
    let is_forward = matches!(composer.target().kind, Kind::Forward { .. });
    for field in composer.shown_fields() {
        let here = composer.header.at == Some(field);
        let label = match field {
            Field::Topic => "Topic",
            Field::People if is_forward => "To",
            Field::People => "And to",
            Field::Categories => "Categories",
            Field::Attachments => "Files",
        };
        let mut strip = screen.row(rest, 0);
        strip.put(&pad(label, LABEL), if here { theme.key } else { theme.secondary });
        let mut things = composer.in_field(field).join(", ");
        if field == Field::Topic && !here {
            things = composer.target().topic.clone();
        }
        strip.put(Text::new(&things).as_str(), theme.text);
        let mut cursor = None;
        if here {
            strip.put(if things.is_empty() { "" } else { ", " }, theme.secondary);
            cursor = Some(title::put_line(&mut strip, theme, &composer.header.line, 0));
        }
        if let Some((x, y)) = cursor.filter(|_| screen.model.place_below_completion() == Place::Header) {
            screen.set_cursor(x, y);
        }
        rest = message::below(rest, 1);
    }
    rest
}

fn has_problem(composer: &Composer) -> bool {
    composer.send_problem.is_some()
}
