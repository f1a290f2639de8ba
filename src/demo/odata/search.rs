//! `$search` on the directory: `"displayName:term" OR "mail:term"`.

use super::cell::Cell;
use super::parse::{Reader, Token};
use crate::demo::error::{GraphError, Result};

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// Both.
    And(Box<Search>, Box<Search>),
    /// Either.
    Or(Box<Search>, Box<Search>),
    /// One clause: a property and a term.
    Clause(String, Term),
}

/// What a clause looks for, made ready once for all objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    whole: String,
    words: Vec<String>,
}

impl Term {
    fn new(text: &str) -> Term {
        Term {
            whole: text.to_lowercase(),
            words: words(text),
        }
    }

    /// Whether a value begins with the term, or, where words count, each of its words begins one of the value's.
    fn is_in(&self, value: &str, by_words: bool) -> bool {
        let lower = value.to_lowercase();
        if lower.starts_with(&self.whole) {
            return true;
        }
        // Cutting a value into words takes time, and most values hold none of the letters.
        by_words && self.words.iter().all(|word| lower.contains(word)) && {
            let words = words(value);
            self.words
                .iter()
                .all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str())))
        }
    }
}

impl Search {
    /// Reads the option's value. Every clause stands in double quotes and names its property.
    pub fn parse(text: &str) -> Result<Search> {
        if text.contains('&') {
            // Graph v1.0 cuts the value there, whichever way it was encoded.
            return Err(unreadable(text.split('&').next().unwrap_or_default()));
        }
        let mut reader = Reader::new(text).map_err(|_| unreadable(text))?;
        let search = either(&mut reader).ok_or_else(|| unreadable(text))?;
        if reader.peek().is_some() {
            Err(unreadable(text))
        } else {
            Ok(search)
        }
    }

    /// Every property a clause names.
    pub fn properties(&self) -> Vec<&str> {
        match self {
            Search::And(left, right) | Search::Or(left, right) => {
                left.properties().into_iter().chain(right.properties()).collect()
            }
            Search::Clause(property, _) => vec![property],
        }
    }

    /// Whether an object, read through `get`, is found. The properties in `tokenised` are searched word by word, all others
    /// by their beginning.
    pub fn finds<'a>(&self, tokenised: &[&str], get: &dyn Fn(&str) -> Cell<'a>) -> bool {
        match self {
            Search::And(left, right) => left.finds(tokenised, get) && right.finds(tokenised, get),
            Search::Or(left, right) => left.finds(tokenised, get) || right.finds(tokenised, get),
            Search::Clause(property, term) => {
                let by_words = tokenised.iter().any(|name| name.eq_ignore_ascii_case(property));
                get(property).shown().is_some_and(|value| term.is_in(&value, by_words))
            }
        }
    }
}

fn unreadable(text: &str) -> GraphError {
    GraphError::new(
        400,
        "Request_BadRequest",
        format!("Invalid $search clause: Syntax error in '{text}'. Each clause is written \"property:term\"."),
    )
}

fn either(reader: &mut Reader) -> Option<Search> {
    let mut left = both(reader)?;
    while reader.peek() == Some(&Token::Word("OR".to_owned())) {
        reader.take();
        left = Search::Or(Box::new(left), Box::new(both(reader)?));
    }
    Some(left)
}

fn both(reader: &mut Reader) -> Option<Search> {
    let mut left = clause(reader)?;
    while reader.peek() == Some(&Token::Word("AND".to_owned())) {
        reader.take();
        left = Search::And(Box::new(left), Box::new(clause(reader)?));
    }
    Some(left)
}

fn clause(reader: &mut Reader) -> Option<Search> {
    if reader.sign('(') {
        let inner = either(reader)?;
        return reader.sign(')').then_some(inner);
    }
    let Some(Token::Quoted(clause)) = reader.take() else {
        return None;
    };
    let (property, term) = clause.split_once(':')?;
    (!term.is_empty()).then(|| Search::Clause(property.to_owned(), Term::new(term)))
}

/// The words of a text, in lower case: cut at spaces and signs, where a capital follows a small letter, and where digits
/// meet letters.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for letter in text.chars() {
        let joins = before.is_some_and(|before| {
            let rises = before.is_lowercase() && letter.is_uppercase();
            before.is_alphanumeric() && !rises && before.is_numeric() == letter.is_numeric()
        });
        before = Some(letter);
        if !letter.is_alphanumeric() {
            continue;
        }
        match words.last_mut().filter(|_| joins) {
            Some(word) => word.extend(letter.to_lowercase()),
            None => words.push(letter.to_lowercase().collect()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(search: &str, value: &'static str) -> bool {
        Search::parse(search)
            .unwrap()
            .finds(&["displayName"], &|name| match name {
                "displayName" => Cell::Text(value),
                "mail" => Cell::Text("lee@folkvale.example"),
                _ => Cell::Null,
            })
    }

    #[test]
    fn words_are_found_by_their_beginning_in_any_order() {
        assert!(found("\"displayName:video\"", "OneVideo Archive 2026"));
        assert!(found("\"displayName:2026 arch\"", "OneVideo Archive 2026"));
        assert!(!found("\"displayName:chive\"", "OneVideo Archive 2026"));
        assert!(found("\"displayName:山田\"", "山田 太郎"));
        assert!(found("\"displayName:太郎\"", "山田 太郎"));
    }

    #[test]
    fn other_properties_are_found_by_their_beginning_only() {
        assert!(found("\"mail:lee\"", "x") && !found("\"mail:folkvale\"", "x"));
        assert!(found("\"mail:nobody\" OR \"displayName:x\"", "x"));
        assert!(!found("\"mail:nobody\" AND \"displayName:x\"", "x"));
    }

    #[test]
    fn clauses_need_their_quotes_and_their_property() {
        for text in [
            "displayName:x",
            "\"x\"",
            "\"displayName:x\" or \"mail:y\"",
            "\"displayName:\"",
            "\"displayName:R&D\"",
            "",
        ] {
            assert_eq!(Search::parse(text).unwrap_err().status, 400, "{text}");
        }
    }
}
