//! The profile viewer.

use super::groups::mark;
use super::screen::Screen;
use super::{photo, title};
use crate::app::{Editor, PROFILE_LABEL, Profile, ProfileRow, Purpose, Typing, VALUE_AT};
use crate::layout::Area;
use crate::protocol::Section;
use crate::text::pad;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let Some(profile) = screen.model.profile() else { return };
    let depth = screen.model.profiles.len();
    let mut parts = vec![title::Part::Words(profile.title().to_string())];
    if depth > 1 {
        parts.push(title::Part::Words(format!("{} deep", depth)));
    }
    let person = profile.section(Section::Person);
    if let Some(at) = profile.kept {
        parts.push(title::kept(screen, at, person.problem()));
    }
    if person.is_loading() && person.shown().is_some() {
        parts.push(title::Part::Words("refreshing".into()));
    }
    let typing = screen.model.prompt.as_ref();
    if let Some(prompt) = typing.filter(|prompt| prompt.purpose == Purpose::CardFolder) {
        parts.push(title::Part::Line("save in folder: ", &prompt.line));
    }
    title::draw(screen, area, true, "Profile", &parts);
    let content = area.content();
    let photo = photo::draw(screen);
    let typing = typing.and_then(|prompt| Some((profile.typing(prompt, usize::from(content.height))?, &prompt.line)));
    let covered = typing.map_or(0..0, |(typing, _)| typing.row..typing.row + typing.rows);
    let rows = profile.rows().iter().enumerate().skip(profile.top);
    for (row, (place, shown)) in (0..content.height).zip(rows) {
        let area = photo::beside(content, photo, row);
        if covered.contains(&usize::from(row)) {
            continue;
        }
        draw_row(screen, area, row, profile, shown, place == profile.cursor);
    }
    if let Some((typing, line)) = typing {
        draw_typing(screen, content, typing, line);
    }
}

/// What is being typed, in the place of what it is to change.
fn draw_typing(screen: &mut Screen<'_, '_>, content: Area, typing: Typing, line: &Editor) {
    let theme = screen.theme;
    let width = content.width.min(VALUE_AT + typing.width);
    let area = Area { width, ..content };
    let row = typing.row as u16;
    let mut strip = screen.row(area, row);
    strip.put(mark(true, true), theme.mark).skip(2);
    strip.put(&pad(typing.label, PROFILE_LABEL), theme.secondary);
    if line.takes_lines() {
        let text = Area {
            x: content.x + VALUE_AT,
            y: content.y + row,
            width: width.saturating_sub(VALUE_AT),
            height: typing.rows as u16,
        };
        screen.editor(text, line, true);
    } else {
        let (x, y) = title::put_line(&mut strip, theme, line, 0);
        screen.set_cursor(x, y);
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, profile: &Profile, shown: &ProfileRow, here: bool) {
    let theme = screen.theme;
    let style = if here { theme.cursor } else { theme.text };
    let mut strip = screen.row(area, row);
    strip.put(mark(here, true), theme.mark).skip(1);
    match shown {
        ProfileRow::Heading(name) => {
            strip.put(name, theme.heading);
        }
        ProfileRow::Field {
            label,
            first,
            line,
            value,
        } => {
            let label = if *first { label } else { "" };
            strip.skip(1).put(&pad(label, PROFILE_LABEL), theme.secondary);
            let unset = value.whole.is_empty();
            let (shown, style) = if unset {
                ("not set", theme.secondary)
            } else {
                (line.as_str(), style)
            };
            strip.put(shown, style);
        }
        ProfileRow::Note(note) => {
            strip.skip(1 + PROFILE_LABEL).put(note.as_str(), theme.warning);
        }
        ProfileRow::Item { section, at, step } => {
            let Some(item) = profile.listed(*section, *at) else {
                return;
            };
            strip.put_right(item.sort(), theme.secondary, 12);
            strip.skip(1 + 2 * (*step).min(8));
            strip.put(item.name().map_or("(hidden)", |name| name.as_str()), style);
            if let Some(more) = item.more() {
                strip.skip(2).put(more.as_str(), theme.secondary);
            }
        }
        ProfileRow::Hint(hint) => {
            strip.skip(1).put(hint.as_str(), theme.secondary);
        }
    }
}
