//! JSON that is written for people and programs: harmless to a terminal, and in envelopes that say what is in them.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The version of the shape of all envelopes: one more whenever a program that reads them would be surprised.
pub const VERSION: u32 = 1;

/// The beginning of an envelope: version, kind and what else it says. A comma or a brace follows.
pub fn envelope(kind: &str, head: &[(&str, String)]) -> String {
    let mut json = format!("{{\"folkmoot\":{VERSION},\"kind\":\"{kind}\"");
    for (name, value) in head {
        json.push_str(&format!(",\"{name}\":{value}"));
    }
    json
}

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
