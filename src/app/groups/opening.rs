//! Opening a group: its members and threads come into view.

use super::super::cmd::{Cmd, Filterable};
use super::super::members::Levels;
use super::super::model::Model;
use super::super::posts::PostsPane;
use super::super::{ahead, conversations, members, notice, reading, threads};
use crate::domain::{Group, Pages};
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::{Lane, Payload, Query, Reply};

/// Asks for a group by id or address.
pub(in crate::app) fn open_by_key(model: &mut Model, key: String) -> Vec<Cmd> {
    if key.is_empty() {
        return Vec::new();
    }
    let (id, cmd) = model.read(Lane::Open, Query::Group { key });
    model.groups.awaited_group = Some(id);
    vec![cmd]
}

/// Takes the group that was asked for by id or address: it joins the list and is opened.
pub(in crate::app) fn opened_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if model.groups.awaited_group != Some(reply.id) {
        return None;
    }
    model.groups.awaited_group = None;
    match &reply.result {
        Ok(Payload::Group(group)) => {
            let group = (**group).clone();
            let mut cmds = join_list(model, &group);
            if Place::PANES.contains(&model.place()) {
                cmds.extend(open(model, group));
            } else {
                // Whoever is typing or choosing meanwhile keeps what is under their hands.
                notice::say(model, &format!("“{}” is in the list of groups now.", group.shown()));
            }
            Some(cmds)
        }
        Ok(_) => Some(Vec::new()),
        Err(problem) => {
            notice::warn(model, problem);
            Some(Vec::new())
        }
    }
}

/// Puts the cursor of the groups pane on a group, which joins the list where it was not in it.
fn join_list(model: &mut Model, group: &Group) -> Vec<Cmd> {
    let cmds = model.filter(Filterable::Pane(Pane::Groups), String::new());
    let page = model.arrangement().page(Pane::Groups);
    let list = &mut model.groups.list;
    if !list.move_to_key(&group.id, page) {
        let old = list.items.shown().into_iter().flat_map(Pages::iter).cloned();
        list.replace(std::iter::once(group.clone()).chain(old).collect());
        list.move_to(0, page, false);
    }
    cmds
}

/// Enter on a group: shows it and goes to its threads, or to its members where it has no mailbox.
pub(in crate::app) fn open(model: &mut Model, group: Group) -> Vec<Cmd> {
    let next = if group.has_mailbox() {
        Pane::Threads
    } else {
        Pane::Members
    };
    let cmds = show(model, group);
    model.focus = next;
    model.resting = None;
    model.rest(next);
    cmds
}

/// Shows a group's members and threads: what is kept of them at once, the rest as it comes.
pub(in crate::app) fn show(model: &mut Model, group: Group) -> Vec<Cmd> {
    if model.group.as_ref().is_some_and(|shown| shown.id == group.id) {
        return Vec::new();
    }
    put_away(model);
    let (kept, total) = match model.ahead.members.get(&group.id) {
        Some((pages, total)) => (Some(pages.clone()), *total),
        None => (None, None),
    };
    model.members.levels = Levels::Direct;
    model.members.list.renew(kept);
    model.members.total = total;
    let sorting = model.filter_again(Pane::Members);
    model.threads.renew(model.ahead.threads.get(&group.id).cloned());
    model.posts = PostsPane {
        single: model.posts.single,
        ..PostsPane::default()
    };
    model.group = Some(group.clone());
    let mut cmds = vec![
        Cmd::Abandon(Lane::Posts),
        Cmd::Abandon(Lane::Attachments),
        members::load(model, &group),
    ];
    if group.has_mailbox() {
        model.conversations.of = None;
        cmds.push(threads::load(model, &group));
    } else {
        cmds.push(Cmd::Abandon(Lane::Threads));
    }
    cmds.extend(conversations::renew(model));
    cmds.extend(sorting);
    cmds.extend(ahead::fetch_next_threads(model));
    cmds
}

/// Keeps the lists of the group that was shown; not those that are incomplete, which would look like whole ones.
fn put_away(model: &mut Model) {
    let Some(old) = model.group.take() else { return };
    reading::leave(model, &old.id);
    let direct = model.members.levels == Levels::Direct;
    let members = model.members.list.items.ready().filter(|_| direct).cloned();
    let all_threads = model.conversations.of.is_none();
    let threads = model.threads.list.items.ready().filter(|_| all_threads).cloned();
    model
        .ahead
        .keep_lists(&old, members.map(|pages| (pages, model.members.total)), threads);
}

/// Reads the shown group's members and threads again.
pub(in crate::app) fn refresh_shown(model: &mut Model, pane: Pane) -> Vec<Cmd> {
    let Some(group) = model.group.clone() else {
        return Vec::new();
    };
    match pane {
        Pane::Members => vec![members::load(model, &group)],
        Pane::Threads if group.has_mailbox() => vec![threads::load(model, &group)],
        Pane::Threads | Pane::Groups | Pane::Posts => Vec::new(),
    }
}
