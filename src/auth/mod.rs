//! Where access tokens come from.

pub mod codes;
mod static_token;

pub use static_token::StaticToken;
