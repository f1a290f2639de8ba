//! `POST /{tenant}/oauth2/v2.0/token`: three grants, one answer.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::form::Form;
use super::ledger::{Denied, Session};
use super::metadata::issuer;
use super::refusal::Refusal;
use super::scope::Scopes;
use super::signing::{secret, signed, thumbprint};
use super::{CLIENT_ID, DEVICE_CODE_GRANT, Visit, check_client, json_answer};
use crate::demo::answer::Answer;
use crate::demo::clock::later;
use crate::demo::doors::{Holder, Pass};
use crate::demo::exchange::lock;

/// Answers a client.
pub fn answer(visit: &Visit<'_>) -> Result<Answer, Refusal> {
    let form = visit.posted()?;
    check_client(visit, &form)?;
    if form.get("client_secret").or(form.get("client_assertion")).is_some() {
        return Err(Refusal::of(700_025));
    }
    let scopes = match form.get("scope") {
        Some(text) => Some(Scopes::read(text, visit.root).map_err(|it| visit.fill(it))?),
        None => None,
    };
    let session = match form.need("grant_type")? {
        "authorization_code" => from_code(visit, &form),
        "refresh_token" => {
            let letters = form.need("refresh_token")?;
            lock(&visit.shared.ledger).redeem_refresh(letters, scopes, visit.now)
        }
        DEVICE_CODE_GRANT | "device_code" => {
            let letters = form.need("device_code")?;
            lock(&visit.shared.ledger).redeem_device(letters, visit.now)
        }
        other => Err(Refusal::of(70003).with("name", other).into()),
    };
    let session = session.map_err(|Denied { refusal, ended }| {
        if let Some(family) = ended {
            lock(&visit.shared.doors).end(|pass| pass.family == Some(family));
        }
        visit.fill(refusal)
    })?;
    give(visit, &form, session)
}

fn from_code(visit: &Visit<'_>, form: &Form) -> Result<Session, Denied> {
    let (code, redirect_uri) = (form.need("code")?, form.need("redirect_uri")?);
    // RFC 7636, section 4.1.
    let verifier = form.need("code_verifier")?;
    let challenge = thumbprint(verifier.as_bytes());
    lock(&visit.shared.ledger).redeem_code(code, redirect_uri, &challenge, visit.now)
}

/// The tokens of a session.
fn give(visit: &Visit<'_>, form: &Form, session: Session) -> Result<Answer, Refusal> {
    let Session { family, grant } = session;
    let lifetime = visit.shared.lifetimes.access_token;
    let access = secret()?;
    let pass = Pass {
        holder: Holder::Place(grant.person),
        scopes: Some(Arc::new(grant.scopes.graph.clone())),
        expires: Some(later(visit.now, lifetime)),
        family: Some(family),
    };
    lock(&visit.shared.doors).admit(access.clone(), pass);

    let mut body = Map::new();
    let mut put = |name: &str, value: Value| drop(body.insert(name.to_owned(), value));
    put("token_type", "Bearer".into());
    put("scope", grant.scopes.words.join(" ").into());
    put("expires_in", lifetime.as_secs().into());
    put("ext_expires_in", lifetime.as_secs().into());
    put("access_token", access.into());
    if grant.scopes.offline {
        let refresh = lock(&visit.shared.ledger).add_refresh(family, visit.now)?;
        put("refresh_token", refresh.into());
    }
    let person = visit.account(grant.person)?;
    let tenant = visit.tenant_id();
    if grant.scopes.openid {
        let at = visit.now.as_second();
        let mut claims = json!({
            "ver": "2.0",
            "iss": issuer(visit.root, &tenant),
            "sub": thumbprint(format!("{CLIENT_ID} {}", person.id).as_bytes()),
            "aud": CLIENT_ID,
            "iat": at,
            "nbf": at,
            "exp": later(visit.now, lifetime).as_second(),
            "name": person.display_name,
            "preferred_username": person.principal_name,
            "oid": person.id,
            "tid": tenant,
            "uti": visit.trace.request_id,
        });
        if let (Some(nonce), Some(fields)) = (&grant.nonce, claims.as_object_mut()) {
            fields.insert("nonce".to_owned(), nonce.as_str().into());
        }
        if let (true, Some(fields)) = (
            grant.scopes.words.iter().any(|it| it == "email"),
            claims.as_object_mut(),
        ) {
            fields.insert("email".to_owned(), person.mail.as_str().into());
        }
        put("id_token", signed(&claims)?.into());
    }
    if form.get("client_info") == Some("1") {
        let info = json!({"uid": person.id, "utid": tenant});
        put("client_info", URL_SAFE_NO_PAD.encode(info.to_string()).into());
    }
    Ok(json_answer(200, &Value::Object(body), visit.trace))
}
