//! People, and finding them by name or address.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, named_params, params};

use super::kind::Kind;
use super::words::{indexed, local_part, query};
use super::{Store, StoreError, count, payload, stored, time};
use crate::domain::{DirectoryObject, Id, ObjectKind, Person, Text};

/// The columns of a person in the order in which [`person`] reads them.
const COLUMNS: &str = "people.id, people.name, given_name, surname, mail, mail_nickname, user_principal_name, user_type, \
    job_title, department, office_location, company_name, city, country, business_phone, mobile_phone";

impl Store {
    /// The people whose names and addresses have words that begin with those typed, at most so many, each with the time of
    /// reading: first those whose display name begins with the first word, by name; then the others. It takes about as long
    /// for a hundred thousand people as for a hundred. Nothing typed finds nobody.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn people_like(&self, typed: &str, most: usize) -> Result<Vec<(Person, Timestamp)>, StoreError> {
        let sql = format!(
            "SELECT people.key, people.read_at, {COLUMNS} FROM people_words JOIN people ON people.key = people_words.rowid
             WHERE people_words MATCH ?1 LIMIT ?2"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut known = HashSet::new();
        let mut all = Vec::new();
        for first in [true, false] {
            let (Some(query), true) = (query(typed, first), all.len() < most) else {
                continue;
            };
            let rows = statement.query_map(params![query, count(most)], |row| {
                Ok((row.get::<_, i64>(0)?, (person(row, 2)?, time(row.get(1)?))))
            })?;
            for row in rows {
                let (key, found) = row?;
                if known.insert(key) && all.len() < most {
                    all.push(found);
                }
            }
            if first {
                all.sort_by_cached_key(|(person, _)| indexed(person.name.as_str()));
            }
        }
        Ok(all)
    }

    /// Whose cards were read last, at most so many, the last first, each with the time of reading.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn recent_people(&self, most: usize) -> Result<Vec<(Person, Timestamp)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT read_at, payload FROM reads WHERE kind = ?1 ORDER BY read_at DESC LIMIT ?2")?;
        let rows = statement.query_map(params![Kind::Card, count(most)], |row| {
            Ok((payload::person_of_card(row.get_ref(1)?.as_blob()?), time(row.get(0)?)))
        })?;
        let mut recent: Vec<(Person, Timestamp)> = Vec::new();
        for row in rows {
            // One person may have been asked for by id and by address.
            if let (Some(person), read_at) = row?
                && recent.iter().all(|(other, _)| other.id != person.id)
            {
                recent.push((person, read_at));
            }
        }
        Ok(recent)
    }

    /// One person, where all that a card shows was read, and when.
    pub(super) fn whole_person(&self, id: &Id) -> Result<Option<(Person, Timestamp)>, StoreError> {
        let sql = format!("SELECT whole_at, {COLUMNS} FROM people WHERE id = ?1 AND whole_at IS NOT NULL");
        let mut statement = self.db.prepare_cached(&sql)?;
        let found = statement.query_row([id.as_str()], |row| Ok((person(row, 1)?, time(row.get(0)?))));
        Ok(found.optional()?)
    }
}

/// Puts a person in the place of what was known.
const WHOLE: &str = "
    INSERT INTO people VALUES (NULL, :id, :name, :given_name, :surname, :mail, :mail_nickname, :user_principal_name,
        :user_type, :job_title, :department, :office_location, :company_name, :city, :country, :business_phone,
        :mobile_phone, :at, :at)
    ON CONFLICT (id) DO UPDATE SET name = :name, given_name = :given_name, surname = :surname, mail = :mail,
        mail_nickname = :mail_nickname, user_principal_name = :user_principal_name, user_type = :user_type,
        job_title = :job_title, department = :department, office_location = :office_location,
        company_name = :company_name, city = :city, country = :country, business_phone = :business_phone,
        mobile_phone = :mobile_phone, read_at = :at, whole_at = :at
    RETURNING key";

/// Adds what a list tells of a person to what was known. A list's address is the name to sign in with where there is no
/// other.
const PART: &str = "
    INSERT INTO people VALUES (NULL, :id, :name, :given_name, :surname, :mail, :mail_nickname, :user_principal_name,
        :user_type, :job_title, :department, :office_location, :company_name, :city, :country, :business_phone,
        :mobile_phone, :at, NULL)
    ON CONFLICT (id) DO UPDATE SET name = iif(:name = '', name, :name), given_name = coalesce(:given_name, given_name),
        surname = coalesce(:surname, surname),
        mail = iif(:mail IS user_principal_name, mail, coalesce(:mail, mail)),
        mail_nickname = coalesce(:mail_nickname, mail_nickname),
        user_principal_name = coalesce(:user_principal_name, user_principal_name),
        user_type = coalesce(:user_type, user_type), job_title = coalesce(:job_title, job_title),
        department = coalesce(:department, department), office_location = coalesce(:office_location, office_location),
        company_name = coalesce(:company_name, company_name), city = coalesce(:city, city),
        country = coalesce(:country, country), business_phone = coalesce(:business_phone, business_phone),
        mobile_phone = coalesce(:mobile_phone, mobile_phone), read_at = :at
    RETURNING key";

/// Keeps a person of whom all that a card shows was read: what Graph no longer tells is forgotten.
pub(super) fn keep_whole(change: &Transaction<'_>, person: &Person, at: Timestamp) -> Result<(), StoreError> {
    keep(change, WHOLE, person, at)
}

/// Keeps as much of a person as was told: all of it where the kind of user is among it, as that is never told alone.
pub(super) fn keep_person(change: &Transaction<'_>, person: &Person, at: Timestamp) -> Result<(), StoreError> {
    let sql = if person.user_type.is_some() { WHOLE } else { PART };
    keep(change, sql, person, at)
}

/// Keeps what a list tells of a person; what is known besides stays.
pub(super) fn keep_object(change: &Transaction<'_>, object: &DirectoryObject, at: Timestamp) -> Result<(), StoreError> {
    if object.kind != ObjectKind::User {
        return Ok(());
    }
    keep(change, PART, &of_object(object), at)
}

/// What a list tells of a person.
pub(super) fn of_object(object: &DirectoryObject) -> Person {
    Person {
        id: object.id.clone(),
        name: object.name.clone().unwrap_or_default(),
        mail: object.mail.clone(),
        user_principal_name: object.user_principal_name.clone(),
        job_title: object.job_title.clone(),
        department: object.department.clone(),
        user_type: object.guest.then(|| Text::new("Guest")),
        ..Person::default()
    }
}

fn keep(change: &Transaction<'_>, sql: &str, person: &Person, at: Timestamp) -> Result<(), StoreError> {
    // Whoever is known by an address only is nobody of the directory.
    if person.id.as_str().is_empty() || person.id.as_str().contains('@') {
        return Ok(());
    }
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
    let key: i64 = change.prepare_cached(sql)?.query_row(
        named_params! {
            ":id": person.id.as_str(),
            ":name": person.name.as_str(),
            ":given_name": text(&person.given_name),
            ":surname": text(&person.surname),
            ":mail": text(&person.mail),
            ":mail_nickname": text(&person.mail_nickname),
            ":user_principal_name": text(&person.user_principal_name),
            ":user_type": text(&person.user_type),
            ":job_title": text(&person.job_title),
            ":department": text(&person.department),
            ":office_location": text(&person.office_location),
            ":company_name": text(&person.company_name),
            ":city": text(&person.city),
            ":country": text(&person.country),
            ":business_phone": person.business_phones.first().map(Text::as_str),
            ":mobile_phone": text(&person.mobile_phone),
            ":at": stored(at),
        },
        |row| row.get(0),
    )?;
    index(change, key)
}

/// Writes down the words that a person is found by.
fn index(change: &Transaction<'_>, key: i64) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM people WHERE key = ?1");
    let person = change.prepare_cached(&sql)?.query_row([key], |row| person(row, 0))?;
    let whole = [&person.given_name, &person.surname, &person.mail_nickname];
    let addresses = [&person.mail, &person.user_principal_name];
    let whole = whole.into_iter().flatten().map(Text::as_str);
    let addresses = addresses
        .into_iter()
        .flatten()
        .map(|address| local_part(address.as_str()));
    let mut others: Vec<&str> = whole.chain(addresses).collect();
    others.sort_unstable();
    others.dedup();
    let mut statement =
        change.prepare_cached("INSERT OR REPLACE INTO people_words (rowid, name, others) VALUES (?1, ?2, ?3)")?;
    statement.execute(params![key, indexed(person.name.as_str()), indexed(&others.join(" "))])?;
    Ok(())
}

/// A person, from the columns that begin at `first`. Text is made safe again: others can write to the file too.
fn person(row: &Row<'_>, first: usize) -> rusqlite::Result<Person> {
    let text = |at: usize| -> rusqlite::Result<Option<Text>> {
        let text: Option<String> = row.get(first + at)?;
        Ok(text.map(|text| Text::new(&text)))
    };
    Ok(Person {
        id: Id::new(row.get::<_, String>(first)?),
        name: text(1)?.unwrap_or_default(),
        given_name: text(2)?,
        surname: text(3)?,
        mail: text(4)?,
        mail_nickname: text(5)?,
        user_principal_name: text(6)?,
        user_type: text(7)?,
        job_title: text(8)?,
        department: text(9)?,
        office_location: text(10)?,
        company_name: text(11)?,
        city: text(12)?,
        country: text(13)?,
        business_phones: text(14)?.into_iter().collect(),
        mobile_phone: text(15)?,
    })
}
