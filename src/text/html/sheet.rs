//! What a mail's style sheets hide: rules for a class or an id that hold on every screen.

use std::collections::HashSet;

use super::dom::{Data, Dom, Element};
use super::style::declared;

/// The classes and ids that a document's `<style>` elements hide.
#[derive(Debug, Default)]
pub struct Sheet {
    /// With their `.` or `#`, after the element's name if the rule has one.
    hidden: HashSet<String>,
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

    /// Whether a rule hides the element.
    pub fn hides(&self, element: &Element) -> bool {
        if self.hidden.is_empty() {
            return false;
        }
        let is_named = |selector: String| {
            self.hidden.contains(&selector) || self.hidden.contains(&format!("{}{selector}", element.name()))
        };
        let mut classes = element.attribute("class").unwrap_or_default().split_ascii_whitespace();
        classes.any(|class| is_named(format!(".{class}")))
            || element.attribute("id").is_some_and(|id| is_named(format!("#{id}")))
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
            if declared(declarations).hidden {
                let simple = head.split(',').map(str::trim).filter(|selector| is_simple(selector));
                self.hidden.extend(simple.map(str::to_owned));
            }
            rest = after;
        }
    }
}

/// A class or an id, with or without an element's name in front: `.a`, `#a`, `div.a`.
fn is_simple(selector: &str) -> bool {
    let Some((element, name)) = selector.split_once(['.', '#']) else {
        return false;
    };
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    is_name(element) && is_name(name) && !name.is_empty()
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
        let mut hidden: Vec<_> = sheet.hidden.into_iter().collect();
        hidden.sort();
        assert_eq!(hidden, ["#c", ".a", ".g", ".open", "div.b"]);
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
