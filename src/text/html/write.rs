//! A tree back to source: what can be seen, for quoting it.

use crate::domain::{Prose, Text};

use super::dom::{Data, Dom, Element, NodeId};
use super::seen::{is_pixel, is_unseen};
use super::sheet::Sheet;

/// The attributes that go along.
const WRITTEN: [&str; 5] = ["href", "colspan", "rowspan", "start", "dir"];

/// The document's source again, without what cannot be seen, with images replaced by their descriptions, and with no more
/// than about `limit` bytes. It is as untrusted as before.
pub fn source(dom: &Dom, limit: usize) -> String {
    let sheet = Sheet::of(dom);
    let mut written = String::new();
    let mut open: Vec<(&str, NodeId)> = Vec::new();
    let mut next = dom.children(dom.root()).next();
    loop {
        let Some(node) = next.filter(|_| written.len() < limit) else {
            // Nothing more in here: close it, and go on after it.
            let Some((name, node)) = open.pop() else { return written };
            written.push_str(&format!("</{name}>"));
            next = dom.next(node);
            continue;
        };
        next = match dom.data(node) {
            Data::Element(element) if is_written(node, element, &sheet) => {
                begin(&mut written, element);
                open.push((element.name(), node));
                dom.children(node).next()
            }
            Data::Element(element) => {
                written.push_str(&instead_of(element));
                dom.next(node)
            }
            Data::Text(text) => {
                written.push_str(&escape(Prose::new(text).as_str()));
                dom.next(node)
            }
            Data::Root => dom.next(node),
        };
    }
}

/// `text` with the characters that mean something in HTML escaped.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn is_written<'a>(node: NodeId, element: &'a Element, sheet: &Sheet<'a>) -> bool {
    let is_plain_name = element.name().bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_void = matches!(
        element.name(),
        "br" | "hr" | "img" | "input" | "wbr" | "col" | "area" | "embed"
    );
    is_plain_name && !is_void && !is_unseen(element, &sheet.style_of(node, element))
}

fn begin(written: &mut String, element: &Element) {
    written.push('<');
    written.push_str(element.name());
    for name in WRITTEN {
        if let Some(value) = element.attribute(name) {
            written.push_str(&format!(" {name}=\"{}\"", escape(Text::new(value).as_str())));
        }
    }
    written.push('>');
}

fn instead_of(element: &Element) -> String {
    match element.name() {
        name @ ("br" | "hr" | "wbr") => format!("<{name}>"),
        "img" if !is_pixel(element) => match element.attribute("alt").map(Text::new) {
            Some(text) if text.is_empty() => String::new(),
            Some(text) => format!("[{}]", escape(text.as_str())),
            None => "[image]".to_owned(),
        },
        _ => String::new(),
    }
}
