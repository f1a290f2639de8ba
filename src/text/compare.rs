//! Comparing what came back with what was typed.

use crate::domain::{Body, Html, Prose};

use super::blocks::{Block, Content, Document};
use super::lines::Role;
use super::typeset::{read_anyhow, read_markup_anyhow};
use super::visible::is_ignorable;

/// Everything a body says, quotes included: a line for each line of the author's, list markers in front of their items,
/// a table's cells one below the other.
pub fn plain_text(body: &Body) -> String {
    said(
        &read_anyhow(body),
        |_| true,
        |role| !matches!(role, Role::LinkNumber(_)),
    )
}

/// What the author wrote, without what was quoted and without images.
pub fn own_words(body: &Body) -> String {
    unquoted(&read_anyhow(body))
}

fn unquoted(document: &Document) -> String {
    let is_text = |role| !matches!(role, Role::LinkNumber(_) | Role::Image);
    said(document, |block| block.quote == 0, is_text)
}

/// The form in which two texts are compared: cleaned as everything shown is, without what only hints at line breaks, and
/// with each stretch of white space one space.
pub fn normalised(text: &str) -> String {
    let text: String = Prose::new(text)
        .as_str()
        .chars()
        .filter(|c| !is_ignorable(*c))
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the author's own words in `body` are exactly what was `typed`, white space aside. Nothing typed is found
/// nowhere.
pub fn contains_own_words(body: &Body, typed: &str) -> bool {
    let typed = normalised(typed);
    if typed.is_empty() {
        return false;
    }
    let is_same = |text: &str| normalised(text) == typed;
    // In a plain text mail, what was typed with a `>` in front cannot be told from a quote.
    is_same(&own_words(body)) || is_same(&unquoted(&read_markup_anyhow(body)))
}

/// Whether a body says in the author's own words what the HTML says that was sent, white space aside; where there is
/// nothing but quotes, whether it says the same in these. Nothing is said nowhere.
pub fn says_what_was_sent(body: &Body, html: &str) -> bool {
    let sent = Body::Html(Html::new(html));
    let say = |of: fn(&Body) -> String| {
        let expected = normalised(&of(&sent));
        (!expected.is_empty()).then(|| normalised(&of(body)) == expected)
    };
    say(own_words).or_else(|| say(plain_text)).unwrap_or(false)
}

fn said(document: &Document, wanted: impl Fn(&Block) -> bool, is_text: impl Fn(Role) -> bool + Copy) -> String {
    let mut lines = Vec::new();
    for block in document.blocks.iter().filter(|block| wanted(block)) {
        add_lines(&mut lines, block, is_text);
    }
    lines.join("\n")
}

fn add_lines(lines: &mut Vec<String>, block: &Block, is_text: impl Fn(Role) -> bool + Copy) {
    match &block.content {
        Content::Words(words) => lines.push(format!("{}{}", block.marker, words.said(is_text))),
        Content::Rule => {}
        Content::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells
                .flat_map(|cell| &cell.blocks)
                .for_each(|block| add_lines(lines, block, is_text));
        }
    }
}
