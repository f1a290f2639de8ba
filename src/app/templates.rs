//! Templates: texts of the person's own, to be put into what is written. Each is a file; its name is the file's.

use std::sync::Arc;

use super::cmd::Cmd;
use super::compose;
use super::editor::Editor;
use super::fuzzy::Matcher;
use super::model::Model;
use super::notice;
use super::overlay::Overlay;
use crate::domain::Text;
use crate::protocol::Problem;

/// A text of the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// What the file is called, without its ending.
    pub name: Text,
    /// What is in it, or why that cannot be used.
    pub text: Result<String, &'static str>,
}

/// Why a file is no template.
pub const UNREADABLE: [&str; 3] = ["It cannot be read.", "It is no text.", "It is larger than 64 kB."];

/// The templates while they are being chosen among.
#[derive(Debug, Clone, PartialEq)]
pub struct Templates {
    /// What is typed.
    pub line: Editor,
    all: Arc<[Template]>,
    /// The places of those that match, best first.
    found: Vec<usize>,
    /// The place among these of the chosen one.
    pub cursor: usize,
}

impl Templates {
    fn of(all: Arc<[Template]>) -> Self {
        Templates {
            line: Editor::line(""),
            found: (0..all.len()).collect(),
            all,
            cursor: 0,
        }
    }

    /// Those that match what was typed, best first.
    pub fn found(&self) -> impl ExactSizeIterator<Item = Option<&Template>> {
        self.found.iter().map(|place| self.all.get(*place))
    }

    /// The chosen one.
    pub fn selected(&self) -> Option<&Template> {
        self.found().nth(self.cursor).flatten()
    }

    fn find(&mut self) {
        let mut matcher = Matcher::new(&self.line.text());
        let all = self.all.iter().enumerate();
        let scored = all.filter_map(|(place, it)| Some((std::cmp::Reverse(matcher.score(it.name.as_str())?), place)));
        let mut scored: Vec<_> = scored.collect();
        scored.sort_unstable();
        self.found = scored.into_iter().map(|(_, place)| place).collect();
        self.cursor = 0;
    }
}

/// Asks for the templates; they are shown once they have been read.
pub(super) fn ask(model: &mut Model) -> Vec<Cmd> {
    match model.composer {
        Some(_) => vec![Cmd::ReadTemplates],
        None => Vec::new(),
    }
}

/// Takes the templates, and shows them if somebody still writes.
pub(super) fn read(model: &mut Model, result: Result<Arc<[Template]>, Problem>) -> Vec<Cmd> {
    let is_writing = model.composer.as_ref().is_some_and(|open| open.review.is_none()) && model.overlay.is_none();
    match result {
        Err(problem) => notice::warn(model, &problem),
        Ok(all) if is_writing => model.overlay = Some(Overlay::Templates(Box::new(Templates::of(all)))),
        Ok(_) => {}
    }
    Vec::new()
}

/// Changes the line, and finds again.
pub(super) fn edit(model: &mut Model, change: impl FnOnce(&mut Editor)) {
    if let Some(Overlay::Templates(templates)) = &mut model.overlay {
        change(&mut templates.line);
        templates.find();
    }
}

/// Puts the chosen one into the text, where the cursor is.
pub(super) fn accept(model: &mut Model) -> Vec<Cmd> {
    let Some(Overlay::Templates(templates)) = &model.overlay else {
        return Vec::new();
    };
    match templates.selected().map(|chosen| chosen.text.clone()) {
        Some(Ok(text)) => {
            let text = filled(model, &text);
            model.overlay = None;
            compose::paste(model, &text)
        }
        Some(Err(why)) => {
            notice::say(model, why);
            Vec::new()
        }
        None => {
            notice::say(model, "No template is called anything like this.");
            Vec::new()
        }
    }
}

/// A template with what it leaves open filled in: `{{group}}`, `{{topic}}`, `{{me}}` and `{{date}}`. What is not known is left
/// as it stands, so that whoever writes sees it.
pub(super) fn filled(model: &Model, text: &str) -> String {
    let target = model.composer.as_ref().map(|open| open.target());
    let me = model.me.shown().map(|me| me.person.name.to_string());
    let today = model.now.wall.to_zoned(model.settings.zone.clone()).date();
    let known = [
        ("{{group}}", target.map(|target| target.group_name.clone())),
        ("{{topic}}", target.map(|target| target.topic.clone())),
        ("{{me}}", me),
        ("{{date}}", Some(today.to_string())),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // In one pass: what is filled in is never looked at again.
    while let Some(at) = rest.find("{{") {
        let (before, open) = rest.split_at(at);
        out.push_str(before);
        let filled = known.iter().find_map(|(name, value)| {
            let value = value.as_ref().filter(|value| !value.is_empty())?;
            Some((value, open.strip_prefix(name)?))
        });
        rest = match filled {
            Some((value, behind)) => {
                out.push_str(value);
                behind
            }
            None => {
                out.push_str("{{");
                open.get(2..).unwrap_or_default()
            }
        };
    }
    out + rest
}
