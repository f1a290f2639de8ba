//! Why a sign-in service said no, in plain words.

mod numbers;
mod table;

use std::fmt;

use serde_json::Value;

use self::numbers::NUMBERS;
use self::table::{ERRORS, Help, Who};
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// How much of the server's own words is shown, in characters.
const LONGEST: usize = 300;
/// How long an error's name or an id may be, in characters.
const LONGEST_NAME: usize = 64;
/// A longer run without a space may be a token or a code that the server repeats. Ids have 36 characters.
const LONGEST_RUN: usize = 48;

/// An OAuth error, from the body of an answer or from the address that a browser came back to (RFC 6749 §4.1.2.1, §5.2).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct OAuthRefusal {
    /// The error's name, such as `invalid_grant`. What to do is decided by this alone.
    pub error: String,
    /// The server's own words. They may hold anything: [`explain`] makes them fit to show.
    pub description: String,
    /// Entra's numbers, the first the most telling. They choose the words of [`explain`] and nothing else.
    pub codes: Vec<u64>,
    /// What the service's administrators find this one attempt by.
    pub correlation_id: Option<String>,
    /// What the next sign-in must prove, as JSON, where the error says so.
    pub claims: Option<String>,
}

/// What was asked with, for the words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The application's id.
    pub client_id: String,
    /// The tenant's id, domain, or `organizations`.
    pub tenant: String,
}

impl OAuthRefusal {
    /// An error with its description; numbers and correlation id are taken from the description.
    pub fn new(error: impl Into<String>, description: impl Into<String>) -> Self {
        let description = description.into();
        OAuthRefusal {
            error: error.into(),
            codes: numbers_in(&description),
            correlation_id: after(&description, "Correlation ID:").map(str::to_owned),
            description,
            claims: None,
        }
    }

    /// Reads the body of an answer; `None` where it holds no OAuth error.
    pub fn from_json(body: &[u8]) -> Option<Self> {
        let answer: Value = serde_json::from_slice(body).ok()?;
        let word = |name: &str| answer.get(name).and_then(Value::as_str);
        let mut refusal = OAuthRefusal::new(word("error")?, word("error_description").unwrap_or_default());
        if let Some(Value::Array(codes)) = answer.get("error_codes") {
            refusal.put_first(codes.iter().filter_map(Value::as_u64).collect());
        }
        if let Some(id) = word("correlation_id") {
            refusal.correlation_id = Some(id.to_owned());
        }
        refusal.claims = word("claims").map(str::to_owned);
        Some(refusal)
    }

    /// Reads the parameters of the address that a browser came back to, decoded; `None` where they hold no OAuth error.
    pub fn from_parameters<N: AsRef<str>, V: AsRef<str>>(parameters: impl IntoIterator<Item = (N, V)>) -> Option<Self> {
        let (mut error, mut description, mut claims) = (None, String::new(), None);
        for (name, value) in parameters {
            let value = value.as_ref();
            match name.as_ref() {
                "error" => error = Some(value.to_owned()),
                "error_description" => description = value.to_owned(),
                "claims" => claims = Some(value.to_owned()),
                _ => {}
            }
        }
        Some(OAuthRefusal {
            claims,
            ..OAuthRefusal::new(error?, description)
        })
    }

    /// Whether only a sign-in by the person can go on from here: nothing will come of asking again without.
    pub fn needs_person(&self) -> bool {
        [
            "invalid_grant",
            "interaction_required",
            "login_required",
            "consent_required",
        ]
        .contains(&self.error.as_str())
    }

    fn put_first(&mut self, codes: Vec<u64>) {
        let found = std::mem::replace(&mut self.codes, codes);
        self.codes.extend(found);
    }
}

impl fmt::Debug for OAuthRefusal {
    /// Neither the server's words nor the claims: they may tell of the sign-in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthRefusal")
            .field("error", &bounded(&self.error, LONGEST_NAME))
            .field("codes", &self.codes)
            .finish_non_exhaustive()
    }
}

/// Says what happened, what to do and who can do it. An error that nobody foresaw shows the server's own words.
pub fn explain(refusal: &OAuthRefusal, about: &About) -> Problem {
    let error = ERRORS.iter().find(|row| row.name == refusal.error);
    let kind = error.map_or(ProblemKind::SignIn, |row| row.kind);
    let by_number = refusal.codes.iter().find_map(|code| {
        let row = NUMBERS.iter().find(|row| row.numbers.contains(code))?;
        Some((*code, &row.help))
    });
    let number = by_number.map(|(code, _)| code).or(refusal.codes.first().copied());

    let mut problem = match (by_number, error) {
        (Some((_, help)), _) => in_words(kind, help, "", about),
        (None, Some(row)) => in_words(kind, &row.help, &own_words(&refusal.description), about),
        (None, None) => unforeseen(kind, refusal),
    };
    problem.code = Some(match number {
        Some(number) => Text::new(&format!("AADSTS{number}")),
        None => bounded(&refusal.error, LONGEST_NAME),
    })
    .filter(|code| !code.is_empty());
    problem.request_id = refusal
        .correlation_id
        .as_deref()
        .map(|id| bounded(id, LONGEST_NAME))
        .filter(|id| !id.is_empty());
    problem
}

fn in_words(kind: ProblemKind, help: &Help, own: &str, about: &About) -> Problem {
    let fill = |words: &str| {
        words
            .replace("{client}", &about.client_id)
            .replace("{tenant}", &about.tenant)
    };
    let mut what = fill(help.what);
    if !own.is_empty() {
        what.push_str(&format!(" It says: “{own}”"));
    }
    let next = fill(help.next);
    let next = match help.who {
        Who::You => next,
        Who::Administrator => format!("Ask an administrator of your organisation to {next}"),
        Who::Registrant => format!("Ask whoever registered the application, or an administrator, to {next}"),
    };
    Problem::new(kind, &what, &next)
}

fn unforeseen(kind: ProblemKind, refusal: &OAuthRefusal) -> Problem {
    let own = own_words(&refusal.description);
    let name = bounded(&refusal.error, LONGEST_NAME);
    let what = match (own.is_empty(), name.is_empty()) {
        (false, _) => format!("The sign-in service refused: “{own}”"),
        (true, false) => format!("The sign-in service refused: {name}."),
        (true, true) => "The sign-in service refused and did not say why.".to_owned(),
    };
    Problem::new(
        kind,
        &what,
        "Sign in again; if that does not help, show this to an administrator of your organisation.",
    )
}

/// The server's words as they may be shown: one line, without ids at their end, without what may be a secret.
pub(super) fn own_words(description: &str) -> String {
    let end = find_ignoring_case(description, "Trace ID:").unwrap_or(description.len());
    let words = Text::new(description.get(..end).unwrap_or_default());
    let shown: Vec<&str> = words
        .as_str()
        .split(' ')
        .map(|word| if is_long_run(word) { "…" } else { word })
        .collect();
    cut(shown.join(" ").trim(), LONGEST)
}

/// Whether a word holds a run of the characters that tokens and codes are made of, too long to be a word or an id.
fn is_long_run(word: &str) -> bool {
    let is_of_tokens = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
    word.split(|c| !is_of_tokens(c)).any(|run| run.len() > LONGEST_RUN)
}

fn bounded(words: &str, longest: usize) -> Text {
    Text::new(&cut(words, longest))
}

fn cut(words: &str, longest: usize) -> String {
    match words.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", words.get(..at).unwrap_or_default()),
        None => words.to_owned(),
    }
}

/// Every number after `AADSTS`, in their order.
fn numbers_in(description: &str) -> Vec<u64> {
    description
        .split("AADSTS")
        .skip(1)
        .filter_map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest.get(..end)?.parse().ok()
        })
        .collect()
}

/// The word after a label.
fn after<'a>(description: &'a str, label: &str) -> Option<&'a str> {
    let at = find_ignoring_case(description, label)?;
    description.get(at + label.len()..)?.split_whitespace().next()
}

/// Where an ASCII label begins.
fn find_ignoring_case(words: &str, label: &str) -> Option<usize> {
    words
        .as_bytes()
        .windows(label.len())
        .position(|window| window.eq_ignore_ascii_case(label.as_bytes()))
}

#[cfg(test)]
mod tests;
