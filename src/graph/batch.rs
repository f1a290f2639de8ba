//! Several reads in one request.
//! <https://learn.microsoft.com/graph/json-batching>

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::client::Client;
use super::exchange::Call;
use super::needs::{Asked, Place};
use super::patience::{after, may_pass, parse_retry_after};
use super::permits::{AHEAD_PER_MAILBOX, Heard, Urgency};
use super::request::{Read, template};
use super::{body, challenge, refused};
use crate::domain::{Id, Text};
use crate::protocol::{Claims, Problem, ProblemKind};

/// Graph takes this many in one batch.
pub(super) const LARGEST_BATCH: usize = 20;

/// What one item became: the body of its answer, or why there is none.
pub(super) type Outcome = Result<Box<RawValue>, Problem>;

/// How far one item has come.
enum State {
    /// To be asked for.
    Open,
    Done(Outcome),
    /// Graph was too busy for it.
    Busy(Problem),
    /// Its token was refused.
    Unproven(Problem),
}

/// What the answers to one round ask for.
#[derive(Default)]
struct Round {
    /// Quiet, for so long.
    pause: Option<Duration>,
    /// Of the next token.
    demanded: Option<Claims>,
}

#[derive(Serialize)]
struct Batch<'a> {
    requests: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    method: &'static str,
    url: String,
    #[serde(skip_serializing_if = "HashMap::is_empty")]
    headers: HashMap<&'a str, &'a str>,
}

#[derive(Deserialize)]
struct Answer {
    responses: Vec<Response>,
}

#[derive(Deserialize)]
struct Response {
    id: String,
    status: u16,
    #[serde(default)]
    headers: Option<HashMap<String, String>>,
    #[serde(default)]
    body: Option<Box<RawValue>>,
}

/// Cuts reads into batches that keep within what one may carry, of all and of each mailbox.
pub(super) fn batches(reads: impl IntoIterator<Item = Read>) -> VecDeque<Vec<Read>> {
    let mut waiting: VecDeque<Read> = reads.into_iter().collect();
    let mut batches = VecDeque::new();
    while !waiting.is_empty() {
        let mut batch = Vec::new();
        let mut carried = HashMap::<Option<Id>, usize>::new();
        let mut later = VecDeque::new();
        for read in waiting {
            let count = carried.entry(read.mailbox.clone()).or_default();
            if batch.len() == LARGEST_BATCH || (read.mailbox.is_some() && *count == AHEAD_PER_MAILBOX) {
                later.push_back(read);
            } else {
                *count += 1;
                batch.push(read);
            }
        }
        waiting = later;
        batches.push_back(batch);
    }
    batches
}

impl Client {
    /// Carries out one of [`batches`], asking again for the items that Graph was too busy for and, once, with a newer
    /// token, for those whose token it refused. Outcomes come in the order of the reads.
    ///
    /// # Errors
    /// Where the batch as a whole fails.
    pub(super) async fn batch(&self, reads: &[Read], urgency: Urgency) -> Result<Vec<Outcome>, Problem> {
        let patience = self.patience();
        let begun = Instant::now();
        let mut items: Vec<(&Read, State)> = reads.iter().map(|read| (read, State::Open)).collect();
        let mut renewed = false;
        for tries in 1.. {
            let token = self.tokens().token().await?;
            let Round { pause, demanded } = self.round(&mut items, tries, urgency).await?;
            if let Some(pause) = pause {
                self.line().throttled_until(after(Timestamp::now(), pause));
                if tries < patience.tries && begun.elapsed() + pause <= patience.in_all {
                    tokio::time::sleep(pause).await;
                    for (_, state) in items.iter_mut().filter(|(_, state)| matches!(state, State::Busy(_))) {
                        *state = State::Open;
                    }
                }
            }
            let refused = |state: &State| matches!(state, State::Unproven(_));
            if !renewed && items.iter().any(|(_, state)| refused(state)) {
                renewed = true;
                let renewal = self.tokens().renew(&token, demanded.as_ref()).await;
                for (_, state) in items.iter_mut().filter(|(_, state)| refused(state)) {
                    *state = match &renewal {
                        Ok(_) => State::Open,
                        Err(problem) => State::Done(Err(problem.clone())),
                    };
                }
            }
            if !items.iter().any(|(_, state)| matches!(state, State::Open)) {
                break;
            }
        }
        Ok(items.into_iter().map(|(_, state)| state.outcome()).collect())
    }

    /// Asks once for the items that are open; none of them is afterwards.
    async fn round(&self, items: &mut [(&Read, State)], tries: u32, urgency: Urgency) -> Result<Round, Problem> {
        let responses = self.ask(items, urgency).await?;
        for (_, state) in items.iter_mut() {
            if matches!(state, State::Open) {
                *state = State::Done(Err(left_out()));
            }
        }
        let mut round = Round::default();
        for response in responses {
            let index = response.id.parse::<usize>().ok();
            let Some((read, state)) = index.and_then(|index| items.get_mut(index)) else {
                tracing::warn!(status = response.status, "an answer in a batch that nothing asked for");
                continue;
            };
            let asked = Asked {
                place: Place::of(read.mailbox.as_ref()),
                template: template(&read.path),
                granted: self.tokens().granted(),
                verbatim: false,
            };
            let claims = challenge::demanded_by(response.header("www-authenticate"));
            *state = if response.status == 401 || (response.status == 403 && claims.is_some()) {
                round.demanded = round.demanded.or(claims);
                State::Unproven(response.problem(&asked))
            } else if may_pass(response.status) {
                let named = response
                    .header("retry-after")
                    .and_then(|value| parse_retry_after(value, Timestamp::now()));
                if let Some(wait) = named {
                    self.permits().hush(read.mailbox.as_ref(), wait, Heard::Now);
                }
                let pause = named.unwrap_or_else(|| self.patience().pause_after(tries));
                round.pause = round.pause.max(Some(pause));
                let mut problem = response.problem(&asked);
                problem.retry_at = Some(after(Timestamp::now(), pause));
                State::Busy(problem)
            } else {
                State::Done(response.outcome(&asked))
            };
        }
        Ok(round)
    }

    /// Sends the items that are open.
    async fn ask(&self, items: &[(&Read, State)], urgency: Urgency) -> Result<Vec<Response>, Problem> {
        let mut requests = Vec::new();
        let mut open = Vec::new();
        for (index, (read, state)) in items.iter().enumerate() {
            if !matches!(state, State::Open) {
                continue;
            }
            requests.push(Item {
                id: index.to_string(),
                method: "GET",
                url: read.relative()?,
                headers: read.headers.iter().copied().collect(),
            });
            open.push(*read);
        }
        let body = serde_json::to_string(&Batch { requests })
            .map_err(|_| Problem::new(ProblemKind::General, "The request could not be written as JSON.", ""))?;
        let call = Call::batch(self.endpoint(), &open, body)?;
        let body = self.fetch(&call, urgency, &mut |_| {}).await?;
        Ok(body::parse::<Answer>(body).await?.responses)
    }
}

impl State {
    fn outcome(self) -> Outcome {
        match self {
            State::Done(outcome) => outcome,
            State::Busy(problem) | State::Unproven(problem) => Err(problem),
            State::Open => Err(left_out()),
        }
    }
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        let headers = self.headers.as_ref()?;
        let (_, value) = headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    fn outcome(self, asked: &Asked) -> Outcome {
        let is_success = (200..300).contains(&self.status);
        match self.body {
            Some(body) if is_success => Ok(body),
            None if is_success => Err(refused::not_ready(self.status, self.request_id())),
            _ => Err(self.problem(asked)),
        }
    }

    fn problem(&self, asked: &Asked) -> Problem {
        let body = self.body.as_ref().map(|body| body.get()).unwrap_or_default();
        refused::explain_parts(self.status, self.request_id(), body.as_bytes(), asked)
    }

    fn request_id(&self) -> Option<Text> {
        self.header("request-id").map(Text::new)
    }
}

/// What an item says.
pub(super) fn parsed<T: DeserializeOwned>(outcome: Outcome) -> Result<T, Problem> {
    let body = outcome?;
    body::read_json(body.get().as_bytes()).map_err(|error| body::unreadable(&error, body.get().as_bytes()))
}

/// For an item that has no answer.
pub(super) fn left_out() -> Problem {
    Problem::new(
        ProblemKind::Server,
        "Graph left an answer out of a batch.",
        "Try again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_keep_within_twenty_and_within_each_mailbox() {
        let read = |group: &str| Read::of("groups").in_mailbox_of(&Id::new(group));
        let same = batches((0..5).map(|_| read("a")));
        assert_eq!(same.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
        let different = batches((0..45).map(|n| read(&n.to_string())));
        assert_eq!(different.iter().map(Vec::len).collect::<Vec<_>>(), [20, 20, 5]);
        let none = batches((0..21).map(|_| Read::of("me")));
        assert_eq!(none.iter().map(Vec::len).collect::<Vec<_>>(), [20, 1]);
    }
}
