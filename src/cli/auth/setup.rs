//! `folkmoot auth setup`: how an organisation lets folkmoot in.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::json;
use url::Url;

use crate::cli::exit::Stop;
use crate::cli::output;
use crate::cli::session::Start;
use crate::config::{Account, Cloud};
use crate::protocol::{CAPABILITIES, Capability};

/// The address a browser ends on; its port does not count where it is matched.
const REDIRECT: &str = "http://localhost";

/// What stands where the application's id is not known yet.
const NO_CLIENT: &str = "CLIENT_ID";

/// Tells how to register an application, what it asks for and why, and how an administrator consents.
pub fn run(start: &Start, as_json: bool) -> Result<ExitCode, Stop> {
    let settled = start.settle()?;
    let account = start.account(&settled)?;
    let text = if as_json {
        format!("{}\n", output::escaped(&facts(&account).to_string()))
    } else {
        words(&account)
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

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
fn consent_link(account: &Account) -> String {
    let resource = account.resource();
    let scope: Vec<String> = scopes().iter().map(|scope| format!("{resource}/{scope}")).collect();
    let base = format!("{}/{}/v2.0/adminconsent", account.login_url, account.tenant);
    let client = account.client_id.as_deref().unwrap_or(NO_CLIENT);
    let parameters = [
        ("client_id", client),
        ("scope", &scope.join(" ")),
        ("redirect_uri", REDIRECT),
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

fn az(cloud: Cloud) -> String {
    let select = match cloud {
        Cloud::Global | Cloud::Custom => String::new(),
        _ => format!("az cloud set --name {} && ", foreign_names(cloud).0),
    };
    format!(
        "{select}az ad app create --display-name folkmoot --sign-in-audience AzureADMyOrg \
         --is-fallback-public-client true --public-client-redirect-uris {REDIRECT} --query appId --output tsv"
    )
}

fn powershell(cloud: Cloud) -> String {
    format!(
        "Connect-MgGraph -Environment {} -Scopes Application.ReadWrite.All; (New-MgApplication -DisplayName folkmoot \
         -SignInAudience AzureADMyOrg -IsFallbackPublicClient -PublicClient @{{RedirectUris=@('{REDIRECT}')}}).AppId",
        foreign_names(cloud).1
    )
}

/// What a person may send to an administrator.
fn request(account: &Account) -> String {
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
        az(account.cloud),
        match account.client_id {
            Some(_) => String::new(),
            None => format!(", with the application's id for {NO_CLIENT}"),
        },
        consent_link(account)
    );
    text
}

fn facts(account: &Account) -> serde_json::Value {
    let permission = |row: &Capability| json!({"scope": row.scope(), "what": row.what, "at_first": row.at_first, "admin": row.admin, "enough": row.scopes});
    json!({
        "profile": account.profile.as_str(),
        "cloud": account.cloud.name(),
        "tenant": account.tenant,
        "client_id": account.client_id,
        "redirect_uri": REDIRECT,
        "permissions": CAPABILITIES.iter().map(permission).collect::<Vec<_>>(),
        "az": az(account.cloud),
        "powershell": powershell(account.cloud),
        "admin_consent_url": consent_link(account),
        "request": request(account),
    })
}

fn words(account: &Account) -> String {
    let mut text = format!(
        "folkmoot signs in as an application of your own organisation, so that nobody else can block it.\n\n\
         1. Register it, once for everybody: in the Entra admin centre under App registrations, New registration; give it \
         the\n   platform \"Mobile and desktop applications\" with the redirect URI {REDIRECT}, and under Authentication\n   \
         set \"Allow public client flows\" to Yes. Or with one line, which prints the application's id:\n\n   \
         {}\n\n   or in PowerShell:\n\n   {}\n\n2. It asks for these delegated permissions of Microsoft Graph:\n\n",
        az(account.cloud),
        powershell(account.cloud)
    );
    for row in CAPABILITIES {
        let when = if row.at_first {
            "at the first sign-in"
        } else {
            "when it is first used"
        };
        let who = if row.admin { ", needs an administrator" } else { "" };
        let _ = writeln!(text, "   {:<22} {} ({when}{who})", row.scope(), row.what);
    }
    let _ = write!(
        text,
        "\n3. An administrator consents for everybody on this page{}:\n\n   {}\n\n4. Tell folkmoot, in its config file \
         (`folkmoot config path` says where it is):\n\n   [profiles.{}]\n   client_id = \"{}\"\n   tenant = \"{}\"\n\n   and \
         sign in: folkmoot auth login --profile {}\n\nIf you are no administrator, send this to one:\n\n",
        match account.client_id {
            Some(_) => String::new(),
            None => format!(" (with the application's id for {NO_CLIENT})"),
        },
        consent_link(account),
        account.profile,
        account.client_id.as_deref().unwrap_or(NO_CLIENT),
        account.tenant,
        account.profile
    );
    for line in request(account).lines() {
        let _ = writeln!(text, "{}", format!("   > {line}").trim_end());
    }
    text
}
