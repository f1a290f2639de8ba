//! What each element does to the flow.

use crate::domain::Text;

use super::super::attribution::leads_to_indented;
use super::super::blocks::{Block, Content};
use super::super::html::{Arrangement, Data, Declared, Dom, Element, Mark, NodeId, is_list_paragraph, is_unseen, mark};
use super::super::lines::Part;
use super::data::is_short_row;
use super::here::{Display, Here, display};
use super::pictures::description;
use super::{Apart, Flow};

/// The cells by which a `<blockquote>` that does not quote is indented.
const INDENT: u16 = 4;

impl<'a> Flow<'a> {
    pub(super) fn element(&mut self, node: NodeId, element: &'a Element, here: Here) {
        let style = self.sheet.style_of(node, element);
        let is_marker = (style.list_marker && here.skips_markers) || here.skipped == Some(node);
        let is_hidden = is_unseen(element, &style);
        if is_marker || is_hidden && !(style.hiding.is_only_invisible() && (here.unseen || self.shows_some(node))) {
            return;
        }
        let mut inside = here.inside(element, &style);
        inside.unseen = is_hidden || here.unseen && !style.hiding.is_visible();
        if inside.unseen {
            return self.children(node, inside);
        }
        let mut found = self.dom.and_then(|dom| mark(dom, node, element, &style));
        if element.name() == "blockquote" && found.is_none() {
            self.end_line();
            let above = self.blocks.last().and_then(Block::words);
            let is_led_to = above.is_some_and(|above| leads_to_indented(above.text().trim_end()));
            found = (self.quote > 0 || is_led_to).then_some(Mark::Quote);
        }
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
        if here.items == Some(Arrangement::Row) {
            inside.in_row = false;
        }
        if style.is_one_row() && !here.in_row {
            inside.in_row = self.dom.is_some_and(|dom| is_short_row(dom, node));
        }
        let is_block = display != Display::Inline || found.is_some();
        let apart = if is_block {
            None
        } else {
            self.apart(node, element, &style, &here)
        };
        if is_block {
            self.edge(display == Display::Spaced);
        } else if let Some(apart) = apart {
            self.set_apart(apart);
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
        } else if let Some(apart) = apart {
            self.set_apart(apart);
        }
    }

    /// Whether something in an element that is not seen says that it is to be seen all the same.
    fn shows_some(&self, node: NodeId) -> bool {
        let Some(dom) = self.dom else { return false };
        let mut inside = dom
            .descendants(node)
            .filter_map(|below| Some((below, dom.element(below)?)));
        inside.any(|(below, element)| self.sheet.style_of(below, element).hiding.is_visible())
    }

    /// What keeps an element in a line apart from the words beside it.
    fn apart(&self, node: NodeId, element: &Element, style: &Declared, here: &Here) -> Option<Apart> {
        let is_item = here.items == Some(Arrangement::Row);
        if is_item || style.aside == Some(true) && !self.dom.is_some_and(|dom| is_initial(dom, node)) {
            return Some(Apart::Cell);
        }
        (style.apart || style.inline_block && element.name() == "a").then_some(Apart::Word)
    }

    fn content(&mut self, node: NodeId, element: &'a Element, style: &Declared, here: Here) {
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
            Mark::Quote | Mark::Extract => {
                let fresh = std::mem::replace(&mut self.fresh, true);
                self.quote = quote.saturating_add(1);
                let extract = found == Mark::Extract;
                self.children(node, Here { extract, ..here });
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

    fn input(&mut self, element: &Element, here: &Here) {
        let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let checked = element.attribute("checked").is_some();
        match kind.as_str() {
            "checkbox" | "radio" => self.say(if checked { "[x]" } else { "[ ]" }, here),
            "submit" | "button" | "reset" | "image" => {
                let said = if kind == "image" { "alt" } else { "value" };
                let label = Text::new(element.attribute(said).unwrap_or_default());
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

/// Whether all that is in an element is the first letter of a text, which is large and has lines beside it.
fn is_initial(dom: &Dom, node: NodeId) -> bool {
    let texts = dom.descendants(node).take(4).filter_map(|below| match dom.data(below) {
        Data::Text(text) => Some(text),
        _ => None,
    });
    let mut letters = texts
        .flat_map(|text| text.chars())
        .filter(|c| !c.is_whitespace())
        .take(2);
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Whether an element takes up the height of a line, even with nothing in it.
pub(super) fn is_tall(element: &Element, style: &Declared) -> bool {
    const LINE: f64 = 8.0;
    let sizes = matches!(element.name(), "td" | "th" | "tr" | "table" | "img").then(|| element.attribute("height"));
    let height = sizes
        .flatten()
        .and_then(|height| height.trim().trim_end_matches("px").parse().ok());
    style.tall || height.is_some_and(|height: f64| height >= LINE)
}

/// The digits and signs of `text` in their raised or lowered form, and the marks of a trade; `None` if it has others.
pub(super) fn raised_digits(text: &str, up: bool) -> Option<String> {
    const PLAIN: &str = "0123456789+-";
    const UP: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
    const DOWN: &str = "₀₁₂₃₄₅₆₇₈₉₊₋";
    match text {
        "TM" | "tm" if up => return Some("™".to_owned()),
        "SM" | "sm" if up => return Some("℠".to_owned()),
        _ => {}
    }
    let forms = if up { UP } else { DOWN };
    let raise = |c: char| forms.chars().nth(PLAIN.find(c)?);
    if text.is_empty() {
        None
    } else {
        text.chars().map(raise).collect()
    }
}
