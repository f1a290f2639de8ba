//! What a mail's style sheets say by rules that hold on every screen: all of it for an element, a class or an id, and of
//! selectors that say more, what they hide.

use std::collections::HashMap;

use super::dom::{Data, Dom, Element, NodeId};
use super::selector::Selector;
use super::style::{Declared, Shown, declared};

/// The rules of a document's `<style>` elements.
#[derive(Debug, Default)]
pub struct Sheet {
    /// By selector: `p`, `.class`, `#id`, `td.class`, `div#id`.
    rules: HashMap<String, Declared>,
    /// By selectors that say more, as they come.
    hiding: Vec<(Selector, Shown)>,
    /// The elements that these hide, or show again.
    hidden: HashMap<NodeId, Shown>,
}

/// Selectors that say more, of which a mail has a few.
const MAX_HIDING: usize = 64;
/// Looks at elements for all of these together.
const MAX_STEPS: usize = 1 << 21;

impl Sheet {
    /// Reads the style sheets of a document.
    pub fn of(dom: &Dom) -> Sheet {
        let mut sheet = Sheet::default();
        let is_sheet =
            |element: &Element| element.name() == "style" && element.attribute("media").is_none_or(holds_on_screens);
        for (node, _) in dom.elements().filter(|(_, element)| is_sheet(element)) {
            for child in dom.children(node) {
                if let Data::Text(text) = dom.data(child) {
                    sheet.read(text);
                }
            }
        }
        sheet.hide(dom);
        sheet
    }

    /// Looks for what the selectors that say more hide.
    fn hide(&mut self, dom: &Dom) {
        if self.hiding.iter().all(|(_, shown)| shown.there) {
            return;
        }
        let mut steps = MAX_STEPS;
        for (selector, shown) in &self.hiding {
            for (node, _) in dom.elements() {
                steps = steps.saturating_sub(1);
                if steps > 0 && selector.means(dom, node, &mut steps) {
                    let before = self.hidden.get(&node).copied();
                    self.hidden
                        .extend(Shown::then(before, Some(*shown)).map(|shown| (node, shown)));
                }
            }
        }
    }

    /// What holds for an element: its own style over what is said for its id, its classes, and all elements of its name.
    pub fn style_of(&self, node: NodeId, element: &Element) -> Declared {
        let mut own = element.attribute("style").map(declared).unwrap_or_default();
        if let Some(shown) = self.hidden.get(&node) {
            own.shown = Shown::then(Some(*shown), own.shown);
        }
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
            if head.strip_prefix("@media").is_some_and(holds_on_screens) {
                rest = body;
                continue;
            }
            if head.starts_with('@') {
                // Holds for some screens only, or is no rule for elements: left out with all that is in it.
                rest = after_block(body);
                continue;
            }
            let (declarations, after) = body.split_once('}').unwrap_or((body, ""));
            let said = careful(declared(declarations));
            for selector in head.split(',').map(str::trim) {
                if !is_simple(selector) {
                    self.hides(selector, said);
                    continue;
                }
                // Nobody hides all paragraphs.
                let is_one_of_many = selector.contains(['.', '#']);
                let said = Declared {
                    hidden: said.hidden && is_one_of_many,
                    shown: said.shown.filter(|shown| shown.there || is_one_of_many),
                    ..said
                };
                if said != Declared::default() {
                    let rule = self.rules.entry(lower_case_name(selector)).or_default();
                    *rule = rule.under(said);
                }
            }
            rest = after;
        }
    }
}

impl Sheet {
    /// Notes what a selector that says more hides or shows.
    fn hides(&mut self, selector: &str, said: Declared) {
        let hidden = said.hidden.then_some(Shown {
            there: false,
            important: false,
        });
        if let Some(shown) = said.shown.or(hidden).filter(|_| self.hiding.len() < MAX_HIDING) {
            self.hiding
                .extend(Selector::read(selector).map(|selector| (selector, shown)));
        }
    }
}

/// Whether all that a media query asks for is a screen.
fn holds_on_screens(query: &str) -> bool {
    query.split(',').any(|query| {
        let query = query.trim().to_ascii_lowercase();
        matches!(query.trim_start_matches("only ").trim_start(), "" | "all" | "screen")
    })
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
             @media only screen, print{ .s{display:none} } @media screen and (max-width:9px){ .t{display:none} }\
             p{display:none} .g{visibility:hidden} .open{display:none",
        );
        let hidden = sheet.rules.iter().filter(|(_, said)| said.is_hidden());
        let mut hidden: Vec<_> = hidden.map(|(selector, _)| selector.as_str()).collect();
        hidden.sort();
        assert_eq!(hidden, ["#c", ".a", ".g", ".open", ".phone", ".s", "div.b"]);
    }

    /// The text that is not hidden.
    fn shown(source: &str) -> Vec<String> {
        let dom = super::super::parse(source).dom;
        let sheet = Sheet::of(&dom);
        let hidden = |node: NodeId| {
            let mut above = std::iter::successors(Some(node), |&at| dom.parent(at));
            above.any(|at| {
                dom.element(at)
                    .is_some_and(|element| sheet.style_of(at, element).is_hidden())
            })
        };
        let text = |node| match dom.data(node) {
            Data::Text(text) if !text.trim().is_empty() && !hidden(node) => Some(text.trim().to_owned()),
            _ => None,
        };
        let of_body =
            |node: &NodeId| dom.parent(*node).and_then(|at| dom.element(at)).map(Element::name) != Some("style");
        dom.descendants(dom.root()).filter(of_body).filter_map(text).collect()
    }

    #[test]
    fn what_is_hidden_by_where_it_stands_is_hidden_there_alone() {
        let source = "<style>.wrap .gone{display:none} div[class=hide]{display:none} .a > .b{display:none!important}\
            td.k .z{visibility:hidden} .wrap .no{display:none} .wrap .no.yes{display:block} .off{display:none}\
            .must{display:none !important}</style><style media='screen and (max-width:480px)'>.phone{display:none}</style>\
            <style media=print>.paper{display:none}</style><style media=screen>.screen{display:none}</style>\
            <div class=wrap><p class=gone>1<p class=no>2<p class='no yes'>3</div><p class=gone>4<div class=hide>5</div>\
            <div class=a><div class=b style='display:block'>6</div><i><u class=b>7</u></i></div><table><td class=k>8\
            <i class=z>9</i></table><p class=off style='display:block'>10<p class=must style='display:block'>11\
            <p class=phone>12<p class=paper>13<p class=screen>14";
        assert_eq!(shown(source), ["3", "4", "7", "8", "10", "12", "13"]);
    }

    #[test]
    fn many_selectors_on_a_deep_page_take_no_time() {
        let rules: String = (0..10_000).map(|n| format!(".a .b{n} .c{{display:none}}")).collect();
        let source = format!(
            "<style>{rules}</style>{}{}",
            "<div class=b>".repeat(150),
            "<p class=c>x</p>".repeat(20_000)
        );
        assert_eq!(shown(&source).len(), 20_000);
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
            .map(|(node, element)| sheet.style_of(node, element))
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
            let mut sheet = Sheet::default();
            sheet.read(css);
            assert!(
                sheet.rules.values().all(|said| !said.is_hidden()),
                "{css}: {:?}",
                sheet.rules
            );
            sheet.read(".a{display:none}");
            assert!(sheet.rules.get(".a").is_some_and(|said| said.is_hidden()), "{css}");
        }
    }
}
