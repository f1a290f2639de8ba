//! Lists: HTML's, and the ones that Word writes as paragraphs.

use crate::domain::Text;

use super::super::cells;
use super::super::html::{Data, Element, NodeId, declared, is_unseen};
use super::Flow;
use super::here::Here;

/// Bullets by how deep the list is.
const BULLETS: [&str; 3] = ["•", "◦", "▪"];

impl Flow<'_> {
    pub(super) fn list(&mut self, node: NodeId, element: &Element, here: Here) {
        let Some(dom) = self.dom else { return };
        let numbered = element.name() == "ol";
        let style = element.attribute("type").unwrap_or("1");
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
                self.node(child, here);
                continue;
            };
            let item_style = item.attribute("style").map(declared).unwrap_or_default();
            if is_unseen(item, &item_style, &self.sheet) {
                continue;
            }
            let inside = here.inside(item, &item_style);
            number = item
                .attribute("value")
                .and_then(|value| value.trim().parse().ok())
                .unwrap_or(number);
            if numbered {
                self.item(child, &format!("{}.", ordinal(number, style)), inside);
            } else {
                self.item(child, bullet, inside);
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

/// A list number in the style that `<ol type>` names.
fn ordinal(number: i64, style: &str) -> String {
    let in_letters = |first: u8| letters(number, first);
    match style {
        "a" => in_letters(b'a'),
        "A" => in_letters(b'A'),
        "i" => roman(number).map(|roman| roman.to_lowercase()),
        "I" => roman(number),
        _ => None,
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
