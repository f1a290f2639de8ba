//! What the authority has given out: codes, device codes, refresh tokens, and the sign-ins they belong to.

mod devices;

pub use devices::{Decision, Device};

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use jiff::Timestamp;

use super::refusal::Refusal;
use super::scope::Scopes;
use super::signing::{CryptoError, secret};
use crate::demo::clock::later;

/// How long an authorization code is good.
const CODE_LIFETIME: Duration = Duration::from_secs(600);
/// How long a refresh token is good when it is not used.
const REFRESH_LIFETIME: Duration = Duration::from_secs(90 * 24 * 3600);
/// What was given out longer ago than this is forgotten, when it is a code.
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);
/// What somebody agreed to.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Whose place among the people.
    pub person: u32,
    /// What the client may do.
    pub scopes: Scopes,
    /// What the identity token must repeat.
    pub nonce: Option<String>,
}

/// An authorization code.
#[derive(Debug)]
pub struct Code {
    /// What it stands for.
    pub grant: Grant,
    /// Where it was sent.
    pub redirect_uri: String,
    /// The S256 challenge.
    pub challenge: String,
    /// When it was made.
    pub issued: Timestamp,
    /// The sign-in that it became.
    pub redeemed: Option<usize>,
}

#[derive(Debug)]
struct Refresh {
    family: usize,
    issued: Timestamp,
    used: bool,
}

/// One sign-in: all tokens that come from one decision of a person.
#[derive(Debug)]
struct Family {
    grant: Grant,
    /// The AADSTS code that says why it is over.
    ended: Option<u32>,
}

/// Everything given out.
#[derive(Debug, Default)]
pub struct Ledger {
    codes: HashMap<String, Code>,
    devices: HashMap<String, Device>,
    refreshes: HashMap<String, Refresh>,
    families: Vec<Family>,
    consents: HashMap<u32, BTreeSet<String>>,
}

/// A sign-in to give tokens for.
#[derive(Debug)]
pub struct Session {
    /// Its number.
    pub family: usize,
    /// What was agreed to.
    pub grant: Grant,
}

/// Why there is no session, and the sign-in that is over because of it: its access tokens must end too.
#[derive(Debug)]
pub struct Denied {
    /// What the client is told.
    pub refusal: Refusal,
    /// The sign-in that is over now.
    pub ended: Option<usize>,
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Denied {
        Denied { refusal, ended: None }
    }
}

impl From<CryptoError> for Denied {
    fn from(why: CryptoError) -> Denied {
        Refusal::from(why).into()
    }
}

impl Ledger {
    /// How many sign-ins there were.
    pub fn sign_ins(&self) -> usize {
        self.families.len()
    }

    /// What a person has agreed to so far.
    pub fn consented(&self, person: u32) -> BTreeSet<String> {
        self.consents.get(&person).cloned().unwrap_or_default()
    }

    fn consent(&mut self, grant: &Grant) {
        let all = self.consents.entry(grant.person).or_default();
        all.extend(grant.scopes.graph.iter().cloned());
    }

    /// Keeps a code and gives its letters.
    pub fn add_code(&mut self, code: Code) -> Result<String, CryptoError> {
        let now = code.issued;
        self.codes.retain(|_, old| later(old.issued, REMEMBERED) > now);
        self.consent(&code.grant);
        let letters = secret()?;
        self.codes.insert(letters.clone(), code);
        Ok(letters)
    }

    /// Turns a code into a session. It works once; a second time ends what the first has given.
    pub fn redeem_code(
        &mut self,
        letters: &str,
        redirect_uri: &str,
        challenge: &str,
        now: Timestamp,
    ) -> Result<Session, Denied> {
        let Some(code) = self.codes.get_mut(letters) else {
            return Err(Refusal::of(70000).with("name", "code").into());
        };
        if let Some(family) = code.redeemed {
            return Err(self.replayed(family, 54005));
        }
        if later(code.issued, CODE_LIFETIME) <= now {
            return Err(Refusal::of(70008).into());
        }
        if code.redirect_uri != redirect_uri {
            let refusal = Refusal::of(500_112).with("name", &code.redirect_uri);
            return Err(refusal.with("uri", redirect_uri).into());
        }
        if code.challenge != challenge {
            return Err(Refusal::of(501_481).into());
        }
        let family = self.families.len();
        code.redeemed = Some(family);
        let grant = code.grant.clone();
        Ok(self.begin(grant))
    }

    fn begin(&mut self, grant: Grant) -> Session {
        let family = self.families.len();
        self.families.push(Family {
            grant: grant.clone(),
            ended: None,
        });
        Session { family, grant }
    }

    fn replayed(&mut self, family: usize, code: u32) -> Denied {
        self.end(family, 50173);
        let refusal = Refusal::of(code).with("name", "refresh_token");
        Denied {
            refusal,
            ended: Some(family),
        }
    }

    /// A new refresh token of a sign-in.
    pub fn add_refresh(&mut self, family: usize, now: Timestamp) -> Result<String, CryptoError> {
        let letters = secret()?;
        let refresh = Refresh {
            family,
            issued: now,
            used: false,
        };
        self.refreshes.insert(letters.clone(), refresh);
        Ok(letters)
    }

    /// Uses a refresh token up. One that was used before ends its sign-in: one of its two users has stolen it.
    pub fn redeem_refresh(&mut self, letters: &str, wanted: Option<Scopes>, now: Timestamp) -> Result<Session, Denied> {
        let unknown = || Denied::from(Refusal::of(70000).with("name", "refresh_token"));
        let refresh = self.refreshes.get_mut(letters).ok_or_else(unknown)?;
        let number = refresh.family;
        if refresh.used {
            return Err(self.replayed(number, 70000));
        }
        if later(refresh.issued, REFRESH_LIFETIME) <= now {
            let issued = refresh.issued.to_string();
            return Err(Refusal::of(700_082).with("issued", &issued).into());
        }
        let family = self.families.get(number).ok_or_else(unknown)?;
        if let Some(code) = family.ended {
            return Err(Refusal::of(code).into());
        }
        let consented = self.consents.get(&family.grant.person).cloned().unwrap_or_default();
        let mut scopes = match wanted {
            Some(wanted) => Scopes {
                // The right to refresh was given at sign-in, and is not lost by not being repeated.
                offline: true,
                ..wanted
            },
            None => family.grant.scopes.clone(),
        };
        scopes.resolve(&consented);
        if !scopes.graph.is_subset(&consented) {
            return Err(Refusal::of(65001).into());
        }
        refresh.used = true;
        let grant = Grant {
            person: family.grant.person,
            scopes,
            nonce: None,
        };
        Ok(Session { family: number, grant })
    }

    fn end(&mut self, family: usize, code: u32) {
        if let Some(family) = self.families.get_mut(family) {
            family.ended.get_or_insert(code);
        }
    }

    /// Ends every sign-in of a person, and gives their numbers.
    pub fn revoke(&mut self, person: u32) -> Vec<usize> {
        let families = self.families.iter_mut().enumerate();
        families
            .filter(|(_, family)| family.grant.person == person)
            .map(|(number, family)| {
                family.ended.get_or_insert(50173);
                number
            })
            .collect()
    }
}
