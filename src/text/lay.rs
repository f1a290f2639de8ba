//! Blocks to lines for a width.

use textwrap::WordSeparator;

use super::blocks::{Block, Content, spaceless_in};
use super::cells;
use super::lay_table::table;
use super::lines::{Line, Part, Role, Run, quote_margin};
use super::truncate;
use super::wrap::separator_for;

/// More lines than this nobody reads; what would follow is cut.
pub const MAX_LINES: usize = 20_000;

/// The lines of `blocks`, at most [`MAX_LINES`], each with its quote margin at most `width` cells wide.
pub fn lay(blocks: &[Block], width: u16) -> Vec<Line> {
    lay_with(blocks, width, separator_for(spaceless_in(blocks)))
}

/// As [`lay`], with words found by `separator`.
pub fn lay_with(blocks: &[Block], width: u16, separator: WordSeparator) -> Vec<Line> {
    let width = width.max(1);
    let mut lines: Vec<Line> = Vec::new();
    for block in blocks {
        if block.gap
            && let Some(above) = lines.last()
        {
            let part = if above.part == block.part {
                block.part
            } else {
                Part::Body
            };
            lines.push(Line {
                runs: Vec::new(),
                quote: above.quote.min(block.quote),
                part,
            });
        }
        let room = usize::from(width - quote_margin(block.quote, width)).max(1);
        for mut runs in lay_block(block, room, separator) {
            clip(&mut runs, room);
            lines.push(Line {
                runs,
                quote: block.quote,
                part: block.part,
            });
        }
        if lines.len() >= MAX_LINES {
            lines.truncate(MAX_LINES);
            break;
        }
    }
    lines
}

fn lay_block(block: &Block, room: usize, separator: WordSeparator) -> Vec<Vec<Run>> {
    // Half of the room at least is for the text.
    let indent = usize::from(block.indent).min(room / 2);
    let marker = if cells(&block.marker) <= indent {
        block.marker.as_str()
    } else {
        ""
    };
    let lead = indent - cells(marker);
    let content = match &block.content {
        Content::Words(words) => words.wrapped(room - indent, separator).take(MAX_LINES).collect(),
        Content::Rule => vec![vec![Run {
            text: "─".repeat(room - indent).into(),
            role: Role::TableRule,
        }]],
        Content::Table(data) => table(data, room - indent, separator),
    };
    let mut lines = content;
    for (index, runs) in lines.iter_mut().enumerate() {
        let front = if index == 0 && !marker.is_empty() {
            [
                Run {
                    text: " ".repeat(lead).into(),
                    role: Role::Plain,
                },
                Run {
                    text: marker.into(),
                    role: Role::Bullet,
                },
            ]
        } else {
            [
                Run {
                    text: " ".repeat(indent).into(),
                    role: Role::Plain,
                },
                Run {
                    text: "".into(),
                    role: Role::Plain,
                },
            ]
        };
        runs.splice(0..0, front.into_iter().filter(|run| !run.text.is_empty()));
    }
    lines
}

/// Cuts what is wider than `room` after all: a single grapheme wider than the line.
fn clip(runs: &mut Vec<Run>, room: usize) {
    let mut used = 0;
    runs.retain_mut(|run| {
        let needed = cells(&run.text);
        if used + needed > room {
            run.text = truncate(&run.text, room - used).into();
        }
        used += cells(&run.text);
        !run.text.is_empty()
    });
}
