//! The one table of routes, and how a path finds its row.

use std::sync::LazyLock;

use super::answer::Answer;
use super::call::Call;
use super::directory::{groups, organization, people, photos};
use super::doors::Caller;
use super::error::{GraphError, Result};
use super::mail::{attachments, conversations, posts, reply, threads};
use super::odata::query::{self, Query, Rules};
use super::permissions::{self as needs, Needs};
use super::request::{Method, Request};
use super::state::State;

/// What answers a request.
pub type Handler = fn(&mut Call<'_>) -> Result<Answer>;

/// One row: a method, a path, the query options it takes, the permissions it needs, and what answers.
///
/// In a path `{name}` is a parameter, `~` stands for `/me` and for `/users/{user}`, and `[…]` is a part that may be
/// missing. The first row that fits is taken, so literal segments stand before parameters.
pub struct Route {
    method: Method,
    /// The path, as the table writes it.
    pub path: &'static str,
    rules: &'static Rules,
    /// Whether it asks a group's mailbox, which serves four requests at a time.
    pub mail: bool,
    needs: &'static Needs,
    handler: Handler,
}

const fn directory(path: &'static str, rules: &'static Rules, needs: &'static Needs, handler: Handler) -> Route {
    Route {
        method: Method::Get,
        path,
        rules,
        mail: false,
        needs,
        handler,
    }
}

const fn mail(path: &'static str, rules: &'static Rules, needs: &'static Needs, handler: Handler) -> Route {
    Route {
        method: Method::Get,
        path,
        rules,
        mail: true,
        needs,
        handler,
    }
}

const fn act(path: &'static str, needs: &'static Needs, handler: Handler) -> Route {
    Route {
        method: Method::Post,
        path,
        rules: &query::NOTHING,
        mail: true,
        needs,
        handler,
    }
}

/// Every route but `/$batch`, which sends each of its items through here.
#[rustfmt::skip]
static ROUTES: &[Route] = &[
    directory("/organization", &query::SELECT, &needs::ORGANIZATION, organization::list),
    directory("/users", &query::DIRECTORY_LIST, &needs::USERS, people::list),
    directory("/users/$count", &query::DIRECTORY_COUNT, &needs::USERS, people::count),
    directory("~", &query::DIRECTORY_ONE, &needs::PERSON, people::get),
    directory("~/manager", &query::DIRECTORY_ONE, &needs::MANAGER, people::manager),
    directory("~/directReports", &query::DIRECTORY_LIST, &needs::REPORTS, people::direct_reports),
    directory("~/memberOf[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBER_OF, people::member_of),
    directory("~/transitiveMemberOf[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBER_OF, people::transitive_member_of),
    directory("~/ownedObjects[/{cast}]", &query::DIRECTORY_LIST, &needs::OWNED, people::owned),
    directory("~/photo", &query::SELECT, &needs::PHOTO, photos::of_person),
    directory("~/photo/$value", &query::NOTHING, &needs::PHOTO, photos::of_person_value),
    directory("~/photos", &query::SELECT, &needs::PHOTO, photos::sizes_of_person),
    directory("~/photos/{size}", &query::SELECT, &needs::PHOTO, photos::of_person),
    directory("~/photos/{size}/$value", &query::NOTHING, &needs::PHOTO, photos::of_person_value),
    directory("/groups", &query::DIRECTORY_LIST, &needs::GROUPS, groups::list),
    directory("/groups/$count", &query::DIRECTORY_COUNT, &needs::GROUPS, groups::count),
    directory("/groups/{group}", &query::DIRECTORY_ONE, &needs::GROUPS, groups::get),
    directory("/groups/{group}/members/$count", &query::DIRECTORY_COUNT, &needs::MEMBERS, groups::members_count),
    directory("/groups/{group}/members/{cast}/$count", &query::DIRECTORY_COUNT, &needs::MEMBERS, groups::members_count),
    directory("/groups/{group}/members[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBERS, groups::members),
    directory("/groups/{group}/transitiveMembers[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBERS, groups::transitive_members),
    directory("/groups/{group}/owners/$count", &query::DIRECTORY_COUNT, &needs::OWNERS, groups::owners_count),
    directory("/groups/{group}/owners[/{cast}]", &query::DIRECTORY_LIST, &needs::OWNERS, groups::owners),
    directory("/groups/{group}/memberOf[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBERS, groups::member_of),
    directory("/groups/{group}/photo", &query::SELECT, &needs::GROUP_PHOTO, photos::of_group),
    directory("/groups/{group}/photo/$value", &query::NOTHING, &needs::GROUP_PHOTO, photos::of_group_value),
    directory("/groups/{group}/photos", &query::SELECT, &needs::GROUP_PHOTO, photos::sizes_of_group),
    directory("/groups/{group}/photos/{size}", &query::SELECT, &needs::GROUP_PHOTO, photos::of_group),
    directory("/groups/{group}/photos/{size}/$value", &query::NOTHING, &needs::GROUP_PHOTO, photos::of_group_value),
    act("/groups/{group}/resetUnseenCount", &needs::GROUP_WRITE, groups::reset_unseen_count),
    mail("/groups/{group}/conversations", &query::MAIL_LIST, &needs::MAIL, conversations::list),
    mail("/groups/{group}/conversations/{conversation}", &query::MAIL_ONE, &needs::MAIL, conversations::get),
    mail("/groups/{group}[/conversations/{conversation}]/threads", &query::MAIL_LIST, &needs::MAIL, threads::list),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}", &query::MAIL_ONE, &needs::MAIL, threads::get),
    act("/groups/{group}[/conversations/{conversation}]/threads/{thread}/reply", &needs::REPLY, reply::to_thread),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts", &query::POSTS, &needs::MAIL, posts::list),
    act("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts", &needs::REPLY, posts::create),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}", &query::MAIL_ONE, &needs::MAIL, posts::get),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/inReplyTo", &query::MAIL_ONE, &needs::MAIL, posts::in_reply_to),
    act("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/reply", &needs::REPLY, reply::to_post),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/attachments", &query::ATTACHMENTS, &needs::MAIL, attachments::list),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/attachments/{attachment}", &query::MAIL_ONE, &needs::ATTACHMENT, attachments::get),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/attachments/{attachment}/$value", &query::NOTHING, &needs::ATTACHMENT, attachments::value),
];

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
            Segment::Parameter("cast") => segment.to_ascii_lowercase().starts_with("microsoft.graph."),
            Segment::Parameter(_) => !["$count", "$value", "$ref"]
                .iter()
                .any(|word| word.eq_ignore_ascii_case(segment)),
        }
    }
}

/// A route that was found, with its parameters.
pub struct Found {
    /// The row.
    pub route: &'static Route,
    /// The parameters by name, decoded.
    pub parameters: Vec<(&'static str, String)>,
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

impl Found {
    /// A parameter by its name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Looks at what was granted, reads the query and calls the handler.
    pub fn answer(&self, state: &mut State, request: &Request, caller: &Caller) -> Result<Answer> {
        let me = caller.me;
        let own = self
            .parameter("user")
            .is_none_or(|user| state.find_person(user) == Some(me));
        let needed = if own {
            self.route.needs.own
        } else {
            self.route.needs.others
        };
        if !caller.may(needed) {
            return Err(GraphError::denied());
        }
        let query = Query::parse(&request.query, self.route.rules)?;
        let now = state.clock.now();
        let mut call = Call {
            state,
            request,
            found: self,
            query,
            me,
            now,
        };
        call.settle();
        (self.route.handler)(&mut call)
    }
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
            "/groups/{group}/members/$count"
        );
        assert_eq!(
            found("/me/memberOf/microsoft.graph.group").unwrap().1,
            [("cast", "microsoft.graph.group".to_owned())]
        );
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
