//! Blocks of text to lines: broken where Unicode allows it, and below the marker of an item.

use super::super::blocks::{Block, Words};
use super::super::cells;
use super::super::lines::{Role, Run};
use super::super::visible::visible;
use super::super::wrap::fill;
use super::Page;
use super::drawn::{push, trim};

/// The lines of blocks below each other, those without text left out.
pub fn lay(blocks: &[Block], page: Page) -> Vec<Vec<Run>> {
    let mut lines = Vec::new();
    for (block, words) in blocks.iter().filter_map(|block| Some((block, block.words()?))) {
        add(&mut lines, block, words, page);
    }
    lines
}

/// Adds the lines of `words`, which stand where `block` does, below those that are there, with an empty line between if
/// there is to be one.
pub fn add(lines: &mut Vec<Vec<Run>>, block: &Block, words: &Words, page: Page) {
    if block.gap && !lines.is_empty() {
        lines.push(Vec::new());
    }
    // Half of the room at least is for the text.
    let indent = usize::from(block.indent).min(page.room / 2);
    let marker = &*block.marker;
    let marker = if cells(marker) <= indent { marker } else { "" };
    let mut spans = Spans::of(words);
    let ranges = fill(words.text().trim_end(), page.room - indent, page.separator);
    lines.extend(ranges.into_iter().enumerate().map(|(number, range)| {
        let marker = if number == 0 { marker } else { "" };
        let mut runs = Vec::new();
        push(&mut runs, &" ".repeat(indent - cells(marker)), Role::Plain);
        push_marker(&mut runs, marker);
        for (text, role) in spans.within(range.start, range.end) {
            push(&mut runs, &visible(text), role);
        }
        trim(&mut runs);
        runs
    }));
}

/// A marker and the space after it; further ones only fill.
fn push_marker(runs: &mut Vec<Run>, marker: &str) {
    for word in marker.split_inclusive(' ') {
        let role = if word == " " { Role::Plain } else { Role::Bullet };
        push(runs, word, role);
    }
}

/// The stretches of words, to be taken from line after line.
struct Spans<'a> {
    /// Where each begins.
    spans: Vec<(usize, &'a str, Role)>,
    /// The first that is not yet done.
    next: usize,
}

impl<'a> Spans<'a> {
    fn of(words: &'a Words) -> Spans<'a> {
        let mut at = 0;
        let spans = words.spans().map(|(text, role)| {
            let start = at;
            at += text.len();
            (start, text, role)
        });
        Spans {
            spans: spans.collect(),
            next: 0,
        }
    }

    /// What is said from byte `start` to `end`; no earlier than where the last ended.
    fn within(&mut self, start: usize, end: usize) -> impl Iterator<Item = (&'a str, Role)> {
        let is_done = |(at, text, _): &&(usize, &str, Role)| at + text.len() <= start;
        self.next += self.spans.iter().skip(self.next).take_while(is_done).count();
        let inside = self.spans.iter().skip(self.next);
        inside
            .take_while(move |(at, ..)| *at < end)
            .map(move |(at, text, role)| {
                let range = start.saturating_sub(*at)..(end - at).min(text.len());
                (text.get(range).unwrap_or_default(), *role)
            })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use textwrap::WordSeparator;

    use super::super::super::blocks::Content;
    use super::*;

    fn page(room: usize) -> Page {
        Page {
            room,
            separator: WordSeparator::UnicodeBreakProperties,
        }
    }

    fn block(spans: &[(&str, Role)]) -> Block {
        let mut words = Words::default();
        spans.iter().for_each(|(text, role)| words.push(text, *role));
        Block {
            content: Content::Words(words),
            ..Block::default()
        }
    }

    fn item(marker: &str, indent: u16, text: &str) -> Block {
        Block {
            marker: marker.to_owned(),
            indent,
            ..block(&[(text, Role::Plain)])
        }
    }

    fn run(text: &str, role: Role) -> Run {
        Run {
            text: text.into(),
            role,
        }
    }

    fn text(lines: &[Vec<Run>]) -> Vec<String> {
        let text = |line: &Vec<Run>| line.iter().map(|run| &*run.text).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn items_hang_below_their_markers() {
        let blocks = [
            item("• ", 2, "one two three"),
            item("10. ", 6, "山田 花子 and"),
            item("• ", 40, "deep"),
            item("10. ", 3, "no room"),
        ];
        let expected = [
            "• one two",
            "  three",
            "  10. 山田",
            "      花子",
            "      and",
            "    • deep",
            "   no room",
        ];
        assert_eq!(text(&lay(&blocks, page(12))), expected);
        let first = lay(&blocks, page(40)).swap_remove(0);
        assert_eq!(first, [run("• ", Role::Bullet), run("one two three", Role::Plain)]);
    }

    #[test]
    fn a_broken_line_keeps_its_roles() {
        let block = block(&[
            ("see ", Role::Plain),
            ("the long report", Role::Link(1)),
            ("\u{a0}[1]", Role::LinkNumber(1)),
            (".", Role::Plain),
        ]);
        let expected = [
            vec![run("see ", Role::Plain), run("the long", Role::Link(1))],
            vec![
                run("report", Role::Link(1)),
                run(" [1]", Role::LinkNumber(1)),
                run(".", Role::Plain),
            ],
        ];
        assert_eq!(lay(&[block], page(12)), expected);
    }

    #[test]
    fn empty_lines_stand_between_and_not_before() {
        let gap = |text| Block {
            gap: true,
            ..block(&[(text, Role::Plain)])
        };
        let rule = Block {
            content: Content::Rule,
            ..Block::default()
        };
        assert_eq!(text(&lay(&[gap("a"), rule, gap("שלום")], page(12))), ["a", "", "שלום"]);
    }

    fn said() -> impl Strategy<Value = Block> {
        let word = prop::sample::select(vec![
            "a",
            "two words",
            "and  spaces ",
            "Zoe\u{301}",
            "no.\u{a0}4711",
            "山田花子",
            "שלום",
            "👩\u{200d}👩\u{200d}👧",
            "x-y/z",
            "in\u{ad}for\u{200b}med",
            "https://contoso.example/a/b?c=d",
            " ",
        ]);
        let role = prop::sample::select(vec![Role::Plain, Role::Strong, Role::Link(1), Role::Code]);
        let spans = prop::collection::vec((word, role), 1..8);
        (spans, 0..9_u16).prop_map(|(spans, indent)| Block {
            indent,
            ..block(&spans)
        })
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_all_is_said_in_its_role(block in said(), room in 4..40_usize) {
            let lines = lay(std::slice::from_ref(&block), page(room));
            for line in &lines {
                prop_assert!(super::super::wide(line) <= room, "{line:?}");
            }
            let letters = |text: &str, role: Role| {
                let visible = visible(text);
                visible.chars().filter(|c| !c.is_whitespace()).map(|c| (c, role)).collect::<Vec<_>>()
            };
            let shown = lines.iter().flatten().flat_map(|run| letters(&run.text, run.role));
            let meant = block.words().unwrap().spans().flat_map(|(text, role)| letters(text, role));
            prop_assert_eq!(shown.collect::<Vec<_>>(), meant.collect::<Vec<_>>());
        }
    }
}
