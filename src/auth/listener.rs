//! The loopback address that a browser brings the answer of a sign-in to (RFC 8252 §7.3).

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, Semaphore, mpsc};
use tokio::time::timeout;
use url::Url;

use super::redirect::{Awaited, Brought, NotIt};

/// How many connections are served at once. A browser makes a few.
const CONNECTIONS: usize = 16;
/// How long one connection may take.
const CONNECTION: Duration = Duration::from_secs(10);
/// How much of a request's head is read. Entra's codes are below 4 KB.
const LARGEST_HEAD: usize = 32 * 1024;

const DONE: &str = "You can close this page and go back to folkmoot.";
const FAILED: &str = "The sign-in did not work. You can close this page: folkmoot says why.";
const FOREIGN: &str = "This page does not belong to the sign-in that folkmoot waits for. Nothing has happened.";

/// Two sockets with the same port; the second is there where the machine has IPv6.
pub(super) struct Listener {
    four: TcpListener,
    six: Option<TcpListener>,
    port: u16,
}

impl Listener {
    /// Takes any free port of the loopback addresses.
    pub async fn bind() -> io::Result<Self> {
        let four = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = four.local_addr()?.port();
        // `localhost` may lead there first.
        let six = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await.ok();
        Ok(Listener { four, six, port })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Serves until it is dropped, and tells what each redirect brought, good or not. Other requests are answered and
    /// not told.
    pub async fn serve(self, awaited: Arc<Awaited>, told: mpsc::Sender<Result<Brought, NotIt>>) {
        let free = Arc::new(Semaphore::new(CONNECTIONS));
        loop {
            let Ok(permit) = Arc::clone(&free).acquire_owned().await else {
                return;
            };
            let Ok(stream) = self.accept().await else {
                // No more files, most likely: some connection has to end first.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let (awaited, told) = (Arc::clone(&awaited), told.clone());
            // It outlives the listener, so that the browser gets its page.
            tokio::spawn(async move {
                let _permit = permit;
                let brought = Mutex::new(None);
                if timeout(CONNECTION, connection(stream, &awaited, &brought))
                    .await
                    .is_err()
                {
                    tracing::debug!("a browser's connection took too long");
                }
                // Told when the page has gone out: the program may end with it.
                if let Some(brought) = brought.into_inner() {
                    // Where nobody listens any more, an answer has come before.
                    let _ = told.send(brought).await;
                }
            });
        }
    }

    async fn accept(&self) -> io::Result<TcpStream> {
        let (stream, _) = match &self.six {
            None => self.four.accept().await?,
            Some(six) => tokio::select! {
                stream = self.four.accept() => stream?,
                stream = six.accept() => stream?,
            },
        };
        Ok(stream)
    }
}

/// Answers one request, and leaves in `brought` what it was good for.
async fn connection(stream: TcpStream, awaited: &Awaited, brought: &Mutex<Option<Result<Brought, NotIt>>>) {
    let service = service_fn(|request: Request<Incoming>| async move {
        let (status, words, redirect) = answer(&request, awaited);
        *brought.lock().await = redirect;
        Ok::<_, Infallible>(page(status, words))
    });
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(CONNECTION)
        .max_buf_size(LARGEST_HEAD)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a browser's connection broke");
    }
}

fn answer<B>(request: &Request<B>, awaited: &Awaited) -> (StatusCode, &'static str, Option<Result<Brought, NotIt>>) {
    let not_found = (StatusCode::NOT_FOUND, "There is nothing here.", None);
    if request.method() != Method::GET || request.uri().path() != "/" || !is_for_us(request, &awaited.redirect) {
        return not_found;
    }
    let Some(query) = request.uri().query() else {
        return not_found;
    };
    match awaited.read(query) {
        Ok(brought) => {
            let words = match brought {
                Brought::Code(_) => DONE,
                Brought::Refused(_) => FAILED,
            };
            (StatusCode::OK, words, Some(Ok(brought)))
        }
        Err(NotIt::NoAnswer) => not_found,
        Err(NotIt::Foreign) => (StatusCode::BAD_REQUEST, FOREIGN, Some(Err(NotIt::Foreign))),
    }
}

/// Whether the browser means this address: a name of another's that leads here is another's page.
fn is_for_us<B>(request: &Request<B>, redirect: &Url) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let port = redirect.port().unwrap_or_default();
    host.is_some_and(|host| {
        ["localhost", "127.0.0.1", "[::1]"]
            .iter()
            .any(|name| host == format!("{name}:{port}"))
    })
}

fn page(status: StatusCode, words: &str) -> Response<String> {
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>folkmoot</title>\
         <style>body{{font:1.2em sans-serif;margin:4em}}</style><p>{words}</p></html>"
    );
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONNECTION, "close"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
