//! What the network did, in plain words.

use std::error::Error;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::endpoint::Endpoint;
use super::patience::Patience;
use crate::protocol::{Problem, ProblemKind};

/// The client for reads: it keeps connections.
pub(super) fn pooled(endpoint: &Endpoint, patience: &Patience) -> Result<reqwest::Client, Problem> {
    build(endpoint, patience, |builder| builder.read_timeout(patience.idle))
}

/// A client that makes a new connection for every request. Writes go through it: on a connection that carried nothing
/// before, the HTTP library has no case in which it would send a request again. After a 503 reads do, as Graph asks.
pub(super) fn fresh(endpoint: &Endpoint, patience: &Patience) -> Result<reqwest::Client, Problem> {
    build(endpoint, patience, |builder| {
        builder.read_timeout(patience.idle).pool_max_idle_per_host(0)
    })
}

fn build(
    endpoint: &Endpoint,
    patience: &Patience,
    more: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> Result<reqwest::Client, Problem> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("folkmoot/", env!("CARGO_PKG_VERSION")))
        // A redirect would take the token to another address.
        .redirect(reqwest::redirect::Policy::none())
        // Whether a request may be repeated is decided here alone.
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(patience.connect);
    builder = if endpoint.is_plain() {
        // Loopback needs no certificates, and a proxy would be another machine that sees the token.
        builder.no_proxy().tls_certs_only([])
    } else {
        builder.https_only(true)
    };
    more(builder).build().map_err(|error| {
        tracing::error!(error = %chain(&error), "the HTTP client could not be made");
        Problem::new(
            ProblemKind::Config,
            "No trusted certificates were found on this machine, so no server can be trusted.",
            "Install the ca-certificates package, or set SSL_CERT_FILE to a file that holds them.",
        )
    })
}

/// `Bearer` and the token, marked so that no log shows it.
pub(super) fn bearer(token: &SecretString) -> Result<HeaderValue, Problem> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret())).map_err(|_| {
        Problem::new(
            ProblemKind::SignIn,
            "The access token holds characters that no token has.",
            "Sign in again.",
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Puts a failed exchange into words.
pub(super) fn explain(error: &reqwest::Error, endpoint: &Endpoint) -> Problem {
    let host = endpoint.host();
    let causes = chain(error);
    let (what, next) = if distrusts(&causes) {
        (
            format!("The certificate of {host} is not trusted."),
            "Check the clock; where a proxy inspects traffic, set SSL_CERT_FILE to its certificate.",
        )
    } else if error.is_connect() && error.is_timeout() {
        (
            format!("{host} does not answer."),
            "Check the network, the VPN and the proxy.",
        )
    } else if error.is_connect() {
        (
            format!("{host} cannot be reached."),
            "Check the network, the VPN and the proxy.",
        )
    } else if error.is_timeout() {
        (format!("{host} took too long to answer."), "Try again.")
    } else {
        (
            format!("The connection to {host} broke before the whole answer was here."),
            "Try again.",
        )
    };
    Problem::new(ProblemKind::Network, &what, next)
}

/// Whether trying again can change nothing.
pub(super) fn is_hopeless(error: &reqwest::Error) -> bool {
    error.is_builder() || distrusts(&chain(error))
}

fn distrusts(causes: &str) -> bool {
    causes.contains("certificate")
}

/// An error with all its causes, without the URL, which may hold names.
pub(super) fn chain(error: &reqwest::Error) -> String {
    // reqwest writes the URL at its own level only; the causes below do not know it.
    let mut words = if error.is_connect() {
        String::from("connecting failed")
    } else if error.is_timeout() {
        String::from("timed out")
    } else {
        String::from("exchange failed")
    };
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}
