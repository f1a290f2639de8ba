//! The profile viewer.

use super::groups::mark;
use super::screen::Screen;
use super::{photo, title};
use crate::app::{PROFILE_LABEL, Profile, ProfileRow, Purpose};
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
    let rows = profile.rows().iter().enumerate().skip(profile.top);
    for (row, (place, shown)) in (0..content.height).zip(rows) {
        let area = photo::beside(content, photo, row);
        draw_row(screen, area, row, profile, shown, place == profile.cursor);
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, profile: &Profile, shown: &ProfileRow, here: bool) {
    let theme = screen.theme;
    let style = if here { theme.cursor } else { theme.text };
    let typed = screen.model.prompt.as_ref().and_then(|prompt| match prompt.purpose {
        Purpose::Own(of) => Some((of, &prompt.line)),
        _ => None,
    });
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
            match typed.filter(|(of, _)| *first && value.own.as_ref().is_some_and(|(own, _)| own == of)) {
                Some((_, editor)) => {
                    let (x, y) = title::put_line(&mut strip, theme, editor, 0);
                    screen.set_cursor(x, y);
                }
                None => {
                    let unset = value.whole.is_empty();
                    let (shown, style) = if unset {
                        ("not set", theme.secondary)
                    } else {
                        (line.as_str(), style)
                    };
                    strip.put(shown, style);
                }
            }
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
