//! The sign-in in hand: where it is kept, how long it lasts, and what it is for.

use jiff::Timestamp;

use super::{BY_COMMAND, Check, Outcome};
use crate::auth::renewal::asked_again;
use crate::auth::vault::{Kept, Place, Vault};
use crate::domain::Text;
use crate::protocol::{CAPABILITIES, Capability, ProblemKind, called};

pub(super) async fn checks(vault: &Vault, by_command: bool) -> [Check; 3] {
    let read = vault.read().await;
    let store = match &read {
        Err(problem) => Check::failed("store", problem),
        Ok(_) => kept_in(&vault.place(), vault.notice().as_ref()),
    };
    match read {
        Ok(None) if by_command => [
            store,
            Check::skipped("sign-in", BY_COMMAND),
            Check::skipped("permissions", BY_COMMAND),
        ],
        Ok(Some(kept)) if by_command => [
            store,
            Check::pass(
                "sign-in",
                &format!("The last token is of {}.", called(&kept.who.name, &kept.who.address)),
            ),
            permissions(&kept.scopes),
        ],
        Ok(Some(kept)) if kept.demanded.is_some() => [
            store,
            Check::failed("sign-in", &asked_again()),
            permissions(&kept.scopes),
        ],
        Ok(Some(kept)) => [store, lasting(&kept, Timestamp::now()), permissions(&kept.scopes)],
        Ok(None) => [
            store,
            Check::new(
                "sign-in",
                Outcome::Fail(ProblemKind::SignIn),
                "You are not signed in.",
                "Run `folkmoot auth login`.",
            ),
            Check::skipped("permissions", "You are not signed in."),
        ],
        Err(_) => [
            store,
            Check::skipped("sign-in", "The store cannot be read."),
            Check::skipped("permissions", "The store cannot be read."),
        ],
    }
}

/// Where sign-ins are kept. A file instead of a keyring is as it should be where there is none, as on a server.
pub(super) fn kept_in(place: &Place, notice: Option<&Text>) -> Check {
    let mut what = format!("Sign-ins are kept in {place}.");
    if let Some(notice) = notice {
        what.push_str(&format!(" {notice}"));
    }
    match (place, notice) {
        (_, None) | (Place::File(_), _) => Check::pass("store", &what),
        (Place::Keyring(_), Some(_)) => Check::new("store", Outcome::Warn, &what, ""),
        (Place::Memory, Some(_)) => Check::new(
            "store",
            Outcome::Warn,
            &what,
            "Set keep to \"auto\" in the profile, or give folkmoot a folder it can write to: XDG_STATE_HOME.",
        ),
    }
}

fn lasting(kept: &Kept, now: Timestamp) -> Check {
    let who = called(&kept.who.name, &kept.who.address);
    let minutes = kept.expires_at.duration_since(now).as_secs() / 60;
    match (kept.refresh_token.is_some(), kept.expires_at > now) {
        (true, _) => Check::pass(
            "sign-in",
            &format!("You are signed in as {who}, and it is renewed as needed."),
        ),
        (false, true) => Check::new(
            "sign-in",
            Outcome::Warn,
            &format!("You are signed in as {who} for {minutes} minutes more, and it cannot be renewed."),
            "Sign in again when it has ended; with the scope offline_access it is renewed by itself.",
        ),
        (false, false) => Check::new(
            "sign-in",
            Outcome::Fail(ProblemKind::SignIn),
            &format!("The sign-in of {who} has ended and cannot be renewed."),
            "Run `folkmoot auth login`.",
        ),
    }
}

/// Every capability is granted, or which are not and who can grant them.
pub(super) fn permissions(granted: &[String]) -> Check {
    if granted.is_empty() {
        return Check::skipped("permissions", "The sign-in service did not say what is granted.");
    }
    let missing: Vec<&Capability> = CAPABILITIES.iter().filter(|row| !row.is_granted(granted)).collect();
    if missing.is_empty() {
        return Check::pass("permissions", "Every permission that folkmoot can use is granted.");
    }
    let list = |rows: &[&Capability]| {
        let rows: Vec<String> = rows
            .iter()
            .map(|row| format!("{} ({})", row.scope(), row.what))
            .collect();
        rows.join(", ")
    };
    let what = format!("Not granted: {}.", list(&missing));
    let needed: Vec<&Capability> = missing.iter().copied().filter(|row| row.at_first).collect();
    let ask: Vec<String> = missing.iter().map(|row| format!("--scope {}", row.scope())).collect();
    let consent = if missing.iter().any(|row| row.admin) {
        "an administrator must consent"
    } else {
        "you can consent yourself"
    };
    let next = format!("Ask with `folkmoot auth login {}`; {consent}.", ask.join(" "));
    let outcome = if needed.is_empty() {
        Outcome::Pass
    } else {
        Outcome::Warn
    };
    Check::new("permissions", outcome, &what, &next)
}
