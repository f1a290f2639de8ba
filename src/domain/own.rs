//! What a person types of their own profile.

use serde::{Deserialize, Serialize};

use super::Id;

/// What was typed of one's own profile, and Graph has not taken. It outlives the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWords {
    /// Whose profile it is.
    pub person: Id,
    /// Graph's name of the property.
    pub property: String,
    /// What was typed, exactly as typed.
    pub text: String,
}

impl OwnWords {
    /// What it is of: there is one of each.
    pub fn name(&self) -> (Id, String) {
        (self.person.clone(), self.property.clone())
    }
}
