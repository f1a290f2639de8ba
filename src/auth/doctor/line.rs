//! The line: proxies, names, connections, and the clock.

use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{CONTENT_TYPE, DATE};
use url::Url;

use super::{Check, LIMIT, Outcome, Patient};
use crate::protocol::connection::{self, Lost, causes, server};
use crate::protocol::{Problem, ProblemKind};

/// Tokens are dated; with a clock further off than this they are refused.
const SKEW: Duration = Duration::from_secs(5 * 60);
/// The longest answer that is read.
const LONGEST: usize = 256 << 10;

/// The ways out of this machine.
pub(super) struct Line {
    /// For https; none where this machine trusts no certificates.
    secure: Option<reqwest::Client>,
    /// For plain http on loopback.
    plain: Option<reqwest::Client>,
    /// The HTTP library's own rule for which proxy applies.
    proxies: Matcher,
    hosts: Vec<Url>,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    date: Option<Timestamp>,
}

impl Line {
    pub(super) fn new(patient: &Patient) -> Self {
        Self::with_proxies(patient, Matcher::from_system())
    }

    pub(super) fn with_proxies(patient: &Patient, proxies: Matcher) -> Self {
        let builder = || {
            reqwest::Client::builder()
                .user_agent(concat!("folkmoot/", env!("CARGO_PKG_VERSION")))
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .timeout(LIMIT)
        };
        let client = |made: Result<reqwest::Client, reqwest::Error>| {
            made.inspect_err(|error| tracing::warn!(error = causes(error), "the HTTP client could not be made"))
                .ok()
        };
        Line {
            secure: client(builder().https_only(true).build()),
            plain: client(builder().no_proxy().tls_certs_only([]).build()),
            proxies,
            hosts: {
                let login = patient.has_login.then_some(&patient.login);
                login.into_iter().chain([&patient.graph]).cloned().collect()
            },
        }
    }

    /// The proxy that a request goes through, without the name and password in its address.
    fn proxy_of(&self, url: &Url) -> Option<String> {
        connection::proxy_among(&self.proxies, url)
    }

    pub(super) fn proxy(&self) -> Check {
        let ways = self.hosts.iter().map(|url| match self.proxy_of(url) {
            Some(proxy) => format!("{} through the proxy {proxy}", server(url)),
            None => format!("{} directly", server(url)),
        });
        let ways: Vec<String> = ways.collect();
        Check::pass(
            "proxy",
            &format!(
                "Requests go to {} (HTTPS_PROXY, ALL_PROXY, NO_PROXY).",
                ways.join(", and to ")
            ),
        )
    }

    pub(super) async fn dns(&self, name: &'static str, url: &Url) -> Check {
        if let Some(proxy) = self.proxy_of(url) {
            return Check::skipped(name, &format!("The proxy {proxy} looks {} up.", host(url)));
        }
        let port = url.port_or_known_default().unwrap_or(443);
        let bare = host(url).trim_matches(['[', ']']);
        let found = match tokio::net::lookup_host((bare, port)).await {
            Ok(addresses) => addresses.count(),
            Err(error) => {
                tracing::debug!(%error, "name not found");
                0
            }
        };
        match found {
            0 => Check::new(
                name,
                Outcome::Fail(ProblemKind::Network),
                &format!("The name {} is not found (DNS).", host(url)),
                "Check the network, the VPN and the address; behind a proxy, set HTTPS_PROXY.",
            ),
            1 => Check::pass(name, &format!("{} has an address.", host(url))),
            many => Check::pass(name, &format!("{} has {many} addresses.", host(url))),
        }
    }

    /// Makes a connection and asks for `url`; any answer means that the line is good.
    pub(super) async fn reach(&self, name: &'static str, url: &Url) -> (Check, Option<Answer>) {
        match self.ask(url, None).await {
            Ok(answer) => {
                let how = if url.scheme() == "http" {
                    "answers, in plain http on this machine"
                } else {
                    "answers, and its certificate is trusted"
                };
                (Check::pass(name, &format!("{} {how}.", server(url))), Some(answer))
            }
            Err(problem) => (Check::failed(name, &problem), None),
        }
    }

    /// One exchange: a GET, or the POST of a form.
    ///
    /// # Errors
    /// What happened and what to do.
    pub(super) async fn ask(&self, url: &Url, form: Option<String>) -> Result<Answer, Problem> {
        let client = if url.scheme() == "http" {
            &self.plain
        } else {
            &self.secure
        };
        let Some(client) = client else {
            return Err(connection::no_certificates());
        };
        let request = match form {
            None => client.get(url.clone()),
            Some(form) => client
                .post(url.clone())
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form),
        };
        let mut response = request.send().await.map_err(|error| self.explain(&error, url))?;
        let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
        let mut answer = Answer {
            status: response.status().as_u16(),
            date: date.and_then(|date| Some(rfc2822::parse(date).ok()?.timestamp())),
            body: Vec::new(),
        };
        // A body that breaks off is as good as what there is of it.
        while let Ok(Some(chunk)) = response.chunk().await {
            answer.body.extend_from_slice(&chunk);
            if answer.body.len() > LONGEST {
                break;
            }
        }
        Ok(answer)
    }

    fn explain(&self, error: &reqwest::Error, url: &Url) -> Problem {
        let causes = causes(error);
        tracing::debug!(error = causes, "a check found no connection");
        let (what, next) = Lost {
            host: &server(url),
            proxy: self.proxy_of(url).as_deref(),
            connecting: error.is_connect(),
            timed_out: error.is_timeout(),
            causes: &causes,
        }
        .words();
        Problem::new(ProblemKind::Network, &what, next)
    }
}

/// A proxy that is set and not used.
pub(super) fn odd_proxy(variable: &str) -> Check {
    Check::new(
        "proxy",
        Outcome::Fail(ProblemKind::Config),
        &format!("{variable} is set to something that is no proxy's address, so it is not used."),
        "Write it as http://host:port or socks5h://host:port, or unset it.",
    )
}

/// Compares the clock of this machine with the servers'.
pub(super) fn clock<'a>(answers: impl Iterator<Item = &'a Answer>) -> Check {
    let Some(date) = answers.filter_map(|answer| answer.date).next() else {
        return Check::skipped("clock", "No server has told the time.");
    };
    let skew = Timestamp::now().duration_since(date);
    let minutes = skew.as_secs().abs() / 60;
    let way = if skew.is_negative() { "slow" } else { "fast" };
    if skew.unsigned_abs() <= SKEW {
        Check::pass("clock", "The clock agrees with the servers'.")
    } else {
        Check::new(
            "clock",
            Outcome::Warn,
            &format!("The clock of this machine is {minutes} minutes {way}."),
            "Set it right: sign-ins and certificates are good for a certain time only.",
        )
    }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}
