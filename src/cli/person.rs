//! From what one calls a person to the one who is meant, and which of several is meant most likely.

mod fitting;
mod hidden;

pub use fitting::{Fit, ranked};
pub use hidden::{HIDDEN, Titles, tell_hidden};

use serde_json::value::RawValue;

use super::exit::{Stop, say};
use super::output;
use super::resolve::{MOST_CANDIDATES, ambiguous};
use crate::domain::{Id, Person, Text};
use crate::graph::{Client, Page, Urgency, people};
use crate::protocol::{Problem, ProblemKind};

/// What one calls oneself.
pub const ME: &str = "me";

/// A person, as Graph sent them and as we read them.
pub struct Found {
    pub json: Box<RawValue>,
    pub person: Person,
}

impl Found {
    /// Reads a person.
    ///
    /// # Errors
    /// `Server` where it has a shape that we do not know.
    pub fn read(json: Box<RawValue>) -> Result<Self, Problem> {
        let person = output::read(json.get())?;
        Ok(Found { json, person })
    }
}

/// The id of the person who is meant. An id is taken as it is: whether it names anybody, the next request will tell.
///
/// # Errors
/// As [`find`].
pub async fn id(client: &Client, key: &str) -> Result<Id, Stop> {
    let key = key.trim();
    if is_id(key) {
        return Ok(Id::new(key));
    }
    Ok(find(client, key).await?.person.id)
}

/// The id of the person who is meant; nothing for `me`, which Graph allows more.
///
/// # Errors
/// As [`find`].
pub async fn whom(client: &Client, key: &str) -> Result<Option<Id>, Stop> {
    if key.trim().eq_ignore_ascii_case(ME) {
        return Ok(None);
    }
    Ok(Some(id(client, key).await?))
}

/// The person who is meant: `me`, by id, by address or sign-in name; else the only one of that whole name; else the only
/// one whose names or address begin with what was typed; else the only one who has it in the name.
///
/// # Errors
/// `NotFound` where there is nobody, `Usage` with the candidates where there are several, and whatever Graph or the
/// network did.
pub async fn find(client: &Client, key: &str) -> Result<Found, Stop> {
    let key = key.trim();
    if key.eq_ignore_ascii_case(ME) {
        return Ok(Found::read(client.one(people::me(), Urgency::Person).await?)?);
    }
    if is_id(key) || key.contains('@') {
        match by_key(client, key).await {
            Ok(found) => return Ok(found),
            Err(problem) if problem.kind == ProblemKind::NotFound => {}
            Err(problem) => return Err(problem.into()),
        }
        if is_id(key) {
            return Err(nobody(key).into());
        }
        for listing in people::who_has(key) {
            let found = client.gather::<Box<RawValue>>(listing, Urgency::Person).await?;
            if !found.is_empty() {
                let found = found.into_iter().map(Found::read).collect::<Result<Vec<_>, _>>()?;
                return only(found, key);
            }
        }
        return Err(nobody(key).into());
    }
    if has_words(key).is_err() {
        return Err(nobody(key).into());
    }
    let page = first_page(client, key).await?;
    let found = match (page.last, page.items.is_empty()) {
        (true, _) => read_all(page.items)?,
        // Nothing but empty pages so far, which is not yet nobody.
        (false, true) => search(client, key).await?,
        (false, false) => return among_many(client, page, key).await,
    };
    let mut ranked = ranked(found, key);
    let best = ranked.first().map(|(fit, _)| *fit);
    ranked.retain(|(fit, _)| Some(*fit) == best);
    only(ranked.into_iter().map(|(_, found)| found).collect(), key)
}

/// Of more people than a page holds it can only be the one whom the whole name means: nobody waits for all the others.
async fn among_many(client: &Client, page: Page<Box<RawValue>>, key: &str) -> Result<Found, Stop> {
    let called = read_all(client.gather(people::called(key), Urgency::Person).await?)?;
    if !called.is_empty() {
        return only(called, key);
    }
    let total = page.total;
    let ranked = ranked(read_all(page.items)?, key);
    let count = match total {
        Some(total) => total.to_string(),
        None => format!("more than {}", ranked.len()),
    };
    let some: Vec<Found> = ranked
        .into_iter()
        .map(|(_, found)| found)
        .take(MOST_CANDIDATES)
        .collect();
    Err(several(&some, &format!("“{key}” fits {count} people; these are some.")))
}

fn read_all(found: Vec<Box<RawValue>>) -> Result<Vec<Found>, Problem> {
    found.into_iter().map(Found::read).collect()
}

/// By id or sign-in name; where not all may be read, what everybody may see.
async fn by_key(client: &Client, key: &str) -> Result<Found, Problem> {
    let id = Id::new(key);
    match client.one(people::person(&id), Urgency::Person).await {
        Ok(json) => Found::read(json),
        Err(problem) if problem.kind == ProblemKind::Forbidden => {
            let json = client.one(people::person_basic(&id), Urgency::Person).await?;
            say(HIDDEN);
            Found::read(json)
        }
        Err(problem) => Err(problem),
    }
}

/// Those whom the directory finds; where it cannot search, those of whom a name or an address begins so.
///
/// # Errors
/// Whatever Graph or the network did.
pub async fn search(client: &Client, term: &str) -> Result<Vec<Found>, Problem> {
    let found = match client.gather(people::search(term), Urgency::Person).await {
        Err(problem) if cannot_search(&problem) => client.gather(people::beginning_with(term), Urgency::Person).await?,
        found => found?,
    };
    found.into_iter().map(Found::read).collect()
}

/// The first page of those whom [`search`] finds, and how many there are in all, as far as Graph says: a short term fits
/// half the directory, and nobody waits for that.
///
/// # Errors
/// Whatever Graph or the network did.
pub async fn glance(client: &Client, term: &str) -> Result<(Vec<Found>, usize), Problem> {
    let page = first_page(client, term).await?;
    if page.items.is_empty() && !page.last {
        // Nothing but empty pages so far, which is not yet nobody.
        let found = search(client, term).await?;
        let count = found.len();
        return Ok((found, count));
    }
    let total = page.total;
    let found: Vec<Found> = page.items.into_iter().map(Found::read).collect::<Result<_, _>>()?;
    let total = total.unwrap_or(found.len());
    Ok((found, total))
}

/// The first page of those whom [`search`] finds.
async fn first_page(client: &Client, term: &str) -> Result<Page<Box<RawValue>>, Problem> {
    match client.first_page(&people::search(term), Urgency::Person).await {
        Err(problem) if cannot_search(&problem) => {
            client.first_page(&people::beginning_with(term), Urgency::Person).await
        }
        page => page,
    }
}

/// Whether this is how a service answers that does not search: not the directory's own way of refusing a person.
pub fn cannot_search(problem: &Problem) -> bool {
    matches!(problem.status, Some(400 | 501))
}

/// Refuses a term that has no letter and no digit in it.
///
/// # Errors
/// `Usage` for such a term.
pub fn has_words(term: &str) -> Result<(), Problem> {
    if term.chars().any(char::is_alphanumeric) {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::Usage,
        "There is no word to search for.",
        "Give a part of a name, or the beginning of an address.",
    ))
}

/// Whether it is written as the directory's ids are.
pub fn is_id(key: &str) -> bool {
    let parts: Vec<usize> = key.split('-').map(str::len).collect();
    parts == [8, 4, 4, 4, 12] && key.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

fn nobody(key: &str) -> Problem {
    Problem::new(
        ProblemKind::NotFound,
        &format!("There is nobody called “{key}”, or you may not see them."),
        "Give an id, an address or a name; `folkmoot who` finds people by a part of their name.",
    )
}

/// The one that is left.
fn only(mut found: Vec<Found>, key: &str) -> Result<Found, Stop> {
    let count = found.len();
    match found.pop() {
        Some(one) if count == 1 => Ok(one),
        None => Err(nobody(key).into()),
        Some(last) => {
            found.push(last);
            Err(several(&found, &format!("“{key}” fits {count} people.")))
        }
    }
}

fn several(found: &[Found], what: &str) -> Stop {
    let rows = found.iter().map(|Found { person, .. }| {
        let mail = person.mail.as_ref().or(person.user_principal_name.as_ref());
        vec![
            person.name.clone(),
            mail.cloned().unwrap_or_default(),
            Text::new(person.id.as_str()),
        ]
    });
    ambiguous(what, "Give the address or the id of the one you mean:", rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_look_like_ids() {
        assert!(is_id("4e1e3d25-0b5c-4e7d-9d3a-0123456789aF"));
        for other in [
            "",
            "me",
            "4e1e3d25",
            "4e1e3d25-0b5c-4e7d-9d3a-0123456789ag",
            "a-b-c-d-e",
        ] {
            assert!(!is_id(other), "{other}");
        }
    }
}
