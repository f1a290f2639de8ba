//! `folkmoot user groups … --objects` and the like: all that holds somebody, directly or through others, of which Graph tells
//! the ids, and what these are when it is asked for that.

use futures_util::stream;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::args::{GroupParents, UserGroups};
use super::desk::Desk;
use super::exit::Stop;
use super::output::{List, add_all};
use super::{group, member, person, resolve};
use crate::domain::{DirectoryObject, Group};
use crate::graph::membership::{Holders, Member};
use crate::graph::{Page, Urgency};

/// Lists the security groups that hold a person, or all that does.
pub async fn of_person(desk: &Desk, args: UserGroups) -> Result<(), Stop> {
    if args.security_only {
        let list: List<Group> = List::begin(desk, &args.output, "groups", group::COLUMNS)?;
        let person = person::whom(&desk.client, &args.user).await?;
        let member = person.as_ref().map_or(Member::Me, Member::Person);
        return show(desk, list, member, Holders::SecurityGroups).await;
    }
    let list: List<DirectoryObject> = List::begin(desk, &args.output, "objects", member::OBJECTS)?;
    let person = person::whom(&desk.client, &args.user).await?;
    let member = person.as_ref().map_or(Member::Me, Member::Person);
    show(desk, list, member, Holders::Objects).await
}

/// Lists all that holds a group.
pub async fn of_group(desk: &Desk, args: GroupParents) -> Result<(), Stop> {
    let list: List<DirectoryObject> = List::begin(desk, &args.output, "objects", member::OBJECTS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    show(desk, list, Member::Group(&group), Holders::Objects).await
}

async fn show<R: DeserializeOwned + 'static>(
    desk: &Desk,
    list: List<R>,
    member: Member<'_>,
    holders: Holders,
) -> Result<(), Stop> {
    let items: Vec<Box<RawValue>> = desk.client.all_holders(member, holders, Urgency::Person).await?;
    let page = Page {
        total: Some(items.len()),
        items,
        last: true,
    };
    add_all(list, stream::iter([Ok(page)]), |_| {}).await
}
