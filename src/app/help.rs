//! Help: what works where the keyboard was, and why the rest does not at the moment, laid out for its box.

use super::facts::{facts, holds};
use super::model::Model;
use super::movement::Step;
use crate::keys::Action;
use crate::text::{cells, pad, wrap};

/// Cells inside its box, at most.
pub const WIDTH: u16 = 88;
/// From so many cells inside on, words stand beside the keys; else below them.
const ROOMY: usize = 56;
/// Cells between keys and words; words below the keys are indented by as many.
const GAP: usize = 2;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The keys of an action, or what the palette finds it by; spaces where words go on.
    pub keys: String,
    /// What it does, or how that goes on; and why it does not now.
    pub words: String,
    /// Whether it makes sense now.
    pub holds: bool,
}

/// The rows, as they are now.
pub fn rows(model: &Model) -> Vec<Row> {
    let told = told(model);
    let column = told.iter().map(|(keys, ..)| cells(keys)).max().unwrap_or(0) + GAP;
    let width = usize::from(model.arrangement().body.boxed(WIDTH, 1).framed().width);
    // The configuration may give an action more keys than leave room for words.
    let beside = width >= ROOMY && column <= width / 2;
    let indent = if beside { column } else { GAP };
    let mut rows = Vec::new();
    for (mut keys, said, holds) in told {
        if !beside {
            let keys = wrap(&std::mem::take(&mut keys), width).into_iter();
            let row = |keys| Row {
                keys,
                words: String::new(),
                holds,
            };
            rows.extend(keys.map(row));
        }
        for words in wrap(&said, width.saturating_sub(indent)) {
            let keys = pad(&std::mem::take(&mut keys), indent);
            rows.push(Row { keys, words, holds });
        }
    }
    rows
}

/// The keys of each action, or what the palette finds it by; what it does, and why it does not now; and whether it does.
fn told(model: &Model) -> Vec<(String, String, bool)> {
    let known = facts(model);
    let tell = |action: Action| {
        let keys = match model.settings.keymap.shown(action) {
            keys if keys.is_empty() => model.key(action),
            keys => keys,
        };
        match holds(&known, action) {
            Ok(()) => (keys, action.help().to_owned(), true),
            Err(missing) => (keys, format!("{} — {}", action.help(), missing.missing()), false),
        }
    };
    model.place_below_help().actions().map(tell).collect()
}

/// Goes on or back. The last row may come up to the lower edge of the box, and no further.
pub(super) fn step(model: &mut Model, step: Step) {
    let rows = rows(model).len();
    let page = usize::from(model.arrangement().body.boxed(WIDTH, rows).framed().height);
    if let Some(top) = &mut model.help {
        *top = step.from(*top, rows.saturating_sub(page) + 1, page);
    }
}
