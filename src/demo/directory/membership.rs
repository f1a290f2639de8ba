//! Questions about membership that name ids: which of these groups, all groups, and what an id stands for.
//! <https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups>,
//! <https://learn.microsoft.com/graph/api/directoryobject-getbyids>

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::group::Group;
use super::object::{Kind, ObjectRef, Row, Selection};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::ids::Guid;
use crate::demo::mail::compose::member;

/// A check names at most this many groups.
const MOST_CHECKED: usize = 20;
/// An answer with all groups holds fewer than this.
const MOST_GROUPS: usize = 11_000;
/// So many ids can be looked up at once.
const MOST_IDS: usize = 1000;

/// `POST …/checkMemberGroups` and `…/checkMemberObjects` of a person.
pub fn check_of_person(call: &mut Call<'_>) -> Result<Answer> {
    check(call, ObjectRef::Person(call.person()?))
}

/// The same of a group.
pub fn check_of_group(call: &mut Call<'_>) -> Result<Answer> {
    check(call, call.group_ref()?)
}

/// `POST …/getMemberGroups` and `…/getMemberObjects` of a person.
pub fn all_of_person(call: &mut Call<'_>) -> Result<Answer> {
    all(call, ObjectRef::Person(call.person()?))
}

/// The same of a group.
pub fn all_of_group(call: &mut Call<'_>) -> Result<Answer> {
    all(call, call.group_ref()?)
}

/// Which of the ids in the body are groups that hold the object, directly or through others. Ids of nothing are no error.
fn check(call: &Call<'_>, member: ObjectRef) -> Result<Answer> {
    let (action, name) = match call.found.route.path.ends_with("Objects") {
        true => ("checkMemberObjects", "ids"),
        false => ("checkMemberGroups", "groupIds"),
    };
    let ids = ids(&call.request.parameters(action, &[name])?, name, MOST_CHECKED)?;
    let holders: HashSet<Guid> = holders(call, member).map(|group| group.id).collect();
    collection(call, ids.into_iter().filter(|id| holders.contains(id)))
}

/// Every group that holds the object.
fn all(call: &Call<'_>, object: ObjectRef) -> Result<Answer> {
    let action = match call.found.route.path.ends_with("Objects") {
        true => "getMemberObjects",
        false => "getMemberGroups",
    };
    let said = call.request.parameters(action, &["securityEnabledOnly"])?;
    let security_only = match member(&said, "securityEnabledOnly") {
        Some(Value::Bool(yes)) => *yes,
        _ => return Err(missing("securityEnabledOnly")),
    };
    if security_only && !matches!(object, ObjectRef::Person(_)) {
        return Err(GraphError::bad_request(
            "Parameter 'securityEnabledOnly' may only be true for users and service principals.",
        ));
    }
    let found: Vec<Guid> = holders(call, object)
        .filter(|group| !security_only || group.is_security())
        .map(|group| group.id)
        .collect();
    if found.len() >= MOST_GROUPS {
        let message = "The size of the result set is larger than the service can return.";
        return Err(GraphError::new(400, "Directory_ResultSizeLimitExceeded", message));
    }
    collection(call, found)
}

fn holders<'a>(call: &'a Call<'_>, member: ObjectRef) -> impl Iterator<Item = &'a Group> {
    let groups = call.state.transitive_member_of(member, call.caller.me);
    groups.into_iter().filter_map(|group| call.group_at(group))
}

fn collection(call: &Call<'_>, ids: impl IntoIterator<Item = Guid>) -> Result<Answer> {
    let value: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    let context = format!("{}/$metadata#Collection(Edm.String)", call.request.base);
    let body = json!({"@odata.context": context, "value": value});
    Ok(Answer::json(200, serde_json::to_vec(&body)?))
}

#[derive(Serialize)]
struct Objects<'a> {
    #[serde(rename = "@odata.context")]
    context: String,
    value: Vec<Row<'a>>,
}

/// `POST /directoryObjects/getByIds`: the objects of these ids, and of these types where they are named.
pub fn by_ids(call: &mut Call<'_>) -> Result<Answer> {
    let said = call.request.parameters("getByIds", &["ids", "types"])?;
    let ids = ids(&said, "ids", MOST_IDS)?;
    let kinds = match member(&said, "types") {
        None | Some(Value::Null) => None,
        Some(types) => Some(kinds(types)?),
    };
    let selection = Selection::new(call, call.query.select.as_deref(), &Kind::ALL, false)?;
    let wanted = |kind: Kind| kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind));
    let rows: Vec<Row<'_>> = ids
        .into_iter()
        .filter_map(|id| call.state.find_object(id)?.find(call.state))
        .filter(|object| wanted(object.kind()))
        .map(|object| Row {
            object,
            selection: &selection,
            typed: true,
            context: None,
            expanded: Vec::new(),
        })
        .collect();
    let chosen = call.query.select.as_ref();
    let chosen = chosen.map(|names| format!("({})", names.join(","))).unwrap_or_default();
    let context = format!("{}/$metadata#directoryObjects{chosen}", call.request.base);
    Ok(Answer::json(
        200,
        serde_json::to_vec(&Objects { context, value: rows })?,
    ))
}

fn kinds(types: &Value) -> Result<Vec<Kind>> {
    let names = types.as_array().ok_or_else(|| missing("types"))?;
    let mut kinds = Vec::new();
    for name in names {
        let name = name.as_str().unwrap_or_default();
        if name.eq_ignore_ascii_case("directoryObject") {
            kinds.extend(Kind::ALL);
        } else if let Some(kind) = Kind::named(name) {
            kinds.push(kind);
        } else {
            return Err(GraphError::bad_request(format!(
                "Invalid value '{name}' specified in parameter 'types'."
            )));
        }
    }
    Ok(kinds)
}

fn missing(name: &str) -> GraphError {
    GraphError::bad_request(format!("Required parameter is missing: {name}."))
}

/// The ids in the body, each once.
fn ids(said: &Map<String, Value>, name: &str, most: usize) -> Result<Vec<Guid>> {
    let Some(Value::Array(values)) = member(said, name) else {
        return Err(missing(name));
    };
    if values.len() > most {
        let message = format!(
            "The collection '{name}' has {} items. At most {most} are allowed.",
            values.len()
        );
        return Err(GraphError::bad_request(message));
    }
    let mut met = HashSet::new();
    let mut ids = Vec::with_capacity(values.len());
    for value in values {
        let text = value.as_str().unwrap_or_default();
        let id = Guid::parse(text).ok_or_else(|| GraphError::bad_request(format!("Invalid GUID:{text}")))?;
        if met.insert(id) {
            ids.push(id);
        }
    }
    Ok(ids)
}
