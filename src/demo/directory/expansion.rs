//! `$expand` on directory objects: a manager or the whole chain of them, reports, members, owners, extensions.

use super::object::{Expanded, Kind, ObjectRef, Row, Selection};
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::extension;
use crate::demo::odata::expand::Expand;
use crate::demo::odata::filter::Filter;
use crate::demo::permissions::{self as needs, Needs};

/// Graph expands to at most this many objects and says nothing of the rest.
const MOST: usize = 20;

/// The largest number of levels that can be asked for, besides `max`.
const MOST_LEVELS: usize = 1000;

/// The navigation properties that can be expanded: the kind that has them, and what is needed to read them.
static NAVIGATION: [(&str, Kind, &Needs); 7] = [
    ("manager", Kind::User, &needs::MANAGER),
    ("directReports", Kind::User, &needs::REPORTS),
    ("memberOf", Kind::User, &needs::MEMBER_OF),
    ("members", Kind::Group, &needs::MEMBERS),
    ("owners", Kind::Group, &needs::OWNERS),
    ("memberOf", Kind::Group, &needs::MEMBERS),
    (EXTENSIONS, Kind::Group, &needs::GROUP_EXTENSION),
];
/// The only one of them that may be filtered.
const EXTENSIONS: &str = "extensions";

/// How far up a request may follow managers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// As far as it likes: it reads one person, and has the header.
    Any,
    /// It reads one person, and lacks the header.
    NeedHeader,
    /// It reads something else.
    None,
}

/// What a request wants expanded, checked.
pub struct Expansions(Vec<Expansion>);

struct Expansion {
    name: &'static str,
    levels: usize,
    selection: Selection,
    filter: Option<Filter>,
}

impl Expansions {
    /// Checks the names, what was granted, the levels, and what is selected below.
    pub fn new(call: &Call<'_>, kinds: &[Kind], levels: Levels) -> Result<Expansions> {
        let one = |expand: &Expand| {
            if expand.name.eq_ignore_ascii_case("photo") {
                return Err(GraphError::new(
                    400,
                    "ExpandNotSupported",
                    "Expand is not allowed for property 'photo'.",
                ));
            }
            let known = NAVIGATION
                .iter()
                .find(|(name, kind, _)| name.eq_ignore_ascii_case(&expand.name) && kinds.contains(kind));
            let kind = kinds.first().map_or("directoryObject", |kind| kind.name());
            let (name, _, needs) = known.ok_or_else(|| GraphError::no_property(&expand.name, kind))?;
            if !call.caller.may(needs.others) {
                return Err(GraphError::denied());
            }
            if expand.filter.is_some() && *name != EXTENSIONS {
                return Err(GraphError::unsupported(format!(
                    "Filtering within $expand of '{name}' is not supported."
                )));
            }
            check_levels(expand, levels)?;
            let selection = Selection::new(call, expand.select.as_deref(), &Kind::ALL, false)?;
            Ok(Expansion {
                name,
                levels: expand.levels.unwrap_or(1),
                selection,
                filter: expand.filter.as_deref().map(Filter::parse).transpose()?,
            })
        };
        Ok(Expansions(call.query.expand.iter().map(one).collect::<Result<_>>()?))
    }

    /// What an object's expanded properties hold.
    pub fn of<'a>(&'a self, call: &'a Call<'_>, object: ObjectRef) -> Vec<(String, Expanded<'a>)> {
        let one = |expansion: &'a Expansion| {
            let Expansion {
                name,
                levels,
                selection,
                filter,
            } = expansion;
            let many = |refs: &[ObjectRef]| {
                let rows = refs.iter().filter_map(|it| it.find(call.state)).take(MOST);
                Expanded::Many(
                    rows.map(|object| Row {
                        object,
                        selection,
                        typed: true,
                        context: None,
                        expanded: Vec::new(),
                    })
                    .collect(),
                )
            };
            let expanded = match (*name, object) {
                ("manager", ObjectRef::Person(person)) => manager(call, person, *levels, selection)?,
                ("directReports", ObjectRef::Person(person)) => many(&call.state.reports_of(person)),
                ("memberOf", _) => many(&call.state.member_of(object, call.caller.me)),
                ("members", ObjectRef::Group(_)) => many(call.group_at(object)?.members.all()),
                (EXTENSIONS, ObjectRef::Group(_)) => {
                    let extensions = &call.group_at(object)?.extensions;
                    Expanded::Extensions(extension::expanded(
                        extensions,
                        extension::Place::Group,
                        filter.as_ref(),
                    ))
                }
                ("owners", ObjectRef::Group(_)) => many(&call.group_at(object)?.owners),
                _ => return None,
            };
            Some(((*name).to_owned(), expanded))
        };
        self.0.iter().filter_map(one).collect()
    }
}

fn check_levels(expand: &Expand, levels: Levels) -> Result<()> {
    match (expand.levels, levels) {
        (None, _) => Ok(()),
        (Some(_), Levels::NeedHeader) => Err(GraphError::needs_advanced("'$levels'")),
        (Some(1..=MOST_LEVELS | usize::MAX), Levels::Any) if expand.name.eq_ignore_ascii_case("manager") => Ok(()),
        _ => Err(GraphError::unsupported(
            "'$levels' is supported for the manager of a single user only.",
        )),
    }
}

/// A person's manager, the manager's manager, and so on for so many levels. A circle of managers ends where it began.
fn manager<'a>(call: &'a Call<'_>, person: u32, levels: usize, selection: &'a Selection) -> Option<Expanded<'a>> {
    let mut chain = Vec::new();
    let mut above = call.state.person(person)?.manager;
    while let Some(manager) =
        above.filter(|manager| *manager != person && !chain.contains(manager) && chain.len() < levels)
    {
        chain.push(manager);
        above = call.state.person(manager)?.manager;
    }
    let wrap = |inner: Option<Expanded<'a>>, manager: &u32| {
        let object = ObjectRef::Person(*manager).find(call.state)?;
        let expanded = inner.map(|inner| ("manager".to_owned(), inner)).into_iter().collect();
        Some(Expanded::One(Box::new(Row {
            object,
            selection,
            typed: true,
            context: None,
            expanded,
        })))
    };
    chain.iter().rev().fold(None, wrap)
}
