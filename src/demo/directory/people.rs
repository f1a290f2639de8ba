//! People: the list, one of them, and who stands around that one.
//! <https://learn.microsoft.com/graph/api/resources/user>

use super::expansion::{Expansions, Levels};
use super::groups::related;
use super::list::{self, Listing, Source};
use super::object::{Kind, ObjectRef, Row, Selection};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};

/// `GET /users`, also counted. Guests may not.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    refuse_guests(call)?;
    let everyone = Listing {
        source: Source::People(call.state.people.len()),
        kinds: &[Kind::User],
        cast: None,
        relation: false,
    };
    list::answer(call, everyone)
}

fn refuse_guests(call: &Call<'_>) -> Result<()> {
    if call.state.person(call.caller.me).is_some_and(|person| person.guest) {
        Err(GraphError::denied())
    } else {
        Ok(())
    }
}

/// `GET /me` and `GET /users/{user}`.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let person = call.person()?;
    one(call, person, false)
}

/// `GET …/manager`.
pub fn manager(call: &mut Call<'_>) -> Result<Answer> {
    let person = call.person()?;
    match call.state.person(person).and_then(|person| person.manager) {
        Some(manager) => one(call, manager, true),
        None => Err(GraphError::no_object("manager")),
    }
}

fn one(call: &Call<'_>, person: u32, related: bool) -> Result<Answer> {
    let query = &call.query;
    let selection = Selection::new(call, query.select.as_deref(), &[Kind::User], true)?;
    let levels = if call.request.eventual() {
        Levels::Any
    } else {
        Levels::NeedHeader
    };
    let expansions = Expansions::new(call, &[Kind::User], levels)?;
    let chosen = query
        .select
        .as_ref()
        .map(|names| format!("({})", names.join(",")))
        .unwrap_or_default();
    let set = if related { "directoryObjects" } else { "users" };
    let reference = ObjectRef::Person(person);
    let row = Row {
        object: reference
            .find(call.state)
            .ok_or_else(|| GraphError::no_object(&person.to_string()))?,
        selection: &selection,
        typed: related,
        context: Some(format!("{}/$metadata#{set}{chosen}/$entity", call.request.base)),
        expanded: expansions.of(call, reference),
    };
    Ok(Answer::json(200, serde_json::to_vec(&row)?))
}

/// `GET …/directReports`, also cast, also counted.
pub fn direct_reports(call: &mut Call<'_>) -> Result<Answer> {
    let reports = call.state.reports_of(call.person()?);
    related(call, Source::Gathered(reports), &[Kind::User, Kind::OrgContact])
}

/// `GET …/memberOf`, also cast, also counted.
pub fn member_of(call: &mut Call<'_>) -> Result<Answer> {
    let groups = call.state.member_of(ObjectRef::Person(call.person()?), call.caller.me);
    related(call, Source::Gathered(groups), &Kind::HOLDERS)
}

/// `GET …/transitiveMemberOf`, likewise.
pub fn transitive_member_of(call: &mut Call<'_>) -> Result<Answer> {
    let groups = call
        .state
        .transitive_member_of(ObjectRef::Person(call.person()?), call.caller.me);
    related(call, Source::Gathered(groups), &Kind::HOLDERS)
}

/// `GET …/ownedObjects`, also cast, also counted.
pub fn owned(call: &mut Call<'_>) -> Result<Answer> {
    let groups = call.state.owned_by(call.person()?);
    related(call, Source::Gathered(groups), &Kind::OWNED)
}
