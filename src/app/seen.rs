//! What Graph counts as unseen of a group is seen once the list of its threads has been opened: it is told so, once.
//! <https://learn.microsoft.com/graph/api/group-resetunseencount>

use super::cmd::Cmd;
use super::marks;
use super::model::Model;
use crate::domain::Id;
use crate::layout::Pane;
use crate::protocol::{Delivery, Mutation, Payload, Reply, RequestId};

/// What Graph was told of groups that were seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Seen {
    /// The group of which it is being told.
    telling: Option<(RequestId, Id)>,
    /// Groups of which it was told since their counts were read. Where that failed, the log says so and the count stays.
    told: Vec<Id>,
}

/// Tells Graph that the person has seen what is new in the open group. A count is only known of groups that are one's own.
pub(super) fn follow(model: &mut Model) -> Option<Cmd> {
    let group = model.group.as_ref()?.id.clone();
    let opened = matches!(model.focus, Pane::Threads | Pane::Posts) && model.threads.list.items.ready().is_some();
    let counted = model.groups.unseen.get(&group).is_some_and(|count| *count > 0);
    let seen = &model.groups.seen;
    let told = seen.telling.is_some() || seen.told.contains(&group);
    // At the first sight of a group the count says what is unread of it.
    if !opened || !counted || told || model.settings.read_only || !marks::are_known(model, &group) {
        return None;
    }
    let (id, cmd) = model.write(Mutation::SeeGroup { group: group.clone() });
    let seen = &mut model.groups.seen;
    seen.told.push(group.clone());
    seen.telling = Some((id, group));
    Some(cmd)
}

/// Takes Graph's word, if it is to this.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let (_, group) = model.groups.seen.telling.take_if(|(id, _)| *id == reply.id)?;
    if let Ok(Payload::Changed(Delivery::Accepted { .. })) = reply.result {
        model.groups.unseen.insert(group, 0);
    }
    Some(Vec::new())
}

/// Counts of groups were read: of these Graph may be told again.
pub(super) fn counted(model: &mut Model, counts: &[(Id, u32)]) {
    let is_anew = |group: &Id| counts.iter().any(|(other, _)| other == group);
    model.groups.seen.told.retain(|group| !is_anew(group));
}
