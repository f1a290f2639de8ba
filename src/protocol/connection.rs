//! Connections to servers: where one may be plain, and what is said of one that failed.

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

#[cfg(test)]
mod tests {
    use super::*;

    fn words(connecting: bool, timed_out: bool, causes: &str) -> String {
        let (host, proxy) = ("graph.example", Some("proxy.example:3128"));
        let (what, next) = Lost {
            host,
            proxy,
            connecting,
            timed_out,
            causes,
        }
        .words();
        format!("{what} {next}")
    }

    #[test]
    fn each_way_of_failing_has_words_of_its_own() {
        for (connecting, timed_out, said) in [
            (
                true,
                true,
                "graph.example does not answer through the proxy proxy.example:3128. Check",
            ),
            (
                true,
                false,
                "graph.example cannot be reached through the proxy proxy.example:3128. Check",
            ),
            (
                false,
                true,
                "graph.example took too long to answer through the proxy proxy.example:3128. Try",
            ),
            (
                false,
                false,
                "The connection to graph.example through the proxy proxy.example:3128 broke before",
            ),
        ] {
            let words = words(connecting, timed_out, "tcp connect error: refused");
            assert!(words.starts_with(said), "{words}");
        }
    }

    #[test]
    fn a_refusal_and_a_proxy_that_is_set_wrong_are_told_apart() {
        let lost = |proxy, causes| Lost {
            host: "graph.example:8443",
            proxy,
            connecting: true,
            timed_out: false,
            causes,
        };
        let (what, next) = lost(None, "tcp connect error: Connection refused (os error 111)").words();
        assert!(
            what.contains("Nothing listens at graph.example:8443") && next.contains("port"),
            "{what} {next}"
        );
        let (what, next) = lost(Some("proxy.example:1"), "tcp connect error: Connection refused").words();
        assert!(
            what.contains("through the proxy") && next.contains("HTTPS_PROXY"),
            "{what} {next}"
        );
        let (what, next) = lost(None, "dns error").words();
        assert!(what.contains("cannot be reached") && next == NETWORK, "{what} {next}");
    }

    #[test]
    fn a_proxy_that_lets_nothing_through_is_told_by_its_reason() {
        for (cause, what, next) in [
            (
                "proxy authorization required",
                "There is no way to graph.example through the proxy proxy.example:3128, which asks for a name and a password.",
                "HTTPS_PROXY",
            ),
            (
                "unsuccessful",
                "There is no way to graph.example through the proxy proxy.example:3128, which refuses it.",
                "NO_PROXY",
            ),
        ] {
            let words = words(true, false, &format!("client error (Connect): tunnel error: {cause}"));
            assert!(words.starts_with(what) && words.contains(next), "{words}");
        }
    }

    #[test]
    fn a_proxy_is_told_without_its_password_and_only_where_it_is_used() {
        let proxies = Matcher::builder()
            .all("http://me:secret@proxy.example:3128")
            .no("direct.example")
            .build();
        for (url, proxy) in [
            ("https://graph.example/v1.0", Some("proxy.example:3128")),
            ("https://direct.example/v1.0", None),
            ("http://127.0.0.1:8080/v1.0", None),
        ] {
            let found = proxy_among(&proxies, &Url::parse(url).unwrap());
            assert_eq!(found.as_deref(), proxy, "{url}");
        }
    }

    #[test]
    fn a_port_is_told_where_it_is_not_the_usual_one() {
        for (url, told) in [
            ("https://graph.example/v1.0", "graph.example"),
            ("https://graph.example:443/v1.0", "graph.example"),
            ("http://127.0.0.1:8080/v1.0", "127.0.0.1:8080"),
            ("http://[::1]:9", "[::1]:9"),
        ] {
            assert_eq!(server(&Url::parse(url).unwrap()), told);
        }
    }

    #[test]
    fn a_certificate_that_is_not_trusted_says_what_is_wrong_with_it() {
        // What rustls writes.
        for (cause, fault, next) in [
            ("Expired", "it has run out", "clock"),
            (
                "certificate expired: verification time 9 (UNIX), but certificate is not valid after 8 (1 seconds ago)",
                "it has run out",
                "clock",
            ),
            (
                "certificate not valid yet: verification time 9 (UNIX), but certificate is not valid before 10 (1 seconds in future)",
                "it is not good yet",
                "clock",
            ),
            (
                "certificate not valid for name \"graph.example\"; certificate is only valid for DnsName(\"expired.example\")",
                "it is for another name",
                "SSL_CERT_FILE",
            ),
            ("UnknownIssuer", "nobody", "SSL_CERT_FILE"),
            (
                "Other(OtherError(CaUsedAsEndEntity))",
                "it was signed by itself",
                "SSL_CERT_FILE",
            ),
        ] {
            let causes = format!("client error (Connect): invalid peer certificate: {cause}");
            assert!(is_distrust(&causes));
            let words = words(true, false, &causes);
            assert!(
                words.contains(&format!("is not trusted: {fault}")) && words.contains(next),
                "{words}"
            );
        }
        assert!(!is_distrust("tcp connect error: Expired"));
    }

    #[test]
    fn the_doctor_is_named_where_it_helps() {
        let lost = |connecting| Lost {
            host: "graph.example",
            proxy: None,
            connecting,
            timed_out: false,
            causes: "",
        };
        let named = |connecting| lost(connecting).problem().next.as_str().contains("auth doctor");
        assert!(named(true) && !named(false));
    }

    #[test]
    fn what_an_error_comes_of_is_told_without_its_own_words() {
        let inner = std::io::Error::other("refused");
        let middle = std::io::Error::other(inner);
        let outer = std::io::Error::other(middle);
        #[derive(Debug, thiserror::Error)]
        #[error("asking https://graph.example/users/hanako failed")]
        struct Asking(#[source] std::io::Error);
        assert_eq!(causes(&Asking(outer)), "refused");
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for (address, at_home) in [
            ("http://127.0.0.1:8080/", true),
            ("http://127.8.9.1/", true),
            ("http://[::1]:9/", true),
            ("http://LocalHost:9/", true),
            ("http://localhost.example.com/", false),
            ("http://127.0.0.1.example.com/", false),
            ("http://128.0.0.1/", false),
            ("data:,", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(address).unwrap()), at_home, "{address}");
        }
    }
}
