//! Links, and images that are nothing but links.

use std::collections::HashSet;

use crate::domain::Text;

use super::super::html::{Data, Dom, Element, NodeId, is_pixel};
use super::super::lines::Role;
use super::super::truncate;
use super::super::visible::is_blank;
use super::elements::raised_digits;
use super::here::Here;
use super::pictures::{MAX_DESCRIPTION, description, undescribed};
use super::{Apart, Flow, number_text};

/// What a link says, it says among its first nodes.
const LOOKED_AT: usize = 64;

impl<'a> Flow<'a> {
    pub(super) fn link(&mut self, node: NodeId, element: &'a Element, here: Here) {
        let href = element.attribute("href");
        let Some(number) = href.and_then(|href| self.links.number(href)) else {
            return self.anchor(node, element, here);
        };
        if here.link == number {
            return self.children(node, here);
        }
        if matches!(self.words.last_role(), Some(Role::LinkNumber(_))) {
            self.space(&here);
        }
        // A link may stand in another, where tables are in it.
        let around = (std::mem::take(&mut self.label), std::mem::take(&mut self.bare_picture));
        let is_icon = self.dom.is_some_and(|dom| !has_words(dom, node));
        let instead = is_icon.then(|| self.undescribed(number));
        let instead = std::mem::replace(&mut self.instead, instead);
        let inside = Here { link: number, ..here };
        self.children(node, inside);
        let is_wordless = self.label.chars().all(is_blank);
        if is_wordless && self.bare_picture && self.is_only_way(number, href) {
            self.space(&here);
            self.label = self.undescribed(number);
            self.push(&self.label.clone(), Role::Link(number), &inside);
        }
        let label = std::mem::replace(&mut self.label, around.0);
        self.bare_picture = around.1;
        self.instead = instead;
        if here.link > 0 {
            self.label.push_str(&label);
        }
        self.end_link(number, &label);
    }

    /// What stands for the image of a link without words: where it leads.
    fn undescribed(&self, number: u16) -> String {
        match self.links.destination(number) {
            Some(destination) => format!("[{}]", truncate(&destination, MAX_DESCRIPTION)),
            None => undescribed(1),
        }
    }

    /// What stands for an image that nobody has described, here.
    pub(super) fn without_description(&self) -> String {
        self.instead.clone().unwrap_or_else(|| undescribed(1))
    }

    /// A part of an image that is a link of its own.
    pub(super) fn area(&mut self, element: &Element, here: &Here) {
        let href = element.attribute("href");
        let Some(number) = href.and_then(|href| self.links.number(href)) else {
            return;
        };
        let described = ["alt", "title"].iter().find_map(|name| element.attribute(name));
        let described = described.map(Text::new).filter(|text| !text.is_empty());
        let label = match described {
            Some(text) => format!("[{}]", truncate(&description(text.as_str()), MAX_DESCRIPTION)),
            None if self.is_only_way(number, href) => self.undescribed(number),
            None => return self.links.forget(number),
        };
        self.set_apart(Apart::Word);
        self.push(&label, Role::Link(number), here);
        self.end_link(number, &label);
    }

    /// Puts its number after a link, or takes that back where nothing of the link is seen.
    fn end_link(&mut self, number: u16, label: &str) {
        if label.chars().all(is_blank) {
            return self.links.forget(number);
        }
        self.links.label(number, label);
        // The number goes right after the linked text, which may be in a block that has ended.
        let last = self.blocks.last_mut().and_then(|block| block.words_mut());
        let words = match last {
            Some(last) if self.words.text().is_empty() => last,
            _ => &mut self.words,
        };
        let had_space = words.pop_space();
        words.push(&number_text(number), Role::LinkNumber(number));
        if had_space {
            words.push(" ", Role::Plain);
        }
    }

    /// Whether nothing before and nothing with words leads where a link does.
    fn is_only_way(&mut self, number: u16, href: Option<&str>) -> bool {
        let Some(dom) = self.dom.filter(|_| !self.links.is_labelled(number)) else {
            return false;
        };
        let worded = self.worded.get_or_insert_with(|| worded_links(dom));
        href.is_some_and(|href| !worded.contains(href))
    }

    /// A link within the page, or to nowhere. What only has a number is the mark of a footnote, and no number of a link.
    fn anchor(&mut self, node: NodeId, element: &'a Element, here: Here) {
        let before = self.words.text().len();
        self.children(node, here);
        let said = self.words.text().get(before..).unwrap_or_default();
        let is_number = !said.is_empty() && said.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && element.attribute("href").is_some_and(|href| href.starts_with('#')) {
            let note = raised_digits(said, true).unwrap_or_default();
            self.words.replace_end(before, &note, here.role());
        }
    }
}

/// Whether there is text in a link.
fn has_words(dom: &Dom, link: NodeId) -> bool {
    let mut nodes = dom.descendants(link).take(LOOKED_AT);
    nodes.any(|node| matches!(dom.data(node), Data::Text(text) if !text.chars().all(is_blank)))
}

/// Where the links go that have text in them, or an image that is described.
fn worded_links(dom: &Dom) -> HashSet<&str> {
    let says_something = |node: NodeId| match dom.data(node) {
        Data::Text(text) => !text.chars().all(is_blank),
        Data::Element(element) => {
            let is_described = || element.attribute("alt").is_none_or(|alt| !alt.trim().is_empty());
            element.name() == "img" && !is_pixel(element) && is_described()
        }
        Data::Root => false,
    };
    let links = dom.elements().filter_map(|(node, element)| {
        let href = element.attribute("href").filter(|_| element.name() == "a")?;
        dom.descendants(node)
            .take(LOOKED_AT)
            .any(says_something)
            .then_some(href)
    });
    links.collect()
}
