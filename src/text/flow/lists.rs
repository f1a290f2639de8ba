//! Lists: HTML's, and the ones that Word writes as paragraphs.

use crate::domain::Text;

use super::super::cells;
use super::super::html::{Data, Declared, Element, ListStyle, NodeId, declared, is_unseen};
use super::super::visible::is_blank;
use super::Flow;
use super::here::Here;

/// Bullets by how deep the list is.
const BULLETS: [&str; 3] = ["•", "◦", "▪"];

fn is_list(element: &Element) -> bool {
    matches!(element.name(), "ul" | "ol" | "menu" | "dir")
}

impl<'a> Flow<'a> {
    pub(super) fn list(&mut self, node: NodeId, element: &'a Element, style: &Declared, here: Here) {
        let Some(dom) = self.dom else { return };
        let kind = element.attribute("type").filter(|_| element.name() == "ol");
        let usual = if element.name() == "ol" {
            Some(ListStyle::Numbers)
        } else {
            None
        };
        let kind = style.list_style.or_else(|| kind.map(ListStyle::of_type)).or(usual);
        let mut number = element
            .attribute("start")
            .and_then(|start| start.trim().parse().ok())
            .unwrap_or(1_i64);
        let bullet = BULLETS.iter().cycle().nth(usize::from(here.lists)).unwrap_or(&"•");
        let here = Here {
            lists: here.lists.saturating_add(1),
            ..here
        };
        for child in dom.children(node) {
            let Some(item) = dom.element(child).filter(|item| item.name() == "li") else {
                // Outlook puts a list right into another, beside its items.
                let is_list = dom.element(child).is_some_and(is_list);
                let room = if kind.is_some_and(|kind| kind != ListStyle::Nothing) {
                    3
                } else {
                    2
                };
                let indent = here.indent.saturating_add(if is_list { room } else { 0 });
                self.node(child, Here { indent, ..here });
                continue;
            };
            let item_style = self.sheet.style_of(child, item);
            if is_unseen(item, &item_style) {
                continue;
            }
            let inside = here.inside(item, &item_style);
            number = item
                .attribute("value")
                .and_then(|value| value.trim().parse().ok())
                .unwrap_or(number);
            match item_style.list_style.or(kind) {
                Some(ListStyle::Nothing) => {
                    self.edge(false);
                    self.children(child, inside);
                    self.edge(false);
                }
                Some(kind) => self.item(child, &format!("{}.", ordinal(number, kind)), inside),
                None => self.item(child, bullet, inside),
            }
            number = number.saturating_add(1);
        }
    }

    /// A list item with its bullet or number.
    pub(super) fn item(&mut self, node: NodeId, marker: &str, here: Here) {
        self.edge(false);
        if self.marker.is_empty() {
            self.gap_before_marker = self.gap;
        }
        self.marker.push_str(marker);
        self.marker.push(' ');
        let room = u16::try_from(cells(marker) + 1).unwrap_or(u16::MAX);
        let here = Here {
            indent: here.indent.saturating_add(room),
            lists: here.lists.max(1),
            ..here
        };
        self.children(node, here);
        self.edge(false);
        self.marker.clear();
    }

    /// A paragraph that is an item of one of Word's lists, its marker written out in a span of its own.
    pub(super) fn word_item(&mut self, node: NodeId, level: u8, here: Here) {
        let level = level.clamp(1, 9);
        let marker = self.written_marker(node).unwrap_or_else(|| "•".to_owned());
        let indent = here.indent.saturating_add(u16::from(level - 1) * 2);
        self.item(
            node,
            &marker,
            Here {
                indent,
                skips_markers: true,
                ..here
            },
        );
    }

    fn written_marker(&self, node: NodeId) -> Option<String> {
        let dom = self.dom?;
        let span = dom.descendants(node).find(|&below| {
            let style = dom.element(below).and_then(|element| element.attribute("style"));
            style.is_some_and(|style| declared(style).list_marker)
        })?;
        self.marker_in(span)
    }

    /// A paragraph of one of Word's lists of which only the looks are left, as Gmail quotes them: the marker stands first,
    /// and in it spaces of seven points.
    pub(super) fn bare_word_item(&mut self, node: NodeId, style: &Declared, here: Here) {
        /// What Word indents each level by: half an inch.
        const LEVEL: u16 = 48;
        let found = self
            .bare_marker(node)
            .and_then(|span| Some((span, self.marker_in(span)?)));
        let Some((span, marker)) = found else {
            return self.children(node, here);
        };
        let level = (style.indent / LEVEL).clamp(1, 9);
        let here = Here {
            indent: here.indent.saturating_add((level - 1) * 2),
            skipped: Some(span),
            ..here
        };
        self.item(node, &marker, here);
    }

    fn bare_marker(&self, node: NodeId) -> Option<NodeId> {
        /// The marker is among the first.
        const LOOKED_AT: usize = 16;
        let dom = self.dom?;
        let is_filler = |below: &NodeId| {
            let style = dom.element(*below).and_then(|element| element.attribute("style"));
            style.is_some_and(|style| style.contains("font:7"))
        };
        let filler = dom.descendants(node).take(LOOKED_AT).find(is_filler)?;
        let span = dom.parent(filler).filter(|span| *span != node)?;
        let is_first = dom
            .descendants(node)
            .take_while(|&below| below != span)
            .all(|below| match dom.data(below) {
                Data::Text(text) => text.chars().all(is_blank),
                _ => true,
            });
        is_first.then_some(span)
    }

    /// What stands in a marker.
    fn marker_in(&self, span: NodeId) -> Option<String> {
        let dom = self.dom?;
        let texts = dom.descendants(span).filter_map(|below| match dom.data(below) {
            Data::Text(text) => Some(&**text),
            _ => None,
        });
        let written = Text::new(&texts.collect::<String>()).as_str().trim().to_owned();
        match written.as_str() {
            "" => None,
            // Letters that the symbol fonts draw as bullets.
            "·" | "o" | "§" | "Ø" | "ü" | "v" | "q" | "\u{f0b7}" | "\u{f0a7}" | "\u{f0d8}" => Some("•".to_owned()),
            _ if cells(&written) > 8 => None,
            _ => Some(written),
        }
    }
}

/// A list number in a style.
fn ordinal(number: i64, style: ListStyle) -> String {
    match style {
        ListStyle::Letters => letters(number, b'a'),
        ListStyle::Capitals => letters(number, b'A'),
        ListStyle::Roman => roman(number).map(|roman| roman.to_lowercase()),
        ListStyle::RomanCapitals => roman(number),
        ListStyle::Numbers | ListStyle::Nothing => None,
    }
    .unwrap_or_else(|| number.to_string())
}

/// a, b, …, z, aa, ab, …
fn letters(number: i64, first: u8) -> Option<String> {
    let mut rest = u64::try_from(number).ok().filter(|&number| number > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).ok()?;
        letters.push(char::from(first + digit));
        rest = (rest - 1) / 26;
    }
    Some(letters.into_iter().rev().collect())
}

fn roman(number: i64) -> Option<String> {
    const DIGITS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut roman = String::new();
    for (value, digit) in DIGITS {
        while rest >= value {
            roman.push_str(digit);
            rest -= value;
        }
    }
    Some(roman)
}
