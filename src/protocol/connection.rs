//! Connections to servers: where one may be plain, and what is said of one that failed.

#[cfg(test)]
mod tests;

use std::error::Error;

use hyper_util::client::proxy::matcher::Matcher;
use url::{Host, Url};

use super::{Problem, ProblemKind};

/// Whether it is this machine, the only one that secrets may reach in plain http.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

/// The host of a URL, with its port where that is not the usual one.
pub fn server(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}

/// The proxy that a request goes through, as the HTTP library finds it in the environment, without the name and password
/// in its address. Plain http, on this machine only, goes through none.
pub fn proxy(url: &Url) -> Option<String> {
    proxy_among(&Matcher::from_system(), url)
}

/// The same with other proxies than the environment's.
pub fn proxy_among(proxies: &Matcher, url: &Url) -> Option<String> {
    if url.scheme() == "http" {
        return None;
    }
    let proxy = proxies.intercept(&url.as_str().parse().ok()?)?;
    let uri = proxy.uri();
    let port = uri.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}{port}", uri.host().unwrap_or_default()))
}

/// A connection that failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Lost<'a> {
    /// The server, as [`server`] writes it.
    pub host: &'a str,
    /// The proxy that it was to go through, where that is known.
    pub proxy: Option<&'a str>,
    /// It was never made.
    pub connecting: bool,
    /// Time ran out.
    pub timed_out: bool,
    /// What the libraries below say of it: [`causes`].
    pub causes: &'a str,
}

const NETWORK: &str = "Check the network, the VPN and the proxy.";
const NETWORK_OR_DOCTOR: &str = "Check the network, the VPN and the proxy, or run `folkmoot auth doctor`.";

impl Lost<'_> {
    /// What happened and what to do, each one plain sentence.
    pub fn words(&self) -> (String, &'static str) {
        let host = self.host;
        let way = self
            .proxy
            .map(|proxy| format!(" through the proxy {proxy}"))
            .unwrap_or_default();
        if let Some((fault, next)) = fault(self.causes) {
            return (format!("The certificate of {host}{way} is not trusted: {fault}."), next);
        }
        if self.causes.contains("proxy authorization required") {
            return (
                format!("There is no way to {host}{way}, which asks for a name and a password."),
                "Put them into HTTPS_PROXY, as in http://NAME:PASSWORD@HOST:PORT.",
            );
        }
        if self.causes.contains("tunnel error: unsuccessful") {
            return (
                format!("There is no way to {host}{way}, which refuses it."),
                "Ask whoever runs the proxy to let it through; NO_PROXY names hosts that need none.",
            );
        }
        let is_refused = self.causes.contains("refused");
        match (self.connecting, self.timed_out) {
            (true, false) if is_refused && self.proxy.is_none() => (
                format!("Nothing listens at {host}: it refuses the connection."),
                "Check the address and its port; a firewall may refuse, too.",
            ),
            (true, false) if self.proxy.is_some() => (
                format!("{host} cannot be reached{way}."),
                "Check the proxy's address in HTTPS_PROXY or ALL_PROXY; NO_PROXY names hosts that need none.",
            ),
            (true, true) => (format!("{host} does not answer{way}."), NETWORK),
            (true, false) => (format!("{host} cannot be reached{way}."), NETWORK),
            (false, true) => (format!("{host} took too long to answer{way}."), "Try again."),
            (false, false) => (
                format!("The connection to {host}{way} broke before the whole answer was here."),
                "Try again.",
            ),
        }
    }

    /// The same for a person who may want it examined.
    pub fn problem(&self) -> Problem {
        let (what, next) = self.words();
        let next = if next == NETWORK { NETWORK_OR_DOCTOR } else { next };
        Problem::new(ProblemKind::Network, &what, next)
    }
}

/// Whether it was the server's certificate that a connection failed of: trying again changes nothing.
pub fn is_distrust(causes: &str) -> bool {
    fault(causes).is_some()
}

/// What an error comes of, from the outermost cause to the innermost. The error's own words are left out: the HTTP library
/// writes the URL there, which may hold names; the causes below do not know it.
pub fn causes(error: &dyn Error) -> String {
    let below = std::iter::successors(error.source(), |&cause| cause.source());
    below.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// There is no HTTP client where nobody is to be trusted.
pub fn no_certificates() -> Problem {
    Problem::new(
        ProblemKind::Config,
        "No trusted certificates were found on this machine, so no server can be trusted.",
        "Install the ca-certificates package, or set SSL_CERT_FILE to a file that holds them.",
    )
}

const OUT_OF_TIME: &str = "Check the clock of this machine; if it is right, tell whoever runs the server or the proxy.";
const NOT_KNOWN: &str =
    "Where a proxy inspects traffic, set SSL_CERT_FILE to a file with its certificate; check the address too.";

/// What the TLS library calls a certificate's faults, what they are, and what to do. The first that fits counts.
const FAULTS: &[(&[&str], &str, &str)] = &[
    (
        &["certificate: Expired", "certificate expired"],
        "it has run out, or the clock of this machine is wrong",
        OUT_OF_TIME,
    ),
    (
        &["certificate: NotValidYet", "certificate not valid yet"],
        "it is not good yet, or the clock of this machine is wrong",
        OUT_OF_TIME,
    ),
    (
        &["certificate: NotValidForName", "certificate not valid for name"],
        "it is for another name",
        NOT_KNOWN,
    ),
    (
        &["CaUsedAsEndEntity"],
        "it was signed by itself, not by an authority",
        NOT_KNOWN,
    ),
    (
        // Any other.
        &[""],
        "nobody whom this machine trusts has signed it",
        NOT_KNOWN,
    ),
];

/// What is wrong with the server's certificate, if that is what a connection failed of.
fn fault(causes: &str) -> Option<(&'static str, &'static str)> {
    if !causes.contains("certificate") {
        return None;
    }
    let fits = |signs: &[&str]| signs.iter().any(|sign| causes.contains(sign));
    let &(_, fault, next) = FAULTS.iter().find(|(signs, ..)| fits(signs))?;
    Some((fault, next))
}
