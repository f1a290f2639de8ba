//! What may be changed of one's own profile, and what becomes of a change.

use serde_json::Value;

use crate::domain::Id;
use crate::protocol::own::OwnProperty;
use crate::protocol::{Problem, RequestId};

/// What may be changed of one's own profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// A property.
    Property(&'static OwnProperty),
    /// The photo: what is typed is the path of a file.
    Photo,
}

/// What stands for the photo among the properties that people may change.
pub(in crate::app) const THE_PHOTO: &str = "photo";

impl Own {
    /// What is kept under this name.
    pub(in crate::app) fn named(name: &str) -> Option<Own> {
        match name {
            THE_PHOTO => Some(Own::Photo),
            name => OwnProperty::named(name).map(Own::Property),
        }
    }

    /// The name that it is kept under: Graph's, of a property.
    pub(in crate::app) fn name(self) -> &'static str {
        match self {
            Own::Photo => THE_PHOTO,
            Own::Property(property) => property.name,
        }
    }
}

/// A change that Graph has not taken yet.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnEdit {
    /// Whose profile it is: it waits where somebody else has signed in meanwhile.
    pub person: Id,
    /// What is to be changed.
    pub of: Own,
    /// What was typed.
    pub text: String,
    /// What becomes of it.
    pub stage: OwnStage,
}

impl OwnEdit {
    /// Why it was not taken.
    pub(in crate::app) fn refusal(&self) -> Option<&Problem> {
        match &self.stage {
            OwnStage::Refused(why) => Some(why),
            OwnStage::Sending(..) | OwnStage::Unknown(..) | OwnStage::Aside => None,
        }
    }
}

/// What becomes of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnStage {
    /// It is on its way: the value, or the mark of the photo that is to be replaced.
    Sending(RequestId, Value),
    /// It was refused: what was typed waits for another try.
    Refused(Problem),
    /// It went out, and nobody knows whether Graph has taken it. What was typed waits until Graph shows it: the value that was
    /// sent, or another photo than the one that had this mark.
    Unknown(Problem, Value),
    /// The person has left it, or an earlier run has: what was typed waits until they go on with it.
    Aside,
}
