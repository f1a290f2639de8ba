//! `folkmoot draft …`: what lies in the drafts folder, for whoever has no screen.

use std::time::Duration;

use jiff::Timestamp;

use super::args::{DraftDiscard, DraftList, DraftSend, DraftShow, Sending};
use super::computed::{self, Item};
use super::confirm::{agrees, somebody_is_here};
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::{Cells, Column, Times, column, escaped};
use super::resolve::ambiguous;
use super::signals::unless_called_off;
use super::writing::{self, Outcome, Whither, digits_of, drafts, short};
use crate::domain::{Draft, DraftId, DraftState, Kind, Prose, Text, Writer};
use crate::protocol::{Landed, Problem, ProblemKind};
use crate::runtime::Postbox;
use crate::store::{Glance, Glimpse};
use crate::text::Wording;

/// After so long nothing that was taken is still to be seen for the first time: one look tells.
const SEEN_BY: Duration = Duration::from_secs(150);

const COLUMNS: &[Column<Glimpse>] = &[
    column("id", Cells::Whole(6), |it, _| Text::new(&short(&it.draft.id))),
    column("when", Cells::Whole(16), |it, times| times.write(Some(it.draft.begun))),
    column("state", Cells::Whole(0), |it, _| Text::new(standing(it))),
    column("kind", Cells::Whole(0), |it, _| Text::new(it.draft.target.kind.noun())),
    column("group", Cells::Cut, |it, _| Text::new(&it.draft.target.group_name)),
    column("topic", Cells::Cut, |it, _| Text::new(&it.draft.target.topic)),
    column("text", Cells::Cut, |it, times| {
        let mut lines = it.draft.text.lines().filter(|line| !line.trim().is_empty());
        match times.are_exact() {
            true => Text::new(&it.draft.text),
            false => Text::new(lines.next().unwrap_or_default()),
        }
    }),
];

/// How far it has come, or who has it.
fn standing(it: &Glimpse) -> &'static str {
    match (it.elsewhere, it.draft.state) {
        (true, DraftState::Writing) => "open in another folkmoot",
        _ => writing::state(&it.draft),
    }
}

/// A draft as JSON: the document, the name that people type, and whether a running folkmoot has it.
fn json(it: &Glimpse) -> Result<String, Stop> {
    let mut value = serde_json::to_value(&it.draft).map_err(|error| {
        let what = format!("The draft cannot be written as JSON ({error}).");
        Problem::new(ProblemKind::General, &what, "")
    })?;
    if let Some(members) = value.as_object_mut() {
        members.insert("short".to_owned(), short(&it.draft.id).into());
        members.insert("elsewhere".to_owned(), it.elsewhere.into());
    }
    Ok(value.to_string())
}

/// Lists the drafts of the profile, oldest first.
pub async fn list(desk: &Desk, args: DraftList) -> Result<(), Stop> {
    let seen = seen(desk)?;
    let items = seen.drafts.into_iter().map(|it| {
        Ok(Item {
            json: json(&it)?,
            row: it,
        })
    });
    let items = items.collect::<Result<Vec<_>, Stop>>()?;
    computed::print(desk, &args.output, ("drafts", "drafts"), COLUMNS, &[], items)?;
    for path in seen.unreadable {
        say(&format!(
            "note: no draft can be read from {}",
            Text::new(&path.display().to_string())
        ));
    }
    Ok(())
}

/// Shows one draft.
pub async fn show(desk: &Desk, args: DraftShow) -> Result<(), Stop> {
    let it = find(desk, &args.draft)?;
    if args.json {
        return desk.out.print(&format!("{}\n", escaped(&json(&it)?)));
    }
    let draft = &it.draft;
    if args.html {
        let wording = Wording::of(draft);
        return desk
            .out
            .print(&format!("{}\n", Prose::new(wording.content()).as_str().trim_end()));
    }
    let times = Times::new(&desk.config.time, false);
    let written_as = draft
        .writer
        .as_ref()
        .map(|writer| format!(" · written as {}", writer.name));
    let head = format!(
        "{} · {} · {}{}",
        draft.id.0,
        times.write(Some(draft.begun)),
        standing(&it),
        written_as.unwrap_or_default()
    );
    desk.out.print(&format!(
        "{}\n{}",
        Text::new(&head),
        writing::review(desk, draft, &Whither::default())
    ))
}

/// Sends a draft; one that may have been sent is looked for first.
pub async fn send(desk: &Desk, args: DraftSend) -> Result<(), Stop> {
    let sending = &args.sending;
    let seen = find(desk, &args.draft)?;
    if sending.dry_run {
        return writing::planned(desk, sending, &seen.draft).await;
    }
    desk.may_write()?;
    let postbox = Postbox::new(&desk.client, drafts(desk)?);
    postbox.keep_quiet().await?;
    let mut draft = take(&postbox, &seen).await?;
    if matches!(draft.state, DraftState::Accepted { .. }) && !draft.target.kind.is_seen_in_group() {
        // Graph has taken it, and there is nothing to look for.
        postbox.remove(&draft.id).await?;
        return writing::tell(desk, sending, &draft, Outcome::Done(None)).await;
    }
    let question = match draft.state {
        DraftState::Writing | DraftState::Queued { .. } => {
            if !sending.yes {
                somebody_is_here()?;
                say(&writing::review(desk, &draft, &Whither::of(desk, &draft).await));
            }
            (!sending.yes).then_some("Send it?")
        }
        DraftState::Sending { .. } | DraftState::Accepted { .. } => {
            // Whatever keeps it from being looked for, it may have been sent.
            let outcome = match unless_called_off(look(&postbox, &draft, sending)).await {
                Ok(Ok(None)) => None,
                Ok(Ok(found)) => Some(Outcome::Done(found)),
                Ok(Err(problem)) => Some(Outcome::Unknown(problem)),
                Err(code) => Some(Outcome::CalledOff(code)),
            };
            if let Some(outcome) = outcome {
                return writing::tell(desk, sending, &draft, outcome).await;
            }
            if !args.again {
                not_found(desk, sending, &draft).await?;
            }
            (!args.again).then_some("Send it once more? Should it have arrived after all, it will be there twice.")
        }
    };
    if let Err(problem) = writing::still_open(desk, &draft.target).await {
        return writing::tell(desk, sending, &draft, Outcome::NotSent(problem)).await;
    }
    take_over(&postbox, &mut draft, args.take_over).await?;
    if let Some(question) = question
        && !agrees(question).await?
    {
        return Err(as_it_was());
    }
    let sent = writing::send(desk, &postbox, &mut draft, sending).await;
    writing::tell(desk, sending, &draft, sent).await
}

fn as_it_was() -> Stop {
    let what = "Nothing was sent, and the draft is as it was.";
    Problem::new(ProblemKind::General, what, "").into()
}

/// Makes a draft that somebody else has written one of whoever is signed in, if they say so.
///
/// # Errors
/// `Usage` where nobody is there to say it; what kept it from being known who is signed in.
async fn take_over(postbox: &Postbox<'_>, draft: &mut Draft, agreed: bool) -> Result<(), Stop> {
    if draft.writer.is_none() {
        return Ok(());
    }
    let me = Writer::of(postbox.me().await?);
    if let Some(writer) = draft.of_another(&me.id) {
        let (writer, name) = (Text::new(&writer.name), Text::new(&me.name));
        let what = format!("This draft was written as {writer}, and you are signed in as {name}.");
        if !agreed && somebody_is_here().is_err() {
            let next = format!("Sign in as {writer}, or give --take-over to send it as yourself.");
            return Err(Problem::new(ProblemKind::Usage, &what, &next).into());
        }
        if !agreed && !agrees(&format!("{what} Take it over?")).await? {
            return Err(as_it_was());
        }
    }
    draft.writer = Some(me);
    Ok(())
}

/// Says that a draft was looked for in vain, and stops where nobody is there to ask.
async fn not_found(desk: &Desk, args: &Sending, draft: &Draft) -> Result<(), Stop> {
    let (sent, said) = match (&draft.state, &draft.target.kind) {
        (_, Kind::Forward { .. }) => (
            false,
            "It may have been forwarded, and may not: that leaves no trace in the group.",
        ),
        (DraftState::Accepted { .. }, _) => (true, "Graph has taken it, and it is not to be seen in the group."),
        _ => (false, "It may have been sent, and is not to be seen in the group."),
    };
    if somebody_is_here().is_ok() {
        say(said);
        return Ok(());
    }
    let problem = Problem::new(ProblemKind::General, said, "Give --again to send it once more.");
    match (args.json, sent) {
        (true, true) => writing::tell(desk, args, draft, Outcome::Unseen).await,
        (true, false) => writing::tell(desk, args, draft, Outcome::Unknown(problem)).await,
        (false, _) => Err(Stop::unsettled(problem, Vec::new())),
    }
}

/// Looks whether a draft has arrived: once, and for a while where it was sent just now.
async fn look(postbox: &Postbox<'_>, draft: &Draft, args: &Sending) -> Result<Option<Landed>, Problem> {
    let (DraftState::Sending { since: at } | DraftState::Accepted { at }) = draft.state else {
        return Ok(None);
    };
    if !draft.target.kind.is_seen_in_group() {
        return Ok(None);
    }
    let found = postbox.look(draft).await?;
    let is_young = Timestamp::now().duration_since(at).unsigned_abs() < SEEN_BY;
    if found.is_some() || !is_young || args.no_wait {
        return Ok(found);
    }
    postbox.settle(draft, Duration::from_secs(args.wait.get().into())).await
}

/// Throws a draft away.
pub async fn discard(desk: &Desk, args: DraftDiscard) -> Result<(), Stop> {
    let seen = find(desk, &args.draft)?;
    let postbox = Postbox::new(&desk.client, drafts(desk)?);
    if !args.yes {
        somebody_is_here()?;
    }
    // Nobody else changes it while the person thinks about it.
    let draft = take(&postbox, &seen).await?;
    if !args.yes {
        say(&writing::review(desk, &draft, &Whither::default()));
        if !agrees("Throw it away?").await? {
            return Err(Problem::new(ProblemKind::General, "The draft is as it was.", "").into());
        }
    }
    postbox.remove(&draft.id).await?;
    match draft.state {
        DraftState::Writing | DraftState::Queued { .. } => say("The draft is gone."),
        DraftState::Sending { .. } | DraftState::Accepted { .. } => {
            say("The draft is gone; if it was sent, it stays sent.");
        }
    }
    Ok(())
}

/// Takes a draft, unless a running folkmoot has it.
async fn take(postbox: &Postbox<'_>, seen: &Glimpse) -> Result<Draft, Stop> {
    // It may have been taken since it was seen.
    let taken = match seen.elsewhere {
        true => None,
        false => postbox.take(&seen.draft.id).await?,
    };
    taken.ok_or_else(|| {
        let what = "This draft is open in another folkmoot, which sends it or throws it away.";
        Problem::new(ProblemKind::Usage, what, "Do it there, or end that one first.").into()
    })
}

/// What lies in the drafts folder. To look into one that is not there makes none.
fn seen(desk: &Desk) -> Result<Glance, Problem> {
    match desk.drafts.try_exists() {
        Ok(false) => Ok(Glance::default()),
        _ => drafts(desk)?.glance().map_err(|error| error.problem()),
    }
}

/// The draft that is meant.
fn find(desk: &Desk, key: &str) -> Result<Glimpse, Stop> {
    let key = key.trim();
    let seen = seen(desk)?;
    let mut fitting: Vec<Glimpse> = seen.drafts.into_iter().filter(|it| fits(&it.draft.id, key)).collect();
    let several = fitting.len();
    match fitting.pop() {
        Some(it) if several == 1 => Ok(it),
        None => Err(Problem::new(
            ProblemKind::NotFound,
            &format!("There is no draft “{key}”."),
            "`folkmoot draft list` shows those that there are.",
        )
        .into()),
        Some(last) => {
            fitting.push(last);
            let rows = fitting.iter().map(|it| {
                let topic = Text::new(&it.draft.target.topic);
                vec![topic, Text::new(standing(it)), Text::new(&it.draft.id.0)]
            });
            let what = format!("“{key}” fits {several} drafts.");
            Err(ambiguous(
                &what,
                "Give more of the id of the one you mean:",
                rows.collect(),
            ))
        }
    }
}

/// Whether a draft is meant: by its whole name, or by the beginning of its own digits, with its number or without.
fn fits(id: &DraftId, key: &str) -> bool {
    let (digits, number) = digits_of(id);
    let (first, wanted) = key
        .split_once('-')
        .map_or((key, None), |(first, wanted)| (first, Some(wanted)));
    let is_short = !first.is_empty() && digits.starts_with(first) && (wanted.is_none() || wanted == number);
    id.0 == key || is_short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_goes_by_as_much_of_its_id_as_tells_it_from_others() {
        let screen = DraftId("20261121T120000Z-abc123def4567890-12".into());
        let command = DraftId("20261121T120000Z-77ffee00aa112233".into());
        assert_eq!(
            (short(&screen).as_str(), short(&command).as_str()),
            ("abc123-12", "77ffee")
        );
        for (id, key, expected) in [
            (&screen, "abc123-12", true),
            (&screen, "a", true),
            (&screen, "abc123", true),
            (&screen, "abc123-1", false),
            (&screen, "20261121T120000Z-abc123def4567890-12", true),
            (&command, "77ffee", true),
            (&command, "77ffee-1", false),
            (&command, "7g", false),
            (&command, "", false),
            (&command, "-", false),
        ] {
            assert_eq!(fits(id, key), expected, "{key}");
        }
    }
}
