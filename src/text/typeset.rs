//! A body to lines.

use html2text::render::{RichAnnotation, TaggedLine};

use crate::domain::{Body, Prose, Text};

use super::guard::guard;
use super::lines::{Line, Role, Run, Typeset};
use super::wrap::{fill, wrap};

/// Lays `body` out for `width` cells (0 counts as 1). Never panics and never takes unbounded time, whatever the body.
pub fn typeset(body: &Body, width: u16) -> Typeset {
    let width = usize::from(width.max(1));
    let source = match body {
        Body::Plain(prose) => return plain(prose.as_str(), width),
        Body::Html(html) => html.source(),
    };
    let config = || html2text::config::rich().allow_width_overflow();
    match guard(|| config().lines_from_read(source.as_bytes(), width)) {
        Some(Ok(lines)) => Typeset {
            lines: lines.into_iter().flat_map(|line| rewrapped(line, width)).collect(),
            ..Typeset::default()
        },
        _ => Typeset {
            notice: Some(Text::new("shown as plain text: the body could not be laid out")),
            ..plain(
                Prose::new(&ammonia::Builder::empty().clean(source).to_string()).as_str(),
                width,
            )
        },
    }
}

fn plain(text: &str, width: usize) -> Typeset {
    let lines = wrap(text, width).into_iter().map(|text| {
        let runs = if text.is_empty() {
            vec![]
        } else {
            vec![Run {
                text: text.into(),
                role: Role::Plain,
            }]
        };
        Line {
            runs,
            ..Line::default()
        }
    });
    Typeset {
        lines: lines.collect(),
        ..Typeset::default()
    }
}

fn rewrapped(line: TaggedLine<Vec<RichAnnotation>>, width: usize) -> Vec<Line> {
    let mut runs = Vec::new();
    for piece in line.tagged_strings() {
        let role = match piece.tag.first() {
            Some(RichAnnotation::Strong) => Role::Strong,
            Some(RichAnnotation::Emphasis) => Role::Emphasis,
            Some(RichAnnotation::Code | RichAnnotation::Preformat(_)) => Role::Code,
            _ => Role::Plain,
        };
        let text = Prose::new(&piece.s).as_str().replace('\n', " ");
        for part in fill(&text, &[], width, width) {
            let text = super::truncate(text.get(part).unwrap_or_default(), width).into_owned();
            runs.push(Run {
                text: text.into(),
                role,
            });
        }
    }
    // A first version: one run a line where the line would be too wide.
    let whole = Line {
        runs,
        ..Line::default()
    };
    if whole.cells() <= width {
        return vec![whole];
    }
    whole
        .runs
        .into_iter()
        .map(|run| Line {
            runs: vec![run],
            ..Line::default()
        })
        .collect()
}
