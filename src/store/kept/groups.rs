//! Groups, and who was seen to belong to them.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::people::keep_object;
use super::{Store, StoreError, count, stored, time};
use crate::domain::{Group, GroupKind, Id, Member, Role, Text};

/// Kinds of groups by the names they are stored under.
const KINDS: [(&str, GroupKind); 5] = [
    ("microsoft365", GroupKind::Microsoft365),
    ("security", GroupKind::Security),
    ("mail-security", GroupKind::MailSecurity),
    ("distribution", GroupKind::Distribution),
    ("unknown", GroupKind::Unknown),
];

const COLUMNS: &str = "id, name, mail, alias, description, kind, visibility, dynamic, created";

/// What has names to complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// Groups.
    Groups,
    /// People.
    People,
}

/// The name of a group or a person, and the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The display name.
    pub name: Text,
    /// The address.
    pub mail: Option<Text>,
}

impl Store {
    /// Keeps groups, apart from any list of them.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is.
    pub fn keep_groups(&mut self, groups: &[Group], at: Timestamp) -> Result<(), StoreError> {
        let change = self.change()?;
        for group in groups {
            keep_group(&change, group, at)?;
        }
        Ok(change.commit()?)
    }

    /// One group by id; `None` where none of that id was read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn group(&self, id: &Id) -> Result<Option<Group>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM groups WHERE id = ?1"))?;
        Ok(statement.query_row([id.as_str()], group).optional()?)
    }

    /// The groups that someone was seen to belong to, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn groups_of(&self, member: &Id) -> Result<Vec<Group>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM groups WHERE id IN (SELECT group_id FROM memberships WHERE member_id = ?1)
             ORDER BY name COLLATE NOCASE"
        ))?;
        let rows = statement.query_map([member.as_str()], group)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Names and addresses that begin with what was typed, by name, at most so many: for completing a command line.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn names(&self, noun: Noun, beginning: &str, most: usize) -> Result<Vec<Name>, StoreError> {
        let table = match noun {
            Noun::Groups => "groups",
            Noun::People => "people",
        };
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT name, mail FROM {table} WHERE name LIKE ?1 ESCAPE '\\' OR mail LIKE ?1 ESCAPE '\\'
             ORDER BY name COLLATE NOCASE LIMIT ?2"
        ))?;
        let escaped = beginning.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let rows = statement.query_map(params![format!("{escaped}%"), count(most)], |row| {
            Ok(Name {
                name: Text::new(&row.get::<_, String>(0)?),
                mail: row.get::<_, Option<String>>(1)?.map(|mail| Text::new(&mail)),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(super) fn keep_group(change: &Transaction<'_>, group: &Group, at: Timestamp) -> Result<(), StoreError> {
    if group.id.as_str().is_empty() {
        return Ok(());
    }
    let kind = KINDS
        .iter()
        .find(|(_, kind)| *kind == group.kind)
        .map_or("unknown", |(name, _)| name);
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
    let visibility = group.visibility.clone().map(Text::from);
    change
        .prepare_cached("INSERT OR REPLACE INTO groups VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?
        .execute(params![
            group.id.as_str(),
            group.name.as_str(),
            text(&group.mail),
            text(&group.alias),
            text(&group.description),
            kind,
            text(&visibility),
            group.dynamic,
            group.created.map(stored),
            stored(at),
        ])?;
    Ok(())
}

/// Keeps who belongs to a group, in the place of who was seen to before.
pub(super) fn keep_members<'a>(
    change: &Transaction<'_>,
    group: &Id,
    members: impl Iterator<Item = &'a Member>,
    at: Timestamp,
) -> Result<(), StoreError> {
    change.execute("DELETE FROM memberships WHERE group_id = ?1", [group.as_str()])?;
    for Member { object, role } in members {
        let role = match role {
            Role::Owner => "owner",
            Role::Member => "member",
        };
        change
            .prepare_cached("INSERT OR REPLACE INTO memberships VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![
                group.as_str(),
                object.id.as_str(),
                role,
                object.kind.name(),
                stored(at)
            ])?;
        keep_object(change, object, at)?;
    }
    Ok(())
}

fn group(row: &Row<'_>) -> rusqlite::Result<Group> {
    let text = |at: usize| -> rusqlite::Result<Option<Text>> {
        let text: Option<String> = row.get(at)?;
        Ok(text.map(|text| Text::new(&text)))
    };
    let kind: String = row.get(5)?;
    Ok(Group {
        id: Id::new(row.get::<_, String>(0)?),
        name: text(1)?.unwrap_or_default(),
        mail: text(2)?,
        alias: text(3)?,
        description: text(4)?,
        kind: KINDS
            .iter()
            .find(|(name, _)| *name == kind)
            .map_or(GroupKind::Unknown, |(_, kind)| *kind),
        visibility: text(6)?.map(Into::into),
        dynamic: row.get(7)?,
        created: row.get::<_, Option<i64>>(8)?.map(time),
    })
}
