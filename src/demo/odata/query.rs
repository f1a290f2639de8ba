//! The query options of a request, and which of them a route takes.

use super::expand::Expand;
use super::filter::Filter;
use super::search::Search;
use crate::demo::error::{GraphError, Result};
use crate::demo::request::percent_decode;

/// Which options a route takes. What is neither honoured nor ignored is refused.
#[derive(Debug)]
pub struct Rules {
    /// These work.
    pub honoured: &'static [&'static str],
    /// These are read over without a word.
    pub ignored: &'static [&'static str],
    /// The largest `$top`; 0 where there is no such limit.
    pub largest_page: usize,
}

/// Every system option there is.
const KNOWN: [&str; 11] = [
    "$select",
    "$expand",
    "$filter",
    "$search",
    "$orderby",
    "$top",
    "$skip",
    "$count",
    "$skiptoken",
    "$format",
    "$deltatoken",
];

/// One directory object.
pub const DIRECTORY_ONE: Rules = Rules {
    honoured: &["$select", "$expand", "$count"],
    ignored: &[],
    largest_page: 0,
};
/// A collection of directory objects.
pub const DIRECTORY_LIST: Rules = Rules {
    honoured: &[
        "$select",
        "$expand",
        "$filter",
        "$search",
        "$orderby",
        "$top",
        "$count",
        "$skiptoken",
    ],
    ignored: &[],
    largest_page: 999,
};
/// The number of directory objects.
pub const DIRECTORY_COUNT: Rules = Rules {
    honoured: &["$filter", "$search"],
    ignored: &[],
    largest_page: 0,
};
/// Threads and conversations.
pub const MAIL_LIST: Rules = Rules {
    honoured: &["$select", "$expand", "$filter", "$orderby", "$top", "$skip", "$count"],
    ignored: &[],
    largest_page: 0,
};
/// The number of threads or of conversations.
pub const MAIL_COUNT: Rules = Rules {
    honoured: &["$filter"],
    ignored: &[],
    largest_page: 0,
};
/// People whom someone works with.
pub const PEOPLE: Rules = Rules {
    honoured: &["$select", "$filter", "$search", "$orderby", "$top", "$skip"],
    ignored: &["$count"],
    largest_page: 0,
};
/// Documents.
pub const INSIGHTS: Rules = Rules {
    honoured: &["$select", "$filter", "$orderby", "$top", "$skip"],
    ignored: &["$count"],
    largest_page: 0,
};
/// Posts: much is read over.
pub const POSTS: Rules = Rules {
    honoured: &["$select", "$expand", "$filter"],
    ignored: &["$top", "$skip", "$orderby", "$count"],
    largest_page: 0,
};
/// Attachments: much is read over, filters too.
pub const ATTACHMENTS: Rules = Rules {
    honoured: &["$select", "$expand"],
    ignored: &["$top", "$skip", "$orderby", "$count", "$filter"],
    largest_page: 0,
};
/// One thread, conversation, post or attachment.
pub const MAIL_ONE: Rules = Rules {
    honoured: &["$select", "$expand"],
    ignored: &[],
    largest_page: 0,
};
/// Something with properties and nothing to expand.
pub const SELECT: Rules = Rules {
    honoured: &["$select"],
    ignored: &[],
    largest_page: 0,
};
/// Nothing to choose.
pub const NOTHING: Rules = Rules {
    honoured: &[],
    ignored: &[],
    largest_page: 0,
};

/// The options of one request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// `$select`.
    pub select: Option<Vec<String>>,
    /// `$expand`.
    pub expand: Vec<Expand>,
    /// `$filter`, as written.
    pub filter: Option<String>,
    /// `$search`, as written.
    pub search: Option<String>,
    /// `$orderby`: names, and whether descending.
    pub orderby: Vec<(String, bool)>,
    /// `$top`.
    pub top: Option<usize>,
    /// `$skip`.
    pub skip: usize,
    /// `$count=true`.
    pub count: bool,
    /// `$skiptoken`.
    pub skiptoken: Option<String>,
    /// All of them as they came, decoded, for next links.
    pub raw: Vec<(String, String)>,
}

impl Query {
    /// Reads a query string under a route's rules.
    pub fn parse(text: &str, rules: &Rules) -> Result<Query> {
        let mut query = Query::default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (
                percent_decode(name, true)?.to_ascii_lowercase(),
                percent_decode(value, true)?,
            );
            if !KNOWN.contains(&name.as_str()) {
                return Err(GraphError::bad_query(format!(
                    "Query option '{name}' was not recognized."
                )));
            }
            if query.raw.iter().any(|(known, _)| *known == name) {
                let message = format!(
                    "Query option '{name}' was specified more than once, but it must be specified at most once."
                );
                return Err(GraphError::bad_query(message));
            }
            if rules.honoured.contains(&name.as_str()) {
                query.set(&name, &value, rules)?;
            } else if !rules.ignored.contains(&name.as_str()) && name != "$format" {
                return Err(GraphError::bad_request(format!(
                    "'{name}' is not supported by the service."
                )));
            }
            query.raw.push((name, value));
        }
        Ok(query)
    }

    fn set(&mut self, name: &str, value: &str, rules: &Rules) -> Result<()> {
        match name {
            "$select" => self.select = Some(value.split(',').map(|it| it.trim().to_owned()).collect()),
            "$expand" => self.expand = Expand::parse(value)?,
            "$filter" => self.filter = Some(value.to_owned()),
            "$search" => self.search = Some(value.to_owned()),
            "$orderby" => self.orderby = value.split(',').map(ordering).collect::<Result<_>>()?,
            "$top" => self.top = Some(page_size(value, rules.largest_page)?),
            "$skip" => self.skip = value.parse().map_err(|_| bad_number("$skip", value))?,
            "$skiptoken" => self.skiptoken = Some(value.to_owned()),
            "$count" => {
                self.count = match value.to_ascii_lowercase().as_str() {
                    "true" => true,
                    "false" => false,
                    _ => {
                        return Err(GraphError::bad_query(format!(
                            "Invalid value '{value}' for $count query option found. Valid values are 'true' and 'false'."
                        )));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The filter, read.
    pub fn filter(&self) -> Result<Option<Filter>> {
        self.filter.as_deref().map(Filter::parse).transpose()
    }

    /// The search, read.
    pub fn search(&self) -> Result<Option<Search>> {
        self.search.as_deref().map(Search::parse).transpose()
    }
}

fn ordering(item: &str) -> Result<(String, bool)> {
    let mut words = item.split_whitespace();
    let (name, direction) = (words.next(), words.next().map(str::to_ascii_lowercase));
    match (name, direction.as_deref(), words.next()) {
        (Some(name), None | Some("asc"), None) => Ok((name.to_owned(), false)),
        (Some(name), Some("desc"), None) => Ok((name.to_owned(), true)),
        _ => Err(GraphError::bad_query(format!(
            "Syntax error in the $orderby clause '{item}'."
        ))),
    }
}

fn page_size(value: &str, largest: usize) -> Result<usize> {
    let size: usize = value.parse().map_err(|_| bad_number("$top", value))?;
    if largest > 0 && !(1..=largest).contains(&size) {
        let message = format!("Invalid page size specified: '{size}'. Must be between 1 and {largest} inclusive.");
        return Err(GraphError::bad_request(message));
    }
    Ok(size)
}

fn bad_number(name: &str, value: &str) -> GraphError {
    GraphError::bad_query(format!(
        "Invalid value '{value}' for {name} query option found. The {name} query option requires a non-negative integer value."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_however_they_are_encoded() {
        let query = Query::parse(
            "$select=id,displayName&%24top=5&$orderby=a+desc,b&$count=true",
            &DIRECTORY_LIST,
        )
        .unwrap();
        assert_eq!(query.select, Some(vec!["id".to_owned(), "displayName".to_owned()]));
        assert_eq!((query.top, query.count), (Some(5), true));
        assert_eq!(query.orderby, [("a".to_owned(), true), ("b".to_owned(), false)]);
    }

    #[test]
    fn what_a_route_does_not_take_is_refused() {
        let refused = |text: &str, rules: &Rules| Query::parse(text, rules).unwrap_err().status;
        for text in [
            "$skip=5",
            "$top=1000",
            "$top=0",
            "$top=x",
            "$foo=1",
            "top=5",
            "$top=1&$top=2",
            "$count=1",
            "$orderby=a+up",
        ] {
            assert_eq!(refused(text, &DIRECTORY_LIST), 400, "{text}");
        }
        assert_eq!(refused("$top=1", &DIRECTORY_ONE), 400);
        let query = Query::parse("$top=7&$skip=x&$orderby=", &POSTS).unwrap();
        assert_eq!((query.top, query.skip), (None, 0));
    }
}
