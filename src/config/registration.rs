//! What an organisation is asked before folkmoot may sign in there: an application of its own, the permissions it asks
//! for, and an administrator's consent. All of it is text to be shown, copied and sent on.

use std::fmt::Write as _;

use url::Url;

use super::{Account, Cloud};
use crate::protocol::{CAPABILITIES, Capability};

/// The address a browser ends on; its port does not count where it is matched.
pub fn redirect(account: &Account) -> String {
    format!("http://{}", account.redirect.host())
}

/// What stands where the application's id is not known yet.
pub const NO_CLIENT: &str = "CLIENT_ID";

/// The scopes of every capability, each once, those of the first sign-in first.
fn scopes() -> Vec<&'static str> {
    let mut scopes = Vec::new();
    let (first, later): (Vec<&Capability>, Vec<&Capability>) = CAPABILITIES.iter().partition(|row| row.at_first);
    for row in first.into_iter().chain(later) {
        if !scopes.contains(&row.scope()) {
            scopes.push(row.scope());
        }
    }
    scopes
}

/// The link on which an administrator consents to everything at once
/// (<https://learn.microsoft.com/entra/identity-platform/v2-admin-consent>).
pub fn consent_link(account: &Account) -> String {
    let resource = account.resource();
    let scope: Vec<String> = scopes().iter().map(|scope| format!("{resource}/{scope}")).collect();
    let base = format!("{}/{}/v2.0/adminconsent", account.login_url, account.tenant);
    let client = account.client_id.as_deref().unwrap_or(NO_CLIENT);
    let parameters = [
        ("client_id", client),
        ("scope", &scope.join(" ")),
        ("redirect_uri", &redirect(account)),
    ];
    // The address was checked when it was read.
    Url::parse_with_params(&base, parameters).map_or(base, Into::into)
}

/// The cloud's name as the Azure CLI and the Graph module of PowerShell know it.
fn foreign_names(cloud: Cloud) -> (&'static str, &'static str) {
    match cloud {
        Cloud::Global | Cloud::Custom => ("AzureCloud", "Global"),
        Cloud::UsGovL4 => ("AzureUSGovernment", "USGov"),
        Cloud::UsGovL5 => ("AzureUSGovernment", "USGovDoD"),
        Cloud::China => ("AzureChinaCloud", "China"),
    }
}

/// The command of the Azure CLI that registers the application, and prints its id.
pub fn az(account: &Account) -> String {
    let select = match account.cloud {
        Cloud::Global | Cloud::Custom => String::new(),
        cloud => format!("az cloud set --name {} && ", foreign_names(cloud).0),
    };
    format!(
        "{select}az ad app create --display-name folkmoot --sign-in-audience AzureADMyOrg \
         --is-fallback-public-client true --public-client-redirect-uris {} --query appId --output tsv",
        redirect(account)
    )
}

/// The same for PowerShell.
pub fn powershell(account: &Account) -> String {
    format!(
        "Connect-MgGraph -Environment {} -Scopes Application.ReadWrite.All; (New-MgApplication -DisplayName folkmoot \
         -SignInAudience AzureADMyOrg -IsFallbackPublicClient -PublicClient @{{RedirectUris=@('{}')}}).AppId",
        foreign_names(account.cloud).1,
        redirect(account)
    )
}

/// What a person may send to an administrator.
pub fn request(account: &Account) -> String {
    let mut text = String::from(
        "I would like to use folkmoot, a terminal client for Microsoft 365 Groups, with my own account. It needs an \
         application registration in our tenant (public client, no secret), and your consent to these delegated \
         permissions of Microsoft Graph. They allow nothing that I may not do already.\n\n",
    );
    for row in CAPABILITIES {
        let _ = writeln!(text, "- {}: {}", row.scope(), row.what);
    }
    let _ = write!(
        text,
        "\nRegister it with the Azure CLI:\n\n{}\n\nThen consent{}:\n\n{}\n\nand send me the application (client) id and \
         the tenant id. Thank you!\n",
        az(account),
        match account.client_id {
            Some(_) => String::new(),
            None => format!(", with the application's id for {NO_CLIENT}"),
        },
        consent_link(account)
    );
    text
}
