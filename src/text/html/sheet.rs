//! What a mail's style sheets say by rules for an element, a class or an id that hold on every screen.

use std::collections::HashMap;

use super::dom::{Data, Dom, Element};
use super::style::{Declared, declared};

/// The rules of a document's `<style>` elements.
#[derive(Debug, Default)]
pub struct Sheet {
    /// By selector: `p`, `.class`, `#id`, `td.class`, `div#id`.
    rules: HashMap<String, Declared>,
}

impl Sheet {
    /// Reads the style sheets of a document.
    pub fn of(dom: &Dom) -> Sheet {
        let mut sheet = Sheet::default();
        for (node, _) in dom.elements().filter(|(_, element)| element.name() == "style") {
            for child in dom.children(node) {
                if let Data::Text(text) = dom.data(child) {
                    sheet.read(text);
                }
            }
        }
        sheet
    }

    /// What holds for an element: its own style over what is said for its id, its classes, and all elements of its name.
    pub fn style_of(&self, element: &Element) -> Declared {
        let own = element.attribute("style").map(declared).unwrap_or_default();
        if self.rules.is_empty() {
            return own;
        }
        let name = element.name();
        let mut style = self.rules.get(name).copied().unwrap_or_default();
        let mut says = |selector: String| {
            for selector in [format!("{name}{selector}"), selector] {
                if let Some(rule) = self.rules.get(&selector) {
                    style = style.under(*rule);
                }
            }
        };
        let classes = element.attribute("class").unwrap_or_default();
        classes
            .split_ascii_whitespace()
            .for_each(|class| says(format!(".{class}")));
        if let Some(id) = element.attribute("id") {
            says(format!("#{id}"));
        }
        style.under(own)
    }

    fn read(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some((head, body)) = rest.split_once('{') {
            let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '}').trim();
            if head.starts_with('@') {
                // Holds for some screens only, or is no rule for elements: left out with all that is in it.
                rest = after_block(body);
                continue;
            }
            let (declarations, after) = body.split_once('}').unwrap_or((body, ""));
            let said = careful(declared(declarations));
            for selector in head.split(',').map(str::trim).filter(|selector| is_simple(selector)) {
                // Nobody hides all paragraphs: the selector says more than is read here.
                let hides = said.hidden && selector.contains(['.', '#']);
                let said = Declared { hidden: hides, ..said };
                if said != Declared::default() {
                    let rule = self.rules.entry(lower_case_name(selector)).or_default();
                    *rule = rule.under(said);
                }
            }
            rest = after;
        }
    }
}

/// What of a rule is safe to believe. Letters without size or colour may get theirs again by a rule that is not read here.
fn careful(said: Declared) -> Declared {
    Declared {
        no_size: said.no_size.filter(|gone| !gone),
        font_size: said.font_size.filter(|_| said.no_size != Some(true)),
        no_ink: said.no_ink.filter(|gone| !gone),
        ..said
    }
}

/// An element's name, a class or an id, or one of these with an element's name in front: `p`, `.a`, `#a`, `div.a`.
fn is_simple(selector: &str) -> bool {
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    match selector.split_once(['.', '#']) {
        Some((element, name)) => is_name(element) && is_name(name) && !name.is_empty(),
        None => is_name(selector) && !selector.is_empty(),
    }
}

/// A selector with its element's name as elements are named here.
fn lower_case_name(selector: &str) -> String {
    let (name, rest) = selector.split_at(selector.find(['.', '#']).unwrap_or(selector.len()));
    name.to_ascii_lowercase() + rest
}

/// What follows a block, after its opening brace.
fn after_block(body: &str) -> &str {
    let mut open = 1_usize;
    for (at, brace) in body.match_indices(['{', '}']) {
        open = if brace == "{" { open + 1 } else { open - 1 };
        if open == 0 {
            return body.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

fn without_comments(css: &str) -> String {
    let css = css.replace("<!--", "").replace("-->", "");
    let mut parts = css.split("/*");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        clean.push_str(part.split_once("*/").map(|(_, after)| after).unwrap_or_default());
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_rules_that_hide_everywhere() {
        let mut sheet = Sheet::default();
        sheet.read(
            "<!-- /* .comment{display:none} */ @import url(x.css){} .a, div.b , #c{ display : none !important; color:red }\n\
             @media screen { .phone{display:none} .more{x:y} } .d p{display:none} .e:hover{display:none} .f{color:red}\n\
             p{display:none} .g{visibility:hidden} .open{display:none",
        );
        let hidden = sheet.rules.iter().filter(|(_, said)| said.hidden);
        let mut hidden: Vec<_> = hidden.map(|(selector, _)| selector.as_str()).collect();
        hidden.sort();
        assert_eq!(hidden, ["#c", ".a", ".g", ".open", "div.b"]);
    }

    #[test]
    fn rules_hold_one_over_the_other() {
        let source = "<style>P{margin:0} .title{font-size:28px} p.title{font-weight:bold} #x{margin:9px} .gone{font-size:0}\
             td p{font-size:40px}</style><p class='a title gone' id=x style='font-size:20px'>text</p><p>text</p>";
        let parsed = super::super::parse(source);
        let sheet = Sheet::of(&parsed.dom);
        let styles: Vec<_> = parsed
            .dom
            .elements()
            .filter(|(_, element)| element.name() == "p")
            .map(|(_, element)| sheet.style_of(element))
            .collect();
        let plain = Declared {
            spaced: Some(false),
            ..Declared::default()
        };
        let title = Declared {
            apart: true,
            ..declared("font-size:20px;font-weight:bold;margin:9px")
        };
        assert_eq!(styles, [title, plain]);
    }

    #[test]
    fn odd_sheets_do_no_harm() {
        for css in [
            "", "{", "}", "}}}{{{", "@", "@media{", "/*", "*/", ".a{", "{}{}{}", "<!--", "@x{{{}",
        ] {
            Sheet::default().read(css);
        }
    }
}
