//! What a mail's style sheets say by rules that hold on a wide screen: all of it for an element, a class or an id, and of
//! selectors that say more, what they hide or show.

use std::cell::RefCell;
use std::collections::HashMap;

use super::dom::{Data, Dom, Element, NodeId};
use super::hiding::Hiding;
use super::measure::Paint;
use super::media;
use super::selector::Selector;
use super::style::{Declared, declared};

/// The rules of a document's `<style>` elements.
#[derive(Debug, Default)]
pub struct Sheet<'a> {
    /// For all elements of a name.
    names: HashMap<String, Vec<Rule>>,
    /// For those of a class, without its point.
    classes: HashMap<String, Vec<Rule>>,
    /// For the one with an id.
    ids: HashMap<String, Vec<Rule>>,
    /// By selectors that say more, as they come: what they hide or show again.
    hiding: Vec<(Selector, Rank, Hiding)>,
    /// The elements that these mean.
    meant: HashMap<NodeId, Vec<(Rank, Declared)>>,
    /// How many rules were read.
    read: u32,
    /// Whether rules that are not followed here give colours to some elements.
    paints: bool,
    /// What holds for elements alike: Word gives each of its thousand paragraphs the same class and style.
    alike: RefCell<HashMap<Outside<'a>, Declared>>,
}

/// All of an element that rules may ask for: its name, and its class, id and style. One that it has not is `None`: to compare
/// empty texts, which lie nowhere, takes processors that load by mask a hundred times as long.
type Outside<'a> = (&'a str, [Option<&'a str>; 3]);

/// A rule for a name, a class or an id.
#[derive(Debug)]
struct Rule {
    /// The name that the element must have as well.
    element: Option<Box<str>>,
    rank: Rank,
    said: Declared,
}

/// Of two rules the one of the higher rank holds: how much its selector says, then which came later.
type Rank = (u32, u32);

/// Selectors that say more, of which a mail has a few.
const MAX_HIDING: usize = 64;
/// Looks at elements for all of these together.
const MAX_STEPS: usize = 1 << 21;
/// Rules for one name, class or id, with whatever element's name before it.
const MAX_RULES: usize = 32;
/// Elements, none like another, of which it is kept what holds for them.
const MAX_ALIKE: usize = 1000;

impl<'a> Sheet<'a> {
    /// Reads the style sheets of a document.
    pub fn of(dom: &'a Dom) -> Sheet<'a> {
        let mut sheet = Sheet::default();
        let is_sheet =
            |element: &Element| element.name() == "style" && element.attribute("media").is_none_or(media::holds);
        for (node, _) in dom.elements().filter(|(_, element)| is_sheet(element)) {
            for child in dom.children(node) {
                if let Data::Text(text) = dom.data(child) {
                    sheet.read(text);
                }
            }
        }
        sheet.look(dom);
        sheet
    }

    /// Looks for the elements that are meant by the selectors that say more.
    fn look(&mut self, dom: &Dom) {
        let mut rules = self
            .names
            .values()
            .chain(self.classes.values())
            .chain(self.ids.values())
            .flatten();
        let hides = self.hiding.iter().any(|(_, _, hiding)| hiding.is_hidden());
        if !hides && !rules.any(|rule| rule.said.is_hidden()) {
            return;
        }
        let mut steps = MAX_STEPS;
        for (selector, rank, hiding) in &self.hiding {
            for (node, _) in dom.elements() {
                steps = steps.saturating_sub(1);
                if steps > 0 && selector.means(dom, node, &mut steps) {
                    let said = Declared {
                        hiding: *hiding,
                        ..Declared::default()
                    };
                    self.meant.entry(node).or_default().push((*rank, said));
                }
            }
        }
    }

    /// Whether what is said for an element tells its colours.
    pub fn tells_colours(&self) -> bool {
        !self.paints
    }

    /// What holds for an element: its own style over what is said for its id, its classes, and all elements of its name.
    pub fn style_of(&self, node: NodeId, element: &'a Element) -> Declared {
        let attributes = ["class", "id", "style"].map(|name| element.attribute(name));
        let outside = (element.name(), attributes);
        if let Some(meant) = self.meant.get(&node) {
            return self.said_of(outside, meant);
        }
        if let Some(said) = self.alike.borrow().get(&outside) {
            return *said;
        }
        let said = self.said_of(outside, &[]);
        let mut alike = self.alike.borrow_mut();
        if alike.len() < MAX_ALIKE {
            alike.insert(outside, said);
        }
        said
    }

    /// What holds for an element that is also `meant` by selectors that say more.
    fn said_of(&self, outside: Outside, meant: &[(Rank, Declared)]) -> Declared {
        let (name, [class, id, style]) = outside;
        let own = style.map(declared).unwrap_or_default();
        if self.read == 0 {
            return own;
        }
        let by_class = class
            .unwrap_or_default()
            .split_ascii_whitespace()
            .filter_map(|class| self.classes.get(class));
        let by_id = id.and_then(|id| self.ids.get(id));
        let rules = self.names.get(name).into_iter().chain(by_class).chain(by_id).flatten();
        let rules = rules.filter(|rule| rule.element.as_deref().is_none_or(|wanted| wanted == name));
        let mut said: Vec<(Rank, &Declared)> = rules.map(|rule| (rule.rank, &rule.said)).collect();
        said.extend(meant.iter().map(|(rank, said)| (*rank, said)));
        said.sort_by_key(|(rank, _)| *rank);
        let sheets = said
            .iter()
            .fold(Declared::default(), |style, (_, said)| style.under(**said));
        sheets.under(own)
    }

    fn read(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        // The blocks that are open around a rule.
        let mut open = 0_usize;
        while let Some((head, body)) = rest.split_once('{') {
            let mut head = head.trim();
            while let Some(after) = head.strip_prefix('}').filter(|_| open > 0) {
                (head, open) = (after.trim_start(), open - 1);
            }
            let head = head.rsplit(';').next().unwrap_or_default().trim();
            let holds = head.strip_prefix("@media").map(media::holds);
            if holds.or_else(|| head.strip_prefix("@supports").map(media::is_supported)) == Some(true) {
                (rest, open) = (body, open + 1);
                continue;
            }
            if head.starts_with('@') {
                // Holds for some screens only, or is no rule for elements: left out with all that is in it.
                rest = after_block(body);
                continue;
            }
            let (declarations, after) = body.split_once('}').unwrap_or((body, ""));
            self.rule(head, careful(declared(declarations)));
            rest = after;
        }
    }

    /// Notes what is said for the elements that a list of selectors means.
    fn rule(&mut self, selectors: &str, said: Declared) {
        self.read = self.read.saturating_add(1);
        if said == Declared::default() {
            return;
        }
        for selector in selectors.split(',').map(str::trim) {
            let Some((element, sign, name)) = simple(selector) else {
                self.hides(selector, said.hiding);
                self.paints |= (said.ink.is_some() || said.ground.is_some()) && Selector::read(selector).is_some();
                continue;
            };
            let (rules, weight) = match sign {
                Some('.') => (&mut self.classes, Selector::CLASS),
                Some(_) => (&mut self.ids, Selector::ID),
                None => (&mut self.names, Selector::NAME),
            };
            let mut rule = Rule {
                element: None,
                rank: (weight, self.read),
                said,
            };
            if sign.is_none() {
                // Nobody hides all paragraphs.
                rule.said.hiding = Hiding::default();
            } else if !element.is_empty() {
                rule.element = Some(element.to_ascii_lowercase().into());
                rule.rank.0 += Selector::NAME;
            }
            let name = if sign.is_none() {
                name.to_ascii_lowercase()
            } else {
                name.to_owned()
            };
            let rules = rules.entry(name).or_default();
            if rules.len() < MAX_RULES {
                rules.push(rule);
            }
        }
    }

    /// Notes what a selector that says more hides or shows.
    fn hides(&mut self, selector: &str, said: Hiding) {
        if !said.is_silent() && self.hiding.len() < MAX_HIDING {
            let ranked = Selector::read(selector).map(|selector| {
                let rank = (selector.weight(), self.read);
                (selector, rank, said)
            });
            self.hiding.extend(ranked);
        }
    }
}

/// What of a rule is safe to believe. Letters without size or colour may get theirs again by a rule that is not read here.
fn careful(said: Declared) -> Declared {
    Declared {
        no_size: said.no_size.filter(|gone| !gone),
        font_size: said.font_size.filter(|_| said.no_size != Some(true)),
        no_ink: said.no_ink.filter(|gone| !gone),
        ink: said.ink.map(|_| Paint::Other),
        ground: said.ground.map(|_| Paint::Other),
        ..said
    }
}

/// An element's name, a class or an id, or one of these with an element's name in front: `p`, `.a`, `#a`, `div.a`; in
/// parts: that name, the sign, and the name that the rule is for.
fn simple(selector: &str) -> Option<(&str, Option<char>, &str)> {
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let (element, sign, name) = match selector.find(['.', '#']) {
        Some(at) => (
            selector.get(..at)?,
            selector.get(at..)?.chars().next(),
            selector.get(at + 1..)?,
        ),
        None => ("", None, selector),
    };
    (is_name(element) && is_name(name) && !name.is_empty()).then_some((element, sign, name))
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
mod tests;
