//! The tenant over real HTTP.

mod smoke;

use serde_json::Value;

use super::{Options, Tenant};

/// A client of one tenant.
pub struct Visitor {
    pub tenant: Tenant,
    token: String,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The `value` of a collection.
    pub fn items(&self) -> Vec<Value> {
        self.json()["value"].as_array().cloned().unwrap_or_default()
    }

    /// One property of every item of a collection.
    pub fn each(&self, name: &str) -> Vec<String> {
        self.items()
            .iter()
            .map(|item| item[name].as_str().unwrap_or_default().to_owned())
            .collect()
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

    pub fn default_tenant() -> Visitor {
        Visitor::of(Tenant::spawn(Options::default()).unwrap())
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.http.get(self.url(path)).bearer_auth(&self.token)).await
    }

    /// The same as an advanced query.
    pub async fn get_eventually(&self, path: &str) -> Reply {
        let request = self.http.get(self.url(path)).bearer_auth(&self.token);
        self.send(request.header("ConsistencyLevel", "eventual")).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(self.http.post(self.url(path)).bearer_auth(&self.token).json(&body))
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
}
