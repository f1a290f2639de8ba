//! Where access tokens come from, as the Graph client sees it.

use std::future::Future;
use std::pin::Pin;

use secrecy::SecretString;

use super::Problem;

/// A token on its way.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<SecretString, Problem>> + Send + 'a>>;

/// Hands out access tokens. `graph` uses it and `auth` implements it.
pub trait TokenSource: Send + Sync {
    /// The token to use now.
    ///
    /// # Errors
    /// `SignIn` when there is none to be had.
    fn token(&self) -> TokenFuture<'_>;

    /// A newer token than `rejected`, which Graph has refused with 401. Callers that were refused together share one
    /// renewal.
    ///
    /// # Errors
    /// `SignIn` when there is no newer one to be had without the person.
    fn renew<'a>(&'a self, rejected: &'a SecretString) -> TokenFuture<'a>;
}
