//! `$expand`: `manager($levels=max;$select=id,displayName)`.

use crate::demo::error::{GraphError, Result};

/// One navigation property to expand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expand {
    /// Its name.
    pub name: String,
    /// The properties to show of what it leads to.
    pub select: Option<Vec<String>>,
    /// How many levels to follow; `max` is no limit.
    pub levels: Option<usize>,
    /// Which of those that it leads to are wanted, as written.
    pub filter: Option<String>,
}

impl Expand {
    /// Reads the option's value.
    pub fn parse(text: &str) -> Result<Vec<Expand>> {
        split(text, ',')
            .into_iter()
            .map(|item| Expand::one(item.trim()))
            .collect()
    }

    fn one(item: &str) -> Result<Expand> {
        let wrong = || {
            GraphError::bad_query(format!(
                "Parsing OData Select and Expand failed: Syntax error in '{item}'."
            ))
        };
        let Some((name, rest)) = item.split_once('(') else {
            return if item.is_empty() {
                Err(wrong())
            } else {
                Ok(Expand {
                    name: item.to_owned(),
                    ..Expand::default()
                })
            };
        };
        let mut expand = Expand {
            name: name.trim().to_owned(),
            ..Expand::default()
        };
        for option in split(rest.strip_suffix(')').ok_or_else(wrong)?, ';') {
            match option.trim().split_once('=') {
                Some(("$select", names)) => {
                    expand.select = Some(names.split(',').map(|it| it.trim().to_owned()).collect())
                }
                Some(("$filter", condition)) => expand.filter = Some(condition.to_owned()),
                Some(("$levels", "max")) => expand.levels = Some(usize::MAX),
                Some(("$levels", levels)) => expand.levels = Some(levels.parse().map_err(|_| wrong())?),
                _ => return Err(wrong()),
            }
        }
        Ok(expand)
    }
}

/// Cuts at a sign, but not inside parentheses.
fn split(text: &str, at: char) -> Vec<&str> {
    let mut depth = 0_usize;
    text.split(|letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == at && depth == 0
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_an_expansion_are_read() {
        let expands = Expand::parse("manager($levels=max;$select=id,displayName),directReports").unwrap();
        let names = vec!["id".to_owned(), "displayName".to_owned()];
        assert_eq!(
            expands[0],
            Expand {
                name: "manager".into(),
                select: Some(names),
                levels: Some(usize::MAX),
                filter: None,
            }
        );
        assert_eq!(
            expands[1],
            Expand {
                name: "directReports".into(),
                ..Expand::default()
            }
        );
    }

    #[test]
    fn a_filter_may_stand_inside() {
        let [expand] = <[Expand; 1]>::try_from(Expand::parse("extensions($filter=id eq 'a(b)')").unwrap()).unwrap();
        assert_eq!(
            (expand.name.as_str(), expand.filter.as_deref()),
            ("extensions", Some("id eq 'a(b)'"))
        );
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        for text in ["", "manager(", "manager($top=1)", "manager($levels=x)", "a,,b"] {
            assert!(Expand::parse(text).is_err(), "{text}");
        }
    }
}
