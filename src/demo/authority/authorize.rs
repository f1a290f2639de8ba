//! `/{tenant}/oauth2/v2.0/authorize`: the sign-in page, and the way back to the client with a code.
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow>

use url::Url;

use super::form::Form;
use super::ledger::{Code, Grant};
use super::pages::{self, escape, hidden};
use super::refusal::Refusal;
use super::scope::Scopes;
use super::{Visit, check_client};
use crate::demo::answer::Answer;
use crate::demo::exchange::lock;
use crate::demo::request::Method;

/// The fields that the sign-in page itself adds.
const OWN_FIELDS: [&str; 3] = ["person", "other", "answer"];

/// An authorization request that can be answered at its redirect URI.
struct Asked<'a> {
    redirect_uri: &'a str,
    target: Url,
    mode: &'a str,
    state: Option<&'a str>,
}

/// Answers the browser: the page to a GET, the way back to its POST.
pub fn answer(visit: &Visit<'_>, fault: Option<Refusal>) -> Answer {
    let form = match visit.request.method {
        Method::Post => Form::read(&visit.request.body),
        _ => Form::read(visit.request.query.as_bytes()),
    };
    let asked = match check(visit, &form, fault.as_ref()) {
        Ok(asked) => asked,
        Err(refusal) => return refusal.page(visit.trace),
    };
    let outcome = match fault {
        Some(refusal) => Err(refusal),
        None => decide(visit, &form, &asked),
    };
    match outcome {
        Ok(Outcome::Page(answer)) => answer,
        Ok(Outcome::Code(code)) => asked.back(&[("code", &code), ("session_state", &visit.trace.request_id)]),
        Err(refusal) if refusal.stays_here() => refusal.page(visit.trace),
        Err(refusal) => asked.back(&[
            ("error", refusal.error),
            ("error_description", &refusal.description(visit.trace)),
            ("error_uri", &format!("{}/error?code={}", visit.root, refusal.code())),
        ]),
    }
}

/// What must be right before anything is sent anywhere: the client and its address.
fn check<'a>(visit: &Visit<'_>, form: &'a Form, fault: Option<&Refusal>) -> Result<Asked<'a>, Refusal> {
    check_client(visit, form)?;
    let redirect_uri = form.need("redirect_uri")?;
    let mismatch = || visit.refuse(50011).with("uri", redirect_uri);
    let target = loopback(redirect_uri).ok_or_else(mismatch)?;
    if let Some(refusal) = fault.filter(|refusal| refusal.stays_here()) {
        return Err(refusal.clone().with("uri", redirect_uri));
    }
    Ok(Asked {
        redirect_uri,
        target,
        mode: form.get("response_mode").unwrap_or("query"),
        state: form.get("state"),
    })
}

/// A redirect URI that is registered: loopback over http, whatever its port and path.
fn loopback(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let known = url.scheme() == "http"
        && matches!(url.host_str(), Some("localhost" | "127.0.0.1"))
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none();
    known.then_some(url)
}

enum Outcome {
    Page(Answer),
    Code(String),
}

fn decide(visit: &Visit<'_>, form: &Form, asked: &Asked<'_>) -> Result<Outcome, Refusal> {
    let malformed = |what: &str| Refusal::of(90023).with("name", what);
    if !["query", "fragment", "form_post"].contains(&asked.mode) {
        return Err(malformed("The provided value for 'response_mode' is not supported."));
    }
    let response_type = form.need("response_type")?;
    if response_type != "code" {
        return Err(Refusal::of(700_054).with("name", response_type));
    }
    let challenge = form.get("code_challenge").ok_or_else(|| Refusal::of(9_002_325))?;
    if form.get("code_challenge_method") != Some("S256") {
        return Err(malformed("The code_challenge_method must be S256."));
    }
    let right_letters = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if challenge.len() != 43 || !right_letters(challenge) {
        return Err(malformed(
            "The size of the code_challenge must be 43 letters of base64url.",
        ));
    }
    let mut scopes = Scopes::read(form.need("scope")?, visit.root).map_err(|it| visit.fill(it))?;
    if form.get("prompt") == Some("none") {
        return Err(Refusal::of(50058));
    }
    if visit.request.method != Method::Post || form.get("answer").is_none() {
        return page(visit, form, &scopes, None).map(Outcome::Page);
    }
    if form.get("answer") != Some("accept") {
        return Err(Refusal::of(65004));
    }
    let Some(person) = visit.chosen(form)? else {
        let wrong = "This username may be incorrect. Make sure you typed it correctly.";
        return page(visit, form, &scopes, Some(wrong)).map(Outcome::Page);
    };
    let mut ledger = lock(&visit.shared.ledger);
    scopes.resolve(&ledger.consented(person));
    let code = Code {
        grant: Grant {
            person,
            scopes,
            nonce: form.get("nonce").map(str::to_owned),
        },
        redirect_uri: asked.redirect_uri.to_owned(),
        challenge: challenge.to_owned(),
        issued: visit.now,
        redeemed: None,
    };
    Ok(Outcome::Code(ledger.add_code(code)?))
}

fn page(visit: &Visit<'_>, form: &Form, scopes: &Scopes, wrong: Option<&str>) -> Result<Answer, Refusal> {
    let fields: String = form
        .pairs()
        .filter(|(name, _)| !OWN_FIELDS.contains(name))
        .map(|(name, value)| hidden(name, value))
        .collect();
    let choices = visit.choices(form.get("login_hint"))?;
    let body = pages::people(&visit.request.path, &fields, &scopes.words, &choices, wrong);
    Ok(pages::page(200, "Sign in to folkmoot", &body))
}

impl Asked<'_> {
    /// Sends the browser back with these parameters and the client's state.
    fn back(&self, parameters: &[(&str, &str)]) -> Answer {
        let state = self.state.map(|state| ("state", state));
        let all = || parameters.iter().copied().chain(state);
        let mut target = self.target.clone();
        match self.mode {
            "form_post" => {
                let fields: String = all().map(|(name, value)| hidden(name, value)).collect();
                let body = format!(
                    "<form method=\"post\" action=\"{}\">\n{fields}<p><button type=\"submit\">Continue</button></p>\n</form>\n\
                     <script>document.forms[0].submit()</script>",
                    escape(target.as_str())
                );
                return pages::page(200, "Working...", &body);
            }
            "fragment" => {
                let mut fragment = url::form_urlencoded::Serializer::new(String::new());
                let fragment = fragment.extend_pairs(all()).finish();
                target.set_fragment(Some(&fragment));
            }
            _ => {
                target.query_pairs_mut().extend_pairs(all());
            }
        }
        let mut answer = Answer::empty(302);
        answer.headers.push(("location", target.to_string()));
        answer.headers.push(("cache-control", "no-store, no-cache".to_owned()));
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::loopback;

    #[test]
    fn only_loopback_is_a_way_back() {
        for good in [
            "http://localhost",
            "http://localhost:8400/",
            "http://127.0.0.1:1/auth/done?x=1",
            "http://LOCALHOST:3",
        ] {
            assert!(loopback(good).is_some(), "{good}");
        }
        for bad in [
            "https://localhost",
            "http://localhost.evil.example/",
            "http://localhost@evil.example/",
            "http://evil@localhost/",
            "http://[::1]:80/",
            "http://127.0.0.2/",
            "http://localhost/#x",
            "urn:ietf:wg:oauth:2.0:oob",
            "javascript:alert(1)",
        ] {
            assert!(loopback(bad).is_none(), "{bad}");
        }
    }
}
