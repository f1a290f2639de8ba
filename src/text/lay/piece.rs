//! A table as the HTML that html2text gets: cells of lines, indented or not.
//!
//! Every text in it carries its role as a colour, which html2text hands on with each stretch that it has laid out. What
//! comes back without one html2text has drawn itself: bullets, indents, the lines of tables.

use std::fmt::Write;
use std::rc::Rc;

use html2text::config::with_decorator;

use super::super::blocks::{Block, Words};
use super::super::html::escape;
use super::super::lines::{Role, Run};
use super::super::visible::is_ignorable;
use super::super::wrap::words;
use super::Page;
use super::drawn::{Drawing, Pen, runs};
use super::stand_in::StandIns;

/// Narrower than this, html2text cannot put a wide character beside an indent.
const NARROWEST: usize = 4;
/// The cells that a column of a table must have if its words are that long; a table without room for that is no table.
const LONGEST_WORD: usize = 10;

/// HTML under construction, and what is needed to read its layout.
pub struct Piece {
    page: Page,
    html: String,
    stand_ins: StandIns,
    drawing: Drawing,
    /// Whether the line so far ends in a space or is empty.
    after_space: bool,
    /// The spaces before each of the lines that follow, and whether there is one after them.
    padding: (usize, bool),
}

impl Piece {
    /// An empty piece.
    pub fn new(page: Page) -> Piece {
        Piece {
            page,
            html: String::new(),
            stand_ins: StandIns::default(),
            drawing: Drawing::default(),
            after_space: true,
            padding: (0, false),
        }
    }

    /// Adds markup of our own.
    pub fn markup(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// Cells across.
    pub fn room(&self) -> usize {
        self.page.room
    }

    /// Pads the lines of a cell that is not at an edge of its table.
    pub fn pad(&mut self, before: usize, after: bool) {
        self.padding = (before, after);
    }

    /// Adds a block's line; nothing for what is no line.
    pub fn block(&mut self, block: &Block) {
        let Some(said) = block.words() else { return };
        if block.gap && !self.html.is_empty() {
            self.html.push_str("<br>");
        }
        self.after_space = true;
        // Half of the room at least is for the text.
        let indent = usize::from(block.indent).min(self.page.room / 2) + self.padding.0;
        if indent == 0 {
            self.html.push_str("<div>");
            self.words(said);
            return self.html.push_str("</div>");
        }
        // Each indented line is a list of one item. Its number is the place of its prefix in ours.
        let _ = write!(self.html, "<ol start={}><li>", self.drawing.prefixes.len());
        let prefix = self.drawing.prefix(&block.marker, indent);
        self.drawing.prefixes.push(prefix);
        self.words(said);
        self.html.push_str("</li></ol>");
    }

    /// Adds words, with a zero width space wherever Unicode allows a line break (UAX #14): html2text breaks there and at
    /// spaces.
    fn words(&mut self, said: &Words) {
        let mut breaks = Vec::new();
        let mut end = None;
        for word in words(said.text(), self.page.room, self.page.separator) {
            breaks.extend(end.filter(|end| *end == word.start));
            end = Some(word.end);
        }
        let mut breaks = breaks.as_slice();
        let mut start = 0;
        let mut spans = said.spans().peekable();
        while let Some((text, role)) = spans.next() {
            let end = start + text.len();
            let inside = breaks.partition_point(|&at| at <= end);
            let (here, after) = breaks.split_at(inside);
            let here: Vec<usize> = here.iter().map(|at| at - start).collect();
            self.text(text, &here, role);
            if self.padding.1 && spans.peek().is_none() {
                self.html.push('\u{a0}');
            }
            self.html.push_str("</font>");
            (breaks, start) = (after, end);
        }
    }

    /// Begins a text of one role.
    fn text(&mut self, text: &str, breaks: &[usize], role: Role) {
        let _ = write!(self.html, "<font color=#{:06x}>", self.drawing.colour_of(role));
        let mut from = 0;
        for &at in breaks {
            self.escaped(text.get(from..at).unwrap_or_default());
            self.html.push('\u{200b}');
            from = at;
        }
        self.escaped(text.get(from..).unwrap_or_default());
    }

    fn escaped(&mut self, text: &str) {
        let mut written = String::with_capacity(text.len());
        for c in text.chars().filter(|c| !is_ignorable(*c)) {
            // Spaces at the start of a line and after other spaces are meant.
            let is_meant = c == ' ' && self.after_space;
            self.after_space = c == ' ';
            written.push(if is_meant { '\u{a0}' } else { c });
        }
        self.stand_ins.write(&escape(&written), &mut self.html);
    }

    /// What html2text makes of it. `None` if it finds no way to.
    pub fn lines(self) -> Option<Vec<Vec<Run>>> {
        let drawing = Rc::new(self.drawing);
        let config = with_decorator(Pen(drawing.clone()))
            .use_doc_css()
            .allow_width_overflow()
            .unicode_strikeout(false)
            .min_wrap_width((self.page.room / 4).clamp(1, LONGEST_WORD));
        let lines = config
            .lines_from_read(self.html.as_bytes(), self.page.room.max(NARROWEST))
            .ok()?;
        let runs = |line| runs(&line, &self.stand_ins, &drawing);
        Some(lines.into_iter().map(runs).collect())
    }
}
