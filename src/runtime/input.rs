//! From the terminal's events to ours.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::app::What;
use crate::keys::{Chord, Key};

/// What an event means; `None` for events that mean nothing here.
pub(super) fn what(event: Event) -> Option<What> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => chord(key).map(What::Key),
        Event::Paste(text) => Some(What::Paste(text)),
        // A new size comes with its signal.
        Event::Resize(..) | Event::Key(_) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn chord(event: KeyEvent) -> Option<Chord> {
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let key = match event.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Tab if shift => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(n) => Key::F(n),
        _ => return None,
    };
    Some(Chord {
        key,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
        // Letters carry their case, and a back-tab is a shifted tab already.
        shift: shift && !matches!(key, Key::Char(_) | Key::BackTab),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminals_keys_are_the_keymaps_keys() {
        for (code, modifiers, name) in [
            (KeyCode::Char('G'), KeyModifiers::SHIFT, "G"),
            (KeyCode::Char('d'), KeyModifiers::CONTROL, "ctrl-d"),
            (KeyCode::BackTab, KeyModifiers::SHIFT, "backtab"),
            (KeyCode::Left, KeyModifiers::CONTROL, "ctrl-left"),
            (KeyCode::Char('b'), KeyModifiers::ALT, "alt-b"),
            (KeyCode::Char(' '), KeyModifiers::NONE, "space"),
            (KeyCode::Char('?'), KeyModifiers::SHIFT, "?"),
        ] {
            assert_eq!(chord(KeyEvent::new(code, modifiers)), name.parse().ok(), "{name}");
        }
    }
}
