//! What to call somebody or something that may have no name.

use super::{Id, Text};

/// The first of the names that is not empty, else the id.
pub(super) fn first_said<'a>(names: impl IntoIterator<Item = Option<&'a Text>>, id: &Id) -> Text {
    let named = names.into_iter().flatten().find(|name| !name.is_empty());
    named.cloned().unwrap_or_else(|| Text::new(id.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::domain::{DirectoryObject, Group, Person};

    #[test]
    fn what_has_no_name_is_called_by_what_there_is() {
        for (json, shown) in [
            (r#"{"id": "1", "displayName": "名", "mail": "a@folk.example"}"#, "名"),
            (
                r#"{"id": "1", "displayName": null, "mail": "a@folk.example"}"#,
                "a@folk.example",
            ),
            (r#"{"id": "1", "displayName": "", "mail": ""}"#, "1"),
            (r#"{"id": "1"}"#, "1"),
        ] {
            let group: Group = serde_json::from_str(json).unwrap();
            let person: Person = serde_json::from_str(json).unwrap();
            let object: DirectoryObject = serde_json::from_str(json).unwrap();
            for said in [group.shown(), person.shown(), object.shown()] {
                assert_eq!(said.as_str(), shown, "{json}");
            }
        }
    }

    #[test]
    fn whoever_has_no_address_is_called_by_what_they_sign_in_with() {
        let json = r#"{"id": "1", "mail": "", "userPrincipalName": "ash@folk.example"}"#;
        let person: Person = serde_json::from_str(json).unwrap();
        assert_eq!(person.shown().as_str(), "ash@folk.example");
    }
}
