//! From the tree to blocks: what is said, in reading order, with the layout of the page taken away.

mod bulleted;
mod data;
mod elements;
mod here;
mod links;
mod lists;
mod pictures;
mod tables;

use std::collections::HashSet;

use crate::domain::Prose;

use super::blocks::{Block, Content, Document, Words};
use super::html::{Data, Dom, NodeId, Parsed, Sheet, beginning};
use super::lines::{Part, Role};
use super::links::{Links, addresses, may_hold_addresses};
use super::visible::is_blank;
use here::Here;
use pictures::is_said_again;

/// The size of letters where nothing is said, in pixels.
const USUAL_SIZE: u16 = 16;

/// Deeper than this, elements count as nothing but their text.
const MAX_DEPTH: u16 = 400;

/// The blocks of an HTML body.
pub fn html(parsed: &Parsed, is_markup: bool) -> Document {
    let dom = &parsed.dom;
    let mut flow = Flow {
        with_tables: data::holding_tables(dom),
        links: Links::from(base(dom)),
        sheet: Sheet::of(dom),
        ..Flow::over(Some(dom))
    };
    // A body without a single tag is text that somebody called HTML: its line breaks are meant.
    let here = Here {
        keeps_space: !is_markup,
        text_mail: !is_markup,
        size: USUAL_SIZE,
        ..Here::default()
    };
    flow.children(dom.root(), here);
    flow.finish(parsed.cut)
}

/// What links without a host are to be read after.
fn base(dom: &Dom) -> Option<&str> {
    let mut bases = dom.elements().filter(|(_, element)| element.name() == "base");
    bases.find_map(|(_, element)| element.attribute("href"))
}

/// The blocks of a plain text body.
pub fn plain(text: &Prose) -> Document {
    let mut flow = Flow::over(None);
    let start = beginning(text.as_str());
    flow.say_lines(
        start,
        &Here {
            keeps_space: true,
            text_mail: true,
            size: USUAL_SIZE,
            ..Here::default()
        },
    );
    flow.finish(start.len() < text.as_str().len())
}

/// The walk over the tree, and what it has found so far.
#[derive(Default)]
struct Flow<'a> {
    dom: Option<&'a Dom>,
    /// The tables that hold tables, which therefore only place them.
    with_tables: HashSet<NodeId>,
    /// What style sheets hide.
    sheet: Sheet<'a>,
    blocks: Vec<Block>,
    links: Links,
    /// The line being said, and where it began.
    words: Words,
    begun: Here,
    /// What keeps the next word apart from the last.
    apart: Option<Apart>,
    /// Whether an empty line comes before the next block.
    gap: bool,
    /// The bullets that wait for the line they stand in front of.
    marker: String,
    /// Whether an empty line comes before the item that `marker` begins.
    gap_before_marker: bool,
    quote: u8,
    /// Whether what was answered has just begun and nothing of it is said, so that another mark of it means the same.
    fresh: bool,
    /// How deep the signature is quoted that has begun and goes on until the quoting changes.
    signed: Option<u8>,
    /// What is said in the link around.
    label: String,
    /// Whether there is a picture in the link around that says nothing.
    bare_picture: bool,
    /// What stands for a picture without a description in the link around, where that has no words.
    instead: Option<String>,
    /// Where the links with words go, once somebody has asked.
    worded: Option<HashSet<&'a str>>,
}

/// What keeps a word apart from the one before, with no space between them in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Apart {
    /// Room at the sides of an element.
    Word,
    /// The border between two cells of a row that is one line.
    Cell,
}

impl<'a> Flow<'a> {
    fn over(dom: Option<&'a Dom>) -> Flow<'a> {
        Flow { dom, ..Flow::default() }
    }

    fn finish(mut self, cut: bool) -> Document {
        self.end_line();
        Document {
            blocks: self.blocks,
            links: self.links,
            cut,
        }
    }

    fn children(&mut self, node: NodeId, here: Here) {
        let Some(dom) = self.dom else { return };
        if here.depth > MAX_DEPTH {
            let texts = dom.descendants(node).filter_map(|below| match dom.data(below) {
                Data::Text(text) => Some(text),
                _ => None,
            });
            return texts.for_each(|text| self.text(text, &here));
        }
        for child in dom.children(node) {
            self.node(child, here);
        }
    }

    fn node(&mut self, node: NodeId, here: Here) {
        let Some(dom) = self.dom else { return };
        match dom.data(node) {
            Data::Text(text) => self.text(text, &here),
            Data::Element(element) => self.element(node, element, here),
            Data::Root => {}
        }
    }

    /// Says a text node. This is where outside text comes in, and where it is cleaned.
    fn text(&mut self, raw: &str, here: &Here) {
        if here.no_size || here.no_ink || here.unseen || here.is_blended() && self.sheet.tells_colours() {
            return;
        }
        let text = Prose::new(raw);
        if here.keeps_space {
            return self.say_lines(text.as_str(), here);
        }
        let is_plain = here.link == 0 && !may_hold_addresses(text.as_str());
        for (index, word) in text.as_str().split([' ', '\n']).enumerate() {
            if index > 0 {
                self.space(here);
            }
            if is_plain {
                self.push(word, here.role(), here);
            } else {
                self.say(word, here);
            }
        }
    }

    /// Says clean text, line by line.
    fn say_lines(&mut self, text: &str, here: &Here) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.break_line();
            }
            self.say(line, here);
        }
    }

    /// A space, unless there is one or the line has not begun.
    fn space(&mut self, here: &Here) {
        if !self.words.text().is_empty() && !self.words.text().ends_with(' ') {
            self.label.push(' ');
            self.words.push(" ", self.role(here));
        }
    }

    /// Says clean text without line breaks; addresses in it become links.
    fn say(&mut self, text: &str, here: &Here) {
        if here.link > 0 {
            if self.apart.is_some() && !text.is_empty() && !self.label.is_empty() && !self.label.ends_with(' ') {
                self.label.push(' ');
            }
            self.label.push_str(text);
            return self.push(text, self.role(here), here);
        }
        let mut said = 0;
        for (range, target) in addresses(text) {
            let written = text.get(range.clone()).unwrap_or_default();
            let Some(number) = self.links.number(&target) else {
                continue;
            };
            self.links.label(number, written);
            self.push(text.get(said..range.start).unwrap_or_default(), here.role(), here);
            self.push(written, Role::Link(number), here);
            self.push(&number_text(number), Role::LinkNumber(number), here);
            said = range.end;
        }
        self.push(text.get(said..).unwrap_or_default(), here.role(), here);
    }

    /// The role of text said here. Blanks at the beginning of a link are not yet part of it: there may be nothing else.
    fn role(&self, here: &Here) -> Role {
        let is_linked = here.link > 0 && !self.label.chars().all(is_blank);
        Here {
            link: if is_linked { here.link } else { 0 },
            ..*here
        }
        .role()
    }

    fn push(&mut self, text: &str, role: Role, here: &Here) {
        let is_blank_text = text.chars().all(is_blank);
        if text.is_empty() || is_blank_text && self.apart == Some(Apart::Cell) {
            return;
        }
        self.keep_apart(text);
        if self.words.text().is_empty() {
            self.begun = *here;
        } else if self.words.is_blank() {
            self.begun.size = here.size;
        } else if !is_blank_text {
            self.begun.size = self.begun.size.min(here.size);
        }
        if self.fresh && here.part != Part::QuoteHeader && !is_blank_text {
            self.fresh = false;
        }
        self.words.push(text, role);
    }

    fn set_apart(&mut self, apart: Apart) {
        if self.words.is_blank() {
            // Nothing to be kept apart from.
            self.words = Words::default();
            self.apart = None;
        } else if self.apart != Some(Apart::Cell) {
            self.apart = Some(apart);
        }
    }

    /// Puts what keeps `text` apart before it.
    fn keep_apart(&mut self, text: &str) {
        let opens = |c: char| is_blank(c) || "(“„‘«¿¡-–/@#_".contains(c);
        let closes = |c: char| is_blank(c) || ")”’»,.;:!?%…-–/'".contains(c);
        match self.apart.take() {
            Some(Apart::Cell) => {
                self.words.pop_space();
                self.words.push("  ", Role::Plain);
            }
            Some(Apart::Word) if !self.words.text().ends_with(opens) && !text.starts_with(closes) => {
                self.words.push(" ", Role::Plain);
            }
            _ => {}
        }
    }

    /// How much is said, to tell whether an element says anything.
    fn said_so_far(&self) -> (usize, usize) {
        (self.blocks.len(), self.words.text().len())
    }

    /// A line break that the author made: an empty line if the line is empty.
    fn break_line(&mut self) {
        self.gap |= !self.end_line();
    }

    /// The edge of a block.
    fn edge(&mut self, with_gap: bool) {
        self.end_line();
        self.gap |= with_gap;
    }

    /// Ends the line; whether there was one.
    fn end_line(&mut self) -> bool {
        let mut words = std::mem::take(&mut self.words);
        self.apart = None;
        if !self.begun.keeps_space {
            words.drop_padding();
        }
        if words.text().is_empty() {
            return false;
        }
        if words.is_blank() {
            self.gap = true;
        } else {
            let here = self.begun;
            self.add(Content::Words(words), &here);
        }
        true
    }

    fn add(&mut self, content: Content, here: &Here) {
        self.signed = self.signed.filter(|quote| *quote == self.quote);
        let part = match here.part {
            Part::Body if self.signed.is_some() => Part::Signature,
            part => part,
        };
        if let Content::Words(words) = &content
            && self.joins_pictures(words, part, here)
        {
            self.gap = false;
            return;
        }
        if let Content::Words(words) = &content
            && let Some(picture) = self
                .blocks
                .pop_if(|last| is_said_again(last, words) && last.quote == self.quote)
        {
            self.gap = picture.gap;
            self.marker.insert_str(0, &picture.marker);
        }
        let gap = std::mem::take(&mut self.gap);
        let gap = if self.marker.is_empty() {
            gap
        } else {
            self.gap_before_marker
        };
        self.blocks.push(Block {
            quote: self.quote,
            part,
            indent: here.indent,
            marker: std::mem::take(&mut self.marker),
            gap: gap && !self.blocks.is_empty(),
            size: here.size,
            text_mail: here.text_mail,
            extract: here.extract,
            content,
        });
    }
}

/// What stands after a link: its number, kept on its line by a hard space.
fn number_text(number: u16) -> String {
    format!("\u{a0}[{number}]")
}
