//! Blocks to lines for a width, in pieces, each of one quote depth and part. html2text draws the tables that have cells over
//! several rows or columns, and gets them as clean HTML.

mod drawn;
mod piece;
mod plain_table;
mod stand_in;
mod tables;
mod wrapped;
mod wrapped_table;

use textwrap::WordSeparator;

use super::blocks::{Block, Content, Words, spaceless_in};
use super::cells;
use super::guard::guard;
use super::lines::{Line, Part, Role, Run, quote_margin};
use super::wrap::separator_for;

/// More lines than this nobody reads; what would follow is cut.
pub const MAX_LINES: usize = 20_000;
/// Blocks in one piece, so that a long body is laid out only as far as it is shown, and two threads have something to share.
const MAX_BLOCKS: usize = 100;

/// What a text is laid out for.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Cells across, at least 1.
    pub room: usize,
    /// What finds the words.
    pub separator: WordSeparator,
}

/// Lays out `blocks` for `width` cells, which count as 1 if they are 0: at most [`MAX_LINES`] lines, each with its quote
/// margin at most as wide as asked.
pub fn lay(blocks: &[Block], width: u16) -> Vec<Line> {
    let width = width.max(1);
    let separator = separator_for(spaceless_in(blocks));
    let pieces: Vec<&[Block]> = blocks
        .chunk_by(is_one_piece)
        .flat_map(|piece| piece.chunks(MAX_BLOCKS))
        .collect();
    let page = |first: &Block| Page {
        room: usize::from(width - quote_margin(first.quote, width)).max(1),
        separator,
    };
    let mut laid: Vec<Line> = Vec::new();
    for (blocks, lines) in pieces.iter().zip(in_two_halves(&pieces, page)) {
        let Some(first) = blocks.first() else { continue };
        if let Some(gap) = laid.last().filter(|_| first.gap).map(|above| gap(above, first)) {
            laid.push(gap);
        }
        laid.extend(lines.into_iter().map(|runs| Line {
            runs,
            quote: first.quote,
            part: first.part,
        }));
    }
    laid.truncate(MAX_LINES);
    laid
}

/// The lines of each piece as far as they are shown. Where there are many blocks, another thread does the back half of the
/// pieces meanwhile.
fn in_two_halves(pieces: &[&[Block]], page: impl Fn(&Block) -> Page + Sync) -> Vec<Vec<Vec<Run>>> {
    let lay = |half: &[&[Block]]| {
        let (mut done, mut count) = (Vec::new(), 0);
        for piece in half {
            let lines = piece.first().map(|first| lay_piece(piece, page(first)));
            count += lines.as_ref().map_or(0, Vec::len);
            done.push(lines.unwrap_or_default());
            if count >= MAX_LINES {
                break;
            }
        }
        done
    };
    let blocks: usize = pieces.iter().map(|piece| piece.len()).sum();
    let shared = if blocks > MAX_BLOCKS { pieces.len() / 2 } else { 0 };
    let (front, back) = pieces.split_at(pieces.len() - shared);
    std::thread::scope(|scope| {
        let spawn = || std::thread::Builder::new().spawn_scoped(scope, || guard(|| lay(back)));
        let other = (!back.is_empty()).then(spawn);
        let mut done = lay(front);
        let rest = other.map(|other| other.ok().and_then(|other| other.join().ok()?));
        if let Some(rest) = rest.filter(|_| done.len() == front.len()) {
            // The thread may have failed, or there may have been none to have.
            done.extend(rest.unwrap_or_else(|| lay(back)));
        }
        done
    })
}

/// Tables and rules are pieces of their own.
fn is_one_piece(one: &Block, next: &Block) -> bool {
    let is_text = |block: &Block| block.words().is_some_and(|words| !words.is_drawn());
    is_text(one) && is_text(next) && one.quote == next.quote && one.part == next.part
}

/// The empty line before a piece.
fn gap(above: &Line, next: &Block) -> Line {
    Line {
        runs: Vec::new(),
        quote: above.quote.min(next.quote),
        part: if above.part == next.part { next.part } else { Part::Body },
    }
}

/// The lines of a piece, none too wide for its page.
fn lay_piece(blocks: &[Block], page: Page) -> Vec<Vec<Run>> {
    let lines = match blocks {
        [
            Block {
                content: Content::Rule, ..
            },
        ] => vec![vec![rule(page.room)]],
        [
            Block {
                content: Content::Table(table),
                ..
            },
        ] => tables::lay(table, page),
        [block] if block.words().is_some_and(Words::is_drawn) => vec![drawn_line(block, page.room)],
        _ => wrapped::lay(blocks, page),
    };
    lines.into_iter().flat_map(|line| fitted(line, page.room)).collect()
}

/// As much of a drawn line as fits: it has no end to be read.
fn drawn_line(block: &Block, room: usize) -> Vec<Run> {
    let drawn = block.words().map(|words| words.text().trim_end()).unwrap_or_default();
    vec![Run {
        text: super::width::fitting(drawn, room).into(),
        role: Role::Plain,
    }]
}

fn rule(room: usize) -> Run {
    Run {
        text: "─".repeat(room).into(),
        role: Role::TableRule,
    }
}

/// A line that is too wide, on as many as it takes.
fn fitted(line: Vec<Run>, room: usize) -> Vec<Vec<Run>> {
    if wide(&line) <= room {
        return vec![line];
    }
    let mut lines = vec![Vec::new()];
    let mut left = room;
    for run in line {
        let mut rest = &*run.text;
        while !rest.is_empty() {
            let fits = super::width::fitting(rest, left);
            if fits.is_empty() && left < room {
                lines.push(Vec::new());
                left = room;
                continue;
            }
            // A grapheme that is wider than the line stands there as an ellipsis, and what follows it is still said.
            let (shown, taken) = if fits.is_empty() {
                let first = super::width::first_grapheme(rest);
                (super::truncate(first, room), first.len())
            } else {
                (fits.into(), fits.len())
            };
            left -= cells(&shown);
            if let Some(line) = lines.last_mut().filter(|_| !shown.is_empty()) {
                line.push(Run {
                    text: shown.into(),
                    role: run.role,
                });
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
    }
    lines.retain(|line| line.iter().any(|run| !run.text.trim().is_empty()));
    lines
}

fn wide(line: &[Run]) -> usize {
    line.iter().map(|run| cells(&run.text)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        let mut words = Words::default();
        words.push(text, Role::Plain);
        Block {
            content: Content::Words(words),
            ..Block::default()
        }
    }

    fn text(lines: &[Vec<Run>]) -> Vec<String> {
        let text = |line: &Vec<Run>| line.iter().map(|run| &*run.text).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn what_html2text_leaves_too_wide_is_cut_between_graphemes() {
        let family = "👩\u{200d}👩\u{200d}👧";
        let line = |text: &str| {
            vec![
                Run {
                    text: text.into(),
                    role: Role::Code,
                },
                rule(1),
            ]
        };
        for (wide, room, expected) in [
            ("abcdef", 7, vec!["abcdef─"]),
            ("abcdef", 4, vec!["abcd", "ef─"]),
            ("山田花子", 3, vec!["山", "田", "花", "子─"]),
            ("a山b", 1, vec!["a", "…", "b", "─"]),
            (&family.repeat(2), 3, vec![family, &format!("{family}─")]),
        ] {
            assert_eq!(text(&fitted(line(wide), room)), expected, "{wide} at {room}");
        }
    }

    #[test]
    fn the_lines_of_a_long_body_are_in_its_order() {
        let numbered = |n: usize| Block {
            gap: n.is_multiple_of(7),
            ..block(&format!("{n} שלום 山田"))
        };
        let blocks: Vec<Block> = (0..3 * MAX_BLOCKS + 50).map(numbered).collect();
        let laid = lay(&blocks, 30);
        let mut expected = Vec::new();
        for n in 0..blocks.len() {
            if n > 0 && n.is_multiple_of(7) {
                expected.push(String::new());
            }
            expected.push(format!("{n} שלום 山田"));
        }
        let lines: Vec<String> = laid.iter().map(Line::text).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn pieces_are_cut_where_the_quoting_changes_and_around_tables() {
        let quoted = Block {
            quote: 1,
            ..block("quoted")
        };
        let gap = Block {
            gap: true,
            ..block("after a gap")
        };
        let blocks = [block("own"), block("too"), quoted, gap];
        assert_eq!(
            blocks.chunk_by(is_one_piece).map(<[Block]>::len).collect::<Vec<_>>(),
            [2, 1, 1]
        );
        let laid = lay(&blocks, 20);
        let lines: Vec<_> = laid.iter().map(|line| (line.quote, line.text())).collect();
        let expected = [(0, "own"), (0, "too"), (1, "quoted"), (0, ""), (0, "after a gap")];
        assert_eq!(lines, expected.map(|(quote, text)| (quote, text.to_owned())));
    }
}
