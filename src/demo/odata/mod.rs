//! OData as Graph speaks it: query options, filters, searches, properties, pages.

pub mod cell;
pub mod expand;
pub mod filter;
pub mod parse;
pub mod property;
pub mod query;
pub mod search;
