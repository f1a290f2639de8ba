//! The directory: people, groups, devices, applications and contacts, who is a member of what, and what lies around a
//! person: profile, photo, teams, documents, and those whom someone works with.

pub mod expansion;
pub mod group;
pub mod groups;
pub mod insights;
pub mod list;
pub mod membership;
pub mod object;
pub mod organization;
pub mod other;
pub mod people;
pub mod person;
pub mod photos;
pub mod portrait;
pub mod profile;
pub mod relevant;
pub mod teams;
