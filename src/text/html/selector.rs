//! Selectors of style sheets that say more than a name, a class or an id: `.a .b`, `div > .b`, `h1 + p`, `td[class=b]`.

use super::compound::Compound;
use super::dom::{Dom, NodeId};

/// Parts of one selector. Mails have three or four.
const MAX_PARTS: usize = 8;

/// A selector, its parts from the last, which is the element's own, to the first; each with where the next, which stands
/// before it, is looked for.
#[derive(Debug, PartialEq)]
pub struct Selector(Vec<(Compound, Where)>);

/// Where the element of the part before is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Where {
    /// Anywhere around.
    Around,
    /// Right around.
    RightAround,
    /// Right before.
    RightBefore,
    /// Anywhere before, in the same element.
    Before,
}

impl Selector {
    /// What an element's name weighs in a selector, where several mean the same element.
    pub const NAME: u32 = 1;
    /// What a class or an attribute weighs.
    pub const CLASS: u32 = 1 << 8;
    /// What an id weighs.
    pub const ID: u32 = 1 << 16;

    /// How much it says: of two selectors that mean an element, the one that says more counts.
    pub fn weight(&self) -> u32 {
        self.0
            .iter()
            .map(|(part, _)| part.weight())
            .fold(0, u32::saturating_add)
    }

    /// Reads a selector; `None` for one that asks for states.
    pub fn read(selector: &str) -> Option<Selector> {
        let mut parts = Vec::new();
        let mut sign = None;
        for word in words(selector) {
            let found = match word {
                ">" => Where::RightAround,
                "+" => Where::RightBefore,
                "~" => Where::Before,
                word => {
                    let place = sign.take().unwrap_or(Where::Around);
                    parts.push((Compound::read(word)?, place));
                    continue;
                }
            };
            if parts.is_empty() || sign.replace(found).is_some() {
                return None;
            }
        }
        parts.reverse();
        let is_one = !parts.is_empty() && parts.len() <= MAX_PARTS && sign.is_none();
        is_one.then_some(Selector(parts))
    }

    /// Whether an element is meant. Each look at another element takes one of `steps`; with none left, nothing is meant.
    pub fn means(&self, dom: &Dom, node: NodeId, steps: &mut usize) -> bool {
        means(&self.0, dom, node, steps)
    }
}

fn means(parts: &[(Compound, Where)], dom: &Dom, node: NodeId, steps: &mut usize) -> bool {
    let Some(((part, place), before)) = parts.split_first() else {
        return true;
    };
    if !part.is(dom, node, steps) {
        return false;
    }
    if before.is_empty() {
        return true;
    }
    let next = |at: &NodeId| match place {
        Where::Around | Where::RightAround => dom.parent(*at),
        Where::RightBefore | Where::Before => dom.previous(*at),
    };
    for at in std::iter::successors(next(&node), next) {
        if !has_a_step(steps) {
            return false;
        }
        // Text between elements stands in no selector.
        if dom.element(at).is_some() {
            if means(before, dom, at, steps) {
                return true;
            }
            if matches!(place, Where::RightAround | Where::RightBefore) {
                return false;
            }
        }
    }
    false
}

/// Takes one of `steps`, if there is one left.
pub fn has_a_step(steps: &mut usize) -> bool {
    let left = steps.checked_sub(1);
    *steps = left.unwrap_or_default();
    left.is_some()
}

/// The parts of a selector and the signs between them. What is in brackets or parentheses is of its part.
fn words(selector: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut inside = 0_u32;
    let mut start = 0;
    for (at, c) in selector.char_indices() {
        match c {
            '(' | '[' => inside += 1,
            ')' | ']' => inside = inside.saturating_sub(1),
            _ => {}
        }
        let is_sign = matches!(c, '>' | '+' | '~');
        if inside == 0 && (is_sign || c.is_ascii_whitespace()) {
            words.push(selector.get(start..at).unwrap_or_default());
            if is_sign {
                words.push(selector.get(at..=at).unwrap_or_default());
            }
            start = at + 1;
        }
    }
    words.push(selector.get(start..).unwrap_or_default());
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids of those that a selector means.
    fn meant(selector: &str) -> String {
        let source = "<div id=a class='wrap x'><p id=b class=gone>1</p><table id=c class='gone big'><tr id=d><td id=e \
            class=gone-e title=t>2</td></tr></table></div><p id=f class=gone>3</p>";
        let dom = super::super::parse(source).dom;
        let Some(selector) = Selector::read(selector) else {
            return "unread".to_owned();
        };
        let mut steps = 1000;
        let found = dom
            .elements()
            .filter(|(node, _)| selector.means(&dom, *node, &mut steps));
        found.filter_map(|(_, element)| element.attribute("id")).collect()
    }

    #[test]
    fn selectors_mean_what_css_says() {
        for (selector, expected) in [
            (".gone", "bcf"),
            (".wrap .gone", "bc"),
            (".wrap p.gone", "b"),
            ("body > .gone", "f"),
            ("div>.gone", "bc"),
            ("div > td", ""),
            ("#a td", "e"),
            ("div[class=gone]", ""),
            ("*[class=gone]", "bf"),
            ("[class~='big']", "c"),
            ("td[class*=\"gone\"]", "e"),
            (".x.wrap table.big td[title]", "e"),
            ("[class^=gone]", "bcef"),
            ("[class$=e]", "bef"),
            ("TABLE", "c"),
            ("[title='t']", "e"),
            (".wrap + .gone", "f"),
            ("p ~ table", "c"),
            ("table + p", ""),
            ("p:first-child", "b"),
            ("p:not(:first-child)", "f"),
            (".gone:not(.big):not(#b)", "f"),
            ("div > :nth-child(2)", "c"),
            ("div > :nth-child( 2n + 1 )", "b"),
            ("p:nth-last-child(1)", "f"),
            ("p:last-of-type", "bf"),
            ("td:only-child", "e"),
            // The nearest that fits may not be the one that is meant.
            ("body > div [class]", "bce"),
            ("body > * > * [title]", "e"),
        ] {
            assert_eq!(meant(selector), expected, "{selector}");
        }
    }

    #[test]
    fn what_is_not_understood_means_nothing() {
        for selector in [
            "a:hover",
            "p::before",
            "input:focus ~ p",
            "p:not(a b)",
            "p:nth-child(n n)",
            "p:nth-child",
            "> p",
            "p > > a",
            "p:not(",
            "",
            ">",
            "p >",
            ".",
            "#",
            "[",
            "[class=]",
            "p[",
            "p..a",
            "a/b",
            "\\a",
        ] {
            assert_eq!(meant(selector), "unread", "{selector}");
        }
        assert_eq!(meant(&".a ".repeat(100)), "unread");
    }

    #[test]
    fn the_search_ends_when_its_steps_do() {
        let dom = super::super::parse("<div class=a><div><div><p>x").dom;
        let selector = Selector::read(".a p").unwrap();
        let found = |mut steps: usize| dom.elements().any(|(node, _)| selector.means(&dom, node, &mut steps));
        assert!(found(3));
        assert!(!found(2));
        let siblings = super::super::parse(&format!("<p class=a>{}", "<b>x</b>".repeat(100))).dom;
        let last = Selector::read("b:nth-child(100)").unwrap();
        let found = |mut steps: usize| {
            siblings
                .elements()
                .any(|(node, _)| last.means(&siblings, node, &mut steps))
        };
        assert!(found(10_000));
        assert!(!found(100));
    }
}
