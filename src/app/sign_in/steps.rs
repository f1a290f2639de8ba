//! What becomes of an attempt: its steps, and what is read again once it has worked.

use super::{Asking, Code, Page};
use crate::app::cmd::Cmd;
use crate::app::model::Model;
use crate::app::remote::Remote;
use crate::app::{groups, handover, notice, own, recovery, review, update, whose};
use crate::domain::Text;
use crate::keys::Action;
use crate::protocol::{Me, Problem, ProblemKind, RequestId, SignInStep, called};

/// Takes a step of the attempt under way.
pub(in crate::app) fn step(model: &mut Model, id: RequestId, step: SignInStep) -> Vec<Cmd> {
    let Some(sign_in) = model.sign_in.as_mut().filter(|sign_in| sign_in.attempt == Some(id)) else {
        return Vec::new();
    };
    match step {
        SignInStep::Trying { method, why } => sign_in.way = Some((method, why)),
        SignInStep::OpenUrl { url, opened, tunnel } => {
            sign_in.code = None;
            sign_in.page = Some(Page {
                shown: Text::new(&url),
                url,
                opened,
                tunnel,
            });
        }
        SignInStep::DeviceCode {
            user_code,
            verification_uri,
            expires_at,
        } => {
            sign_in.page = None;
            sign_in.typing = false;
            sign_in.code = Some(Code {
                user_code,
                address: verification_uri,
                expires_at,
            });
        }
        SignInStep::FellBack { from, to, why } => {
            (sign_in.page, sign_in.code, sign_in.way, sign_in.typing) = (None, None, None, false);
            sign_in.rejected = None;
            sign_in.fallen_back.push((from, to, why));
        }
        SignInStep::Rejected(problem) => sign_in.rejected = Some(problem),
        SignInStep::Failed(problem) => {
            sign_in.rejected = None;
            (sign_in.page, sign_in.code, sign_in.typing) = (None, None, false);
            (sign_in.attempt, sign_in.failed) = (None, Some(problem));
        }
        SignInStep::SignedIn {
            name,
            address,
            kept,
            notice,
        } => return signed_in(model, &name, &address, &kept, notice.as_ref()),
    }
    Vec::new()
}

/// It has worked: whatever had failed is read again, or everything where it is somebody else, and a reply that was refused
/// is offered for review.
fn signed_in(model: &mut Model, name: &Text, address: &Text, kept: &Text, more: Option<&Text>) -> Vec<Cmd> {
    let then_review = model.sign_in.take().is_some_and(|sign_in| sign_in.then_review);
    model.asking = Asking::After(model.newest_id());
    // What was granted before says nothing of now; the answer to how the sign-in stands may take a while.
    model.granted = None;
    if let Some(standing) = &mut model.standing {
        standing.scopes.clear();
    }
    let another = is_another(model, address);
    let before = model.me.shown().map(|me| me.person.clone()).filter(|_| another);
    // Nothing may be taken for the word of whoever was signed in before, nor be shown to another.
    let held = whose::hold(model, another);
    let holds = !held.is_empty();
    let mut cmds = if another { handover::clear(model) } else { Vec::new() };
    let mut said = format!("Signed in as {}; kept in {kept}.", called(name, address));
    if let Some(more) = more {
        said = format!("{said} {more}");
    }
    if holds {
        let [shows, sends] = [Action::ShowDrafts, Action::SendNow].map(|action| model.key(action));
        let why = match another {
            true => "was to go in another name",
            false => "was said before it was known who you are",
        };
        said = format!("{said} What waits in the outbox {why}: {shows} shows it, {sends} there sends it in yours.");
    }
    if let Some(person) = before.filter(|person| own::waits_for(model, &person.id)) {
        said = format!("{said} What {} has typed of a profile waits for them.", person.name);
    }
    notice::say(model, &said);
    cmds.push(Cmd::AskStanding);
    cmds.extend(held);
    if model.groups.list.items == Remote::Idle {
        cmds.extend(groups::load(model));
    }
    cmds.push(update::ask_who_i_am(model));
    cmds.extend(recovery::read_again(model, |_| true));
    let refused = |problem: &Problem| problem.kind == ProblemKind::SignIn || problem.missing.is_some();
    // What was in the way no longer is.
    let waits = model
        .composer
        .as_mut()
        .is_some_and(|composer| composer.send_problem.take_if(|problem| refused(problem)).is_some());
    if then_review || waits {
        cmds.extend(review::open(model));
    } else if !holds && model.outbox.iter().any(|out| out.problem.as_ref().is_some_and(refused)) {
        let shows = model.key(Action::ShowDrafts);
        let said = format!("Signed in as {name}. A reply was refused before: {shows} shows it, to be sent again.");
        notice::say(model, &said);
    }
    cmds
}

/// Whether this is the address of somebody else than whoever was signed in, as far as can be told: by Graph's word, or by
/// that of the sign-in before.
fn is_another(model: &Model, address: &Text) -> bool {
    let of_me = |me: &Me| [me.person.mail.clone(), me.person.user_principal_name.clone()];
    let known = model.me.shown().map(of_me).into_iter().flatten().flatten();
    let told = model.standing.as_ref().map(|standing| standing.address.clone());
    let mut mine = known.chain(told.filter(|told| !told.is_empty())).peekable();
    !address.is_empty()
        && mine.peek().is_some()
        && mine.all(|mine| !mine.as_str().eq_ignore_ascii_case(address.as_str()))
}
