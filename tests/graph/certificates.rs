//! Certificates: what a machine without any is told. The environment belongs to the whole process, so each case runs in
//! a child of this test.

use std::sync::Arc;

use folkmoot::graph::{Client, Endpoint};
use folkmoot::protocol::ProblemKind;

use crate::support::{Tokens, run_child};

const CHILD: &str = "FOLKMOOT_TEST_ENDPOINT";

/// Not a test by itself: what the child does.
#[test]
fn child() {
    let Ok(url) = std::env::var(CHILD) else { return };
    let endpoint = Endpoint::parse(&url).unwrap();
    match Client::new(endpoint, Arc::new(Tokens::default()), |_| {}) {
        Ok(_) => println!("made"),
        Err(problem) => {
            assert_eq!(problem.kind, ProblemKind::Config);
            println!("{problem}");
        }
    }
}

fn told(url: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    run_child(
        "certificates::child",
        [
            (CHILD, url.into()),
            ("SSL_CERT_FILE", empty.into()),
            ("SSL_CERT_DIR", folder.path().into()),
        ],
    )
}

#[cfg(target_os = "linux")]
#[test]
fn without_certificates_https_is_a_problem_that_says_what_to_install() {
    let words = told("https://graph.microsoft.com/v1.0");
    assert!(
        words.contains("ca-certificates") && words.contains("SSL_CERT_FILE"),
        "{words}"
    );
}

#[test]
fn plain_http_on_loopback_needs_none() {
    assert!(told("http://127.0.0.1:1/v1.0").contains("made"));
}
