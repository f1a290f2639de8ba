//! The posts of a thread in a row each, to jump to one of them: by its number, its author, its date, or its first words.

use super::editor::Editor;
use super::fuzzy::Matcher;
use super::model::Model;
use super::overlay::Overlay;
use super::reading;
use crate::domain::Id;
use crate::text::{Line, Part, Role, time};

/// The outline while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// What is typed.
    pub line: Editor,
    /// The posts that match, as places among the entries, best first.
    pub found: Vec<usize>,
    /// The selected one.
    pub cursor: usize,
    /// What is told of each post.
    pub posts: Vec<Heading>,
}

/// What the outline tells of a post.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heading {
    /// Whose it is.
    pub post: Id,
    /// Who wrote it.
    pub author: String,
    /// When, in full.
    pub when: String,
    /// How it begins.
    pub start: String,
}

/// Shows the outline, with the cursor on the post under the cursor.
pub(super) fn open(model: &mut Model) {
    let posts = (0..model.posts.entries.len())
        .map(|entry| heading(model, entry))
        .collect::<Vec<_>>();
    let outline = Outline {
        line: Editor::line(""),
        found: (0..posts.len()).collect(),
        cursor: model.posts.cursor,
        posts,
    };
    model.overlay = Some(Overlay::Outline(Box::new(outline)));
}

fn heading(model: &Model, entry: usize) -> Heading {
    let posts = &model.posts;
    let Some(post) = posts.entries.get(entry).map(|entry| &entry.post) else {
        return Heading::default();
    };
    let settings = &model.settings;
    let absolute = |then| time::absolute(then, &settings.zone, settings.times.twelve_hours);
    let lines = posts.typeset.get(&post.id).map_or(&[][..], |set| &set.lines);
    let said = |line: &Line| -> String {
        let runs = line.runs.iter();
        let runs = runs.filter(|run| !matches!(run.role, Role::LinkNumber(_)));
        runs.map(|run| &*run.text).collect()
    };
    let mut own = lines
        .iter()
        .filter(|line| line.quote == 0 && line.part == Part::Body)
        .map(said)
        .filter(|text| !text.trim().is_empty());
    Heading {
        post: post.id.clone(),
        author: post.author().shown().to_string(),
        when: post.when().map(absolute).unwrap_or_default(),
        start: own.next().map(|text| text.trim().to_owned()).unwrap_or_default(),
    }
}

impl Outline {
    /// Finds again after a change of the line. A number is that of a post; equals stay in the order of the thread.
    fn find(&mut self) {
        let needle = self.line.text();
        let mut matcher = Matcher::new(&needle);
        let number = needle.trim().trim_start_matches('#').parse().ok();
        let mut found: Vec<_> = self
            .posts
            .iter()
            .enumerate()
            .filter_map(|(entry, post)| {
                let is_meant = number == Some(entry + 1);
                let text = format!("{} {} {}", post.author, post.when, post.start);
                let score = matcher.score(&text);
                (is_meant || score.is_some()).then_some((!is_meant, std::cmp::Reverse(score), entry))
            })
            .collect();
        found.sort_unstable();
        self.found = found.into_iter().map(|(_, _, entry)| entry).collect();
        self.cursor = 0;
    }
}

/// Changes the line and finds again.
pub(super) fn edit(model: &mut Model, change: impl FnOnce(&mut Editor)) {
    if let Some(Overlay::Outline(outline)) = &mut model.overlay {
        let before = outline.line.text();
        change(&mut outline.line);
        if outline.line.text() != before {
            outline.find();
        }
    }
}

/// Goes to the selected post.
pub(super) fn accept(model: &mut Model) {
    let Some(Overlay::Outline(outline)) = model.overlay.take() else {
        return;
    };
    let wanted = outline
        .found
        .get(outline.cursor)
        .and_then(|place| outline.posts.get(*place));
    // Posts may have come in the meantime.
    let entry = wanted.and_then(|wanted| {
        model
            .posts
            .entries
            .iter()
            .position(|entry| entry.post.id == wanted.post)
    });
    if let Some(entry) = entry {
        let rows = reading::rows(model);
        model.posts.go_to(entry, rows);
    }
}
