//! How a path finds its row in the table of routes.

use std::sync::LazyLock;

use super::{Found, ROUTES, Route};
use crate::demo::error::{GraphError, Result};
use crate::demo::odata::property::unqualified;
use crate::demo::request::Method;

#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Literal(&'static str),
    Parameter(&'static str),
}

struct Pattern {
    segments: Vec<Segment>,
    route: &'static Route,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let expand = |route: &'static Route| {
        let (before, rest) = route.path.split_once('[').unwrap_or((route.path, ""));
        let (optional, after) = rest.split_once(']').unwrap_or((rest, ""));
        let paths = if optional.is_empty() {
            vec![vec![before]]
        } else {
            vec![vec![before, after], vec![before, optional, after]]
        };
        let roots: &[&[Segment]] = &[
            &[Segment::Literal("me")],
            &[Segment::Literal("users"), Segment::Parameter("user")],
        ];
        let mut patterns = Vec::new();
        for parts in paths {
            let segments = || {
                parts
                    .iter()
                    .flat_map(|part| part.trim_start_matches('~').split('/'))
                    .filter(|it| !it.is_empty())
                    .map(segment)
            };
            if route.path.starts_with('~') {
                for root in roots {
                    let root = root.iter().map(Segment::copy);
                    patterns.push(Pattern {
                        segments: root.chain(segments()).collect(),
                        route,
                    });
                }
            } else {
                patterns.push(Pattern {
                    segments: segments().collect(),
                    route,
                });
            }
        }
        patterns
    };
    ROUTES.iter().flat_map(expand).collect()
});

fn segment(text: &'static str) -> Segment {
    match text.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        Some(name) => Segment::Parameter(name),
        None => Segment::Literal(text),
    }
}

impl Segment {
    fn copy(&self) -> Segment {
        match self {
            Segment::Literal(text) => Segment::Literal(text),
            Segment::Parameter(name) => Segment::Parameter(name),
        }
    }

    fn fits(&self, segment: &str) -> bool {
        match self {
            Segment::Literal(text) => text.eq_ignore_ascii_case(segment),
            Segment::Parameter("cast") => unqualified(segment) != segment,
            Segment::Parameter(_) => !["$count", "$value", "$ref"]
                .iter()
                .any(|word| word.eq_ignore_ascii_case(segment)),
        }
    }
}

/// Finds the route of a path. A path that is none answers 400 and names the segment where it goes astray; one that has no
/// such method answers 405.
pub fn find(method: Method, segments: &[String]) -> Result<Found> {
    let mut deepest = 0;
    let mut other_method = false;
    for pattern in PATTERNS.iter() {
        let fitting = pattern
            .segments
            .iter()
            .zip(segments)
            .take_while(|(wanted, segment)| wanted.fits(segment))
            .count();
        deepest = deepest.max(fitting);
        if fitting < segments.len() || fitting < pattern.segments.len() {
            continue;
        }
        if pattern.route.method != method {
            other_method = true;
            continue;
        }
        let parameters = pattern
            .segments
            .iter()
            .zip(segments)
            .filter_map(|(wanted, segment)| match wanted {
                Segment::Parameter(name) => Some((*name, segment.clone())),
                Segment::Literal(_) => None,
            });
        return Ok(Found {
            route: pattern.route,
            parameters: parameters.collect(),
        });
    }
    if other_method {
        return Err(GraphError::no_method());
    }
    Err(GraphError::no_segment(
        segments.get(deepest).or(segments.last()).map_or("", String::as_str),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str) -> Result<(&'static str, Vec<(&'static str, String)>)> {
        let segments: Vec<String> = path.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect();
        find(Method::Get, &segments).map(|found| (found.route.path, found.parameters))
    }

    #[test]
    fn one_row_serves_the_twins() {
        assert_eq!(found("/me/manager").unwrap(), ("~/manager", vec![]));
        assert_eq!(found("/users/x/Manager").unwrap().1, [("user", "x".to_owned())]);
        assert_eq!(
            found("/groups/g/threads/t").unwrap().1,
            [("group", "g".to_owned()), ("thread", "t".to_owned())]
        );
        assert_eq!(found("/groups/g/conversations/c/threads/t").unwrap().1.len(), 3);
        assert_eq!(
            found("/groups/g/members/$count").unwrap().0,
            "/groups/{group}/members[/{cast}]/$count"
        );
        for cast in ["microsoft.graph.group", "graph.group", "Graph.Group"] {
            assert_eq!(
                found(&format!("/me/memberOf/{cast}")).unwrap().1,
                [("cast", cast.to_owned())]
            );
        }
    }

    #[test]
    fn an_unknown_path_names_the_segment_where_it_goes_astray() {
        for (path, segment) in [
            ("/teams", "teams"),
            ("/groups/g/wiki", "wiki"),
            ("/groups/g/threads/t/posts/p/likes/3", "likes"),
            ("/me/photo/$value/x", "x"),
            ("/users/$value", "$value"),
            ("", ""),
        ] {
            let error = found(path).unwrap_err();
            assert_eq!(
                (error.status, error.message),
                (400, format!("Resource not found for the segment '{segment}'."))
            );
        }
        let other = find(Method::Other, &["groups".to_owned()]).err().unwrap();
        assert_eq!(other.status, 405);
    }
}
