//! The tenant's own authority: sign-in as Microsoft Entra has it, on the same address as Graph, outside `/v1.0`.
//!
//! Everything a person would type is chosen on a plain page, and no password is asked for. What comes out is real all the
//! same: codes are good once, PKCE is checked, refresh tokens rotate, identity tokens are signed.
//!
//! | file | what lives there |
//! |---|---|
//! | `metadata` | discovery: configuration, keys, instances |
//! | `authorize` | the sign-in page and the redirect |
//! | `device` | device codes and their page |
//! | `token` | the token endpoint |
//! | `ledger` | what was given out, and what may still be used |
//! | `scope` | what a client asks to be allowed |
//! | `refusal` | the table of AADSTS errors |
//! | `pages`, `form`, `signing` | HTML, parameters, cryptography |

mod authorize;
mod device;
mod form;
pub mod ledger;
mod metadata;
mod pages;
pub mod refusal;
mod scope;
mod signing;
mod token;

use jiff::Timestamp;
use serde_json::{Value, json};

use self::form::Form;
use self::pages::Choice;
use self::refusal::Refusal;
use super::answer::Answer;
use super::directory::organization;
use super::error::Trace;
use super::exchange::Shared;
use super::fault::Kind;
use super::request::{Method, Request, percent_decode};
use super::state::State;

/// The id of the one application that is registered: a public client.
pub const CLIENT_ID: &str = "f01c3007-0e5d-4c1a-9b7e-1a47e2d0c5a1";
/// The grant type of a device code. RFC 8628, section 3.4.
pub const DEVICE_CODE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// How many people the sign-in page offers.
const OFFERED: usize = 8;

/// One request to the authority, and what is needed to answer it.
pub struct Visit<'a> {
    shared: &'a Shared,
    request: &'a Request,
    trace: &'a Trace,
    /// `scheme://host` as the client sees it.
    root: &'a str,
    /// The tenant as the client calls it.
    tenant: &'a str,
    now: Timestamp,
}

/// Somebody who signs in.
struct Account {
    id: String,
    display_name: String,
    principal_name: String,
    mail: String,
}

/// Whether a path belongs to Graph rather than here: its first segment is a version.
pub fn is_graph(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    first.eq_ignore_ascii_case("v1.0") || first.eq_ignore_ascii_case("beta")
}

/// Answers a request outside Graph. `fault` is what goes wrong on purpose.
pub fn answer(shared: &Shared, request: &Request, trace: &Trace, fault: Option<&Kind>) -> Answer {
    let root = request.root();
    let mut segments = Vec::new();
    for raw in request.path.split('/').filter(|raw| !raw.is_empty()) {
        match percent_decode(raw, false) {
            Ok(segment) => segments.push(segment),
            Err(_) => return pages::nowhere(),
        }
    }
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let visit = Visit {
        shared,
        request,
        trace,
        root,
        tenant: segments.first().copied().unwrap_or_default(),
        now: shared.now(),
    };
    let fault = fault.and_then(Kind::oauth_refusal).map(|refusal| visit.fill(refusal));
    let for_people = matches!(
        segments.as_slice(),
        [_, "oauth2", "v2.0", "authorize"] | ["devicelogin"]
    );
    visit
        .route(&segments, fault)
        .unwrap_or_else(|refusal| match for_people {
            true => refusal.page(trace),
            false => refusal.json(trace, root),
        })
}

impl Visit<'_> {
    fn route(&self, segments: &[&str], fault: Option<Refusal>) -> Result<Answer, Refusal> {
        let found = |body: Value| Ok(json_answer(200, &body, self.trace));
        if let ["devicelogin"] = segments {
            return fault.map_or_else(|| device::page(self), Err);
        }
        if let ["oidc", "userinfo"] = segments {
            return Ok(self.userinfo());
        }
        if let ["common", "discovery", "instance"] = segments {
            return found(metadata::instance(self.root, &self.query())?);
        }
        let [_, rest @ ..] = segments else {
            return Ok(pages::nowhere());
        };
        let endpoint = match rest {
            ["v2.0", ".well-known", "openid-configuration"] => "configuration",
            ["discovery", "v2.0", "keys"] => "keys",
            [
                "oauth2",
                "v2.0",
                name @ ("authorize" | "devicecode" | "token" | "logout"),
            ] => *name,
            _ => return Ok(pages::nowhere()),
        };
        self.check_tenant()?;
        match (endpoint, fault) {
            ("authorize", fault) => Ok(authorize::answer(self, fault)),
            (_, Some(refusal)) => Err(refusal),
            ("configuration", _) => found(metadata::configuration(self.root, self.tenant, &self.tenant_id())),
            ("keys", _) => found(metadata::keys(self.root, &self.tenant_id())?),
            ("devicecode", _) => device::begin(self),
            ("token", _) => token::answer(self),
            _ => Ok(pages::page(
                200,
                "You signed out of your account",
                "<p>It's a good idea to close all browser windows.</p>",
            )),
        }
    }

    fn check_tenant(&self) -> Result<(), Refusal> {
        let company = self.shared.read(|state| state.company.clone())?;
        let is = |name: &str| name.eq_ignore_ascii_case(self.tenant);
        let known = is("organizations")
            || is("common")
            || is(&company.domain)
            || is(&company.initial_domain)
            || is(&self.tenant_id());
        if known { Ok(()) } else { Err(self.refuse(90002)) }
    }

    fn tenant_id(&self) -> String {
        organization::id().to_string()
    }

    fn query(&self) -> Form {
        Form::read(self.request.query.as_bytes())
    }

    /// The parameters of a POST; anything else is refused.
    fn posted(&self) -> Result<Form, Refusal> {
        match self.request.method {
            Method::Post => Ok(Form::read(&self.request.body)),
            _ => Err(Refusal::of(900_561).with("name", "POST")),
        }
    }

    fn refuse(&self, code: u32) -> Refusal {
        self.fill(Refusal::of(code))
    }

    /// Fills in what this request knows.
    fn fill(&self, refusal: Refusal) -> Refusal {
        let issued = self.now.to_string();
        let filled = refusal.with("tenant", self.tenant).with("client", CLIENT_ID);
        filled.with("account", "{EmailHidden}").with("issued", &issued)
    }

    /// The person that the sign-in form names: the one who was typed before the one who was picked.
    fn chosen(&self, form: &Form) -> Result<Option<u32>, Refusal> {
        let Some(name) = form.get("other").or(form.get("person")) else {
            return Ok(None);
        };
        let name = name.trim();
        Ok(self
            .shared
            .read(|state| state.find_person(name).or_else(|| state.find_key(name)))?)
    }

    /// A few people to choose from: the one whom the client hints at, then the one who is signed in by the static token.
    fn choices(&self, hint: Option<&str>) -> Result<Vec<Choice>, Refusal> {
        let list = |state: &State| {
            let first = hint.and_then(|hint| state.find_person(hint));
            let mut places: Vec<u32> = first.into_iter().chain([state.me]).collect();
            let everyone = (0..).take(state.people.len());
            for place in everyone {
                if places.len() > OFFERED {
                    break;
                }
                places.push(place);
            }
            let mut choices: Vec<Choice> = Vec::new();
            for person in places.iter().filter_map(|place| state.person(*place)) {
                let choice = Choice {
                    principal_name: person.principal_name.clone(),
                    display_name: person.display_name.clone(),
                    job_title: person.job_title.clone(),
                };
                if !choices.contains(&choice) && choices.len() < OFFERED {
                    choices.push(choice);
                }
            }
            choices
        };
        Ok(self.shared.read(list)?)
    }

    fn account(&self, person: u32) -> Result<Account, Refusal> {
        let account = self.shared.read(|state| {
            state.person(person).map(|person| Account {
                id: person.id.to_string(),
                display_name: person.display_name.clone(),
                principal_name: person.principal_name.clone(),
                mail: person.mail.clone(),
            })
        })?;
        account.ok_or_else(|| Refusal::of(50034))
    }

    /// `/oidc/userinfo`, for the bearer of an access token.
    fn userinfo(&self) -> Answer {
        let account = match self.shared.whose(self.request) {
            Ok(caller) => self.account(caller.me),
            Err(error) => return error.answer(self.trace),
        };
        match account {
            Ok(account) => {
                let body = json!({
                    "sub": signing::thumbprint(format!("{CLIENT_ID} {}", account.id).as_bytes()),
                    "name": account.display_name,
                    "email": account.mail,
                });
                json_answer(200, &body, self.trace)
            }
            Err(refusal) => refusal.json(self.trace, self.root),
        }
    }
}

/// The client must be the one that is registered.
fn check_client(visit: &Visit<'_>, form: &Form) -> Result<(), Refusal> {
    let client = form.need("client_id")?;
    if client.eq_ignore_ascii_case(CLIENT_ID) {
        return Ok(());
    }
    Err(Refusal::of(700_016).with("client", client).with("tenant", visit.tenant))
}

/// JSON as the authority sends it.
fn json_answer(status: u16, body: &Value, trace: &Trace) -> Answer {
    Answer {
        status,
        headers: vec![
            ("content-type", "application/json; charset=utf-8".to_owned()),
            ("cache-control", "no-store, no-cache".to_owned()),
            ("pragma", "no-cache".to_owned()),
            ("x-ms-request-id", trace.request_id.clone()),
        ],
        body: body.to_string().into_bytes(),
    }
}
