//! Strings from outside. `Text` and `Prose` are safe to draw or print; `Html` and `Id` are exact and have no `Display`,
//! so that nothing downstream can forget.

#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One line of text from outside, safe for a terminal: no C0, C1 or escape sequences, no bidirectional overrides or
/// isolates, no line breaks. What scripts and emoji need (ZWJ, ZWNJ, LRM, RLM, variation selectors, tags) stays.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text(Box<str>);

/// Several lines of text from outside: as [`Text`], but newlines stay and tabs become spaces.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Prose(Box<str>);

/// An HTML body exactly as Graph sent it. It has no `Display`: the `text` room turns it into lines.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Html(Box<str>);

/// An identifier exactly as Graph sent it; case-sensitive and opaque. It has no `Display`.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Id(Box<str>);

impl Text {
    /// Cleans `raw` into one safe line; line breaks and tabs become single spaces.
    pub fn new(raw: &str) -> Self {
        Text(clean(raw, Breaks::ToSpaces).trim().into())
    }

    /// The safe line.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Prose {
    /// Cleans `raw` into safe lines; CR LF and lone CR become newlines, tabs four spaces.
    pub fn new(raw: &str) -> Self {
        Prose(clean(raw, Breaks::Keep).into())
    }

    /// The safe lines.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Html {
    /// Wraps a body exactly as it is.
    pub fn new(raw: impl Into<Box<str>>) -> Self {
        Html(raw.into())
    }

    /// The exact source. Hostile: for the HTML parser only.
    pub fn source(&self) -> &str {
        &self.0
    }
}

impl Id {
    /// Wraps an identifier exactly as it is.
    pub fn new(raw: impl Into<Box<str>>) -> Self {
        Id(raw.into())
    }

    /// The exact identifier, for comparing and for percent-encoding into a path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Debug for Html {
    /// Bodies are private: only the length is told.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Html({} bytes)", self.0.len())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Text::new(raw)
    }
}

impl From<&str> for Id {
    fn from(raw: &str) -> Self {
        Id::new(raw)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(CleanVisitor).map(Text)
    }
}

impl Serialize for Prose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Prose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Prose::new(&String::deserialize(deserializer)?))
    }
}

/// Reads a string without a copy in between, and boxes it at once when there is nothing to clean.
struct CleanVisitor;

impl serde::de::Visitor<'_> for CleanVisitor {
    type Value = Box<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, raw: &str) -> Result<Box<str>, E> {
        Ok(Text::new(raw).0)
    }
}

/// What becomes of line breaks.
#[derive(Clone, Copy, PartialEq)]
enum Breaks {
    Keep,
    ToSpaces,
}

/// Removes whatever could drive a terminal or reorder what is read. Escape sequences go whole (introducer, parameters,
/// final byte, or string terminator), so that no harmless-looking rest is left to read.
fn clean(raw: &str, breaks: Breaks) -> std::borrow::Cow<'_, str> {
    // All that needs cleaning begins with one of few bytes in UTF-8, and a look at all bytes at once is quicker than one at
    // each character.
    let may_need_it = |byte: u8| byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xe2);
    let plain = raw.bytes().fold(true, |plain, byte| plain & !may_need_it(byte));
    if plain || raw.chars().all(|c| !needs_cleaning(c)) {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\u{9b}' => skip_until_final(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut chars),
            '\r' | '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push(if breaks == Breaks::Keep { '\n' } else { ' ' });
            }
            '\t' => out.push_str(if breaks == Breaks::Keep { "    " } else { " " }),
            c if needs_cleaning(c) => {}
            c => out.push(c),
        }
    }
    out.into()
}

/// Whether a character must not pass as it is: C0, DEL, C1, line and paragraph separators, bidirectional embeddings,
/// overrides and isolates (UAX #9).
fn needs_cleaning(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// After ESC: a control sequence, a string sequence, or a short escape (ECMA-48 §5).
fn skip_escape(chars: &mut Chars<'_>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_until_final(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_string(chars);
        }
        Some(' '..='/') => {
            while chars.next_if(|c| (' '..='/').contains(c)).is_some() {}
            chars.next_if(|c| ('0'..='~').contains(c));
        }
        Some('0'..='~') => {
            chars.next();
        }
        _ => {}
    }
}

/// Parameters and intermediates up to the final byte; anything else ends the sequence and stays as text.
fn skip_until_final(chars: &mut Chars<'_>) {
    while chars.next_if(|c| (' '..='?').contains(c)).is_some() {}
    chars.next_if(|c| ('@'..='~').contains(c));
}

/// A string sequence, up to BEL or ST. An unterminated one loses at most its line: real text after it stays.
fn skip_string(chars: &mut Chars<'_>) {
    while let Some(&c) = chars.peek() {
        match c {
            '\n' | '\r' => return,
            '\u{7}' | '\u{9c}' => {
                chars.next();
                return;
            }
            '\u{1b}' => {
                chars.next();
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {
                chars.next();
            }
        }
    }
}
