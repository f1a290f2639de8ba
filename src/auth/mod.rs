//! Where access tokens come from: signing in, keeping what that gave, and renewing it.
//!
//! A [`Session`] is the sign-in of one profile. The `oauth2` library speaks the protocol; the files here choose the way
//! (`ways`), bring the browser's answer back (`listener`, `redirect`), find the authority (`authority`) and keep the
//! tokens ([`vault`]).

mod authority;
mod browser;
mod claims;
pub mod codes;
mod command;
mod device;
pub mod doctor;
mod grant;
mod identity;
mod listener;
mod network;
mod redirect;
mod renewal;
mod scopes;
mod session;
mod sign_in;
mod static_token;
pub mod vault;
mod ways;

pub use session::Session;
pub use static_token::StaticToken;
