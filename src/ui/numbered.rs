//! The line at the foot of a list whose items have numbers, where a folder is typed or what is looked for.

use super::message;
use super::screen::Screen;
use super::title::put_line;
use crate::app::{Model, Prompt, Purpose};
use crate::layout::Area;

/// The line, and what stands before it.
fn typed(model: &Model) -> Option<(&'static str, &Prompt)> {
    let prompt = model.prompt.as_ref()?;
    match prompt.purpose {
        Purpose::SaveFolder { .. } => Some(("save in folder: ", prompt)),
        Purpose::Find => Some(("/", prompt)),
        _ => None,
    }
}

/// The rows that it takes.
pub(super) fn rows(model: &Model) -> usize {
    typed(model).map_or(0, |_| 1)
}

/// Draws it where something is typed, and gives what is left of the box for the list.
pub(super) fn prompt(screen: &mut Screen<'_, '_>, inner: Area) -> Option<Area> {
    let theme = screen.theme;
    let (lead, prompt) = typed(screen.model)?;
    let (list, foot) = message::split(inner, 1);
    let mut strip = screen.row(foot, 0);
    strip.put(lead, theme.key);
    let (x, y) = put_line(&mut strip, theme, &prompt.line, 0);
    screen.set_cursor(x, y);
    Some(list)
}
