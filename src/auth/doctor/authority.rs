//! The authority: whether it knows the tenant and the application.

use serde::Deserialize;
use url::Url;
use url::form_urlencoded::Serializer;

use super::line::{Answer, Line};
use super::{Check, Outcome, Patient};
use crate::auth::codes::{About, OAuthRefusal, explain};
use crate::protocol::ProblemKind;

/// What the authority says of itself, as far as it is used here (RFC 8414).
#[derive(Deserialize)]
pub(super) struct Endpoints {
    token_endpoint: Url,
    device_authorization_endpoint: Option<Url>,
}

#[derive(Deserialize)]
struct DeviceCode {
    device_code: String,
}

/// Where the authority describes itself.
pub(super) fn metadata_url(patient: &Patient) -> Url {
    let mut url = patient.login.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty()
            .push(&patient.tenant)
            .extend(["v2.0", ".well-known", "openid-configuration"]);
    }
    url
}

/// What the answer to that says. A provider that knows no tenants describes itself right below its address.
pub(super) async fn metadata(patient: &Patient, line: &Line, answer: Option<Answer>) -> (Check, Option<Endpoints>) {
    const NAME: &str = "tenant";
    let Some(answer) = answer else {
        return (Check::skipped(NAME, "The sign-in service was not reached."), None);
    };
    if let Ok(endpoints) = serde_json::from_slice::<Endpoints>(&answer.body) {
        let what = format!("The sign-in service knows the tenant {}.", patient.tenant);
        return (Check::pass(NAME, &what), Some(endpoints));
    }
    if let Some(refusal) = OAuthRefusal::from_json(&answer.body).filter(|_| answer.status != 404) {
        return (Check::failed(NAME, &explain(&refusal, &about(patient))), None);
    }
    let mut plain = patient.login.clone();
    if let Ok(mut path) = plain.path_segments_mut() {
        path.pop_if_empty().extend([".well-known", "openid-configuration"]);
    }
    if let Ok(answer) = line.ask(&plain, None).await
        && let Ok(endpoints) = serde_json::from_slice::<Endpoints>(&answer.body)
    {
        let what = "The sign-in service describes itself; it knows no tenants.";
        return (Check::pass(NAME, what), Some(endpoints));
    }
    let check = Check::new(
        NAME,
        Outcome::Fail(ProblemKind::Config),
        &format!(
            "{} does not answer as a sign-in service does (HTTP {}).",
            patient.login.host_str().unwrap_or_default(),
            answer.status
        ),
        "Check the profile's login address and tenant; a proxy may have answered instead.",
    );
    (check, None)
}

/// Asks for a device code that nobody uses, and once for its token: a wrong application, or one that is no public
/// client, is refused; the right one is told to wait. Nobody is signed in and nothing is kept.
pub(super) async fn client(patient: &Patient, line: &Line, endpoints: Option<&Endpoints>) -> Check {
    const NAME: &str = "client";
    let Some(client_id) = patient.client_id.as_deref() else {
        return Check::new(
            NAME,
            Outcome::Fail(ProblemKind::Config),
            "The profile has no client id.",
            "Run `folkmoot auth setup`: it says how to register an application, once for your organisation.",
        );
    };
    let Some(endpoints) = endpoints else {
        return Check::skipped(NAME, "The sign-in service did not describe itself.");
    };
    let Some(device) = &endpoints.device_authorization_endpoint else {
        return Check::skipped(
            NAME,
            "The sign-in service has no device codes to try the client id with.",
        );
    };
    // What the authority names must be its own: nothing goes to another host from here.
    let is_own = |url: &Url| url.origin() == patient.login.origin();
    if !is_own(device) || !is_own(&endpoints.token_endpoint) {
        return Check::skipped(
            NAME,
            "The sign-in service names addresses at another host, which were not tried.",
        );
    }
    let code = match line
        .ask(device, Some(form(&[("client_id", client_id), ("scope", "openid")])))
        .await
    {
        Ok(answer) => match serde_json::from_slice::<DeviceCode>(&answer.body) {
            Ok(code) => code.device_code,
            Err(_) => return refused(patient, &answer),
        },
        Err(problem) => return Check::failed(NAME, &problem),
    };
    let poll = form(&[
        ("client_id", client_id),
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("device_code", &code),
    ]);
    match line.ask(&endpoints.token_endpoint, Some(poll)).await {
        Ok(answer) => refused(patient, &answer),
        Err(problem) => Check::failed(NAME, &problem),
    }
}

fn refused(patient: &Patient, answer: &Answer) -> Check {
    const NAME: &str = "client";
    match OAuthRefusal::from_json(&answer.body) {
        Some(refusal) if ["authorization_pending", "slow_down"].contains(&refusal.error.as_str()) => Check::pass(
            NAME,
            "The sign-in service knows the client id as a public client of this tenant.",
        ),
        Some(refusal) => Check::failed(NAME, &explain(&refusal, &about(patient))),
        None => Check::new(
            NAME,
            Outcome::Warn,
            &format!(
                "The client id could not be tried: an odd answer came (HTTP {}).",
                answer.status
            ),
            "Sign in to see whether it works.",
        ),
    }
}

fn about(patient: &Patient) -> About {
    About {
        client_id: patient.client_id.clone().unwrap_or_default(),
        tenant: patient.tenant.clone(),
    }
}

fn form(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}
