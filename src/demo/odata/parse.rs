//! Letters into tokens, for filters and searches.

use crate::demo::error::{GraphError, Result};

/// One token of a `$filter` or `$search` expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A name, an operator or a bare literal: `displayName`, `eq`, `true`, `2026-01-01T00:00:00Z`.
    Word(String),
    /// A literal in single quotes, without them.
    Text(String),
    /// A clause in double quotes, without them.
    Quoted(String),
    /// `(`, `)`, `,` or `:`.
    Sign(char),
}

/// The tokens of an expression.
pub fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' => {}
            '(' | ')' | ',' => tokens.push(Token::Sign(letter)),
            '\'' => {
                let mut literal = String::new();
                loop {
                    match (letters.next(), letters.peek()) {
                        (Some('\''), Some('\'')) => {
                            literal.push('\'');
                            letters.next();
                        }
                        (Some('\''), _) => break,
                        (Some(other), _) => literal.push(other),
                        (None, _) => return Err(unterminated(text)),
                    }
                }
                tokens.push(Token::Text(literal));
            }
            '"' => {
                let mut clause = String::new();
                loop {
                    match letters.next() {
                        Some('"') => break,
                        Some('\\') => clause.extend(letters.next()),
                        Some(other) => clause.push(other),
                        None => return Err(unterminated(text)),
                    }
                }
                tokens.push(Token::Quoted(clause));
            }
            ':' => tokens.push(Token::Sign(letter)),
            _ => {
                let mut word = String::from(letter);
                // A colon ends a name, as in `any(c:c eq 'x')`, but belongs to a time.
                let lambda = |word: &str, next: char| next == ':' && word.chars().all(char::is_alphabetic);
                while let Some(next) = letters
                    .peek()
                    .copied()
                    .filter(|next| !" (),'\"".contains(*next) && !lambda(&word, *next))
                {
                    word.push(next);
                    letters.next();
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}

fn unterminated(text: &str) -> GraphError {
    GraphError::new(
        400,
        "BadRequest",
        format!(
            "There is an unterminated string literal at position {} in '{text}'.",
            text.len()
        ),
    )
}

/// Tokens being read one after another.
#[derive(Debug)]
pub struct Reader {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    text: String,
}

impl Reader {
    /// The tokens of a text.
    pub fn new(text: &str) -> Result<Reader> {
        Ok(Reader {
            tokens: tokens(text)?.into_iter().peekable(),
            text: text.to_owned(),
        })
    }

    /// The next token, left where it is.
    pub fn peek(&mut self) -> Option<&Token> {
        self.tokens.peek()
    }

    /// The next token, taken.
    pub fn take(&mut self) -> Option<Token> {
        self.tokens.next()
    }

    /// Takes the next token if it is this word, in any case.
    pub fn word(&mut self, word: &str) -> bool {
        self.tokens
            .next_if(|token| matches!(token, Token::Word(it) if it.eq_ignore_ascii_case(word)))
            .is_some()
    }

    /// Takes the next token if it is this sign.
    pub fn sign(&mut self, sign: char) -> bool {
        self.tokens.next_if_eq(&Token::Sign(sign)).is_some()
    }

    /// Takes this sign, or says that it is missing.
    pub fn expect(&mut self, sign: char) -> Result<()> {
        if self.sign(sign) {
            Ok(())
        } else {
            Err(self.syntax_error())
        }
    }

    /// The error for an expression that cannot be read.
    pub fn syntax_error(&mut self) -> GraphError {
        let place = match self.tokens.peek() {
            Some(Token::Word(word) | Token::Text(word) | Token::Quoted(word)) => format!("'{word}'"),
            Some(Token::Sign(sign)) => format!("'{sign}'"),
            None => "the end".to_owned(),
        };
        GraphError::new(
            400,
            "BadRequest",
            format!("Invalid filter clause: Syntax error at {place} in '{}'.", self.text),
        )
    }
}
