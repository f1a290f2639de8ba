//! What is written to groups by commands: new conversations and threads, replies, forwarded posts.
//!
//! | file | what lives there |
//! |---|---|
//! | `place` | where it goes: the group, the thread, the post |
//! | `words` | the text, wherever it comes from |
//! | `people` | who gets it besides the group |
//! | `review` | what will be sent, and to whom, as it is shown before |
//! | `sending` | sent once, looked for, and what is said of it |
//!
//! Each goes through the drafts of the screen and is sent by what sends there.

mod people;
mod place;
mod review;
mod sending;
mod words;

use std::path::PathBuf;

use jiff::Timestamp;

use super::args::{ConversationNew, PostReply, Sending, ThreadForward, ThreadNew, ThreadReply, With, Words, Writing};
use super::confirm;
use super::desk::Desk;
use super::exit::{Stop, say};
use super::signals::unless_called_off;
use crate::domain::{Draft, DraftState, Enclosed, Enclosure, Kind, Target};
use crate::protocol::{Problem, ProblemKind, delivery};
use crate::runtime::Postbox;
use crate::store::{self, Drafts};
use place::Place;
pub use place::still_open;
pub use review::{Whither, review, state};
pub use sending::{Outcome, digits_of, drafts, kept, planned, send, short, tell};

/// Begins a conversation.
pub async fn conversation(desk: &Desk, args: ConversationNew) -> Result<(), Stop> {
    may_go_on(desk, &args.writing.sending)?;
    let place = Place::find(desk, &args.group).await?;
    write(desk, place.target(Kind::Conversation, args.topic), &args.writing).await
}

/// Begins a thread, in a conversation or in one of its own.
pub async fn thread(desk: &Desk, args: ThreadNew) -> Result<(), Stop> {
    may_go_on(desk, &args.writing.sending)?;
    let place = Place::find(desk, &args.group).await?;
    let kind = match &args.conversation {
        Some(key) => place.conversation(desk, key).await?,
        None => Kind::Conversation,
    };
    write(desk, place.target(kind, args.topic), &args.writing).await
}

/// Replies to a thread.
pub async fn reply(desk: &Desk, args: ThreadReply) -> Result<(), Stop> {
    may_go_on(desk, &args.writing.sending)?;
    let place = Place::find(desk, &args.group).await?;
    let target = place.reply(desk, &args.thread, None, args.quote).await?;
    write(desk, target, &args.writing).await
}

/// Replies to a post.
pub async fn reply_to_post(desk: &Desk, args: PostReply) -> Result<(), Stop> {
    may_go_on(desk, &args.writing.sending)?;
    let place = Place::find(desk, &args.group).await?;
    let target = place.reply(desk, &args.thread, Some(&args.post), args.quote).await?;
    write(desk, target, &args.writing).await
}

/// Forwards a post.
pub async fn forward(desk: &Desk, args: ThreadForward) -> Result<(), Stop> {
    may_go_on(desk, &args.sending)?;
    let place = Place::find(desk, &args.group).await?;
    let target = place.forward(desk, &args.thread, args.post.as_deref()).await?;
    let writing = Writing {
        words: Words {
            // It needs no words.
            body: args.body.or_else(|| args.body_file.is_none().then(String::new)),
            body_file: args.body_file,
            format: None,
            signature: None,
            no_signature: args.no_signature,
        },
        with: With {
            participant: args.to,
            category: Vec::new(),
            attach: Vec::new(),
        },
        sending: args.sending,
    };
    write(desk, target, &writing).await
}

/// Refuses what must not, or cannot, be sent, before anything is asked or typed.
///
/// # Errors
/// `Usage` with `--read-only`, and where nobody is there to say yes.
pub fn may_go_on(desk: &Desk, args: &Sending) -> Result<(), Problem> {
    if args.dry_run {
        return Ok(());
    }
    desk.may_write()?;
    if args.yes { Ok(()) } else { confirm::somebody_is_here() }
}

/// From a target to something sent.
async fn write(desk: &Desk, target: Target, args: &Writing) -> Result<(), Stop> {
    if matches!(target.kind, Kind::Conversation | Kind::Thread { .. }) && target.topic.trim().is_empty() {
        return Err(Problem::new(
            ProblemKind::Usage,
            "The topic is empty.",
            "Say what it is about with --topic.",
        )
        .into());
    }
    let with = Enclosed {
        people: people::recipients(&desk.client, &args.with.participant).await?,
        categories: args.with.category.clone(),
        attachments: enclosed(&args.with.attach).await?,
        ..settings(desk, &target, &args.words)
    };
    let mut draft = Draft {
        id: Drafts::new_id(),
        target,
        text: String::new(),
        with,
        state: DraftState::Writing,
        begun: Timestamp::now(),
        writer: None,
    };
    // Before anybody writes a text to it.
    if let Some(problem) = delivery::too_much(&draft) {
        return Err(problem.into());
    }
    let given = words::given(&args.words).await?;
    let is_given = given.is_some();
    draft.text = given.unwrap_or_default();
    if is_given && draft.text.trim().is_empty() && !matches!(draft.target.kind, Kind::Forward { .. }) {
        return Err(words::no_text().into());
    }
    if is_given && args.sending.dry_run {
        return planned(desk, &args.sending, &draft).await;
    }
    let postbox = Postbox::new(&desk.client, drafts(desk)?);
    postbox.keep_quiet().await?;
    if !is_given {
        words::edited(desk, &postbox, &mut draft).await?;
    }
    if args.sending.dry_run {
        planned(desk, &args.sending, &draft).await?;
        say(&kept(&draft));
        return Ok(());
    }
    draft.writer = postbox.writer().await;
    let not_sent = |problem| Stop::with_lines(problem, vec!["Nothing was sent.".to_owned()]);
    postbox.keep(&draft).await.map_err(not_sent)?;
    if !args.sending.yes {
        say(&review(desk, &draft, &Whither::of(desk, &draft).await));
        let agreed = match unless_called_off(confirm::agrees("Send it?")).await {
            Ok(agreed) => agreed?,
            Err(code) => {
                // Below the question.
                say("");
                return tell(desk, &args.sending, &draft, Outcome::CalledOff(code)).await;
            }
        };
        if !agreed {
            let problem = Problem::new(ProblemKind::General, "Nothing was sent.", "");
            return Err(Stop::with_lines(problem, vec![kept(&draft)]));
        }
    }
    let sent = send(desk, &postbox, &mut draft, &args.sending).await;
    tell(desk, &args.sending, &draft, sent).await
}

/// How a text is meant, and what goes below it.
fn settings(desk: &Desk, target: &Target, words: &Words) -> Enclosed {
    let forward = matches!(target.kind, Kind::Forward { .. });
    let signature = words.signature.clone().or_else(|| desk.signature.clone());
    Enclosed {
        format: match words.format {
            _ if forward => Default::default(),
            Some(format) => format.into(),
            None => desk.config.compose.format,
        },
        signature: signature.filter(|text| !words.no_signature && !text.trim().is_empty()),
        ..Enclosed::default()
    }
}

/// Looks at the files that are to go with it. What is too large for Graph is told with its size and the limit.
async fn enclosed(files: &[PathBuf]) -> Result<Vec<Enclosure>, Stop> {
    let files = files.to_owned();
    let looked_at = tokio::task::spawn_blocking(move || {
        let each = files
            .iter()
            .map(|file| store::enclose(file).map_err(|error| error.problem()));
        each.collect::<Result<Vec<Enclosure>, Problem>>()
    });
    match looked_at.await {
        Ok(enclosed) => Ok(enclosed?),
        Err(error) => {
            tracing::error!(panicked = error.is_panic(), "the files");
            Err(Problem::new(ProblemKind::General, "The files cannot be read.", "The log says more.").into())
        }
    }
}
