//! Signing in while the program runs: what lies over everything until it is done, and leaves everything as it was.

use jiff::{SignedDuration, Timestamp};

use super::cmd::Cmd;
use super::editor::Editor;
use super::model::Model;
use super::{compose, groups, notice, profile, reading, update};
use crate::domain::Text;
use crate::keys::Action;
use crate::layout::Pane;
use crate::protocol::{Method, Payload, Problem, ProblemKind, Reply, RequestId, SignIn, SignInStep};

/// A sign-in on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct SigningIn {
    /// What is asked for.
    pub ask: SignIn,
    /// Why it is on the screen.
    pub why: Text,
    /// The attempt under way; only its steps count.
    pub attempt: Option<RequestId>,
    /// The way that is tried, and why this one.
    pub way: Option<(Method, Text)>,
    /// The ways that did not work: from, to, and why.
    pub fallen_back: Vec<(Method, Method, Text)>,
    /// The page to open.
    pub page: Option<Page>,
    /// The code to type there.
    pub code: Option<Code>,
    /// Why it did not work.
    pub failed: Option<Problem>,
    /// The address that the browser ended on, as far as it was typed or pasted.
    pub line: Editor,
    /// The keyboard is in that line.
    pub typing: bool,
    /// What was written is to be reviewed again afterwards.
    then_review: bool,
}

/// A page to be opened in a browser.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its exact address: for opening and copying only.
    pub url: String,
    /// The same, for display.
    pub shown: Text,
    /// A browser was started with it.
    pub opened: bool,
    /// The command that brings the browser's answer from another machine.
    pub tunnel: Option<Text>,
}

/// A code to be typed on another device.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The code.
    pub user_code: Text,
    /// Where to type it.
    pub address: Text,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl SigningIn {
    fn new(ask: SignIn, why: &str) -> Self {
        SigningIn {
            ask,
            why: Text::new(why),
            attempt: None,
            way: None,
            fallen_back: Vec::new(),
            page: None,
            code: None,
            failed: None,
            line: Editor::line(""),
            typing: false,
            then_review: false,
        }
    }

    /// Where the person has to go, exactly.
    fn address(&self) -> Option<String> {
        match (&self.page, &self.code) {
            (Some(page), _) => Some(page.url.clone()),
            (None, Some(code)) => Some(code.address.to_string()),
            (None, None) => None,
        }
    }

    /// What copying copies: the code where there is one, else the page's address.
    pub fn copied(&self) -> Option<String> {
        match &self.code {
            Some(code) => Some(code.user_code.to_string()),
            None => self.address(),
        }
    }
}

impl Code {
    /// How long it is still good for; zero once it has ended.
    pub fn left(&self, now: Timestamp) -> SignedDuration {
        self.expires_at.duration_since(now).max(SignedDuration::ZERO)
    }
}

/// Whether a refusal opens the sign-in by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Asking {
    /// It does, if what was refused was asked for after this.
    After(RequestId),
    /// The person wants to be left alone until they ask for something again.
    Declined,
}

/// The person asks for something anew: a refusal of it may open the sign-in again.
pub(super) fn wanted(model: &mut Model, action: Action) {
    use Action::{Accept, ConfirmSend, MyProfile, NextScope, Open, Refresh, ShowProfile};
    let asks = matches!(
        action,
        Open | Refresh | ConfirmSend | Accept | MyProfile | ShowProfile | NextScope
    );
    if asks && model.asking == Asking::Declined {
        model.asking = Asking::After(model.newest_id());
    }
}

/// Whether somebody waits for the answer to a request: what is fetched or looked for by itself never asks anybody.
pub(super) fn is_waited_for(model: &Model, id: RequestId) -> bool {
    model.groups.list.items.awaits(id)
        || model.members.list.items.awaits(id)
        || model.threads.list.items.awaits(id)
        || model.posts.posts.awaits(id)
        || model.me.awaits(id)
        || model.groups.awaits_group(id)
        || model.profiles.last().is_some_and(|profile| profile.awaits(id))
        || model
            .outbox
            .iter()
            .any(|out| out.stage == super::outbox::Stage::Sending(id))
}

/// What kept an answer from being given, be it to a read or to a write.
pub(super) fn refusal(reply: &Reply) -> Option<Problem> {
    match &reply.result {
        Err(problem) => Some(problem.clone()),
        Ok(Payload::Delivery {
            outcome: crate::protocol::Delivery::NotSent(problem),
            ..
        }) => Some(problem.clone()),
        Ok(_) => None,
    }
}

/// Something that somebody waits for was refused: opens the sign-in where signing in helps, once.
pub(super) fn refused(model: &mut Model, id: RequestId, problem: &Problem) {
    let heard = matches!(model.asking, Asking::After(since) if id > since);
    if !model.settings.can_sign_in || model.sign_in.is_some() || problem.kind != ProblemKind::SignIn || !heard {
        return;
    }
    model.sign_in = Some(Box::new(SigningIn::new(SignIn::default(), problem.what.as_str())));
}

/// The person wants to sign in: begins at once.
pub(super) fn start(model: &mut Model, why: &str) -> Vec<Cmd> {
    model.overlay = None;
    model.sign_in = Some(Box::new(SigningIn::new(SignIn::default(), why)));
    begin(model, None)
}

/// Asks for a permission. The reason stands there first; nothing begins before the person says so.
pub(super) fn propose(model: &mut Model, scope: &str, why: &str) {
    let ask = SignIn {
        scopes: vec![scope.to_owned()],
        ..SignIn::default()
    };
    model.sign_in = Some(Box::new(SigningIn::new(ask, why)));
}

/// Asks for the permission that the pane in hand could not be read without.
pub(super) fn ask_for_missing(model: &mut Model) {
    let Some(problem) = problem_here(model) else { return };
    let (Some(scope), why) = (problem.missing, problem.what.to_string()) else {
        return;
    };
    propose(model, scope, &why);
}

/// Why the pane in hand could not be read.
pub(super) fn problem_here(model: &Model) -> Option<&Problem> {
    if let Some(profile) = model.profile() {
        return profile.problem();
    }
    match model.focus {
        Pane::Groups => model.groups.list.items.problem(),
        Pane::Members => model.members.list.items.problem(),
        Pane::Threads => model.threads.list.items.problem(),
        Pane::Posts => model.posts.posts.problem(),
    }
}

/// A reply needs a permission that was never granted: says so, and asks for it. The draft stays as it is.
pub(super) fn before_sending(model: &mut Model) -> bool {
    let Some(capability) = compose::capability() else {
        return false;
    };
    let lacking = model.scopes().is_some_and(|scopes| !capability.is_granted(scopes));
    if !lacking || !model.settings.can_sign_in {
        return false;
    }
    let scope = capability.scope();
    let why = format!(
        "Sending a reply needs the permission {scope}, which this sign-in does not have. Your draft is kept as it is."
    );
    propose(model, scope, &why);
    if let Some(sign_in) = &mut model.sign_in {
        sign_in.then_review = true;
    }
    true
}

/// Begins an attempt, in another way where one is named.
pub(super) fn begin(model: &mut Model, method: Option<Method>) -> Vec<Cmd> {
    let id = model.next_id();
    let Some(sign_in) = &mut model.sign_in else {
        return Vec::new();
    };
    let ask = SignIn {
        method: method.or(sign_in.ask.method),
        ..sign_in.ask.clone()
    };
    let then_review = sign_in.then_review;
    **sign_in = SigningIn {
        attempt: Some(id),
        then_review,
        ..SigningIn::new(ask.clone(), sign_in.why.as_str())
    };
    vec![Cmd::SignIn { id, ask }]
}

/// Enter: begins, or begins again. It changes nothing while an attempt is under way.
pub(super) fn proceed(model: &mut Model) -> Vec<Cmd> {
    match &model.sign_in {
        Some(sign_in) if sign_in.attempt.is_none() => begin(model, None),
        _ => Vec::new(),
    }
}

/// Esc: out of the line first, then out of the sign-in. Everything is as it was.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    if let Some(sign_in) = &mut model.sign_in
        && sign_in.typing
    {
        sign_in.typing = false;
        return Vec::new();
    }
    let Some(sign_in) = model.sign_in.take() else {
        return Vec::new();
    };
    model.asking = Asking::Declined;
    let mut cmds = Vec::new();
    if sign_in.attempt.is_some() {
        cmds.push(Cmd::CancelSignIn);
        notice::say(model, "Signing in was called off.");
    }
    if model.groups.list.items == super::remote::Remote::Idle {
        // The program has begun with this: now it shows what there is without it.
        cmds.extend(update::first_reads(model));
    }
    cmds
}

/// Opens the page in a browser.
pub(super) fn open_page(model: &mut Model) -> Vec<Cmd> {
    match model.sign_in.as_ref().and_then(|sign_in| sign_in.address()) {
        Some(url) => vec![Cmd::OpenUrl(url)],
        None => {
            notice::say(model, "There is no page to open yet.");
            Vec::new()
        }
    }
}

/// Puts the keyboard into the line for the address, where one is awaited.
pub(super) fn type_address(model: &mut Model) {
    match &mut model.sign_in {
        Some(sign_in) if sign_in.page.is_some() => sign_in.typing = true,
        _ => notice::say(model, "No address is awaited."),
    }
}

/// A paste is the address, where one is awaited.
pub(super) fn paste(model: &mut Model, text: &str) {
    type_address(model);
    if let Some(sign_in) = &mut model.sign_in
        && sign_in.typing
    {
        sign_in.line.paste(text.trim());
    }
}

/// Hands the address over.
pub(super) fn hand_over(model: &mut Model) -> Vec<Cmd> {
    let Some(sign_in) = &mut model.sign_in else {
        return Vec::new();
    };
    sign_in.typing = false;
    let address = sign_in.line.text().trim().to_owned();
    sign_in.line = Editor::line("");
    if address.is_empty() || sign_in.attempt.is_none() {
        return Vec::new();
    }
    vec![Cmd::PasteAnswer(address)]
}

/// Takes a step of the attempt under way.
pub(super) fn step(model: &mut Model, id: RequestId, step: SignInStep) -> Vec<Cmd> {
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
            sign_in.fallen_back.push((from, to, why));
        }
        SignInStep::Failed(problem) => {
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

/// It has worked: whatever had failed is read again, and a reply that was refused is offered for review.
fn signed_in(model: &mut Model, name: &Text, address: &Text, kept: &Text, more: Option<&Text>) -> Vec<Cmd> {
    let then_review = model.sign_in.take().is_some_and(|sign_in| sign_in.then_review);
    model.asking = Asking::After(model.newest_id());
    let mut said = format!("Signed in as {name} <{address}>; kept in {kept}.");
    if let Some(more) = more {
        said = format!("{said} {more}");
    }
    notice::say(model, &said);
    let mut cmds = vec![Cmd::AskStanding];
    cmds.extend(read_again(model));
    let refused = |problem: &Problem| problem.kind == ProblemKind::SignIn || problem.missing.is_some();
    let waits = model
        .composer
        .as_ref()
        .is_some_and(|composer| composer.send_problem.as_ref().is_some_and(refused));
    if then_review || waits {
        cmds.extend(compose::review(model));
    } else if model.outbox.iter().any(|out| out.problem.as_ref().is_some_and(refused)) {
        notice::say(
            model,
            &format!("Signed in as {name}. A reply was refused before: D shows it, to be sent again."),
        );
    }
    cmds
}

/// Reads who is signed in, and whatever could not be read or never was.
fn read_again(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = Vec::new();
    let is_first = model.groups.list.items == super::remote::Remote::Idle;
    if is_first || model.groups.list.items.problem().is_some() {
        cmds.extend(groups::load(model));
    }
    cmds.push(update::ask_who_i_am(model));
    if model.members.list.items.problem().is_some() {
        cmds.extend(groups::refresh_shown(model, Pane::Members));
    }
    if model.threads.list.items.problem().is_some() {
        cmds.extend(groups::refresh_shown(model, Pane::Threads));
    }
    if model.posts.posts.problem().is_some() {
        cmds.extend(reading::read_again(model));
    }
    if model.profiles.last().is_some_and(|profile| profile.problem().is_some()) {
        cmds.extend(profile::refresh(model));
    }
    cmds
}
