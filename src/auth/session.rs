//! A profile's sign-in: got once by the person, then handed out and renewed without them.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::OnceCell;
use url::Url;

use super::authority::{Address, Authority, discover};
use super::codes::About;
use super::network::Network;
use super::vault::{Kept, Place, Vault};
use super::{renewal, scopes};
use crate::config::{Account, Cloud, Surroundings};
use crate::domain::Text;
use crate::protocol::{Claims, HolderFuture, Method, Problem, ProblemKind, Standing, Token, TokenFuture, TokenSource};

/// How long before its end a token is renewed, at most.
const AHEAD: i64 = 5 * 60;
/// Several programs do not renew in the same second: each is up to this much earlier.
const JITTER: i64 = 60;

/// The sign-in of one profile. It does nothing until it is asked for a token, or to sign in. `Debug` tells no secret.
pub struct Session {
    pub(super) inner: Arc<Inner>,
}

/// What the session shares with the tasks that renew it.
pub(super) struct Inner {
    pub account: Account,
    pub around: Surroundings,
    folder: PathBuf,
    vault: OnceCell<Vault>,
    reach: OnceCell<Reach>,
    hand: Mutex<Hand>,
    /// Held while tokens are renewed: one at a time.
    pub turn: tokio::sync::Mutex<()>,
}

/// The way to the authority, found once in a run.
pub(super) struct Reach {
    pub network: Network,
    pub authority: Authority,
}

/// What is in hand.
#[derive(Default)]
pub(super) struct Hand {
    kept: Option<Kept>,
    /// From then on another token is asked for.
    renew_at: Timestamp,
    granted: Option<Arc<[String]>>,
    /// A refresh token that the authority has refused, and how. It is not tried again.
    pub ended: Option<(SecretString, Problem)>,
}

impl Session {
    /// The session of an account, whose profile keeps its files in `folder`. It touches neither disk nor network.
    pub fn new(account: Account, around: Surroundings, folder: PathBuf) -> Arc<Self> {
        Arc::new(Session {
            inner: Arc::new(Inner {
                account,
                around,
                folder,
                vault: OnceCell::new(),
                reach: OnceCell::new(),
                hand: Mutex::default(),
                turn: tokio::sync::Mutex::default(),
            }),
        })
    }

    /// The account that it is for.
    pub fn account(&self) -> &Account {
        &self.inner.account
    }

    /// The sign-in as it is kept; `None` when nobody is signed in. It asks the disk and the keyring, never the network.
    ///
    /// # Errors
    /// As [`Vault::read`].
    pub async fn status(&self) -> Result<Option<Standing>, Problem> {
        let vault = self.inner.vault().await;
        let Some(kept) = vault.read().await?.filter(|kept| self.inner.is_ours(kept)) else {
            return Ok(None);
        };
        let method = Method::NAMES.iter().find(|(_, name)| *name == kept.method);
        let method = method.map(|(method, _)| *method);
        let tenant = Some(kept.who.tenant_id.as_str()).filter(|id| !id.is_empty());
        Ok(Some(Standing {
            name: kept.who.name,
            address: kept.who.address,
            tenant: Text::new(tenant.unwrap_or(&kept.tenant)),
            graph_url: Text::new(&self.inner.account.graph_url),
            method,
            kept: Text::new(&vault.place().to_string()),
            notice: match kept.demanded {
                Some(_) => Some(Text::new(&renewal::asked_again().to_string())),
                None => vault.notice(),
            },
            expires_at: Some(kept.expires_at),
            renewable: kept.refresh_token.is_some() || method.is_some_and(Method::is_command),
            scopes: kept.scopes,
        }))
    }

    /// Signs out: removes the tokens. Whether there were any.
    ///
    /// # Errors
    /// When something of them stays behind.
    pub async fn sign_out(&self) -> Result<bool, Problem> {
        let _turn = self.inner.turn.lock().await;
        *self.inner.hand() = Hand::default();
        self.inner.vault().await.sign_out().await
    }

    /// Whether a sign-in is kept, or would be, beyond the end of this run.
    pub async fn outlives_this_run(&self) -> bool {
        self.inner.vault().await.place() != Place::Memory
    }
}

impl TokenSource for Session {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async {
            match self.inner.in_hand(None) {
                Some(token) => Ok(token),
                None => self.renewed(None, None).await,
            }
        })
    }

    fn renew<'a>(&'a self, rejected: &'a Token, demanded: Option<&'a Claims>) -> TokenFuture<'a> {
        Box::pin(async move {
            let rejected = &rejected.secret;
            if let Some(token) = self.inner.in_hand(Some(rejected)) {
                return Ok(token);
            }
            self.renewed(Some(rejected.clone()), demanded.cloned()).await
        })
    }

    fn holder(&self) -> HolderFuture<'_> {
        Box::pin(async {
            // Where it cannot be read, whoever asks for a token is told why.
            let kept = self.inner.vault().await.read().await.ok().flatten()?;
            self.inner.is_ours(&kept).then(|| kept.who.holder()).flatten()
        })
    }

    fn granted(&self) -> Option<Arc<[String]>> {
        self.inner.hand().granted.clone()
    }
}

impl Session {
    /// A renewal in a task of its own: whoever waits may give up, but a refresh token that has been used must not go
    /// without the next one being kept.
    async fn renewed(&self, rejected: Option<SecretString>, demanded: Option<Claims>) -> Result<Token, Problem> {
        let inner = Arc::clone(&self.inner);
        let renewal = tokio::spawn(async move { inner.renewed(rejected.as_ref(), demanded).await });
        renewal.await.unwrap_or_else(|_| {
            Err(Problem::new(
                ProblemKind::General,
                "Renewing the sign-in broke off.",
                "Try again.",
            ))
        })
    }
}

impl Hand {
    /// Whether this is the token in hand.
    pub fn is_kept(&self, token: &SecretString) -> bool {
        is_same(token, self.kept.as_ref().map(|kept| &kept.access_token))
    }
}

impl Inner {
    /// The place of the sign-in, opened at first need.
    pub async fn vault(&self) -> &Vault {
        self.vault
            .get_or_init(|| Vault::open(self.account.keep, self.folder.clone(), self.account.profile.as_str()))
            .await
    }

    /// The way to the authority, found at first need. A failure is not remembered.
    pub async fn reach(&self) -> Result<&Reach, Problem> {
        self.reach
            .get_or_try_init(|| async {
                let login = Url::parse(&self.account.login_url).map_err(|_| {
                    Problem::new(
                        ProblemKind::Config,
                        "The login address is not a URL.",
                        "Change login_url in the profile, or FOLKMOOT_LOGIN_URL.",
                    )
                })?;
                let network = Network::new(&login)?;
                let address = Address {
                    login: &login,
                    tenant: &self.account.tenant,
                    client_id: self.account.client_id.as_deref().unwrap_or_default(),
                    is_microsoft: self.account.cloud != Cloud::Custom,
                };
                let authority = discover(&network, &address).await?;
                Ok(Reach { network, authority })
            })
            .await
    }

    pub fn hand(&self) -> MutexGuard<'_, Hand> {
        self.hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token in hand, where it is not near its end and not the rejected one.
    pub fn in_hand(&self, rejected: Option<&SecretString>) -> Option<Token> {
        let hand = self.hand();
        let kept = hand.kept.as_ref()?;
        (Timestamp::now() < hand.renew_at && !is_same(&kept.access_token, rejected)).then(|| kept.token())
    }

    /// Takes a sign-in in hand, and gives its token.
    pub fn take(&self, kept: Kept) -> Token {
        let token = kept.token();
        let left = kept.expires_at.duration_since(Timestamp::now()).as_secs().max(0);
        // Where a token is short-lived, half its life.
        let ahead = (AHEAD + fastrand::i64(0..JITTER)).min(left / 2);
        let mut hand = self.hand();
        hand.renew_at = kept
            .expires_at
            .checked_sub(SignedDuration::from_secs(ahead))
            .unwrap_or(kept.expires_at);
        // Where the authority has told of none of Graph's scopes, as one that is not Microsoft's may, nothing is known.
        hand.granted = Some(kept.scopes.clone().into()).filter(|scopes: &Arc<[String]>| !scopes.is_empty());
        hand.kept = Some(kept);
        token
    }

    /// Hands the token out no more.
    pub fn let_go(&self) {
        self.hand().kept = None;
    }

    /// Does not ask for another token until this one has ended, or for a while.
    pub fn make_do(&self, until: Timestamp) {
        self.hand().renew_at = until;
    }

    /// Whether a sign-in that was kept is one of this account as it is configured now.
    pub fn is_ours(&self, kept: &Kept) -> bool {
        let by_command = Method::NAMES
            .iter()
            .any(|(method, name)| method.is_command() && *name == kept.method);
        let id = self.account.client_id.as_deref().unwrap_or_default();
        kept.authority == self.account.login_url
            && kept.tenant == self.account.tenant
            && (by_command || kept.client_id == id)
    }

    /// The service whose scopes are asked for; `None` where scopes have names of their own.
    pub fn resource(&self) -> Option<String> {
        (self.account.cloud != Cloud::Custom).then(|| self.account.resource())
    }

    /// As scopes are sent. The global cloud takes bare names as Graph's; the national ones want the address before them.
    pub fn on_the_wire(&self, wanted: &[String]) -> Vec<oauth2::Scope> {
        let prefix = self.resource().filter(|_| self.account.cloud != Cloud::Global);
        scopes::on_the_wire(wanted, prefix.as_deref())
    }

    /// For the words of a refusal.
    pub fn about(&self) -> About {
        About {
            client_id: self.account.client_id.clone().unwrap_or_default(),
            tenant: self.account.tenant.clone(),
        }
    }
}

/// Whether it is the token that was rejected.
pub(super) fn is_same(token: &SecretString, rejected: Option<&SecretString>) -> bool {
    rejected.is_some_and(|rejected| rejected.expose_secret() == token.expose_secret())
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("profile", &self.inner.account.profile)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::config::{Loopback, Profile};
    use crate::protocol::Keep;

    /// An account at a custom address.
    pub fn account(login: &str) -> Account {
        Account {
            profile: Profile::default(),
            cloud: Cloud::Custom,
            graph_url: format!("{login}/v1.0"),
            login_url: login.to_owned(),
            tenant: "organizations".to_owned(),
            client_id: Some("app".to_owned()),
            scopes: Vec::new(),
            method: None,
            token_command: None,
            keep: Keep::Memory,
            redirect: Loopback::default(),
        }
    }

    fn session(cloud: Cloud, graph: &str) -> Arc<Session> {
        let account = Account {
            cloud,
            graph_url: graph.to_owned(),
            ..account("https://login.example")
        };
        Session::new(account, Surroundings::default(), PathBuf::new())
    }

    #[test]
    fn scopes_carry_the_address_of_a_national_cloud_only() {
        for (cloud, graph, expected) in [
            (Cloud::Global, "https://graph.microsoft.com/v1.0", "User.Read"),
            (
                Cloud::China,
                "https://microsoftgraph.chinacloudapi.cn/v1.0",
                "https://microsoftgraph.chinacloudapi.cn/User.Read",
            ),
            (Cloud::Custom, "http://127.0.0.1:1/v1.0", "User.Read"),
        ] {
            let scopes = session(cloud, graph).inner.on_the_wire(&["User.Read".to_owned()]);
            assert_eq!(scopes.last().unwrap().as_str(), expected);
        }
    }

    #[test]
    fn debug_tells_no_more_than_the_profile() {
        let debug = format!("{:?}", session(Cloud::Custom, "http://127.0.0.1:1"));
        assert!(debug.starts_with("Session { profile"), "{debug}");
    }
}
