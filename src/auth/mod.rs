//! Where access tokens come from.

pub mod codes;
mod static_token;
pub mod vault;

pub use static_token::StaticToken;
