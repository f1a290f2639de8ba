//! What the review before sending shows, row by row: who gets it, as whom it goes, and what it says.

use super::compose::Composer;
use super::model::Model;
use crate::domain::{Enclosed, Kind, Prose, Recipient, Target, Text};
use crate::text::{bytes, counted, start_of, time, wrap};

/// The column of labels.
pub const LABEL: usize = 9;
/// Cells left of the labels.
pub const INDENT: usize = 2;

/// How many bytes of the text are shown before it is laid out as it will be read.
const MEANWHILE: usize = 20_000;

/// A row of the review.
#[derive(Debug, Clone, PartialEq)]
pub enum ReviewRow {
    /// A label, empty where the row goes on with the one before, and what is told.
    Fact(&'static str, String),
    /// The line between what is told and the text.
    Rule,
    /// A line of what the text becomes, by its place in the preview.
    Becomes(usize),
    /// A line of the text as it was typed.
    Typed(String),
}

/// The rows, for the width that the composer has.
pub fn rows(model: &Model, composer: &Composer) -> Vec<ReviewRow> {
    let width = model.arrangement().composer.map_or(0, |area| usize::from(area.width));
    let text = composer.editor.text();
    let told = facts(model, composer, &text).into_iter().flat_map(|(label, value)| {
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        let lines = wrap(&value, width.saturating_sub(INDENT + LABEL)).into_iter();
        labels.zip(lines).map(|(label, line)| ReviewRow::Fact(label, line))
    });
    let mut rows: Vec<ReviewRow> = told.chain([ReviewRow::Rule]).collect();
    match &composer.preview {
        Some(set) => rows.extend((0..set.lines.len()).map(ReviewRow::Becomes)),
        None => {
            // It is laid out in the background; until then as much of it as there is room for anywhere.
            let typed = wrap(Prose::new(start_of(&text, MEANWHILE)).as_str(), width).into_iter();
            rows.extend(typed.map(ReviewRow::Typed));
        }
    }
    rows
}

/// A line of the review: what it is about, and what is so.
type Fact = (&'static str, String);

fn facts(model: &Model, composer: &Composer, text: &str) -> Vec<Fact> {
    let target = composer.target();
    let mut facts = whither(composer);
    let others = beside_the_group(model, target);
    if !others.is_empty() {
        facts.push(("And to", Recipient::listed(&others)));
    }
    if let Some(me) = model.me.shown() {
        let address = me.person.mail.as_ref().or(me.person.user_principal_name.as_ref());
        let address = address.map(|address| format!(" <{address}>")).unwrap_or_default();
        facts.push(("As", format!("{}{address}", me.person.shown())));
    }
    facts.extend(answered(model, target));
    if target.quoted.is_some() {
        facts.push(("Quotes", "the answered post, below your text".into()));
    }
    facts.extend(enclosed(composer.with()));
    let lines = counted(composer.editor.line_count(), "line", "lines");
    let characters = counted(text.chars().count(), "character", "characters");
    facts.push(match composer.editor.is_blank() {
        true => ("Text", "none: the post goes without a word of yours".to_owned()),
        false => ("Text", format!("{lines}, {characters}")),
    });
    facts
}

/// Who gets what is posted to the thread besides its group. What is forwarded is not posted there.
fn beside_the_group(model: &Model, target: &Target) -> Vec<Recipient> {
    let thread = model.posts.thread.as_ref();
    let answered = thread.filter(|thread| target.thread() == Some(&thread.id));
    let Some(thread) = answered.filter(|_| matches!(target.kind, Kind::Reply { .. })) else {
        return Vec::new();
    };
    let group = model.group.as_ref().filter(|group| group.id == target.group);
    let mail = group.and_then(|group| group.mail.as_ref()).map(Text::as_str);
    let is_group = |one: &Recipient| match mail {
        Some(mail) if !one.address.is_empty() => one.address.as_str().eq_ignore_ascii_case(mail),
        _ => one.name.as_str() == target.group_name,
    };
    let everyone = thread.to_recipients.iter().chain(&thread.cc_recipients);
    everyone.filter(|one| !is_group(one)).cloned().collect()
}

/// To whom it goes, and under which topic.
fn whither(composer: &Composer) -> Vec<Fact> {
    let target = composer.target();
    let (group, topic) = (Text::new(&target.group_name), Text::new(&target.topic));
    let people = Recipient::listed(&composer.with().people);
    let mut facts = match target.kind {
        Kind::Reply { .. } => vec![(
            "To",
            format!("everyone in the group “{group}”, in the thread “{topic}”"),
        )],
        Kind::Conversation | Kind::Thread { .. } => vec![
            ("To", format!("everyone in the group “{group}”")),
            ("Topic", topic.to_string()),
        ],
        Kind::Forward { .. } => {
            let beware = format!(
                "the post leaves the group “{group}”: whoever gets it can read it and pass it on, member or not"
            );
            return vec![("Beware", beware), ("To", people)];
        }
    };
    if !people.is_empty() {
        facts.push(("And to", people));
    }
    facts
}

/// The post that it answers or forwards, where that is shown.
fn answered(model: &Model, target: &Target) -> Option<Fact> {
    let id = target.post()?;
    let entry = model.posts.entries.iter().find(|entry| entry.post.id == *id)?;
    let settings = &model.settings;
    let when = entry.post.when().map(|then| match settings.times.absolute {
        true => settings.when(then, model.now.wall),
        false => time::ago(then, model.now.wall, &settings.zone),
    });
    let label = match target.kind {
        Kind::Forward { .. } => "Forwards",
        _ => "Answers",
    };
    let said = format!(
        "the post of {}, {}",
        entry.post.author().shown(),
        when.unwrap_or_default()
    );
    Some((label, said))
}

/// What goes with it.
fn enclosed(with: &Enclosed) -> Vec<Fact> {
    let mut facts = Vec::new();
    if !with.categories.is_empty() {
        facts.push(("Filed as", Text::new(&with.categories.join(", ")).to_string()));
    }
    if !with.attachments.is_empty() {
        let files = with.attachments.iter();
        let files: Vec<String> = files
            .map(|file| format!("{} ({})", Text::new(&file.name), bytes(file.size)))
            .collect();
        facts.push(("Files", files.join(", ")));
    }
    if with.signature.is_some() {
        facts.push(("Signed", "with your signature, below your text".into()));
    }
    facts
}
