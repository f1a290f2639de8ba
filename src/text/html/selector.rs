//! Selectors of style sheets that say more than a name, a class or an id: `.a .b`, `div > .b`, `td[class=b]`.

use super::dom::{Dom, Element, NodeId};

/// Parts of one selector. Mails have three or four.
const MAX_PARTS: usize = 8;

/// A selector, its parts from the last, which is the element's own, to the first.
#[derive(Debug, PartialEq)]
pub struct Selector(Vec<Part>);

/// What one element has to be.
#[derive(Debug, Default, PartialEq)]
struct Part {
    /// In lower case; any if there is none.
    name: Option<String>,
    attributes: Vec<Attribute>,
    /// Whether the part before it is about the element right around this one.
    is_child: bool,
}

/// What an attribute has to say.
#[derive(Debug, PartialEq)]
struct Attribute {
    name: String,
    how: How,
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    Any,
    Is,
    HasWord,
    Begins,
    Ends,
    Contains,
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
        let of_attribute = |attribute: &Attribute| match attribute.name.as_str() {
            "id" if attribute.how == How::Is => Selector::ID,
            _ => Selector::CLASS,
        };
        let of_part = |part: &Part| {
            let attributes: u32 = part.attributes.iter().map(of_attribute).sum();
            attributes.saturating_add(u32::from(part.name.is_some()) * Selector::NAME)
        };
        self.0.iter().map(of_part).fold(0, u32::saturating_add)
    }

    /// Reads a selector; `None` for one that asks for states or for what stands beside an element.
    pub fn read(selector: &str) -> Option<Selector> {
        if selector.contains([':', '+', '~', '\\']) && !selector.contains("~=") {
            return None;
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut is_child = false;
        for word in selector.replace('>', " > ").split_ascii_whitespace() {
            if word == ">" {
                is_child = true;
                continue;
            }
            let part = Part::read(word)?;
            parts.push(Part {
                is_child: std::mem::take(&mut is_child),
                ..part
            });
        }
        parts.reverse();
        let is_one = !parts.is_empty() && parts.len() <= MAX_PARTS && !is_child;
        is_one.then_some(Selector(parts))
    }

    /// Whether an element is meant. Each look at an element takes one of `steps`; with none left, nothing is meant.
    pub fn means(&self, dom: &Dom, node: NodeId, steps: &mut usize) -> bool {
        let Some((last, before)) = self.0.split_first() else {
            return false;
        };
        if !dom.element(node).is_some_and(|element| last.is(element)) {
            return false;
        }
        let (mut at, mut is_child) = (node, last.is_child);
        for part in before {
            loop {
                let Some(parent) = dom.parent(at).filter(|_| *steps > 0) else {
                    return false;
                };
                *steps -= 1;
                at = parent;
                if dom.element(at).is_some_and(|element| part.is(element)) {
                    break;
                }
                if is_child {
                    return false;
                }
            }
            is_child = part.is_child;
        }
        true
    }
}

impl Part {
    /// `td.a#b[class=c]`
    fn read(word: &str) -> Option<Part> {
        let is_sign = |c: char| matches!(c, '.' | '#' | '[');
        let (name, mut rest) = word.split_at(word.find(is_sign).unwrap_or(word.len()));
        let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let name = match name {
            "" | "*" => None,
            name if is_name(name) => Some(name.to_ascii_lowercase()),
            _ => return None,
        };
        let mut attributes = Vec::new();
        while let Some(sign) = rest.chars().next() {
            let after = rest.get(1..)?;
            if sign == '[' {
                let (inside, after) = after.split_once(']')?;
                attributes.push(Attribute::read(inside)?);
                rest = after;
                continue;
            }
            let end = after.find(is_sign).unwrap_or(after.len());
            let (value, after) = after.split_at(end);
            if value.is_empty() || !is_name(value) {
                return None;
            }
            let (name, how) = if sign == '.' {
                ("class", How::HasWord)
            } else {
                ("id", How::Is)
            };
            attributes.push(Attribute {
                name: name.to_owned(),
                how,
                value: value.to_owned(),
            });
            rest = after;
        }
        Some(Part {
            name,
            attributes,
            is_child: false,
        })
    }

    fn is(&self, element: &Element) -> bool {
        self.name.as_ref().is_none_or(|name| name == element.name())
            && self.attributes.iter().all(|attribute| attribute.is_said_by(element))
    }
}

impl Attribute {
    /// `class`, `class=a`, `class*="a"`
    fn read(inside: &str) -> Option<Attribute> {
        let Some((name, value)) = inside.split_once('=') else {
            return Some(Attribute {
                name: inside.to_ascii_lowercase(),
                how: How::Any,
                value: String::new(),
            });
        };
        const SIGNS: [(char, How); 4] = [
            ('~', How::HasWord),
            ('^', How::Begins),
            ('$', How::Ends),
            ('*', How::Contains),
        ];
        let sign = SIGNS.iter().find(|(sign, _)| name.ends_with(*sign));
        let value = value.trim_matches(['"', '\'']);
        // An empty value would be found in any other.
        (!value.is_empty()).then(|| Attribute {
            name: name.trim_end_matches(['~', '^', '$', '*']).to_ascii_lowercase(),
            how: sign.map_or(How::Is, |(_, how)| *how),
            value: value.to_owned(),
        })
    }

    fn is_said_by(&self, element: &Element) -> bool {
        let Some(said) = element.attribute(&self.name) else {
            return false;
        };
        let value = self.value.as_str();
        match self.how {
            How::Any => true,
            How::Is => said == value,
            How::HasWord => said.split_ascii_whitespace().any(|word| word == value),
            How::Begins => said.starts_with(value),
            How::Ends => said.ends_with(value),
            How::Contains => said.contains(value),
        }
    }
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
        ] {
            assert_eq!(meant(selector), expected, "{selector}");
        }
    }

    #[test]
    fn what_is_not_understood_means_nothing() {
        for selector in [
            "a:hover",
            "u + .body",
            "p ~ p",
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
    }
}
