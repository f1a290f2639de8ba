//! Signing in: one way after another, until one works.

use jiff::Timestamp;
use secrecy::ExposeSecret;
use tokio::sync::mpsc;

use super::browser;
use super::codes::{OAuthRefusal, explain};
use super::grant::{Asking, Grant};
use super::identity::{self, Expected, Facts};
use super::network::Failure;
use super::renewal::{keep, no_newer};
use super::session::{Hand, Inner, Reach, Session, is_same};
use super::vault::{Kept, Who};
use super::ways::{Way, ways};
use super::{claims, device, scopes};
use crate::domain::Text;
use crate::protocol::{Method, Problem, SignIn, SignInStep};

/// Tells a step to whoever watches.
type Tell<'a> = &'a (dyn Fn(SignInStep) + Send + Sync);

/// Refusals of one way that say nothing about another. Blocked by conditional access, which may allow the browser; not
/// allowed to be a public client, or to use this grant.
const ANOTHER_WAY_CODES: [u64; 6] = [53003, 53000, 53001, 530_032, 530_034, 7_000_218];
/// An application or a tenant that is not there is not there in any way.
const NO_WAY_CODES: [u64; 2] = [700_016, 90_002];
const ANOTHER_WAY_ERRORS: [&str; 3] = ["unauthorized_client", "unsupported_grant_type", "invalid_client"];

impl Session {
    /// Signs in. Each step is told, [`SignInStep::SignedIn`] or [`SignInStep::Failed`] last. `pasted` brings the address
    /// that a browser elsewhere has ended on. Dropping the future cancels it, and leaves an earlier sign-in as it was.
    ///
    /// # Errors
    /// The problem that was told last.
    pub async fn sign_in(
        &self,
        ask: SignIn,
        mut pasted: mpsc::UnboundedReceiver<String>,
        tell: Tell<'_>,
    ) -> Result<(), Problem> {
        match self.inner.signed_in(&ask, &mut pasted, tell).await {
            Ok(step) => {
                tell(step);
                Ok(())
            }
            Err(problem) => {
                tracing::warn!(%problem, "the sign-in failed");
                tell(SignInStep::Failed(problem.clone()));
                Err(problem)
            }
        }
    }
}

impl Inner {
    async fn signed_in(
        &self,
        ask: &SignIn,
        pasted: &mut mpsc::UnboundedReceiver<String>,
        tell: Tell<'_>,
    ) -> Result<SignInStep, Problem> {
        let before = self.vault().await.read().await.ok().flatten();
        let before = before.filter(|kept| self.is_ours(kept));
        let ways = ways(ask.method.or(self.account.method), &self.account, &self.around)?;
        let mut rest = ways.iter();
        let mut way = rest.next();
        while let Some(now) = way {
            tracing::info!(method = %now.method, "signing in");
            tell(SignInStep::Trying {
                method: now.method,
                why: Text::new(now.why),
            });
            let failure = match self.by(now, ask, before.as_ref(), pasted, tell).await {
                Ok(kept) => return self.keep(kept).await,
                Err(failure) => failure,
            };
            let next = rest.next();
            let may_fall_back = is_of_this_way(&failure);
            let problem = self.in_words(failure);
            let Some(next) = next.filter(|_| may_fall_back) else {
                return Err(problem);
            };
            tell(SignInStep::FellBack {
                from: now.method,
                to: next.method,
                why: problem.what,
            });
            way = Some(next);
        }
        Err(Problem::new(
            crate::protocol::ProblemKind::General,
            "There is no way to sign in here.",
            "Run `folkmoot auth doctor`.",
        ))
    }

    /// Keeps a new sign-in in the place of the one before it.
    async fn keep(&self, kept: Kept) -> Result<SignInStep, Problem> {
        let _turn = self.turn.lock().await;
        let vault = self.vault().await;
        let mut locked = vault.lock().await?;
        keep(&mut locked, &kept).await;
        let who = kept.who.clone();
        *self.hand() = Hand::default();
        self.take(kept);
        tracing::info!(place = %vault.place(), "signed in");
        Ok(SignInStep::SignedIn {
            name: who.name,
            address: who.address,
            kept: Text::new(&vault.place().to_string()),
            notice: vault.notice(),
        })
    }

    /// Signs in one way. The sign-in `before` may say what this one is to prove.
    async fn by(
        &self,
        way: &Way,
        ask: &SignIn,
        before: Option<&Kept>,
        pasted: &mut mpsc::UnboundedReceiver<String>,
        tell: Tell<'_>,
    ) -> Result<Kept, Failure> {
        let demanded = before.and_then(|kept| kept.demanded.as_ref());
        if way.method.is_command() {
            let printed = self.printed(way.method).await.map_err(Failure::Final)?;
            if demanded.is_some() && before.is_some_and(|kept| is_same(&kept.access_token, Some(&printed.token))) {
                return Err(Failure::Final(no_newer()));
            }
            return Ok(self.of_printed(way.method, printed));
        }
        let reach = self.reach().await.map_err(Failure::Final)?;
        // What a command was granted is for another application.
        let before = before.filter(|kept| kept.refresh_token.is_some());
        let granted = before.map(|kept| kept.scopes.as_slice()).unwrap_or_default();
        let resource = self.resource();
        let wanted = scopes::wanted(&self.account.scopes, granted, &ask.scopes, resource.as_deref());
        let wanted = wanted.map_err(Failure::Final)?;
        let claims = match (reach.authority.has_tenants, demanded) {
            (false, None) => None,
            (_, demanded) => Some(claims::parameter(demanded).map_err(Failure::Final)?),
        };
        let asks_for_more = demanded.is_some() || !ask.scopes.is_empty();
        let address = before.map(|kept| kept.who.address.as_str().to_owned());
        let asking = Asking {
            network: &reach.network,
            authority: &reach.authority,
            client_id: self.account.client_id.as_deref().unwrap_or_default(),
            scopes: self.on_the_wire(&wanted),
            claims,
            redirect: self.account.redirect,
            login_hint: address.filter(|address| asks_for_more && !address.is_empty()),
        };
        let (grant, nonce) = match way.method {
            Method::Device => (device::run(&asking, tell).await?, None),
            _ => {
                let (grant, nonce) = browser::run(&asking, &self.around, way.opening, pasted, tell).await?;
                (grant, Some(nonce))
            }
        };
        self.of_grant(way.method, grant, nonce.as_deref(), wanted, reach)
            .map_err(Failure::Final)
    }

    fn of_grant(
        &self,
        method: Method,
        grant: Grant,
        nonce: Option<&str>,
        wanted: Vec<String>,
        reach: &Reach,
    ) -> Result<Kept, Problem> {
        let client_id = self.account.client_id.clone().unwrap_or_default();
        let who = match &grant.id_token {
            Some(id_token) => {
                let expected = Expected {
                    client_id: &client_id,
                    nonce,
                    issuer: &reach.authority.issuer,
                };
                identity::read(id_token.expose_secret(), &expected)?
            }
            None => Facts::of(grant.access_token.expose_secret()).map_or_else(Who::default, |facts| facts.who()),
        };
        let resource = self.resource();
        Ok(Kept {
            scopes: match grant.scopes {
                Some(granted) => scopes::granted(granted.iter().map(String::as_str), resource.as_deref()),
                None => wanted,
            },
            access_token: grant.access_token,
            refresh_token: grant.refresh_token,
            expires_at: grant.expires_at,
            who,
            authority: self.account.login_url.clone(),
            tenant: self.account.tenant.clone(),
            client_id,
            method: method.name().to_owned(),
            signed_in_at: Timestamp::now(),
            demanded: None,
        })
    }

    fn in_words(&self, failure: Failure) -> Problem {
        match failure {
            Failure::Refused(refusal) => explain(&refusal, &self.about()),
            Failure::Unknown(problem) | Failure::Unfit(problem) | Failure::Final(problem) => problem,
        }
    }
}

/// Whether a failure says nothing about another way.
fn is_of_this_way(failure: &Failure) -> bool {
    match failure {
        Failure::Unfit(_) => true,
        Failure::Refused(OAuthRefusal { error, codes, .. }) => {
            let is_any = |of: &[u64]| codes.iter().any(|code| of.contains(code));
            !is_any(&NO_WAY_CODES) && (is_any(&ANOTHER_WAY_CODES) || ANOTHER_WAY_ERRORS.contains(&error.as_str()))
        }
        Failure::Unknown(_) | Failure::Final(_) => false,
    }
}
