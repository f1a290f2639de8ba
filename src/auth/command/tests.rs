//! Tokens that a command prints.

use secrecy::ExposeSecret;

use super::*;

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

fn parsed(printed: &str) -> Option<(String, i64)> {
    let printed = parse(printed.as_bytes(), now())?;
    let seconds = printed.expires_at.duration_since(now()).as_secs();
    Some((printed.token.expose_secret().to_owned(), seconds))
}

#[test]
fn a_token_is_read_however_it_is_printed() {
    for (printed, seconds) in [
        ("ey.J.x\n", 3600),
        (
            r#"{"accessToken":"ey.J.x","expires_on":1800000060,"expiresOn":"2001-01-01 00:00:00.000000"}"#,
            60,
        ),
        (r#"{"accessToken":"ey.J.x","expires_on":"1800000060"}"#, 60),
        (
            r#"{"access_token":"ey.J.x","expires_in":120,"token_type":"Bearer"}"#,
            120,
        ),
        (r#"{"access_token":"ey.J.x","expires_in":"120"}"#, 120),
        (r#"{"token":"ey.J.x","expiresOn":"2027-01-15T08:01:00Z"}"#, 60),
        ("{\n  \"accessToken\": \"ey.J.x\"\n}\n", 3600),
    ] {
        assert_eq!(parsed(printed), Some(("ey.J.x".to_owned(), seconds)), "{printed}");
    }
    assert!(parsed(r#"{"accessToken":"ey.J.x","expiresOn":"2027-01-15 08:01:00.000000"}"#).is_some());
    for printed in [
        "",
        "\n",
        "a b",
        "Bearer ey",
        "{}",
        r#"{"accessToken":""}"#,
        "ey\u{1b}[2J",
        "山",
    ] {
        assert_eq!(parsed(printed), None, "{printed:?}");
    }
}

#[tokio::test]
#[cfg(unix)]
async fn what_a_command_prints_is_never_repeated_and_its_complaint_is_shortened() {
    let problem = token_command("echo SECRET.TOKEN; echo 'no network\u{1b}[2J' >&2; exit 3")
        .await
        .map(|_| ());
    let problem = problem.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignIn);
    assert!(problem.what.as_str().contains("no network"), "{problem}");
    assert!(!problem.to_string().contains("SECRET"), "{problem}");
    let problem = token_command("echo one two").await.map(|_| ()).unwrap_err();
    assert!(!problem.to_string().contains("one two"), "{problem}");
    let problem = token_command("echo \"Please run 'az login' to setup account.\" >&2; exit 1")
        .await
        .map(|_| ());
    assert!(problem.unwrap_err().next.as_str().contains("az login"));
    let printed = token_command("printf '  ey.J.x \\n'").await.unwrap();
    assert_eq!(printed.token.expose_secret(), "ey.J.x");
}
