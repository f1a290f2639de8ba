//! Reads over the line: one attempt, and the rule by which attempts are repeated.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::{Response, StatusCode};
use url::Url;

use super::challenge;
use super::client::Client;
use super::download::Sink;
use super::endpoint::Endpoint;
use super::needs::{Asked, Place};
use super::patience::{after, may_pass, retry_after};
use super::permits::{Heard, Held, Urgency};
use super::raw::{Answer, Refusal, Verb};
use super::refused;
use super::request::{Header, Question, Read, encode_path, template};
use super::{body, log, network};
use crate::domain::{Id, Text};
use crate::protocol::connection::causes;
use crate::protocol::{Claims, Holder, Problem, ProblemKind, Token};

/// A request that may be repeated: a GET, a batch of GETs, or a question. A write cannot be made into one.
#[derive(Debug, Clone)]
pub(super) struct Call {
    url: Url,
    headers: Vec<Header>,
    /// A request as a person wrote it: its method and headers, and its answer whatever it is.
    verbatim: Option<(Verb, HeaderMap)>,
    mailboxes: Vec<Id>,
    /// The body of a POST.
    body: Option<String>,
    /// The path as it may be logged.
    template: String,
}

/// A whole answer, its status 200 but for verbatim requests.
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    pub(super) request_id: Option<Text>,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// Whose token it was given to.
    pub(super) holder: Option<Holder>,
}

/// An answer whose bytes have gone to a [`Sink`].
struct Received {
    length: usize,
    request_id: Option<Text>,
    status: StatusCode,
    headers: HeaderMap,
    holder: Option<Holder>,
}

/// Looks at the bytes of an answer while they arrive; each time it sees all that are there so far.
pub(super) type Glance<'a> = &'a mut (dyn FnMut(&[u8]) + Send);

/// A failed attempt, and what may be done about it.
struct Trouble {
    problem: Problem,
    then: Then,
    /// What Graph said, if it was Graph.
    answer: Option<Box<Answer>>,
}

enum Then {
    GiveUp,
    /// With what Graph demands of the next token, if anything.
    Renew(Option<Claims>),
    Retry {
        after: Option<Duration>,
    },
}

impl Call {
    pub(super) fn get(endpoint: &Endpoint, read: &Read) -> Result<Self, Problem> {
        Ok(Call {
            url: endpoint.url(&read.relative()?)?,
            headers: read.headers.clone(),
            verbatim: None,
            mailboxes: read.mailbox.iter().cloned().collect(),
            body: None,
            template: template(&read.path),
        })
    }

    /// A page that a next link names; the link carries the query but not the headers.
    pub(super) fn page(&self, url: Url) -> Self {
        Call { url, ..self.clone() }
    }

    pub(super) fn batch(endpoint: &Endpoint, reads: &[&Read], body: String) -> Result<Self, Problem> {
        Ok(Call {
            url: endpoint.url("/$batch")?,
            headers: Vec::new(),
            verbatim: None,
            mailboxes: reads.iter().filter_map(|read| read.mailbox.clone()).collect(),
            body: Some(body),
            template: "/$batch".into(),
        })
    }

    /// A GET or HEAD as a person wrote it.
    pub(super) fn verbatim(verb: Verb, url: Url, headers: HeaderMap, mailboxes: Vec<Id>, template: String) -> Self {
        Call {
            url,
            headers: Vec::new(),
            verbatim: Some((verb, headers)),
            mailboxes,
            body: None,
            template,
        }
    }

    pub(super) fn question(endpoint: &Endpoint, question: &Question) -> Result<Self, Problem> {
        Ok(Call {
            url: endpoint.url(&encode_path(&question.path)?)?,
            headers: Vec::new(),
            verbatim: None,
            mailboxes: Vec::new(),
            body: Some(question.body.clone()),
            template: template(&question.path),
        })
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    fn verb(&self) -> Verb {
        match (&self.verbatim, &self.body) {
            (Some((verb, _)), _) => *verb,
            (None, Some(_)) => Verb::Post,
            (None, None) => Verb::Get,
        }
    }

    fn place(&self) -> Place {
        Place::of(self.mailboxes.first().filter(|_| self.body.is_none()))
    }
}

impl Client {
    /// Carries a read out, with a renewed token and again after pauses where that makes sense. Permits are held while a
    /// request is under way and not during a pause.
    pub(super) async fn fetch(&self, call: &Call, urgency: Urgency, glance: Glance<'_>) -> Result<Body, Problem> {
        let body = self.gather_body(call, urgency, glance).await;
        body.map_err(|trouble| trouble.problem)
    }

    /// The same with the bytes going on as they come. How many there were is what it gives back.
    pub(super) async fn pass_on(&self, call: &Call, urgency: Urgency, sink: &mut dyn Sink) -> Result<usize, Problem> {
        let received = self.persist(call, urgency, sink).await;
        received
            .map(|received| received.length)
            .map_err(|trouble| trouble.problem)
    }

    async fn gather_body(&self, call: &Call, urgency: Urgency, glance: Glance<'_>) -> Result<Body, Trouble> {
        let mut gathered = body::Gathered::new(glance);
        let received = self.persist(call, urgency, &mut gathered).await?;
        Ok(Body {
            bytes: gathered.bytes,
            request_id: received.request_id,
            status: received.status,
            headers: received.headers,
            holder: received.holder,
        })
    }

    /// The same for a verbatim request, with the answer that refuses it.
    pub(super) async fn answer(&self, call: &Call, urgency: Urgency) -> Result<Answer, Box<Refusal>> {
        match self.gather_body(call, urgency, &mut |_| {}).await {
            Ok(body) => Ok(Answer::new(body.status, &body.headers, body.bytes)),
            Err(Trouble { problem, answer, .. }) => Err(Box::new(Refusal {
                problem,
                answer: answer.map(|answer| *answer),
                unsettled: false,
            })),
        }
    }

    async fn persist(&self, call: &Call, urgency: Urgency, sink: &mut dyn Sink) -> Result<Received, Trouble> {
        let patience = self.patience();
        let begun = Instant::now();
        let mut token = self.tokens().token().await.map_err(Trouble::final_)?;
        let mut renewed = false;
        let mut tries = 0;
        let mut last_status = None;
        loop {
            let held = self
                .admit(&call.mailboxes, urgency, begun + patience.in_all)
                .await
                .map_err(Trouble::final_)?;
            let fresh = last_status == Some(StatusCode::SERVICE_UNAVAILABLE.as_u16());
            let outcome = self.attempt(call, &token, fresh, sink).await;
            drop(held);
            tries += 1;
            let mut trouble = match outcome {
                Ok(received) => {
                    let holder = token.holder;
                    return Ok(Received { holder, ..received });
                }
                Err(trouble) => trouble,
            };
            let problem = &mut trouble.problem;
            last_status = problem.status;
            match &trouble.then {
                Then::Renew(demanded) if !renewed => {
                    renewed = true;
                    let newer = self.tokens().renew(&token, demanded.as_ref()).await;
                    token = newer.map_err(Trouble::final_)?;
                }
                Then::Retry { after: asked } => {
                    let asked = *asked;
                    let wait = asked.unwrap_or_else(|| patience.pause_after(tries));
                    let until = after(Timestamp::now(), wait);
                    if let (Some(wait), Some(429)) = (asked, problem.status) {
                        // A batch as a whole is no mailbox's.
                        let mailbox = call.mailboxes.first().filter(|_| call.body.is_none());
                        self.permits().hush(mailbox, wait, Heard::Now);
                    }
                    if asked.is_some() || problem.kind == ProblemKind::Throttled {
                        self.line().throttled_until(until);
                        problem.retry_at = Some(until);
                    }
                    if tries >= patience.tries || begun.elapsed() + wait > patience.in_all {
                        return Err(trouble);
                    }
                    tokio::time::sleep(wait).await;
                }
                Then::GiveUp | Then::Renew(_) => return Err(trouble),
            }
        }
    }

    /// Waits for permits, and while Graph wants quiet from requests to these mailboxes, or to none: until `deadline`, and
    /// not at all where the quiet lasts longer. Others may be told to be quiet while this one stands in line.
    pub(super) async fn admit(&self, mailboxes: &[Id], urgency: Urgency, deadline: Instant) -> Result<Held, Problem> {
        loop {
            let wait = self.permits().quiet(mailboxes);
            if Instant::now() + wait > deadline && !wait.is_zero() {
                return Err(refused::told_to_wait(after(Timestamp::now(), wait)));
            }
            if !wait.is_zero() {
                // An earlier run may have heard of it, and nobody in this one.
                self.line().throttled_until(after(Timestamp::now(), wait));
                // Even a sleep of no length takes a millisecond.
                tokio::time::sleep(wait).await;
            }
            let held = self.permits().take(mailboxes, urgency).await;
            if self.permits().quiet(mailboxes).is_zero() {
                return Ok(held);
            }
        }
    }

    async fn attempt(&self, call: &Call, token: &Token, fresh: bool, sink: &mut dyn Sink) -> Result<Received, Trouble> {
        let http = if fresh { self.fresh() } else { Ok(self.pooled()) }.map_err(Trouble::final_)?;
        let mut request = http.request(call.verb().method(), call.url.clone());
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.clone());
        }
        if let Some((_, headers)) = &call.verbatim {
            request = request.headers(headers.clone());
        }
        for (name, value) in &call.headers {
            request = request.header(*name, *value);
        }
        let id = uuid::Uuid::new_v4().to_string();
        let request = request
            .header(AUTHORIZATION, network::bearer(token).map_err(Trouble::final_)?)
            .header("client-request-id", &id);

        let _under_way = self.line().begin();
        let entry = log::Entry {
            method: call.verb().name(),
            path: &call.template,
            id: &id,
            begun: Instant::now(),
        };
        let outcome = self.receive(request, call, sink).await;
        match &outcome {
            Ok(received) => entry.done(received.status.as_u16(), received.length, received.request_id.as_ref()),
            Err(trouble) => entry.failed(&trouble.problem),
        }
        outcome
    }

    async fn receive(
        &self,
        request: reqwest::RequestBuilder,
        call: &Call,
        sink: &mut dyn Sink,
    ) -> Result<Received, Trouble> {
        let response = request.send().await.map_err(|error| self.broken(&error))?;
        self.line().offline(false);
        self.clock().hear(response.headers());
        let status = response.status();
        if !status.is_success() {
            let asked = Asked {
                place: call.place(),
                template: call.template.clone(),
                granted: self.tokens().granted(),
                verbatim: call.verbatim.is_some(),
            };
            return Err(refusal(response, &asked).await);
        }
        let headers = response.headers().clone();
        let request_id = headers.get("request-id").and_then(|id| id.to_str().ok()).map(Text::new);
        let length = body::read(response, sink).await.map_err(|error| match error {
            body::Unread::Broken(error) => self.broken(&error),
            body::Unread::Unwanted(problem) => Trouble::final_(problem),
        })?;
        if status != StatusCode::OK && length == 0 && call.verbatim.is_none() {
            return Err(Trouble::final_(refused::not_ready(status.as_u16(), request_id)));
        }
        Ok(Received {
            length,
            request_id,
            status,
            headers,
            holder: None,
        })
    }

    /// A read that found no connection, or lost it, may be tried again.
    fn broken(&self, error: &reqwest::Error) -> Trouble {
        tracing::debug!(error = causes(error), "exchange broken");
        if error.is_connect() {
            self.line().offline(true);
        }
        Trouble {
            problem: network::explain(error, self.endpoint()),
            then: if network::is_hopeless(error) {
                Then::GiveUp
            } else {
                Then::Retry { after: None }
            },
            answer: None,
        }
    }
}

impl Trouble {
    fn final_(problem: Problem) -> Self {
        Trouble {
            problem,
            then: Then::GiveUp,
            answer: None,
        }
    }
}

async fn refusal(response: Response, asked: &Asked) -> Trouble {
    let status = response.status();
    let headers = response.headers().clone();
    let after = retry_after(&headers);
    let demanded = challenge::demanded(&headers);
    // A refusal whose body cannot be read is still the refusal that its status says.
    let body = body::beginning(response).await;
    Trouble {
        problem: refused::explain(status, &headers, &body, asked),
        then: match status.as_u16() {
            401 => Then::Renew(demanded),
            403 if demanded.is_some() => Then::Renew(demanded),
            passing if may_pass(passing) => Then::Retry { after },
            _ => Then::GiveUp,
        },
        answer: Some(Box::new(Answer::new(status, &headers, body))),
    }
}
