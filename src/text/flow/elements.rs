//! What each element does to the flow.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::Text;

use super::super::blocks::Content;
use super::super::html::{Declared, Element, Mark, NodeId, is_list_paragraph, is_pixel, is_unseen, mark};
use super::super::lines::{Part, Role};
use super::super::truncate;
use super::here::{Display, Here, display};
use super::{Apart, Flow};

/// The cells that an image's description may take.
pub(super) const MAX_DESCRIPTION: usize = 240;
/// The cells by which a `<blockquote>` that does not quote is indented.
const INDENT: u16 = 4;
/// What Office writes below its guess at what an image shows.
const GUESSED: [&str; 2] = [
    "Description automatically generated",
    "AI-generated content may be incorrect.",
];

impl Flow<'_> {
    pub(super) fn element(&mut self, node: NodeId, element: &Element, here: Here) {
        let style = self.sheet.style_of(node, element);
        let is_marker = (style.list_marker && here.skips_markers) || here.skipped == Some(node);
        if is_unseen(element, &style) || is_marker {
            return;
        }
        let mut inside = here.inside(element, &style);
        let found = self.dom.and_then(|dom| mark(dom, node, element, &style));
        match element.name() {
            // A label below a small image, in a row that is one line.
            "br" if found == Some(Mark::SignatureFollows) => {
                self.break_line();
                self.signed = Some(self.quote);
                return;
            }
            "br" if here.in_line => return self.set_apart(Apart::Word),
            "br" => return self.break_line(),
            "hr" if found.is_none() => return self.rule(&inside),
            "blockquote" if found.is_none() => {
                inside.indent = inside.indent.saturating_add(INDENT);
            }
            "img" => return self.image(element, &style, &inside),
            "area" => return self.area(element, &inside),
            "input" => return self.input(element, &inside),
            "wbr" => return self.say("\u{200b}", &inside),
            _ => {}
        }
        let display = display(element, &style, &here);
        let is_block = display != Display::Inline || found.is_some();
        let is_apart = style.apart || style.inline_block && element.name() == "a";
        if is_block {
            self.edge(display == Display::Spaced);
        } else if is_apart {
            self.set_apart(Apart::Word);
        }
        let before = self.said_so_far();
        match found {
            Some(found) => self.marked(found, node, inside),
            None => self.content(node, element, &style, inside),
        }
        if is_block {
            let is_spacer = before == self.said_so_far() && is_tall(element, &style);
            self.edge(display == Display::Spaced || is_spacer);
            // What stands beside a column of several lines is about something else.
            self.gap |= style.inline_block && self.blocks.len() > before.0 + 1;
        } else if is_apart {
            self.set_apart(Apart::Word);
        }
    }

    fn content(&mut self, node: NodeId, element: &Element, style: &Declared, here: Here) {
        match element.name() {
            "a" => self.link(node, element, here),
            "ul" | "ol" | "menu" | "dir" => self.list(node, element, style, here),
            "li" => self.item(node, "•", here),
            "dd" => self.children(
                node,
                Here {
                    indent: here.indent.saturating_add(2),
                    ..here
                },
            ),
            "table" => self.table(node, element, here),
            "tr" => self.layout_row(node, here),
            "td" | "th" if here.in_row => {
                self.set_apart(Apart::Cell);
                self.children(
                    node,
                    Here {
                        in_row: false,
                        in_line: true,
                        ..here
                    },
                );
            }
            "sup" | "sub" => self.raised(node, element.name() == "sup", here),
            "q" => {
                self.say("“", &here);
                self.children(node, here);
                self.say("”", &here);
            }
            _ if style.list_level.is_some() => self.word_item(node, style.list_level.unwrap_or(1), here),
            "p" if is_list_paragraph(element) => self.bare_word_item(node, style, here),
            _ => self.children(node, here),
        }
    }

    /// An element that a mail program has marked.
    fn marked(&mut self, found: Mark, node: NodeId, here: Here) {
        let quote = self.quote;
        match found {
            Mark::Quote => {
                let fresh = std::mem::replace(&mut self.fresh, true);
                self.quote = quote.saturating_add(1);
                self.children(node, here);
                self.edge(false);
                self.quote = quote;
                self.fresh &= fresh;
            }
            Mark::Quotes => self.children(node, here),
            Mark::HistoryFollows | Mark::HistoryHeader => {
                if !self.fresh {
                    self.quote = quote.saturating_add(1);
                    self.fresh = true;
                }
                let part = if found == Mark::HistoryHeader {
                    Part::QuoteHeader
                } else {
                    here.part
                };
                self.children(node, Here { part, ..here });
            }
            Mark::HeaderBefore | Mark::HeaderInside => {
                let is_outside = found == Mark::HeaderBefore || self.is_in_quotes(node);
                self.quote = quote.saturating_add(u8::from(is_outside)).max(1);
                self.children(
                    node,
                    Here {
                        part: Part::QuoteHeader,
                        ..here
                    },
                );
                self.edge(false);
                self.quote = quote;
            }
            Mark::Signature => self.children(
                node,
                Here {
                    part: Part::Signature,
                    ..here
                },
            ),
            Mark::SignatureFollows => {
                self.children(node, here);
                self.signed = Some(quote);
            }
            Mark::PlainText => self.children(
                node,
                Here {
                    text_mail: true,
                    ..here
                },
            ),
        }
    }

    /// Whether the parent holds quotes, and is none itself.
    fn is_in_quotes(&self, node: NodeId) -> bool {
        let Some(dom) = self.dom else { return false };
        let parent = dom.parent(node).and_then(|parent| Some((parent, dom.element(parent)?)));
        parent.is_some_and(|(parent, element)| mark(dom, parent, element, &Declared::default()) == Some(Mark::Quotes))
    }

    fn image(&mut self, element: &Element, style: &Declared, here: &Here) {
        let described = element.attribute("alt").map(Text::new);
        let is_decoration = described.is_none() && matches!(element.attribute("role"), Some("presentation" | "none"));
        if is_pixel(element) {
            // Before there were style sheets, they kept things apart.
            self.gap |= self.words.is_blank() && is_tall(element, style);
            return;
        }
        if is_decoration || here.no_size && style.no_size.is_none() && described.is_none() {
            self.bare_picture |= is_decoration && here.link > 0;
            return;
        }
        let described = described.or_else(|| {
            element
                .attribute("title")
                .map(Text::new)
                .filter(|title| !title.is_empty())
        });
        let description = match &described {
            // An empty description says that the image only decorates.
            Some(text) if text.is_empty() => {
                self.bare_picture |= here.link > 0;
                return;
            }
            // An emoji sent as an image.
            Some(text) if !text.as_str().is_ascii() && text.as_str().graphemes(true).count() == 1 => {
                return self.say(text.as_str(), here);
            }
            Some(text) => format!("[{}]", truncate(&description(text.as_str()), MAX_DESCRIPTION)),
            None => self.without_description(),
        };
        self.space(here);
        // Many in a row say no more than one, unless they lead somewhere.
        let before = if here.link > 0 { &self.label } else { self.words.text() };
        if described.is_none() && before.trim_end().ends_with(&description) {
            return;
        }
        let role = if here.link > 0 { here.role() } else { Role::Image };
        if here.link > 0 {
            self.label.push_str(&description);
        }
        self.push(&description, role, here);
    }

    fn input(&mut self, element: &Element, here: &Here) {
        let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let checked = element.attribute("checked").is_some();
        match kind.as_str() {
            "checkbox" | "radio" => self.say(if checked { "[x]" } else { "[ ]" }, here),
            "submit" | "button" | "reset" => {
                let label = Text::new(element.attribute("value").unwrap_or_default());
                if label.is_empty() {
                    return;
                }
                self.set_apart(Apart::Word);
                self.say(&format!("[{}]", description(label.as_str())), here);
            }
            _ => return,
        }
        self.space(here);
    }

    fn rule(&mut self, here: &Here) {
        self.edge(false);
        // Outlook draws one between an answer and its header: the quote says that already.
        if !self.fresh {
            self.add(Content::Rule, here);
        }
    }

    /// Superscript and subscript, so that 10³ is not read as 103.
    fn raised(&mut self, node: NodeId, up: bool, here: Here) {
        let before = self.words.text().len();
        let blocks = self.blocks.len();
        self.children(node, here);
        if blocks != self.blocks.len() {
            return;
        }
        let text = self.words.text().get(before..).unwrap_or_default().to_owned();
        if let Some(raised) = raised_digits(&text, up) {
            self.words.replace_end(before, &raised, here.role());
        }
    }
}

/// Whether an element takes up the height of a line, even with nothing in it.
fn is_tall(element: &Element, style: &Declared) -> bool {
    const LINE: f64 = 8.0;
    let sizes = matches!(element.name(), "td" | "th" | "tr" | "table" | "img").then(|| element.attribute("height"));
    let height = sizes
        .flatten()
        .and_then(|height| height.trim().trim_end_matches("px").parse().ok());
    style.tall || height.is_some_and(|height: f64| height >= LINE)
}

/// An image's description on one line, without what Office adds to it.
pub(super) fn description(text: &str) -> String {
    let said = GUESSED
        .iter()
        .fold(text.trim(), |said, guess| said.trim_end_matches(guess).trim_end());
    let words: Vec<&str> = said.split_whitespace().collect();
    if words.is_empty() {
        "image".to_owned()
    } else {
        words.join(" ")
    }
}

/// The digits and signs of `text` in their raised or lowered form; `None` if it has others.
fn raised_digits(text: &str, up: bool) -> Option<String> {
    const PLAIN: &str = "0123456789+-";
    const UP: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
    const DOWN: &str = "₀₁₂₃₄₅₆₇₈₉₊₋";
    let forms = if up { UP } else { DOWN };
    let raise = |c: char| forms.chars().nth(PLAIN.find(c)?);
    if text.is_empty() {
        None
    } else {
        text.chars().map(raise).collect()
    }
}
