//! Where access tokens come from, as the Graph client sees it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::Problem;

/// An access token, and whose it is. `Debug` does not tell the token.
#[derive(Debug, Clone)]
pub struct Token {
    /// What goes out with a request.
    pub secret: SecretString,
    /// Whose it is, where that is known.
    pub holder: Option<Holder>,
}

impl ExposeSecret<str> for Token {
    fn expose_secret(&self) -> &str {
        self.secret.expose_secret()
    }
}

/// A token that tells of nobody.
impl From<SecretString> for Token {
    fn from(secret: SecretString) -> Self {
        Token { secret, holder: None }
    }
}

/// A token on its way.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Token, Problem>> + Send + 'a>>;

/// What Graph demands of the next token, as the JSON of a claims challenge, already decoded
/// (<https://learn.microsoft.com/entra/identity-platform/claims-challenge>).
#[derive(Clone, PartialEq, Eq)]
pub struct Claims(pub String);

impl fmt::Debug for Claims {
    /// Only how long it is: a challenge may tell of the sign-in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Claims({} bytes)", self.0.len())
    }
}

/// Whose tokens they are: the same for all tokens of one account, and different for any other. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder(pub String);

/// A holder on its way.
pub type HolderFuture<'a> = Pin<Box<dyn Future<Output = Option<Holder>> + Send + 'a>>;

/// Hands out access tokens. `graph` uses it and `auth` implements it.
pub trait TokenSource: Send + Sync {
    /// The token to use now, renewed ahead of its end where that is possible.
    ///
    /// # Errors
    /// `SignIn` when there is none to be had.
    fn token(&self) -> TokenFuture<'_>;

    /// A newer token than `rejected`, which Graph has refused with 401, and with a claims challenge where `demanded` is
    /// there. Callers that were refused together share one renewal.
    ///
    /// # Errors
    /// `SignIn` when there is no newer one to be had without the person.
    fn renew<'a>(&'a self, rejected: &'a Token, demanded: Option<&'a Claims>) -> TokenFuture<'a>;

    /// Whose token would be handed out now; `None` where nobody is signed in, or nothing tells who. It may ask the disk and
    /// the keyring, never the network.
    fn holder(&self) -> HolderFuture<'_> {
        Box::pin(std::future::ready(None))
    }

    /// The scopes of the token in hand, such as `User.Read`, where they are known. It must return at once.
    fn granted(&self) -> Option<Arc<[String]>> {
        None
    }
}
