//! Teams: Microsoft 365 groups that Microsoft Teams has made its own.
//! <https://learn.microsoft.com/graph/api/user-list-joinedteams>

use serde_json::{Value, json};

use super::group::Group;
use super::object::ObjectRef;
use super::organization;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::odata::cell::seconds;

/// What Teams made of a group.
#[derive(Clone, Debug, Default)]
pub struct Team {
    /// Whether it can only be read.
    pub archived: bool,
    /// Those who belong to one of its shared channels but not to the team.
    pub shared_with: Vec<ObjectRef>,
}

/// `GET …/joinedTeams`. Only applications may ask for other people's.
pub fn joined(call: &mut Call<'_>) -> Result<Answer> {
    let me = myself(call)?;
    let groups = call.state.groups.iter().filter(|group| group.members.has(me));
    let team = |group: &Group| {
        let team = group.team.as_ref()?;
        Some(json!({
            "id": group.id.to_string(),
            "createdDateTime": seconds(group.created),
            "displayName": group.display_name,
            "description": group.description,
            "internalId": null,
            "classification": null,
            "visibility": visibility(group),
            "webUrl": null,
            "isArchived": team.archived,
            "tenantId": organization::id().to_string(),
        }))
    };
    collection(call, "teams", groups.filter_map(team).collect())
}

/// `GET …/teamwork/associatedTeams`: those too that one knows only through a shared channel.
pub fn associated(call: &mut Call<'_>) -> Result<Answer> {
    let me = myself(call)?;
    let knows = |group: &&Group| {
        let team = group.team.as_ref();
        team.is_some_and(|team| group.members.has(me) || team.shared_with.contains(&me))
    };
    let team = |group: &Group| {
        json!({
            "@odata.type": "#microsoft.graph.associatedTeamInfo",
            "id": group.id.to_string(),
            "tenantId": organization::id().to_string(),
            "displayName": group.display_name,
        })
    };
    let teams = call.state.groups.iter().filter(knows).map(team).collect();
    collection(call, "Collection(microsoft.graph.associatedTeamInfo)", teams)
}

/// As Teams spells it.
fn visibility(group: &Group) -> &'static str {
    match group.visibility.as_str() {
        "Public" => "public",
        "HiddenMembership" => "hiddenMembership",
        _ => "private",
    }
}

fn myself(call: &Call<'_>) -> Result<ObjectRef> {
    let person = call.person()?;
    if person != call.caller.me {
        let message = "Access to the teams of other users is denied in delegated context.";
        return Err(GraphError::new(403, "Forbidden", message));
    }
    Ok(ObjectRef::Person(person))
}

fn collection(call: &Call<'_>, set: &str, value: Vec<Value>) -> Result<Answer> {
    let body = json!({
        "@odata.context": format!("{}/$metadata#{set}", call.request.base),
        "@odata.count": value.len(),
        "value": value,
    });
    Ok(Answer::json(200, serde_json::to_vec(&body)?))
}
