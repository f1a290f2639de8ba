//! Sockets and bodies: HTTP/1.1 on loopback, compressed when asked, and where faults spoil an answer on its way.

use std::convert::Infallible;
use std::io::Write;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

use super::answer::Answer;
use super::authority;
use super::batch;
use super::error::{GraphError, Trace};
use super::exchange::{Outcome, Shared};
use super::fault::Kind;
use super::lively;
use super::request::{Method, Request};
use super::seen::Seen;

/// The largest request that Graph takes.
const LARGEST_REQUEST: usize = 4 * 1024 * 1024;
/// How much more of a request is read, and thrown away, so that the client gets to read the refusal.
const LARGEST_THROWN_AWAY: usize = 64 * 1024 * 1024;
/// Shorter bodies are not worth compressing.
const SHORTEST_COMPRESSED: usize = 1024;

/// Serves connections until it is dropped.
pub async fn run(shared: &Arc<Shared>, listener: TcpListener, lively: Option<u64>) {
    let accepting = async {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
            return;
        };
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                // No more files, most likely: some connection has to end first.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            // Without it small answers wait for acknowledgements.
            let _ = stream.set_nodelay(true);
            let shared = Arc::clone(shared);
            tokio::spawn(async move {
                let service = service_fn(|request| exchange(Arc::clone(&shared), request));
                // An error here is a client that went away, or a fault that closes the connection on purpose.
                let _ = hyper::server::conn::http1::Builder::new()
                    .auto_date_header(false)
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            });
        }
    };
    match lively {
        Some(seed) => tokio::select! { () = accepting => {}, () = lively::run(shared, seed) => {} },
        None => accepting.await,
    }
}

/// Closes the connection without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed on purpose")]
struct Dropped;

/// Writes down that the client left if nothing else was written down before.
struct Watch<'a> {
    shared: &'a Shared,
    number: usize,
    settled: bool,
}

impl Watch<'_> {
    fn settle(&mut self, status: Option<u16>) {
        self.settled = true;
        self.shared.log.amend(self.number, |seen| seen.status = status);
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if !self.settled {
            self.shared.log.amend(self.number, |seen| seen.aborted = true);
        }
    }
}

async fn exchange(shared: Arc<Shared>, request: hyper::Request<Incoming>) -> Result<hyper::Response<Sent>, Dropped> {
    let (head, body) = request.into_parts();
    let request = received(&head);
    let number = shared.log.add(seen(&request));
    let mut watch = Watch {
        shared: &shared,
        number,
        settled: false,
    };
    let gzip = request
        .header("accept-encoding")
        .is_some_and(|accepted| accepted.contains("gzip"));
    let trace = shared.trace(number, request.header("client-request-id"), request.root());
    let outcome = match read(body).await {
        Some(body) => answer(&shared, Request { body, ..request }, &trace, number).await,
        None => {
            let error = GraphError::new(413, "RequestEntityTooLarge", "The request is larger than 4 MB.");
            Outcome {
                answer: error.answer(&trace),
                spoiled: None,
            }
        }
    };
    let is_truncated = outcome.spoiled == Some(Kind::Truncate);
    if outcome.spoiled == Some(Kind::Drop) || (is_truncated && outcome.answer.body.is_empty()) {
        watch.settle(None);
        return Err(Dropped);
    }
    watch.settle(Some(outcome.answer.status));
    Ok(response(outcome.answer, &trace, gzip, is_truncated))
}

/// What the head of a request says; its body is still to come.
fn received(head: &hyper::http::request::Parts) -> Request {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head.headers.iter();
    let mut request = Request {
        method: Method::named(head.method.as_str()),
        method_name: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: headers
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        body: Vec::new(),
        base: String::new(),
    };
    request.base = format!(
        "{}://{}/v1.0",
        request.header("x-forwarded-proto").unwrap_or("http"),
        request.header("host").unwrap_or("127.0.0.1")
    );
    request
}

/// What is written down of a request: no token.
fn seen(request: &Request) -> Seen {
    let (tokens, headers): (Vec<_>, Vec<_>) = request
        .headers
        .iter()
        .cloned()
        .partition(|(name, _)| name == "authorization");
    Seen {
        method: request.method_name.clone(),
        path: request.path.clone(),
        query: request.query.clone(),
        authorized: !tokens.is_empty(),
        headers,
        ..Seen::default()
    }
}

/// A request's body, or nothing when it is larger than Graph takes.
async fn read(body: Incoming) -> Option<Vec<u8>> {
    let bytes = Limited::new(body, LARGEST_THROWN_AWAY).collect().await.ok()?.to_bytes();
    (bytes.len() <= LARGEST_REQUEST).then(|| bytes.to_vec())
}

async fn answer(shared: &Shared, request: Request, trace: &Trace, number: usize) -> Outcome {
    let plain = |answer: Answer| Outcome { answer, spoiled: None };
    if !shared.latency.is_zero() {
        tokio::time::sleep(shared.latency).await;
    }
    if !authority::is_graph(&request.path) {
        return sign_in(shared, &request, trace).await;
    }
    let caller = match shared.whose(&request) {
        Ok(caller) => caller,
        Err(error) => return plain(error.answer(trace)),
    };
    let (version, path) = match request.path.trim_start_matches('/').split_once('/') {
        Some((version, path)) => (version, format!("/{path}")),
        None => (request.path.trim_start_matches('/'), String::new()),
    };
    if !version.eq_ignore_ascii_case("v1.0") {
        return plain(GraphError::new(400, "BadRequest", "Invalid version.").answer(trace));
    }
    let request = Request { path, ..request };
    let is_batch = request
        .segments()
        .is_ok_and(|segments| matches!(segments.as_slice(), [one] if one.eq_ignore_ascii_case("$batch")));
    if !is_batch {
        return shared.answer(&request, &caller, trace).await;
    }
    let note = |items: Vec<String>| shared.log.amend(number, |seen| seen.items = items);
    batch::exchange(shared, &request, &caller, trace, note).await
}

/// A request to the authority.
async fn sign_in(shared: &Shared, request: &Request, trace: &Trace) -> Outcome {
    let verdict = shared.judge_authority(request);
    if !verdict.latency.is_zero() {
        tokio::time::sleep(verdict.latency).await;
    }
    if verdict.kind == Some(Kind::Hang) {
        std::future::pending::<Infallible>().await;
    }
    Outcome {
        answer: authority::answer(shared, request, trace, verdict.kind.as_ref()),
        spoiled: verdict.kind,
    }
}

fn response(answer: Answer, trace: &Trace, gzip: bool, truncate: bool) -> hyper::Response<Sent> {
    let mut response = hyper::Response::new(Sent::default());
    *response.status_mut() =
        hyper::StatusCode::from_u16(answer.status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &str| {
        // What is no header value (an attachment may claim any type) is left out.
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    let mut body = answer.body;
    set("cache-control", "no-cache");
    for (name, value) in &answer.headers {
        set(name, value);
    }
    if gzip
        && body.len() >= SHORTEST_COMPRESSED
        && let Some(smaller) = compressed(&body)
    {
        set("content-encoding", "gzip");
        body = smaller;
    }
    set("vary", "Accept-Encoding");
    set("date", &trace.http_date);
    set("request-id", &trace.request_id);
    set("client-request-id", &trace.client_request_id);
    set("content-length", &body.len().to_string());
    let cut = if truncate { body.len() / 2 } else { body.len() };
    let mut bytes = Bytes::from(body);
    bytes.truncate(cut);
    *response.body_mut() = Sent {
        bytes: Some(bytes),
        truncated: truncate,
        flushed: false,
    };
    response
}

fn compressed(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

/// A body of one piece. A truncated one fails after it, which closes the connection before `Content-Length` is reached.
#[derive(Debug, Default)]
pub struct Sent {
    bytes: Option<Bytes>,
    truncated: bool,
    flushed: bool,
}

impl Body for Sent {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        match self.bytes.take().filter(|bytes| !bytes.is_empty()) {
            Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            None if self.truncated && !self.flushed => {
                // A pause lets hyper write out what it has; an error at once would throw that away.
                self.flushed = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            None if self.truncated => Poll::Ready(Some(Err(std::io::Error::other("the body is cut on purpose")))),
            None => Poll::Ready(None),
        }
    }
}
