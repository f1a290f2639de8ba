//! The command palette: every action, found by typing a part of its name or of what it does.

use super::editor::Editor;
use super::facts::{facts, holds};
use super::fuzzy::Matcher;
use super::model::Model;
use super::overlay::Overlay;
use crate::keys::{Action, Place};

/// The palette while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// What is typed.
    pub line: Editor,
    /// Where the keyboard was: actions mean what they mean there.
    pub place: Place,
    /// The actions that match, best first, and whether each makes sense now.
    pub found: Vec<(Action, bool)>,
    /// The selected one.
    pub cursor: usize,
}

impl Palette {
    /// The palette of a place, with every action that has a meaning there.
    pub(super) fn open(model: &Model, place: Place) -> Self {
        let mut palette = Palette {
            line: Editor::line(""),
            place,
            found: Vec::new(),
            cursor: 0,
        };
        palette.find(model);
        palette
    }

    /// Finds again after a change of the line. The best match comes first, also where it makes no sense now: Enter says
    /// why then, and never does something else. Among equals, and before anything is typed, what makes sense comes first.
    pub(super) fn find(&mut self, model: &Model) {
        let known = facts(model);
        let needle = self.line.text();
        let mut matcher = Matcher::new(&needle);
        let mut found: Vec<_> = Action::ALL
            .iter()
            .enumerate()
            .filter(|(_, action)| action.places().contains(&self.place) && **action != Action::ShowPalette)
            .filter_map(|(row, action)| {
                let score = matcher.score(action.help()).max(matcher.score(action.name()))?;
                let ready = holds(&known, *action).is_ok();
                Some((std::cmp::Reverse(score), !ready, row, *action))
            })
            .collect();
        found.sort_unstable();
        self.found = found
            .into_iter()
            .map(|(_, unready, _, action)| (action, !unready))
            .collect();
        self.cursor = 0;
    }

    /// The selected action.
    pub fn selected(&self) -> Option<Action> {
        self.found.get(self.cursor).map(|(action, _)| *action)
    }
}

/// Changes the line, and finds again.
pub(super) fn edit(model: &mut Model, change: impl FnOnce(&mut Editor)) {
    if let Some(Overlay::Palette(mut palette)) = model.overlay.take() {
        change(&mut palette.line);
        palette.find(model);
        model.overlay = Some(Overlay::Palette(palette));
    }
}
