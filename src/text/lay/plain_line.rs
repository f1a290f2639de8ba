//! Lines that fit as they are: most of a mail's. There is nothing to lay out in them, so html2text is not asked, which
//! takes many times as long.

use super::super::blocks::Block;
use super::super::cells;
use super::super::lines::Run;
use super::super::visible::{is_ignorable, visible};
use super::drawn::{push, trim};

/// So many bytes of ordinary words make a cell, at most.
const MOST_BYTES: usize = 4;

/// The line of a block, as html2text would give it back. `None` if that has to be asked.
pub fn lay(block: &Block, room: usize) -> Option<Vec<Run>> {
    let words = block.words().filter(|_| block.indent == 0)?;
    let text = words.text();
    let fits = text.len() <= room * MOST_BYTES && is_ordinary(text) && (1..=room).contains(&cells(text));
    fits.then(|| {
        let mut runs = Vec::new();
        words
            .spans()
            .for_each(|(text, role)| push(&mut runs, &visible(text), role));
        trim(&mut runs);
        runs
    })
}

/// Whether words have single spaces between them, hard or not, and no other white space.
pub fn is_ordinary(text: &str) -> bool {
    let is_odd = |c: char| c != ' ' && c != '\u{a0}' && (c.is_whitespace() || is_ignorable(c));
    !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") && !text.contains(is_odd)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use textwrap::WordSeparator;

    use super::super::super::blocks::{Content, Words};
    use super::super::super::lines::Role;
    use super::super::piece::Page;
    use super::super::{lines_of, text_lines};
    use super::*;

    const PAGE: Page = Page {
        room: 40,
        separator: WordSeparator::UnicodeBreakProperties,
    };

    fn block(spans: &[(&str, Role)], gap: bool) -> Block {
        let mut words = Words::default();
        spans.iter().for_each(|(text, role)| words.push(text, *role));
        Block {
            content: Content::Words(words),
            gap,
            ..Block::default()
        }
    }

    #[test]
    fn only_ordinary_words_that_fit_are_a_line_as_they_are() {
        let lay = |text: &str| super::lay(&block(&[(text, Role::Plain)], false), 10);
        for text in ["山田 花子", "no.\u{a0}4711", "0123456789", "שלום"] {
            assert!(lay(text).is_some(), "{text}");
        }
        for text in [
            "",
            "a  b",
            " a",
            "a ",
            "a\tb",
            "in\u{ad}form",
            "0123456789a",
            "山田花子山田",
        ] {
            assert!(lay(text).is_none(), "{text:?}");
        }
        let indented = Block {
            indent: 2,
            ..block(&[("a", Role::Plain)], false)
        };
        assert!(super::lay(&indented, 10).is_none());
    }

    fn said() -> impl Strategy<Value = Block> {
        let word = prop::sample::select(vec![
            "a",
            "two words",
            "and a few more words, that is",
            "Zoe\u{301}",
            "no.\u{a0}4711",
            "\u{a0}[3]",
            "山田",
            "שלום",
            "👩\u{200d}👩\u{200d}👧",
            "x-y/z",
            "กขค",
            "—",
            "&<b>",
            "https://contoso.example/a/b?c=d",
            " ",
        ]);
        let role = prop::sample::select(vec![Role::Plain, Role::Strong, Role::Link(1), Role::Code]);
        let spans = prop::collection::vec((word, role), 0..4);
        (spans, any::<bool>()).prop_map(|(spans, gap)| block(&spans, gap))
    }

    proptest! {
        #[test]
        fn lines_are_as_html2text_lays_them_out(blocks in prop::collection::vec(said(), 1..8)) {
            let by_html2text = lines_of(PAGE, |piece| blocks.iter().for_each(|block| piece.block(block)));
            prop_assert_eq!(text_lines(&blocks, PAGE), by_html2text);
        }
    }
}
