//! The tenant over real HTTP: a small company of its own, in which every rule has a case.

mod batches;
mod clients;
mod company;
mod extensions;
mod faults;
mod groups;
mod mail;
mod membership;
mod people;
mod profiles;
mod protocol;
mod queries;
mod relevant;
mod replies;
mod scale;
mod seeds;
mod sign_in;
mod smoke;
mod surroundings;
mod writing;

use std::sync::LazyLock;
use std::time::Duration;

use serde_json::{Value, json};

use super::ids::Guid;
use super::request::percent_encode;
use super::seed::{Assets, Seed, Wanted, build};
use super::{Options, Tenant};

macro_rules! fixture {
    ($name:literal) => {
        ($name, include_str!(concat!("fixture/", $name)))
    };
}

static FIXTURE: LazyLock<Seed> = LazyLock::new(|| {
    Seed::read(&Assets {
        company: include_str!("fixture/company.toml"),
        people: include_str!("fixture/people.tsv"),
        profiles: include_str!("fixture/profiles.toml"),
        documents: include_str!("fixture/documents.toml"),
        threads: &[
            fixture!("club.toml"),
            fixture!("locked.toml"),
            fixture!("long.toml"),
            fixture!("long-side.toml"),
            fixture!("quiet.toml"),
            fixture!("secret.toml"),
        ],
        files: &[
            ("dot.png", include_bytes!("fixture/dot.png")),
            ("photo-0.jpg", include_bytes!("fixture/photo-0.jpg")),
        ],
    })
    .unwrap()
});

/// When the fixture's clock starts.
pub const NOW: &str = "2026-03-01T12:00:00Z";

/// A client of one tenant.
pub struct Visitor {
    pub tenant: Tenant,
    pub token: String,
    pub http: reqwest::Client,
}

/// What came back.
pub struct Reply {
    pub status: u16,
    headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// The error's code, with the status before it; the status alone where there is no error.
    pub fn verdict(&self) -> String {
        match self.json()["error"]["code"].as_str() {
            Some(code) => format!("{} {code}", self.status),
            None => self.status.to_string(),
        }
    }

    pub fn message(&self) -> String {
        self.json()["error"]["message"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The `value` of a collection.
    pub fn items(&self) -> Vec<Value> {
        self.json()["value"]
            .as_array()
            .unwrap_or_else(|| panic!("no collection: {}", self.json()))
            .clone()
    }

    /// One property of every item of a collection.
    pub fn each(&self, name: &str) -> Vec<String> {
        self.items()
            .iter()
            .map(|item| item[name].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The names of the fields of the first item, or of the object itself, without annotations, in their order.
    pub fn fields(&self) -> Vec<String> {
        let text = String::from_utf8(self.bytes.clone()).unwrap();
        let json = self.json();
        let object = json["value"].get(0).unwrap_or(&json).clone();
        let mut names: Vec<String> = object
            .as_object()
            .unwrap()
            .keys()
            .filter(|name| !name.starts_with('@'))
            .cloned()
            .collect();
        names.sort_by_key(|name| text.find(&format!("\"{name}\":")));
        names
    }

    pub fn next(&self) -> Option<String> {
        self.json()["@odata.nextLink"].as_str().map(str::to_owned)
    }
}

impl Visitor {
    pub fn of(tenant: Tenant) -> Visitor {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Visitor {
            token: tenant.token().to_owned(),
            tenant,
            http,
        }
    }

    /// A visitor of the fixture, whose replies become visible at once.
    pub fn new() -> Visitor {
        Visitor::with(Options {
            visible_after: Duration::ZERO,
            ..Options::default()
        })
    }

    pub fn with(options: Options) -> Visitor {
        let wanted = Wanted {
            people: options.people,
            groups: options.groups,
            threads: options.threads,
            seed: options.seed,
        };
        let visible_after = options.visible_after;
        let options = Options {
            now: options.now.or_else(|| NOW.parse().ok()),
            ..options
        };
        let contents = Box::new(move |clock| build(&FIXTURE, wanted, clock, visible_after));
        Visitor::of(Tenant::with(options, contents).unwrap())
    }

    /// The same tenant, as somebody else.
    pub fn becomes(&mut self, key: &str) {
        self.token = self.tenant.token_for(key);
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.http.get(self.url(path)).bearer_auth(&self.token)).await
    }

    /// With the header that advanced queries need.
    pub async fn get_eventually(&self, path: &str) -> Reply {
        let request = self.http.get(self.url(path)).bearer_auth(&self.token);
        self.send(request.header("ConsistencyLevel", "eventual")).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(self.http.post(self.url(path)).bearer_auth(&self.token).json(&body))
            .await
    }

    /// A change without a body, or with one.
    pub async fn change(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        let request = self
            .http
            .request(method.parse().unwrap(), self.url(path))
            .bearer_auth(&self.token);
        self.send(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }

    /// Replies with this HTML.
    pub async fn reply(&self, path: &str, html: &str) -> Reply {
        self.post(
            &format!("{path}/reply"),
            json!({"post": {"body": {"contentType": "html", "content": html}}}),
        )
        .await
    }

    pub fn url(&self, path: &str) -> String {
        if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.tenant.graph_url())
        }
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Reply {
            status,
            headers,
            bytes: response.bytes().await.unwrap().to_vec(),
        }
    }

    /// Every item of a collection, all its links followed.
    pub async fn all(&self, path: &str) -> Vec<Value> {
        let (mut items, mut next) = (Vec::new(), Some(path.to_owned()));
        while let Some(link) = next {
            let page = self.get_eventually(&link).await;
            items.extend(page.items());
            next = page.next();
        }
        items
    }

    /// The path of the thread of a group with this topic.
    pub async fn thread(&self, group: &str, topic: &str) -> String {
        let threads = self.all(&format!("{}/threads", group_path(group))).await;
        let thread = threads.iter().find(|thread| thread["topic"] == topic).unwrap();
        format!(
            "{}/threads/{}",
            group_path(group),
            percent_encode(thread["id"].as_str().unwrap())
        )
    }
}

pub fn group_id(key: &str) -> String {
    Guid::of("group", key).to_string()
}

pub fn group_path(key: &str) -> String {
    format!("/groups/{}", group_id(key))
}

pub fn user_id(key: &str) -> String {
    Guid::of("user", key).to_string()
}
