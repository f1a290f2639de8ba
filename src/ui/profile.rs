//! The profile viewer.

use super::groups::mark;
use super::screen::Screen;
use super::{photo, title};
use crate::app::ProfileRow;
use crate::layout::Area;
use crate::text::pad;

/// The column of labels.
const LABEL: usize = 12;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let Some(profile) = screen.model.profile() else { return };
    let depth = screen.model.profiles.len();
    let mut parts = vec![title::Part::Words(profile.title().to_string())];
    if depth > 1 {
        parts.push(title::Part::Words(format!("{} deep", depth)));
    }
    if let Some(at) = profile.kept {
        parts.push(title::kept(screen, at, profile.details.problem()));
    }
    if profile.details.is_loading() && profile.details.shown().is_some() {
        parts.push(title::Part::Words("refreshing".into()));
    }
    title::draw(screen, area, true, "Profile", &parts);
    let content = area.content();
    let rows = profile.rows();
    let photo = photo::draw(screen);
    for (row, (place, shown)) in (0..content.height).zip(rows.iter().enumerate().skip(profile.top)) {
        draw_row(
            screen,
            photo::beside(content, photo, row),
            row,
            shown,
            place == profile.cursor,
        );
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, shown: &ProfileRow, here: bool) {
    let theme = screen.theme;
    let style = if here { theme.cursor } else { theme.text };
    let mut strip = screen.row(area, row);
    strip.put(mark(here, true), theme.mark).skip(1);
    match shown {
        ProfileRow::Heading(name) => strip.put(name, theme.heading),
        ProfileRow::Field(label, value) => strip
            .skip(1)
            .put(&pad(label, LABEL), theme.secondary)
            .put(value.as_str(), style),
        ProfileRow::Object { object, step } => {
            strip.put_right(object.kind_in_words(), theme.secondary, 12);
            strip.skip(1 + 2 * (*step).min(8));
            strip.put(object.name.as_ref().map_or("(hidden)", |name| name.as_str()), style);
            match object.job_title.as_ref().or(object.mail.as_ref()) {
                Some(more) => strip.skip(2).put(more.as_str(), theme.secondary),
                None => &mut strip,
            }
        }
        ProfileRow::Hint(hint) => strip.skip(1).put(hint.as_str(), theme.secondary),
    };
}
