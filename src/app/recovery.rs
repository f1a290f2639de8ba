//! What could not be read is read again by itself, once what was in the way no longer is: somebody has signed in, or the
//! line works again.

use super::cmd::Cmd;
use super::model::Model;
use super::overlay::Overlay;
use super::update::ask_who_i_am;
use super::{conversations, finder, groups, nested, org, overlap, profile, reading};
use crate::layout::Pane;
use crate::protocol::Problem;

/// Something on the screen that is read.
struct Part {
    /// Why it, or some of it, could not be read.
    problems: fn(&Model) -> Vec<&Problem>,
    /// Reads it again.
    read: fn(&mut Model) -> Vec<Cmd>,
}

/// All of them, in the order in which they are read.
const PARTS: [Part; 11] = [
    Part {
        problems: |model| Vec::from_iter(model.groups.list.items.problem()),
        read: groups::load,
    },
    Part {
        problems: |model| Vec::from_iter(model.me.problem()),
        read: |model| vec![ask_who_i_am(model)],
    },
    Part {
        problems: |model| Vec::from_iter(model.members.list.items.problem()),
        read: |model| groups::refresh_shown(model, Pane::Members),
    },
    Part {
        problems: |model| Vec::from_iter(model.threads.list.items.problem()),
        read: |model| groups::refresh_shown(model, Pane::Threads),
    },
    Part {
        problems: |model| Vec::from_iter(model.conversations.list.items.problem()),
        read: |model| conversations::load(model).into_iter().collect(),
    },
    Part {
        problems: |model| Vec::from_iter(model.posts.posts.problem()),
        read: reading::read_again,
    },
    Part {
        problems: |model| {
            model
                .profiles
                .last()
                .iter()
                .flat_map(|profile| profile.problems())
                .collect()
        },
        read: profile::refresh,
    },
    Part {
        problems: |model| model.org.iter().flat_map(|org| org.problems()).collect(),
        read: org::refresh,
    },
    Part {
        problems: |model| {
            let nested = model.nested.iter();
            nested.flat_map(|nested| nested.tree.forest.problems()).collect()
        },
        read: nested::refresh,
    },
    Part {
        problems: |model| match &model.overlay {
            Some(Overlay::Overlap(overlap)) => Vec::from_iter(overlap.problem()),
            _ => Vec::new(),
        },
        read: overlap::refresh,
    },
    Part {
        problems: |model| {
            let directory = model.finder.as_ref().and_then(|finder| finder.directory.problem());
            let nearby = model.nearby.relevant.problem();
            let shown = model.finder.is_some();
            directory.into_iter().chain(nearby.filter(|_| shown)).collect()
        },
        read: finder::refresh,
    },
];

/// Reads again whatever could not be read for such a reason.
pub(super) fn read_again(model: &mut Model, is_such: fn(&Problem) -> bool) -> Vec<Cmd> {
    let mut cmds = Vec::new();
    for part in &PARTS {
        if (part.problems)(model).into_iter().any(is_such) {
            cmds.extend((part.read)(model));
        }
    }
    cmds
}
