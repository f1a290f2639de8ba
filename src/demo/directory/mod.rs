//! The directory: people, groups, devices, applications and contacts, and who is a member of what.

pub mod expansion;
pub mod group;
pub mod groups;
pub mod list;
pub mod membership;
pub mod object;
pub mod organization;
pub mod other;
pub mod people;
pub mod person;
pub mod photos;
pub mod relevant;
