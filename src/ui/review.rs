//! The last look before sending: what goes out, as whom, and who will read it.

use ratatui_macros::{line, span};

use super::screen::Screen;
use super::{body, message, title, words};
use crate::app::{Composer, Model, Search, shown_address};
use crate::domain::{Enclosed, Kind, Recipient, Target, Text};
use crate::keys::Action;
use crate::layout::Area;
use crate::text::{pad, wrap};

/// The column of labels.
const LABEL: usize = 9;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area, composer: &Composer) {
    let theme = screen.theme;
    let asks = match composer.target().kind {
        Kind::Reply { .. } => "Send this reply?",
        Kind::Conversation => "Begin this conversation?",
        Kind::Thread { .. } => "Begin this thread?",
        Kind::Forward { .. } => "Forward this post out of the group?",
    };
    title::draw(screen, area, true, asks, &[]);
    let content = area.content();
    draw_keys(screen, content);
    let text = composer.editor.text();
    let mut rest = message::below(content, 1);
    for (label, value) in facts(screen, composer, &text) {
        let width = usize::from(rest.width).saturating_sub(2 + LABEL);
        for (at, line) in wrap(&value, width).iter().enumerate() {
            let mut strip = screen.row(rest, 0);
            strip
                .skip(2)
                .put(&pad(if at == 0 { label } else { "" }, LABEL), theme.secondary);
            strip.put(line, theme.text);
            rest = message::below(rest, 1);
        }
    }
    screen.row(rest, 0).fill("─", theme.rule);
    let rest = message::below(rest, 1);
    if let Some(set) = &composer.preview {
        for (row, line) in (0..rest.height).zip(&set.lines) {
            let place = body::Place {
                entry: 0,
                line: 0,
                width: content.width,
                links: &set.links,
            };
            body::draw(&mut screen.row(rest, row), theme, line, &place, &Search::default());
        }
        return;
    }
    let shown = crate::domain::Prose::new(&text);
    message::paragraph(screen, rest, shown.as_str(), theme.text);
}

fn draw_keys(screen: &mut Screen<'_, '_>, area: Area) {
    let theme = screen.theme;
    let keys = [Action::ConfirmSend, Action::KeepWriting].map(|action| (screen.key(action), action.help()));
    let mut strip = screen.row(area, 0);
    strip.skip(2);
    for (key, help) in keys {
        strip.line(&line![
            span!(theme.key; "{key}"),
            " ",
            span!(theme.text; "{help}"),
            "   "
        ]);
    }
}

/// A line of the review: what it is about, and what is so.
type Fact = (&'static str, String);

fn facts(screen: &Screen<'_, '_>, composer: &Composer, text: &str) -> Vec<Fact> {
    let (model, target) = (screen.model, composer.target());
    let mut facts = whither(composer);
    let thread = model
        .posts
        .thread
        .as_ref()
        .filter(|thread| target.thread() == Some(&thread.id));
    let recipients = thread.map_or(&[][..], |thread| &thread.to_recipients);
    if !recipients.is_empty() {
        facts.push(("And to", names(recipients)));
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
    let lines = words::counted(composer.editor.line_count(), "line", "lines");
    let characters = words::counted(text.chars().count(), "character", "characters");
    facts.push(("Text", format!("{lines}, {characters}")));
    facts
}

/// To whom it goes, and under which topic.
fn whither(composer: &Composer) -> Vec<Fact> {
    let target = composer.target();
    let (group, topic) = (Text::new(&target.group_name), Text::new(&target.topic));
    let people: Vec<String> = composer.with().people.iter().map(shown_address).collect();
    let people = people.join(", ");
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
    let when = entry.post.when().map(|then| words::when(model, then));
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
            .map(|file| format!("{} ({})", Text::new(&file.name), words::bytes(file.size)))
            .collect();
        facts.push(("Files", files.join(", ")));
    }
    if with.signature.is_some() {
        facts.push(("Signed", "with your signature, below your text".into()));
    }
    facts
}

fn names(recipients: &[Recipient]) -> String {
    let names: Vec<&str> = recipients.iter().map(|recipient| recipient.shown().as_str()).collect();
    names.join(", ")
}
