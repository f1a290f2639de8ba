//! Where the authority's endpoints are, by its own metadata (OpenID Connect Discovery 1.0, RFC 8414).

use serde::Deserialize;
use url::Url;

use super::codes::{About, OAuthRefusal, explain};
use super::network::Network;
use crate::protocol::{Problem, ProblemKind};

/// An authority's endpoints.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Authority {
    /// Who issues ID tokens; it may hold `{tenantid}`.
    pub issuer: String,
    /// The authorization endpoint.
    pub authorize: Url,
    /// The token endpoint.
    pub token: Url,
    /// The device authorization endpoint, where there is one (RFC 8628).
    pub device: Option<Url>,
    /// It tells its issuer in every redirect (RFC 9207).
    pub tells_issuer: bool,
    /// It is shaped like Entra: it has tenants, and knows `xms_cc` and `prompt=select_account`.
    pub has_tenants: bool,
}

/// What is looked for.
pub(super) struct Address<'a> {
    /// The login service, such as `https://login.microsoftonline.com`.
    pub login: &'a Url,
    /// The tenant.
    pub tenant: &'a str,
    /// The application, for the words of a refusal.
    pub client_id: &'a str,
    /// It is one of Microsoft's own clouds, whose paths are known.
    pub is_microsoft: bool,
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    device_authorization_endpoint: Option<Url>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// Reads the authority's metadata.
///
/// # Errors
/// `Network` when it cannot be reached; what [`explain`] says of a refusal, as for an unknown tenant; `Config` when
/// there is no authority at that address.
pub(super) async fn discover(network: &Network, address: &Address<'_>) -> Result<Authority, Problem> {
    let tenant_wide = below(address.login, &[address.tenant, "v2.0"])?;
    let (status, body) = network.get(&well_known(&tenant_wide)?).await?;
    if status == 200
        && let Some(authority) = read(&body, true).filter(|authority| authority.is_sound(network, address))
    {
        return Ok(authority);
    }
    if let Some(refusal) = OAuthRefusal::from_json(&body).filter(|_| (400..500).contains(&status) && status != 404) {
        let about = About {
            client_id: address.client_id.to_owned(),
            tenant: address.tenant.to_owned(),
        };
        return Err(explain(&refusal, &about));
    }
    if address.is_microsoft {
        tracing::warn!(
            status,
            "the authority's metadata cannot be used: taking the usual paths"
        );
        return usual(address);
    }
    // A provider that knows no tenants.
    let (status, body) = network.get(&well_known(address.login)?).await?;
    let authority = read(&body, false).filter(|_| status == 200);
    let login = address.login.as_str().trim_end_matches('/');
    authority
        .filter(|authority| authority.issuer.trim_end_matches('/') == login)
        .filter(|authority| authority.is_sound(network, address))
        .ok_or_else(|| {
            let mut problem = Problem::new(
                ProblemKind::Config,
                &format!("There is no sign-in service at {login}."),
                "Check login_url and tenant in the profile, or run `folkmoot auth doctor`.",
            );
            problem.status = Some(status);
            problem
        })
}

impl Authority {
    /// Whether its endpoints may be trusted with secrets.
    fn is_sound(&self, network: &Network, address: &Address<'_>) -> bool {
        let all = [Some(&self.authorize), Some(&self.token), self.device.as_ref()];
        let is_sound = all
            .into_iter()
            .flatten()
            .all(|url| network.may_reach(url) && (!address.is_microsoft || url.host_str() == address.login.host_str()));
        if !is_sound {
            tracing::warn!("the authority's metadata names addresses that are not to be trusted");
        }
        is_sound
    }
}

fn read(body: &[u8], has_tenants: bool) -> Option<Authority> {
    let metadata: Metadata = serde_json::from_slice(body).ok()?;
    Some(Authority {
        issuer: metadata.issuer,
        authorize: metadata.authorization_endpoint,
        token: metadata.token_endpoint,
        device: metadata.device_authorization_endpoint,
        tells_issuer: metadata.authorization_response_iss_parameter_supported,
        has_tenants,
    })
}

/// Entra's paths, which have not changed since v2.0 began.
fn usual(address: &Address<'_>) -> Result<Authority, Problem> {
    let at = |name: &str| below(address.login, &[address.tenant, "oauth2", "v2.0", name]);
    let login = address.login.as_str().trim_end_matches('/');
    Ok(Authority {
        issuer: format!("{login}/{{tenantid}}/v2.0"),
        authorize: at("authorize")?,
        token: at("token")?,
        device: Some(at("devicecode")?),
        tells_issuer: false,
        has_tenants: true,
    })
}

fn well_known(issuer: &Url) -> Result<Url, Problem> {
    below(issuer, &[".well-known", "openid-configuration"])
}

/// The URL with more segments of a path, percent-encoded: a tenant's name can never reach another path.
fn below(base: &Url, segments: &[&str]) -> Result<Url, Problem> {
    let mut url = base.clone();
    let traversal = segments.iter().any(|segment| matches!(*segment, "." | ".." | ""));
    match url.path_segments_mut() {
        Ok(mut path) if !traversal => {
            path.pop_if_empty().extend(segments);
        }
        _ => {
            return Err(Problem::new(
                ProblemKind::Config,
                "The login address and the tenant make no URL.",
                "Check login_url and tenant in the profile.",
            ));
        }
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_tenant_cannot_leave_its_place_in_the_path() {
        let login = url("https://login.microsoftonline.com/");
        assert_eq!(
            below(&login, &["contoso.com", "v2.0"]).unwrap().as_str(),
            "https://login.microsoftonline.com/contoso.com/v2.0"
        );
        assert_eq!(
            below(&login, &["a/../b?c#d", "v2.0"]).unwrap().path(),
            "/a%2F..%2Fb%3Fc%23d/v2.0"
        );
        for tenant in ["", ".", ".."] {
            assert!(below(&login, &[tenant, "v2.0"]).is_err(), "{tenant}");
        }
    }

    #[test]
    fn microsofts_endpoints_are_on_its_login_host() {
        let login = url("https://login.microsoftonline.com");
        let address = Address {
            login: &login,
            tenant: "organizations",
            client_id: "app",
            is_microsoft: true,
        };
        let network = Network::new(&login).unwrap();
        let usual = usual(&address).unwrap();
        assert!(usual.is_sound(&network, &address));
        for evil in [
            "https://login.example.com/token",
            "http://login.microsoftonline.com/token",
        ] {
            let moved = Authority {
                token: url(evil),
                ..usual.clone()
            };
            assert!(!moved.is_sound(&network, &address), "{evil}");
        }
    }
}
