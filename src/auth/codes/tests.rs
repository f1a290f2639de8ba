use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

const BODY: &str = r#"{"error":"invalid_grant","error_description":"AADSTS50076: Due to a configuration change.\r\nTrace ID: 1\r\nCorrelation ID: 2\r\nTimestamp: 3","error_codes":[50076],"timestamp":"2026-11-21 10:00:00Z","trace_id":"1","correlation_id":"c0ffee-2","claims":"{\"access_token\":{}}"}"#;

fn about() -> About {
    About {
        client_id: "11111111-2222".into(),
        tenant: "contoso.com".into(),
    }
}

fn explained(error: &str, description: &str) -> Problem {
    explain(&OAuthRefusal::new(error, description), &about())
}

#[test]
fn a_body_is_read_and_explained() {
    let refusal = OAuthRefusal::from_json(BODY.as_bytes()).unwrap();
    assert_eq!(refusal.error, "invalid_grant");
    assert_eq!(refusal.codes, [50076, 50076]);
    assert_eq!(refusal.claims.as_deref(), Some("{\"access_token\":{}}"));
    assert!(refusal.needs_person());
    let problem = explain(&refusal, &about());
    assert_eq!(problem.kind, ProblemKind::SignIn);
    assert_eq!(problem.code, Some(Text::new("AADSTS50076")));
    assert_eq!(problem.request_id, Some(Text::new("c0ffee-2")));
    assert!(problem.what.as_str().contains("second proof"), "{problem}");
    assert!(problem.next.as_str().contains("browser"), "{problem}");
}

#[test]
fn what_is_no_oauth_error_is_none() {
    for body in [
        "",
        "<html>",
        "[]",
        "null",
        r#"{"error":{"code":"InvalidAuthenticationToken"}}"#,
        r#"{"access_token":"x"}"#,
        r#"{"error":5}"#,
    ] {
        assert_eq!(OAuthRefusal::from_json(body.as_bytes()), None, "{body}");
    }
    assert_eq!(OAuthRefusal::from_parameters([("code", "x"), ("state", "y")]), None);
}

#[test]
fn the_address_a_browser_came_back_to_is_read() {
    let refusal = OAuthRefusal::from_parameters([
        ("error", "access_denied"),
        (
            "error_description",
            "AADSTS65004: The user has denied access. Trace ID: a Correlation ID: 5f0-山 Timestamp: t",
        ),
        ("state", "s"),
    ])
    .unwrap();
    assert_eq!(refusal.codes, [65004]);
    let problem = explain(&refusal, &about());
    assert_eq!(problem.request_id, Some(Text::new("5f0-山")));
    assert!(problem.what.as_str().contains("not accepted"), "{problem}");
}

#[test]
fn the_name_decides_the_kind_and_the_number_only_the_words() {
    for (error, kind) in [
        ("invalid_grant", ProblemKind::SignIn),
        ("unauthorized_client", ProblemKind::Config),
        ("temporarily_unavailable", ProblemKind::Server),
        ("slow_down", ProblemKind::Throttled),
        ("of_next_year", ProblemKind::SignIn),
    ] {
        let problem = explained(error, "AADSTS700016: Application not found.");
        assert_eq!(problem.kind, kind, "{error}");
        assert_eq!(
            problem.what.as_str(),
            "The application 11111111-2222 is not known in the tenant contoso.com."
        );
    }
}

#[test]
fn every_row_says_what_and_who_and_none_is_there_twice() {
    let mut seen = HashSet::new();
    let helps = ERRORS
        .iter()
        .map(|row| (row.name.to_owned(), &row.help))
        .chain(NUMBERS.iter().flat_map(|row| {
            let name = |number: &u64| format!("AADSTS{number}");
            row.numbers.iter().map(move |number| (name(number), &row.help))
        }));
    for (name, help) in helps {
        assert!(seen.insert(name.clone()), "{name} is there twice");
        let refusal = match name.starts_with("AADSTS") {
            true => OAuthRefusal::new("invalid_grant", format!("{name}: words")),
            false => OAuthRefusal::new(&*name, ""),
        };
        let problem = explain(&refusal, &about());
        assert_eq!(problem.code, Some(Text::new(&name)));
        for sentence in [problem.what.as_str(), problem.next.as_str()] {
            assert!(
                sentence.ends_with('.') && !sentence.contains(['{', '}']),
                "{name}: {sentence}"
            );
            assert!(sentence.starts_with(char::is_uppercase), "{name}: {sentence}");
        }
        let asks = problem.next.as_str().starts_with("Ask ");
        assert_eq!(asks, help.who != Who::You, "{name}: {problem}");
    }
}

#[test]
fn each_code_that_people_meet_has_words_of_its_own() {
    for number in [
        50076, 50079, 50074, 50078, 53003, 53000, 53001, 530032, 65001, 65004, 90094, 90095, 7000218, 700016, 90002,
        50194, 50020, 50034, 700082, 70008, 70043, 50173, 70019, 70020, 70018, 50011, 50196, 700022, 70016, 54005,
    ] {
        let problem = explained("invalid_grant", &format!("AADSTS{number}: In the server's words."));
        assert!(!problem.what.as_str().contains("server's words"), "{number}");
        assert_ne!(
            problem.what.as_str(),
            "Your sign-in has ended or was withdrawn.",
            "{number}"
        );
    }
}

#[test]
fn the_first_known_number_counts_and_the_first_of_all_is_shown_where_none_is_known() {
    let problem = explained("invalid_grant", "AADSTS1234567: Odd. AADSTS53003: Blocked.");
    assert_eq!(problem.code, Some(Text::new("AADSTS53003")));
    let problem = explained("invalid_grant", "AADSTS1234567: Odd. Trace ID: x");
    assert_eq!(problem.code, Some(Text::new("AADSTS1234567")));
    assert!(
        problem.what.as_str().ends_with("It says: “AADSTS1234567: Odd.”"),
        "{problem}"
    );
}

#[test]
fn unforeseen_errors_show_the_servers_own_words_cleaned_and_cut() {
    let long = "ü ".repeat(1000);
    let problem = explained("brand_new", &format!("\u{1b}[31mno\r\n{long} TRACE ID: z"));
    assert_eq!(problem.code, Some(Text::new("brand_new")));
    let what = problem.what.as_str();
    assert!(what.contains("“no ü") && what.chars().count() < 350, "{what}");
    assert!(!what.contains('\u{1b}'));
    assert_eq!(
        explained("brand_new", "").what.as_str(),
        "The sign-in service refused: brand_new."
    );
    assert!(explained("", "").what.as_str().contains("did not say why"));
}

#[test]
fn secrets_that_the_server_repeats_are_not_shown() {
    let secret = format!("0.AX{}", "kJ9_-".repeat(30));
    for description in [
        format!("The token {secret} is no good"),
        format!("redirect http://localhost/?code={secret}&state=x"),
        format!("('{secret}')"),
    ] {
        let refusal = OAuthRefusal::new("brand_new", description);
        let told = format!("{} {refusal:?}", explain(&refusal, &about()));
        assert!(!told.contains("kJ9"), "{told}");
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_no_control_character_comes_through(
        error in any::<String>(),
        description in any::<String>(),
        codes in prop::collection::vec(any::<u64>(), 0..4),
        id in any::<Option<String>>(),
        tenant in any::<String>(),
    ) {
        let refusal = OAuthRefusal { codes, correlation_id: id, ..OAuthRefusal::new(error, description) };
        let problem = explain(&refusal, &About { client_id: tenant.clone(), tenant });
        let shown = format!("{problem}{}", problem.code.as_ref().map_or("", Text::as_str));
        prop_assert!(!shown.contains(char::is_control), "{shown:?}");
        prop_assert!(!problem.what.is_empty());
    }

    #[test]
    fn no_body_panics(body in any::<Vec<u8>>(), cut in 0..BODY.len()) {
        OAuthRefusal::from_json(&body);
        OAuthRefusal::from_json(&BODY.as_bytes()[..cut]);
    }
}
