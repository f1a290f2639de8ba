//! What is known of a person from what was read about others: a card out of an org tree, and the other way round.

use std::sync::Arc;

use super::people::of_object;
use super::reads::Kept;
use super::{Store, StoreError};
use crate::domain::{DirectoryObject, Id, Person};
use crate::protocol::{CardPart, Payload, Query};

impl Store {
    /// As much of an answer as can be gathered from the answers to other queries; as old as the oldest of them.
    pub(super) fn recall_parts(&self, query: &Query) -> Result<Option<Kept>, StoreError> {
        match query {
            Query::Card { person, .. } => self.gather_card(person),
            Query::Line { person } => self.gather_line(person),
            Query::Reports { person } => self.gather_reports(person),
            _ => Ok(None),
        }
    }

    fn gather_card(&self, person: &Id) -> Result<Option<Kept>, StoreError> {
        let mut card: Option<Kept> = None;
        let mut add = |read_at, part| {
            let card = card.get_or_insert(Kept {
                read_at,
                parts: Vec::new(),
            });
            card.read_at = card.read_at.min(read_at);
            card.parts.push(Payload::Card(part));
        };
        if let Some((whole, read_at)) = self.whole_person(person)? {
            add(read_at, CardPart::Person(Box::new(whole.into())));
        }
        let (line, reports) = (person.clone(), person.clone());
        if let Some(Kept { read_at, parts }) = self.recall_whole(&Query::Line { person: line })? {
            for part in parts {
                if let Payload::Line(line) = part {
                    add(read_at, CardPart::Managers(line.into_iter().skip(1).collect()));
                }
            }
        }
        if let Some(Kept { read_at, parts }) = self.recall_whole(&Query::Reports { person: reports })? {
            for part in parts {
                if let Payload::Reports(page) = part {
                    add(
                        read_at,
                        CardPart::Reports(page.iter().map(|person| DirectoryObject::from(&**person)).collect()),
                    );
                }
            }
        }
        Ok(card)
    }

    fn gather_line(&self, person: &Id) -> Result<Option<Kept>, StoreError> {
        let Some(Kept { read_at, parts }) = self.card(person)? else {
            return Ok(None);
        };
        let mut line: Vec<Person> = Vec::new();
        let mut managers = None;
        for part in parts {
            match part {
                Payload::Card(CardPart::Person(card)) => line.push(card.person),
                Payload::Card(CardPart::Managers(above)) => managers = Some(above),
                _ => {}
            }
        }
        let Some(managers) = managers.filter(|_| !line.is_empty()) else {
            return Ok(None);
        };
        line.extend(managers);
        let parts = vec![Payload::Line(line)];
        Ok(Some(Kept { read_at, parts }))
    }

    fn gather_reports(&self, person: &Id) -> Result<Option<Kept>, StoreError> {
        let Some(Kept { read_at, parts }) = self.card(person)? else {
            return Ok(None);
        };
        let reports = parts.into_iter().find_map(|part| match part {
            Payload::Card(CardPart::Reports(reports)) => Some(reports),
            _ => None,
        });
        Ok(reports.map(|reports| {
            let page = reports.iter().map(|object| Arc::new(of_object(object))).collect();
            let parts = vec![Payload::Reports(page)];
            Kept { read_at, parts }
        }))
    }

    fn card(&self, person: &Id) -> Result<Option<Kept>, StoreError> {
        let (person, mine) = (person.clone(), false);
        self.recall_whole(&Query::Card { person, mine })
    }
}
