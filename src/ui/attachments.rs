//! The attachments of a post, in a list of their own, and how those stand that were asked for.

use super::groups::mark;
use super::screen::{Popup, Screen};
use super::words::bytes;
use super::{message, numbered, posts};
use crate::app::Fetching;
use crate::domain::Text;
use crate::layout::Area;
use crate::text::wrap;

/// Cells inside the box, at most.
const WIDTH: u16 = 96;
/// Cells of a bar.
const BAR: usize = 10;
/// Cells that the name has, at least, beside how it stands.
const NAME: usize = 16;
/// From this width on there is room for a bar.
const ROOMY: u16 = 60;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, cursor: usize) {
    let (model, theme) = (screen.model, screen.theme);
    let attached = model.posts.attached();
    let post = model.posts.selected().map(|entry| &entry.post.id);
    let stage = |id| Some(&model.downloads.of(post?, id)?.stage);
    let width = body.boxed(WIDTH, usize::MAX).framed().width;
    let file = attached.get(cursor);
    let (said, style) = match file.and_then(|file| stage(&file.id)) {
        Some(Fetching::Saved(path)) => (format!("lies at {}", path.display()), theme.secondary),
        Some(Fetching::Failed(problem)) => (problem.to_string(), theme.problem),
        // Its own row has little room for it.
        _ if width < ROOMY => {
            let told = file.and_then(|file| posts::item(model, file));
            (told.unwrap_or_default(), theme.secondary)
        }
        _ => (String::new(), theme.secondary),
    };
    let said = Text::new(&said);
    let popup = Popup {
        title: "Attachments · a number goes to one",
        width: WIDTH,
        rows: attached.len() + wrap(said.as_str(), width.into()).len(),
    };
    let inner = popup.draw(screen, body);
    let list = numbered::prompt(screen, inner);
    let list = list.unwrap_or_else(|| message::foot(screen, inner, 1, said.as_str(), style));
    let digits = attached.len().to_string().len();
    let page = usize::from(list.height).max(1);
    let first = screen.first_shown(cursor, attached.len(), page);
    for (row, (place, file)) in (0..list.height).zip(attached.iter().enumerate().skip(first)) {
        let mut strip = screen.row(list, row);
        if let Some(stage) = stage(&file.id) {
            let style = match stage {
                Fetching::Failed(_) => theme.problem,
                _ => theme.secondary,
            };
            strip.put_right(&standing(stage, list.width >= ROOMY), style, NAME);
        }
        strip.put(mark(place == cursor, true), theme.mark);
        strip.put(&format!("{:>digits$} ", place + 1), theme.key);
        posts::attachment(&mut strip, model, theme, file);
    }
}

/// How one stands, in a few cells; in still fewer where there is little room.
fn standing(stage: &Fetching, roomy: bool) -> String {
    match stage {
        Fetching::Waiting => "waiting".to_owned(),
        Fetching::Coming { done: 0, of: None } => "asked for…".to_owned(),
        Fetching::Coming { done, of: None } => bytes(*done),
        Fetching::Coming { done, of: Some(of) } if !roomy => format!("{} of {}", bytes(*done), bytes(*of)),
        Fetching::Coming { done, of: Some(of) } => format!("{} {} of {}", bar(*done, *of), bytes(*done), bytes(*of)),
        Fetching::Saved(_) => "fetched".to_owned(),
        Fetching::Failed(_) => "not fetched".to_owned(),
        Fetching::Stopped => "stopped".to_owned(),
    }
}

/// `████░░░░░░`
fn bar(done: u64, of: u64) -> String {
    let tenths = u128::from(done) * BAR as u128 / u128::from(of.max(1));
    let full = usize::try_from(tenths).unwrap_or(BAR).min(BAR);
    "█".repeat(full) + &"░".repeat(BAR - full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_when_all_is_there_and_never_longer() {
        for (done, of, shown) in [
            (0, 10, "░░░░░░░░░░"),
            (5, 10, "█████░░░░░"),
            (999, 1000, "█████████░"),
            (10, 10, "██████████"),
            (u64::MAX, 1, "██████████"),
            (0, 0, "░░░░░░░░░░"),
        ] {
            assert_eq!(bar(done, of), shown, "{done} of {of}");
        }
    }
}
