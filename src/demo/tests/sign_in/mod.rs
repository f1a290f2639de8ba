//! The authority over real HTTP: both flows, refreshing, and how each of them goes wrong.

mod browser;
mod device;
mod tokens;

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use url::Url;

use super::{Reply, Visitor};
use crate::demo::Options;

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BACK: &str = "http://localhost:8400/";
const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const SCOPES: &str = "openid profile offline_access User.Read Group.Read.All";

/// A client of the authority.
struct Client {
    visitor: Visitor,
    browser: reqwest::Client,
}

impl Client {
    fn new() -> Client {
        Client::of(Options::default())
    }

    fn of(options: Options) -> Client {
        let browser = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Client {
            visitor: Visitor::with(Options {
                visible_after: Duration::ZERO,
                ..options
            }),
            browser,
        }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.visitor.tenant.authority_url())
    }

    /// What an authorization request says; `changes` replace or add, and an empty value takes away.
    fn asking<'a>(&self, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut all = vec![
            ("client_id", self.visitor.tenant.client_id()),
            ("response_type", "code"),
            ("redirect_uri", BACK),
            ("scope", SCOPES),
            ("state", "a state & more"),
            ("nonce", "n-1"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        all.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        all.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        all
    }

    async fn open(&self, changes: &[(&str, &str)]) -> Reply {
        let url = Url::parse_with_params(&self.at("/organizations/oauth2/v2.0/authorize"), self.asking(changes));
        self.visitor.send(self.browser.get(url.unwrap())).await
    }

    /// What the page sends: all that was asked, and the person's choice.
    async fn choose(&self, changes: &[(&str, &str)]) -> Reply {
        let url = self.at("/organizations/oauth2/v2.0/authorize");
        self.visitor
            .send(filled(self.browser.post(url), &self.asking(changes)))
            .await
    }

    async fn post(&self, endpoint: &str, fields: &[(&str, &str)]) -> Reply {
        let url = self.at(&format!("/organizations/oauth2/v2.0/{endpoint}"));
        let mut all = vec![("client_id", self.visitor.tenant.client_id())];
        all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        all.extend(fields.iter().filter(|(_, value)| !value.is_empty()));
        self.visitor.send(filled(self.browser.post(url), &all)).await
    }

    async fn code(&self, person: &str, changes: &[(&str, &str)]) -> String {
        let choice = [&[("person", person), ("answer", "accept")], changes].concat();
        let reply = self.choose(&choice).await;
        assert_eq!(reply.status, 302, "{}", text(&reply));
        back(&reply)["code"].clone()
    }

    async fn redeem(&self, code: &str, changes: &[(&str, &str)]) -> Reply {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ];
        fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        fields.extend(changes);
        self.post("token", &fields).await
    }

    async fn refresh(&self, token: &str, changes: &[(&str, &str)]) -> Reply {
        let fields = [&[("grant_type", "refresh_token"), ("refresh_token", token)], changes].concat();
        self.post("token", &fields).await
    }

    async fn poll(&self, device_code: &str) -> Reply {
        self.post("token", &[("grant_type", DEVICE), ("device_code", device_code)])
            .await
    }

    /// The tokens of somebody who signs in with a browser.
    async fn tokens(&self, person: &str, changes: &[(&str, &str)]) -> Value {
        let code = self.code(person, changes).await;
        let reply = self.redeem(&code, &[]).await;
        assert_eq!(reply.status, 200, "{}", text(&reply));
        reply.json()
    }

    async fn graph(&self, token: &str, path: &str) -> Reply {
        let request = self.visitor.http.get(self.visitor.url(path)).bearer_auth(token);
        self.visitor.send(request).await
    }
}

/// A request with a form in it.
fn filled(request: reqwest::RequestBuilder, fields: &[(&str, &str)]) -> reqwest::RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    request
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
}

fn text(reply: &Reply) -> String {
    String::from_utf8(reply.bytes.clone()).unwrap()
}

/// The parameters that came back to the client.
fn back(reply: &Reply) -> HashMap<String, String> {
    let url = Url::parse(reply.header("location")).unwrap();
    assert!(url.as_str().starts_with(BACK), "{url}");
    url.query_pairs().into_owned().collect()
}

/// The OAuth error, and the AADSTS code.
fn trouble(reply: &Reply) -> (String, u64) {
    let json = reply.json();
    let (error, code) = (
        json["error"].as_str().unwrap(),
        json["error_codes"][0].as_u64().unwrap(),
    );
    let description = json["error_description"].as_str().unwrap();
    assert!(description.starts_with(&format!("AADSTS{code}: ")), "{description}");
    assert!(description.contains("Trace ID: ") && description.contains("Timestamp: 2026-03-01 12:"));
    assert_eq!(json["trace_id"], reply.header("x-ms-request-id"));
    assert!(
        json["error_uri"]
            .as_str()
            .unwrap()
            .ends_with(&format!("/error?code={code}"))
    );
    (error.to_owned(), code)
}

fn is(reply: &Reply, error: &str, code: u64) {
    assert_eq!((reply.status, trouble(reply)), (400, (error.to_owned(), code)));
}

fn claims(token: &Value) -> Value {
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}
