//! What a client finds out before anybody signs in.
//! <https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc>

use serde_json::{Value, json};

use super::form::Form;
use super::refusal::Refusal;
use super::signing;

/// `/{tenant}/v2.0/.well-known/openid-configuration`. `tenant` is the name that the client used.
pub fn configuration(root: &str, tenant: &str, tenant_id: &str) -> Value {
    let endpoint = |name: &str| format!("{root}/{tenant}/oauth2/v2.0/{name}");
    json!({
        "token_endpoint": endpoint("token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": format!("{root}/{tenant}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token", super::DEVICE_CODE_GRANT],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": issuer(root, tenant_id),
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": format!("{root}/oidc/userinfo"),
        "authorization_endpoint": endpoint("authorize"),
        "device_authorization_endpoint": endpoint("devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": endpoint("logout"),
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "nbf", "nonce", "name", "preferred_username", "oid", "tid", "ver", "email",
        ],
        "tenant_region_scope": "EU",
        "cloud_instance_name": host(root),
        "cloud_graph_host_name": host(root),
        "msgraph_host": host(root),
    })
}

/// `/{tenant}/discovery/v2.0/keys`.
pub fn keys(root: &str, tenant_id: &str) -> Result<Value, Refusal> {
    Ok(signing::key_set(&issuer(root, tenant_id))?)
}

/// `/common/discovery/instance`: which hosts are one authority, and where the tenant's configuration is.
pub fn instance(root: &str, query: &Form) -> Result<Value, Refusal> {
    let endpoint = query.need("authorization_endpoint")?;
    let tenant = url::Url::parse(endpoint)
        .ok()
        .and_then(|url| url.path_segments()?.next().map(str::to_owned))
        .unwrap_or_else(|| "common".to_owned());
    let host = host(root);
    Ok(json!({
        "tenant_discovery_endpoint": format!("{root}/{tenant}/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
    }))
}

/// Who signs the identity tokens.
pub fn issuer(root: &str, tenant_id: &str) -> String {
    format!("{root}/{tenant_id}/v2.0")
}

fn host(root: &str) -> &str {
    root.split_once("://").map_or(root, |(_, host)| host)
}
