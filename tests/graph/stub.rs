//! A server that answers as the test says, and writes down what it was asked and when.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_util::task::AbortOnDropHandle;

/// One request as it arrived, and how it ended.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    pub headers: HashMap<String, String>,
    pub body: String,
    pub peer: SocketAddr,
    pub begun: Instant,
    pub ended: Option<Instant>,
    /// The client left before the answer.
    pub aborted: bool,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What the server does with a request.
pub enum Act {
    Answer(Answer),
    /// Never answers; the connection stays open.
    Hang,
    /// Closes the connection without an answer.
    Close,
}

#[derive(Clone)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    after: Duration,
    cut: bool,
    pause: Option<Arc<Notify>>,
    close: bool,
}

/// An answer with a JSON body.
pub fn answer(status: u16, body: &Value) -> Answer {
    raw(status, body.to_string())
}

/// An answer with any body.
pub fn raw(status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Answer {
        status,
        headers: vec![("content-type".into(), "application/json".into())],
        body: body.into(),
        after: Duration::ZERO,
        cut: false,
        pause: None,
        close: false,
    }
}

/// Graph's error body.
pub fn error(status: u16, code: &str) -> Answer {
    answer(
        status,
        &json!({"error": {"code": code, "message": "in the server's words", "innerError": {"request-id": "inner"}}}),
    )
}

impl Answer {
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn after(mut self, wait: Duration) -> Self {
        self.after = wait;
        self
    }

    /// Announces the whole body, sends half of it, and closes the connection.
    pub fn cut(mut self) -> Self {
        self.cut = true;
        self
    }

    /// Sends half of the body, and the rest when it is told.
    pub fn pause(mut self, until: Arc<Notify>) -> Self {
        self.pause = Some(until);
        self
    }

    /// Closes the connection after the answer, without having said so.
    pub fn close(mut self) -> Self {
        self.close = true;
        self
    }
}

impl From<Answer> for Act {
    fn from(answer: Answer) -> Self {
        Act::Answer(answer)
    }
}

type Plan = dyn Fn(&Asked, usize) -> Act + Send + Sync;

pub struct Stub {
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<Asked>>>,
    changed: Arc<Notify>,
    _task: AbortOnDropHandle<()>,
}

impl Stub {
    /// A server that takes batches, too, and has `plan` answer their items one by one.
    pub async fn batching(plan: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self::new(move |asked, _| {
            if !asked.target.ends_with("/$batch") {
                return plan(asked);
            }
            let items = asked.json()["requests"].as_array().unwrap().clone();
            let responses: Vec<Value> = items
                .iter()
                .map(|item| {
                    let target = format!("/v1.0{}", item["url"].as_str().unwrap());
                    let headers = item["headers"].as_object().into_iter().flatten();
                    let answer = plan(&Asked {
                        method: "GET".into(),
                        target,
                        headers: headers
                            .map(|(name, value)| (name.to_ascii_lowercase(), value.as_str().unwrap().to_owned()))
                            .collect(),
                        ..asked.clone()
                    });
                    let mut response = json!({"id": item["id"], "status": answer.status});
                    if !answer.body.is_empty() {
                        response["body"] = serde_json::from_slice(&answer.body).unwrap();
                    }
                    response
                })
                .collect();
            answer(200, &json!({"responses": responses}))
        })
        .await
    }

    /// `plan` is given each request and its number, counted from 0.
    pub async fn new<A: Into<Act>>(plan: impl Fn(&Asked, usize) -> A + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let changed = Arc::new(Notify::new());
        let plan: Arc<Plan> = Arc::new(move |asked, number| plan(asked, number).into());
        let task = tokio::spawn({
            let (log, changed) = (log.clone(), changed.clone());
            async move {
                let mut connections = tokio::task::JoinSet::new();
                loop {
                    let (stream, peer) = listener.accept().await.unwrap();
                    connections.spawn(serve(stream, peer, plan.clone(), log.clone(), changed.clone()));
                }
            }
        });
        Stub {
            address,
            log,
            changed,
            _task: AbortOnDropHandle::new(task),
        }
    }

    /// The base URL that a client is given.
    pub fn url(&self) -> String {
        format!("http://{}/v1.0", self.address)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }

    pub fn count(&self, method: &str) -> usize {
        self.asked().iter().filter(|asked| asked.method == method).count()
    }

    /// Waits until what has been asked is as wanted.
    pub async fn until(&self, wanted: impl Fn(&[Asked]) -> bool) {
        tokio::time::timeout(Duration::from_secs(60), async {
            loop {
                let changed = self.changed.notified();
                if wanted(&self.asked()) {
                    return;
                }
                changed.await;
            }
        })
        .await
        .expect("the server has seen what the test waits for");
    }
}

/// The most requests that were under way at one moment.
pub fn peak(asked: &[Asked]) -> usize {
    let at = |moment: Instant| {
        asked
            .iter()
            .filter(|one| one.begun <= moment && one.ended.is_none_or(|end| end > moment))
            .count()
    };
    asked.iter().map(|one| at(one.begun)).max().unwrap_or(0)
}

async fn serve(
    mut stream: TcpStream,
    peer: SocketAddr,
    plan: Arc<Plan>,
    log: Arc<Mutex<Vec<Asked>>>,
    changed: Arc<Notify>,
) {
    let mut bytes = Vec::new();
    while let Some(asked) = receive(&mut stream, peer, &mut bytes).await {
        let number = {
            let mut log = log.lock().unwrap();
            log.push(asked.clone());
            log.len() - 1
        };
        changed.notify_waiters();
        let (aborted, go_on) = respond(&mut stream, plan(&asked, number)).await;
        {
            let one = &mut log.lock().unwrap()[number];
            one.ended = Some(Instant::now());
            one.aborted = aborted;
        }
        changed.notify_waiters();
        if aborted || !go_on {
            return;
        }
    }
}

async fn receive(stream: &mut TcpStream, peer: SocketAddr, bytes: &mut Vec<u8>) -> Option<Asked> {
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap().split(' ');
    let (method, target) = (first.next().unwrap().to_owned(), first.next().unwrap().to_owned());
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length: usize = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while bytes.len() < head_end + 4 + length {
        if stream.read_buf(bytes).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8(bytes[head_end + 4..head_end + 4 + length].to_vec()).unwrap();
    bytes.drain(..head_end + 4 + length);
    Some(Asked {
        method,
        target,
        headers,
        body,
        peer,
        begun: Instant::now(),
        ended: None,
        aborted: false,
    })
}

/// Whether the client left first, and whether the connection lives on.
async fn respond(stream: &mut TcpStream, act: Act) -> (bool, bool) {
    let answer = match act {
        Act::Close => return (false, false),
        Act::Hang => return (gone(stream).await, false),
        Act::Answer(answer) => answer,
    };
    if !answer.after.is_zero() {
        tokio::select! {
            () = tokio::time::sleep(answer.after) => {}
            left = gone(stream) => return (left, false),
        }
    }
    let mut head = format!(
        "HTTP/1.1 {} Whatever\r\ncontent-length: {}\r\n",
        answer.status,
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let (half, rest) = answer.body.split_at(answer.body.len() / 2);
    let sent = async {
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(half).await?;
        stream.flush().await?;
        if answer.cut {
            return Ok(());
        }
        if let Some(pause) = &answer.pause {
            pause.notified().await;
        }
        stream.write_all(rest).await
    };
    let sent: std::io::Result<()> = sent.await;
    (sent.is_err(), !answer.cut && !answer.close)
}

/// Waits for the client to close the connection.
async fn gone(stream: &mut TcpStream) -> bool {
    let mut rest = [0; 1024];
    while !matches!(stream.read(&mut rest).await, Ok(0) | Err(_)) {}
    true
}
