//! People, and finding them by name or address.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, named_params, params};

use super::words::{indexed, local_part, query};
use super::{Store, StoreError, count, stored};
use crate::domain::{DirectoryObject, Id, ObjectKind, Person, Text};

/// The columns of a person in the order in which [`person`] reads them.
const COLUMNS: &str = "people.id, people.name, given_name, surname, mail, mail_nickname, user_principal_name, user_type, \
    job_title, department, office_location, company_name, city, country, business_phone, mobile_phone";

impl Store {
    /// Keeps people of whom all that a card shows was read: what Graph no longer tells is forgotten.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is.
    pub fn keep_people(&mut self, people: &[Person], at: Timestamp) -> Result<(), StoreError> {
        let change = self.change()?;
        for person in people {
            keep_whole(&change, person, at)?;
        }
        change.commit()?;
        self.make_room()
    }

    /// The people whose names and addresses have words that begin with those typed, at most so many: first those whose
    /// display name begins with the first word, by name; then the others. It takes about as long for a hundred
    /// thousand people as for a hundred. Nothing typed finds nobody.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn people_like(&self, typed: &str, most: usize) -> Result<Vec<Person>, StoreError> {
        let sql = format!(
            "SELECT people.key, {COLUMNS} FROM people_words JOIN people ON people.key = people_words.rowid
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
                Ok((row.get::<_, i64>(0)?, person(row, 1)?))
            })?;
            for row in rows {
                let (key, person) = row?;
                if known.insert(key) && all.len() < most {
                    all.push(person);
                }
            }
            if first {
                all.sort_by_cached_key(|person| indexed(person.name.as_str()));
            }
        }
        Ok(all)
    }

    /// One person by id; `None` where nobody of that id was read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn person(&self, id: &Id) -> Result<Option<Person>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM people WHERE id = ?1");
        let mut statement = self.db.prepare_cached(&sql)?;
        Ok(statement.query_row([id.as_str()], |row| person(row, 0)).optional()?)
    }

    /// Everybody, in the order in which they were first read. For a hundred thousand people it takes a while: a list that
    /// is typed into asks [`Store::people_like`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn everybody(&self) -> Result<Vec<Person>, StoreError> {
        let mut statement = self
            .db
            .prepare(&format!("SELECT {COLUMNS} FROM people ORDER BY people.key"))?;
        let rows = statement.query_map([], |row| person(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Keeps a person as a whole.
pub(super) fn keep_whole(change: &Transaction<'_>, person: &Person, at: Timestamp) -> Result<(), StoreError> {
    if person.id.as_str().is_empty() {
        return Ok(());
    }
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
    let key: i64 = change
        .prepare_cached(
            "INSERT INTO people VALUES (NULL, :id, :name, :given_name, :surname, :mail, :mail_nickname,
                :user_principal_name, :user_type, :job_title, :department, :office_location, :company_name, :city,
                :country, :business_phone, :mobile_phone, :at, :at)
             ON CONFLICT (id) DO UPDATE SET name = :name, given_name = :given_name, surname = :surname, mail = :mail,
                mail_nickname = :mail_nickname, user_principal_name = :user_principal_name, user_type = :user_type,
                job_title = :job_title, department = :department, office_location = :office_location,
                company_name = :company_name, city = :city, country = :country, business_phone = :business_phone,
                mobile_phone = :mobile_phone, read_at = :at, whole_at = :at
             RETURNING key",
        )?
        .query_row(
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

/// Keeps what a list tells of a person; what is known besides stays.
pub(super) fn keep_part(change: &Transaction<'_>, object: &DirectoryObject, at: Timestamp) -> Result<(), StoreError> {
    if object.kind != ObjectKind::User || object.id.as_str().is_empty() {
        return Ok(());
    }
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
    // The list's address is the name to sign in with where there is no other.
    let key: i64 = change
        .prepare_cached(
            "INSERT INTO people (id, name, mail, job_title, user_type, read_at)
             VALUES (:id, coalesce(:name, ''), :mail, :job, :type, :at)
             ON CONFLICT (id) DO UPDATE SET name = coalesce(:name, name),
                mail = CASE WHEN :mail IS user_principal_name THEN mail ELSE coalesce(:mail, mail) END,
                job_title = coalesce(:job, job_title), user_type = coalesce(:type, user_type), read_at = :at
             RETURNING key",
        )?
        .query_row(
            named_params! {
                ":id": object.id.as_str(),
                ":name": text(&object.name),
                ":mail": text(&object.mail),
                ":job": text(&object.job_title),
                ":type": object.guest.then_some("Guest"),
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
