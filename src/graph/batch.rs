//! Several reads in one request.
//! <https://learn.microsoft.com/graph/json-batching>

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::body;
use super::client::Client;
use super::exchange::Call;
use super::needs::{Asked, Place};
use super::patience::{after, may_pass, parse_retry_after};
use super::permits::{AHEAD_PER_MAILBOX, Urgency};
use super::refused;
use super::request::{Read, template};
use crate::domain::{Id, Text};
use crate::protocol::{Problem, ProblemKind};

/// Graph takes this many in one batch.
pub(super) const LARGEST_BATCH: usize = 20;

/// What one item became: the body of its answer, or why there is none.
pub(super) type Outcome = Result<Box<RawValue>, Problem>;

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
    /// Carries out one of [`batches`], asking again for the items that Graph was too busy for. Outcomes come in the
    /// order of the reads.
    ///
    /// # Errors
    /// Where the batch as a whole fails.
    pub(super) async fn batch(&self, reads: &[Read], urgency: Urgency) -> Result<Vec<Outcome>, Problem> {
        let patience = self.patience();
        let begun = Instant::now();
        let mut outcomes: Vec<Option<Outcome>> = reads.iter().map(|_| None).collect();
        for tries in 1.. {
            let mut wait = None::<Duration>;
            for response in self.batch_once(reads, &outcomes, urgency).await? {
                let asked = |index: usize| {
                    let read = reads.get(index);
                    Asked {
                        place: Place::of(read.and_then(|read| read.mailbox.as_ref())),
                        template: read.map(|read| template(&read.path)).unwrap_or_default(),
                        granted: self.tokens().granted(),
                    }
                };
                let Some((index, outcome)) = response
                    .id
                    .parse()
                    .ok()
                    .and_then(|index: usize| Some((index, outcomes.get_mut(index)?)))
                else {
                    continue;
                };
                if may_pass(response.status) {
                    let pause = response
                        .header("retry-after")
                        .and_then(|value| parse_retry_after(value, Timestamp::now()));
                    if let (Some(wait), Some(read)) = (pause, reads.get(index)) {
                        self.permits().hush(read.mailbox.as_ref(), wait);
                    }
                    wait = wait.max(Some(pause.unwrap_or_else(|| patience.pause_after(tries))));
                    let mut problem = response.problem(&asked(index));
                    problem.retry_at = wait.map(|wait| after(Timestamp::now(), wait));
                    *outcome = Some(Err(problem));
                } else {
                    *outcome = Some(response.outcome(|| asked(index)));
                }
            }
            let Some(wait) = wait else { break };
            self.line().throttled_until(after(Timestamp::now(), wait));
            if tries >= patience.tries || begun.elapsed() + wait > patience.in_all {
                break;
            }
            // What waits to be asked for again has no outcome yet.
            for outcome in &mut outcomes {
                outcome.take_if(|outcome| matches!(outcome, Err(problem) if problem.retry_at.is_some()));
            }
            tokio::time::sleep(wait).await;
        }
        Ok(outcomes
            .into_iter()
            .map(|outcome| outcome.unwrap_or_else(|| Err(left_out())))
            .collect())
    }

    /// Sends the reads that have no outcome yet.
    async fn batch_once(
        &self,
        reads: &[Read],
        outcomes: &[Option<Outcome>],
        urgency: Urgency,
    ) -> Result<Vec<Response>, Problem> {
        let mut requests = Vec::new();
        let mut open = Vec::new();
        for (index, (read, _)) in reads
            .iter()
            .zip(outcomes)
            .enumerate()
            .filter(|(_, (_, outcome))| outcome.is_none())
        {
            requests.push(Item {
                id: index.to_string(),
                method: "GET",
                url: read.relative()?,
                headers: read.headers.iter().copied().collect(),
            });
            open.push(read);
        }
        let body = serde_json::to_string(&Batch { requests })
            .map_err(|_| Problem::new(ProblemKind::General, "The request could not be written as JSON.", ""))?;
        let call = Call::batch(self.endpoint(), &open, body)?;
        let body = self.fetch(&call, urgency, &mut |_| {}).await?;
        Ok(body::parse::<Answer>(body).await?.responses)
    }
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        let headers = self.headers.as_ref()?;
        let (_, value) = headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    fn outcome(self, asked: impl FnOnce() -> Asked) -> Outcome {
        match self.body {
            Some(body) if (200..300).contains(&self.status) => Ok(body),
            _ => Err(self.problem(&asked())),
        }
    }

    fn problem(&self, asked: &Asked) -> Problem {
        let body = self.body.as_ref().map(|body| body.get()).unwrap_or_default();
        refused::explain_parts(
            self.status,
            self.header("request-id").map(Text::new),
            body.as_bytes(),
            asked,
        )
    }
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
