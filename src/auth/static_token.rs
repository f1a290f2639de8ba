//! A token that was got elsewhere and cannot be renewed.

use std::future::ready;
use std::sync::Arc;

use aws_lc_rs::digest;
use secrecy::{ExposeSecret, SecretString};

use super::identity::Facts;
use super::scopes;
use crate::protocol::{Claims, Holder, HolderFuture, Problem, ProblemKind, Token, TokenFuture, TokenSource};

/// One access token for the whole run. `Debug` does not tell it.
#[derive(Debug, Clone)]
pub struct StaticToken {
    token: SecretString,
    origin: Origin,
    /// What it tells to be granted; `None` where it tells nothing.
    granted: Option<Arc<[String]>>,
}

/// Where the token came from, which decides what to do when it is no longer good.
#[derive(Debug, Clone, Copy)]
enum Origin {
    /// `FOLKMOOT_ACCESS_TOKEN`.
    Environment,
    /// The demo tenant.
    Demo,
}

impl StaticToken {
    /// The token in `FOLKMOOT_ACCESS_TOKEN`.
    ///
    /// # Errors
    /// `SignIn` when it cannot be a bearer token (RFC 6750 §2.1), as with line breaks or quotes that were copied with it.
    pub fn from_environment(token: SecretString) -> Result<Self, Problem> {
        if is_bearer_token(token.expose_secret()) {
            Ok(StaticToken {
                granted: granted(&token),
                token,
                origin: Origin::Environment,
            })
        } else {
            Err(Problem::new(
                ProblemKind::SignIn,
                "FOLKMOOT_ACCESS_TOKEN does not hold an access token.",
                "Set it to the bare token: no quotes, no spaces or line breaks, no `Bearer` before it.",
            ))
        }
    }

    /// The demo tenant's token.
    pub fn for_demo(token: SecretString) -> Self {
        StaticToken {
            token,
            origin: Origin::Demo,
            granted: None,
        }
    }

    fn whose(&self) -> Holder {
        let token = self.token.expose_secret();
        let named = || Facts::of(token)?.who().holder();
        // A token that tells nothing is its own account: the next may be another's.
        let unnamed = || {
            let digest = digest::digest(&digest::SHA256, token.as_bytes());
            let digest: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
            Holder(format!("token {digest}"))
        };
        match self.origin {
            Origin::Demo => Holder("demo".to_owned()),
            Origin::Environment => named().unwrap_or_else(unnamed),
        }
    }
}

impl TokenSource for StaticToken {
    fn holder(&self) -> HolderFuture<'_> {
        Box::pin(ready(Some(self.whose())))
    }

    fn token(&self) -> TokenFuture<'_> {
        let token = Token {
            secret: self.token.clone(),
            holder: Some(self.whose()),
        };
        Box::pin(ready(Ok(token)))
    }

    fn renew<'a>(&'a self, _rejected: &'a Token, _demanded: Option<&'a Claims>) -> TokenFuture<'a> {
        let (what, next) = match self.origin {
            Origin::Environment => (
                "Graph no longer accepts the access token.",
                "Get a new one, set FOLKMOOT_ACCESS_TOKEN to it, and start folkmoot again.",
            ),
            Origin::Demo => (
                "The demo tenant no longer accepts its access token.",
                "Start folkmoot --demo again.",
            ),
        };
        Box::pin(ready(Err(Problem::new(ProblemKind::SignIn, what, next))))
    }

    fn granted(&self) -> Option<Arc<[String]>> {
        self.granted.clone()
    }
}

/// The scopes that a token tells: an opaque one tells none, nor does one of an application by itself.
fn granted(token: &SecretString) -> Option<Arc<[String]>> {
    let facts = Facts::of(token.expose_secret())?;
    let granted = scopes::granted(facts.scopes(), None);
    (!granted.is_empty()).then(|| granted.into())
}

/// `b64token` of RFC 6750 §2.1.
pub(super) fn is_bearer_token(token: &str) -> bool {
    let bare = token.trim_end_matches('=');
    !bare.is_empty() && bare.chars().all(|c| c.is_ascii_alphanumeric() || "-._~+/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "eyJ0eXAi.payload-_~+/.sig==";

    fn from_environment(token: &str) -> Result<StaticToken, Problem> {
        StaticToken::from_environment(SecretString::from(token))
    }

    #[tokio::test]
    async fn it_hands_out_the_token_every_time() {
        for source in [
            from_environment(TOKEN).unwrap(),
            StaticToken::for_demo(SecretString::from(TOKEN)),
        ] {
            for _ in 0..2 {
                assert_eq!(source.token().await.unwrap().expose_secret(), TOKEN);
            }
        }
    }

    #[tokio::test]
    async fn whose_it_is_does_not_change_with_the_token() {
        // Tokens with the claims tid, oid and exp in the middle: Mira twice, Ivo, and Mira of another tenant.
        let holder = async |claims: &str| {
            let token = from_environment(&format!("e30.{claims}.c2ln")).unwrap();
            token.holder().await.unwrap()
        };
        let mira = holder("eyJ0aWQiOiJ0Iiwib2lkIjoibWlyYSIsImV4cCI6MX0").await;
        assert_eq!(mira.0, "t mira");
        assert_eq!(mira, holder("eyJ0aWQiOiJ0Iiwib2lkIjoibWlyYSIsImV4cCI6Mn0").await);
        assert_ne!(mira, holder("eyJ0aWQiOiJ0Iiwib2lkIjoiaXZvIn0").await);
        assert_ne!(mira, holder("eyJ0aWQiOiJ1Iiwib2lkIjoibWlyYSJ9").await);
        let holder = async |token: &str| from_environment(token).unwrap().holder().await.unwrap();
        let (one, another) = (holder("opaque").await, holder("opaque2").await);
        assert_ne!(one, another);
        assert_eq!(one, holder("opaque").await);
        assert!(!one.0.contains("opaque"), "{one:?}");
    }

    #[test]
    fn it_tells_what_was_granted_unless_it_is_opaque() {
        // The claim scp in the middle: "openid User.Read Group.ReadWrite.All", and an empty one.
        let granted = |token: &str| from_environment(token).unwrap().granted();
        let told = granted("e30.eyJzY3AiOiJvcGVuaWQgVXNlci5SZWFkIEdyb3VwLlJlYWRXcml0ZS5BbGwifQ.c2ln");
        assert_eq!(
            told.as_deref(),
            Some(&["User.Read".to_owned(), "Group.ReadWrite.All".to_owned()][..])
        );
        for opaque in ["e30.eyJzY3AiOiIifQ.c2ln", "e30.e30.c2ln", "opaque", TOKEN] {
            assert_eq!(granted(opaque), None, "{opaque}");
        }
    }

    #[tokio::test]
    async fn a_refused_token_is_a_problem_of_signing_in() {
        let refused = SecretString::from(TOKEN);
        for (source, next) in [
            (from_environment(TOKEN).unwrap(), "FOLKMOOT_ACCESS_TOKEN"),
            (StaticToken::for_demo(refused.clone()), "folkmoot --demo"),
        ] {
            let problem = source.renew(&refused.clone().into(), None).await.unwrap_err();
            assert_eq!(problem.kind, ProblemKind::SignIn);
            assert!(problem.next.as_str().contains(next), "{problem}");
            assert!(!format!("{problem:?} {problem}").contains("eyJ0"), "{problem:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_without_repeating_it() {
        for token in [
            "",
            "=",
            "\"eyJ0.x\"",
            "Bearer eyJ0.x",
            "eyJ0\r\nX-Evil: 1",
            "eyJ0山",
            "eyJ0\u{1b}[2J",
            "eyJ0=x",
        ] {
            let problem = from_environment(token).unwrap_err();
            assert_eq!(problem.kind, ProblemKind::SignIn);
            assert!(!format!("{problem:?}").contains("eyJ0"), "{problem:?}");
        }
    }

    #[test]
    fn debug_does_not_tell_the_token() {
        let debug = format!("{:?}", from_environment(TOKEN).unwrap());
        assert!(debug.contains("REDACTED") && !debug.contains("eyJ0"), "{debug}");
    }
}
