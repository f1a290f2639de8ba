//! The one table of routes.

mod pattern;

pub use pattern::find;

use super::answer::Answer;
use super::call::Call;
use super::directory::{groups, insights, membership, organization, people, photos, profile, relevant, teams};
use super::doors::Caller;
use super::error::{GraphError, Result};
use super::extension;
use super::mail::{attachments, begin, conversations, forward, posts, reply, threads};
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

/// A change to what is in a mailbox.
const fn edit(method: Method, path: &'static str, needs: &'static Needs, handler: Handler) -> Route {
    Route {
        method,
        path,
        rules: &query::NOTHING,
        mail: true,
        needs,
        handler,
    }
}

/// A question to the directory that comes with a body.
const fn ask(path: &'static str, rules: &'static Rules, needs: &'static Needs, handler: Handler) -> Route {
    Route {
        method: Method::Post,
        path,
        rules,
        mail: false,
        needs,
        handler,
    }
}

/// A change to the directory.
const fn change(method: Method, path: &'static str, needs: &'static Needs, handler: Handler) -> Route {
    Route {
        method,
        path,
        rules: &query::NOTHING,
        mail: false,
        needs,
        handler,
    }
}

/// Every route but `/$batch`, which sends each of its items through here.
#[rustfmt::skip]
static ROUTES: &[Route] = &[
    directory("/organization", &query::SELECT, &needs::ORGANIZATION, organization::list),
    directory("/users", &query::DIRECTORY_LIST, &needs::USERS, people::list),
    directory("/users/$count", &query::DIRECTORY_COUNT, &needs::USERS, people::list),
    directory("~", &query::DIRECTORY_ONE, &needs::PERSON, people::get),
    directory("~/manager", &query::DIRECTORY_ONE, &needs::MANAGER, people::manager),
    directory("~/directReports[/{cast}]/$count", &query::DIRECTORY_COUNT, &needs::REPORTS, people::direct_reports),
    directory("~/directReports[/{cast}]", &query::DIRECTORY_LIST, &needs::REPORTS, people::direct_reports),
    directory("~/memberOf[/{cast}]/$count", &query::DIRECTORY_COUNT, &needs::MEMBER_OF, people::member_of),
    directory("~/memberOf[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBER_OF, people::member_of),
    directory("~/transitiveMemberOf[/{cast}]/$count", &query::DIRECTORY_COUNT, &needs::MEMBER_OF, people::transitive_member_of),
    directory("~/transitiveMemberOf[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBER_OF, people::transitive_member_of),
    ask("~/checkMemberGroups", &query::NOTHING, &needs::CHECK_PERSON, membership::check_of_person),
    ask("~/checkMemberObjects", &query::NOTHING, &needs::CHECK_PERSON, membership::check_of_person),
    ask("~/getMemberGroups", &query::NOTHING, &needs::CHECK_PERSON, membership::all_of_person),
    ask("~/getMemberObjects", &query::NOTHING, &needs::CHECK_PERSON, membership::all_of_person),
    change(Method::Patch, "~", &needs::PERSON_WRITE, profile::update),
    directory("~/insights/trending", &query::INSIGHTS, &needs::TRENDING, insights::trending),
    directory("~/joinedTeams", &query::NOTHING, &needs::JOINED_TEAMS, teams::joined),
    directory("~/teamwork/associatedTeams", &query::NOTHING, &needs::ASSOCIATED_TEAMS, teams::associated),
    directory("~/people", &query::PEOPLE, &needs::PEOPLE, relevant::list),
    directory("~/ownedObjects[/{cast}]/$count", &query::DIRECTORY_COUNT, &needs::OWNED, people::owned),
    directory("~/ownedObjects[/{cast}]", &query::DIRECTORY_LIST, &needs::OWNED, people::owned),
    directory("~/photo", &query::SELECT, &needs::PHOTO, photos::of_person),
    directory("~/photo/$value", &query::NOTHING, &needs::PHOTO, photos::of_person_value),
    change(Method::Put, "~/photo/$value", &needs::PHOTO_WRITE, photos::put),
    change(Method::Patch, "~/photo/$value", &needs::PHOTO_WRITE, photos::put),
    directory("~/photos", &query::SELECT, &needs::PHOTO, photos::sizes_of_person),
    directory("~/photos/{size}", &query::SELECT, &needs::PHOTO, photos::of_person),
    directory("~/photos/{size}/$value", &query::NOTHING, &needs::PHOTO, photos::of_person_value),
    directory("/groups", &query::DIRECTORY_LIST, &needs::GROUPS, groups::list),
    directory("/groups/$count", &query::DIRECTORY_COUNT, &needs::GROUPS, groups::list),
    directory("/groups/{group}", &query::DIRECTORY_ONE, &needs::GROUPS, groups::get),
    directory("/groups/{group}/members[/{cast}]/$count", &query::DIRECTORY_COUNT, &needs::MEMBERS, groups::members),
    directory("/groups/{group}/members[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBERS, groups::members),
    directory("/groups/{group}/transitiveMembers[/{cast}]/$count", &query::DIRECTORY_COUNT, &needs::MEMBERS, groups::transitive_members),
    directory("/groups/{group}/transitiveMembers[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBERS, groups::transitive_members),
    directory("/groups/{group}/owners[/{cast}]/$count", &query::DIRECTORY_COUNT, &needs::OWNERS, groups::owners),
    directory("/groups/{group}/owners[/{cast}]", &query::DIRECTORY_LIST, &needs::OWNERS, groups::owners),
    directory("/groups/{group}/memberOf[/{cast}]/$count", &query::DIRECTORY_COUNT, &needs::MEMBERS, groups::member_of),
    directory("/groups/{group}/memberOf[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBERS, groups::member_of),
    directory("/groups/{group}/transitiveMemberOf[/{cast}]/$count", &query::DIRECTORY_COUNT, &needs::MEMBERS, groups::transitive_member_of),
    directory("/groups/{group}/transitiveMemberOf[/{cast}]", &query::DIRECTORY_LIST, &needs::MEMBERS, groups::transitive_member_of),
    ask("/groups/{group}/checkMemberGroups", &query::NOTHING, &needs::MEMBERS, membership::check_of_group),
    ask("/groups/{group}/checkMemberObjects", &query::NOTHING, &needs::MEMBERS, membership::check_of_group),
    ask("/groups/{group}/getMemberGroups", &query::NOTHING, &needs::MEMBERS, membership::all_of_group),
    ask("/groups/{group}/getMemberObjects", &query::NOTHING, &needs::MEMBERS, membership::all_of_group),
    ask("/directoryObjects/getByIds", &query::SELECT, &needs::BY_IDS, membership::by_ids),
    directory("/groups/{group}/photo", &query::SELECT, &needs::GROUP_PHOTO, photos::of_group),
    directory("/groups/{group}/photo/$value", &query::NOTHING, &needs::GROUP_PHOTO, photos::of_group_value),
    directory("/groups/{group}/photos", &query::SELECT, &needs::GROUP_PHOTO, photos::sizes_of_group),
    directory("/groups/{group}/photos/{size}", &query::SELECT, &needs::GROUP_PHOTO, photos::of_group),
    directory("/groups/{group}/photos/{size}/$value", &query::NOTHING, &needs::GROUP_PHOTO, photos::of_group_value),
    directory("/groups/{group}/extensions", &query::NOTHING, &needs::GROUP_EXTENSION, extension::list),
    change(Method::Post, "/groups/{group}/extensions", &needs::GROUP_EXTENSION_WRITE, extension::create),
    directory("/groups/{group}/extensions/{extension}", &query::NOTHING, &needs::GROUP_EXTENSION, extension::get),
    change(Method::Patch, "/groups/{group}/extensions/{extension}", &needs::GROUP_EXTENSION_WRITE, extension::update),
    change(Method::Delete, "/groups/{group}/extensions/{extension}", &needs::GROUP_EXTENSION_WRITE, extension::delete),
    act("/groups/{group}/resetUnseenCount", &needs::GROUP_WRITE, groups::reset_unseen_count),
    mail("/groups/{group}/conversations", &query::MAIL_LIST, &needs::MAIL, conversations::list),
    mail("/groups/{group}/conversations/$count", &query::MAIL_COUNT, &needs::MAIL, conversations::list),
    act("/groups/{group}/conversations", &needs::MAIL_WRITE, begin::conversation),
    mail("/groups/{group}/conversations/{conversation}", &query::MAIL_ONE, &needs::MAIL, conversations::get),
    edit(Method::Delete, "/groups/{group}/conversations/{conversation}", &needs::MAIL_WRITE, conversations::delete),
    mail("/groups/{group}[/conversations/{conversation}]/threads", &query::MAIL_LIST, &needs::MAIL, threads::list),
    mail("/groups/{group}[/conversations/{conversation}]/threads/$count", &query::MAIL_COUNT, &needs::MAIL, threads::list),
    act("/groups/{group}[/conversations/{conversation}]/threads", &needs::MAIL_WRITE, begin::thread),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}", &query::MAIL_ONE, &needs::MAIL, threads::get),
    edit(Method::Patch, "/groups/{group}[/conversations/{conversation}]/threads/{thread}", &needs::MAIL_WRITE, threads::update),
    edit(Method::Delete, "/groups/{group}[/conversations/{conversation}]/threads/{thread}", &needs::MAIL_WRITE, threads::delete),
    act("/groups/{group}[/conversations/{conversation}]/threads/{thread}/reply", &needs::MAIL_WRITE, reply::to_thread),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts", &query::POSTS, &needs::MAIL, posts::list),
    act("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts", &needs::MAIL_WRITE, posts::create),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}", &query::MAIL_ONE, &needs::MAIL, posts::get),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/inReplyTo", &query::MAIL_ONE, &needs::MAIL, posts::in_reply_to),
    act("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/reply", &needs::MAIL_WRITE, reply::to_post),
    act("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/forward", &needs::MAIL_WRITE, forward::forward),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/extensions", &query::NOTHING, &needs::EXTENSION, extension::list),
    act("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/extensions", &needs::GROUP_WRITE, extension::create),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/extensions/{extension}", &query::NOTHING, &needs::EXTENSION, extension::get),
    edit(Method::Patch, "/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/extensions/{extension}", &needs::GROUP_WRITE, extension::update),
    edit(Method::Delete, "/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/extensions/{extension}", &needs::GROUP_WRITE, extension::delete),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/attachments", &query::ATTACHMENTS, &needs::MAIL, attachments::list),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/attachments/{attachment}", &query::MAIL_ONE, &needs::ATTACHMENT, attachments::get),
    mail("/groups/{group}[/conversations/{conversation}]/threads/{thread}/posts/{post}/attachments/{attachment}/$value", &query::NOTHING, &needs::ATTACHMENT, attachments::value),
];

/// A route that was found, with its parameters.
pub struct Found {
    /// The row.
    pub route: &'static Route,
    /// The parameters by name, decoded.
    pub parameters: Vec<(&'static str, String)>,
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
        let own = self
            .parameter("user")
            .is_none_or(|user| state.find_person(user) == Some(caller.me));
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
            caller,
            now,
        };
        call.settle();
        (self.route.handler)(&mut call)
    }
}
