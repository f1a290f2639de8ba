//! Entra's errors: one table of AADSTS codes, and the two shapes a client sees them in.
//! <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>

use serde_json::json;

use super::pages;
use crate::demo::answer::Answer;
use crate::demo::error::Trace;

/// One row: AADSTS code, HTTP status, OAuth error, sub-error, and the sentence. `{name}` in it is filled in.
type Row = (u32, u16, &'static str, &'static str, &'static str);

/// Every error of the authority.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    (16000, 400, "interaction_required", "", "User account '{account}' does not exist in tenant and cannot access the application '{client}' in that tenant. The account needs to be added as an external user in the tenant first."),
    (50011, 400, "invalid_request", "", "The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the application '{client}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error."),
    (50020, 400, "invalid_grant", "", "User account '{account}' from identity provider 'live.com' does not exist in tenant '{tenant}' and cannot access the application '{client}'(folkmoot) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account."),
    (50034, 400, "invalid_grant", "", "The user account '{account}' does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory."),
    (50058, 400, "login_required", "", "Session information is not sufficient for single-sign-on."),
    (50074, 400, "invalid_grant", "basic_action", "Strong Authentication is required."),
    (50076, 400, "invalid_grant", "basic_action", "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'."),
    (50078, 400, "invalid_grant", "basic_action", "Presented multi-factor authentication has expired due to policies configured by your administrator, you must refresh your multi-factor authentication to access '00000003-0000-0000-c000-000000000000'."),
    (50079, 400, "invalid_grant", "basic_action", "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '00000003-0000-0000-c000-000000000000'."),
    (50173, 400, "invalid_grant", "bad_token", "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password."),
    (50194, 400, "invalid_request", "", "Application '{client}'(folkmoot) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant."),
    (50196, 400, "invalid_grant", "", "The server terminated an operation because it encountered a client request loop. Please contact your app vendor."),
    (53000, 400, "invalid_grant", "message_only", "Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device is not compliant. The user must enroll their device with an approved MDM provider like Intune."),
    (53001, 400, "invalid_grant", "message_only", "Device is not in required device state: domain_joined. Conditional Access policy requires a domain joined device, and the device is not domain joined."),
    (53003, 400, "invalid_grant", "message_only", "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."),
    (54005, 400, "invalid_grant", "", "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token."),
    (65001, 400, "invalid_grant", "consent_required", "The user or administrator has not consented to use the application with ID '{client}' named 'folkmoot'. Send an interactive authorization request for this user and resource."),
    (65004, 400, "access_denied", "", "User declined to consent to access the app."),
    (70000, 400, "invalid_grant", "bad_token", "The provided value for the '{name}' parameter is not valid."),
    (70003, 400, "unsupported_grant_type", "", "The app requested an unsupported grant type '{name}'."),
    (70008, 400, "invalid_grant", "bad_token", "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource."),
    (70011, 400, "invalid_scope", "", "The provided value for the input parameter 'scope' is not valid. The scope {name} is not valid."),
    (70016, 400, "authorization_pending", "", "OAuth 2.0 device flow error. Authorization is pending. Continue polling."),
    (70018, 400, "bad_verification_code", "", "Invalid verification code due to User typing in wrong user code for device code flow."),
    (70019, 400, "expired_token", "", "Verification code expired. Have the user retry the sign-in."),
    (70020, 400, "expired_token", "", "The provided value for the input parameter 'device_code' is not valid. This device code has expired."),
    (70043, 400, "invalid_grant", "bad_token", "The refresh token has expired or is invalid due to sign-in frequency checks by Conditional Access. The token was issued on {issued} and the maximum allowed lifetime for this request is 3600."),
    (90002, 400, "invalid_tenant", "", "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant."),
    (90023, 400, "invalid_request", "", "{name}"),
    (90094, 400, "consent_required", "", "Admin consent is required for the permissions requested by this application. An admin consent request may be sent to the admin."),
    (90095, 400, "consent_required", "", "Admin consent is required for the permissions requested by this application."),
    (501_481, 400, "invalid_grant", "", "The Code_Verifier does not match the code_challenge supplied in the authorization request."),
    (500_011, 400, "invalid_resource", "", "The resource principal named {name} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant."),
    (500_112, 400, "invalid_grant", "", "The reply address '{uri}' does not match the reply address '{name}' provided when requesting Authorization code."),
    (530_032, 400, "invalid_grant", "message_only", "User blocked due to risk on home tenant."),
    (650_053, 400, "invalid_scope", "", "The application 'folkmoot' asked for scope '{name}' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'. Contact the app vendor."),
    (700_016, 400, "unauthorized_client", "", "Application with identifier '{client}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant."),
    (700_022, 400, "invalid_scope", "", "The provided value for the input parameter 'scope' is not valid because it contains more than one resource. Scope '{name}' is not valid."),
    (700_025, 401, "invalid_client", "", "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
    (700_054, 400, "unsupported_response_type", "", "response_type '{name}' is not enabled for the application."),
    (700_082, 400, "invalid_grant", "token_expired", "The refresh token has expired due to inactivity. The token was issued on {issued} and was inactive for 90.00:00:00."),
    (900_144, 400, "invalid_request", "", "The request body must contain the following parameter: '{name}'."),
    (900_561, 405, "invalid_request", "", "The endpoint only accepts {name} requests. Received another request."),
    (7_000_218, 401, "invalid_client", "", "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    (9_002_325, 400, "invalid_request", "", "Proof Key for Code Exchange is required for cross-origin authorization code redemption."),
];

/// The codes that are shown on a page of the authority's own, because the client or its address cannot be trusted.
const ON_A_PAGE: [u32; 6] = [50011, 50020, 50034, 50194, 90002, 700_016];

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The OAuth error, which is what clients may decide by.
    pub error: &'static str,
    suberror: &'static str,
    code: u32,
    description: String,
    headers: Vec<(&'static str, String)>,
}

/// Every AADSTS code of the table, in its order.
pub fn codes() -> impl Iterator<Item = u32> {
    ROWS.iter().map(|row| row.0)
}

impl Refusal {
    /// The refusal with this AADSTS code. A code that the table lacks gives a malformed request.
    pub fn of(code: u32) -> Refusal {
        let unknown = (code, 400, "invalid_request", "", "Request is malformed or invalid.");
        let (code, status, error, suberror, description) =
            ROWS.iter().find(|row| row.0 == code).copied().unwrap_or(unknown);
        Refusal {
            status,
            error,
            suberror,
            code,
            description: description.to_owned(),
            headers: Vec::new(),
        }
    }

    /// The tenant itself failed.
    pub fn internal(why: impl std::fmt::Display) -> Refusal {
        Refusal {
            status: 500,
            error: "server_error",
            description: format!("The demo tenant failed: {why}"),
            ..Refusal::of(90_000)
        }
    }

    /// The service is busy or broken. `Retry-After` in seconds.
    pub fn unavailable(status: u16, retry_after: Option<u64>) -> Refusal {
        Refusal {
            status,
            error: "temporarily_unavailable",
            description: "A transient error has occurred. Please try again.".to_owned(),
            headers: retry_after
                .map(|seconds| ("retry-after", seconds.to_string()))
                .into_iter()
                .collect(),
            ..Refusal::of(90_033)
        }
    }

    /// Fills `{name}` in the sentence.
    pub fn with(mut self, name: &str, value: &str) -> Refusal {
        self.description = self.description.replace(&format!("{{{name}}}"), value);
        self
    }

    /// The same under another OAuth error: some codes have two.
    pub fn under(self, error: &'static str) -> Refusal {
        Refusal { error, ..self }
    }

    /// The same in other words.
    pub fn saying(self, description: &str) -> Refusal {
        Refusal {
            description: description.to_owned(),
            ..self
        }
    }

    /// The AADSTS code.
    pub fn code(&self) -> u32 {
        self.code
    }

    /// Whether it must not be sent to the redirect URI.
    pub fn stays_here(&self) -> bool {
        ON_A_PAGE.contains(&self.code) || self.status >= 500 || self.status == 429
    }

    /// The sentence with Entra's lines about the request.
    pub fn description(&self, trace: &Trace) -> String {
        let (sentence, time) = (self.sentence(), time(trace));
        format!(
            "{sentence} Trace ID: {} Correlation ID: {} Timestamp: {time}",
            trace.request_id, trace.client_request_id
        )
    }

    /// The sentence with its code before it.
    pub fn sentence(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.description)
    }

    /// JSON, as the endpoints for programs answer.
    pub fn json(&self, trace: &Trace, root: &str) -> Answer {
        let mut body = json!({
            "error": self.error,
            "error_description": self.description(trace),
            "error_codes": [self.code],
            "timestamp": time(trace),
            "trace_id": trace.request_id,
            "correlation_id": trace.client_request_id,
            "error_uri": format!("{root}/error?code={}", self.code),
        });
        if let (false, Some(fields)) = (self.suberror.is_empty(), body.as_object_mut()) {
            fields.insert("suberror".to_owned(), self.suberror.into());
        }
        let mut answer = super::json_answer(self.status, &body, trace);
        answer.headers.extend(self.headers.iter().cloned());
        answer
    }

    /// A page, as the endpoints for people answer.
    pub fn page(&self, trace: &Trace) -> Answer {
        let mut answer = pages::trouble(self.status, &self.sentence(), trace);
        answer.headers.extend(self.headers.iter().cloned());
        answer
    }
}

/// The time of a request as Entra prints it.
fn time(trace: &Trace) -> String {
    format!("{}Z", trace.date.replace('T', " "))
}

impl From<super::signing::CryptoError> for Refusal {
    fn from(why: super::signing::CryptoError) -> Refusal {
        Refusal::internal(why)
    }
}

impl From<crate::demo::error::GraphError> for Refusal {
    fn from(why: crate::demo::error::GraphError) -> Refusal {
        Refusal::internal(why.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_one_row_and_every_blank_can_be_filled() {
        let mut seen: Vec<u32> = codes().collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), ROWS.len());
        let filled = |code| {
            let blanks = ["name", "tenant", "client", "account", "uri", "issued"];
            blanks.iter().fold(Refusal::of(code), |it, blank| it.with(blank, "x"))
        };
        for code in codes() {
            let sentence = filled(code).sentence();
            assert!(!sentence.contains(['{', '}']), "{sentence}");
        }
    }
}
