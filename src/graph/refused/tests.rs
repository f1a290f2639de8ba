//! Refusals as Graph words them, and what is said of each.

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
