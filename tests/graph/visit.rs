//! A client that visits the demo tenant.

use std::sync::{Arc, Mutex};

use folkmoot::demo::{Options, Seen, Tenant};
use folkmoot::domain::{Group, Id, Kind, Target};
use folkmoot::graph::{Client, Endpoint, Urgency};
use folkmoot::protocol::{Claims, Token, TokenFuture, TokenSource};
use secrecy::{ExposeSecret, SecretString};

use crate::support::{drain, patience};

/// Gives the token it was given, and after a refusal the next one.
pub struct Purse {
    now: Mutex<String>,
    pub next: Mutex<Vec<String>>,
}

impl TokenSource for Purse {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async { Ok(SecretString::from(self.now.lock().unwrap().clone()).into()) })
    }

    fn renew<'a>(&'a self, rejected: &'a Token, _demanded: Option<&'a Claims>) -> TokenFuture<'a> {
        Box::pin(async move {
            let mut now = self.now.lock().unwrap();
            if *now == rejected.expose_secret() {
                *now = self.next.lock().unwrap().pop().expect("one renewal for all");
            }
            Ok(SecretString::from(now.clone()).into())
        })
    }
}

/// A client at a demo tenant.
pub struct Visit {
    pub tenant: Tenant,
    pub purse: Arc<Purse>,
    pub client: Client,
}

pub fn visit(options: Options) -> Visit {
    let tenant = Tenant::spawn(options).unwrap();
    let purse = Arc::new(Purse {
        now: Mutex::new(tenant.token().to_owned()),
        next: Mutex::default(),
    });
    let endpoint = Endpoint::parse(tenant.graph_url()).unwrap();
    let client = Client::with_patience(endpoint, purse.clone(), |_| {}, patience()).unwrap();
    Visit { tenant, purse, client }
}

impl Visit {
    pub fn fault(&self, fault: &str) {
        self.tenant.add_fault(fault.parse().unwrap());
    }

    /// One renewal of the token will work.
    pub fn may_renew(&self) {
        self.purse.next.lock().unwrap().push(self.tenant.token().to_owned());
    }

    pub fn seen(&self, method: &str, part: &str) -> Vec<Seen> {
        let mut requests = self.tenant.requests();
        requests.retain(|seen| seen.method == method && seen.path.contains(part));
        requests
    }

    pub async fn group(&self, name: &str) -> Group {
        self.client.group(name, Urgency::Person).await.unwrap()
    }

    /// The newest thread of a group that takes replies.
    pub async fn target(&self, group: &Id) -> Target {
        let (pages, problem) = drain(self.client.threads(group, None, Urgency::Person)).await;
        assert_eq!(problem, None);
        let open = pages
            .iter()
            .flat_map(|page| &page.items)
            .find(|thread| !thread.is_locked)
            .unwrap();
        Target {
            group: group.clone(),
            kind: Kind::Reply {
                thread: open.id.clone(),
                post: None,
            },
            group_name: String::new(),
            topic: open.topic.to_string(),
            quoted: None,
        }
    }
}
