//! The command palette: every action, found by typing a part of its name or of what it does.

use super::actions::act;
use super::cmd::Cmd;
use super::editor::Editor;
use super::facts::{facts, holds};
use super::fuzzy::Matcher;
use super::model::Model;
use super::notice;
use super::overlay::Overlay;
use crate::keys::{Action, Place, places};

/// The palette while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// What is typed.
    pub line: Editor,
    /// Where the keyboard was: actions mean what they mean there.
    pub place: Place,
    /// The actions that match, best first, and whether each makes sense here and now.
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
    /// What has no meaning here is found behind all that has, but for one whose whole name is typed.
    pub(super) fn find(&mut self, model: &Model) {
        let known = facts(model);
        let needle = self.line.text();
        let mut matcher = Matcher::new(&needle);
        let mut found: Vec<_> = Action::ALL
            .iter()
            .enumerate()
            .filter(|(_, action)| **action != Action::ShowPalette)
            .filter_map(|(row, action)| {
                let here = self.means(*action);
                let named = action.name() == needle;
                if !here && !named && (needle.is_empty() || !browses(*action)) {
                    return None;
                }
                let score = matcher.score(action.help()).max(matcher.score(action.name()))?;
                let ready = here && holds(&known, *action).is_ok();
                Some((!named, !here, std::cmp::Reverse(score), !ready, row, *action))
            })
            .collect();
        found.sort_unstable();
        self.found = found
            .into_iter()
            .map(|(.., unready, _, action)| (action, !unready))
            .collect();
        self.cursor = 0;
    }

    /// Whether an action has a meaning where the keyboard was.
    pub fn means(&self, action: Action) -> bool {
        action.places().contains(&self.place)
    }

    /// The selected action.
    pub fn selected(&self) -> Option<Action> {
        self.found.get(self.cursor).map(|(action, _)| *action)
    }
}

/// Whether it is an action of places that one goes to, not of a text.
fn browses(action: Action) -> bool {
    action.places().iter().any(|place| Place::BROWSING.contains(place))
}

/// Enter: does what is selected, or says where that can be done.
pub(super) fn accept(model: &mut Model) -> Vec<Cmd> {
    let Some(Overlay::Palette(palette)) = model.overlay.take() else {
        return Vec::new();
    };
    match palette.selected() {
        Some(action) if palette.means(action) => act(model, action),
        Some(action) => {
            let said = format!("Not here but in: {}. ({})", places(action.places()), action.help());
            notice::say(model, &said);
            Vec::new()
        }
        None => Vec::new(),
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
