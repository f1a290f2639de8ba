//! Whose account to use, of which tenant, where: joined from flags, environment, profile and defaults.

mod flaws;
mod objection;
mod place;

pub use objection::{Objection, objection};
use place::place;

use std::collections::BTreeMap;

use url::Url;

use super::{Cloud, Profile, ProfileTable};
use crate::protocol::{Keep, Method, Problem, ProblemKind};

/// An account to sign in to, every setting decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The profile it belongs to.
    pub profile: Profile,
    /// The cloud.
    pub cloud: Cloud,
    /// The base URL of Graph, such as `https://graph.microsoft.com/v1.0`, without a slash at its end.
    pub graph_url: String,
    /// The base URL of sign-in, to which the tenant is added, without a slash at its end.
    pub login_url: String,
    /// The tenant: an id, a domain, or one of Entra's words such as `organizations`.
    pub tenant: String,
    /// The application's id; `None` where nothing says it.
    pub client_id: Option<String>,
    /// Scopes to ask for; empty for the least that folkmoot needs.
    pub scopes: Vec<String>,
    /// The way to sign in; `None` chooses one that suits.
    pub method: Option<Method>,
    /// A shell command that prints an access token.
    pub token_command: Option<String>,
    /// Where the sign-in is to be kept.
    pub keep: Keep,
    /// What the browser calls this machine when it comes back.
    pub redirect: Loopback,
}

/// A name of this machine in the redirect URI of a sign-in. Which one is right was decided when the application was
/// registered; the port counts with neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Loopback {
    /// `http://localhost`, as Entra has it
    /// (<https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions>).
    #[default]
    Name,
    /// `http://127.0.0.1`, as RFC 8252 §8.3 advises.
    Address,
}

impl Loopback {
    /// Its names in config files, which are the hosts themselves.
    pub const NAMES: [(Loopback, &'static str); 2] = [(Loopback::Name, "localhost"), (Loopback::Address, "127.0.0.1")];

    /// The host.
    pub fn host(self) -> &'static str {
        match self {
            Loopback::Name => "localhost",
            Loopback::Address => "127.0.0.1",
        }
    }
}

impl Account {
    /// The service that tokens are for, which stands before each scope: scheme, host and port of Graph.
    pub fn resource(&self) -> String {
        Url::parse(&self.graph_url).map_or_else(|_| self.graph_url.clone(), |url| url.origin().ascii_serialization())
    }
}

/// A setting of an account that may be given by a flag, in the environment and in a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// Which of Microsoft's clouds.
    Cloud,
    /// The tenant.
    Tenant,
    /// The application's id.
    ClientId,
    /// The base URL of Graph.
    GraphUrl,
    /// The base URL of sign-in.
    LoginUrl,
}

/// What there is to know about a setting.
pub struct Row {
    /// The setting.
    pub setting: Setting,
    /// Its name in a profile.
    pub key: &'static str,
    /// Its flag.
    pub flag: &'static str,
    /// Its environment variable.
    pub variable: &'static str,
    /// The variable of the Azure tools, asked where nothing of ours says it.
    pub azure: Option<&'static str>,
    /// What is wrong with a value, as a clause.
    wrong: fn(&str) -> Option<String>,
}

/// Every such setting: the one place that says where each comes from and what is right.
pub const SETTINGS: [Row; 5] = [
    Row {
        setting: Setting::Cloud,
        key: "cloud",
        flag: "--cloud",
        variable: "FOLKMOOT_CLOUD",
        azure: None,
        wrong: flaws::cloud,
    },
    Row {
        setting: Setting::Tenant,
        key: "tenant",
        flag: "--tenant",
        variable: "FOLKMOOT_TENANT",
        azure: Some("AZURE_TENANT_ID"),
        wrong: flaws::tenant,
    },
    Row {
        setting: Setting::ClientId,
        key: "client_id",
        flag: "--client-id",
        variable: "FOLKMOOT_CLIENT_ID",
        azure: Some("AZURE_CLIENT_ID"),
        wrong: flaws::client_id,
    },
    Row {
        setting: Setting::GraphUrl,
        key: "graph_url",
        flag: "--graph-url",
        variable: "FOLKMOOT_GRAPH_URL",
        azure: None,
        wrong: flaws::graph_url,
    },
    Row {
        setting: Setting::LoginUrl,
        key: "login_url",
        flag: "--login-url",
        variable: "FOLKMOOT_LOGIN_URL",
        azure: None,
        wrong: flaws::url,
    },
];

/// A value, and where it was given, in words such as `FOLKMOOT_TENANT` or `config.toml:3:10`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The value, not yet checked.
    pub text: String,
    /// Where it was given.
    pub from: String,
}

/// What one source gives.
pub type Given = BTreeMap<Setting, Value>;

/// Joins sources, the first of which counts most. A cloud hides addresses that are given further down, and addresses
/// hide a cloud that is: they would contradict each other.
pub fn join(layers: &[&Given]) -> Given {
    let mut joined = Given::new();
    for layer in layers {
        let cloud = joined.contains_key(&Setting::Cloud);
        let address = joined.contains_key(&Setting::GraphUrl) || joined.contains_key(&Setting::LoginUrl);
        for (setting, value) in *layer {
            let hidden = match setting {
                Setting::Cloud => address,
                Setting::GraphUrl | Setting::LoginUrl => cloud,
                Setting::Tenant | Setting::ClientId => false,
            };
            if !hidden {
                joined.entry(*setting).or_insert_with(|| value.clone());
            }
        }
    }
    joined
}

/// Where Graph is, for whoever has a token already: the address, else the cloud's, else the global one.
pub fn graph_url(given: &Given) -> Result<String, Problem> {
    let cloud = match given.get(&Setting::Cloud) {
        Some(value) => named(value)?,
        None => Cloud::Global,
    };
    let url = given.get(&Setting::GraphUrl).map(|value| trimmed(&value.text));
    Ok(url.or_else(|| cloud.graph_url()).unwrap_or_default())
}

/// Whether Graph alone has an address, and is none of Microsoft's: enough for whoever has a token, while nobody can sign in
/// with it.
pub fn is_graph_alone(given: &Given) -> bool {
    let elsewhere = |graph: &Value| Cloud::of_graph(&graph.text).is_none();
    let given = |setting| given.get(&setting);
    given(Setting::GraphUrl).is_some_and(elsewhere)
        && given(Setting::LoginUrl).is_none()
        && given(Setting::Cloud).is_none()
}

/// Decides every setting of a profile's account.
///
/// # Errors
/// `Config` where a value is wrong, with where it was given; where a cloud and addresses contradict each other; where one
/// of the two addresses is missing.
pub fn decide(profile: &Profile, given: &Given, table: Option<&ProfileTable>) -> Result<Account, Problem> {
    // What is wrong in every cloud goes first: the cloud itself may be.
    let check = |cloud| {
        for (setting, value) in given {
            if let Some(objection) = objection(*setting, cloud, &value.text) {
                return Err(wrong(value, &objection.what, objection.next));
            }
        }
        Ok(())
    };
    check(Cloud::Custom)?;
    let get = |setting| given.get(&setting);
    let (cloud, graph_url, login_url) = place(get(Setting::Cloud), get(Setting::GraphUrl), get(Setting::LoginUrl))?;
    check(cloud)?;
    let text = |setting| get(setting).map(|value| value.text.clone());
    Ok(Account {
        profile: profile.clone(),
        cloud,
        graph_url,
        login_url,
        tenant: text(Setting::Tenant).unwrap_or_else(|| "organizations".to_owned()),
        client_id: text(Setting::ClientId),
        scopes: table.map(|table| table.scopes.clone()).unwrap_or_default(),
        method: table.and_then(|table| table.sign_in),
        token_command: table.and_then(|table| table.token_command.clone()),
        keep: table.map(|table| table.keep).unwrap_or_default(),
        redirect: table.map(|table| table.redirect).unwrap_or_default(),
    })
}

fn trimmed(url: &str) -> String {
    url.trim_end_matches('/').to_owned()
}

fn named(value: &Value) -> Result<Cloud, Problem> {
    Cloud::named(&value.text).ok_or_else(|| wrong(value, &flaws::cloud(&value.text).unwrap_or_default(), ""))
}

fn wrong(value: &Value, why: &str, next: &str) -> Problem {
    Problem::new(ProblemKind::Config, &format!("{}: {why}", value.from), next)
}

#[cfg(test)]
mod tests;
