//! The device authorization grant: the code that a device asks for, and the page where a person types it.
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code>, RFC 8628

use serde_json::json;

use super::form::Form;
use super::ledger::Decision;
use super::pages::{self, escape, hidden};
use super::refusal::Refusal;
use super::scope::Scopes;
use super::{Visit, check_client, json_answer};
use crate::demo::answer::Answer;
use crate::demo::exchange::lock;
use crate::demo::request::Method;

/// Where the page is.
pub const PAGE: &str = "/devicelogin";

/// `POST /{tenant}/oauth2/v2.0/devicecode`.
pub fn begin(visit: &Visit<'_>) -> Result<Answer, Refusal> {
    let form = visit.posted()?;
    check_client(visit, &form)?;
    let scopes = Scopes::read(form.need("scope")?, visit.root).map_err(|it| visit.fill(it))?;
    let times = &visit.shared.lifetimes;
    let (device_code, user_code) =
        lock(&visit.shared.ledger).add_device(scopes, visit.now, times.device_code, times.device_interval)?;
    let page = format!("{}{PAGE}", visit.root);
    let message = format!(
        "To sign in, use a web browser to open the page {page} and enter the code {user_code} to authenticate."
    );
    let body = json!({
        "user_code": user_code,
        "device_code": device_code,
        "verification_uri": page,
        "expires_in": times.device_code.as_secs(),
        "interval": times.device_interval.as_secs(),
        "message": message,
    });
    Ok(json_answer(200, &body, visit.trace))
}

/// `/devicelogin`: first the code, then the person and what to say.
pub fn page(visit: &Visit<'_>) -> Result<Answer, Refusal> {
    let posting = visit.request.method == Method::Post;
    let form = match posting {
        true => Form::read(&visit.request.body),
        false => Form::read(visit.request.query.as_bytes()),
    };
    let typed = form.get("otc").unwrap_or_default();
    if !posting {
        return Ok(ask_code(typed, None));
    }
    let scopes = lock(&visit.shared.ledger)
        .device_mut(typed, visit.now)
        .map(|device| device.scopes.words.clone());
    let Some(scopes) = scopes else {
        let wrong = "That code didn't work. Check the code and try again.";
        return Ok(ask_code(typed, Some(wrong)));
    };
    let ask_person = |wrong: Option<&str>| -> Result<Answer, Refusal> {
        let choices = visit.choices(None)?;
        let body = pages::people(PAGE, &hidden("otc", typed), &scopes, &choices, wrong);
        Ok(pages::page(200, "Sign in to folkmoot on another device", &body))
    };
    let decision = match form.get("answer") {
        Some("accept") => match visit.chosen(&form)? {
            Some(person) => Decision::Accepted(person),
            None => {
                return ask_person(Some(
                    "This username may be incorrect. Make sure you typed it correctly.",
                ));
            }
        },
        Some(_) => Decision::Declined,
        None => return ask_person(None),
    };
    if let Some(device) = lock(&visit.shared.ledger).device_mut(typed, visit.now) {
        device.decision = decision;
    }
    let done = match decision {
        Decision::Declined => "You declined. The application was not signed in. You may now close this window.",
        _ => "You have signed in to the folkmoot application on your device. You may now close this window.",
    };
    Ok(pages::page(200, "folkmoot", &format!("<p>{done}</p>")))
}

fn ask_code(typed: &str, wrong: Option<&str>) -> Answer {
    let wrong = wrong
        .map(|wrong| format!("<p><strong>{}</strong></p>\n", escape(wrong)))
        .unwrap_or_default();
    let body = format!(
        "{wrong}<form method=\"post\" action=\"{PAGE}\">\n<label>Enter the code displayed on your app or device: \
         <input type=\"text\" name=\"otc\" value=\"{}\" size=\"12\" autofocus></label>\n\
         <p><button type=\"submit\">Next</button></p>\n</form>",
        escape(typed)
    );
    pages::page(200, "Enter code", &body)
}
