//! Keys as the config file binds them.

use super::*;

fn chord(name: &str) -> Chord {
    name.parse().unwrap()
}

fn binding(action: &str, keys: &[&str]) -> Binding {
    Binding {
        action: action.into(),
        keys: keys.iter().map(|key| (*key).into()).collect(),
    }
}

#[test]
fn the_table_reads_and_has_no_conflicts() {
    let mut taken = HashMap::new();
    for action in Action::ALL {
        for key in action.default_keys() {
            let chord = key.parse::<Chord>().unwrap();
            for place in action.places() {
                if let Some(other) = taken.insert((*place, chord), *action) {
                    panic!("{key} means {} and {} in {}", other.name(), action.name(), place.name());
                }
            }
        }
    }
}

#[test]
fn letters_are_never_commands_where_typing_is_text() {
    for place in Place::TYPING {
        for c in (' '..='~').chain(['é', '山']) {
            assert_eq!(
                Keymap::default().action(*place, Chord::char(c)),
                None,
                "{c} in {}",
                place.name()
            );
        }
    }
}

#[test]
fn bindings_add_and_none_takes_away() {
    let (keymap, errors) = Keymap::with(&[
        binding("reply", &["H"]),
        binding("quit", &["none"]),
        binding("refresh", &["none", "q"]),
    ]);
    assert_eq!(errors, []);
    assert_eq!(keymap.action(Place::Posts, chord("H")), Some(Action::Reply));
    assert_eq!(keymap.action(Place::Posts, chord("r")), Some(Action::Reply));
    assert_eq!(keymap.action(Place::Groups, chord("q")), Some(Action::Refresh));
    assert_eq!(keymap.action(Place::Groups, chord("f5")), None);
}

#[test]
fn mistakes_are_named() {
    let (keymap, errors) = Keymap::with(&[
        binding("replay", &["e"]),
        binding("reply", &["hyper-q"]),
        binding("copy", &["q"]),
    ]);
    let said: Vec<String> = errors.iter().map(|(at, error)| format!("{at}: {error}")).collect();
    assert_eq!(
        said,
        [
            "0: there is no action `replay`; did you mean `reply`?",
            "1: `hyper-q` is not the name of a key; write `g`, `G`, `ctrl-d`, `alt-b`, `enter`, `esc`, `tab`, `f5`, `space`, `pagedown` …",
            "2: `q` already means `quit` in groups; write `quit = \"none\"` to free it",
        ]
    );
    assert_eq!(
        keymap.action(Place::Groups, chord("q")),
        Some(Action::Quit),
        "a refused binding changes nothing"
    );
}
