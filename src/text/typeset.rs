//! A body to lines, and what is done when that fails.

use crate::domain::{Body, Prose, Text};

use super::blocks::Document;
use super::flow;
use super::folds::folds;
use super::guard::guard;
use super::headings::headings;
use super::html::{bare_text, parse};
use super::lay::{MAX_LINES, lay};
use super::lines::Typeset;
use super::quotes::settle;

/// Lays `body` out for `width` cells (0 counts as 1). Never panics and never takes unbounded time, whatever the body.
pub fn typeset(body: &Body, width: u16) -> Typeset {
    typeset_by(read, body, width)
}

/// What a body says; only its text if its markup cannot be read.
pub(super) fn read_anyhow(body: &Body) -> Document {
    guard(|| read(body))
        .or_else(|| guard(|| read_bare(body)))
        .unwrap_or_default()
}

/// As [`read_anyhow`], but a line beginning with `>` is a line like any other.
pub(super) fn read_markup_anyhow(body: &Body) -> Document {
    guard(|| read_markup(body))
        .or_else(|| guard(|| read_bare(body)))
        .unwrap_or_default()
}

/// Lays out what `read` makes of a body. What html2text fails on is plain text already; if all the same something panics,
/// the text without markup is laid out; if even that panics, there is a notice.
fn typeset_by(read: impl Fn(&Body) -> Document, body: &Body, width: u16) -> Typeset {
    let plainer = || Typeset {
        notice: Some(Text::new("shown as plain text: the body could not be laid out")),
        ..laid_out(read_bare(body), width)
    };
    guard(|| laid_out(read(body), width))
        .or_else(|| guard(plainer))
        .unwrap_or_else(|| Typeset {
            notice: Some(Text::new("the body could not be shown")),
            ..Typeset::default()
        })
}

fn read(body: &Body) -> Document {
    let mut document = read_markup(body);
    settle(&mut document.blocks);
    headings(&mut document.blocks);
    document
}

fn read_markup(body: &Body) -> Document {
    match body {
        Body::Plain(prose) => flow::plain(prose),
        Body::Html(html) => flow::html(&parse(html.source()), html.source().contains('<')),
    }
}

fn read_bare(body: &Body) -> Document {
    match body {
        Body::Plain(prose) => flow::plain(prose),
        Body::Html(html) => flow::plain(&Prose::new(&bare_text(html.source()))),
    }
}

fn laid_out(mut document: Document, width: u16) -> Typeset {
    document.show_where_links_go();
    let lines = lay(&document.blocks, width);
    let notice = match lines.len() {
        _ if document.cut => Some("cut: the body is longer than 1 MB"),
        MAX_LINES.. => Some("cut: the body has more than 20,000 lines"),
        _ => None,
    };
    Typeset {
        folds: folds(&lines),
        lines,
        links: document.links.into_links(),
        notice: notice.map(Text::new),
        ..Typeset::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Html;

    /// A panic that does not go through the hook, which would print it.
    fn broken(_: &Body) -> Document {
        assert!(super::super::guarded());
        std::panic::resume_unwind(Box::new("a layout that fails"))
    }

    #[test]
    fn a_layout_that_panics_is_answered_with_plain_text_and_a_notice() {
        let body = Body::Html(Html::new("<h1>Title</h1><style>p{}</style><p>&#27;[31mtext</p>"));
        let typeset = typeset_by(broken, &body, 20);
        let lines: Vec<String> = typeset.lines.iter().map(|line| line.text()).collect();
        assert_eq!(lines, ["Title", "", "text"]);
        let notice = typeset.notice.unwrap_or_default();
        assert_eq!(notice.as_str(), "shown as plain text: the body could not be laid out");
        assert!(!super::super::guarded());
    }
}
