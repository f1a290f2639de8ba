//! Who a token is about. Nothing here decides what anybody may do: an ID token comes straight from the token endpoint
//! over TLS, which stands for its signature (OpenID Connect Core §3.1.3.7), and an access token is read for display and
//! timing alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;

use super::vault::Who;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// What an ID token must say.
pub(super) struct Expected<'a> {
    /// Our `client_id`, the audience.
    pub client_id: &'a str,
    /// The `nonce` that was sent, where one was.
    pub nonce: Option<&'a str>,
    /// The issuer by the authority's metadata; it may hold `{tenantid}`.
    pub issuer: &'a str,
}

/// The claims that are read, of an ID token or an access token.
#[derive(Deserialize, Default)]
pub(super) struct Facts {
    iss: Option<String>,
    aud: Option<OneOrMore>,
    azp: Option<String>,
    nonce: Option<String>,
    exp: Option<f64>,
    name: Option<String>,
    preferred_username: Option<String>,
    upn: Option<String>,
    unique_name: Option<String>,
    email: Option<String>,
    oid: Option<String>,
    sub: Option<String>,
    tid: Option<String>,
    scp: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Facts {
    /// Reads the claims of a JWT; `None` where it is none, as an opaque access token.
    pub fn of(token: &str) -> Option<Self> {
        let mut parts = token.split('.');
        let (_header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// When it ends.
    pub fn expires_at(&self) -> Option<Timestamp> {
        #[expect(clippy::cast_possible_truncation, reason = "a cast of a float saturates")]
        Timestamp::from_second(self.exp? as i64).ok()
    }

    /// The scopes of an access token of Entra's.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scp.as_deref().unwrap_or_default().split_whitespace()
    }

    /// Who it is about.
    pub fn who(&self) -> Who {
        let first = |claims: &[&Option<String>]| {
            claims
                .iter()
                .find_map(|claim| claim.as_deref().filter(|value| !value.is_empty()))
                .unwrap_or_default()
                .to_owned()
        };
        let address = first(&[&self.preferred_username, &self.upn, &self.email, &self.unique_name]);
        let id = first(&[&self.oid, &self.sub]);
        let name = first(&[&self.name, &Some(address.clone()), &Some(id.clone())]);
        Who {
            name: Text::new(&name),
            address: Text::new(&address),
            id,
            tenant_id: first(&[&self.tid]),
        }
    }

    /// Whether the issuer meant it for us and for this sign-in.
    fn fits(&self, expected: &Expected<'_>) -> Result<(), &'static str> {
        let issuer = expected
            .issuer
            .replace("{tenantid}", self.tid.as_deref().unwrap_or_default());
        if self.iss.as_deref() != Some(issuer.as_str()) {
            return Err("it comes from another issuer");
        }
        let for_us = match &self.aud {
            Some(OneOrMore::One(aud)) => aud == expected.client_id,
            Some(OneOrMore::More(all)) => {
                let alone = all.len() == 1 || self.azp.as_deref() == Some(expected.client_id);
                alone && all.iter().any(|aud| aud == expected.client_id)
            }
            None => false,
        };
        if !for_us {
            return Err("it is meant for another application");
        }
        if expected.nonce.is_some() && self.nonce.as_deref() != expected.nonce {
            return Err("it answers another sign-in");
        }
        Ok(())
    }
}

/// Who has signed in, by the ID token.
///
/// # Errors
/// `SignIn` when it is not one for us and for this sign-in.
pub(super) fn read(id_token: &str, expected: &Expected<'_>) -> Result<Who, Problem> {
    let facts = Facts::of(id_token).ok_or("it cannot be read");
    facts
        .and_then(|facts| facts.fits(expected).map(|()| facts.who()))
        .map_err(|why| {
            Problem::new(
                ProblemKind::SignIn,
                &format!("The sign-in service's word on who has signed in is not to be trusted: {why}."),
                "Check the profile's login address and client id, and sign in again.",
            )
        })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn jwt(claims: &Value) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()))
    }

    fn entra() -> Value {
        json!({
            "iss": "https://login.microsoftonline.com/72f9/v2.0", "aud": "app", "nonce": "n", "tid": "72f9",
            "oid": "o-1", "sub": "s-1", "name": "山田 \u{1b}[2Jさくら", "preferred_username": "sakura@contoso.com",
            "exp": 1_900_000_000
        })
    }

    fn read_with(change: impl FnOnce(&mut Value)) -> Result<Who, Problem> {
        let mut claims = entra();
        change(&mut claims);
        let expected = Expected {
            client_id: "app",
            nonce: Some("n"),
            issuer: "https://login.microsoftonline.com/{tenantid}/v2.0",
        };
        read(&jwt(&claims), &expected)
    }

    #[test]
    fn an_id_token_tells_who_signed_in() {
        let who = read_with(|_| ()).unwrap();
        assert_eq!((who.id.as_str(), who.tenant_id.as_str()), ("o-1", "72f9"));
        assert_eq!(who.address.as_str(), "sakura@contoso.com");
        assert!(!who.name.as_str().contains('\u{1b}'), "{:?}", who.name);
        let many = read_with(|claims| claims["aud"] = json!(["app"]));
        assert!(many.is_ok());
    }

    #[test]
    fn one_for_somebody_else_is_refused_and_not_repeated() {
        for (claim, value) in [
            ("iss", json!("https://login.microsoftonline.com/other/v2.0")),
            ("iss", Value::Null),
            ("aud", json!("another")),
            ("aud", json!(["app", "another"])),
            ("aud", Value::Null),
            ("nonce", json!("m")),
            ("nonce", Value::Null),
            ("tid", json!("other")),
        ] {
            let problem = read_with(|claims| claims[claim] = value).unwrap_err();
            assert_eq!(problem.kind, ProblemKind::SignIn, "{claim}");
            assert!(!problem.to_string().contains("another/"), "{problem}");
        }
        for text in ["", "a", "a.b", "a.!.c", "e30.W10.x"] {
            let expected = Expected {
                client_id: "app",
                nonce: None,
                issuer: "i",
            };
            assert!(read(text, &expected).is_err(), "{text}");
        }
    }

    #[test]
    fn a_token_without_names_is_told_by_what_it_has() {
        let facts = Facts::of(&jwt(&json!({ "sub": "user-7", "exp": 1e300 }))).unwrap();
        assert_eq!(facts.who().name.as_str(), "user-7");
        assert_eq!(facts.expires_at(), None);
        let facts = Facts::of(&jwt(
            &json!({ "scp": "User.Read  Group.Read.All", "exp": 1_900_000_000 }),
        ))
        .unwrap();
        assert_eq!(facts.scopes().collect::<Vec<_>>(), ["User.Read", "Group.Read.All"]);
        assert_eq!(facts.expires_at().map(Timestamp::as_second), Some(1_900_000_000));
        assert!(Facts::of("opaque").is_none());
    }
}
