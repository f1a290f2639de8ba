//! One press of a key, with its modifiers.

use std::fmt;
use std::str::FromStr;

/// A key and the modifiers held with it. Letters carry their case, so `shift` is used with named keys only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held, with a named key.
    pub shift: bool,
}

/// The keys that any terminal can send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Key {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

impl Chord {
    /// The key alone.
    pub const fn plain(key: Key) -> Self {
        Chord {
            key,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A character as typed.
    pub const fn char(c: char) -> Self {
        Chord::plain(Key::Char(c))
    }

    /// The character, where this chord types one.
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// Why a key's name was not understood.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "`{0}` is not the name of a key; write `g`, `G`, `ctrl-d`, `alt-b`, `enter`, `esc`, `tab`, `f5`, `space`, `pagedown` …"
)]
pub struct ChordError(String);

impl FromStr for Chord {
    type Err = ChordError;

    /// Reads `g`, `G`, `ctrl-d`, `^d`, `alt-b`, `pagedown`, ….
    fn from_str(name: &str) -> Result<Self, ChordError> {
        let unknown = || ChordError(name.to_owned());
        let mut chars = name.chars();
        // A single character keeps its case, which the parser of key names would fold.
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return if c.is_control() {
                Err(unknown())
            } else {
                Ok(Chord::char(c))
            };
        }
        let spelled = match name.strip_prefix('^') {
            Some(rest) => format!("ctrl-{rest}"),
            None => name.to_owned(),
        };
        let combination = crokey::parse(&spelled).map_err(|_| unknown())?;
        let crokey::OneToThree::One(code) = combination.codes else {
            return Err(unknown());
        };
        Chord::from_parts(code, combination.modifiers).ok_or_else(unknown)
    }
}

impl Chord {
    fn from_parts(
        code: crokey::crossterm::event::KeyCode,
        modifiers: crokey::crossterm::event::KeyModifiers,
    ) -> Option<Self> {
        use crokey::crossterm::event::{KeyCode, KeyModifiers};
        let shift = modifiers.contains(KeyModifiers::SHIFT);
        let key = match code {
            KeyCode::Char(c) => Key::Char(if shift {
                c.to_ascii_uppercase()
            } else {
                c.to_ascii_lowercase()
            }),
            KeyCode::Tab if shift => Key::BackTab,
            other => *NAMED
                .iter()
                .find(|(named, _, _)| *named == other)
                .map(|(_, key, _)| key)?,
        };
        Some(Chord {
            key,
            ctrl: modifiers.contains(KeyModifiers::CONTROL),
            alt: modifiers.contains(KeyModifiers::ALT),
            shift: shift && !matches!(key, Key::Char(_) | Key::BackTab),
        })
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("^")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        if self.shift {
            f.write_str("shift-")?;
        }
        match self.key {
            Key::Char(' ') => f.write_str("space"),
            Key::Char(c) => write!(f, "{c}"),
            Key::F(n) => write!(f, "F{n}"),
            key => f.write_str(
                NAMED
                    .iter()
                    .find(|(_, named, _)| *named == key)
                    .map_or("?", |(_, _, name)| name),
            ),
        }
    }
}

use crokey::crossterm::event::KeyCode;

/// Named keys: the parser's code, ours, and how it is shown.
const NAMED: &[(KeyCode, Key, &str)] = &[
    (KeyCode::Enter, Key::Enter, "Enter"),
    (KeyCode::Esc, Key::Esc, "Esc"),
    (KeyCode::Tab, Key::Tab, "Tab"),
    (KeyCode::BackTab, Key::BackTab, "shift-Tab"),
    (KeyCode::Backspace, Key::Backspace, "Backspace"),
    (KeyCode::Delete, Key::Delete, "Delete"),
    (KeyCode::Insert, Key::Insert, "Insert"),
    (KeyCode::Up, Key::Up, "↑"),
    (KeyCode::Down, Key::Down, "↓"),
    (KeyCode::Left, Key::Left, "←"),
    (KeyCode::Right, Key::Right, "→"),
    (KeyCode::Home, Key::Home, "Home"),
    (KeyCode::End, Key::End, "End"),
    (KeyCode::PageUp, Key::PageUp, "PgUp"),
    (KeyCode::PageDown, Key::PageDown, "PgDn"),
    (KeyCode::F(1), Key::F(1), "F1"),
    (KeyCode::F(2), Key::F(2), "F2"),
    (KeyCode::F(3), Key::F(3), "F3"),
    (KeyCode::F(4), Key::F(4), "F4"),
    (KeyCode::F(5), Key::F(5), "F5"),
    (KeyCode::F(6), Key::F(6), "F6"),
    (KeyCode::F(7), Key::F(7), "F7"),
    (KeyCode::F(8), Key::F(8), "F8"),
    (KeyCode::F(9), Key::F(9), "F9"),
    (KeyCode::F(10), Key::F(10), "F10"),
    (KeyCode::F(11), Key::F(11), "F11"),
    (KeyCode::F(12), Key::F(12), "F12"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_shown() {
        for (name, shown) in [
            ("g", "g"),
            ("G", "G"),
            ("^d", "^d"),
            ("ctrl-d", "^d"),
            ("alt-b", "alt-b"),
            ("enter", "Enter"),
            ("pagedown", "PgDn"),
            ("f5", "F5"),
            ("space", "space"),
            ("/", "/"),
            ("shift-tab", "shift-Tab"),
            ("backtab", "shift-Tab"),
            ("ctrl-left", "^←"),
            ("-", "-"),
            ("é", "é"),
        ] {
            assert_eq!(
                name.parse::<Chord>().map(|chord| chord.to_string()),
                Ok(shown.to_owned()),
                "{name}"
            );
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for name in ["", "hyper-x", "gg", "ctrl-", "\u{1b}"] {
            assert!(name.parse::<Chord>().is_err(), "{name:?}");
        }
    }
}
