//! Sign-in by a code that is typed on another device (RFC 8628). Dropping it cancels it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use oauth2::{DeviceAuthorizationUrl, StandardDeviceAuthorizationResponse};

use super::grant::{Asking, Grant};
use super::network::Failure;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind, SignInStep};

/// No code is waited for longer, whatever the authority says.
const LONGEST: Duration = Duration::from_secs(30 * 60);
/// No pause between two polls is longer, whatever the authority says.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Shows a code and waits until it has been used.
pub(super) async fn run(asking: &Asking<'_>, tell: &(dyn Fn(SignInStep) + Send + Sync)) -> Result<Grant, Failure> {
    let Some(endpoint) = &asking.authority.device else {
        return Err(Failure::Unfit(Problem::new(
            ProblemKind::SignIn,
            "This sign-in service has no sign-in by code.",
            "Sign in with the browser.",
        )));
    };
    let client = asking
        .client()
        .set_device_authorization_url(DeviceAuthorizationUrl::from_url(endpoint.clone()));
    let exchange = asking.network.exchange();
    let mut request = client.exchange_device_code().add_scopes(asking.scopes.iter().cloned());
    if !asking.authority.has_tenants {
        // OpenID Connect Core §11: no `offline_access` without consent.
        request = request.add_extra_param("prompt", "consent");
    }
    for (name, value) in asking.extra() {
        request = request.add_extra_param(name, value);
    }
    let code: StandardDeviceAuthorizationResponse = request
        .request_async(&exchange)
        .await
        .map_err(|error| exchange.failure(error))?;
    // The library adds to the interval, which must not overflow.
    if code.interval() > LONGEST_PAUSE {
        return Err(Failure::Unfit(Problem::new(
            ProblemKind::Server,
            "The sign-in service asks to wait too long between two questions.",
            "Sign in with the browser.",
        )));
    }
    let lasts = code.expires_in().min(LONGEST);
    let now = Timestamp::now();
    tell(SignInStep::DeviceCode {
        user_code: Text::new(code.user_code().secret()),
        verification_uri: Text::new(code.verification_uri()),
        expires_at: SignedDuration::try_from(lasts).map_or(now, |lasts| now.saturating_add(lasts).unwrap_or(now)),
    });
    let pause = |span: Duration| tokio::time::sleep(span.min(LONGEST_PAUSE));
    pause(code.interval()).await;
    let mut request = client.exchange_device_access_token(&code);
    for (name, value) in asking.extra() {
        request = request.add_extra_param(name, value);
    }
    let answer = request.request_async(&exchange, pause, Some(lasts)).await;
    Grant::new(answer.map_err(|error| exchange.failure(error))?)
}
