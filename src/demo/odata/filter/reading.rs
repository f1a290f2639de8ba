//! From the letters of a `$filter` to a condition, by descent: `or` binds least, then `and`, then `not`.

use super::{Affix, Filter, ITSELF, Literal, Operator};
use crate::demo::error::{GraphError, Result};
use crate::demo::odata::parse::{Reader, Token};

/// Reads an expression to its end.
pub fn whole(text: &str) -> Result<Filter> {
    let mut reader = Reader::new(text)?;
    let filter = either(&mut reader, None)?;
    if reader.peek().is_some() {
        Err(reader.syntax_error())
    } else {
        Ok(filter)
    }
}

fn either(reader: &mut Reader, range: Option<&str>) -> Result<Filter> {
    let mut left = both(reader, range)?;
    while reader.word("or") {
        left = Filter::Or(Box::new(left), Box::new(both(reader, range)?));
    }
    Ok(left)
}

fn both(reader: &mut Reader, range: Option<&str>) -> Result<Filter> {
    let mut left = unary(reader, range)?;
    while reader.word("and") {
        left = Filter::And(Box::new(left), Box::new(unary(reader, range)?));
    }
    Ok(left)
}

fn unary(reader: &mut Reader, range: Option<&str>) -> Result<Filter> {
    if reader.word("not") {
        return Ok(Filter::Not(Box::new(unary(reader, range)?)));
    }
    if reader.sign('(') {
        let inner = either(reader, range)?;
        reader.expect(')')?;
        return Ok(inner);
    }
    let Some(Token::Word(word)) = reader.take() else {
        return Err(reader.syntax_error());
    };
    match word.to_ascii_lowercase().as_str() {
        "startswith" => affix(reader, Affix::StartsWith, range),
        "endswith" => affix(reader, Affix::EndsWith, range),
        "contains" => Err(GraphError::unsupported(
            "Unsupported Query: Function 'contains' is not supported.",
        )),
        _ => match word.strip_suffix("/any") {
            Some(collection) => any(reader, collection),
            None => comparison(reader, named(&word, range)),
        },
    }
}

/// A property's name, or [`ITSELF`] where it is the range variable.
fn named(word: &str, range: Option<&str>) -> String {
    if range == Some(word) {
        ITSELF.to_owned()
    } else {
        word.to_owned()
    }
}

fn affix(reader: &mut Reader, affix: Affix, range: Option<&str>) -> Result<Filter> {
    reader.expect('(')?;
    let Some(Token::Word(name)) = reader.take() else {
        return Err(reader.syntax_error());
    };
    reader.expect(',')?;
    let Some(Token::Text(text)) = reader.take() else {
        return Err(reader.syntax_error());
    };
    reader.expect(')')?;
    Ok(Filter::Affix(affix, named(&name, range), text))
}

fn any(reader: &mut Reader, collection: &str) -> Result<Filter> {
    reader.expect('(')?;
    let Some(Token::Word(range)) = reader.take() else {
        return Err(reader.syntax_error());
    };
    reader.expect(':')?;
    let condition = either(reader, Some(&range))?;
    reader.expect(')')?;
    Ok(Filter::Any(collection.to_owned(), Box::new(condition)))
}

fn comparison(reader: &mut Reader, name: String) -> Result<Filter> {
    let Some(Token::Word(operator)) = reader.take() else {
        return Err(reader.syntax_error());
    };
    let operator = match operator.to_ascii_lowercase().as_str() {
        "eq" => Operator::Eq,
        "ne" => Operator::Ne,
        "gt" => Operator::Gt,
        "ge" => Operator::Ge,
        "lt" => Operator::Lt,
        "le" => Operator::Le,
        "in" => return within(reader, name),
        _ => return Err(reader.syntax_error()),
    };
    Ok(Filter::Compare(name, operator, literal(reader)?))
}

fn within(reader: &mut Reader, name: String) -> Result<Filter> {
    reader.expect('(')?;
    let mut literals = vec![literal(reader)?];
    while reader.sign(',') {
        literals.push(literal(reader)?);
    }
    reader.expect(')')?;
    Ok(Filter::In(name, literals))
}

fn literal(reader: &mut Reader) -> Result<Literal> {
    match reader.take() {
        Some(Token::Text(text)) => Ok(Literal::Text(text)),
        Some(Token::Word(word)) if word.eq_ignore_ascii_case("null") => Ok(Literal::Null),
        Some(Token::Word(word)) => {
            let first = word
                .chars()
                .next()
                .is_some_and(|letter| letter.is_ascii_digit() || letter == '-');
            if first || ["true", "false"].contains(&word.as_str()) {
                Ok(Literal::Bare(word))
            } else {
                Err(reader.syntax_error())
            }
        }
        _ => Err(reader.syntax_error()),
    }
}
