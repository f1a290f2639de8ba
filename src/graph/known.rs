//! Ids that have come, so that nothing comes twice.

use std::collections::HashSet;

use uuid::Uuid;

use crate::domain::Id;

/// A set of ids. Those of the directory are GUIDs and take sixteen bytes each: there may be a hundred thousand of them.
#[derive(Default)]
pub(super) struct Known {
    guids: HashSet<Uuid>,
    others: HashSet<Id>,
}

impl Known {
    /// Whether the id is new. An empty one always is: it tells nothing apart.
    pub(super) fn is_new(&mut self, id: &Id) -> bool {
        match Uuid::try_parse(id.as_str()) {
            Ok(guid) => self.guids.insert(guid),
            Err(_) => id.as_str().is_empty() || self.others.insert(id.clone()),
        }
    }

    /// Makes room for so many GUIDs.
    pub(super) fn reserve(&mut self, count: usize) {
        self.guids.reserve(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_the_same_in_any_case_and_other_ids_are_not() {
        let mut known = Known::default();
        for (id, new) in [
            ("02bd9fd6-8f93-4758-87c3-1fb73740a315", true),
            ("02BD9FD6-8F93-4758-87C3-1FB73740A315", false),
            ("AAQkAG", true),
            ("aaqkag", true),
            ("AAQkAG", false),
            ("", true),
            ("", true),
        ] {
            assert_eq!(known.is_new(&Id::new(id)), new, "{id}");
        }
    }
}
