//! The fields above a text: its topic, people, categories and files. One of them has the keyboard, or the text has it.
//!
//! A topic is one line. The others hold several things each: Enter adds what was typed, and backspace in an empty line takes
//! the last away.

use std::path::{Path, PathBuf};

use super::cmd::Cmd;
use super::compose::{self, Composer};
use super::editor::{Edit, Editor};
use super::finder::{self, Goal};
use super::model::Model;
use super::{awaited, notice, paths};
use crate::domain::{DraftId, Enclosure, Field, Format, Kind, Recipient, Text, Unfinished};
use crate::keys::Action;
use crate::protocol::{Problem, delivery};

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

/// Adds what was typed in a field of several things, if it is something.
pub(super) fn add_typed(model: &mut Model) -> Vec<Cmd> {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    let typed = composer.header.line.text().trim().to_owned();
    let field = composer.header.at;
    if typed.is_empty() || matches!(field, None | Some(Field::Topic)) {
        return Vec::new();
    }
    match field {
        Some(Field::People) => match addresses(&typed) {
            Some(people) => people.into_iter().for_each(|person| add_person(model, person)),
            None => {
                let [opens, clears] = [Action::Accept, Action::DeleteToLineStart].map(|action| model.key(action));
                notice::say(
                    model,
                    &format!("That is no address. {opens} opens the people finder with it, {clears} clears the line."),
                );
            }
        },
        Some(Field::Categories) => {
            compose::change(model, |composer| {
                let categories = &mut composer.with_mut().categories;
                if !categories.contains(&typed) {
                    categories.push(typed);
                }
            });
            enter(model, field);
        }
        Some(Field::Attachments) => {
            let draft = composer.id().clone();
            composer.awaited.files += 1;
            // On disk the path stays where it was typed until the file was looked at.
            enter(model, field);
            return vec![Cmd::Enclose {
                draft,
                path: PathBuf::from(typed),
            }];
        }
        Some(Field::Topic) | None => {}
    }
    Vec::new()
}

/// Adds somebody, once.
pub(super) fn add_person(model: &mut Model, person: Recipient) {
    compose::change(model, |composer| {
        let people = &mut composer.with_mut().people;
        let same = |other: &Recipient| other.address.as_str().eq_ignore_ascii_case(person.address.as_str());
        if !people.iter().any(same) {
            people.push(person);
        }
    });
    enter(model, Some(Field::People));
}

/// Takes a file that was looked at, also for a draft that was put aside meanwhile. What is too large is said at once.
pub(super) fn enclosed(model: &mut Model, id: &DraftId, path: &Path, result: Result<Enclosure, Problem>) -> Vec<Cmd> {
    let typed = model.composer.as_ref().filter(|open| open.id() == id);
    let typed = typed.map(Composer::draft);
    let Some((draft, under_way)) = awaited::being_written(model, id) else {
        return Vec::new();
    };
    under_way.files = under_way.files.saturating_sub(1);
    let attached = result.and_then(|file| {
        let mut whole = typed.unwrap_or_else(|| draft.clone());
        let files = &mut whole.with.attachments;
        files.retain(|other| other.path != file.path);
        files.push(file);
        match delivery::too_much(&whole) {
            Some(problem) => Err(problem),
            None => Ok(whole.with.attachments),
        }
    });
    match attached {
        Ok(files) => draft.with.attachments = files,
        Err(problem) => {
            notice::warn(model, &problem);
            type_again(model, id, path);
        }
    }
    awaited::changed(model, id)
}

/// A file cannot go with the draft: its path stands where it was typed, unless something else does by now.
fn type_again(model: &mut Model, id: &DraftId, path: &Path) {
    let open = model.composer.as_mut().filter(|open| open.id() == id);
    let header = open.map(|open| &mut open.header);
    if let Some(header) = header.filter(|it| it.at == Some(Field::Attachments) && it.line.is_blank()) {
        header.line = Editor::line(&path.to_string_lossy());
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

/// One address, or several with commas or semicolons between them, as other programs copy them.
fn addresses(typed: &str) -> Option<Vec<Recipient>> {
    let several = || typed.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    match address(typed) {
        Some(one) => Some(vec![one]),
        None if several().next().is_some() => several().map(address).collect(),
        None => None,
    }
}

/// `ada@folk.example`, or `Ada Lovelace <ada@folk.example>`.
pub fn address(typed: &str) -> Option<Recipient> {
    let (name, address) = match typed.trim().strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"'), address.trim()),
        None => ("", typed.trim()),
    };
    let (user, host) = address.split_once('@')?;
    let is_plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "<>,;\"@".contains(c));
    let one = Recipient {
        name: Text::new(name),
        address: Text::new(address),
    };
    (is_plain(user) && is_plain(host) && one.has_domain()).then_some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_with_or_without_a_name() {
        for (typed, name, mail) in [
            ("ada@folk.example", "", "ada@folk.example"),
            (" Ada 花子 <ada@folk.example> ", "Ada 花子", "ada@folk.example"),
            (
                "\"Lovelace, Ada\" <ada@folk.example>",
                "Lovelace, Ada",
                "ada@folk.example",
            ),
        ] {
            let found = address(typed).unwrap();
            assert_eq!((found.name.as_str(), found.address.as_str()), (name, mail));
        }
        let several = addresses("ada@folk.example, Kim <kim@folk.example>; \"Lovelace\" <l@folk.example>,");
        let several: Vec<String> = several.unwrap().iter().map(|one| one.address.to_string()).collect();
        assert_eq!(several, ["ada@folk.example", "kim@folk.example", "l@folk.example"]);
        for typed in ["", ",", "ada@folk.example, Kim"] {
            assert_eq!(addresses(typed), None, "{typed}");
        }
        for typed in [
            "",
            "ada",
            "@",
            "a@",
            "@b.example",
            "a@b.example, c@d.example",
            "a@b.example c",
            "<a@b.example",
            "a@b@c.example",
            "a@b",
            "Ada <a@localhost>",
            "a@b.",
            "a@.example",
            "a@b..example",
        ] {
            assert_eq!(address(typed), None, "{typed}");
        }
    }
}
