//! The members pane: owners first, then members, as they come.

use super::cmd::Cmd;
use super::columns::{Columns, Order};
use super::list::List;
use super::model::Model;
use crate::domain::{Group, Member};
use crate::layout::Pane;
use crate::protocol::{Lane, Payload, Query, Reply};

/// Who counts as a member.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Levels {
    /// Who belongs to the group itself.
    #[default]
    Direct,
    /// Whoever belongs to groups in it, too.
    All,
}

/// The members pane.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MembersPane {
    /// Owners and members.
    pub list: List<Member>,
    /// How many there are in all, where Graph said so.
    pub total: Option<usize>,
    /// Who counts as one.
    pub levels: Levels,
    /// What is told of each.
    pub columns: Columns,
    /// How they are sorted; `None` leaves them as they come.
    pub order: Option<Order>,
}

/// Reads the members of a group; what is kept of them is shown meanwhile.
pub(super) fn load(model: &mut Model, group: &Group) -> Cmd {
    let group = group.id.clone();
    let query = match model.members.levels {
        Levels::Direct => Query::Members { group },
        Levels::All => Query::Everyone { group },
    };
    let (id, cmd) = model.read(Lane::Members, query);
    model.members.list.await_reply(id);
    cmd
}

/// Shows the direct members only, or whoever belongs to the group in any way.
pub(super) fn change_levels(model: &mut Model) -> Vec<Cmd> {
    let Some(group) = model.group.clone() else {
        return Vec::new();
    };
    let pane = &mut model.members;
    pane.levels = match pane.levels {
        Levels::Direct => Levels::All,
        Levels::All => Levels::Direct,
    };
    pane.list.renew(None);
    pane.total = None;
    vec![load(model, &group)]
}

/// Takes an answer.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if !model.members.list.items.awaits(reply.id) {
        return None;
    }
    let changed = match &reply.result {
        Ok(Payload::Members { page, total }) => {
            model.members.total = total.or(model.members.total);
            model.members.list.take_page(reply.part, page.clone())
        }
        Ok(_) => false,
        Err(problem) => {
            model.members.list.fail(problem.clone());
            true
        }
    };
    Some(if changed {
        model.filter_again(Pane::Members)
    } else {
        Vec::new()
    })
}
