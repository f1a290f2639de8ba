//! Some of an object's properties.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::members;
use crate::cli::args::Names;
use crate::protocol::{Problem, ProblemKind};

/// Which properties of Graph's objects are printed.
#[derive(Debug)]
pub struct Projection {
    /// The names, and each as JSON.
    names: Option<Vec<(String, String)>>,
    /// Whether one that is missing is a mistake of who asked for it: Graph sends what it always sends, and no object has
    /// been seen that has them all.
    unproven: bool,
}

impl Projection {
    /// Everything, or what was selected.
    pub fn new(select: Option<&Names>) -> Self {
        let with_quotes = |name: &str| (name.to_owned(), serde_json::Value::from(name).to_string());
        Projection {
            names: select.map(|names| names.iter().map(with_quotes).collect()),
            unproven: true,
        }
    }

    /// Graph was asked for these properties, and refuses names that it does not know: an object that lacks one is of
    /// another kind.
    pub fn trust_graph(&mut self) {
        self.unproven = false;
    }

    /// The properties of one object, exactly as they came, in the order in which they were selected. One that this object
    /// does not have is left out.
    ///
    /// # Errors
    /// `Usage` where the first object of all does not have it, with what it has. `Server` where it is no object.
    pub fn of<'a>(&mut self, json: &'a str) -> Result<Cow<'a, str>, Problem> {
        let Some(names) = &self.names else {
            return Ok(json.into());
        };
        let object = members(json)?;
        let mut projected = String::with_capacity(json.len());
        for (name, quoted) in names {
            let Some(value) = object.get(name.as_str()) else {
                if self.unproven {
                    return Err(no_such_property(name, &object));
                }
                continue;
            };
            projected.push(if projected.is_empty() { '{' } else { ',' });
            projected.push_str(quoted);
            projected.push(':');
            projected.push_str(value.get());
        }
        if projected.is_empty() {
            projected.push('{');
        }
        projected.push('}');
        self.unproven = false;
        Ok(projected.into())
    }
}

fn no_such_property(name: &str, object: &BTreeMap<Cow<'_, str>, &RawValue>) -> Problem {
    let there: Vec<&str> = object.keys().map(AsRef::as_ref).collect();
    Problem::new(
        ProblemKind::Usage,
        &format!("There is no property “{name}” to select."),
        &format!("There is: {}.", there.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str =
        r##"{"id":"1", "displayName": "山 \"x\"\u001b","mail":null,"groupTypes":["Unified"],"@odata.type":"#g"}"##;

    fn projection(names: &str) -> Projection {
        Projection::new(Some(&names.parse().unwrap()))
    }

    #[test]
    fn values_stay_as_they_came_in_the_order_of_the_names() {
        let mut of = projection("mail,displayName,@odata.type");
        assert_eq!(
            of.of(JSON).unwrap(),
            r##"{"mail":null,"displayName":"山 \"x\"\u001b","@odata.type":"#g"}"##
        );
        assert_eq!(Projection::new(None).of(JSON).unwrap(), JSON);
    }

    #[test]
    fn what_no_object_has_is_a_mistake_and_what_one_lacks_is_left_out() {
        let mut own = projection("id,nosuch");
        let problem = own.of(JSON).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Usage);
        assert!(
            problem.next.as_str().contains("@odata.type, displayName, groupTypes"),
            "{problem}"
        );

        let mut own = projection("id");
        own.of(JSON).unwrap();
        assert_eq!(own.of("{}").unwrap(), "{}");
        let mut told = projection("id,renewedDateTime");
        told.trust_graph();
        assert_eq!(told.of(JSON).unwrap(), r#"{"id":"1"}"#);
        assert_eq!(told.of("[]").unwrap_err().kind, ProblemKind::Server);
    }
}
