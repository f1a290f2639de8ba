//! Where access tokens come from.

mod static_token;

pub use static_token::StaticToken;
