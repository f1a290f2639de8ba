//! What the tests share: a tenant, sessions on a folder, and a person at a browser.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use folkmoot::auth::Session;
use folkmoot::config::{Account, Cloud, Loopback, Profile, Surroundings};
use folkmoot::demo::{Options, Tenant};
use folkmoot::protocol::{Keep, Method, Problem, SignIn, SignInStep};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::JoinHandle;
use url::Url;

/// Whoever waits longer waits in vain.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Desk {
    pub tenant: Tenant,
    pub folder: tempfile::TempDir,
    pub http: reqwest::Client,
}

/// A sign-in that is under way.
pub struct Going {
    pub steps: UnboundedReceiver<SignInStep>,
    pub paste: UnboundedSender<String>,
    task: JoinHandle<Result<(), Problem>>,
}

impl Desk {
    pub fn new() -> Desk {
        Desk::with(Options::default())
    }

    pub fn with(options: Options) -> Desk {
        let options = Options {
            device_code_interval: Duration::from_secs(1),
            ..options
        };
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        Desk {
            tenant: Tenant::spawn(options).unwrap(),
            folder: tempfile::tempdir().unwrap(),
            http: http.build().unwrap(),
        }
    }

    pub fn account(&self) -> Account {
        Account {
            profile: Profile::default(),
            cloud: Cloud::Custom,
            graph_url: self.tenant.graph_url().to_owned(),
            login_url: self.tenant.authority_url().to_owned(),
            tenant: "organizations".to_owned(),
            client_id: Some(self.tenant.client_id().to_owned()),
            scopes: Vec::new(),
            method: None,
            token_command: None,
            keep: Keep::File,
            redirect: Loopback::default(),
        }
    }

    pub fn state(&self) -> &Path {
        self.folder.path()
    }

    /// As another process would have it: nothing is shared but the folder.
    pub fn session(&self) -> Arc<Session> {
        self.session_of(self.account(), Surroundings::default())
    }

    pub fn session_of(&self, account: Account, around: Surroundings) -> Arc<Session> {
        Session::new(account, around, self.state().join("default"))
    }

    /// Somebody signs in in a browser.
    pub async fn sign_in(&self, session: &Arc<Session>) {
        let mut going = begin(session, by(Method::Browser));
        let url = going.link().await;
        self.accept(&url).await;
        going.finished().await.unwrap();
    }

    /// The sign-in page is filled in and sent: where the browser is to go then.
    pub async fn choose(&self, link: &str, person: &str, answer: &str) -> String {
        let url = Url::parse(link).unwrap();
        let mut fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        fields
            .extend([("person", person), ("answer", answer)].map(|(name, value)| (name.to_owned(), value.to_owned())));
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut page = url.clone();
        page.set_query(None);
        let request = self
            .http
            .post(page)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 302, "{}", response.text().await.unwrap());
        response.headers()["location"].to_str().unwrap().to_owned()
    }

    pub async fn accept(&self, link: &str) -> (u16, String) {
        let back = self.choose(link, "ines.wickersham", "accept").await;
        self.get(&back).await
    }

    /// Follows an address as a browser does.
    pub async fn get(&self, url: &str) -> (u16, String) {
        let response = self.http.get(url).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    pub async fn graph_takes(&self, token: &str) -> bool {
        let request = self.http.get(format!("{}/me", self.tenant.graph_url()));
        request.bearer_auth(token).send().await.unwrap().status() == 200
    }

    /// How often the token endpoint was asked.
    pub fn token_requests(&self) -> usize {
        let seen = self.tenant.requests();
        seen.iter()
            .filter(|seen| seen.path.ends_with("/oauth2/v2.0/token"))
            .count()
    }
}

pub fn by(method: Method) -> SignIn {
    SignIn {
        method: Some(method),
        ..SignIn::default()
    }
}

pub fn begin(session: &Arc<Session>, ask: SignIn) -> Going {
    let (told, steps) = mpsc::unbounded_channel();
    let (paste, pasted) = mpsc::unbounded_channel();
    let session = Arc::clone(session);
    let task = tokio::spawn(async move {
        let tell = move |step| {
            let _ = told.send(step);
        };
        session.sign_in(ask, pasted, &tell).await
    });
    Going { steps, paste, task }
}

impl Going {
    pub async fn next(&mut self) -> SignInStep {
        tokio::time::timeout(PATIENCE, self.steps.recv())
            .await
            .expect("a step in time")
            .expect("a step")
    }

    pub async fn link(&mut self) -> String {
        loop {
            if let SignInStep::OpenUrl { url, .. } = self.next().await {
                return url;
            }
        }
    }

    pub async fn user_code(&mut self) -> String {
        loop {
            if let SignInStep::DeviceCode { user_code, .. } = self.next().await {
                return user_code.as_str().to_owned();
            }
        }
    }

    pub async fn finished(&mut self) -> Result<(), Problem> {
        tokio::time::timeout(PATIENCE, &mut self.task)
            .await
            .expect("an end in time")
            .unwrap()
    }

    pub fn cancel(self) {
        self.task.abort();
    }
}

/// The parameters of an address.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).unwrap();
    url.query_pairs()
        .find(|(have, _)| have == name)
        .map(|(_, value)| value.into_owned())
}
