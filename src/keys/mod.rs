//! The table of actions, chords and the keymap.
