//! Text that reads in Markdown as it is.

/// What may begin something other than text.
const MARKUP: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '#', '~', '|', '&'];

/// Text in which nothing is markup: no emphasis, cell, link, heading or tag begins in it. What makes a list or a rule of a
/// line that it begins is for whoever begins one.
pub fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for c in text.chars() {
        if MARKUP.contains(&c) {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal
}
