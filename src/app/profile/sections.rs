//! What has come of a card, section by section: each loads, fails and ages by itself.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::remote::Remote;
use crate::domain::{About, Card};
use crate::protocol::own::{Keeper, OwnProperty};
use crate::protocol::{CardPart, Problem, RequestId, Section};

/// The sections of a card.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sections(BTreeMap<Section, Remote<CardPart>>);

static IDLE: Remote<CardPart> = Remote::Idle;

impl Sections {
    pub(super) fn of(&self, section: Section) -> &Remote<CardPart> {
        self.0.get(&section).unwrap_or(&IDLE)
    }

    pub(super) fn of_mut(&mut self, section: Section) -> &mut Remote<CardPart> {
        self.0.entry(section).or_default()
    }

    pub(super) fn card(&self) -> Option<&Card> {
        match self.of(Section::Person).shown()? {
            CardPart::Person(card) => Some(card),
            _ => None,
        }
    }

    pub(super) fn about(&self) -> Option<&About> {
        match self.of(Section::About).shown()? {
            CardPart::About(about) => Some(about),
            _ => None,
        }
    }

    pub(super) fn is_loading(&self) -> bool {
        self.0.values().any(Remote::is_loading)
    }

    /// Why something could not be read, for all of it.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.0.values().filter_map(Remote::problem)
    }

    /// Awaits all of them.
    pub(super) fn await_reply(&mut self, id: RequestId) {
        for section in Section::ALL {
            self.of_mut(section).await_reply(id);
        }
    }

    /// Takes what has come.
    pub(super) fn take(&mut self, part: CardPart) {
        match part {
            CardPart::Hidden(section, why) => self.hide(section, why),
            part => {
                let section = self.of_mut(part.section());
                *section = Remote::Ready(part);
            }
        }
    }

    /// Shows what the store has, where nothing newer is shown. Whether it was.
    pub(super) fn take_kept(&mut self, part: CardPart) -> bool {
        let section = self.of_mut(part.section());
        let empty = section.is_loading() && section.shown().is_none();
        if empty {
            section.show(part);
        }
        empty
    }

    /// Shows another value of one's own property.
    pub(super) fn set(&mut self, property: &OwnProperty, value: &Value) {
        let section = match property.keeper {
            Keeper::Directory => Section::Person,
            Keeper::SharePoint => Section::About,
        };
        match self.of_mut(section).shown_mut() {
            Some(CardPart::Person(card)) => replace(card, property.name, value),
            Some(CardPart::About(about)) => replace(about, property.name, value),
            _ => {}
        }
    }

    /// The answer has broken off: sections that have come stay, those still awaited will not come.
    pub(super) fn miss(&mut self, why: &Problem) {
        for section in Section::ALL {
            if self.of(section).is_loading() {
                self.hide(section, why.clone());
            }
        }
    }

    /// Ends a section with a problem. Older data goes where Graph says that it may not be seen.
    fn hide(&mut self, section: Section, why: Problem) {
        let section = self.of_mut(section);
        if section.is_loading() && why.denies() {
            *section = Remote::Idle;
        }
        section.fail(why);
    }
}

/// Replaces what Graph knows by this name; where that does not fit, everything stays as it is.
fn replace<T: Serialize + DeserializeOwned>(of: &mut T, name: &str, value: &Value) {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(&*of) else {
        return;
    };
    fields.insert(name.to_owned(), value.clone());
    if let Ok(changed) = serde_json::from_value(Value::Object(fields)) {
        *of = changed;
    }
}
