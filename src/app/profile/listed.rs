//! The items of a profile's lists: people and groups, teams, documents.

use std::borrow::Cow;

use super::Profile;
use super::leads::web;
use crate::domain::{DirectoryObject, Document, Id, ObjectKind, Team, Text};
use crate::protocol::{CardPart, Section};

/// An item of one of the lists.
#[derive(Debug, Clone, PartialEq)]
pub enum Listed<'a> {
    /// A person or a group.
    Object(Cow<'a, DirectoryObject>),
    /// A team.
    Team(&'a Team),
    /// A document.
    Document(&'a Document),
}

/// Where Enter on a row leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Goto {
    /// To a person's profile.
    Person(Id, Text),
    /// To a group.
    Group(Id),
    /// Out of the program.
    Link(String),
}

impl Profile {
    /// An item of a list.
    pub fn listed(&self, section: Section, at: usize) -> Option<Listed<'_>> {
        Some(match self.section(section).shown()? {
            CardPart::Managers(managers) => Listed::Object(Cow::Owned(managers.get(at)?.into())),
            CardPart::Reports(objects) | CardPart::Groups(objects) => Listed::Object(Cow::Borrowed(objects.get(at)?)),
            CardPart::Teams(teams) => Listed::Team(teams.get(at)?),
            CardPart::Documents(documents) => Listed::Document(documents.get(at)?),
            CardPart::Person(_) | CardPart::Photo(_) | CardPart::About(_) | CardPart::Hidden(..) => return None,
        })
    }
}

impl Listed<'_> {
    /// What it is called; nothing where that may not be seen.
    pub fn name(&self) -> Option<&Text> {
        let name = match self {
            Listed::Object(object) => object.name.as_ref(),
            Listed::Team(team) => Some(&team.name),
            Listed::Document(document) => document.resource_visualization.title.as_ref(),
        };
        name.filter(|name| !name.is_empty())
    }

    /// What else there is to say.
    pub fn more(&self) -> Option<&Text> {
        match self {
            Listed::Object(object) => object.job_title.as_ref().or(object.mail.as_ref()),
            Listed::Team(team) => team.description.as_ref(),
            Listed::Document(document) => document.resource_visualization.container_display_name.as_ref(),
        }
    }

    /// What sort of thing it is, in a word.
    pub fn sort(&self) -> &str {
        match self {
            Listed::Object(object) => object.kind_in_words(),
            Listed::Team(team) if team.is_archived == Some(true) => "archived",
            Listed::Team(_) => "team",
            Listed::Document(document) => {
                let sort = document.resource_visualization.r#type.as_ref();
                sort.map_or("document", |sort| sort.as_str())
            }
        }
    }

    /// Graph's id of it.
    pub fn id(&self) -> &Id {
        match self {
            Listed::Object(object) => &object.id,
            Listed::Team(team) => &team.id,
            Listed::Document(document) => &document.id,
        }
    }

    pub(super) fn goto(&self) -> Option<Goto> {
        match self {
            Listed::Object(object) => match object.kind {
                ObjectKind::User => Some(Goto::Person(object.id.clone(), object.name.clone().unwrap_or_default())),
                ObjectKind::Group => Some(Goto::Group(object.id.clone())),
                _ => None,
            },
            Listed::Team(team) => Some(Goto::Group(team.id.clone())),
            Listed::Document(_) => self.address().and_then(|address| web(address.as_str())).map(Goto::Link),
        }
    }

    pub(super) fn copied(&self) -> Option<String> {
        let text = match self {
            Listed::Object(object) => object.mail.as_ref().or(object.name.as_ref()),
            Listed::Team(team) => Some(&team.name),
            Listed::Document(_) => self.address(),
        };
        text.map(Text::to_string)
    }

    fn address(&self) -> Option<&Text> {
        match self {
            Listed::Document(document) => document.resource_reference.web_url.as_ref(),
            Listed::Object(_) | Listed::Team(_) => None,
        }
    }
}

/// How many items a list has.
pub(super) fn count(part: &CardPart) -> usize {
    match part {
        CardPart::Managers(managers) => managers.len(),
        CardPart::Reports(objects) | CardPart::Groups(objects) => objects.len(),
        CardPart::Teams(teams) => teams.len(),
        CardPart::Documents(documents) => documents.len(),
        CardPart::Person(_) | CardPart::Photo(_) | CardPart::About(_) | CardPart::Hidden(..) => 0,
    }
}
