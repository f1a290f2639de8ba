//! Graph's own JSON, harmless to a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write;

use super::Sink;
use crate::cli::exit::Stop;
use crate::protocol::Problem;

/// JSON text on one line, with everything that could drive a terminal or reorder what is read as `\uXXXX`: DEL, C1,
/// line and paragraph separators, bidirectional embeddings, overrides and isolates. JSON itself has C0 escaped. These
/// can only stand inside strings, so the value stays the same; line breaks can only stand outside.
pub fn escaped(json: &str) -> Cow<'_, str> {
    let odd = |c: char| {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    // All of these begin with one of few bytes, and all bytes at once are looked at many times faster than one character
    // after the other.
    let may_be_odd = |byte: u8| byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xe2);
    let is_plain = json.bytes().fold(true, |plain, byte| plain & !may_be_odd(byte));
    if is_plain || !json.contains(odd) {
        return json.into();
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if odd(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.into()
}

/// One array, an item a line.
pub struct Array<W> {
    out: W,
    begun: bool,
}

impl<W: Write> Array<W> {
    pub fn new(out: W) -> Self {
        Array { out, begun: false }
    }
}

impl<R, W: Write> Sink<R> for Array<W> {
    fn add(&mut self, json: &str, _: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        self.out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
        self.begun = true;
        Ok(self.out.write_all(escaped(json).as_bytes())?)
    }

    fn page(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }

    fn finish(&mut self) -> Result<(), Stop> {
        self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        Ok(self.out.flush()?)
    }
}

/// An item a line, and nothing else.
pub struct Lines<W> {
    out: W,
}

impl<W: Write> Lines<W> {
    pub fn new(out: W) -> Self {
        Lines { out }
    }
}

impl<R, W: Write> Sink<R> for Lines<W> {
    fn add(&mut self, json: &str, _: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        self.out.write_all(escaped(json).as_bytes())?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn page(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }

    fn finish(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_drives_a_terminal_is_escaped_and_the_value_is_the_same() {
        let value = json!({"a": "\u{1b}[2J\u{7f}\u{9b}2J\u{202e}x\u{2066}\u{2028}", "b": "山 👩\u{200d}👧 \u{200f}ש"});
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let safe = escaped(&text);
            assert!(!safe.contains(char::is_control), "{safe}");
            assert!(safe.contains("\\u007f\\u009b2J\\u202ex\\u2066\\u2028"), "{safe}");
            assert!(safe.contains("山 👩\u{200d}👧 \u{200f}ש"), "{safe}");
            assert_eq!(serde_json::from_str::<Value>(&safe).unwrap(), value);
        }
    }

    fn written(items: &[&str]) -> (String, String) {
        let (mut array, mut lines) = (Array::new(Vec::new()), Lines::new(Vec::new()));
        let both: [&mut dyn Sink<()>; 2] = [&mut array, &mut lines];
        for sink in both {
            for item in items {
                sink.add(item, &|| Ok(())).unwrap();
                sink.page().unwrap();
            }
            sink.finish().unwrap();
        }
        (
            String::from_utf8(array.out).unwrap(),
            String::from_utf8(lines.out).unwrap(),
        )
    }

    #[test]
    fn arrays_and_lines() {
        assert_eq!(written(&[]), ("[]\n".into(), String::new()));
        let (array, lines) = written(&["{\"a\":1}", "{\n\"a\": 2}"]);
        assert_eq!(array, "[\n{\"a\":1},\n{ \"a\": 2}\n]\n");
        assert_eq!(lines, "{\"a\":1}\n{ \"a\": 2}\n");
    }

    proptest! {
        #[test]
        fn any_string_comes_through(raw in any::<String>()) {
            let text = Value::String(raw.clone()).to_string();
            let safe = escaped(&text);
            prop_assert!(!safe.contains(char::is_control));
            prop_assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), raw);
        }
    }
}
