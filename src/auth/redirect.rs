//! What a browser brings back: the parameters of the redirect, checked (RFC 6749 §4.1.2, RFC 9207).

use oauth2::{AuthorizationCode, CsrfToken};
use url::Url;

use super::codes::OAuthRefusal;

/// What a redirect must hold.
pub(super) struct Awaited {
    /// Where it was asked to go, such as `http://localhost:41234`.
    pub redirect: Url,
    /// The `state` that was sent.
    pub state: CsrfToken,
    /// Who must have sent it, where the authority tells that in every redirect.
    pub issuer: Option<String>,
}

/// What a redirect brought.
pub(super) enum Brought {
    /// A code, for this sign-in.
    Code(AuthorizationCode),
    /// A refusal, of this sign-in.
    Refused(OAuthRefusal),
}

/// Why something is not the answer that is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotIt {
    #[error("That is no address with the answer of a sign-in.")]
    NoAnswer,
    #[error("That is the answer to another sign-in, or not an answer of the sign-in service at all.")]
    Foreign,
}

impl Awaited {
    /// Reads the query of a redirect, still encoded. An answer with the wrong `state` is not believed, whatever it
    /// holds: any page may send the browser here.
    pub fn read(&self, query: &str) -> Result<Brought, NotIt> {
        let mut parameters: Vec<(String, String)> = Vec::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            // Which of two counts would be a guess (RFC 6749 §3.1).
            if parameters.iter().any(|(have, _)| *have == name) {
                return Err(NotIt::Foreign);
            }
            parameters.push((name.into_owned(), value.into_owned()));
        }
        let value = |name: &str| parameters.iter().find(|(have, _)| have == name).map(|(_, value)| value);
        if value("code").or(value("error")).is_none() {
            return Err(NotIt::NoAnswer);
        }
        // It compares digests, so that the time it takes tells nothing.
        let is_ours = value("state").is_some_and(|state| CsrfToken::new(state.clone()) == self.state);
        let issuer_fits = match (&self.issuer, value("iss")) {
            (Some(expected), told) => told == Some(expected),
            (None, _) => true,
        };
        if !is_ours || !issuer_fits {
            return Err(NotIt::Foreign);
        }
        if let Some(refusal) = OAuthRefusal::from_parameters(parameters.iter().map(|(name, value)| (name, value))) {
            return Ok(Brought::Refused(refusal));
        }
        value("code")
            .map(|code| Brought::Code(AuthorizationCode::new(code.clone())))
            .ok_or(NotIt::NoAnswer)
    }

    /// Reads what a person has pasted: the whole address that the browser ended on, or its query.
    pub fn read_pasted(&self, pasted: &str) -> Result<Brought, NotIt> {
        let pasted = pasted.trim();
        if pasted.contains("://") {
            let url = Url::parse(pasted).map_err(|_| NotIt::NoAnswer)?;
            let is_ours = url.scheme() == self.redirect.scheme()
                && url.host() == self.redirect.host()
                && url.port() == self.redirect.port()
                && url.path() == self.redirect.path();
            return match url.query() {
                Some(query) if is_ours => self.read(query),
                Some(_) => Err(NotIt::Foreign),
                None => Err(NotIt::NoAnswer),
            };
        }
        let query = pasted.split_once('?').map_or(pasted, |(_, query)| query);
        self.read(query.split_once('#').map_or(query, |(query, _)| query))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn awaited(issuer: Option<&str>) -> Awaited {
        Awaited {
            redirect: Url::parse("http://localhost:41234").unwrap(),
            state: CsrfToken::new("st-1+/".to_owned()),
            issuer: issuer.map(str::to_owned),
        }
    }

    fn code(brought: Result<Brought, NotIt>) -> Result<String, NotIt> {
        match brought? {
            Brought::Code(code) => Ok(code.into_secret()),
            Brought::Refused(refusal) => Ok(format!("refused: {}", refusal.error)),
        }
    }

    #[test]
    fn only_this_sign_ins_answer_is_taken() {
        let awaited = awaited(None);
        for (query, expected) in [
            ("code=0.A&state=st-1%2B%2F", Ok("0.A")),
            ("state=st-1%2B%2F&session_state=x&code=0.A", Ok("0.A")),
            ("error=access_denied&state=st-1%2B%2F", Ok("refused: access_denied")),
            (
                "error=access_denied&code=0.A&state=st-1%2B%2F",
                Ok("refused: access_denied"),
            ),
            ("code=0.A&state=other", Err(NotIt::Foreign)),
            ("code=0.A&state=", Err(NotIt::Foreign)),
            ("code=0.A", Err(NotIt::Foreign)),
            ("error=access_denied", Err(NotIt::Foreign)),
            ("error=access_denied&state=other", Err(NotIt::Foreign)),
            ("code=0.A&code=0.B&state=st-1%2B%2F", Err(NotIt::Foreign)),
            ("code=0.A&state=other&state=st-1%2B%2F", Err(NotIt::Foreign)),
            ("state=st-1%2B%2F", Err(NotIt::NoAnswer)),
            ("", Err(NotIt::NoAnswer)),
        ] {
            assert_eq!(code(awaited.read(query)), expected.map(str::to_owned), "{query}");
        }
    }

    #[test]
    fn an_authority_that_tells_who_it_is_must_tell_it_rightly() {
        let awaited = awaited(Some("https://a.example"));
        for (told, is_good) in [
            ("&iss=https%3A%2F%2Fa.example", true),
            ("&iss=https%3A%2F%2Fb.example", false),
            ("", false),
        ] {
            let query = format!("code=0.A&state=st-1%2B%2F{told}");
            assert_eq!(awaited.read(&query).is_ok(), is_good, "{told}");
        }
    }

    #[test]
    fn a_pasted_address_is_read_however_it_was_copied() {
        let awaited = awaited(None);
        for pasted in [
            "http://localhost:41234/?code=0.A&state=st-1%2B%2F",
            "  http://localhost:41234?code=0.A&state=st-1%2B%2F#x\r\n",
            "?code=0.A&state=st-1%2B%2F",
            "code=0.A&state=st-1%2B%2F",
            "localhost:41234/?code=0.A&state=st-1%2B%2F",
        ] {
            assert_eq!(code(awaited.read_pasted(pasted)), Ok("0.A".to_owned()), "{pasted:?}");
        }
        for (pasted, expected) in [
            ("https://login.example/?code=0.A&state=st-1%2B%2F", NotIt::Foreign),
            ("http://localhost:9/?code=0.A&state=st-1%2B%2F", NotIt::Foreign),
            ("http://localhost:41234/other?code=0.A&state=st-1%2B%2F", NotIt::Foreign),
            ("http://localhost:41234/", NotIt::NoAnswer),
            ("://", NotIt::NoAnswer),
            ("山\u{1b}[2J", NotIt::NoAnswer),
        ] {
            assert_eq!(code(awaited.read_pasted(pasted)), Err(expected), "{pasted:?}");
        }
    }
}
