//! What a body says, before it is laid out for a width: a flat list of blocks, each a line of the author's or a table.

use std::collections::HashMap;

use super::lines::{Part, Role};
use super::links::Links;
use super::visible::is_blank;
use super::wrap::spaceless;

/// A body's content.
#[derive(Debug, Default)]
pub struct Document {
    /// In reading order.
    pub blocks: Vec<Block>,
    /// What the link numbers in them stand for.
    pub links: Links,
    /// Whether there was more than is read.
    pub cut: bool,
}

impl Document {
    /// Where a mail spells out an address that a middleman has wrapped, puts what is wrapped.
    pub fn show_where_links_go(&mut self) {
        let wrapped: HashMap<&str, &str> = self.links.wrapped().collect();
        if !wrapped.is_empty() {
            for words in self.blocks.iter_mut().flat_map(lines_in) {
                words.replace(|text, role| match role {
                    Role::Link(_) => wrapped.get(text).copied(),
                    _ => None,
                });
            }
        }
    }
}

/// The lines of a block, those in the cells of its table included.
fn lines_in(block: &mut Block) -> Vec<&mut Words> {
    match &mut block.content {
        Content::Words(words) => vec![words],
        Content::Rule => Vec::new(),
        Content::Table(table) => {
            let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            let blocks = cells.flat_map(|cell| &mut cell.blocks);
            blocks.filter_map(Block::words_mut).collect()
        }
    }
}

/// A line as the author made it, before wrapping, or a table.
#[derive(Debug, Default)]
pub struct Block {
    /// How deep it is quoted.
    pub quote: u8,
    /// What part of a mail it belongs to.
    pub part: Part,
    /// Cells to the left of the text, the marker's included.
    pub indent: u16,
    /// The bullet or number in front of the first line, with its trailing space.
    pub marker: String,
    /// Whether an empty line comes before it.
    pub gap: bool,
    /// The size of its smallest letters, in pixels.
    pub size: u16,
    /// Whether it is set off as a quote by a line beside it, and by nothing else.
    pub extract: bool,
    /// Whether it is a line of a plain text mail, where `>` means a quote.
    pub text_mail: bool,
    /// What is in it.
    pub content: Content,
}

/// What is in a block.
#[derive(Debug)]
pub enum Content {
    /// Text.
    Words(Words),
    /// A horizontal rule.
    Rule,
    /// A table of data.
    Table(Table),
}

/// A table of data. Tables that only place things on a page are not kept as tables.
#[derive(Debug, Default)]
pub struct Table {
    /// Top to bottom.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Left to right.
    pub cells: Vec<Cell>,
    /// Whether all its cells are headings.
    pub heading: bool,
}

/// A cell of a table.
#[derive(Debug, Default)]
pub struct Cell {
    /// What is in it. No tables, and nothing quoted.
    pub blocks: Vec<Block>,
    /// Columns that it goes over, at least 1.
    pub columns: usize,
    /// Rows that it goes over, at least 1.
    pub rows: usize,
    /// Whether its text stands at its right edge, as numbers do.
    pub right: bool,
}

impl Default for Content {
    fn default() -> Self {
        Content::Words(Words::default())
    }
}

impl Block {
    /// The text, if it is a line of text.
    pub fn words(&self) -> Option<&Words> {
        match &self.content {
            Content::Words(words) => Some(words),
            _ => None,
        }
    }

    /// The text, if it is a line of text, to change it.
    pub fn words_mut(&mut self) -> Option<&mut Words> {
        match &mut self.content {
            Content::Words(words) => Some(words),
            _ => None,
        }
    }
}

/// The bytes of [`spaceless`] scripts in `blocks`.
pub fn spaceless_in(blocks: &[Block]) -> usize {
    let in_block = |block: &Block| match &block.content {
        Content::Words(words) => spaceless(words.text()),
        Content::Rule => 0,
        Content::Table(table) => table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| spaceless_in(&cell.blocks))
            .sum(),
    };
    blocks.iter().map(in_block).sum()
}

/// Clean text with a role for each stretch of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    text: String,
    /// Where each stretch ends, rising, and its role.
    spans: Vec<(usize, Role)>,
}

impl Words {
    /// Adds clean text.
    pub fn push(&mut self, text: &str, role: Role) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        match self.spans.last_mut() {
            Some((end, last)) if *last == role => *end = self.text.len(),
            _ => self.spans.push((self.text.len(), role)),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Removes a space at the end; whether there was one.
    pub fn pop_space(&mut self) -> bool {
        let spaced = self.text.ends_with(' ');
        if spaced {
            self.replace_end(self.text.len() - 1, "", Role::Plain);
        }
        spaced
    }

    /// Puts `text` in the place of what follows the first `start` bytes.
    pub fn replace_end(&mut self, start: usize, text: &str, role: Role) {
        if !self.text.is_char_boundary(start) {
            return;
        }
        self.text.truncate(start);
        self.spans.retain_mut(|(end, _)| {
            *end = start.min(*end);
            *end > 0
        });
        self.spans.dedup_by_key(|(end, _)| *end);
        self.push(text, role);
    }

    /// Removes what newsletters put at the end of a line so that a preview of it shows nothing more.
    pub fn drop_padding(&mut self) {
        /// Fewer are a slip, or the dash of a signature.
        const FEWEST: usize = 4;
        let said = self.text.trim_end_matches(is_blank).len();
        let is_padded = self.text.get(said..).is_some_and(|end| end.chars().count() >= FEWEST);
        if said > 0 && is_padded {
            self.replace_end(said, "", Role::Plain);
        }
    }

    /// Takes what follows the first `start` bytes, which must end at a character's end.
    pub fn split_off(&mut self, start: usize) -> Words {
        let mut rest = self.clone();
        rest.drop_front(start);
        self.replace_end(start, "", Role::Plain);
        rest
    }

    /// Removes the first `count` bytes, which must end at a character's end.
    pub fn drop_front(&mut self, count: usize) {
        self.text = self.text.get(count..).unwrap_or_default().to_owned();
        self.spans.retain_mut(|(end, _)| {
            *end = end.saturating_sub(count);
            *end > 0
        });
    }

    /// Whether there is nothing to see.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(is_blank)
    }

    /// Whether it is a drawn line: one character again and again.
    pub fn is_drawn(&self) -> bool {
        /// Fewer fit everywhere.
        const FEWEST: usize = 20;
        let mut characters = self.text.trim_end().chars();
        let Some(first) = characters.next().filter(|first| "_-=*~#.―─—–".contains(*first)) else {
            return false;
        };
        characters.clone().count() >= FEWEST && characters.all(|c| c == first)
    }

    /// The role of the last stretch.
    pub fn last_role(&self) -> Option<Role> {
        self.spans.last().map(|(_, role)| *role)
    }

    /// Where it ends in what stands for pictures that nobody has described, the place where that begins, and how many they are.
    pub fn undescribed(&self) -> Option<(usize, u32)> {
        let starts = |end: usize| {
            end.checked_sub(1)
                .and_then(|last| self.spans.get(last))
                .map_or(0, |span| span.0)
        };
        let is_said = |last: &usize| {
            let text = self.text.get(starts(*last)..starts(last + 1)).unwrap_or_default();
            !text.chars().all(is_blank)
        };
        // Nothing but blanks may follow.
        let last = (0..self.spans.len()).rev().take(2).find(is_said)?;
        let (end, _) = self.spans.get(last).filter(|(_, role)| *role == Role::Image)?;
        let start = starts(last);
        let inside = self.text.get(start..*end)?.strip_prefix('[')?.strip_suffix(']')?;
        match inside {
            "image" => Some((start, 1)),
            _ => Some((start, inside.strip_suffix(" images")?.parse().ok()?)),
        }
    }

    /// Puts other texts in the place of those stretches for which there is one.
    fn replace<'a>(&mut self, instead: impl Fn(&str, Role) -> Option<&'a str>) {
        if self.spans().any(|(text, role)| instead(text, role).is_some()) {
            let mut words = Words::default();
            for (text, role) in self.spans() {
                words.push(instead(text, role).unwrap_or(text), role);
            }
            *self = words;
        }
    }

    /// Gives every stretch another role.
    pub fn map_roles(&mut self, role: impl Fn(Role) -> Role) {
        self.spans.iter_mut().for_each(|(_, was)| *was = role(*was));
    }

    /// The stretches, each with its role.
    pub fn spans(&self) -> impl Iterator<Item = (&str, Role)> {
        let mut start = 0;
        self.spans.iter().map(move |&(end, role)| {
            let text = self.text.get(start..end).unwrap_or_default();
            start = end;
            (text, role)
        })
    }

    /// The stretches with a role for which `wanted` holds.
    pub fn said(&self, wanted: impl Fn(Role) -> bool) -> String {
        self.spans()
            .filter(|(_, role)| wanted(*role))
            .map(|(text, _)| text)
            .collect()
    }
}
