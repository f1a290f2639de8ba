//! Headings that a mail makes of large letters alone.

use std::collections::HashMap;

use super::blocks::{Block, Content};
use super::cells;
use super::lines::{Part, Role};

/// The cells of a heading at most; what is longer is an article in large letters.
const LONGEST: usize = 100;
/// Letters smaller than this, in pixels, make no heading, whatever is around them.
const SMALLEST: u16 = 17;
/// By how much the letters of a heading are larger than those of the text, in hundredths, and its level.
const LEVELS: [(u32, u8); 3] = [(200, 1), (150, 2), (125, 3)];

/// Gives lines in larger letters than the text around them the role of headings, and empty lines around.
pub fn headings(blocks: &mut [Block]) {
    let mut sizes = HashMap::new();
    let mut above = None;
    for index in 0..blocks.len() {
        let Some(depth) = blocks.get(index).map(|block| block.quote) else {
            return;
        };
        let text_size = *sizes.entry(depth).or_insert_with(|| text_size(blocks, depth));
        let Some(block) = blocks.get_mut(index) else { return };
        let level = level(block, text_size);
        block.gap |= index > 0 && level != above;
        if let (Some(level), Some(words)) = (level, block.words_mut()) {
            words.map_roles(|role| match role {
                Role::Plain | Role::Strong | Role::Emphasis | Role::StrongEmphasis => Role::Heading(level),
                other => other,
            });
        }
        above = level;
    }
}

/// The level of the heading that a block is.
fn level(block: &Block, text_size: u16) -> Option<u8> {
    let words = block.words().filter(|words| cells(words.text()) <= LONGEST)?;
    let says_something = words.text().chars().any(char::is_alphanumeric);
    let is_text = words
        .spans()
        .any(|(_, role)| !matches!(role, Role::Image | Role::Heading(_)));
    if block.size < SMALLEST
        || !matches!(block.part, Part::Body | Part::Extract)
        || !block.marker.is_empty()
        || !says_something
        || !is_text
    {
        return None;
    }
    let larger = u32::from(block.size) * 100 / u32::from(text_size.max(1));
    LEVELS
        .iter()
        .find(|(least, _)| larger >= *least)
        .map(|(_, level)| *level)
}

/// The size of the letters that what is quoted so deep is written in: the largest in which, with all larger ones, a good
/// part of it stands.
pub fn text_size(blocks: &[Block], quote: u8) -> u16 {
    /// A quarter.
    const PART: usize = 4;
    let letters = |block: &Block| match &block.content {
        Content::Words(words) => words.text().chars().count(),
        _ => 0,
    };
    let said = blocks
        .iter()
        .filter(|block| block.quote == quote && block.part != Part::QuoteHeader);
    let mut sizes: Vec<(u16, usize)> = said.map(|block| (block.size, letters(block))).collect();
    sizes.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    let all: usize = sizes.iter().map(|(_, letters)| letters).sum();
    let mut larger = 0;
    let text = sizes.into_iter().find(|(_, letters)| {
        larger += letters;
        larger * PART >= all
    });
    text.map(|(size, _)| size).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::blocks::Words;

    fn block((size, text): &(u16, &str)) -> Block {
        let mut words = Words::default();
        words.push(text, Role::Plain);
        Block {
            size: *size,
            content: Content::Words(words),
            ..Block::default()
        }
    }

    fn levels(lines: &[(u16, &str)]) -> Vec<Option<u8>> {
        let mut blocks: Vec<Block> = lines.iter().map(block).collect();
        headings(&mut blocks);
        let level = |block: &Block| match block.words().and_then(Words::last_role) {
            Some(Role::Heading(level)) => Some(level),
            _ => None,
        };
        blocks.iter().map(level).collect()
    }

    #[test]
    fn large_letters_are_headings() {
        let text = "A paragraph of some length, as a mail has many of them, 山田 and so on.";
        for (lines, expected) in [
            (
                vec![(32, "Title"), (16, text), (20, "Section"), (16, text)],
                vec![Some(1), None, Some(3), None],
            ),
            // Small print does not make the text around it large.
            (vec![(16, text), (11, text), (11, text)], vec![None; 3]),
            (
                vec![(16, text), (11, text), (11, text), (11, text), (11, text)],
                vec![None; 5],
            ),
            // A mail that is all large is not all headings.
            (vec![(24, text), (24, "Yours"), (24, "Ann")], vec![None; 3]),
            (vec![(12, text), (15, "not large")], vec![None; 2]),
            (vec![(16, text), (40, "— · —")], vec![None; 2]),
            (vec![], vec![]),
        ] {
            assert_eq!(levels(&lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_heading_stands_by_itself() {
        let text = "A paragraph of some length, as a mail has many of them, and so on.";
        let mut blocks: Vec<Block> = [(16, text), (28, "Two"), (28, "lines"), (16, text), (16, text)]
            .iter()
            .map(block)
            .collect();
        headings(&mut blocks);
        let gaps: Vec<bool> = blocks.iter().map(|block| block.gap).collect();
        assert_eq!(gaps, [false, true, false, true, false]);
    }
}
