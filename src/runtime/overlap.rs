//! What people and groups have in common.

use std::sync::Arc;

use crate::domain::{DirectoryObject, Group, Id};
use crate::graph::membership::Member;
use crate::graph::{Client, Urgency};
use crate::protocol::{Overlapping, Payload, Problem};

/// So many ways are shown, at most.
const MOST_WAYS: usize = 50;

/// Answers a question.
///
/// # Errors
/// Whatever Graph or the network did.
pub(super) async fn read(client: &Client, asked: Overlapping, urgency: Urgency) -> Result<Payload, Problem> {
    match asked {
        Overlapping::Common { one, other, through } => {
            let groups = client.groups_in_common::<Group>(&one, &other, through, urgency).await?;
            Ok(Payload::Overlap(vec![of_groups(groups)]))
        }
        Overlapping::Difference { one, other, through } => {
            let found = client
                .difference::<DirectoryObject>(&one, &other, through, urgency)
                .await?;
            let lists = [found.only_one, found.only_other, found.both];
            Ok(Payload::Overlap(lists.map(by_name).into()))
        }
        Overlapping::Ways { person, group } => client
            .ways::<Group>(&person, &group, MOST_WAYS, urgency)
            .await
            .map(Payload::Ways),
        Overlapping::Check { person, groups } => {
            let ids: Vec<Id> = groups.iter().map(|group| group.id.clone()).collect();
            let holders = client.holders(Member::Person(&person), &ids, urgency).await?;
            let holds = |group: &Group| {
                holders
                    .iter()
                    .any(|id| id.as_str().eq_ignore_ascii_case(group.id.as_str()))
            };
            let (holding, others) = groups.iter().cloned().partition::<Vec<_>, _>(holds);
            Ok(Payload::Overlap(vec![of_groups(holding), of_groups(others)]))
        }
    }
}

fn of_groups(groups: Vec<Group>) -> Arc<[DirectoryObject]> {
    by_name(groups.into_iter().map(DirectoryObject::from).collect())
}

fn by_name(mut objects: Vec<DirectoryObject>) -> Arc<[DirectoryObject]> {
    objects.sort_by_cached_key(|object| object.name.as_ref().map(|name| name.as_str().to_lowercase()));
    objects.into()
}
