//! Deadlines are a function of the model. Nothing moving means no timer, and an idle client uses no CPU.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::model::Model;
use super::outbox::Stage;
use super::posts::Row;
use super::{autosave, queue};
use crate::domain::DraftId;
use crate::layout::Pane;
use crate::text;

/// Relative times are drawn anew at most this often.
const CLOCK_REST: Duration = Duration::from_secs(60);

/// What falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimerId {
    /// The cursor has rested on an item.
    Rest,
    /// What was typed is to be saved.
    Save,
    /// The notice goes away.
    Notice,
    /// The thread list is to be looked at for news.
    Watch,
    /// What was typed ahead has waited long enough.
    TypedAhead,
    /// The server is to be asked for the groups that were typed.
    AskServer,
    /// The directory is to be asked for the people that were typed.
    AskDirectory,
    /// The photo of whoever is shown is to be read.
    Photo,
    /// What waits in the outbox is to go.
    Outbox,
    /// A sent reply is to be looked for.
    Settle(DraftId),
    /// The time that a sign-in's code has left reads otherwise now, or the time in which a post can be taken back.
    Countdown,
    /// A relative time reads otherwise now.
    Clock,
}

/// A deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// What falls due.
    pub id: TimerId,
    /// When.
    pub due: Instant,
}

/// The deadlines that the model now has.
pub fn timers(model: &Model) -> Vec<Timer> {
    if model.ending {
        return Vec::new();
    }
    let once = [
        (TimerId::Rest, model.resting.map(|(_, due)| due)),
        (TimerId::Save, autosave::next(model)),
        (TimerId::Notice, model.notice.as_ref().map(|notice| notice.until)),
        (TimerId::Watch, model.threads.watch_at),
        (
            TimerId::TypedAhead,
            model.typed_ahead.as_ref().map(|waiting| waiting.until),
        ),
        (TimerId::AskServer, model.groups.ask_at),
        (
            TimerId::AskDirectory,
            match &model.finder {
                Some(finder) => finder.ask_at,
                None => model.mention().and_then(|mention| mention.ask_at),
            },
        ),
        (TimerId::Photo, model.photo.due),
        (TimerId::Outbox, queue::next(model)),
        (
            TimerId::Countdown,
            countdown(model).into_iter().chain(undo(model)).min(),
        ),
        (TimerId::Clock, clock(model)),
    ];
    let looks = model.outbox.iter().filter_map(|out| match out.stage {
        Stage::Seeking { at: Some(due), .. } => Some(Timer {
            id: TimerId::Settle(out.draft.id.clone()),
            due,
        }),
        _ => None,
    });
    once.into_iter()
        .filter_map(|(id, due)| Some(Timer { id, due: due? }))
        .chain(looks)
        .collect()
}

/// When the next second of a shown code's time has passed; none once it has ended.
fn countdown(model: &Model) -> Option<Instant> {
    let code = model.sign_in.as_ref()?.code.as_ref()?;
    let left = Duration::try_from(code.left(model.now.wall)).ok()?;
    if left.is_zero() {
        return None;
    }
    let part = Duration::from_nanos(u64::from(left.subsec_nanos()));
    // A hair later, so that the second has really passed.
    let wait = if part.is_zero() { Duration::from_secs(1) } else { part };
    Some(model.now.instant + wait + Duration::from_millis(1))
}

/// When the next second has passed of those in which a post can be taken back.
fn undo(model: &Model) -> Option<Instant> {
    let left = queue::undo_until(model)?.saturating_duration_since(model.now.instant);
    let part = Duration::from_nanos(u64::from(left.subsec_nanos()));
    let whole = left.as_secs() > 0;
    whole.then(|| model.now.instant + part + Duration::from_millis(1))
}

/// When the next visible relative time changes, counted from the newest message, which is when the screen was drawn.
fn clock(model: &Model) -> Option<Instant> {
    if model.settings.times.absolute {
        return None;
    }
    let laid = model.arrangement();
    let page = laid.threads.map(|_| laid.page(Pane::Threads));
    let listed = model.conversations.listed;
    let threads = page.filter(|_| !listed).map(|rows| model.threads.list.page(rows));
    let threads = threads.into_iter().flatten();
    let threads = threads.filter_map(|(_, thread)| thread.last_delivered_date_time);
    let conversations = page.filter(|_| listed).map(|rows| model.conversations.list.page(rows));
    let conversations = conversations.into_iter().flatten();
    let conversations = conversations.filter_map(|(_, conversation)| conversation.last_delivered_date_time);
    let rows = laid.posts.map_or(0, |area| usize::from(area.content().height));
    let posts = model.posts.visible(rows).filter_map(|(_, row)| match row {
        Row::Header(entry) => entry.post.when(),
        _ => None,
    });
    let change = |then: Timestamp| text::time::next_change(then, model.now.wall);
    let ages = [
        model.groups.list.kept,
        model.members.list.kept,
        model.threads.list.kept,
        model.conversations.list.kept,
        model.posts.kept,
    ];
    let profile = model.profiles.last().and_then(|profile| profile.kept);
    let found = model.finder.iter().flat_map(|finder| finder.ages());
    let org = model.org.as_ref().and_then(|org| org.kept());
    let nested = model.nested.as_ref().and_then(|nested| nested.tree.kept());
    let ages = ages.into_iter().chain([profile, org, nested]).flatten().chain(found);
    let soonest = threads
        .chain(conversations)
        .chain(posts)
        .chain(ages)
        .map(change)
        .min()?;
    Some(model.now.instant + soonest.max(CLOCK_REST))
}
