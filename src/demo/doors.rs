//! Who may come in: access tokens, whose they are, what they allow and until when.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use super::error::GraphError;
use super::permissions;

/// Whose a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The signed-in person of the company.
    SignedIn,
    /// The person whom the assets know by this name.
    Key(String),
    /// The person at this place.
    Place(u32),
}

/// What an access token is good for.
#[derive(Clone, Debug)]
pub struct Pass {
    /// Whose it is.
    pub holder: Holder,
    /// Graph's permissions that were granted; nothing stands for all of them.
    pub scopes: Option<Arc<BTreeSet<String>>>,
    /// When it ends by itself.
    pub expires: Option<Timestamp>,
    /// The sign-in that it belongs to, where the authority gave it.
    pub family: Option<usize>,
}

impl Pass {
    /// A token that the tenant's handle gives out: it allows everything and does not end by itself.
    pub fn full(holder: Holder) -> Pass {
        Pass {
            holder,
            scopes: None,
            expires: None,
            family: None,
        }
    }
}

/// Who asks, and what for.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person's place.
    pub me: u32,
    /// What was granted; nothing stands for everything.
    pub scopes: Option<Arc<BTreeSet<String>>>,
}

impl Caller {
    /// Whether any of these permissions was granted.
    pub fn may(&self, any_of: &[&str]) -> bool {
        self.scopes
            .as_ref()
            .is_none_or(|scopes| any_of.iter().any(|scope| scopes.contains(*scope)))
    }

    /// How much of other people may be seen.
    pub fn sight_of_others(&self) -> Sight {
        if self.may(permissions::FULL_USER) {
            Sight::Whole
        } else if self.may(permissions::USER) {
            Sight::Names
        } else {
            Sight::Id
        }
    }

    /// How much of oneself.
    pub fn sight_of_oneself(&self) -> Sight {
        if self.may(&["User.Read", "User.ReadWrite"]) {
            Sight::Whole
        } else {
            self.sight_of_others()
        }
    }
}

/// How much of an object may be seen. What may not comes as `null`, and collections come empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// That it is there: its type and its id.
    Id,
    /// A person's names and addresses.
    Names,
    /// Everything.
    Whole,
}

/// Why a token is no longer good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Expired,
    /// Its person must sign in again since this time.
    Challenged(Timestamp),
}

/// The tokens.
#[derive(Debug, Default)]
pub struct Doors {
    good: HashMap<String, Pass>,
    ended: HashMap<String, End>,
}

impl Doors {
    /// One more good token.
    pub fn admit(&mut self, token: String, pass: Pass) {
        self.good.insert(token, pass);
    }

    /// The pass of a token that is good now.
    pub fn pass(&self, token: &str, now: Timestamp) -> Result<&Pass, GraphError> {
        let expired = || GraphError::unauthenticated("Lifetime validation failed, the token is expired.");
        match (self.good.get(token), self.ended.get(token)) {
            (Some(pass), _) if pass.expires.is_some_and(|end| end <= now) => Err(expired()),
            (Some(pass), _) => Ok(pass),
            (None, Some(End::Expired)) => Err(expired()),
            (None, Some(End::Challenged(since))) => Err(GraphError::challenged(*since)),
            (None, None) => Err(GraphError::unauthenticated(
                "CompactToken parsing failed with error code: 80049217",
            )),
        }
    }

    /// Lets these tokens expire.
    pub fn end(&mut self, which: impl Fn(&Pass) -> bool) {
        self.finish(which, End::Expired);
    }

    /// Answers these tokens with a claims challenge from now on.
    pub fn challenge(&mut self, since: Timestamp, which: impl Fn(&Pass) -> bool) {
        self.finish(which, End::Challenged(since));
    }

    fn finish(&mut self, which: impl Fn(&Pass) -> bool, end: End) {
        let over = self.good.extract_if(|_, pass| which(pass));
        self.ended.extend(over.map(|(token, _)| (token, end)));
    }
}
