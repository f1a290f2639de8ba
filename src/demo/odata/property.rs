//! Properties: one table per type says what there is, what comes unasked, and how it is read.

use super::cell::Cell;
use crate::demo::error::{GraphError, Result};

/// The namespace that everything here is in, and its alias.
const NAMESPACES: [&str; 2] = ["microsoft.graph.", "graph."];

/// When a property is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Without being asked for.
    Always,
    /// Only when `$select` names it.
    Selected,
    /// Only when `$select` names it and a single object is read.
    SelectedAlone,
}

/// One property of the type `T`.
pub struct Property<T: 'static> {
    /// Graph's name.
    pub name: &'static str,
    /// When it is shown.
    pub shown: Shown,
    /// Whether the directory can filter by it.
    pub filterable: bool,
    /// How it is read.
    pub get: for<'a> fn(&'a T) -> Cell<'a>,
}

/// The properties that one answer shows of each object of a type.
pub type Chosen<T> = Vec<&'static Property<T>>;

/// A property by its name; OData compares names exactly, Graph without case.
pub fn find<T>(table: &'static [Property<T>], name: &str) -> Option<&'static Property<T>> {
    table.iter().find(|property| property.name.eq_ignore_ascii_case(name))
}

/// The name of a type or of an action without the namespace, for which Graph has an alias: generated clients write
/// `graph.user`.
pub fn unqualified(name: &str) -> &str {
    let after = |prefix: &str| {
        let head = name.get(..prefix.len())?;
        head.eq_ignore_ascii_case(prefix).then(|| name.get(prefix.len()..))?
    };
    NAMESPACES.iter().find_map(|prefix| after(prefix)).unwrap_or(name)
}

/// What comes without `$select`.
pub fn defaults<T>(table: &'static [Property<T>]) -> Chosen<T> {
    table
        .iter()
        .filter(|property| property.shown == Shown::Always)
        .collect()
}

/// What `$select` names, in the table's order as Graph does, or the defaults. `kind` is the type's name, for the error
/// about a property that it does not have.
pub fn choose<T>(
    table: &'static [Property<T>],
    names: Option<&[String]>,
    kind: &str,
    alone: bool,
) -> Result<Chosen<T>> {
    let Some(names) = names else { return Ok(defaults(table)) };
    for name in names.iter().filter(|name| *name != "*") {
        find(table, name).ok_or_else(|| GraphError::no_property(name, kind))?;
    }
    Ok(chosen(table, names, alone))
}

/// The named properties that the type has; for collections of several types, where one name may belong to another type.
pub fn chosen<T>(table: &'static [Property<T>], names: &[String], alone: bool) -> Chosen<T> {
    let named = |property: &&Property<T>| names.iter().any(|name| name.eq_ignore_ascii_case(property.name));
    let starred = names.iter().any(|name| name == "*");
    table
        .iter()
        .filter(|property| named(property) || (starred && property.shown == Shown::Always))
        .filter(|property| alone || property.shown != Shown::SelectedAlone)
        .collect()
}

/// A property that is always shown and can be filtered by.
pub const fn always<T>(name: &'static str, get: for<'a> fn(&'a T) -> Cell<'a>) -> Property<T> {
    Property {
        name,
        shown: Shown::Always,
        filterable: true,
        get,
    }
}

/// A property that must be selected.
pub const fn selected<T>(name: &'static str, get: for<'a> fn(&'a T) -> Cell<'a>) -> Property<T> {
    Property {
        name,
        shown: Shown::Selected,
        filterable: true,
        get,
    }
}

/// A property that must be selected on a single object.
pub const fn selected_alone<T>(name: &'static str, get: for<'a> fn(&'a T) -> Cell<'a>) -> Property<T> {
    Property {
        name,
        shown: Shown::SelectedAlone,
        filterable: false,
        get,
    }
}

/// A property that exists in Graph and is `null` throughout this tenant.
pub const fn null<T>(name: &'static str) -> Property<T> {
    Property {
        name,
        shown: Shown::Selected,
        filterable: false,
        get: |_| Cell::Null,
    }
}

/// A property that exists in Graph and is `null` throughout this tenant, but comes unasked.
pub const fn null_always<T>(name: &'static str) -> Property<T> {
    Property {
        name,
        shown: Shown::Always,
        filterable: false,
        get: |_| Cell::Null,
    }
}

/// A collection that exists in Graph and is empty throughout this tenant.
pub const fn none<T>(name: &'static str) -> Property<T> {
    Property {
        name,
        shown: Shown::Selected,
        filterable: false,
        get: |_| Cell::List(Vec::new()),
    }
}
