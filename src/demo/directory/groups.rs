//! Groups: the list, one of them, its members and owners.
//! <https://learn.microsoft.com/graph/api/resources/group>

use super::expansion::{Expansions, Levels};
use super::group::{Group, MAILBOX_PROPERTIES};
use super::list::{self, Listing, Source};
use super::object::{Kind, Object, ObjectRef, Row, Selection};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};

/// `GET /groups`, also counted.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    let every_group = Listing {
        source: Source::Groups(call.state.groups.len()),
        kinds: &[Kind::Group],
        cast: None,
        relation: false,
    };
    list::answer(call, every_group)
}

/// `GET /groups/{group}`. What lives in Exchange comes only when it is selected, and only from a group with a mailbox.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let query = &call.query;
    let selection = Selection::new(call, query.select.as_deref(), &[Kind::Group], true)?;
    let expansions = Expansions::new(call, &[Kind::Group], Levels::None)?;
    let group = call.group()?;
    if expands_members(call) {
        may_see_members(call, group)?;
    }
    let mut selected = query.select.iter().flatten();
    let mailbox_wanted = selected.any(|name| MAILBOX_PROPERTIES.iter().any(|known| known.eq_ignore_ascii_case(name)));
    if mailbox_wanted && group.mailbox.is_none() {
        return Err(no_mailbox());
    }
    let chosen = query
        .select
        .as_ref()
        .map(|names| format!("({})", names.join(",")))
        .unwrap_or_default();
    let row = Row {
        object: Object::Group(group),
        selection: &selection,
        typed: false,
        context: Some(format!("{}/$metadata#groups{chosen}/$entity", call.request.base)),
        expanded: expansions.of(call, call.group_ref()?),
    };
    Ok(Answer::json(200, serde_json::to_vec(&row)?))
}

fn expands_members(call: &Call<'_>) -> bool {
    call.query
        .expand
        .iter()
        .any(|expand| expand.name.eq_ignore_ascii_case("members"))
}

/// The refusal of every mail request to a group that has no mailbox.
pub fn no_mailbox() -> GraphError {
    let message = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
    GraphError::new(404, "MailboxNotEnabledForRESTAPI", message)
}

/// Hidden memberships are for members only.
fn may_see_members(call: &Call<'_>, group: &Group) -> Result<()> {
    let me = ObjectRef::Person(call.caller.me);
    if group.hides_members() && !group.members.has(me) && !group.owners.contains(&me) {
        return Err(GraphError::denied());
    }
    Ok(())
}

/// `GET …/members`, also cast, also counted.
pub fn members(call: &mut Call<'_>) -> Result<Answer> {
    let group = call.group()?;
    may_see_members(call, group)?;
    related(call, Source::Refs(group.members.all()), &Kind::ALL)
}

/// `GET …/transitiveMembers`: the members of groups inside too.
pub fn transitive_members(call: &mut Call<'_>) -> Result<Answer> {
    let group = call.group()?;
    may_see_members(call, group)?;
    let mut found: Vec<ObjectRef> = group.members.all().to_vec();
    let mut met: std::collections::HashSet<ObjectRef> = found.iter().copied().collect();
    let mut at = 0;
    while let Some(member) = found.get(at).copied() {
        if let Some(inner) = call.group_at(member) {
            found.extend(inner.members.all().iter().filter(|member| met.insert(**member)));
        }
        at += 1;
    }
    related(call, Source::Gathered(found), &Kind::ALL)
}

/// `GET …/owners`.
pub fn owners(call: &mut Call<'_>) -> Result<Answer> {
    let owners = Source::Refs(&call.group()?.owners);
    related(call, owners, &[Kind::User, Kind::ServicePrincipal])
}

/// `GET …/memberOf` of a group.
pub fn member_of(call: &mut Call<'_>) -> Result<Answer> {
    let groups = call.state.member_of(call.group_ref()?, call.caller.me);
    related(call, Source::Gathered(groups), &Kind::HOLDERS)
}

/// `GET …/transitiveMemberOf` of a group.
pub fn transitive_member_of(call: &mut Call<'_>) -> Result<Answer> {
    let groups = call.state.transitive_member_of(call.group_ref()?, call.caller.me);
    related(call, Source::Gathered(groups), &Kind::HOLDERS)
}

/// What hangs on an object and may hold these kinds: listed, also cast, or counted.
pub fn related(call: &Call<'_>, source: Source<'_>, kinds: &'static [Kind]) -> Result<Answer> {
    let listing = Listing {
        source,
        kinds,
        cast: call.cast()?,
        relation: true,
    };
    list::answer(call, listing)
}

/// `POST …/resetUnseenCount`.
pub fn reset_unseen_count(call: &mut Call<'_>) -> Result<Answer> {
    let mailbox = call.mailbox_mut()?;
    mailbox.see_all();
    Ok(Answer::empty(200))
}
