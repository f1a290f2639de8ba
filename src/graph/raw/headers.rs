//! Headers that a person gives.

use reqwest::header::{HeaderName, HeaderValue};

use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// Headers that are not for a person to set, and why.
const KEPT: &[(&str, &str)] = &[
    (
        "authorization",
        "folkmoot signs in by itself; FOLKMOOT_ACCESS_TOKEN takes a token of yours",
    ),
    ("proxy-authorization", "HTTPS_PROXY takes a name and a password"),
    ("cookie", "Graph knows you by the token alone"),
    ("host", "the token goes to the configured Graph only"),
    ("content-length", "it follows from the body"),
    ("transfer-encoding", "it follows from the body"),
    ("connection", "it belongs to the connection"),
    ("upgrade", "it belongs to the connection"),
    ("te", "it belongs to the connection"),
    (
        "accept-encoding",
        "answers are unpacked by folkmoot, which so asks for what it can unpack",
    ),
    ("x-http-method", "the method is the one that you gave"),
    ("x-http-method-override", "the method is the one that you gave"),
];

/// Reads `Name: value`.
///
/// # Errors
/// `Usage` where it is no header, or one of those that are not for a person to set.
pub(super) fn read(line: &str) -> Result<(HeaderName, HeaderValue), Problem> {
    let parts = line.split_once(':').and_then(|(name, value)| {
        let name = HeaderName::try_from(name.trim()).ok()?;
        Some((name, HeaderValue::try_from(value.trim()).ok()?))
    });
    let Some((name, value)) = parts else {
        return Err(Problem::new(
            ProblemKind::Usage,
            &format!("“{}” is no header.", Text::new(line)),
            "Give a name, a colon and a value, such as -H 'ConsistencyLevel: eventual'.",
        ));
    };
    match KEPT.iter().find(|(kept, _)| name == *kept) {
        None => Ok((name, value)),
        Some((kept, why)) => Err(Problem::new(
            ProblemKind::Usage,
            &format!("The header {kept} cannot be set: {why}."),
            "Leave it out.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_a_name_and_a_value() {
        let (name, value) = read("ConsistencyLevel:eventual ").unwrap();
        assert_eq!(
            (name.as_str(), value.to_str().unwrap()),
            ("consistencylevel", "eventual")
        );
        assert_eq!(
            read("Prefer: outlook.timezone=\"UTC\"").unwrap().1,
            "outlook.timezone=\"UTC\""
        );
        for no_header in ["", "Prefer", ": x", "a b: c", "x: a\r\nHost: evil", "x: a\nb"] {
            assert_eq!(read(no_header).unwrap_err().kind, ProblemKind::Usage, "{no_header}");
        }
    }

    #[test]
    fn some_headers_are_refused_with_a_reason() {
        for (kept, why) in KEPT {
            let problem = read(&format!("{}: x", kept.to_uppercase())).unwrap_err();
            assert!(problem.what.as_str().contains(why), "{problem}");
        }
        let problem = read("Authorization: Bearer secret").unwrap_err();
        assert!(!problem.to_string().contains("secret"), "{problem}");
    }
}
