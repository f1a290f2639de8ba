//! A draft sent once and looked for, and what is said of it.

use std::time::Duration;

use serde_json::{Value, json};

use super::review::{Whither, done, noun, review, what};
use crate::cli::args::Sending;
use crate::cli::computed::envelope;
use crate::cli::desk::Desk;
use crate::cli::exit::{Stop, say};
use crate::cli::output::escaped;
use crate::cli::output::progress::Progress;
use crate::cli::signals::unless_called_off;
use crate::domain::{Draft, DraftId, DraftState, Id};
use crate::protocol::{Delivery, Landed, Problem, ProblemKind};
use crate::runtime::Postbox;
use crate::store::Drafts;

/// So many digits tell one draft from another.
const DIGITS: usize = 6;

/// What became of a draft.
#[derive(Debug)]
pub enum Outcome {
    /// It was sent; where it is seen, if it is to be seen anywhere.
    Done(Option<Landed>),
    /// Graph has taken it, and nobody wanted to wait.
    Accepted,
    /// Graph has taken it, and it was not seen in time.
    Unseen,
    /// It certainly was not sent.
    NotSent(Problem),
    /// It may have been sent.
    Unknown(Problem),
    /// A signal broke it off; the exit code.
    CalledOff(u8),
}

/// The drafts of the profile.
///
/// # Errors
/// `General` where their folder cannot be made.
pub fn drafts(desk: &Desk) -> Result<Drafts, Problem> {
    Drafts::attach(&desk.drafts).map_err(|error| error.problem())
}

/// Shows what would be sent, and to whom.
///
/// # Errors
/// `Usage` where it cannot be sent as it is.
pub async fn planned(desk: &Desk, args: &Sending, draft: &Draft) -> Result<(), Stop> {
    let request = Postbox::request(draft).await?;
    if !args.json {
        let whither = Whither::of(desk, draft).await;
        let shown = review(desk, draft, &whither);
        return desk.out.print(&format!("{shown}\n{}\n", request.line()?));
    }
    let body = request.carries().map_or("null", |json| json.get());
    let head = [
        ("outcome", json!("planned").to_string()),
        ("what", json!(what(draft)).to_string()),
        ("request", json!(request.line()?).to_string()),
        ("body", body.to_owned()),
    ];
    desk.out
        .print(&format!("{}\n", escaped(&(envelope("delivery", &head) + "}"))))
}

/// Sends a draft that is on disk, and looks for it.
pub async fn send(desk: &Desk, postbox: &Postbox<'_>, draft: &mut Draft, args: &Sending) -> Outcome {
    let wait = if args.no_wait {
        Duration::ZERO
    } else {
        Duration::from_secs(args.wait.get().into())
    };
    let mut progress = Progress::beside(desk.screen);
    let sent = unless_called_off(async {
        progress.tell("sending");
        let delivery = postbox.send(draft).await;
        let leaves_a_trace = draft.target.kind.is_seen_in_group();
        let problem = match delivery {
            Delivery::NotSent(problem) => return Outcome::NotSent(problem),
            Delivery::Accepted { .. } if !leaves_a_trace => {
                if let Err(problem) = postbox.remove(&draft.id).await {
                    tracing::warn!(%problem, "a draft that was sent stays behind");
                }
                return Outcome::Done(None);
            }
            Delivery::Accepted { .. } if wait.is_zero() => return Outcome::Accepted,
            Delivery::Unknown(problem) if wait.is_zero() || !leaves_a_trace => {
                return Outcome::Unknown(problem.not_to_be_tried_again());
            }
            Delivery::Accepted { .. } => None,
            Delivery::Unknown(problem) => Some(problem.not_to_be_tried_again()),
        };
        progress.tell("waiting for it to be seen in the group");
        match (postbox.settle(draft, wait).await, problem) {
            (Ok(Some(found)), _) => Outcome::Done(Some(found)),
            (_, Some(problem)) => Outcome::Unknown(problem),
            (Ok(None), None) => Outcome::Unseen,
            (Err(problem), None) => {
                tracing::warn!(%problem, "what was sent could not be looked for");
                Outcome::Unseen
            }
        }
    });
    let sent = sent.await;
    sent.unwrap_or_else(Outcome::CalledOff)
}

/// Says what became of a draft. One's own post is nothing new for whoever looks into the group later.
///
/// # Errors
/// Whatever kept it from being sent, or from being seen.
pub async fn tell(desk: &Desk, args: &Sending, draft: &Draft, sent: Outcome) -> Result<(), Stop> {
    if args.json {
        desk.out.print(&format!("{}\n", escaped(&report(draft, &sent))))?;
    }
    if let Outcome::Done(Some(landed)) = &sent {
        mark(desk, &draft.target.group, landed).await;
    }
    let id = short(&draft.id);
    let look = format!("`folkmoot draft send {id}` looks for it, and sends nothing twice.");
    match sent {
        Outcome::Done(_) => {
            if !args.json {
                say(&done(draft));
            }
            Ok(())
        }
        Outcome::Accepted => {
            if !args.json {
                say(&format!("taken by Graph: {}", noun(&draft.target)));
                say(&format!("  It shows in a moment; {look}"));
            }
            Ok(())
        }
        Outcome::Unseen => {
            let what = format!("Graph has taken it, and it was not to be seen within {} s.", args.wait);
            let problem = Problem::new(ProblemKind::General, &what, "Graph can be slow; it most likely comes.");
            Err(Stop::unsettled(problem, vec![look]))
        }
        Outcome::NotSent(problem) if may_be_there(draft) => {
            let mut lines = vec!["This time nothing was sent.".to_owned()];
            lines.extend(standing(draft));
            Err(Stop::unsettled(problem, lines))
        }
        Outcome::NotSent(problem) => Err(Stop::with_lines(problem, standing(draft))),
        Outcome::Unknown(problem) => Err(Stop::unsettled(problem, standing(draft))),
        Outcome::CalledOff(code) => Err(Stop::CalledOff(code, standing(draft))),
    }
}

/// Keeps one's own post from making its thread unread.
async fn mark(desk: &Desk, group: &Id, landed: &Landed) {
    if !desk.config.store.enabled {
        return;
    }
    let marked = desk.store().await.and_then(|mut store| {
        let marking = store.marks(group).map(|marks| marks.after_own(landed));
        let kept = marking.and_then(|marking| marking.map_or(Ok(()), |marking| store.keep_mark(group, &marking)));
        kept.map_err(|error| error.problem())
    });
    if let Err(problem) = marked {
        tracing::warn!(%problem, "one's own post makes its thread unread");
    }
}

/// Whether it was sent, or may have been, now or before.
fn may_be_there(draft: &Draft) -> bool {
    matches!(draft.state, DraftState::Sending { .. } | DraftState::Accepted { .. })
}

/// How a draft stands that is not done, and what to do about it.
fn standing(draft: &Draft) -> Vec<String> {
    if !may_be_there(draft) {
        return vec![format!("Nothing was sent. {}", kept(draft))];
    }
    let id = short(&draft.id);
    if draft.target.kind.is_seen_in_group() {
        let said = match draft.state {
            DraftState::Accepted { .. } => "Graph has taken it, and it has not been seen yet.",
            _ => "It may have been sent, and may not.",
        };
        return vec![
            said.to_owned(),
            format!("`folkmoot draft send {id}` looks for it, and sends nothing twice."),
        ];
    }
    if matches!(draft.state, DraftState::Accepted { .. }) {
        return vec![
            "Graph has taken it.".to_owned(),
            format!("`folkmoot draft send {id}` lets go of the draft, and sends nothing."),
        ];
    }
    vec![
        "It may have been forwarded, and may not: that leaves no trace in the group, so ask somebody who was to get it."
            .to_owned(),
        format!("`folkmoot draft discard {id}` lets go of it, `folkmoot draft send --again {id}` forwards it once more."),
    ]
}

/// Where a draft is that was not sent, and what can be done with it.
pub fn kept(draft: &Draft) -> String {
    let id = short(&draft.id);
    format!("The draft is kept: `folkmoot draft send {id}` sends it, `folkmoot draft discard {id}` throws it away.")
}

/// The part of a draft's name that people type: its own first digits, and its number where several were begun in one run.
pub fn short(id: &DraftId) -> String {
    let (digits, number) = digits_of(id);
    let first = digits.get(..DIGITS).unwrap_or(digits);
    number.map_or_else(|| first.to_owned(), |number| format!("{first}-{number}"))
}

/// A draft's own digits, and its number where several were begun in one run: names begin with a time.
pub fn digits_of(id: &DraftId) -> (&str, Option<&str>) {
    let own = id.0.split_once("Z-").map_or(id.0.as_str(), |(_, own)| own);
    own.split_once('-')
        .map_or((own, None), |(digits, number)| (digits, Some(number)))
}

/// What became of a draft, as JSON.
fn report(draft: &Draft, sent: &Outcome) -> String {
    let (outcome, found) = match sent {
        Outcome::Done(found) => ("sent", found.as_ref()),
        Outcome::Accepted | Outcome::Unseen => ("accepted", None),
        Outcome::NotSent(_) | Outcome::Unknown(_) | Outcome::CalledOff(_) => match draft.state {
            DraftState::Writing | DraftState::Queued { .. } => ("notSent", None),
            DraftState::Sending { .. } => ("unknown", None),
            DraftState::Accepted { .. } => ("accepted", None),
        },
    };
    let thread = found.map(|found| &found.thread).or(draft.target.thread());
    // What was sent and seen is a draft no more.
    let left = (!matches!(sent, Outcome::Done(_))).then_some(draft.id.0.as_str());
    let head: [(&str, Value); 6] = [
        ("outcome", outcome.into()),
        ("what", what(draft).into()),
        ("draft", left.into()),
        ("group", draft.target.group.as_str().into()),
        ("thread", thread.map(|id| id.as_str()).into()),
        ("post", found.map(|found| found.post.as_str()).into()),
    ];
    let head = head.map(|(name, value)| (name, value.to_string()));
    envelope("delivery", &head) + "}"
}
