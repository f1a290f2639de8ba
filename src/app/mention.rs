//! People who are named in a text. Letters behind an `@` bring up whoever they may mean: those who write in the thread, the
//! members of the group, those near at hand, and once typing pauses, whom the directory knows.
//!
//! Typing goes on whatever is found. Only an `@` that was typed behind a space, behind an opening bracket or at the start of
//! a line begins this, so that an address written by hand does not; and Enter takes somebody only where the list was there
//! when the last letter was typed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::acquaintances::Acquaintances;
use super::cmd::Cmd;
use super::compose;
use super::editor::Edit;
use super::fuzzy::Beginnings;
use super::header::address;
use super::model::Model;
use super::movement::Step;
use crate::domain::{Format, Kind, Person};
use crate::protocol::{Lane, Payload, Problem, Query, Reply, RequestId};

/// People shown at once.
const ROWS: usize = 6;
/// How long typing must pause before the directory is asked.
const ASK_AFTER: Duration = Duration::from_millis(300);
/// More letters than this are no name.
const LONGEST: usize = 60;
/// More words than this are no name.
const MOST_WORDS: usize = 4;

/// A person who is being named.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where its `@` stands: line and character, from 0.
    at: (usize, usize),
    /// What is typed behind that.
    words: String,
    /// Whoever may be meant, at most as many as are shown.
    pub people: Vec<Arc<Person>>,
    /// The place of the chosen one among them.
    pub cursor: usize,
    /// Why the directory could not be asked.
    pub problem: Option<Problem>,
    /// Somebody was there when the last letter was typed, or was chosen since.
    offered: bool,
    /// Esc: typing goes on without a list.
    dismissed: bool,
    known: Acquaintances,
    store: Option<RequestId>,
    directory: Option<RequestId>,
    /// When the directory is to be asked.
    pub(super) ask_at: Option<Instant>,
}

impl Mention {
    /// Whether there is anybody to be chosen.
    pub fn is_open(&self) -> bool {
        !self.dismissed && !self.people.is_empty()
    }

    /// What is typed behind the `@`.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Looks for whom the words may mean. A space behind them means nobody yet.
    fn find(&mut self) {
        let beginnings = Beginnings::new(&self.words);
        let known = self.known.people().iter();
        let meant = known.filter(|person| beginnings.are_of(person));
        self.people = match self.words.ends_with(' ') {
            true => Vec::new(),
            false => meant.take(ROWS).cloned().collect(),
        };
        self.cursor = self.cursor.min(self.people.len().saturating_sub(1));
    }
}

/// The text has changed, or the cursor has moved in it: looks whether somebody is being named. Only typing begins it.
pub(super) fn follow(model: &mut Model, typed: bool) -> Vec<Cmd> {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    let (row, column) = composer.editor.cursor();
    let named = being_named(composer.editor.before_cursor()).map(|words| {
        let at = (row, column.saturating_sub(1 + words.chars().count()));
        (at, words.to_owned())
    });
    let before = composer.mention.as_deref();
    let (at, words) = match (named, before) {
        (Some((at, words)), Some(before)) if at == before.at => (at, words),
        (Some((at, words)), None) if typed && words.starts_with(char::is_alphanumeric) => (at, words),
        (_, Some(_)) => return end(model),
        _ => return Vec::new(),
    };
    if before.is_some_and(|before| before.words == words) {
        return Vec::new();
    }
    let mention = match before {
        Some(before) => before.clone(),
        None => Mention {
            at,
            words: String::new(),
            people: Vec::new(),
            cursor: 0,
            problem: None,
            offered: false,
            dismissed: false,
            known: Acquaintances::of_text(model, composer.target()),
            store: None,
            directory: None,
            ask_at: None,
        },
    };
    look_for(model, mention, words)
}

/// Looks for the words among those who are known, and asks on where these are few.
fn look_for(model: &mut Model, mut mention: Mention, words: String) -> Vec<Cmd> {
    mention.words = words;
    mention.cursor = 0;
    mention.problem = None;
    mention.find();
    mention.offered = mention.is_open();
    mention.ask_at = None;
    let mut cmds = Vec::new();
    let term = mention.words.trim().to_owned();
    if !mention.dismissed && mention.people.len() < ROWS && !term.is_empty() {
        mention.ask_at = Some(model.now.instant + ASK_AFTER);
        let (id, cmd) = model.read(Lane::Remembered, Query::Remembered { term });
        mention.store = Some(id);
        cmds.push(cmd);
    }
    if let Some(composer) = &mut model.composer {
        composer.mention = Some(Box::new(mention));
    }
    cmds
}

/// Nobody is being named any more.
fn end(model: &mut Model) -> Vec<Cmd> {
    let mention = model.composer.as_mut().and_then(|composer| composer.mention.take());
    match mention {
        Some(mention) if mention.directory.is_some() => vec![Cmd::Abandon(Lane::People)],
        _ => Vec::new(),
    }
}

/// Typing has paused: asks the directory.
pub(super) fn ask_directory(model: &mut Model) -> Vec<Cmd> {
    let Some(mention) = mention_mut(model) else {
        return Vec::new();
    };
    mention.ask_at = None;
    let term = mention.words.trim().to_owned();
    let (id, cmd) = model.read(Lane::People, Query::People { term });
    if let Some(mention) = mention_mut(model) {
        mention.directory = Some(id);
    }
    vec![cmd]
}

/// Takes people whom the store or the directory has found: behind those who are there.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let mention = mention_mut(model)?;
    if ![mention.store, mention.directory].contains(&Some(reply.id)) {
        return None;
    }
    match &reply.result {
        Ok(Payload::Remembered(people)) => {
            for (person, read_at) in people {
                mention.known.remember(person, *read_at);
            }
        }
        Ok(Payload::People { page, .. }) => mention.known.add(page.iter(), None),
        Ok(_) => {}
        Err(problem) => mention.problem = Some(problem.clone()),
    }
    if mention.directory == Some(reply.id) {
        mention.directory = None;
    }
    mention.find();
    Some(Vec::new())
}

/// Chooses another.
pub(super) fn step(model: &mut Model, step: Step) {
    if let Some(mention) = mention_mut(model) {
        mention.cursor = step.from(mention.cursor, mention.people.len(), ROWS);
        mention.offered = true;
    }
}

/// Esc: no list any more for this name.
pub(super) fn dismiss(model: &mut Model) {
    if let Some(mention) = mention_mut(model) {
        mention.dismissed = true;
        mention.ask_at = None;
    }
}

/// Enter: takes whoever is chosen, or is the new line that was meant before the list came.
pub(super) fn accept(model: &mut Model) -> Vec<Cmd> {
    match mention_mut(model) {
        Some(mention) if mention.offered => take(model),
        _ => compose::edit(model, Edit::NewLine),
    }
}

/// Puts the name of whoever is chosen into the text.
pub(super) fn take(model: &mut Model) -> Vec<Cmd> {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    let Some(mention) = composer.mention.as_deref().filter(|mention| mention.is_open()) else {
        return Vec::new();
    };
    let Some(person) = mention.people.get(mention.cursor) else {
        return Vec::new();
    };
    let format = match composer.target().kind {
        // A comment goes as it stands.
        Kind::Forward { .. } => Format::Plain,
        _ => composer.with().format,
    };
    let (typed, name) = (1 + mention.words.chars().count(), named(person, format));
    compose::change(model, |composer| composer.editor.replace_before(typed, &name));
    end(model)
}

fn mention_mut(model: &mut Model) -> Option<&mut Mention> {
    model.composer.as_mut()?.mention.as_deref_mut()
}

/// What stands in a text for a person.
///
/// A [post](https://learn.microsoft.com/graph/api/resources/post) has no mentions: nobody is told that they were named, and
/// who is not in the group does not get it. What is sent is what Outlook's own mentions look like to a reader: the name
/// behind an `@`, linked to the address. In plain text the address stands behind the name, where any reader makes a link of
/// it.
fn named(person: &Person, format: Format) -> String {
    let name = person.name.as_str();
    // Only what is an address becomes a link: the directory's word for it is somebody's word.
    let address = person.address().and_then(|found| address(found.as_str()));
    match (address, format) {
        (None, Format::Plain) => format!("@{name}"),
        (None, Format::Markdown) => format!("@{}", escaped(name)),
        (Some(to), Format::Plain) => format!("@{name} <{}>", to.address),
        (Some(to), Format::Markdown) => format!("[@{}](<mailto:{}>)", escaped(name), to.address),
    }
}

/// Words that Markdown takes for nothing but words.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_punctuation() && !"-.,'@".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What is typed behind an `@` that may begin a name, if the cursor stands in one.
fn being_named(before: &str) -> Option<&str> {
    let (at, _) = before.rmatch_indices('@').next()?;
    let (ahead, words) = before.split_at_checked(at)?;
    let words = words.strip_prefix('@')?;
    let opens = |c: char| c.is_whitespace() || "([{（［【「『《〈".contains(c);
    let is_begun = ahead.chars().next_back().is_none_or(opens);
    // Letters of any script, what joins them, and what stands in names.
    let is_of_name = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || " -.'_".contains(c);
    let is_name = words.chars().all(is_of_name)
        && words.chars().count() <= LONGEST
        && words.split(' ').count() <= MOST_WORDS
        && !words.contains("  ");
    (is_begun && is_name).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_name_and_what_follows_a_space_or_a_bracket_may_be_one() {
        for (before, words) in [
            ("@ada", Some("ada")),
            ("Dear @山田 花", Some("山田 花")),
            ("(@نور", Some("نور")),
            ("「@花", Some("花")),
            ("@", Some("")),
            ("to @Ada, and @Zoé Ł", Some("Zoé Ł")),
            ("ada@folk", None),
            ("ada @folk@ex", None),
            ("<@ada", None),
            ("@ada <ada@x", None),
            ("@ada wrote this to us", None),
            ("@ada  x", None),
            ("[@ada](mailto", None),
            ("no one", None),
        ] {
            assert_eq!(being_named(before), words, "{before}");
        }
    }

    #[test]
    fn what_is_put_into_a_text_is_the_name_and_a_link_to_an_address_that_is_one() {
        let person = |name: &str, mail: &str| Person {
            name: name.into(),
            mail: Some(mail.into()),
            ..Person::default()
        };
        let ada = person("Ada [R&D] O'Neil-李", "ada(r)@folk.example");
        assert_eq!(named(&ada, Format::Plain), "@Ada [R&D] O'Neil-李 <ada(r)@folk.example>");
        assert_eq!(
            named(&ada, Format::Markdown),
            r"[@Ada \[R\&D\] O'Neil-李](<mailto:ada(r)@folk.example>)"
        );
        let odd = person("*نور*", "a> [x](http://evil.example) <b@c");
        assert_eq!(named(&odd, Format::Markdown), r"@\*نور\*");
        assert_eq!(named(&odd, Format::Plain), "@*نور*");
    }
}
