//! Comparing what came back with what was typed.

use crate::domain::{Body, Prose};

use super::typeset::typeset;

/// A wide enough page that nothing wraps.
const UNWRAPPED: u16 = u16::MAX;

/// Everything a body says, one line for each of its own, quotes included.
pub fn plain_text(body: &Body) -> String {
    lines(body, |_| true)
}

/// What the author wrote, without what was quoted.
pub fn own_words(body: &Body) -> String {
    lines(body, |quote| quote == 0)
}

fn lines(body: &Body, wanted: impl Fn(u8) -> bool) -> String {
    let typeset = typeset(body, UNWRAPPED);
    let lines = typeset
        .lines
        .iter()
        .filter(|line| wanted(line.quote))
        .map(|line| line.text());
    lines.collect::<Vec<_>>().join("\n")
}

/// The form in which two texts are compared: cleaned as everything shown is, with each stretch of white space one space.
pub fn normalised(text: &str) -> String {
    Prose::new(text)
        .as_str()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether the author's own words in `body` are exactly what was `typed`, white space aside.
pub fn contains_own_words(body: &Body, typed: &str) -> bool {
    let typed = normalised(typed);
    !typed.is_empty() && normalised(&own_words(body)) == typed
}
