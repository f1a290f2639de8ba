//! Moving: the cursor of whatever has the keyboard.

use super::cmd::Cmd;
use super::columns::Column;
use super::editor::Edit;
use super::model::Model;
use super::overlay::Overlay;
use super::prompt::Purpose;
use super::{details, groups, help, mention, notice, numbered, paths, reading, search};
use crate::keys::{Action, Place};
use crate::layout::Pane;
use crate::protocol::CAPABILITIES;

/// How far the cursor goes.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) enum Step {
    Line(isize),
    Half(isize),
    First,
    Last,
}

impl Step {
    /// The place that a cursor at `from` goes to, among `count`, with `page` visible at once.
    pub(in crate::app) fn from(self, from: usize, count: usize, page: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Step::Line(lines) => from.saturating_add_signed(lines).min(last),
            Step::Half(halves) => from
                .saturating_add_signed(halves * (page / 2).max(1) as isize)
                .min(last),
            Step::First => 0,
            Step::Last => last,
        }
    }
}

/// Moves the cursor of a place.
pub(super) fn move_by(model: &mut Model, place: Place, step: Step) {
    let laid = model.arrangement();
    let turning = model.settings.low_bandwidth;
    match place {
        Place::Groups => {
            let (list, page) = (&mut model.groups.list, laid.page(Pane::Groups));
            list.move_to(step.from(list.cursor, list.len(), page), page, turning);
            model.rest(Pane::Groups);
        }
        Place::Members => {
            let (list, page) = (&mut model.members.list, laid.page(Pane::Members));
            list.move_to(step.from(list.cursor, list.len(), page), page, turning);
        }
        Place::Threads => {
            let (list, page) = (&mut model.threads.list, laid.page(Pane::Threads));
            list.move_to(step.from(list.cursor, list.len(), page), page, turning);
            model.rest(Pane::Threads);
        }
        Place::Conversations => {
            let (list, page) = (&mut model.conversations.list, laid.page(Pane::Threads));
            list.move_to(step.from(list.cursor, list.len(), page), page, turning);
        }
        Place::Posts => move_in_posts(model, step),
        Place::Profile => {
            let height = laid.profile.map_or(1, |area| usize::from(area.content().height));
            if let Some(profile) = model.profiles.last_mut() {
                let row = step.from(profile.cursor, profile.rows().len(), height);
                profile.move_to(row, height);
            }
        }
        Place::Links
        | Place::Attachments
        | Place::Drafts
        | Place::Palette
        | Place::Account
        | Place::Capabilities
        | Place::Raw
        | Place::Details
        | Place::Outline
        | Place::Templates
        | Place::Columns
        | Place::Overlap => move_in_overlay(model, step, usize::from(laid.body.height)),
        Place::Help => help::step(model, step),
        Place::Org => {
            if let (Some(org), Some(area)) = (&mut model.org, laid.profile) {
                let height = org.page(area.content());
                org.tree.step(step, height);
            }
        }
        Place::Nested => {
            let height = laid.profile.map_or(1, |area| usize::from(area.content().height));
            if let Some(nested) = &mut model.nested {
                nested.tree.step(step, height);
            }
        }
        Place::Finder => {
            if let Some(finder) = &mut model.finder {
                finder.step(step, laid.body);
            }
        }
        Place::Completion if model.paths.is_some() => paths::step(model, step),
        Place::Completion => mention::step(model, step),
        Place::Welcome => {
            if let Some(welcome) = &mut model.welcome {
                let count = welcome.picks().len();
                welcome.cursor = step.from(welcome.cursor, count, count);
            }
        }
        Place::Prompt
        | Place::Confirm
        | Place::Composer
        | Place::Header
        | Place::Review
        | Place::Preview
        | Place::SignIn
        | Place::Redirect
        | Place::Answer => {}
    }
}

fn move_in_posts(model: &mut Model, step: Step) {
    let rows = reading::rows(model);
    let turning = model.settings.low_bandwidth;
    let half = (rows / 2).max(1) as isize;
    let posts = &mut model.posts;
    match step {
        Step::Line(1..) => posts.step_down(rows, turning),
        Step::Line(_) => posts.step_up(rows, turning),
        Step::Half(halves) => posts.scroll(halves * half, rows),
        Step::First => posts.go_to(0, rows),
        Step::Last => posts.go_to(usize::MAX, rows),
    }
}

fn move_in_overlay(model: &mut Model, step: Step, height: usize) {
    let (links, drafts) = (model.posts.links().len(), model.outbox.len());
    let attachments = model.posts.attached().len();
    // What is visible at once in a box: a link takes two of its rows, a draft three.
    let page = height.saturating_sub(2);
    let details = details::rows(model).len();
    match &mut model.overlay {
        Some(Overlay::Links { cursor, .. }) => *cursor = step.from(*cursor, links, page / 2),
        Some(Overlay::Attachments { cursor, warned, .. }) => {
            *cursor = step.from(*cursor, attachments, page);
            *warned = false;
        }
        Some(Overlay::Drafts { cursor, discarding }) => {
            *cursor = step.from(*cursor, drafts, page / 3);
            *discarding = false;
        }
        Some(Overlay::Templates(templates)) => {
            let count = templates.found().len();
            templates.cursor = step.from(templates.cursor, count, height);
        }
        Some(Overlay::Palette(palette)) => palette.cursor = step.from(palette.cursor, palette.found.len(), height),
        // The last row may come up to the lower edge of its box, and no further.
        Some(Overlay::Details { top }) => *top = step.from(*top, details.saturating_sub(page) + 1, page),
        Some(Overlay::Raw(raw)) => raw.top = step.from(raw.top, raw.rows.len().saturating_sub(page) + 1, page),
        Some(Overlay::Outline(outline)) => outline.cursor = step.from(outline.cursor, outline.found.len(), height),
        Some(Overlay::Capabilities { cursor }) => *cursor = step.from(*cursor, CAPABILITIES.len(), page),
        Some(Overlay::Overlap(overlap)) => overlap.step(step, height),
        Some(Overlay::Columns { cursor }) => *cursor = step.from(*cursor, Column::ALL.len(), page),
        Some(Overlay::Account { leaving }) => *leaving = false,
        Some(Overlay::Deletion(_)) | None => {}
    }
}

/// The cursor has rested, or the keyboard leaves its pane: reads what belongs to the item under it.
pub(super) fn rested(model: &mut Model) -> Vec<Cmd> {
    let Some((pane, _)) = model.resting.take() else {
        return Vec::new();
    };
    match pane {
        Pane::Groups => match model.groups.list.selected().cloned() {
            Some(group) => groups::show(model, group),
            None => Vec::new(),
        },
        Pane::Threads if awaits_a_thread(model) && !model.conversations.listed => {
            match model.threads.list.selected().cloned() {
                Some(thread) => reading::show(model, thread),
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Whether somebody is at the threads, or at posts of none.
fn awaits_a_thread(model: &Model) -> bool {
    model.focus == Pane::Threads || model.focus == Pane::Posts && model.posts.thread.is_none()
}

/// Goes some posts on or back.
pub(super) fn go_to_post(model: &mut Model, by: isize) {
    let rows = reading::rows(model);
    let (here, last) = (model.posts.cursor, model.posts.entries.len().saturating_sub(1));
    model.posts.go_to(here.saturating_add_signed(by), rows);
    if here == last && by > 0 {
        let unread = model.key(Action::NextUnread);
        notice::say(
            model,
            &format!("This is the last post. {unread} goes to the next that you have not read."),
        );
    } else if here == 0 && by < 0 {
        notice::say(model, "This is the first post.");
    }
}

/// Walks to the next or previous hit in the posts.
pub(super) fn walk_hits(model: &mut Model, forward: bool) {
    search::walk(model, forward);
    reading::show_hit(model);
}

/// The next or previous match of what is being typed: in the palette, in the list that is being filtered, or in the posts.
pub(super) fn match_beside(model: &mut Model, place: Place, forward: bool) {
    let place = if place == Place::Prompt {
        model.pane_place()
    } else {
        place
    };
    match (place, model.prompt.as_ref().map(|prompt| prompt.purpose)) {
        (Place::Completion, _) => move_by(model, place, Step::Line(if forward { 1 } else { -1 })),
        (Place::Posts, Some(Purpose::Search)) => walk_hits(model, forward),
        (_, Some(Purpose::Find)) => {
            let needle = model.prompt.as_ref().map(|prompt| prompt.line.text());
            numbered::walk(model, &needle.unwrap_or_default(), forward);
        }
        (_, Some(Purpose::Own(_))) => {
            if let Some(prompt) = &mut model.prompt {
                prompt.line.act(if forward { Edit::Down } else { Edit::Up });
            }
        }
        (_, Some(Purpose::OpenGroup | Purpose::CardFolder | Purpose::SaveFolder { .. } | Purpose::Export { .. })) => {}
        _ => move_by(model, place, Step::Line(if forward { 1 } else { -1 })),
    }
}
