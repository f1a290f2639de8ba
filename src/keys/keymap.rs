//! From chords to actions: the defaults, and what the configuration adds or takes away.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::{Action, Chord, Place};

/// One entry of the configuration: an action's name and the keys it shall have besides its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The action's name.
    pub action: String,
    /// Names of keys to add; `none` takes the action's default keys away.
    pub keys: Vec<String>,
}

/// Which chord means which action, place by place.
#[derive(Debug, Clone, PartialEq)]
pub struct Keymap {
    /// In the order of the table, so that help and footer show the foremost key of an action first.
    rows: Vec<(Action, Chord)>,
    index: HashMap<(Place, Chord), Action>,
}

/// What is wrong with a binding.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum KeymapError {
    /// There is no such action.
    #[error("there is no action `{name}`{}", near.as_deref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    NoSuchAction {
        /// What was written.
        name: String,
        /// The nearest name there is.
        near: Option<String>,
    },
    /// A key's name was not understood.
    #[error("{0}")]
    NoSuchKey(#[from] super::chord::ChordError),
    /// The same chord means two things in one place.
    #[error("`{chord}` already means `{}` in {}; write `{} = \"none\"` to free it", taken.name(), place.name(), taken.name())]
    Conflict {
        /// The chord.
        chord: Chord,
        /// The place.
        place: Place,
        /// The action that has it.
        taken: Action,
    },
}

impl Default for Keymap {
    fn default() -> Self {
        // The table's own keys are checked by a test; one that could not be read would only be left out here.
        let rows = Action::ALL.iter().flat_map(|action| {
            action
                .default_keys()
                .iter()
                .filter_map(|key| Some((*action, key.parse().ok()?)))
        });
        let mut keymap = Keymap {
            rows: Vec::new(),
            index: HashMap::new(),
        };
        for (action, chord) in rows {
            keymap.bind(action, chord);
        }
        keymap
    }
}

impl Keymap {
    /// The defaults and, on top, the bindings of the configuration. Bindings add; `none` unbinds.
    ///
    /// # Errors
    /// Each binding that cannot be taken, with its place in the list. The rest is in force.
    pub fn with(bindings: &[Binding]) -> (Self, Vec<(usize, KeymapError)>) {
        let mut keymap = Keymap::default();
        let mut errors = Vec::new();
        // First take away, then add: so the order of lines in the file does not matter.
        for (at, binding) in bindings.iter().enumerate() {
            match find(&binding.action) {
                Ok(action) if binding.keys.iter().any(|key| key == "none") => keymap.unbind(action),
                Ok(_) => {}
                Err(error) => errors.push((at, error)),
            }
        }
        for (at, binding) in bindings.iter().enumerate() {
            let Ok(action) = find(&binding.action) else { continue };
            for key in binding.keys.iter().filter(|key| *key != "none") {
                let added = key
                    .parse()
                    .map_err(KeymapError::from)
                    .and_then(|chord| keymap.add(action, chord));
                if let Err(error) = added {
                    errors.push((at, error));
                }
            }
        }
        (keymap, errors)
    }

    /// What a chord means in a place.
    pub fn action(&self, place: Place, chord: Chord) -> Option<Action> {
        self.index.get(&(place, chord)).copied()
    }

    /// The chords of an action, foremost first.
    pub fn chords(&self, action: Action) -> impl Iterator<Item = Chord> + '_ {
        self.rows
            .iter()
            .filter(move |(row, _)| *row == action)
            .map(|(_, chord)| *chord)
    }

    /// The keys of an action, as a person reads them.
    pub fn shown(&self, action: Action) -> String {
        let chords: Vec<String> = self.chords(action).map(|chord| chord.to_string()).collect();
        chords.join(" ")
    }

    fn add(&mut self, action: Action, chord: Chord) -> Result<(), KeymapError> {
        for place in action.places() {
            match self.action(*place, chord) {
                Some(taken) if taken != action => {
                    return Err(KeymapError::Conflict {
                        chord,
                        place: *place,
                        taken,
                    });
                }
                _ => {}
            }
        }
        self.bind(action, chord);
        Ok(())
    }

    fn bind(&mut self, action: Action, chord: Chord) {
        if !self.rows.contains(&(action, chord)) {
            self.rows.push((action, chord));
        }
        for place in action.places() {
            self.index.insert((*place, chord), action);
        }
    }

    fn unbind(&mut self, action: Action) {
        self.rows.retain(|(row, _)| *row != action);
        self.index.retain(|_, bound| *bound != action);
    }
}

fn find(name: &str) -> Result<Action, KeymapError> {
    Action::ALL
        .iter()
        .copied()
        .find(|action| action.name() == name)
        .ok_or_else(|| KeymapError::NoSuchAction {
            name: name.to_owned(),
            near: nearest(name),
        })
}

/// The action whose name is most like what was written, if it is like it at all.
fn nearest(name: &str) -> Option<String> {
    Action::ALL
        .iter()
        .map(|action| (strsim::jaro_winkler(name, action.name()), action.name()))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness > 0.8)
        .map(|(_, near)| near.to_owned())
}
