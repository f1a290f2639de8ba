//! What may be asked of people and groups together.

use std::sync::Arc;

use crate::domain::{Group, Id};

/// What people and groups have in common, and why. Graph has no word for any of it: the answers are computed.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlapping {
    /// The groups that two people share. Answer: one list.
    Common {
        /// A person.
        one: Id,
        /// The other.
        other: Id,
        /// Those too that they belong to through other groups.
        through: bool,
    },
    /// How the members of two groups differ. Answer: three lists: only in the one, only in the other, in both.
    Difference {
        /// A group.
        one: Id,
        /// The other.
        other: Id,
        /// Those too who belong to them through other groups.
        through: bool,
    },
    /// Through which groups a person belongs to a group. Answer: `Ways`.
    Ways {
        /// The person.
        person: Id,
        /// The group.
        group: Id,
    },
    /// Which of these groups hold a person, directly or through others. Answer: two lists: those that do, those that do not.
    Check {
        /// The person.
        person: Id,
        /// The groups.
        groups: Arc<[Group]>,
    },
}
