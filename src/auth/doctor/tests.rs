use std::sync::{Arc, Mutex};

use hyper_util::client::proxy::matcher::Matcher;
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{Timestamp, ToSpan};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

use super::*;
use crate::auth::vault::{Keep, Place};
use crate::demo::{Options, Tenant};

fn patient(login: &str, graph: &str) -> Patient {
    Patient {
        login: login.parse().unwrap(),
        has_login: true,
        graph: graph.parse().unwrap(),
        tenant: "organizations".into(),
        client_id: Some("11111111-2222-3333-4444-555555555555".into()),
        by_command: false,
        odd_proxy: None,
    }
}

fn of<'a>(checks: &'a [Check], name: &str) -> &'a Check {
    checks.iter().find(|check| check.name == name).unwrap()
}

async fn examined(patient: &Patient) -> Vec<Check> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let mut tell = {
        let told = told.clone();
        move |check: &Check| told.lock().unwrap().push(check.clone())
    };
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(Keep::Memory, folder.path().join("p"), "p").await;
    let checks = examine(patient, Some(&vault), &mut tell).await;
    assert_eq!(*told.lock().unwrap(), checks, "each is told when it has been made");
    checks
}

/// A server that answers every request with these words, and nothing else.
async fn answering(words: String) -> (String, AbortOnDropHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(words.as_bytes()).await;
        }
    });
    (url, AbortOnDropHandle::new(task))
}

fn json_answer(status: u16, extra: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Whatever\r\ncontent-length: {}\r\nconnection: close\r\n{extra}\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn the_demo_tenant_is_well_but_for_the_sign_in() {
    let tenant = Tenant::spawn(Options::default()).unwrap();
    let patient = Patient {
        tenant: tenant.tenant_id(),
        client_id: Some(tenant.client_id().to_owned()),
        ..patient(tenant.authority_url(), tenant.graph_url())
    };
    let checks = examined(&patient).await;
    for name in [
        "proxy",
        "dns-login",
        "dns-graph",
        "connect-login",
        "connect-graph",
        "clock",
        "tenant",
        "client",
        "store",
    ] {
        assert_eq!(of(&checks, name).outcome, Outcome::Pass, "{:?}", of(&checks, name));
    }
    let first = first_to_mend(&checks).unwrap();
    assert_eq!(
        (first.name, first.outcome),
        ("sign-in", Outcome::Fail(ProblemKind::SignIn))
    );
    assert!(first.next.as_str().contains("auth login"), "{first:?}");

    let stranger = Patient {
        client_id: Some("00000000-0000-0000-0000-00000000dead".into()),
        ..patient.clone()
    };
    let checks = examined(&stranger).await;
    let client = of(&checks, "client");
    assert!(matches!(client.outcome, Outcome::Fail(_)), "{client:?}");
    assert!(client.what.as_str().contains("AADSTS700016"), "{client:?}");

    let nobody = Patient {
        client_id: None,
        ..patient
    };
    let checks = examined(&nobody).await;
    assert_eq!(of(&checks, "client").outcome, Outcome::Fail(ProblemKind::Config));
    assert!(of(&checks, "client").next.as_str().contains("auth setup"));
}

#[tokio::test]
async fn where_nothing_listens_the_connection_is_to_be_mended_first() {
    let checks = examined(&patient("http://127.0.0.1:1", "http://127.0.0.1:1/v1.0")).await;
    let first = first_to_mend(&checks).unwrap();
    assert_eq!(
        (first.name, first.outcome),
        ("connect-login", Outcome::Fail(ProblemKind::Network))
    );
    assert!(first.what.as_str().contains("127.0.0.1:1"), "{first:?}");
    for name in ["clock", "tenant", "client", "permissions"] {
        assert_eq!(of(&checks, name).outcome, Outcome::Skipped, "{name}");
    }
    assert!(checks.iter().all(|check| !check.what.is_empty()));
}

#[tokio::test]
async fn a_name_that_is_not_found_is_to_be_mended_and_nothing_is_made_of_it() {
    let checks = examined(&patient("https://login.invalid", "https://graph.invalid/v1.0")).await;
    assert_eq!(first_to_mend(&checks).map(|check| check.name), Some("dns-login"));
    for name in ["connect-login", "connect-graph", "clock", "tenant", "client"] {
        assert_eq!(of(&checks, name).outcome, Outcome::Skipped, "{name}");
    }
}

#[tokio::test]
async fn who_has_a_command_needs_neither_application_nor_sign_in() {
    let tenant = Tenant::spawn(Options::default()).unwrap();
    let patient = Patient {
        client_id: None,
        by_command: true,
        ..patient(tenant.authority_url(), tenant.graph_url())
    };
    let checks = examined(&patient).await;
    assert_eq!(first_to_mend(&checks), None);
    assert_eq!(of(&checks, "client").outcome, Outcome::Skipped);
}

#[tokio::test]
async fn a_provider_without_tenants_is_known_by_its_own_description() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let description = format!(r#"{{"token_endpoint":"{url}/t"}}"#);
    let server = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 4096];
            let count = stream.read(&mut asked).await.unwrap_or(0);
            let words = match asked[..count].starts_with(b"GET /.well-known/") {
                true => json_answer(200, "", &description),
                false => json_answer(404, "", r#"{"error":"invalid_request"}"#),
            };
            let _ = stream.write_all(words.as_bytes()).await;
        }
    });
    let _server = AbortOnDropHandle::new(server);
    let checks = examined(&patient(&url, &url)).await;
    assert_eq!(
        of(&checks, "tenant").outcome,
        Outcome::Pass,
        "{:?}",
        of(&checks, "tenant")
    );
}

#[tokio::test]
async fn a_clock_that_is_off_is_a_warning() {
    for (off, outcome, way) in [
        (-20, Outcome::Warn, "fast"),
        (20, Outcome::Warn, "slow"),
        (2, Outcome::Pass, ""),
    ] {
        let then = Timestamp::now().checked_add(off.minutes()).unwrap();
        let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&then).unwrap();
        let (url, _server) = answering(json_answer(200, &format!("date: {date}\r\n"), "{}")).await;
        let checks = examined(&patient(&url, &url)).await;
        let clock = of(&checks, "clock");
        assert_eq!(clock.outcome, outcome, "{clock:?}");
        assert!(clock.what.as_str().contains(way), "{clock:?}");
        assert_eq!(
            of(&checks, "tenant").outcome,
            Outcome::Fail(ProblemKind::Config),
            "it is no authority"
        );
    }
}

#[tokio::test]
async fn what_the_authority_says_of_the_tenant_is_put_into_words_without_its_control_characters() {
    let body = r#"{"error":"invalid_request","error_description":"AADSTS90002: Tenant \u001b[31mno.\r\nTrace ID: t","correlation_id":"c-1"}"#;
    let (url, _server) = answering(json_answer(400, "", body)).await;
    let checks = examined(&patient(&url, &url)).await;
    let tenant = of(&checks, "tenant");
    assert_eq!(tenant.outcome, Outcome::Fail(ProblemKind::Config));
    assert_eq!(
        tenant.what.as_str(),
        "There is no tenant organizations in this cloud. [AADSTS90002; c-1]"
    );
    assert_eq!(of(&checks, "client").outcome, Outcome::Skipped);
}

#[tokio::test]
async fn an_authority_that_names_another_host_is_not_followed() {
    let body =
        r#"{"token_endpoint":"https://evil.example/t","device_authorization_endpoint":"https://evil.example/d"}"#;
    let (url, _server) = answering(json_answer(200, "", body)).await;
    let checks = examined(&patient(&url, &url)).await;
    assert_eq!(of(&checks, "client").outcome, Outcome::Skipped);
    assert!(of(&checks, "client").what.as_str().contains("another host"));
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_no_connection() {
    let (url, _server) = answering("this is no TLS\r\n".into()).await;
    let secure = url.replace("http://", "https://");
    let checks = examined(&patient(&secure, &secure)).await;
    assert_eq!(
        of(&checks, "connect-login").outcome,
        Outcome::Fail(ProblemKind::Network)
    );
}

#[tokio::test]
async fn the_proxy_that_applies_is_told_without_its_password() {
    let patient = patient("https://login.microsoftonline.com", "https://graph.contoso.com/v1.0");
    let proxies = Matcher::builder()
        .https("http://mia:hunter2@proxy.contoso.com:3128")
        .no("graph.contoso.com")
        .build();
    let line = Line::with_proxies(&patient, proxies);
    let words = line.proxy().what.to_string();
    assert!(
        words.contains("login.microsoftonline.com through the proxy proxy.contoso.com:3128")
            && words.contains("graph.contoso.com directly"),
        "{words}"
    );
    assert!(!words.contains("hunter2"), "{words}");
    let dns = line.dns("dns-login", &patient.login).await;
    assert_eq!(dns.outcome, Outcome::Skipped, "{dns:?}");
}

#[test]
fn a_file_is_as_good_a_store_as_a_machine_without_keyring_has() {
    let notice = Text::new("No keyring answered; so a file is used.");
    for (place, notice, outcome) in [
        (Place::Keyring("the desktop's keyring"), None, Outcome::Pass),
        (Place::Keyring("the kernel's keyring"), Some(&notice), Outcome::Warn),
        (Place::File("/home/m/sign-in.json".into()), Some(&notice), Outcome::Pass),
        (Place::Memory, None, Outcome::Pass),
        (Place::Memory, Some(&notice), Outcome::Warn),
    ] {
        let check = sign_in::kept_in(&place, notice);
        assert_eq!(check.outcome, outcome, "{check:?}");
        assert!(check.what.as_str().contains(&place.to_string()), "{check:?}");
    }
}

#[test]
fn missing_permissions_are_listed_with_who_grants_them() {
    let all: Vec<String> = crate::protocol::CAPABILITIES
        .iter()
        .map(|row| row.scope().to_owned())
        .collect();
    assert_eq!(sign_in::permissions(&all).outcome, Outcome::Pass);
    let own = sign_in::permissions(&["User.Read".to_owned()]);
    assert_eq!(own.outcome, Outcome::Warn);
    assert!(
        own.what.as_str().contains("Group.Read.All (reading conversations)"),
        "{own:?}"
    );
    assert!(own.next.as_str().contains("administrator"), "{own:?}");
    let unknown = sign_in::permissions(&[]);
    assert_eq!(unknown.outcome, Outcome::Skipped, "{unknown:?}");
}
