//! Signing in while the program runs: what lies over everything until it is done, and leaves everything as it was. Here
//! are its state and what the person does with it; `asking` says when it comes by itself, `steps` what becomes of it.

mod asking;
mod steps;

use jiff::{SignedDuration, Timestamp};

use super::cmd::Cmd;
use super::editor::Editor;
use super::model::Model;
use super::notice;
use super::remote::Remote;
use crate::domain::Text;
use crate::protocol::{Method, Problem, RequestId, SignIn};

pub(super) use asking::{
    Asking, ask_for_missing, before_sending, is_waited_for, missing_here, propose, refusal, refused, wanted,
};
pub(super) use steps::step;

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
    /// Why something that came was not taken for the answer; the attempt still waits for it.
    pub rejected: Option<Problem>,
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
            rejected: None,
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

/// Nobody has ever been signed in to this profile: leaving the sign-in goes back to the welcome.
pub fn is_first(model: &Model) -> bool {
    model.settings.after_welcome && model.groups.list.items == Remote::Idle
}

/// Brings a sign-in to the screen.
fn show(model: &mut Model, sign_in: SigningIn) {
    // Help would tell of another place now.
    model.help = None;
    model.sign_in = Some(Box::new(sign_in));
}

/// The person wants to sign in: begins at once.
pub(super) fn start(model: &mut Model, why: &str) -> Vec<Cmd> {
    model.overlay = None;
    show(model, SigningIn::new(SignIn::default(), why));
    begin(model, None)
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

/// Enter: begins, or begins again. It changes nothing while an attempt is under way in which nothing has gone wrong.
pub(super) fn proceed(model: &mut Model) -> Vec<Cmd> {
    match &model.sign_in {
        Some(sign_in) if sign_in.attempt.is_none() || sign_in.rejected.is_some() => begin(model, None),
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
    if is_first(model) {
        model.ending = true;
        cmds.push(Cmd::ChangeOver);
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
    (sign_in.typing, sign_in.rejected) = (false, None);
    let address = sign_in.line.text().trim().to_owned();
    sign_in.line = Editor::line("");
    if address.is_empty() || sign_in.attempt.is_none() {
        return Vec::new();
    }
    vec![Cmd::PasteAnswer(address)]
}
