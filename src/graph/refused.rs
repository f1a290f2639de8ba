//! Graph's refusals, read from whatever it sent.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::body::{is_web_page, web_page};
use super::codes::{BUSY, BUSY_NEXT, CODES, ODD_ANSWER_NEXT, ODD_QUERY_NEXT, Row, STATUSES};
use super::needs::{Asked, Place};
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// What stands before the server's own words.
const SAYS: &str = "It says: “";
/// How much of the server's own words is shown.
const LONGEST: usize = 300;

/// Puts a refusal into words. The body may be absent, a web page, or cut short.
pub(super) fn explain(status: StatusCode, headers: &HeaderMap, body: &[u8], asked: &Asked) -> Problem {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(Text::new);
    explain_parts(status.as_u16(), header("request-id"), body, asked)
}

/// The same for an item of a batch, whose headers are JSON.
pub(super) fn explain_parts(status: u16, request_id: Option<Text>, body: &[u8], asked: &Asked) -> Problem {
    let answer = serde_json::from_slice::<Value>(body).unwrap_or_default();
    let error = answer.get("error").unwrap_or(&Value::Null);
    let codes = codes(error);
    let found = codes
        .iter()
        .rev()
        .find_map(|code| known(code, asked.place).map(|row| (*code, row)));

    let mut problem = match found {
        Some((_, row)) => Problem::new(row.kind, row.what, row.next),
        // Graph refuses in JSON. Its front doors send pages where it is down; whose any other is, nobody knows.
        None if is_web_page(body) && matches!(status, 400 | 402..=412 | 414..=428 | 430..=499) => web_page(),
        None => by_status(status, error.get("message").and_then(Value::as_str)),
    };
    problem.status = Some(status);
    problem.code = found.map(|(code, _)| code).or(codes.first().copied()).map(bounded);
    problem.request_id = request_id.or_else(|| {
        let id = inner(error)?.get("request-id")?.as_str()?;
        Some(Text::new(id))
    });
    asked.tell_why(&mut problem);
    if asked.verbatim {
        hand_on(&mut problem, error.get("message").and_then(Value::as_str));
    }
    problem
}

/// Adds the server's own words for whoever wrote the request; a mistake in it is theirs to mend.
fn hand_on(problem: &mut Problem, message: Option<&str>) {
    if [ODD_QUERY_NEXT, ODD_ANSWER_NEXT].contains(&problem.next.as_str()) {
        problem.next = Text::default();
    }
    if let Some(message) = message.map(bounded).filter(|message| !message.is_empty())
        && !problem.what.as_str().contains(SAYS)
    {
        problem.what = Text::new(&format!("{} {SAYS}{message}”", problem.what));
    }
}

/// Graph answers 202, and nothing more, for a person or group that it is still setting up.
pub(super) fn not_ready(status: u16, request_id: Option<Text>) -> Problem {
    Problem {
        status: Some(status),
        request_id,
        ..Problem::new(
            ProblemKind::NotFound,
            "Graph is still setting this up.",
            "Try again in a few minutes.",
        )
    }
}

/// Graph has told another request to wait, so this one is not sent at all.
pub(super) fn told_to_wait(until: Timestamp) -> Problem {
    Problem {
        retry_at: Some(until),
        ..Problem::new(ProblemKind::Throttled, BUSY, BUSY_NEXT)
    }
}

fn known(code: &str, place: Place) -> Option<&'static Row> {
    CODES
        .iter()
        .find(|row| row.code.eq_ignore_ascii_case(code) && (row.place == Place::Any || row.place == place))
}

fn by_status(status: u16, message: Option<&str>) -> Problem {
    let Some((.., kind, what, next)) = STATUSES.iter().find(|(from, to, ..)| (*from..=*to).contains(&status)) else {
        return Problem::new(ProblemKind::Server, "Graph answered something unexpected.", "");
    };
    let message = message.map(bounded).unwrap_or_default();
    if message.is_empty() {
        Problem::new(*kind, what, next)
    } else {
        Problem::new(*kind, &format!("{what} {SAYS}{message}”"), next)
    }
}

/// The codes from the outermost in; Graph nests errors, and spells the nest in two ways.
fn codes(error: &Value) -> Vec<&str> {
    let mut codes = Vec::new();
    let mut error = Some(error);
    while let Some(level) = error {
        if let Some(code) = level.get("code").and_then(Value::as_str)
            && !code.trim().is_empty()
        {
            codes.push(code);
        }
        error = inner(level);
    }
    codes
}

fn inner(error: &Value) -> Option<&Value> {
    error.get("innerError").or_else(|| error.get("innererror"))
}

fn bounded(words: &str) -> Text {
    let mut cut: String = words.chars().take(LONGEST).collect();
    if cut.len() < words.len() {
        cut.push('…');
    }
    Text::new(&cut)
}
