//! The members pane: owners first, then members, as they come.

use super::cmd::Cmd;
use super::columns::{Columns, Order};
use super::list::List;
use super::model::Model;
use crate::domain::{Group, Member};
use crate::layout::Pane;
use crate::protocol::{Lane, Payload, Query, Reply};

/// The members pane.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MembersPane {
    /// Owners and members.
    pub list: List<Member>,
    /// How many there are in all, where Graph said so.
    pub total: Option<usize>,
    /// What is told of each.
    pub columns: Columns,
    /// How they are sorted; `None` leaves them as they come.
    pub order: Option<Order>,
}

/// Reads the members of a group; what is kept of them is shown meanwhile.
pub(super) fn load(model: &mut Model, group: &Group) -> Cmd {
    let (id, cmd) = model.read(
        Lane::Members,
        Query::Members {
            group: group.id.clone(),
        },
    );
    model.members.list.await_reply(id);
    cmd
}

/// Takes an answer.
pub(super) fn reply(model: &mut Model, reply: Reply) -> Vec<Cmd> {
    match reply.result {
        Ok(Payload::Members { page, total }) => {
            model.members.total = total.or(model.members.total);
            if model.members.list.take_page(reply.part, page) {
                return model.filter_again(Pane::Members);
            }
        }
        Ok(_) => {}
        Err(problem) => {
            model.members.list.fail(problem);
            return model.filter_again(Pane::Members);
        }
    }
    Vec::new()
}
