//! `$filter`: read once, asked of every object.

mod reading;
#[cfg(test)]
mod tests;

use super::cell::{Cell, seconds};
use crate::demo::error::{GraphError, Result};

/// A condition on an object.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Every part holds.
    And(Box<Filter>, Box<Filter>),
    /// One part holds.
    Or(Box<Filter>, Box<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// `property operator literal`.
    Compare(String, Operator, Literal),
    /// `property in (…)`.
    In(String, Vec<Literal>),
    /// `startswith(property,'x')` or `endswith`.
    Affix(Affix, String, String),
    /// `property/any(x:condition on x)`.
    Any(String, Box<Filter>),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // OData's own names
pub enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

/// Which end of a text is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // OData's own names
pub enum Affix {
    StartsWith,
    EndsWith,
}

/// What a property is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `null`.
    Null,
    /// A truth, a number, a time or an id, as written.
    Bare(String),
    /// What stood in quotes.
    Text(String),
}

impl Literal {
    /// Whether a property that has this value is of another type.
    fn is_foreign_to(&self, value: &Cell<'_>) -> bool {
        match (value, self) {
            (Cell::Bool(_), Literal::Bare(word)) => !["true", "false"].contains(&word.as_str()),
            (Cell::Time(_), Literal::Bare(word)) => word.parse::<jiff::Timestamp>().is_err(),
            (Cell::Number(_) | Cell::Real(_), Literal::Bare(word)) => word.parse::<f64>().is_err(),
            (Cell::Bool(_) | Cell::Time(_) | Cell::Number(_) | Cell::Real(_), Literal::Text(_)) => true,
            (Cell::Text(_) | Cell::Owned(_), Literal::Bare(_)) => true,
            _ => false,
        }
    }
}

/// The name that stands for the member itself inside `any(x:x eq '…')`.
const ITSELF: &str = "$it";

impl Filter {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Filter> {
        reading::whole(text)
    }

    /// Whether the object, read through `get`, meets the condition.
    pub fn holds<'a>(&self, get: &dyn Fn(&str) -> Cell<'a>) -> bool {
        match self {
            Filter::And(left, right) => left.holds(get) && right.holds(get),
            Filter::Or(left, right) => left.holds(get) || right.holds(get),
            Filter::Not(inner) => !inner.holds(get),
            Filter::Compare(name, operator, literal) => compare(&get(name), *operator, literal),
            Filter::In(name, literals) => {
                let cell = get(name);
                literals.iter().any(|literal| compare(&cell, Operator::Eq, literal))
            }
            Filter::Affix(affix, name, text) => get(name).shown().is_some_and(|value| {
                let (value, text) = (value.to_lowercase(), text.to_lowercase());
                match affix {
                    Affix::StartsWith => value.starts_with(&text),
                    Affix::EndsWith => value.ends_with(&text),
                }
            }),
            Filter::Any(name, condition) => match get(name) {
                Cell::List(members) => members.iter().any(|member| condition.holds(&|_| member.clone())),
                _ => false,
            },
        }
    }

    /// Every property the condition names.
    pub fn properties(&self) -> Vec<&str> {
        match self {
            Filter::And(left, right) | Filter::Or(left, right) => {
                left.properties().into_iter().chain(right.properties()).collect()
            }
            Filter::Not(inner) => inner.properties(),
            Filter::Compare(name, ..) | Filter::In(name, _) | Filter::Affix(_, name, _) | Filter::Any(name, _) => {
                vec![name]
            }
        }
    }

    /// Refuses to compare a property with a literal of another type. `value` gives some value that each property has.
    pub fn check_types<'a>(&self, value: &dyn Fn(&str) -> Cell<'a>) -> Result<()> {
        let (name, literals) = match self {
            Filter::And(left, right) | Filter::Or(left, right) => {
                left.check_types(value)?;
                return right.check_types(value);
            }
            Filter::Not(inner) => return inner.check_types(value),
            Filter::Compare(name, _, literal) => (name, std::slice::from_ref(literal)),
            Filter::In(name, literals) => (name, literals.as_slice()),
            Filter::Affix(..) | Filter::Any(..) => return Ok(()),
        };
        let value = value(name);
        if literals.iter().any(|literal| literal.is_foreign_to(&value)) {
            let message = format!(
                "Invalid filter clause: A binary operator with incompatible types was detected for property '{name}'."
            );
            return Err(GraphError::new(400, "BadRequest", message));
        }
        Ok(())
    }

    /// The first operator that only an advanced query may use.
    pub fn advanced(&self) -> Option<&'static str> {
        match self {
            Filter::And(left, right) | Filter::Or(left, right) => left.advanced().or_else(|| right.advanced()),
            Filter::Not(_) => Some("Operator 'Not'"),
            Filter::Compare(_, Operator::Ne, _) => Some("Operator 'NotEqualsMatch'"),
            Filter::Affix(Affix::EndsWith, ..) => Some("Operator 'endsWith'"),
            _ => None,
        }
    }
}

fn compare(cell: &Cell<'_>, operator: Operator, literal: &Literal) -> bool {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let (Literal::Bare(wanted) | Literal::Text(wanted)) = literal else {
        let is_null = matches!(cell, Cell::Null);
        return match operator {
            Operator::Eq => is_null,
            Operator::Ne => !is_null,
            _ => false,
        };
    };
    let order = match cell {
        Cell::Time(time) => wanted
            .parse::<jiff::Timestamp>()
            .ok()
            .map(|wanted| seconds(*time).cmp(&seconds(wanted))),
        Cell::Number(number) => wanted.parse::<i64>().ok().map(|wanted| number.cmp(&wanted)),
        _ => cell
            .shown()
            .map(|value| value.to_lowercase().cmp(&wanted.to_lowercase())),
    };
    match (operator, order) {
        (Operator::Ne, None) => true,
        (_, None) => false,
        (Operator::Eq, Some(order)) => order == Equal,
        (Operator::Ne, Some(order)) => order != Equal,
        (Operator::Gt, Some(order)) => order == Greater,
        (Operator::Ge, Some(order)) => order != Less,
        (Operator::Lt, Some(order)) => order == Less,
        (Operator::Le, Some(order)) => order != Greater,
    }
}
