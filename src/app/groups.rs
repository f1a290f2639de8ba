//! The groups pane: mine, owned or all; opening a group; unseen counts.

mod opening;

pub(super) use opening::{open, open_by_key, opened_reply, refresh_shown, show};

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::cmd::Cmd;
use super::list::List;
use super::model::Model;
use super::seen::{self, Seen};
use crate::domain::{Group, Id};
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId, Scope};

/// How long typing must pause before the server is asked.
const ASK_AFTER: Duration = Duration::from_millis(250);

/// The groups pane.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GroupsPane {
    /// Which groups are listed.
    pub scope: Scope,
    /// The groups.
    pub list: List<Group>,
    /// How many conversations of a group have something new.
    pub unseen: HashMap<Id, u32>,
    /// The words the server was asked for, where it was.
    pub term: Option<String>,
    /// The words whose matches on the server the list holds.
    found: Option<String>,
    /// When the server is to be asked for what was typed.
    pub(super) ask_at: Option<Instant>,
    awaited_counts: Option<RequestId>,
    pub(super) seen: Seen,
    awaited_group: Option<RequestId>,
    /// The group that was under the cursor when another scope was chosen: the cursor goes to it if the list has it, unless
    /// it is moved before.
    pub(super) sought: Option<Id>,
}

impl GroupsPane {
    /// Whether it may still come how many conversations of the groups have something new.
    pub(super) fn is_counting(&self) -> bool {
        self.list.items.is_loading() || self.awaited_counts.is_some()
    }

    /// Whether this very request for a group by id or address is awaited.
    pub(super) fn awaits_group(&self, id: RequestId) -> bool {
        self.awaited_group == Some(id)
    }
}

/// Reads the list of groups.
pub(super) fn load(model: &mut Model) -> Vec<Cmd> {
    let query = Query::Groups {
        scope: model.groups.scope,
        term: model.groups.term.clone(),
    };
    let (id, cmd) = model.read(Lane::Groups, query);
    model.groups.list.await_reply(id);
    vec![cmd]
}

/// Mine → owned → all → mine. The cursor stays on its group where that is in the other list too.
pub(super) fn next_scope(model: &mut Model) -> Vec<Cmd> {
    let held = model.groups.list.selected().or(model.group.as_ref());
    let held = held.map(|group| group.id.clone());
    model.groups.sought = model.groups.sought.take().or(held);
    model.resting = None;
    model.groups.scope = match model.groups.scope {
        Scope::Mine => Scope::Owned,
        Scope::Owned => Scope::All,
        Scope::All => Scope::Mine,
    };
    model.groups.list.renew(None);
    model.groups.term = None;
    model.groups.found = None;
    model.groups.ask_at = None;
    load(model)
}

/// Puts the cursor on the group that it was on before the scope was changed, once it comes.
fn seek(model: &mut Model, part: Part) {
    let page = model.arrangement().page(Pane::Groups);
    let groups = &mut model.groups;
    let found = groups
        .sought
        .as_ref()
        .is_some_and(|id| groups.list.move_to_key(id, page));
    if found || part == Part::Last {
        groups.sought = None;
    }
}

/// The panes beside show the group under the cursor, however it has come to be there: any group, for whoever has gone on to
/// them before the list came.
pub(super) fn keep_together(model: &mut Model) {
    let GroupsPane { list, sought, .. } = &model.groups;
    let shown = model.group.as_ref().map(|group| &group.id);
    let is_other = list.selected().is_some_and(|group| Some(&group.id) != shown);
    let is_moving = sought.is_some() || list.awaits_best() || model.resting.is_some();
    let place = model.place();
    let is_awaited = place == Place::Groups || shown.is_none() && Place::PANES.contains(&place);
    if is_other && !is_moving && is_awaited {
        model.rest(Pane::Groups);
    }
}

/// Among all groups the server searches too, once typing pauses.
pub(super) fn search_on_server(model: &mut Model) -> Vec<Cmd> {
    if model.groups.scope != Scope::All {
        return Vec::new();
    }
    if model.groups.list.needle.is_empty() {
        model.groups.ask_at = None;
        return if model.groups.term.take().is_some() {
            load(model)
        } else {
            Vec::new()
        };
    }
    model.groups.ask_at = Some(model.now.instant + ASK_AFTER);
    Vec::new()
}

/// Typing has paused: asks the server, if there is a word to ask for that it was not asked for already.
pub(super) fn ask_server(model: &mut Model) -> Vec<Cmd> {
    model.groups.ask_at = None;
    let needle = model.groups.list.needle.clone();
    let term = Some(needle).filter(|needle| needle.chars().any(char::is_alphanumeric));
    if term == model.groups.term {
        return Vec::new();
    }
    model.groups.term = term;
    load(model)
}

/// The places of the groups that match what is typed. Where the server has found the groups for these very words, it may
/// have found them in descriptions, which are not shown: those come behind the others.
pub(super) fn with_found(groups: &GroupsPane, shown: Arc<[u32]>) -> Arc<[u32]> {
    if groups.found.as_ref() != Some(&groups.list.needle) {
        return shown;
    }
    let matching: HashSet<u32> = shown.iter().copied().collect();
    let others = (0..)
        .take(groups.list.loaded())
        .filter(|place| !matching.contains(place));
    shown.iter().copied().chain(others).collect()
}

/// Takes an answer to the list.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if !model.groups.list.items.awaits(reply.id) {
        return None;
    }
    let mut cmds = Vec::new();
    match &reply.result {
        Ok(Payload::Groups(page)) => {
            if reply.part == Part::Last {
                model.groups.found = model.groups.term.clone();
            }
            if model.groups.list.take_page(reply.part, page.clone()) {
                cmds.extend(came(model, reply.part));
            }
            if reply.part == Part::Last {
                cmds.extend(count_unseen(model));
            }
        }
        Ok(_) => {}
        Err(problem) => {
            model.groups.sought = None;
            model.groups.list.fail(problem.clone());
        }
    }
    Some(cmds)
}

/// Groups have come: the cursor goes where it is to be, and they are filtered as those before.
pub(super) fn came(model: &mut Model, part: Part) -> Vec<Cmd> {
    seek(model, part);
    model.filter_again(Pane::Groups)
}

/// Asks for the unseen counts of one's own groups; of all groups there are too many to ask.
fn count_unseen(model: &mut Model) -> Option<Cmd> {
    if model.groups.scope == Scope::All {
        return None;
    }
    let pages = model.groups.list.items.shown()?;
    let groups: Vec<Id> = pages
        .iter()
        .filter(|group| group.has_mailbox())
        .map(|group| group.id.clone())
        .collect();
    if groups.is_empty() {
        return None;
    }
    let (id, cmd) = model.read(Lane::Unseen, Query::Unseen { groups });
    model.groups.awaited_counts = Some(id);
    Some(cmd)
}

/// Takes unseen counts, if they were awaited. A count that cannot be read is only not shown.
pub(super) fn unseen_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if model.groups.awaited_counts != Some(reply.id) {
        return None;
    }
    if let Ok(Payload::Unseen(counts)) = &reply.result {
        model.groups.unseen.extend(counts.iter().cloned());
        seen::counted(model, counts);
    }
    if reply.part == Part::Last {
        model.groups.awaited_counts = None;
    }
    Some(Vec::new())
}
