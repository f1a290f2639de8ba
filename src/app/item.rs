//! What lists hold.

use std::sync::Arc;

use crate::domain::{Conversation, DirectoryObject, Group, Id, Member, Person, Thread};

/// What can stand in a list.
pub trait Item: Clone {
    /// What tells it from the others.
    fn key(&self) -> &Id;
    /// The words that a filter looks at.
    fn words(&self) -> impl Iterator<Item = &str>;
}

impl Item for Group {
    fn key(&self) -> &Id {
        &self.id
    }
    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.mail.as_ref().map(|mail| mail.as_str()))
    }
}

impl Item for Arc<Person> {
    fn key(&self) -> &Id {
        &self.id
    }
    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.address().map(|address| address.as_str()))
    }
}

impl Item for DirectoryObject {
    fn key(&self) -> &Id {
        &self.id
    }
    fn words(&self) -> impl Iterator<Item = &str> {
        self.name
            .iter()
            .chain(&self.mail)
            .chain(&self.job_title)
            .map(|text| text.as_str())
    }
}

impl Item for Member {
    fn key(&self) -> &Id {
        &self.object.id
    }
    fn words(&self) -> impl Iterator<Item = &str> {
        self.object.words()
    }
}

impl Item for Thread {
    fn key(&self) -> &Id {
        &self.id
    }
    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.topic.as_str()).chain(self.unique_senders.iter().map(|name| name.as_str()))
    }
}

impl Item for Conversation {
    fn key(&self) -> &Id {
        &self.id
    }
    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.topic.as_str()).chain(self.unique_senders.iter().map(|name| name.as_str()))
    }
}
