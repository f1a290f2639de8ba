//! From what a person calls a thread or a conversation to the one that is meant: a number of the last listing, an id, a
//! topic or a part of it.

use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;

use super::desk::Desk;
use super::exit::{Stop, say};
use super::resolve::ambiguous;
use crate::domain::{Conversation, Id, Text, Thread};
use crate::graph::{Listing, Read, Urgency, conversations, threads};
use crate::protocol::{Marks, Problem, ProblemKind};
use crate::store::{self, Listed};

/// Outlook's ids are longer than this, and nobody types so long a word.
const SHORTEST_ID: usize = 20;
/// For so long a number means what it meant in the last listing; after that, the present order.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// What has a topic, and a number in listings.
pub trait Topical: DeserializeOwned + Send + 'static {
    /// What listings of it are kept as.
    const LISTED: Listed;
    /// One, and several.
    const NOUN: [&'static str; 2];
    /// One of a group's by its id.
    fn by_id(group: &Id, id: &Id) -> Read;
    /// All of a group's, newest first.
    fn newest_first(group: &Id) -> Listing;
    /// Its id.
    fn id(&self) -> &Id;
    /// Its topic.
    fn topic(&self) -> &Text;
    /// Whether there is something in it that was not read, where it is known how far the group's threads were.
    fn is_unread(&self, marks: &Marks) -> bool;
}

impl Topical for Thread {
    const LISTED: Listed = Listed::Threads;
    const NOUN: [&'static str; 2] = ["thread", "threads"];

    fn by_id(group: &Id, id: &Id) -> Read {
        threads::by_id(group, id)
    }

    fn newest_first(group: &Id) -> Listing {
        threads::newest_first(group)
    }

    fn id(&self) -> &Id {
        &self.id
    }

    fn topic(&self) -> &Text {
        &self.topic
    }

    fn is_unread(&self, marks: &Marks) -> bool {
        marks.is_unread(self)
    }
}

impl Topical for Conversation {
    const LISTED: Listed = Listed::Conversations;
    const NOUN: [&'static str; 2] = ["conversation", "conversations"];

    fn by_id(group: &Id, id: &Id) -> Read {
        conversations::by_id(group, id)
    }

    fn newest_first(group: &Id) -> Listing {
        conversations::newest_first(group)
    }

    fn id(&self) -> &Id {
        &self.id
    }

    fn topic(&self) -> &Text {
        &self.topic
    }

    fn is_unread(&self, marks: &Marks) -> bool {
        marks.has_unread(self, |_| true)
    }
}

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

/// What a name may fit.
#[derive(Clone, Copy, PartialEq)]
enum Fits {
    /// A whole topic, or else a part of one.
    Parts,
    /// A whole topic only.
    WholeTopics,
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

/// What of a group's fits what was typed, by its topic.
struct Fitting<'a, T> {
    typed: &'a str,
    in_lower_case: String,
    /// How many were looked at.
    count: usize,
    /// Those whose whole topic it is, and those of whose topics it is a part; each with its number in the present order.
    whole: Vec<(usize, T)>,
    parts: Vec<(usize, T)>,
}

impl<'a, T: Topical> Fitting<'a, T> {
    fn to(typed: &'a str) -> Self {
        Fitting {
            typed,
            in_lower_case: typed.to_lowercase(),
            count: 0,
            whole: Vec::new(),
            parts: Vec::new(),
        }
    }

    fn look_at(&mut self, item: T) {
        self.count += 1;
        let topic = item.topic().as_str().to_lowercase();
        if topic == self.in_lower_case {
            self.whole.push((self.count, item));
        } else if !self.in_lower_case.is_empty() && topic.contains(&self.in_lower_case) {
            self.parts.push((self.count, item));
        }
    }

    /// The only one that fits.
    fn only(self, fits: Fits) -> Result<Id, Stop> {
        let Fitting { typed, count, .. } = self;
        let [one, several] = T::NOUN;
        let only_parts = self.whole.is_empty();
        let fitting = if only_parts { self.parts } else { self.whole };
        match fitting.as_slice() {
            [] => Err(Problem::new(
                ProblemKind::NotFound,
                &format!("There is no {one} “{typed}” among the {count} of this group."),
                &format!("Give its number in `folkmoot {one} list`, its id, or a part of its topic."),
            )
            .into()),
            [_, ..] if only_parts && fits == Fits::WholeTopics => Err(ambiguous(
                &format!(
                    "“{typed}” is only a part of a topic: with --yes that deletes nothing, as it may fit another later."
                ),
                "Give the whole topic or the id of the one you mean, or leave --yes out:",
                rows(fitting),
            )),
            [(_, only)] => Ok(only.id().clone()),
            [_, _, ..] => Err(ambiguous(
                &format!("“{typed}” fits {} {several}.", fitting.len()),
                "Give the number or the id of the one you mean:",
                rows(fitting),
            )),
        }
    }
}

/// Candidates, each with its number in the present order.
fn rows<T: Topical>(fitting: Vec<(usize, T)>) -> Vec<Vec<Text>> {
    let row = |(number, item): (usize, T)| {
        vec![
            Text::new(&number.to_string()),
            item.topic().clone(),
            Text::new(item.id().as_str()),
        ]
    };
    fitting.into_iter().map(row).collect()
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
