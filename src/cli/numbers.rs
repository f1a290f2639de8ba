//! From what a person calls a thread or a conversation to the one that is meant: a number of the last listing, an id, a
//! topic or a part of it.

mod fitting;
mod topical;

pub use topical::Topical;

use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::value::RawValue;

use self::fitting::{Fits, Fitting};
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output;
use crate::domain::Id;
use crate::graph::Urgency;
use crate::protocol::{Problem, ProblemKind};
use crate::store::{self, Listed};

/// Outlook's ids are longer than this, and nobody types so long a word.
const SHORTEST_ID: usize = 20;
/// For so long a number means what it meant in the last listing; after that, the present order.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// Keeps what the numbers of a listing stand for. That it could not be kept is worth a note in the log: then a number
/// means the present order.
pub fn remember(desk: &Desk, listed: Listed, group: &Id, ids: Vec<Id>) {
    if ids.is_empty() {
        return;
    }
    if let Err(error) = store::remember(&desk.folder, listed, group, ids, Timestamp::now()) {
        tracing::warn!(%error, "what was listed could not be kept");
    }
}

/// The id of the one that is to be deleted, as [`find`], but for numbers: what a number stands for in the present order is
/// nothing that anybody has seen, so it is what the last listing printed, or nothing. Where nobody is asked, a part of a topic
/// is not enough either: once the one that it fits is gone it may fit another.
///
/// # Errors
/// As [`find`]; `Usage` where the last listing is old or has no such number, and for a part of a topic where nobody is asked.
pub async fn find_to_delete<T: Topical>(desk: &Desk, group: &Id, key: &str, is_asked: bool) -> Result<Id, Stop> {
    let number = key.trim();
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        let fits = match is_asked {
            true => Fits::Parts,
            false => Fits::WholeTopics,
        };
        return find_fitting::<T>(desk, group, key, fits).await;
    }
    let [one, several] = T::NOUN;
    // One that is too long to be read is in no listing either.
    let what = match of_last_listing::<T>(desk, group, number.parse().unwrap_or(0)) {
        Meaning::Is(id) => return Ok(id),
        Meaning::Was => format!("Your last list of this group's {several} is old: {number} may be another by now."),
        Meaning::None => format!("No list of this group's {several} has told you what {number} is."),
    };
    let next = format!("List them first with `folkmoot {one} list`, or give the id.");
    Err(Problem::new(ProblemKind::Usage, &what, &next).into())
}

/// The one that is meant, found as [`find`] does: its id, its JSON, and what that says.
///
/// # Errors
/// As [`find`].
pub async fn one<T: Topical>(desk: &Desk, group: &Id, key: &str) -> Result<(Id, Box<RawValue>, T), Stop> {
    let id = find::<T>(desk, group, key).await?;
    let json: Box<RawValue> = desk.client.one(T::by_id(group, &id), Urgency::Person).await?;
    let item = output::read(json.get())?;
    Ok((id, json, item))
}

/// The id of the one that is meant: by its number in the last listing, or in the present order from 1 where there is no
/// listing, or an old one; by id; by its whole topic, or by a part that no other topic has.
///
/// # Errors
/// `NotFound` where there is none, `Usage` with the candidates where there are several, and whatever Graph or the
/// network did.
pub async fn find<T: Topical>(desk: &Desk, group: &Id, key: &str) -> Result<Id, Stop> {
    find_fitting::<T>(desk, group, key, Fits::Parts).await
}

async fn find_fitting<T: Topical>(desk: &Desk, group: &Id, key: &str, fits: Fits) -> Result<Id, Stop> {
    let key = key.trim();
    if looks_like_id(key)
        && let Some(id) = existing::<T>(desk, group, key).await?
    {
        return Ok(id);
    }
    let number = key.parse::<usize>().ok().filter(|number| *number > 0);
    if let Some(number) = number {
        match of_last_listing::<T>(desk, group, number) {
            Meaning::Is(id) => return Ok(id),
            Meaning::Was => say(&format!(
                "note: your last list of these is old, so {number} is counted from the newest {} as they stand now.",
                T::NOUN[0]
            )),
            Meaning::None => {}
        }
    }
    let mut fitting = Fitting::to(key);
    let mut pages = desk.client.pages::<T>(T::newest_first(group), Urgency::Person);
    while let Some(page) = pages.next().await {
        for item in page?.items {
            if number == Some(fitting.count + 1) || item.id().as_str() == key {
                return Ok(item.id().clone());
            }
            fitting.look_at(item);
        }
    }
    fitting.only(fits)
}

/// The id, where something in the group has it. It was a long word after all, if a topic has it.
async fn existing<T: Topical>(desk: &Desk, group: &Id, key: &str) -> Result<Option<Id>, Stop> {
    let id = Id::new(key);
    match desk.client.one::<T>(T::by_id(group, &id), Urgency::Person).await {
        Ok(_) => Ok(Some(id)),
        Err(problem) if matches!(problem.status, Some(400 | 404)) => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}

/// What the last listing tells of a number.
enum Meaning {
    /// It stands for this.
    Is(Id),
    /// It stood for something, too long ago to count.
    Was,
    /// There is no listing, or it is shorter.
    None,
}

/// What a number stood for when it was last read.
fn of_last_listing<T: Topical>(desk: &Desk, group: &Id, number: usize) -> Meaning {
    let listing = store::recall(&desk.folder, T::LISTED, group);
    let Some(listing) = listing else { return Meaning::None };
    let place = number.checked_sub(1);
    let Some(id) = place.and_then(|place| listing.ids.get(place)) else {
        return Meaning::None;
    };
    // A clock that was put back makes nothing fresh.
    let age = Timestamp::now().duration_since(listing.at);
    match age.is_negative() || age > FRESH {
        true => Meaning::Was,
        false => Meaning::Is(id.clone()),
    }
}

/// Whether it may be one of Outlook's ids.
pub fn looks_like_id(key: &str) -> bool {
    key.len() >= SHORTEST_ID && key.chars().all(|c| c.is_ascii_alphanumeric() || "+/-_=".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_long_words_of_base64() {
        assert!(looks_like_id("AAQkAD8EJUmcWwTJi06Cew=="));
        for other in [
            "",
            "12",
            "Budget 2027",
            "the whole budget of next year",
            "予算についてのとても長い話題です",
        ] {
            assert!(!looks_like_id(other), "{other}");
        }
    }
}
