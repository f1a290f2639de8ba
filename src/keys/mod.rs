//! The keyboard: one table of actions, chords, and the keymap built from them and from the configuration.
//!
//! Dispatch, footer, help, command palette, configuration and the README's key list are all read from [`Action`]'s
//! table in `actions.rs`.

mod actions;
mod chord;
mod keymap;

pub use actions::{Action, Fact, Place};
pub use chord::{Chord, Key};
pub use keymap::{Binding, Keymap};

/// The README's list of keys: a Markdown table made from the actions table.
pub fn readme_table() -> String {
    let keymap = Keymap::default();
    let mut out = String::from("| key | what it does | where |\n|---|---|---|\n");
    for action in Action::ALL {
        let keys: Vec<String> = keymap
            .chords(*action)
            .map(|chord| format!("`{}`", escape(&chord.to_string())))
            .collect();
        if !keys.is_empty() {
            out.push_str(&format!(
                "| {} | {} | {} |\n",
                keys.join(" "),
                action.help(),
                places(action.places())
            ));
        }
    }
    out
}

/// A pipe would end a Markdown cell.
fn escape(key: &str) -> String {
    key.replace('|', "\\|")
}

fn places(places: &[Place]) -> String {
    if places == Place::COMMANDING {
        return "everywhere but in text".into();
    }
    if places == Place::BROWSING {
        return "everywhere but in text and sign-in".into();
    }
    if places == Place::EVERYWHERE {
        return "everywhere".into();
    }
    places.iter().map(|place| place.name()).collect::<Vec<_>>().join(", ")
}
