//! The keyboard: one table of actions, chords, and the keymap built from them and from the configuration.
//!
//! Dispatch, footer, help, command palette, configuration and the README's key list are all read from [`Action`]'s
//! table in `actions.rs`. Where the keyboard may be is [`Place`]'s table in `place.rs`; what an action needs, and what is said
//! where that is missing, is a [`Fact`].

mod actions;
mod chord;
mod fact;
mod keymap;
mod place;

pub use actions::Action;
pub use chord::{Chord, Key};
pub use fact::Fact;
pub use keymap::{Binding, Keymap};
pub use place::Place;

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

/// Where an action works, in words.
pub fn places(places: &[Place]) -> String {
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
