//! Replies on their way, for the tests of what becomes of them.

use super::fixture::*;
use crate::app::{Cmd, Outgoing, Stage as Sending, TimerId};
use crate::domain::{Draft, DraftId};
use crate::protocol::{
    Delivery, Job, Lane, Mutation, Payload, Problem, ProblemKind, Query, Request, RequestId, Sought,
};

pub(super) fn id(number: u64) -> DraftId {
    DraftId(format!("run-{number}"))
}

/// Graph has said no.
pub(super) fn refused() -> Problem {
    Problem::new(ProblemKind::Forbidden, "It was refused.", "Ask an owner.")
}

pub(super) fn lane(number: u64) -> Lane {
    Lane::Settle(id(number))
}

/// Writes and sends a reply; gives the request.
pub(super) fn send(stage: &mut Stage, text: &str) -> (RequestId, Draft) {
    stage.key("r");
    stage.types(text);
    stage.key("ctrl-s");
    let cmds = stage.key("y");
    stage.typeset_all(&cmds);
    sent(&cmds)
}

/// The one draft that the commands send.
pub(super) fn sent(cmds: &[Cmd]) -> (RequestId, Draft) {
    let sends = cmds.iter().filter_map(|cmd| match cmd {
        Cmd::Send(Request {
            id,
            job: Job::Write(_, Mutation::Deliver(draft)),
        }) => Some((*id, (**draft).clone())),
        _ => None,
    });
    let sends: Vec<_> = sends.collect();
    assert_eq!(sends.len(), 1, "{cmds:?}");
    sends[0].clone()
}

/// A thread with one post, and a reply of these words being sent.
pub(super) fn sending(text: &str) -> (Stage, RequestId, Draft) {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    let (request, draft) = send(&mut stage, text);
    (stage, request, draft)
}

pub(super) fn delivered(stage: &mut Stage, request: RequestId, outcome: Delivery) -> Vec<Cmd> {
    delivered_of(stage, request, 1, outcome)
}

/// What came of sending a draft of this run.
pub(super) fn delivered_of(stage: &mut Stage, request: RequestId, draft: u64, outcome: Delivery) -> Vec<Cmd> {
    let draft = id(draft);
    stage.reply(
        request,
        Payload::Delivery {
            draft,
            outcome,
            since: None,
        },
    )
}

pub(super) fn accepted(text: &str) -> Stage {
    let (mut stage, request, _) = sending(text);
    delivered(&mut stage, request, Delivery::Accepted { at: noon(0) });
    stage
}

pub(super) fn stages(stage: &Stage) -> Vec<&Sending> {
    stage.model.outbox.iter().map(|Outgoing { stage, .. }| stage).collect()
}

/// What is looked for by the one look among the commands.
pub(super) fn sought(cmds: &[Cmd]) -> (RequestId, Sought) {
    let looks: Vec<_> = cmds
        .iter()
        .filter_map(|cmd| match cmd {
            Cmd::Send(Request {
                id,
                job: Job::Read(Lane::Settle(_), Query::Settle(sought)),
            }) => Some((*id, sought.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(looks.len(), 1, "{cmds:?}");
    looks[0].clone()
}

/// Lets time pass until the next look, which is asserted to come after so many seconds.
pub(super) fn look_after(stage: &mut Stage, seconds: u64) -> (RequestId, Sought) {
    let settle = TimerId::Settle(id(1));
    assert_eq!(stage.due(settle), Some(u128::from(seconds) * 1000));
    let cmds = stage.wait(seconds * 1000);
    sought(&cmds)
}

pub(super) fn nothing() -> Payload {
    Payload::Settled(None)
}

pub(super) fn seen(post: &str) -> Payload {
    landed(post)
}
