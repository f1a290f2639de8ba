//! What a key does to a text.

/// What a key does to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Ends the line; nothing in an editor of one line.
    NewLine,
    /// A line up, of those that wrapping makes.
    Up,
    /// A line down.
    Down,
    /// As many lines up as are visible at once.
    PageUp,
    /// As many lines down.
    PageDown,
    /// To the beginning of the text.
    Top,
    /// To the end of the text.
    Bottom,
    /// A character left.
    Left,
    /// A character right.
    Right,
    /// A word left.
    WordLeft,
    /// A word right.
    WordRight,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// Deletes the character before the cursor.
    DeleteBack,
    /// Deletes the character at the cursor.
    DeleteForward,
    /// Deletes the word before the cursor.
    DeleteWord,
    /// Deletes from the cursor to the end of the line.
    DeleteToLineEnd,
    /// Deletes from the start of the line to the cursor.
    DeleteToLineStart,
    /// Takes the newest change back.
    Undo,
    /// Makes it again.
    Redo,
}
