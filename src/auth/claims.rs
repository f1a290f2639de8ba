//! What a token is asked to prove (<https://learn.microsoft.com/entra/identity-platform/claims-challenge>).

use serde_json::{Map, Value, json};

use crate::protocol::{Claims, Problem, ProblemKind};

/// The `claims` parameter: that this client can answer claims challenges, and what a challenge has demanded.
///
/// # Errors
/// `Server` where the challenge is no JSON object.
pub(super) fn parameter(challenge: Option<&Claims>) -> Result<String, Problem> {
    let mut all = match challenge {
        None => Map::new(),
        Some(Claims(text)) => serde_json::from_str(text).map_err(|_| {
            Problem::new(
                ProblemKind::Server,
                "Your organisation asks for another sign-in, but what it asks for cannot be read.",
                "Sign out and sign in again.",
            )
        })?,
    };
    let ours = json!({ "access_token": { "xms_cc": { "values": ["cp1"] } } });
    if let Value::Object(ours) = ours {
        merge(&mut all, ours);
    }
    Ok(Value::Object(all).to_string())
}

/// Puts `over` into `into`. Where both have an object it is merged in turn; else `over` wins.
fn merge(into: &mut Map<String, Value>, over: Map<String, Value>) {
    for (name, value) in over {
        match (into.get_mut(&name), value) {
            (Some(Value::Object(into)), Value::Object(over)) => merge(into, over),
            (_, value) => {
                into.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(challenge: &str) -> Value {
        serde_json::from_str(&parameter(Some(&Claims(challenge.to_owned()))).unwrap()).unwrap()
    }

    #[test]
    fn every_request_says_that_challenges_are_understood() {
        assert_eq!(
            parameter(None).unwrap(),
            r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#
        );
    }

    #[test]
    fn a_challenge_is_merged_and_not_replaced() {
        assert_eq!(
            merged(r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}},"id_token":{"x":null}}"#),
            json!({
                "access_token": {
                    "nbf": { "essential": true, "value": "1604106651" },
                    "xms_cc": { "values": ["cp1"] }
                },
                "id_token": { "x": null }
            })
        );
        assert_eq!(
            merged(r#"{"access_token":null}"#),
            json!({ "access_token": { "xms_cc": { "values": ["cp1"] } } })
        );
    }

    #[test]
    fn what_is_no_challenge_is_a_problem() {
        for text in ["", "[]", "{", "\"x\"", &"[".repeat(10_000)] {
            let problem = parameter(Some(&Claims(text.to_owned()))).unwrap_err();
            assert_eq!(problem.kind, ProblemKind::Server, "{text}");
        }
    }
}
