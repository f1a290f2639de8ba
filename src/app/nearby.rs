//! People who are near at hand: whose profiles were looked at, now or in an earlier run, and who matters to whoever is signed
//! in. The store has them at once, with their ages; Graph is asked once a run.

use std::sync::Arc;

use jiff::Timestamp;

use super::acquaintances::{Acquaintances, Recent};
use super::cmd::Cmd;
use super::finder;
use super::model::Model;
use super::remote::Remote;
use crate::domain::Person;
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

/// People who are near at hand in any finder of this run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Nearby {
    /// Those whose profiles were opened, the last first.
    pub(super) recent: Recent,
    /// Those whose profiles earlier runs have opened, the last first, each with the time of reading.
    pub(super) earlier: Vec<(Person, Timestamp)>,
    /// Those who matter to whoever is signed in, as Graph ranks them.
    pub relevant: Remote<Arc<[Person]>>,
    /// When those were read, where the store alone has told.
    pub kept: Option<Timestamp>,
    /// The newest request for them.
    asked: Option<RequestId>,
}

/// Asks who matters, unless that is known or was asked.
pub(super) fn ask_once(model: &mut Model) -> Vec<Cmd> {
    match &model.nearby.relevant {
        Remote::Ready(_) | Remote::Loading { .. } => Vec::new(),
        Remote::Idle | Remote::Failed { .. } => vec![ask(model)],
    }
}

/// Asks who matters.
pub(super) fn ask(model: &mut Model) -> Cmd {
    let (id, cmd) = model.read(Lane::Nearby, Query::Nearby);
    model.nearby.asked = Some(id);
    model.nearby.relevant.await_reply(id);
    cmd
}

/// Takes those who matter, if they were awaited.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let near = &mut model.nearby;
    if !near.relevant.awaits(reply.id) {
        return None;
    }
    match &reply.result {
        Ok(Payload::People { page, .. }) => {
            near.relevant.take_part(Part::Last, page.clone());
            let kept = near.kept.take();
            let add = |known: &mut Acquaintances| known.add(page.iter(), None);
            // Where the store's were shown, whoever is on the screen stays in place.
            return Some(finder::met(model, kept.is_none(), add));
        }
        Ok(_) => {}
        Err(problem) => {
            let denied = problem.denies() && near.kept.take().is_some();
            if denied {
                near.relevant = Remote::Idle;
            }
            near.relevant.fail(problem.clone());
            if denied {
                return Some(finder::forget(model));
            }
        }
    }
    Some(Vec::new())
}

/// Takes what the store has of them.
pub(super) fn take_kept(model: &mut Model, id: RequestId, at: Timestamp, payload: Payload) -> Vec<Cmd> {
    let near = &mut model.nearby;
    match payload {
        Payload::Remembered(people) if near.asked == Some(id) => {
            near.earlier.clone_from(&people);
            finder::met(model, true, |known| {
                for (person, read_at) in &people {
                    known.remember(person, *read_at);
                }
            })
        }
        Payload::People { page, .. } if near.relevant.awaits(id) && near.relevant.shown().is_none() => {
            near.relevant.show(page.clone());
            near.kept = Some(at);
            finder::met(model, true, |known| known.add(page.iter(), Some(at)))
        }
        _ => Vec::new(),
    }
}
