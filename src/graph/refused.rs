//! Graph's refusals, read from whatever it sent.

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

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(status: u16, body: &str, place: Place) -> Problem {
        let asked = Asked {
            place,
            template: String::new(),
            granted: None,
            verbatim: false,
        };
        explain_parts(status, None, body.as_bytes(), &asked)
    }

    #[test]
    fn the_deepest_known_code_decides() {
        let body = r#"{"error":{"code":"Forbidden","message":"x","innerError":{"code":"ErrorAccessDenied",
            "innererror":{"code":"SomethingNew","request-id":"deep"},"request-id":"r-1"}}}"#;
        let problem = explained(403, body, Place::GroupMail);
        assert_eq!(problem.code, Some(Text::new("ErrorAccessDenied")));
        assert_eq!(problem.kind, ProblemKind::Forbidden);
        assert!(problem.what.as_str().contains("not a member"));
        assert_eq!(problem.request_id, Some(Text::new("r-1")));
        assert!(!explained(403, body, Place::Any).what.as_str().contains("member"));
    }

    #[test]
    fn unknown_codes_show_the_servers_own_words_cleaned_and_cut() {
        let long = "ü".repeat(1000);
        let body = format!(r#"{{"error":{{"code":"Brand_New","message":"\u001b[31mno {long}"}}}}"#);
        let problem = explained(400, &body, Place::Any);
        assert_eq!(problem.code, Some(Text::new("Brand_New")));
        let what = problem.what.as_str();
        assert!(what.contains("“no ü") && what.contains("ü…”") && what.chars().count() < 400);
        assert!(!what.contains('\u{1b}'));
    }

    #[test]
    fn whoever_wrote_a_request_hears_what_the_server_says_of_it() {
        let long = "ü".repeat(1000);
        for code in [
            "Request_UnsupportedQuery",
            "Authorization_RequestDenied",
            "Brand_New",
            "",
        ] {
            let body = format!(r#"{{"error":{{"code":"{code}","message":"\u001b[31mUnsupported Query. {long}"}}}}"#);
            for verbatim in [true, false] {
                let asked = Asked {
                    place: Place::Any,
                    template: "/users".to_owned(),
                    granted: None,
                    verbatim,
                };
                let problem = explain_parts(403, None, body.as_bytes(), &asked);
                let what = problem.what.as_str();
                if verbatim {
                    assert_eq!(what.matches("It says: “").count(), 1, "{what}");
                    assert!(
                        what.contains("Unsupported Query. ü") && what.chars().count() < 500,
                        "{what}"
                    );
                    assert!(
                        !what.contains('\u{1b}') && !problem.next.as_str().contains("report"),
                        "{problem}"
                    );
                } else if code == "Request_UnsupportedQuery" {
                    assert!(!what.contains("It says") && problem.next.as_str() == ODD_QUERY_NEXT);
                }
            }
        }
    }

    #[test]
    fn bodies_may_be_absent_web_pages_or_cut_short() {
        for body in [
            "",
            "<html>Bad gateway</html>",
            r#"{"error":{"code":"Author"#,
            "[1]",
            "null",
            "\u{0}",
        ] {
            for (status, kind) in [
                (302, ProblemKind::Server),
                (400, ProblemKind::General),
                (401, ProblemKind::SignIn),
                (403, ProblemKind::Forbidden),
                (404, ProblemKind::NotFound),
                (418, ProblemKind::General),
                (429, ProblemKind::Throttled),
                (500, ProblemKind::Server),
                (509, ProblemKind::Server),
            ] {
                let problem = explained(status, body, Place::Any);
                // A proxy's page says nothing of what Graph allows, or has.
                let is_page = body.starts_with('<') && [400, 403, 404, 418].contains(&status);
                let kind = if is_page { ProblemKind::Server } else { kind };
                assert_eq!((problem.kind, problem.status), (kind, Some(status)), "{body}");
                assert_eq!(problem.what.as_str().contains("web page"), is_page, "{problem}");
                assert!(!problem.what.is_empty());
            }
        }
    }

    #[test]
    fn every_status_has_a_sentence_and_a_next_step() {
        for status in (300..=511).filter(|status| *status != 304) {
            let problem = explained(status, "", Place::Any);
            assert!(
                !problem.what.is_empty() && !problem.next.is_empty(),
                "{status}: {problem}"
            );
        }
        assert_eq!(explained(407, "", Place::Any).kind, ProblemKind::Config);
        assert_eq!(explained(451, "", Place::Any).kind, ProblemKind::Forbidden);
    }

    #[test]
    fn an_empty_code_is_no_code() {
        let problem = explained(403, r#"{"error":{"code":"","message":"Not yours."}}"#, Place::Any);
        assert_eq!(problem.code, None);
        assert!(problem.what.as_str().ends_with("It says: “Not yours.”"));
    }
}
