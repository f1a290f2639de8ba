//! Who is signed in and what that is good for: the account, the capabilities, and signing out.

use std::sync::Arc;

use super::cmd::Cmd;
use super::model::Model;
use super::overlay::Overlay;
use super::{handover, notice, sign_in, whose};
use crate::domain::Text;
use crate::keys::Action;
use crate::protocol::{CAPABILITIES, Capability, Problem, Standing};

/// The rows of capabilities, each with whether it is granted; `None` where that is not known.
pub fn capabilities(model: &Model) -> impl Iterator<Item = (&'static Capability, Option<bool>)> + '_ {
    let scopes = model.scopes();
    CAPABILITIES
        .iter()
        .map(move |row| (row, scopes.map(|scopes| row.is_granted(scopes))))
}

/// Shows the account, as it stands and as it will be told.
pub(super) fn show(model: &mut Model, leaving: bool) -> Vec<Cmd> {
    model.overlay = Some(Overlay::Account { leaving });
    vec![Cmd::AskStanding]
}

/// Shows the capabilities.
pub(super) fn show_capabilities(model: &mut Model) -> Vec<Cmd> {
    model.overlay = Some(Overlay::Capabilities { cursor: 0 });
    vec![Cmd::AskStanding]
}

/// Enter on a capability: asks for its permission where that is missing.
pub(super) fn ask_for_capability(model: &mut Model) {
    let Some(Overlay::Capabilities { cursor }) = model.overlay else {
        return;
    };
    let Some((row, granted)) = capabilities(model).nth(cursor) else {
        return;
    };
    if granted == Some(true) {
        return notice::say(model, "This is granted already.");
    }
    if !model.settings.can_sign_in {
        return notice::say(model, crate::keys::Fact::CanSignIn.missing());
    }
    let admin = if row.admin {
        " An administrator of your organisation must agree to it."
    } else {
        ""
    };
    let why = format!("This needs the permission {}: {}.{admin}", row.scope(), row.what);
    sign_in::propose(model, row.scope(), &why);
}

/// Signs out, at the second press.
pub(super) fn sign_out(model: &mut Model) -> Vec<Cmd> {
    let Some(Overlay::Account { leaving }) = &mut model.overlay else {
        return Vec::new();
    };
    if !*leaving {
        *leaving = true;
        return Vec::new();
    }
    model.overlay = None;
    vec![Cmd::SignOut]
}

/// Takes the word of a signing out.
pub(super) fn signed_out(model: &mut Model, result: Result<bool, Problem>) -> Vec<Cmd> {
    let mut cmds = vec![Cmd::AskStanding];
    match result {
        Ok(true) => {
            cmds.extend(whose::hold(model, true));
            cmds.extend(handover::clear(model));
            let signs_in = model.key(Action::StartSignIn);
            notice::say(
                model,
                &format!("Signed out: the tokens are removed. {signs_in} signs in."),
            );
        }
        Ok(false) => notice::say(model, "There was nothing to sign out of."),
        Err(problem) => notice::warn(model, &problem),
    }
    cmds
}

/// Takes the sign-in as it stands.
pub(super) fn stands(
    model: &mut Model,
    standing: Result<Option<Standing>, Problem>,
    granted: Option<Arc<[String]>>,
) -> Vec<Cmd> {
    match standing {
        Ok(standing) => model.standing = standing,
        Err(problem) => notice::warn(model, &problem),
    }
    model.granted = granted;
    Vec::new()
}

/// One fact about the account: what it is called, and what it is.
pub type AccountRow = (&'static str, Text);

/// All there is to tell of the account.
pub fn rows(model: &Model) -> Vec<AccountRow> {
    let settings = &model.settings;
    let standing = model.standing.as_ref();
    let me = model.me.shown();
    let mut rows = Vec::new();
    // A token of a command's tells neither; Graph does.
    let told = |text: Option<&Text>| text.filter(|text| !text.is_empty()).cloned();
    let person = me.map(|me| &me.person);
    let name = told(standing.map(|standing| &standing.name)).or_else(|| person.map(|person| person.name.clone()));
    let address = told(standing.map(|standing| &standing.address)).or_else(|| {
        let person = person?;
        person.mail.clone().or_else(|| person.user_principal_name.clone())
    });
    let nameless = match standing {
        Some(_) => "not known yet",
        None => "nobody is signed in",
    };
    rows.push(("name", name.unwrap_or_else(|| Text::new(nameless))));
    if let Some(address) = address {
        rows.push(("address", address));
    }
    let organisation = me.and_then(|me| me.organisation.clone());
    if let Some(organisation) = organisation {
        rows.push(("organisation", organisation));
    }
    if let Some(standing) = standing {
        rows.push(("tenant", standing.tenant.clone()));
    }
    rows.push(("profile", settings.profile.clone()));
    rows.push(("Graph", settings.graph.clone()));
    let Some(standing) = standing else {
        if !settings.can_sign_in {
            rows.push(("signed in", Text::new("with a token got elsewhere, or in the demo")));
        }
        rows.extend(model.granted.as_deref().map(scopes));
        return rows;
    };
    let method = standing
        .method
        .map_or("with a token got elsewhere", |method| method.name());
    rows.push(("signed in", Text::new(method)));
    rows.push(("kept in", standing.kept.clone()));
    rows.extend(standing.notice.clone().map(|notice| ("", notice)));
    if let Some(end) = standing.expires_at {
        let end = crate::text::time::absolute(end, &settings.zone, settings.times.twelve_hours);
        let then = if standing.renewable {
            "then renewed by itself"
        } else {
            "then you sign in again"
        };
        rows.push(("good until", Text::new(&format!("{end}, {then}"))));
    }
    rows.push(scopes(&standing.scopes));
    rows
}

fn scopes(scopes: &[String]) -> AccountRow {
    ("permissions", Text::new(&scopes.join(" ")))
}
