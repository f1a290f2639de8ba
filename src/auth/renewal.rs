//! Tokens anew, without the person: one renewal at a time here, and one at a time among all folkmoots of a profile.

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};

use super::codes::explain;
use super::command::{self, Printed};
use super::grant::{Asking, Grant};
use super::identity::Facts;
use super::network::Failure;
use super::session::{Inner, is_same};
use super::vault::{Kept, Locked};
use super::ways::ways;
use super::{claims, scopes};
use crate::protocol::{Claims, Method, Problem, ProblemKind, Token};

/// A kept token is used only if it is good for so long at least.
const SHORTEST: SignedDuration = SignedDuration::from_secs(30);
/// After a renewal that failed, the token in hand is used for so long before the next try.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);

impl Inner {
    /// A token that is not `rejected`: the one in hand, the one that another folkmoot has kept, or a new one. What was
    /// `demanded` with the refusal is kept beside the sign-in, for the next one to prove, in whichever folkmoot that is.
    pub async fn renewed(&self, rejected: Option<&SecretString>, demanded: Option<Claims>) -> Result<Token, Problem> {
        let _turn = self.turn.lock().await;
        if let Some(token) = self.in_hand(rejected) {
            return Ok(token);
        }
        let vault = self.vault().await;
        if let Some(token) = self.usable(vault.read().await?, rejected) {
            return Ok(token);
        }
        let mut locked = vault.lock().await?;
        // Again: another folkmoot may have renewed it while this one waited for the lock.
        let mut kept = locked.read().await?.filter(|kept| self.is_ours(kept));
        if let Some(token) = self.usable(kept.clone(), rejected) {
            return Ok(token);
        }
        if let (Some(kept), Some(claims)) = (&mut kept, demanded)
            && is_same(&kept.access_token, rejected)
        {
            tracing::info!("Graph demands another sign-in");
            kept.demanded = Some(claims);
            keep(&mut locked, kept).await;
            self.let_go();
        }
        let method = match &kept {
            Some(kept) => Method::NAMES
                .iter()
                .find(|(_, name)| *name == kept.method)
                .map(|(method, _)| *method),
            None => self.unasked(),
        };
        let method = method.filter(|method| method.is_command());
        match (method, kept) {
            (Some(method), kept) => {
                let challenged = kept.filter(|kept| kept.demanded.is_some());
                let rejected = challenged.as_ref().map(|kept| &kept.access_token).or(rejected);
                self.by_command(method, &mut locked, rejected).await
            }
            (None, Some(kept)) => self.refreshed(kept, &mut locked, rejected).await,
            (None, None) => {
                // Signed out, perhaps in another terminal.
                *self.hand() = Default::default();
                Err(Problem::new(
                    ProblemKind::SignIn,
                    "You are not signed in.",
                    "Sign in: `folkmoot auth login`.",
                ))
            }
        }
    }

    /// The token of a sign-in that was kept, if it is of this account, good for a while yet, and neither the rejected one
    /// nor one that Graph has challenged.
    fn usable(&self, kept: Option<Kept>, rejected: Option<&SecretString>) -> Option<Token> {
        let kept = kept.filter(|kept| self.is_ours(kept))?;
        let left = kept.expires_at.duration_since(Timestamp::now());
        let is_in_hand = self.hand().is_kept(&kept.access_token);
        // One that is in hand was found too old already.
        if left < SHORTEST || kept.demanded.is_some() || is_in_hand || is_same(&kept.access_token, rejected) {
            return None;
        }
        Some(self.take(kept))
    }

    /// The way that needs no person, where the profile has one.
    fn unasked(&self) -> Option<Method> {
        let ways = ways(self.account.method, &self.account, &self.around).ok()?;
        let [way] = ways.as_slice() else { return None };
        // The Azure CLI's account is taken when somebody has said so, and not for being there.
        (way.method == Method::TokenCommand || self.account.method == Some(way.method)).then_some(way.method)
    }

    /// A token from the token command or the Azure CLI.
    async fn by_command(
        &self,
        method: Method,
        locked: &mut Locked,
        rejected: Option<&SecretString>,
    ) -> Result<Token, Problem> {
        let printed = self.printed(method).await?;
        if is_same(&printed.token, rejected) {
            return Err(no_newer());
        }
        let kept = self.of_printed(method, printed);
        keep(locked, &kept).await;
        Ok(self.take(kept))
    }

    /// Runs the command of a method.
    pub async fn printed(&self, method: Method) -> Result<Printed, Problem> {
        match (method, &self.account.token_command, &self.around.az) {
            (Method::TokenCommand, Some(line), _) => command::token_command(line).await,
            (Method::AzureCli, _, Some(az)) => {
                command::azure_cli(az, &self.account.resource(), &self.account.tenant).await
            }
            _ => Err(Problem::new(
                ProblemKind::Config,
                "The command that gave this sign-in its tokens is no longer there.",
                "Sign in again: `folkmoot auth login`.",
            )),
        }
    }

    /// A sign-in by what a command printed. The token itself tells who and what for, if it is not opaque.
    pub fn of_printed(&self, method: Method, printed: Printed) -> Kept {
        let facts = Facts::of(printed.token.expose_secret()).unwrap_or_default();
        Kept {
            scopes: scopes::granted(facts.scopes(), self.resource().as_deref()),
            who: facts.who(),
            access_token: printed.token,
            refresh_token: None,
            expires_at: printed.expires_at,
            authority: self.account.login_url.clone(),
            tenant: self.account.tenant.clone(),
            client_id: self.account.client_id.clone().unwrap_or_default(),
            method: method.name().to_owned(),
            signed_in_at: Timestamp::now(),
            demanded: None,
        }
    }

    /// A token for the refresh token.
    async fn refreshed(
        &self,
        mut kept: Kept,
        locked: &mut Locked,
        rejected: Option<&SecretString>,
    ) -> Result<Token, Problem> {
        let failure = match self.refresh(&kept).await {
            Ok(grant) => {
                let kept = self.with_grant(kept, grant);
                // On disk before it is used: the refresh token before it may be good no longer.
                keep(locked, &kept).await;
                tracing::info!(expires_at = %kept.expires_at, "renewed the sign-in");
                return Ok(self.take(kept));
            }
            Err(failure) => failure,
        };
        let now = Timestamp::now();
        let is_challenged = kept.demanded.is_some() || is_same(&kept.access_token, rejected);
        let is_still_good = kept.expires_at > now && !is_challenged;
        if let Failure::Refused(refusal) = &failure
            && let Some(claims) = &refusal.claims
            && refusal.needs_person()
        {
            kept.demanded = Some(Claims(claims.clone()));
            keep(locked, &kept).await;
        }
        let (ends, expires_at) = (!matches!(failure, Failure::Unknown(_)), kept.expires_at);
        let problem = self.refused(&kept, failure);
        tracing::warn!(%problem, "the sign-in was not renewed");
        if !is_still_good {
            return Err(problem);
        }
        // The token in hand is good for some minutes yet.
        let token = self.take(kept);
        let later = now.saturating_add(PAUSE).unwrap_or(now);
        self.make_do(if ends { expires_at } else { later.min(expires_at) });
        Ok(token)
    }

    async fn refresh(&self, kept: &Kept) -> Result<Grant, Failure> {
        let Some(refresh_token) = &kept.refresh_token else {
            return Err(Failure::Final(Problem::new(
                ProblemKind::SignIn,
                "Your sign-in has ended, and the sign-in service gave nothing to renew it with.",
                "Sign in again.",
            )));
        };
        if let Some((ended, problem)) = &self.hand().ended
            && is_same(refresh_token, Some(ended))
        {
            return Err(Failure::Final(problem.clone()));
        }
        if kept.demanded.is_some() {
            return Err(Failure::Final(asked_again()));
        }
        let reach = self.reach().await.map_err(Failure::Unknown)?;
        let asking = Asking {
            network: &reach.network,
            authority: &reach.authority,
            client_id: self.account.client_id.as_deref().unwrap_or_default(),
            scopes: self.on_the_wire(&kept.scopes),
            claims: match reach.authority.has_tenants {
                true => Some(claims::parameter(None).map_err(Failure::Final)?),
                false => None,
            },
            redirect: self.account.redirect,
            login_hint: None,
        };
        asking.renew(refresh_token).await
    }

    fn with_grant(&self, kept: Kept, grant: Grant) -> Kept {
        let resource = self.resource();
        Kept {
            access_token: grant.access_token,
            refresh_token: grant.refresh_token.or(kept.refresh_token),
            expires_at: grant.expires_at,
            scopes: match grant.scopes {
                Some(granted) => scopes::granted(granted.iter().map(String::as_str), resource.as_deref()),
                None => kept.scopes,
            },
            ..kept
        }
    }

    /// Puts a failed renewal into words, and remembers a refresh token that has ended. The sign-in stays as it is until
    /// another takes its place.
    fn refused(&self, kept: &Kept, failure: Failure) -> Problem {
        match failure {
            Failure::Unknown(problem) | Failure::Unfit(problem) | Failure::Final(problem) => problem,
            Failure::Refused(refusal) => {
                let mut problem = explain(&refusal, &self.about());
                if refusal.needs_person() {
                    problem.kind = ProblemKind::SignIn;
                    self.hand().ended = kept.refresh_token.clone().map(|token| (token, problem.clone()));
                }
                problem
            }
        }
    }
}

/// What a person is told when Graph, or the authority, has demanded another sign-in.
pub(in crate::auth) fn asked_again() -> Problem {
    Problem::new(
        ProblemKind::SignIn,
        "Your organisation asks you to sign in again, to prove more or because something has changed.",
        "Sign in again: `folkmoot auth login`.",
    )
}

/// A command has given the token again that Graph has refused.
pub(super) fn no_newer() -> Problem {
    Problem::new(
        ProblemKind::SignIn,
        "Graph no longer accepts the token, and there is no newer one to be had the same way.",
        "Sign in again there, or here in another way: `folkmoot auth login --method browser`.",
    )
}

/// Keeps a sign-in. Where that fails, the vault holds it in memory for this run, and says so when asked.
pub(super) async fn keep(locked: &mut Locked, kept: &Kept) {
    if let Err(problem) = locked.write(kept).await {
        tracing::warn!(%problem, "the sign-in is held in memory only");
    }
}
