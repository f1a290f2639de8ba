//! Graph's errors: a status, a code, a message, and where they are made.
//! <https://learn.microsoft.com/graph/errors>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::json;

use super::answer::Answer;

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphError {
    /// HTTP status.
    pub status: u16,
    /// Graph's code, such as `Request_BadRequest`.
    pub code: &'static str,
    /// Graph's sentence.
    pub message: String,
    /// Headers that belong to it, such as `Retry-After`.
    pub headers: Vec<(&'static str, String)>,
    /// What the challenge says besides where to sign in, where it is sent with one.
    challenge: Option<String>,
}

/// What a handler gives back.
pub type Result<T, E = GraphError> = std::result::Result<T, E>;

const ADVANCED: &str = "Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to \
                        https://aka.ms/graph-docs/advanced-queries for more information";

impl GraphError {
    /// An error with no headers of its own.
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> GraphError {
        GraphError {
            status,
            code,
            message: message.into(),
            headers: Vec::new(),
            challenge: None,
        }
    }

    /// The same error with one more header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> GraphError {
        self.headers.push((name, value.into()));
        self
    }

    /// 401, with the challenge that Graph sends.
    pub fn unauthenticated(message: &str) -> GraphError {
        GraphError {
            challenge: Some(String::new()),
            ..GraphError::new(401, "InvalidAuthenticationToken", message)
        }
    }

    /// 401 to a token that was good: its person must sign in again, as the claims in the challenge say.
    /// <https://learn.microsoft.com/entra/identity-platform/claims-challenge>
    pub fn challenged(since: Timestamp) -> GraphError {
        let claims = json!({"access_token": {"nbf": {"essential": true, "value": since.as_second().to_string()}}});
        let message = "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: \
                       TokenIssuedBeforeRevocationTimestamp";
        let claims = STANDARD.encode(claims.to_string());
        GraphError {
            challenge: Some(format!(", error=\"insufficient_claims\", claims=\"{claims}\"")),
            ..GraphError::unauthenticated(message)
        }
    }

    /// The path names something that does not exist in the model.
    pub fn no_segment(segment: &str) -> GraphError {
        GraphError::new(
            400,
            "BadRequest",
            format!("Resource not found for the segment '{segment}'."),
        )
    }

    /// The path exists, the method does not.
    pub fn no_method() -> GraphError {
        GraphError::new(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        )
    }

    /// A directory request that makes no sense.
    pub fn bad_request(message: impl Into<String>) -> GraphError {
        GraphError::new(400, "Request_BadRequest", message)
    }

    /// The query cannot be read, or names an option that is none.
    pub fn bad_query(message: impl std::fmt::Display) -> GraphError {
        GraphError::new(
            400,
            "BadRequest",
            format!("The query specified in the URI is not valid. {message}"),
        )
    }

    /// A query the directory does not serve.
    pub fn unsupported(message: impl Into<String>) -> GraphError {
        GraphError::new(400, "Request_UnsupportedQuery", message)
    }

    /// A query that needs `ConsistencyLevel: eventual` and `$count=true`.
    pub fn needs_advanced(what: &str) -> GraphError {
        let missing = "is not supported because the required parameters might be missing";
        GraphError::unsupported(format!("{what} {missing}. {ADVANCED}"))
    }

    /// A name that is no property of the type.
    pub fn no_property(name: &str, of: &str) -> GraphError {
        GraphError::new(
            400,
            "BadRequest",
            format!(
                "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type 'microsoft.graph.{of}'."
            ),
        )
    }

    /// A name that is no parameter of the action.
    pub fn no_parameter(name: &str, of: &str) -> GraphError {
        let message =
            format!("The parameter '{name}' in the request payload is not a valid parameter for the operation '{of}'.");
        GraphError::new(400, "BadRequest", message)
    }

    /// A directory object that is not there.
    pub fn no_object(id: &str) -> GraphError {
        let message =
            format!("Resource '{id}' does not exist or one of its queried reference-property objects are not present.");
        GraphError::new(404, "Request_ResourceNotFound", message)
    }

    /// A mail item that is not there.
    pub fn no_item() -> GraphError {
        GraphError::new(
            404,
            "ErrorItemNotFound",
            "The specified object was not found in the store.",
        )
    }

    /// The directory says no.
    pub fn denied() -> GraphError {
        let message = "Insufficient privileges to complete the operation.";
        GraphError::new(403, "Authorization_RequestDenied", message)
    }

    /// Exchange says no.
    pub fn access_denied() -> GraphError {
        GraphError::new(
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        )
    }

    /// Something went wrong in the tenant itself.
    pub fn internal(why: impl std::fmt::Display) -> GraphError {
        GraphError::new(500, "InternalServerError", format!("The demo tenant failed: {why}"))
    }

    /// The answer a client sees. The date and the ids stand in `innerError`, as Graph has it.
    pub fn answer(&self, ids: &Trace) -> Answer {
        let body = json!({"error": {
            "code": self.code,
            "message": self.message,
            "innerError": {
                "date": ids.date,
                "request-id": ids.request_id,
                "client-request-id": ids.client_request_id,
            },
        }});
        let mut answer = Answer::json(self.status, body.to_string().into_bytes());
        answer.headers.extend(self.headers.iter().cloned());
        if let Some(more) = &self.challenge {
            let challenge = format!(
                "Bearer realm=\"\", authorization_uri=\"{}/common/oauth2/authorize\", \
                 client_id=\"00000003-0000-0000-c000-000000000000\"{more}",
                ids.authority
            );
            answer.headers.push(("www-authenticate", challenge));
        }
        answer
    }
}

impl From<serde_json::Error> for GraphError {
    fn from(why: serde_json::Error) -> GraphError {
        GraphError::internal(why)
    }
}

/// What identifies one exchange in errors and headers.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Where to sign in: `scheme://host` as the client sees it.
    pub authority: String,
    /// The tenant's time, without an offset, as Graph prints it there.
    pub date: String,
    /// The same as the `Date` header has it.
    pub http_date: String,
    /// The server's id for the request.
    pub request_id: String,
    /// The client's id, or the server's where the client sent none.
    pub client_request_id: String,
}
