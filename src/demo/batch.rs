//! `POST /$batch`: up to twenty requests in one.
//! <https://learn.microsoft.com/graph/json-batching>

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::Semaphore;

use super::answer::Answer;
use super::doors::Caller;
use super::error::{GraphError, Result, Trace};
use super::exchange::{Outcome, Shared};
use super::fault::Kind;
use super::request::{Method, Request};
use super::routes;

/// A batch holds at most this many requests.
const MOST: usize = 20;
/// Graph sends at most this many of a batch's mail requests at a time.
const MAIL_AT_A_TIME: usize = 4;

#[derive(Debug, Deserialize)]
struct Batch {
    requests: Vec<Item>,
}

/// One request of a batch.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: HashMap<String, String>,
    #[serde(default)]
    body: Option<Value>,
    #[serde(default)]
    depends_on: Vec<String>,
}

/// Answers a batch, unless a fault on `/$batch` itself has it otherwise. `note` is told the items.
pub async fn exchange(
    shared: &Shared,
    request: &Request,
    caller: &Caller,
    trace: &Trace,
    note: impl FnOnce(Vec<String>),
) -> Outcome {
    let verdict = shared.judge(request, &["$batch".to_owned()]);
    if !verdict.latency.is_zero() {
        tokio::time::sleep(verdict.latency).await;
    }
    let answer = match verdict.kind.as_ref().and_then(|kind| kind.refusal(shared.now())) {
        Some(refusal) => refusal.answer(trace),
        None if verdict.kind == Some(Kind::Hang) => match std::future::pending::<Infallible>().await {},
        None if request.method != Method::Post => GraphError::no_method().answer(trace),
        None => answer(shared, request, caller, trace, note).await,
    };
    Outcome {
        answer,
        spoiled: verdict.kind,
    }
}

/// Items without `dependsOn` go at once, all others after what they depend on.
async fn answer(
    shared: &Shared,
    request: &Request,
    caller: &Caller,
    trace: &Trace,
    note: impl FnOnce(Vec<String>),
) -> Answer {
    let items = match read(request) {
        Ok(items) => items,
        Err(error) => return error.answer(trace),
    };
    note(
        items
            .iter()
            .map(|item| format!("{} {}", item.method, item.url))
            .collect(),
    );
    let round = Round {
        shared,
        outer: request,
        caller,
        trace,
        mail: Semaphore::new(MAIL_AT_A_TIME),
    };
    let mut done: HashMap<String, u16> = HashMap::new();
    let mut responses = Vec::new();
    let mut waiting = items;
    while !waiting.is_empty() {
        let (ready, later): (Vec<Item>, Vec<Item>) = waiting
            .into_iter()
            .partition(|item| item.depends_on.iter().all(|id| done.contains_key(id)));
        let answers = join_all(ready.iter().map(|item| round.one(item, &done))).await;
        for (item, answer) in ready.iter().zip(answers) {
            done.insert(item.id.clone(), answer.status);
            responses.push(response(&item.id, &answer));
        }
        waiting = later;
    }
    // Graph promises no order.
    responses.reverse();
    Answer::json(200, json!({"responses": responses}).to_string().into_bytes())
}

fn read(request: &Request) -> Result<Vec<Item>> {
    let malformed = |message: String| GraphError::new(400, "BadRequest", message);
    request.check_json()?;
    let batch: Batch = serde_json::from_slice(&request.body)
        .map_err(|why| malformed(format!("Invalid batch payload format: {why}.")))?;
    if batch.requests.is_empty() || batch.requests.len() > MOST {
        let message = format!("Number of batch request steps must be between 1 and {MOST}.");
        return Err(malformed(message));
    }
    let mut ids = HashSet::new();
    for item in &batch.requests {
        if !ids.insert(item.id.to_lowercase()) {
            return Err(malformed(format!("Duplicate request id '{}' in the batch.", item.id)));
        }
        if item.body.is_some()
            && !item
                .headers
                .keys()
                .any(|name| name.eq_ignore_ascii_case("content-type"))
        {
            return Err(malformed(format!(
                "The request '{}' has a body and no Content-Type header.",
                item.id
            )));
        }
    }
    let mut before: Vec<&str> = Vec::new();
    for item in &batch.requests {
        if let Some(unknown) = item.depends_on.iter().find(|id| !before.contains(&id.as_str())) {
            return Err(malformed(format!(
                "The request '{}' depends on '{unknown}', which does not stand before it.",
                item.id
            )));
        }
        before.push(&item.id);
    }
    Ok(batch.requests)
}

/// What all items of a batch share.
struct Round<'a> {
    shared: &'a Shared,
    outer: &'a Request,
    caller: &'a Caller,
    trace: &'a Trace,
    mail: Semaphore,
}

impl Round<'_> {
    /// Answers an item; `done` are the statuses of those that were answered before.
    async fn one(&self, item: &Item, done: &HashMap<String, u16>) -> Answer {
        let has_failed = |id: &String| done.get(id).is_none_or(|status| *status >= 400);
        if item.depends_on.iter().any(has_failed) {
            let message = "Failed to process request because a request that it depends on failed.";
            return GraphError::new(424, "FailedDependency", message).answer(self.trace);
        }
        let request = match inner(self.outer, item) {
            Ok(request) => request,
            Err(error) => return error.answer(self.trace),
        };
        let asks_mail = request
            .segments()
            .and_then(|segments| routes::find(request.method, &segments))
            .is_ok_and(|it| it.route.mail);
        let _turn = if asks_mail {
            self.mail.acquire().await.ok()
        } else {
            None
        };
        // A cut or a closed connection has no meaning for an item: a fault on `/$batch` does that to all of them. One that
        // hangs keeps all others waiting, too.
        self.shared.answer(&request, self.caller, self.trace).await.answer
    }
}

fn inner(outer: &Request, item: &Item) -> Result<Request> {
    let relative = item.url.trim_start_matches('/');
    if relative.contains("://") {
        return Err(GraphError::new(
            400,
            "BadRequest",
            "The url of a batch request must be relative.",
        ));
    }
    let (path, query) = relative.split_once('?').unwrap_or((relative, ""));
    if path.eq_ignore_ascii_case("$batch") {
        return Err(GraphError::new(400, "BadRequest", "A batch cannot be part of a batch."));
    }
    let kind = item
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let is_json = kind.is_none_or(|(_, kind)| kind.to_ascii_lowercase().contains("json"));
    let body = match &item.body {
        None => Vec::new(),
        Some(Value::String(encoded)) if !is_json => STANDARD
            .decode(encoded)
            .map_err(|_| GraphError::new(400, "BadRequest", "The body of a batch request is not Base64."))?,
        Some(body) => serde_json::to_vec(body)?,
    };
    Ok(Request {
        method: Method::named(&item.method),
        method_name: item.method.to_ascii_uppercase(),
        path: format!("/{path}"),
        query: query.to_owned(),
        headers: item
            .headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
            .collect(),
        body,
        base: outer.base.clone(),
    })
}

fn response(id: &str, answer: &Answer) -> Value {
    let mut headers: Map<String, Value> = Map::new();
    headers.insert("Cache-Control".to_owned(), "no-cache".into());
    for (name, value) in &answer.headers {
        let titled: Vec<String> = name.split('-').map(titled).collect();
        headers.insert(titled.join("-"), value.as_str().into());
    }
    let mut response = json!({"id": id, "status": answer.status, "headers": headers});
    if !answer.body.is_empty() {
        let is_json = answer
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("application/json"));
        let parsed = if is_json {
            serde_json::from_slice(&answer.body).ok()
        } else {
            None
        };
        let encoded = || Value::String(STANDARD.encode(&answer.body));
        if let Some(fields) = response.as_object_mut() {
            fields.insert("body".to_owned(), parsed.unwrap_or_else(encoded));
        }
    }
    response
}

/// `retry` as `Retry`.
fn titled(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}
