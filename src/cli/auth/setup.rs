//! `folkmoot auth setup`: how an organisation lets folkmoot in.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde_json::json;

use crate::cli::exit::Stop;
use crate::cli::output;
use crate::cli::start::Start;
use crate::config::Account;
use crate::config::registration::{NO_CLIENT, az, consent_link, powershell, redirect, request};
use crate::protocol::{CAPABILITIES, Capability};

/// Tells how to register an application, what it asks for and why, and how an administrator consents.
pub fn run(start: &Start, as_json: bool) -> Result<ExitCode, Stop> {
    let configured = start.configure()?;
    let account = start.account(&configured)?;
    let text = if as_json {
        format!("{}\n", output::escaped(&facts(&account).to_string()))
    } else {
        words(&account)
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn facts(account: &Account) -> serde_json::Value {
    let permission = |row: &Capability| json!({"scope": row.scope(), "what": row.what, "at_first": row.at_first, "admin": row.admin, "enough": row.scopes});
    json!({
        "profile": account.profile.as_str(),
        "cloud": account.cloud.name(),
        "tenant": account.tenant,
        "client_id": account.client_id,
        "redirect_uri": redirect(account),
        "permissions": CAPABILITIES.iter().map(permission).collect::<Vec<_>>(),
        "az": az(account),
        "powershell": powershell(account),
        "admin_consent_url": consent_link(account),
        "request": request(account),
    })
}

fn words(account: &Account) -> String {
    let mut text = format!(
        "folkmoot signs in as an application of your own organisation, so that nobody else can block it.\n\n\
         1. Register it, once for everybody: in the Entra admin centre under App registrations, New registration; give it \
         the\n   platform \"Mobile and desktop applications\" with the redirect URI {}, and under Authentication\n   \
         set \"Allow public client flows\" to Yes. Or with one line, which prints the application's id:\n\n   \
         {}\n\n   or in PowerShell:\n\n   {}\n\n2. It asks for these delegated permissions of Microsoft Graph:\n\n",
        redirect(account),
        az(account),
        powershell(account)
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
