//! What is wrong with a value of an account, in words; `None` where it is right.

use url::Url;

use crate::config::Cloud;
use crate::domain::Text;
use crate::protocol::connection::is_loopback;
/// A cloud is one by name.
pub(super) fn cloud(name: &str) -> Option<String> {
    let names: Vec<String> = Cloud::names().map(|name| format!("`{name}`")).collect();
    Cloud::named(name).is_none().then(|| {
        format!(
            "there is no cloud `{}`; there is: {}; for any other give graph_url and login_url instead.",
            Text::new(name),
            names.join(", ")
        )
    })
}

/// A tenant is an id, a domain, or one of Entra's words.
pub(super) fn tenant(tenant: &str) -> Option<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_label = |label: &str| !label.is_empty() && label.len() <= 63 && label.chars().all(is_word);
    (tenant.len() > 253 || !tenant.split('.').all(is_label)).then(|| {
        format!(
            "`{}` is no tenant: write its id, a domain of it such as contoso.com, or `organizations`.",
            Text::new(tenant)
        )
    })
}

/// An application has an id.
pub(super) fn client_id(id: &str) -> Option<String> {
    let right = (1..=256).contains(&id.len()) && id.chars().all(|c| c.is_ascii_graphic());
    (!right).then(|| format!("`{}` is no application id.", Text::new(id)))
}

/// An address is https, or plain http on this machine, and holds nothing secret.
pub(super) fn url(address: &str) -> Option<String> {
    let Ok(url) = Url::parse(address) else {
        return Some(format!("`{}` is not a URL.", Text::new(address)));
    };
    let why = match url.scheme() {
        "https" | "http" if !url.username().is_empty() || url.password().is_some() => {
            "the address must not hold a user name or password."
        }
        "https" | "http" if url.query().is_some() || url.fragment().is_some() => {
            "the address must not hold a query or a fragment."
        }
        "https" if url.has_host() => return None,
        "http" if is_loopback(&url) => return None,
        "http" => "Plain http would show your token to the network: it is for this machine only.",
        _ => "the address must begin with https://.",
    };
    Some(why.to_owned())
}

/// The same, for an address of Graph: its version belongs to it.
pub(super) fn graph_url(address: &str) -> Option<String> {
    url(address).or_else(|| {
        let versionless = Url::parse(address).is_ok_and(|url| url.path() == "/");
        versionless
            .then(|| "the address must end with Graph's version, as https://graph.microsoft.com/v1.0 does.".to_owned())
    })
}
