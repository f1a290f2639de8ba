//! Lists that are made of tables: a bullet in one cell of a row, and beside it what it stands for.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::Text;

use super::super::html::{Data, Dom, Element, NodeId, is_unseen};
use super::super::visible::is_blank;
use super::Flow;
use super::here::Here;
use super::tables::is_cell;

impl Flow<'_> {
    /// A row that is an item of a list.
    pub(super) fn bulleted_row(&mut self, node: NodeId, marker: &str, here: Here) {
        let Some(cell) = self.dom.and_then(|dom| dom.element(node)) else {
            return;
        };
        let style = self.sheet.style_of(node, cell);
        if !is_unseen(cell, &style) {
            self.item(node, marker, here.inside(cell, &style));
        }
    }
}

/// The bullet or number of a row that is an item of a list, and the cell in which the item is: newsletters make lists of
/// tables, since mail programs draw these alike.
pub fn bulleted(dom: &Dom, row: NodeId) -> Option<(String, NodeId)> {
    let cells = dom.children(row).filter(|cell| dom.element(*cell).is_some_and(is_cell));
    let mut said = cells.filter(|cell| says_something(dom, *cell));
    let (bullet, item) = (said.next()?, said.next()?);
    let marker = bullet_in(dom, bullet)?;
    said.next().is_none().then_some((marker, item))
}

/// Whether there is text in a cell, or a picture.
fn says_something(dom: &Dom, cell: NodeId) -> bool {
    /// What is in more is no spacer.
    const LOOKED_AT: usize = 32;
    let mut seen = 0;
    dom.descendants(cell).take(LOOKED_AT).any(|below| {
        seen += 1;
        match dom.data(below) {
            Data::Text(text) => !text.chars().all(is_blank),
            Data::Element(element) => element.name() == "img" || seen == LOOKED_AT,
            Data::Root => false,
        }
    })
}

/// The bullet or the number that is all there is in a cell.
fn bullet_in(dom: &Dom, cell: NodeId) -> Option<String> {
    /// A bullet within a paragraph within a font within spans.
    const LOOKED_AT: usize = 12;
    /// Bytes of "viii." and of an emoji of several parts.
    const LONGEST: usize = 20;
    let mut written = String::new();
    for (index, below) in dom.descendants(cell).enumerate() {
        match dom.data(below) {
            Data::Text(text) => written.extend(text.chars().filter(|c| !is_blank(*c)).take(LONGEST)),
            Data::Element(element) if !may_be_around_bullet(element) => return None,
            _ => {}
        }
        if index > LOOKED_AT || written.len() > LONGEST {
            return None;
        }
    }
    let marker = Text::new(&written).as_str().to_owned();
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_ascii_punctuation() || matches!(c, '-' | '*' | '>');
    let is_bullet = marker.graphemes(true).count() == 1 && marker.starts_with(is_sign);
    let number = marker.strip_suffix(['.', ')']).unwrap_or(&marker);
    let is_number = number.len() <= 2 && is_bare_number(number);
    (is_bullet || is_number).then_some(marker)
}

/// Whether an element may stand around a bullet: it does nothing but set letters, or is the mark of a footnote.
fn may_be_around_bullet(element: &Element) -> bool {
    let leads_into_page = || element.attribute("href").is_none_or(|href| href.starts_with('#'));
    match element.name() {
        "p" | "div" | "span" | "font" | "b" | "strong" | "sup" | "br" => true,
        "a" => leads_into_page(),
        _ => false,
    }
}

fn is_bare_number(marker: &str) -> bool {
    !marker.is_empty() && marker.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether all rows of a table that say something are items of a list. Numbers alone count something, but for 1, 2, 3.
pub fn is_list(dom: &Dom, table: NodeId) -> bool {
    let rows = dom
        .descendants(table)
        .filter(|row| dom.element(*row).is_some_and(|row| row.name() == "tr"));
    let rows = rows.filter(|row| dom.children(*row).any(|cell| says_something(dom, cell)));
    let mut items = rows.zip(1_u32..).map(|(row, number)| (bulleted(dom, row), number));
    items.all(|(item, number)| item.is_some_and(|(marker, _)| !is_bare_number(&marker) || marker.parse() == Ok(number)))
}
