//! The way to the authority: HTTP for discovery and for the `oauth2` library.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use oauth2::{AsyncHttpClient, ErrorResponse, HttpRequest, HttpResponse, RequestTokenError};
use url::Url;

use super::codes::OAuthRefusal;
use crate::protocol::connection::{self, Lost, causes, is_loopback};
use crate::protocol::{Problem, ProblemKind};

/// To make a connection.
const CONNECT: Duration = Duration::from_secs(15);
/// For a whole exchange. Another folkmoot waits a little longer for the lock that is held meanwhile.
const EXCHANGE: Duration = Duration::from_secs(25);
/// The longest answer that is read. Entra's are below 10 KB.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// Talks to one authority: https to anywhere, or plain http on loopback, never both.
#[derive(Clone)]
pub(super) struct Network {
    client: reqwest::Client,
    is_plain: bool,
}

/// Why an exchange failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// The authority has answered with an OAuth error.
    Refused(OAuthRefusal),
    /// Whether the authority has acted on the request is not known: the connection broke, or it was busy.
    Unknown(Problem),
    /// This way is not to be had here: no such endpoint, no browser.
    Unfit(Problem),
    /// Anything else; trying again changes nothing.
    Final(Problem),
}

impl Network {
    /// Makes the client for an authority at `login`. System proxies and the operating system's certificates count, and
    /// `SSL_CERT_FILE`; redirects are not followed.
    ///
    /// # Errors
    /// `Config` when the machine has no certificates to trust, or `login` is neither https nor loopback.
    pub fn new(login: &Url) -> Result<Self, Problem> {
        let is_plain = login.scheme() == "http";
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("folkmoot/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            // A code or a refresh token is good once: whether it is sent again is decided here alone, and on a fresh
            // connection the HTTP library has no case in which it would do so by itself.
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(0)
            .referer(false)
            .connect_timeout(CONNECT)
            .timeout(EXCHANGE);
        builder = if is_plain {
            // Loopback needs no certificates, and a proxy would be another machine that sees the tokens.
            builder.no_proxy().tls_certs_only([])
        } else {
            builder.https_only(true)
        };
        let client = builder.build().map_err(|error| {
            tracing::error!(error = causes(&error), "the HTTP client could not be made");
            connection::no_certificates()
        })?;
        let network = Network { client, is_plain };
        if network.may_reach(login) {
            Ok(network)
        } else {
            Err(Problem::new(
                ProblemKind::Config,
                "The login address must begin with https://; plain http is for this machine only.",
                "Change login_url in the profile, or FOLKMOOT_LOGIN_URL.",
            ))
        }
    }

    /// Whether secrets may go to `url`.
    pub fn may_reach(&self, url: &Url) -> bool {
        let scheme_fits = match url.scheme() {
            "https" => !self.is_plain,
            "http" => self.is_plain && is_loopback(url),
            _ => false,
        };
        scheme_fits && url.has_host() && url.username().is_empty() && url.password().is_none()
    }

    /// Gets a document: its HTTP status and its body.
    pub async fn get(&self, url: &Url) -> Result<(u16, Vec<u8>), Problem> {
        let response = self.client.get(url.clone()).send().await;
        let response = response.map_err(|error| explain(&error, url))?;
        let status = response.status().as_u16();
        Ok((status, body(response, url).await?))
    }

    /// The client for one exchange of the `oauth2` library.
    pub fn exchange(&self) -> Exchange<'_> {
        Exchange {
            network: self,
            last: Mutex::new(None),
        }
    }
}

/// One exchange of the `oauth2` library. It remembers what a refusal said beyond what the library reads.
pub(super) struct Exchange<'a> {
    network: &'a Network,
    /// The status of the last answer, and the error that it held.
    last: Mutex<Option<(u16, Option<OAuthRefusal>)>>,
}

impl<'c> AsyncHttpClient<'c> for Exchange<'_> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Problem>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

impl Exchange<'_> {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Problem> {
        let request = reqwest::Request::try_from(request).map_err(|_| odd())?;
        let url = request.url().clone();
        if !self.network.may_reach(&url) {
            return Err(Problem::new(
                ProblemKind::Config,
                "The sign-in service names an address that no secret may go to.",
                "Check the profile's login address.",
            ));
        }
        let response = self.network.client.execute(request).await;
        let response = response.map_err(|error| explain(&error, &url))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = body(response, &url).await?;
        let refusal = if status.is_success() {
            None
        } else {
            OAuthRefusal::from_json(&body)
        };
        tracing::debug!(
            host = url.host_str(),
            path = url.path(),
            status = status.as_u16(),
            "asked the authority"
        );
        let is_busy = status.is_server_error() || status.as_u16() == 429;
        self.remember(status.as_u16(), refusal);
        if is_busy {
            // The library takes an error here for a broken connection, and goes on asking later.
            return Err(busy(&url, status.as_u16()));
        }
        let mut answer = HttpResponse::new(body);
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        Ok(answer)
    }

    fn remember(&self, status: u16, refusal: Option<OAuthRefusal>) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((status, refusal));
    }

    /// What the library's error means. The error itself must not be shown or logged: it may hold the answer's body.
    pub fn failure<T: ErrorResponse + 'static>(&self, error: RequestTokenError<Problem, T>) -> Failure {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (error, last) {
            (RequestTokenError::Request(problem), _) if problem.kind == ProblemKind::Config => Failure::Final(problem),
            (RequestTokenError::Request(problem), _) => Failure::Unknown(problem),
            (_, Some((_, Some(refusal)))) => Failure::Refused(refusal),
            // The library's own words, as when a device code ends while it waits.
            (RequestTokenError::ServerResponse(own), _) => {
                let fields = serde_json::to_vec(&own).unwrap_or_default();
                OAuthRefusal::from_json(&fields).map_or_else(|| Failure::Final(odd()), Failure::Refused)
            }
            (_, last) => {
                let mut problem = odd();
                problem.status = last.map(|(status, _)| status);
                Failure::Final(problem)
            }
        }
    }
}

async fn body(mut response: reqwest::Response, url: &Url) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| explain(&error, url))? {
        if body.len() + part.len() > LONGEST_ANSWER {
            return Err(odd());
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

fn odd() -> Problem {
    Problem::new(
        ProblemKind::Server,
        "The sign-in service's answer cannot be read.",
        "Check the profile's login address and tenant, then try again.",
    )
}

fn busy(url: &Url, status: u16) -> Problem {
    let host = url.host_str().unwrap_or_default();
    let mut problem = Problem::new(
        ProblemKind::Server,
        &format!("The sign-in service {host} is not able to answer now."),
        "Try again in a minute.",
    );
    problem.status = Some(status);
    problem
}

fn explain(error: &reqwest::Error, url: &Url) -> Problem {
    let host = &connection::server(url);
    let causes = causes(error);
    tracing::warn!(host, error = causes, "the authority was not reached");
    Lost {
        host,
        proxy: connection::proxy(url).as_deref(),
        connecting: error.is_connect(),
        timed_out: error.is_timeout(),
        causes: &causes,
    }
    .problem()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn secrets_go_by_https_or_stay_on_this_machine() {
        let abroad = Network::new(&url("https://login.microsoftonline.com")).unwrap();
        let at_home = Network::new(&url("http://127.0.0.1:8080")).unwrap();
        for (address, by_https, plain) in [
            ("https://login.microsoftonline.com/x", true, false),
            ("http://login.microsoftonline.com/x", false, false),
            ("http://localhost:9/x", false, true),
            ("http://[::1]:9/x", false, true),
            ("http://127.0.0.1.example.com/x", false, false),
            ("https://name@login.microsoftonline.com/x", false, false),
            ("ftp://127.0.0.1/x", false, false),
        ] {
            assert_eq!(abroad.may_reach(&url(address)), by_https, "{address}");
            assert_eq!(at_home.may_reach(&url(address)), plain, "{address}");
        }
        for wrong in [
            "http://login.microsoftonline.com",
            "ftp://localhost",
            "https://me:pw@x.example",
        ] {
            let problem = Network::new(&url(wrong)).map(|_| ()).unwrap_err();
            assert_eq!(problem.kind, ProblemKind::Config, "{wrong}");
        }
    }
}
