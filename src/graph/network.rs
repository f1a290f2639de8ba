//! What the network did, in plain words.

use reqwest::header::HeaderValue;
use secrecy::ExposeSecret;

use super::endpoint::Endpoint;
use super::patience::Patience;
use crate::protocol::connection::{self, Lost, causes};
use crate::protocol::{Problem, ProblemKind, Token};

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
        tracing::error!(error = causes(&error), "the HTTP client could not be made");
        connection::no_certificates()
    })
}

/// `Bearer` and the token, marked so that no log shows it.
pub(super) fn bearer(token: &Token) -> Result<HeaderValue, Problem> {
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
    Lost {
        host: &connection::server(endpoint.base()),
        proxy: connection::proxy(endpoint.base()).as_deref(),
        connecting: error.is_connect(),
        timed_out: error.is_timeout(),
        causes: &causes(error),
    }
    .problem()
}

/// Whether trying again can change nothing.
pub(super) fn is_hopeless(error: &reqwest::Error) -> bool {
    error.is_builder() || connection::is_distrust(&causes(error))
}
