//! What is kept of a sign-in.

use std::fmt;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::domain::Text;
use crate::protocol::{Claims, Holder, Token};

/// One sign-in as kept. `Debug` does not tell its tokens.
#[derive(Clone)]
pub struct Kept {
    /// The access token, for Graph.
    pub access_token: SecretString,
    /// The refresh token, where the authority gave one (scope `offline_access`).
    pub refresh_token: Option<SecretString>,
    /// When the access token ends.
    pub expires_at: Timestamp,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// Who has signed in.
    pub who: Who,
    /// The authority's address, as `https://login.microsoftonline.com`.
    pub authority: String,
    /// The tenant that was signed in to, as the person named it: an id, a domain, or `organizations`.
    pub tenant: String,
    /// The app's id (`client_id`).
    pub client_id: String,
    /// How it was signed in: the name of the method.
    pub method: String,
    /// When the person signed in. Renewals leave it as it is.
    pub signed_in_at: Timestamp,
    /// What Graph or the authority demands of the next sign-in. Until then the access token is not to be handed out.
    pub demanded: Option<Claims>,
}

/// The person that has signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// The display name.
    pub name: Text,
    /// The address or user principal name.
    pub address: Text,
    /// The object id in the directory.
    pub id: String,
    /// The id of the tenant that the token is for.
    pub tenant_id: String,
}

impl Kept {
    /// Its access token, and whose it is.
    pub fn token(&self) -> Token {
        Token {
            secret: self.access_token.clone(),
            holder: self.who.holder(),
        }
    }
}

impl Who {
    /// What tells this account from any other; `None` where nothing does.
    pub fn holder(&self) -> Option<Holder> {
        let id = Some(self.id.as_str()).filter(|id| !id.is_empty());
        let id = id.or_else(|| Some(self.address.as_str()).filter(|address| !address.is_empty()))?;
        Some(Holder(format!("{} {id}", self.tenant_id)))
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const REDACTED: &&str = &"[redacted]";
        f.debug_struct("Kept")
            .field("access_token", REDACTED)
            .field("refresh_token", &self.refresh_token.as_ref().map(|_| REDACTED))
            .field("expires_at", &self.expires_at)
            .field("scopes", &self.scopes)
            .field("who", &self.who)
            .field("authority", &self.authority)
            .field("tenant", &self.tenant)
            .field("client_id", &self.client_id)
            .field("method", &self.method)
            .field("signed_in_at", &self.signed_in_at)
            .field("demanded", &self.demanded)
            .finish()
    }
}
