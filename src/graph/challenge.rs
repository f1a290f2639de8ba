//! What Graph demands with a refusal: the claims challenge in `WWW-Authenticate`
//! (<https://learn.microsoft.com/entra/identity-platform/claims-challenge>, RFC 9110 §11.6.1).

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use serde_json::Value;

use crate::protocol::Claims;

/// Takes padding or none; the two alphabets are made one before it.
const ANY_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The claims of the first challenge that has some. There may be several headers with several challenges each.
pub(super) fn demanded(headers: &HeaderMap) -> Option<Claims> {
    let headers = headers.get_all(WWW_AUTHENTICATE).iter();
    demanded_by(headers.filter_map(|header| header.to_str().ok()))
}

/// The same of the headers' values alone.
pub(super) fn demanded_by<'a>(headers: impl IntoIterator<Item = &'a str>) -> Option<Claims> {
    headers
        .into_iter()
        .flat_map(challenges)
        .filter(|challenge| challenge.scheme.eq_ignore_ascii_case("bearer"))
        .filter(|challenge| challenge.get("error") == Some("insufficient_claims"))
        .find_map(|challenge| decode(challenge.get("claims")?))
}

/// Only a JSON object goes on to the sign-in service.
fn decode(encoded: &str) -> Option<Claims> {
    let standard: String = encoded
        .chars()
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    let json = String::from_utf8(ANY_BASE64.decode(standard.trim()).ok()?).ok()?;
    match serde_json::from_str::<Value>(&json).ok()? {
        Value::Object(_) => Some(Claims(json)),
        _ => None,
    }
}

/// One challenge: a scheme and its parameters.
#[derive(Debug, PartialEq)]
struct Challenge {
    scheme: String,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.parameters.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }
}

/// Cuts a header into challenges. A word before `=` is a parameter of the challenge that is open, any other begins one;
/// what fits nowhere is passed over.
fn challenges(header: &str) -> Vec<Challenge> {
    let mut challenges: Vec<Challenge> = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches(|c: char| !is_of_tokens(c));
        if rest.is_empty() {
            return challenges;
        }
        let word;
        (word, rest) = take_token(rest);
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            challenges.push(Challenge {
                scheme: word.to_owned(),
                parameters: Vec::new(),
            });
            continue;
        };
        let value = value.trim_start();
        let parameter;
        (parameter, rest) = match value.strip_prefix('"') {
            Some(quoted) => take_quoted(quoted),
            None => {
                let (token, rest) = take_token(value);
                (token.to_owned(), rest)
            }
        };
        if let Some(challenge) = challenges.last_mut() {
            challenge.parameters.push((word.to_owned(), parameter));
        }
    }
}

/// `token` of RFC 9110 §5.6.2, with what `token68` and bare base64 have besides.
fn is_of_tokens(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~/".contains(c)
}

fn take_token(words: &str) -> (&str, &str) {
    let end = words.find(|c| !is_of_tokens(c)).unwrap_or(words.len());
    words.split_at_checked(end).unwrap_or((words, ""))
}

/// A quoted string, its opening quote taken already; a backslash stands before a character that is meant as it is.
fn take_quoted(words: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = words.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => value.extend(chars.next()),
            c => value.push(c),
        }
    }
    (value, chars.as_str())
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    use super::*;

    const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"},"who":{"value":"é>?~山"}}}"#;

    fn demanded_by(headers: &[&str]) -> Option<String> {
        let mut map = HeaderMap::new();
        for header in headers {
            map.append(WWW_AUTHENTICATE, HeaderValue::from_str(header).unwrap());
        }
        demanded(&map).map(|claims| claims.0)
    }

    #[test]
    fn claims_are_found_in_either_alphabet_padded_or_not() {
        for padding in ["", " ", "  "] {
            let claims = format!("{CLAIMS}{padding}");
            for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
                let header = format!(
                    r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="{}""#,
                    engine.encode(&claims)
                );
                assert_eq!(demanded_by(&[&header]).as_ref(), Some(&claims));
            }
        }
        assert!(
            STANDARD.encode(CLAIMS).contains(['+', '/']),
            "the alphabets differ here"
        );
    }

    #[test]
    fn it_may_stand_in_any_header_and_behind_any_challenge() {
        let claims = STANDARD.encode(CLAIMS);
        let bearer = format!(r#"bearer Error = insufficient_claims ,claims="{claims}""#);
        let together = format!(r#"Negotiate abc==, Basic realm="a \"b\", Bearer claims=\"no\"", {bearer}, Digest x=y"#);
        for headers in [
            &[r#"Bearer error="invalid_token""#, &bearer][..],
            &["Negotiate", "NTLM TlRM/+==", &together],
            &[r#"Bearer error="insufficient_claims", claims="%%%""#, &together],
        ] {
            assert_eq!(demanded_by(headers).as_deref(), Some(CLAIMS), "{headers:?}");
        }
    }

    #[test]
    fn other_challenges_demand_nothing() {
        let claims = STANDARD.encode(CLAIMS);
        let list = STANDARD.encode("[1]");
        for header in [
            String::new(),
            "Bearer".into(),
            format!(r#"Bearer error="invalid_token", claims="{claims}""#),
            format!(r#"Bearer claims="{claims}""#),
            format!(r#"PoP error="insufficient_claims", claims="{claims}""#),
            format!(r#"Bearer error="insufficient_claims", Basic claims="{claims}""#),
            format!(r#"Bearer error="insufficient_claims", claims="{list}""#),
            r#"Bearer error="insufficient_claims", claims="not base64 at all""#.into(),
            r#"Bearer error="insufficient_claims", claims="/w==""#.into(),
            r#"Bearer error="insufficient_claims", claims=""#.into(),
            r#"claims="x", error="insufficient_claims""#.into(),
        ] {
            assert_eq!(demanded_by(&[&header]), None, "{header}");
        }
    }

    proptest! {
        #[test]
        fn no_header_panics(header in any::<String>(), bytes in any::<Vec<u8>>()) {
            challenges(&header);
            if let Ok(value) = HeaderValue::from_bytes(&bytes) {
                demanded(&HeaderMap::from_iter([(WWW_AUTHENTICATE, value)]));
            }
        }
    }
}
