//! The first run: a look around in the demo, or questions that end in a profile and a sign-in. It runs before anything
//! else does, in a program of its own.

mod questions;

use super::cmd::Cmd;
use super::editor::Editor;
use super::model::Model;
use super::notice;
use crate::config::account::{self, Given, Setting};
use crate::config::{Account, Cloud, NewProfile, Profile};
use crate::protocol::{Method, Problem, ProblemKind};

pub use questions::{Pick, Question};

/// What is known before anything is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The Azure CLI is on this machine.
    pub azure_cli: bool,
    /// The profiles in the config file: they can be opened, and their names are taken.
    pub profiles: Vec<Profile>,
    /// What the profile is to be called where nothing else is said.
    pub name: Profile,
    /// Answers from flags and environment.
    pub given: Given,
}

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// To look around in the demo.
    Demo,
    /// A profile that is in the config file.
    Open(Profile),
    /// A new profile.
    New(Box<NewProfile>),
}

/// The welcome on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Welcome {
    /// What was known before.
    pub known: Known,
    /// The question; `None` at the beginning.
    pub question: Option<Question>,
    /// The answers so far, and what stands for those to come.
    pub answers: NewProfile,
    /// The selected choice.
    pub cursor: usize,
    /// The answer, as far as it is typed.
    pub line: Editor,
    /// Why an answer is not taken, or what has failed.
    pub problem: Option<Problem>,
    /// What was chosen is on its way.
    pub beginning: bool,
}

impl Welcome {
    /// The beginning.
    pub fn new(known: Known) -> Self {
        let text = |setting| known.given.get(&setting).map(|value| value.text.clone());
        let [graph_url, login_url] = [Setting::GraphUrl, Setting::LoginUrl].map(text);
        let has_addresses = graph_url.is_some() || login_url.is_some();
        let cloud = text(Setting::Cloud).and_then(|name| Cloud::named(&name));
        let answers = NewProfile {
            name: known.name.clone(),
            cloud: match cloud {
                None if has_addresses => Cloud::Custom,
                cloud => cloud.unwrap_or_default(),
            },
            addresses: [graph_url, login_url].map(Option::unwrap_or_default),
            tenant: text(Setting::Tenant).unwrap_or_else(|| Question::Tenant.otherwise().to_owned()),
            client_id: text(Setting::ClientId),
            method: None,
        };
        Welcome {
            known,
            question: None,
            answers,
            cursor: 0,
            line: Editor::line(""),
            problem: None,
            beginning: false,
        }
    }

    /// The keyboard is in the line of an answer.
    pub fn is_typing(&self) -> bool {
        self.question.is_some_and(|question| !question.has_choices())
    }

    /// How far the questions have come: which of how many.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let questions = self.questions();
        let at = questions.iter().position(|question| Some(*question) == self.question)?;
        Some((at + 1, questions.len()))
    }

    /// Where the answer on the screen comes from, where it is not the person's own.
    pub fn source(&self) -> Option<&str> {
        let value = self.known.given.get(&self.question?.setting()?)?;
        (self.line.text() == value.text).then_some(value.from.as_str())
    }

    /// Shows a question, with the answer that it has so far.
    fn show(&mut self, question: Option<Question>) {
        self.question = question;
        self.problem = None;
        self.line = Editor::line(&question.map_or(String::new(), |question| self.answer(question)));
        let picks = self.picks();
        let chosen = |pick: &Pick| match pick {
            Pick::Cloud(cloud) => *cloud == self.answers.cloud,
            Pick::Method(method) => *method == self.answers.method,
            _ => false,
        };
        self.cursor = picks.iter().position(chosen).unwrap_or(0);
    }

    /// The answer to a question that is answered by typing; nothing where it is what nothing stands for.
    fn answer(&self, question: Question) -> String {
        let [graph_url, login_url] = &self.answers.addresses;
        let text = match question {
            Question::GraphUrl => graph_url,
            Question::LoginUrl => login_url,
            Question::Tenant => &self.answers.tenant,
            Question::ClientId => self.answers.client_id.as_deref().unwrap_or_default(),
            Question::Name => self.answers.name.as_str(),
            Question::Cloud | Question::Method => "",
        };
        match text == question.otherwise() {
            true => String::new(),
            false => text.to_owned(),
        }
    }

    /// The question so many places on or back.
    fn beside(&self, by: isize) -> Option<Question> {
        let questions = self.questions();
        let at = questions.iter().position(|question| Some(*question) == self.question);
        let at = at.map_or(Some(0), |at| at.checked_add_signed(by))?;
        questions.get(at).copied()
    }

    /// Takes what was typed for the question on the screen.
    fn take_typed(&mut self, question: Question) -> Result<(), Problem> {
        let wrong = |what: &str, next: &str| Err(Problem::new(ProblemKind::Usage, what, next));
        let typed = self.line.text().trim().to_owned();
        let answer = match typed.as_str() {
            "" if question.otherwise().is_empty() => return wrong("This needs an answer.", ""),
            "" => question.otherwise().to_owned(),
            _ => typed,
        };
        if let Some(setting) = question.setting()
            && let Some(objection) = account::objection(setting, self.answers.cloud, &answer)
        {
            return wrong(&format!("This is not right: {}", objection.what), objection.next);
        }
        let [graph_url, login_url] = &mut self.answers.addresses;
        match question {
            Question::GraphUrl => *graph_url = answer,
            Question::LoginUrl => *login_url = answer,
            Question::Tenant => self.answers.tenant = answer,
            Question::ClientId => self.answers.client_id = Some(answer),
            Question::Name => match answer.parse() {
                Ok(name) if self.known.profiles.contains(&name) => {
                    return wrong(
                        &format!("There is a profile {name} already."),
                        "Choose another name, or go back to the beginning, where it can be opened.",
                    );
                }
                Ok(name) => self.answers.name = name,
                Err(error) => return wrong(&format!("This is not right: {error}."), ""),
            },
            Question::Cloud | Question::Method => {}
        }
        Ok(())
    }
}

/// The welcome has the terminal, for the first time or again.
pub(super) fn start(model: &mut Model) {
    model.ending = false;
    if let Some(welcome) = &mut model.welcome {
        welcome.beginning = false;
    }
}

/// Enter on a choice.
pub(super) fn choose(model: &mut Model) -> Vec<Cmd> {
    let Some(welcome) = model.welcome.as_mut().filter(|welcome| !welcome.beginning) else {
        return Vec::new();
    };
    let Some(pick) = welcome.picks().into_iter().nth(welcome.cursor) else {
        return Vec::new();
    };
    let by_azure_cli = welcome.answers.method == Some(Method::AzureCli);
    match pick {
        Pick::Demo => return begin(welcome, Choice::Demo),
        Pick::Open(profile) => return begin(welcome, Choice::Open(profile)),
        Pick::SignIn if by_azure_cli => welcome.answers.method = None,
        Pick::SignIn => {}
        Pick::AzureCli => welcome.answers.method = Some(Method::AzureCli),
        Pick::Cloud(cloud) => welcome.answers.cloud = cloud,
        Pick::Method(method) => welcome.answers.method = method,
    }
    go_on(welcome)
}

/// Enter behind an answer: takes it, or says why not.
pub(super) fn answer(model: &mut Model) -> Vec<Cmd> {
    let Some(welcome) = model.welcome.as_mut().filter(|welcome| !welcome.beginning) else {
        return Vec::new();
    };
    let Some(question) = welcome.question else {
        return Vec::new();
    };
    match welcome.take_typed(question) {
        Ok(()) => go_on(welcome),
        Err(problem) => {
            welcome.problem = Some(problem);
            Vec::new()
        }
    }
}

/// Changes the line of an answer; what was wrong with it is no longer said.
pub(super) fn edit(model: &mut Model, change: impl FnOnce(&mut Editor)) {
    if let Some(welcome) = model.welcome.as_mut().filter(|welcome| !welcome.beginning) {
        change(&mut welcome.line);
        welcome.problem = None;
    }
}

/// Goes to the next question; after the last begins.
fn go_on(welcome: &mut Welcome) -> Vec<Cmd> {
    match welcome.beside(1) {
        Some(next) => {
            welcome.show(Some(next));
            Vec::new()
        }
        None => {
            let mut answers = welcome.answers.clone();
            if answers.method == Some(Method::AzureCli) {
                answers.client_id = None;
            }
            begin(welcome, Choice::New(Box::new(answers)))
        }
    }
}

fn begin(welcome: &mut Welcome, choice: Choice) -> Vec<Cmd> {
    (welcome.beginning, welcome.problem) = (true, None);
    vec![Cmd::Begin(choice)]
}

/// What was chosen has begun, or could not.
pub(super) fn begun(model: &mut Model, result: Result<(), Problem>) -> Vec<Cmd> {
    let Some(welcome) = &mut model.welcome else {
        return Vec::new();
    };
    match result {
        Ok(()) => {
            model.ending = true;
            vec![Cmd::ChangeOver]
        }
        Err(problem) => {
            (welcome.beginning, welcome.problem) = (false, Some(problem));
            Vec::new()
        }
    }
}

/// Esc: a step back.
pub(super) fn back(model: &mut Model) {
    let Some(welcome) = model.welcome.as_mut().filter(|welcome| !welcome.beginning) else {
        return;
    };
    if welcome.question.is_some() {
        let before = welcome.beside(-1);
        welcome.show(before);
    }
}

/// What an administrator is asked, or the command that registers the application: copies it.
pub(super) fn copy_for_administrator(model: &mut Model, what: fn(&Account) -> String) -> Vec<Cmd> {
    let Some(welcome) = &model.welcome else {
        return Vec::new();
    };
    let answers = NewProfile {
        client_id: None,
        ..welcome.answers.clone()
    };
    match account::decide(&answers.name, &answers.given(), None) {
        Ok(account) => {
            notice::say(
                model,
                "Sent to the terminal's clipboard. `folkmoot auth setup` prints it, too.",
            );
            vec![Cmd::Copy(what(&account))]
        }
        Err(problem) => {
            notice::warn(model, &problem);
            Vec::new()
        }
    }
}
