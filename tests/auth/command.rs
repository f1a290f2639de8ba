//! Tokens from a command, and what a log of all this holds.

#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use folkmoot::config::{Account, Surroundings};
use folkmoot::protocol::{Method, ProblemKind, TokenSource};
use secrecy::ExposeSecret;

use crate::support::{Desk, begin, by, parameter};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_command_needs_no_sign_in_and_is_run_again_for_a_newer_token() {
    let desk = Desk::new();
    let file = desk.state().join("token");
    fs::write(&file, desk.tenant.token()).unwrap();
    let account = Account {
        token_command: Some(format!("cat '{}'", file.display())),
        client_id: None,
        ..desk.account()
    };
    let session = desk.session_of(account, Surroundings::default());
    let first = session.token().await.unwrap();
    assert!(desk.graph_takes(first.expose_secret()).await);
    assert_eq!(session.granted(), None, "an opaque token does not tell");
    let problem = session.renew(&first, None).await.unwrap_err();
    assert_eq!(
        problem.kind,
        ProblemKind::SignIn,
        "the same token again is no newer one"
    );
    fs::write(&file, desk.tenant.rotate_token()).unwrap();
    let second = session.renew(&first, None).await.unwrap();
    assert!(desk.graph_takes(second.expose_secret()).await);
    let standing = session.status().await.unwrap().unwrap();
    assert_eq!(
        (standing.method, standing.renewable),
        (Some(Method::TokenCommand), true)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_azure_cli_is_asked_for_graphs_token() {
    let desk = Desk::new();
    let az = desk.state().join("az");
    let seen = desk.state().join("arguments");
    let script = format!(
        "#!/bin/sh\necho \"$@\" > '{}'\necho '{{\"accessToken\":\"{}\",\"expires_on\":4102444800}}'\n",
        seen.display(),
        desk.tenant.token()
    );
    fs::write(&az, script).unwrap();
    fs::set_permissions(&az, fs::Permissions::from_mode(0o755)).unwrap();
    let around = Surroundings {
        az: Some(az),
        ..Surroundings::default()
    };
    let account = Account {
        client_id: None,
        tenant: "contoso.com".to_owned(),
        ..desk.account()
    };
    let session = desk.session_of(account.clone(), around.clone());
    assert!(session.token().await.is_err(), "it is not taken for being there");
    let mut going = begin(&session, by(Method::AzureCli));
    going.finished().await.unwrap();
    assert!(desk.graph_takes(session.token().await.unwrap().expose_secret()).await);
    let arguments = fs::read_to_string(seen).unwrap();
    let resource = desk.tenant.authority_url();
    assert_eq!(
        arguments.trim(),
        format!("account get-access-token --output json --resource {resource} --tenant contoso.com")
    );
    assert!(
        desk.session_of(account, around).token().await.is_ok(),
        "kept for the next start"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_given_up_ends_with_all_that_it_started() {
    let desk = Desk::new();
    let file = desk.state().join("pid");
    let account = Account {
        token_command: Some(format!("sleep 600 & echo $! > '{}'; wait", file.display())),
        ..desk.account()
    };
    let going = begin(
        &desk.session_of(account, Surroundings::default()),
        by(Method::TokenCommand),
    );
    let pid = loop {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if let Ok(pid) = text.trim().parse::<u32>() {
            break pid;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    going.cancel();
    // Where nobody reaps orphans it stays as a zombie, which has no command line.
    while fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty()) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

thread_local! {
    /// What this thread writes to the log: every task of a test runs in one.
    static LOG: Written = Written::default();
}

#[tokio::test]
async fn no_log_holds_a_token_a_code_or_a_verifier() {
    // One for all threads: a line that a thread without any reaches first would never be told again.
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(|| LOG.with(Written::clone))
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let desk = Desk::new();
    let session = desk.session();
    let mut going = begin(&session, by(Method::Browser));
    let link = going.link().await;
    let back = desk.choose(&link, "ines.wickersham", "accept").await;
    let sent = desk.http.get(&back).send().await.unwrap();
    assert_eq!(sent.status(), 200);
    going.finished().await.unwrap();
    let first = session.token().await.unwrap();
    let kept = fs::read_to_string(desk.state().join("default/sign-in.json")).unwrap();
    desk.tenant.expire_access_tokens();
    let second = session.renew(&first, None).await.unwrap();
    desk.tenant.expire_access_tokens();
    desk.tenant.revoke_refresh_tokens("ines.wickersham");
    let problem = session.renew(&second, None).await.unwrap_err();
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let mut secrets = vec![
        first.expose_secret().to_owned(),
        second.expose_secret().to_owned(),
        parameter(&back, "code").unwrap(),
    ];
    tokens_in(&kept, &mut secrets);
    assert!(secrets.len() >= 5, "the refresh token is among them");
    let log = LOG.with(|written| String::from_utf8(written.0.lock().unwrap().clone()).unwrap());
    let ours: Vec<&str> = log.lines().filter(|line| line.contains("folkmoot")).collect();
    assert!(ours.len() > 3, "{log}");
    // The browser of this test writes its own address; the program's lines must not.
    for secret in &secrets {
        assert!(
            !ours.iter().any(|line| line.contains(secret.as_str())),
            "a secret in the log"
        );
        assert!(!format!("{problem} {problem:?} {session:?}").contains(secret.as_str()));
    }
    assert!(
        !log.contains("code_verifier") && !log.contains("refresh_token="),
        "{log}"
    );
}

/// The values of fields whose name ends in `token`.
fn tokens_in(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                if let (true, Some(text)) = (name.ends_with("token"), value.as_str()) {
                    into.push(text.to_owned());
                }
                tokens_in(value, into);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| tokens_in(item, into)),
        _ => {}
    }
}
