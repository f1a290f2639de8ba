//! The fields above a text: its topic, people, categories and files. One of them has the keyboard, or the text has it.
//!
//! A topic is one line. The others hold several things each: Enter adds what was typed, and backspace in an empty line takes
//! the last away.

mod adding;
mod address;

pub(super) use adding::{add_person, add_typed, enclosed};
pub use address::address;
use address::addresses;

use super::cmd::Cmd;
use super::compose::{self, Composer};
use super::editor::{Edit, Editor};
use super::finder::{self, Goal};
use super::model::Model;
use super::{notice, paths};
use crate::domain::{Field, Format, Kind, Recipient, Unfinished};
use crate::keys::Action;

/// Where the keyboard is in a composer.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// The field; `None` is the text.
    pub at: Option<Field>,
    /// What is typed there: the whole topic, or what is to be added.
    pub line: Editor,
}

impl Header {
    /// The keyboard where it was when a draft was left with words in a field that holds several things.
    pub(super) fn of(unfinished: Option<Unfinished>) -> Self {
        unfinished.map_or_else(Header::default, |left| Header {
            at: Some(left.field),
            line: Editor::line(&left.words),
        })
    }

    /// The words in a field that holds several things, not added to it yet.
    pub(super) fn unfinished(&self) -> Option<Unfinished> {
        let field = self.at.filter(|field| *field != Field::Topic)?;
        let words = self.line.text();
        (!self.line.is_blank()).then_some(Unfinished { field, words })
    }
}

impl Default for Header {
    fn default() -> Self {
        Header {
            at: None,
            line: Editor::line(""),
        }
    }
}

impl Composer {
    /// The fields that are shown: those that must be filled, those that are, and all while one has the keyboard.
    pub fn shown_fields(&self) -> Vec<Field> {
        let (target, with) = (self.target(), self.with());
        let is_shown = |field: &&Field| {
            self.header.at.is_some()
                || match field {
                    Field::Topic => true,
                    Field::People => !with.people.is_empty() || matches!(target.kind, Kind::Forward { .. }),
                    Field::Categories => !with.categories.is_empty(),
                    Field::Attachments => !with.attachments.is_empty(),
                }
        };
        target.kind.fields().iter().filter(is_shown).copied().collect()
    }

    /// What is in a field of several things.
    pub fn in_field(&self, field: Field) -> Vec<String> {
        let with = self.with();
        match field {
            Field::Topic => Vec::new(),
            Field::People => with.people.iter().map(Recipient::addressed).collect(),
            Field::Categories => with.categories.clone(),
            Field::Attachments => with.attachments.iter().map(|file| file.name.clone()).collect(),
        }
    }
}

/// Whether words are left in a field that takes no such thing, which was said.
pub(super) fn is_stuck(composer: &Composer) -> bool {
    composer.header.unfinished().is_some()
}

/// Moves the keyboard among the fields and the text.
pub(super) fn go(model: &mut Model, forward: bool) -> Vec<Cmd> {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    // The text comes behind the last field.
    let mut places: Vec<Option<Field>> = composer.target().kind.fields().iter().copied().map(Some).collect();
    places.push(None);
    let here = places
        .iter()
        .position(|place| *place == composer.header.at)
        .unwrap_or(0);
    let step = if forward { 1 } else { places.len() - 1 };
    let next = places.get((here + step) % places.len()).copied().flatten();
    go_to(model, next)
}

/// Adds what was typed, and moves the keyboard; it stays where words would be lost.
fn go_to(model: &mut Model, next: Option<Field>) -> Vec<Cmd> {
    let mut cmds = add_typed(model);
    if !model.composer.as_ref().is_some_and(is_stuck) {
        enter(model, next);
        cmds.extend(compose::laid_out(model));
    }
    cmds
}

/// Puts the keyboard into a field, or into the text.
pub(super) fn enter(model: &mut Model, field: Option<Field>) {
    model.paths = None;
    if let Some(composer) = &mut model.composer {
        let text = match field {
            Some(Field::Topic) => composer.target().topic.clone(),
            _ => String::new(),
        };
        composer.mention = None;
        composer.header = Header {
            at: field,
            line: Editor::line(&text),
        };
    }
}

/// Back to the text.
pub(super) fn leave(model: &mut Model) -> Vec<Cmd> {
    go_to(model, None)
}

/// Changes the line of the field that has the keyboard.
pub(super) fn edit(model: &mut Model, change: impl FnOnce(&mut Editor)) -> Vec<Cmd> {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    let before = composer.header.line.text();
    change(&mut composer.header.line);
    let typed = composer.header.line.text();
    if typed != before {
        compose::change(model, |composer| {
            if composer.header.at == Some(Field::Topic) {
                composer.target_mut().topic = typed;
            }
        });
    }
    paths::follow(model)
}

/// Does to the field that has the keyboard what a key says.
pub(super) fn act(model: &mut Model, key: Edit) -> Vec<Cmd> {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    let several = composer.header.at.filter(|field| *field != Field::Topic);
    match several {
        Some(field) if key == Edit::DeleteBack && composer.header.line.is_blank() => {
            compose::change(model, |composer| {
                let with = composer.with_mut();
                match field {
                    Field::Topic => {}
                    Field::People => drop(with.people.pop()),
                    Field::Categories => drop(with.categories.pop()),
                    Field::Attachments => drop(with.attachments.pop()),
                }
            });
            Vec::new()
        }
        _ => edit(model, |line| {
            line.act(key);
        }),
    }
}

/// Enter: adds what was typed, or goes on to the next field. Words that are no address open the people finder.
pub(super) fn accept(model: &mut Model) -> Vec<Cmd> {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    let typed = composer.header.line.text().trim().to_owned();
    match composer.header.at {
        Some(Field::People) if addresses(&typed).is_none() => {
            let mut cmds = finder::open(model, Goal::Recipient);
            let name = typed.trim_start_matches('@');
            if !name.is_empty() {
                cmds.extend(finder::edit(model, |line| line.paste(name)));
            }
            cmds
        }
        Some(Field::Topic) | None => go(model, true),
        Some(_) if typed.is_empty() => go(model, true),
        Some(_) => add_typed(model),
    }
}

/// Markdown, or plain text.
pub(super) fn switch_format(model: &mut Model) {
    let Some(composer) = &model.composer else { return };
    if matches!(composer.target().kind, Kind::Forward { .. }) {
        return notice::say(model, "Graph takes only plain words with a forwarded post.");
    }
    let (format, said) = match composer.with().format {
        Format::Plain => {
            let shows = model.key(Action::AskToSend);
            (Format::Markdown, format!("Markdown: {shows} shows what it becomes."))
        }
        Format::Markdown => (Format::Plain, "Plain text: it goes as it stands.".into()),
    };
    compose::change(model, |composer| composer.with_mut().format = format);
    notice::say(model, &said);
}

/// With the signature of the profile, or without it.
pub(super) fn switch_signature(model: &mut Model) {
    let signature = model.settings.signature.clone();
    let Some(composer) = &model.composer else { return };
    let (signature, said) = match (&composer.with().signature, signature) {
        (Some(_), _) => (None, "It goes without a signature."),
        (None, Some(signature)) => (Some(signature), "Your signature goes below it."),
        (None, None) => return notice::say(model, "The profile has no signature: set one in config.toml."),
    };
    compose::change(model, |composer| composer.with_mut().signature = signature);
    notice::say(model, said);
}
