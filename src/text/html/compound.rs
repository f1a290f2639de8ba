//! What a style sheet asks of one element: `td.a#b[class=c]:not(.d):first-child`.

use super::dom::{Dom, Element, NodeId};
use super::selector::{Selector, has_a_step};

/// What one element has to be.
#[derive(Debug, Default, PartialEq)]
pub struct Compound {
    /// In lower case; any if there is none.
    name: Option<String>,
    attributes: Vec<Attribute>,
    places: Vec<Place>,
    /// What it must not be: `:not(.a)`.
    not: Vec<Compound>,
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

/// Which of its siblings an element has to be: those whose number is `step` times anything from 0 up, and `first`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    step: i32,
    first: i32,
    /// Counted from the last.
    from_end: bool,
    /// Counted among those of its name.
    of_type: bool,
}

impl Compound {
    /// Reads what stands in a selector without a space in it; `None` if it asks for states, such as `:hover`.
    pub fn read(word: &str) -> Option<Compound> {
        let is_sign = |c: char| matches!(c, '.' | '#' | '[' | ':');
        let end_of_name = |text: &str| text.find(is_sign).unwrap_or(text.len());
        let (name, mut rest) = word.split_at(end_of_name(word));
        let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let mut compound = Compound::default();
        match name {
            "" | "*" => {}
            name if is_name(name) => compound.name = Some(name.to_ascii_lowercase()),
            _ => return None,
        }
        while let Some(sign) = rest.chars().next() {
            let after = rest.get(1..)?;
            if sign == '[' {
                let (inside, after) = after.split_once(']')?;
                compound.attributes.push(Attribute::read(inside)?);
                rest = after;
                continue;
            }
            let (value, after) = after.split_at(after.find(|c| is_sign(c) || c == '(').unwrap_or(after.len()));
            if value.is_empty() || !is_name(value) {
                return None;
            }
            rest = after;
            match sign {
                '.' => compound.attributes.push(Attribute::new("class", How::HasWord, value)),
                '#' => compound.attributes.push(Attribute::new("id", How::Is, value)),
                _ => {
                    let inside = in_parentheses(rest);
                    rest = inside.map_or(Some(rest), |inside| rest.get(inside.len() + 2..))?;
                    compound.ask(value, inside.map(str::trim))?;
                }
            }
        }
        Some(compound)
    }

    /// Adds what is behind a colon; `None` if it is nothing that can be told from the tree.
    fn ask(&mut self, name: &str, inside: Option<&str>) -> Option<()> {
        match (name.to_ascii_lowercase().as_str(), inside) {
            ("not", Some(inside)) => self.not.push(Compound::read(inside)?),
            // Nobody has clicked yet.
            ("checked", None) => self.attributes.push(Attribute::new("checked", How::Any, "")),
            ("only-child", None) => self
                .places
                .extend([Place::read("first-child", None)?, Place::read("last-child", None)?]),
            (name, inside) => self.places.push(Place::read(name, inside)?),
        }
        Some(())
    }

    /// How much it says.
    pub fn weight(&self) -> u32 {
        let of_attribute = |attribute: &Attribute| match attribute.name.as_str() {
            "id" if attribute.how == How::Is => Selector::ID,
            _ => Selector::CLASS,
        };
        let places = self.places.iter().map(|_| Selector::CLASS);
        let weights = self.attributes.iter().map(of_attribute).chain(places);
        let name = u32::from(self.name.is_some()) * Selector::NAME;
        weights
            .chain(self.not.iter().map(Compound::weight))
            .fold(name, u32::saturating_add)
    }

    /// Whether an element is so. Each look at a sibling takes one of `steps`.
    pub fn is(&self, dom: &Dom, node: NodeId, steps: &mut usize) -> bool {
        let Some(element) = dom.element(node) else { return false };
        self.name.as_ref().is_none_or(|name| name == element.name())
            && self.attributes.iter().all(|attribute| attribute.is_said_by(element))
            && self.places.iter().all(|place| place.is_of(dom, node, element, steps))
            && !self.not.iter().any(|not| not.is(dom, node, steps))
    }
}

/// What is in the parentheses that a text begins with.
fn in_parentheses(text: &str) -> Option<&str> {
    let mut open = 0_u32;
    let end = text.find(|c| {
        open = match c {
            '(' => open + 1,
            ')' => open.saturating_sub(1),
            _ => open,
        };
        open == 0
    })?;
    text.get(1..end)
}

impl Attribute {
    fn new(name: &str, how: How, value: &str) -> Attribute {
        Attribute {
            name: name.to_owned(),
            how,
            value: value.to_owned(),
        }
    }

    /// `class`, `class=a`, `class*="a"`
    fn read(inside: &str) -> Option<Attribute> {
        let Some((name, value)) = inside.split_once('=') else {
            return Some(Attribute::new(&inside.to_ascii_lowercase(), How::Any, ""));
        };
        const SIGNS: [(char, How); 4] = [
            ('~', How::HasWord),
            ('^', How::Begins),
            ('$', How::Ends),
            ('*', How::Contains),
        ];
        let sign = SIGNS.iter().find(|(sign, _)| name.ends_with(*sign));
        let name = name.trim_end_matches(['~', '^', '$', '*']).to_ascii_lowercase();
        let value = value.trim_matches(['"', '\'']);
        // An empty value would be found in any other.
        (!value.is_empty()).then(|| Attribute::new(&name, sign.map_or(How::Is, |(_, how)| *how), value))
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

impl Place {
    /// `first-child`, `nth-last-of-type` with `2n + 1`
    fn read(name: &str, inside: Option<&str>) -> Option<Place> {
        let (place, of_type) = match name.strip_suffix("-of-type") {
            Some(place) => (place, true),
            None => (name.strip_suffix("-child")?, false),
        };
        let (step, first) = match (place, inside) {
            ("first" | "last", None) => (0, 1),
            ("nth" | "nth-last", Some(inside)) => numbers(inside)?,
            _ => return None,
        };
        Some(Place {
            step,
            first,
            from_end: place.ends_with("last"),
            of_type,
        })
    }

    fn is_of(&self, dom: &Dom, node: NodeId, element: &Element, steps: &mut usize) -> bool {
        let next = |at: &NodeId| {
            if self.from_end {
                dom.next(*at)
            } else {
                dom.previous(*at)
            }
        };
        let mut number = 1;
        for sibling in std::iter::successors(next(&node), next) {
            if !has_a_step(steps) {
                return false;
            }
            let counts = |other: &Element| !self.of_type || other.name() == element.name();
            number += i32::from(dom.element(sibling).is_some_and(counts));
        }
        let above = number - self.first;
        match self.step {
            0 => above == 0,
            step => above % step == 0 && above / step >= 0,
        }
    }
}

/// `2n + 1` as 2 and 1.
fn numbers(text: &str) -> Option<(i32, i32)> {
    /// No mail has more children of one element.
    const MOST: i32 = 1 << 20;
    let text: String = text.split_ascii_whitespace().collect::<String>().to_ascii_lowercase();
    let number = |text: &str| text.parse().ok().filter(|number: &i32| number.abs() <= MOST);
    match text.as_str() {
        "odd" => Some((2, 1)),
        "even" => Some((2, 0)),
        text => match text.split_once('n') {
            None => Some((0, number(text)?)),
            Some((step, first)) => {
                let step = match step {
                    "" | "+" => 1,
                    "-" => -1,
                    step => number(step)?,
                };
                Some((step, if first.is_empty() { 0 } else { number(first)? }))
            }
        },
    }
}
