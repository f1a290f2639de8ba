//! Where Graph is.

use std::fmt;

use url::Url;

use crate::protocol::connection::is_loopback;
use crate::protocol::{Problem, ProblemKind};

/// The base URL of a Graph service, such as `https://graph.microsoft.com/v1.0`: https anywhere, plain http on loopback
/// only. The token goes to its scheme, host and port and nowhere else.
/// <https://learn.microsoft.com/graph/deployments>
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    base: Url,
}

impl Endpoint {
    /// Reads a base URL; a slash at its end makes no difference.
    ///
    /// # Errors
    /// `Config` where it is no URL, carries a name, password, query or fragment, has no version, or is plain http to another
    /// machine.
    pub fn parse(address: &str) -> Result<Self, Problem> {
        let wrong = |what: &str| {
            Err(Problem::new(
                ProblemKind::Config,
                what,
                "Give the base URL of the service, such as https://graph.microsoft.com/v1.0.",
            ))
        };
        let Ok(base) = Url::parse(address.trim().trim_end_matches('/')) else {
            return wrong("The Graph address is not a URL.");
        };
        if !base.username().is_empty() || base.password().is_some() {
            return wrong("The Graph address must not hold a user name or password.");
        }
        if base.query().is_some() || base.fragment().is_some() {
            return wrong("The Graph address must not hold a query or a fragment.");
        }
        match (base.scheme(), is_loopback(&base)) {
            // Without it every path would be taken for a version.
            ("https", _) | ("http", true) if base.has_host() && base.path() == "/" => {
                wrong("The Graph address must end with Graph's version.")
            }
            ("https", _) | ("http", true) if base.has_host() => Ok(Endpoint { base }),
            ("http", false) => wrong("Plain http would show your token to the network: it is for this machine only."),
            _ => wrong("The Graph address must begin with https://."),
        }
    }

    /// The base URL, without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// Whether it is plain http, which is on loopback only and needs no certificates.
    pub fn is_plain(&self) -> bool {
        self.base.scheme() == "http"
    }

    /// The base URL.
    pub(super) fn base(&self) -> &Url {
        &self.base
    }

    /// The URL of a path below the base, given with its slash and its query, percent-encoded.
    pub(super) fn url(&self, relative: &str) -> Result<Url, Problem> {
        Url::parse(&format!("{}{relative}", self.as_str())).map_err(|_| {
            Problem::new(
                ProblemKind::General,
                "A request's address could not be put together.",
                "",
            )
        })
    }

    /// Whether the token may go to `url`: same scheme, host and port, and no other credentials in it.
    pub(super) fn owns(&self, url: &Url) -> bool {
        url.scheme() == self.base.scheme()
            && url.host() == self.base.host()
            && url.port_or_known_default() == self.base.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none()
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_plain_http_on_loopback_only() {
        for good in [
            "https://graph.microsoft.com/v1.0",
            "https://graph.microsoft.us/v1.0/",
            "http://127.0.0.1:8080/v1.0",
            "http://127.8.9.1/v1.0",
            "http://[::1]:9/v1.0",
            "http://localhost:1234/beta",
        ] {
            let endpoint = Endpoint::parse(good).unwrap();
            assert_eq!(endpoint.as_str(), good.trim_end_matches('/'));
        }
        for bad in [
            "",
            "graph.microsoft.com",
            "http://graph.microsoft.com/v1.0",
            "http://localhost.example.com/v1.0",
            "http://128.0.0.1/",
            "https://name@graph.microsoft.com/v1.0",
            "https://graph.microsoft.com/v1.0?x=1",
            "https://graph.microsoft.com/v1.0#x",
            "https://graph.microsoft.com",
            "http://localhost:1234/",
            "ftp://127.0.0.1/",
            "file:///etc/passwd",
        ] {
            assert_eq!(Endpoint::parse(bad).unwrap_err().kind, ProblemKind::Config, "{bad}");
        }
    }

    #[test]
    fn the_token_stays_with_scheme_host_and_port() {
        let endpoint = Endpoint::parse("https://graph.microsoft.com/v1.0").unwrap();
        for (url, owned) in [
            ("https://graph.microsoft.com/v1.0/groups?$skiptoken=x", true),
            ("https://GRAPH.microsoft.com:443/beta", true),
            ("http://graph.microsoft.com/v1.0", false),
            ("https://graph.microsoft.com:8443/v1.0", false),
            ("https://graph.microsoft.com.example.org/v1.0", false),
            ("https://x@graph.microsoft.com/v1.0", false),
        ] {
            assert_eq!(endpoint.owns(&Url::parse(url).unwrap()), owned, "{url}");
        }
    }
}
