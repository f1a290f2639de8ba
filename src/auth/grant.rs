//! What the token endpoint gives, and the client of the `oauth2` library that asks it.
//!
//! What is ours is wiped when it is let go of: a [`Grant`], what is kept of it, and the bytes that are read from and
//! written to file and keyring. What is not ours cannot be: the HTTP library's buffers, the TLS library's, the answer
//! that the `oauth2` library parses with serde, and its own strings for tokens and codes. They are freed as soon as an
//! exchange ends, unwiped, and live no longer than that.

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthUrl, ClientId, EndpointNotSet, EndpointSet, ExtraTokenFields, RefreshToken, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::authority::Authority;
use super::identity::Facts;
use super::network::{Failure, Network};
use crate::config::Loopback;
use crate::protocol::{Problem, ProblemKind};

/// How long a token is taken to be good where nothing says it.
const UNSAID: SignedDuration = SignedDuration::from_hours(1);
/// No token is good for longer, whatever is said.
const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The library's client, for an authority with an authorization and a token endpoint.
pub(super) type Client = oauth2::Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The answer of the token endpoint.
pub(super) type Answer = StandardTokenResponse<IdToken, BasicTokenType>;

/// The ID token in an answer. `Debug` does not tell it.
#[derive(Deserialize, Serialize)]
pub(super) struct IdToken {
    #[serde(skip_serializing)]
    id_token: Option<String>,
}

impl ExtraTokenFields for IdToken {}

impl fmt::Debug for IdToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdToken([redacted])")
    }
}

/// What every request of one sign-in has in common.
pub(super) struct Asking<'a> {
    /// The way to the authority.
    pub network: &'a Network,
    /// Its endpoints.
    pub authority: &'a Authority,
    /// Our id there.
    pub client_id: &'a str,
    /// As they are sent.
    pub scopes: Vec<Scope>,
    /// The `claims` parameter.
    pub claims: Option<String>,
    /// What the browser is to call this machine.
    pub redirect: Loopback,
    /// The address of the person who is signed in already, where the same person is asked for more.
    pub login_hint: Option<String>,
}

impl Asking<'_> {
    /// The library's client.
    pub fn client(&self) -> Client {
        oauth2::Client::new(ClientId::new(self.client_id.to_owned()))
            .set_auth_uri(AuthUrl::from_url(self.authority.authorize.clone()))
            .set_token_uri(TokenUrl::from_url(self.authority.token.clone()))
    }

    /// What is added to each request besides what OAuth defines.
    pub fn extra(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.claims.clone().map(|claims| ("claims", claims)).into_iter()
    }

    /// Renews a sign-in (RFC 6749 §6).
    pub async fn renew(&self, refresh_token: &SecretString) -> Result<Grant, Failure> {
        let client = self.client();
        let refresh_token = RefreshToken::new(refresh_token.expose_secret().to_owned());
        let exchange = self.network.exchange();
        let mut request = client.exchange_refresh_token(&refresh_token);
        if self.authority.has_tenants {
            // Without them Entra gives no next refresh token. Elsewhere their absence means the same scopes as before.
            request = request.add_scopes(self.scopes.iter().cloned());
        }
        for (name, value) in self.extra() {
            request = request.add_extra_param(name, value);
        }
        let answer = request.request_async(&exchange).await;
        Grant::new(answer.map_err(|error| exchange.failure(error))?)
    }
}

/// Tokens, fresh from the authority. `Debug` does not tell them.
pub(super) struct Grant {
    /// The access token.
    pub access_token: SecretString,
    /// The next refresh token, where there is one.
    pub refresh_token: Option<SecretString>,
    /// When the access token ends, counted from its arrival.
    pub expires_at: Timestamp,
    /// The granted scopes; `None` means those that were asked for.
    pub scopes: Option<Vec<String>>,
    /// The ID token.
    pub id_token: Option<SecretString>,
}

impl Grant {
    /// Reads an answer that has just arrived.
    pub fn new(answer: Answer) -> Result<Self, Failure> {
        if *answer.token_type() != BasicTokenType::Bearer {
            return Err(Failure::Final(Problem::new(
                ProblemKind::Server,
                "The sign-in service gives tokens of a kind that Graph does not take.",
                "Check the profile's login address.",
            )));
        }
        let access_token = answer.access_token().secret();
        Ok(Grant {
            expires_at: end(answer.expires_in(), access_token, Timestamp::now()),
            access_token: SecretString::from(access_token.as_str()),
            refresh_token: answer
                .refresh_token()
                .map(|token| SecretString::from(token.secret().as_str())),
            scopes: answer
                .scopes()
                .map(|scopes| scopes.iter().map(|scope| scope.to_string()).collect()),
            id_token: answer.extra_fields().id_token.as_deref().map(SecretString::from),
        })
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("expires_at", &self.expires_at)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// When a token ends that has come `now`: as the answer says, else as the token says.
pub(super) fn end(expires_in: Option<Duration>, access_token: &str, now: Timestamp) -> Timestamp {
    let said = expires_in.map(|span| SignedDuration::try_from(span).unwrap_or(LONGEST));
    let span = said.or_else(|| Some(Facts::of(access_token)?.expires_at()?.duration_since(now)));
    now.saturating_add(span.unwrap_or(UNSAID).min(LONGEST)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(json: &str) -> Answer {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_answer_is_read_and_not_told() {
        let answer = answer(
            r#"{"token_type":"Bearer","scope":"User.Read openid","expires_in":3599,"access_token":"ey.AT","refresh_token":"0.RT","id_token":"ey.ID"}"#,
        );
        let debug = format!("{answer:?}");
        let grant = Grant::new(answer).unwrap();
        assert_eq!(grant.access_token.expose_secret(), "ey.AT");
        assert_eq!(grant.refresh_token.as_ref().unwrap().expose_secret(), "0.RT");
        assert_eq!(grant.scopes.as_deref().unwrap(), ["User.Read", "openid"]);
        let told = format!("{debug} {grant:?}");
        assert!(!told.contains("ey.") && !told.contains("0.RT"), "{told}");
    }

    #[test]
    fn a_token_of_another_kind_is_refused() {
        let pop = answer(r#"{"token_type":"pop","access_token":"x"}"#);
        assert!(matches!(Grant::new(pop), Err(Failure::Final(_))));
    }

    #[test]
    fn an_end_is_known_even_where_nothing_says_it() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let after = |expires_in, token| end(expires_in, token, now).duration_since(now).as_secs();
        assert_eq!(after(Some(Duration::from_secs(60)), "opaque"), 60);
        assert_eq!(after(None, "opaque"), 3600);
        assert_eq!(after(None, "e30.eyJleHAiOjE4MDAwMDAwNTB9.x"), 50);
        assert_eq!(after(Some(Duration::MAX), "opaque"), LONGEST.as_secs());
    }
}
