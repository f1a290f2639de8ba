//! The composer. The terminal's own cursor stands in it, so a keystroke costs the character and little more.

use super::screen::Screen;
use super::{message, review, title};
use crate::app::Composer;
use crate::keys::Place;
use crate::layout::Area;

/// Rows that a problem may take below the text.
const PROBLEM_ROWS: u16 = 3;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let Some(composer) = &model.composer else { return };
    if composer.review {
        return review::draw(screen, area, composer);
    }
    let target = composer.target();
    let state = match (&composer.save_problem, composer.is_saved()) {
        (Some(problem), _) => title::Part::Warning(format!("not saved: {}", problem.what)),
        // Both take the same cells, so that typing does not move the rest of the title.
        (None, true) => title::Part::Words("saved  ".into()),
        (None, false) => title::Part::Words("saving…".into()),
    };
    let mut parts = vec![state];
    if composer.quoting {
        parts.push(title::Part::Words("quoting…".into()));
    } else if target.quoted.is_some() {
        parts.push(title::Part::Words("with the post quoted".into()));
    }
    let topic = crate::domain::Text::new(&target.topic);
    let group = crate::domain::Text::new(&target.group_name);
    parts.push(title::Part::Words(format!("to “{topic}” in {group}")));
    title::draw(screen, area, true, "Reply", &parts);
    let content = area.content();
    let problem_rows = PROBLEM_ROWS.min(content.height / 2);
    let text_rows = content.height - if has_problem(composer) { problem_rows } else { 0 };
    let text = Area {
        height: text_rows,
        ..content
    };
    screen.editor(text, &composer.editor, model.place() == Place::Composer);
    if let Some(problem) = &composer.send_problem {
        let rest = message::below(content, text_rows);
        let said = format!("Not sent. {problem}");
        let style = screen.theme.problem;
        message::paragraph(screen, rest, &said, style);
    }
}

fn has_problem(composer: &Composer) -> bool {
    composer.send_problem.is_some()
}
