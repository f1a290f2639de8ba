//! The rows of the table, against what Graph documents.

use super::*;
use crate::domain::{Kind, Target};
use crate::graph::request::template;
use crate::graph::{
    around, attachments, conversations, groups, members, people, posts, profile, seen, sending, threads,
};

fn asked(template: &str, place: Place, granted: Option<&[&str]>) -> Asked {
    Asked {
        place,
        template: template.into(),
        granted: granted.map(|scopes| scopes.iter().map(|scope| (*scope).to_owned()).collect()),
        verbatim: false,
    }
}

fn told(template: &str, place: Place, granted: Option<&[&str]>) -> Problem {
    let mut problem = Problem {
        status: Some(403),
        ..Problem::new(ProblemKind::Forbidden, "In its own words.", "Next.")
    };
    asked(template, place, granted).tell_why(&mut problem);
    problem
}

#[test]
fn every_operation_has_a_row() {
    let id = Id::new("x");
    let listings = [
        threads::newest_first(&id),
        threads::of_conversation(&id, &id),
        conversations::newest_first(&id),
        attachments::of_post(&id, &id, &id),
        posts::of_thread(&id, &id),
        members::owners(&id),
        members::members(&id),
        people::organization(),
        people::reports(&id),
        people::member_of(&id),
        people::nearby(),
        people::search("x"),
        groups::all(),
        groups::search("x"),
        groups::belonging(),
        groups::owned(),
        groups::of_person(&id, true),
        members::transitive(&id),
        around::trending(None, None),
        around::trending(Some(&id), None),
        around::joined_teams(None),
        around::associated_teams(Some(&id)),
        around::relevant(Some(&id), None, true),
    ];
    let reads = [
        threads::by_id(&id, &id),
        conversations::by_id(&id, &id),
        posts::by_id(&id, &id, &id),
        attachments::by_id(&id, &id, &id, &id),
        attachments::item(&id, &id, &id, &id),
        attachments::content(&id, &id, &id, &id),
        groups::by_id(&id),
        seen::unseen(&id),
        people::me(),
        people::person(&id),
        people::with_managers(&id),
        people::line(&id),
        people::manager(&id),
        people::card(None),
        people::about(Some(&id)),
        profile::photo(None, None),
        profile::photo_bytes(Some(&id), Some("48x48")),
    ];
    let paths = listings.iter().map(|listing| &listing.first.path);
    for path in paths.chain(reads.iter().map(|read| &read.path)) {
        let template = template(path);
        assert!(!asked(&template, Place::Any, None).needs().is_empty(), "{template}");
    }
    let reply = |post| Kind::Reply {
        thread: id.clone(),
        post,
    };
    let conversation = id.clone();
    let (thread, post) = (id.clone(), id.clone());
    for kind in [
        reply(None),
        reply(Some(id.clone())),
        Kind::Conversation,
        Kind::Thread { conversation },
        Kind::Forward { thread, post },
    ] {
        let target = Target {
            group: id.clone(),
            kind,
            group_name: String::new(),
            topic: String::new(),
            quoted: None,
        };
        let write = sending::request(&target, &sending::Content::default()).unwrap();
        assert_eq!(asked(&write.asked(), Place::GroupMail, None).needs(), [&ANSWERING]);
    }
    for write in [
        threads::set_lock(&id, &id, true).unwrap(),
        threads::delete(&id, &id),
        conversations::delete(&id, &id),
    ] {
        assert_eq!(asked(&write.asked(), Place::GroupMail, None).needs(), [&ANSWERING]);
    }
    let seen = seen::reset(&id).asked();
    assert_eq!(asked(&seen, Place::GroupMail, None).needs(), [&SEEN]);
    let fields = serde_json::Map::new();
    for write in [profile::update(&fields).unwrap(), profile::put_photo(Vec::new())] {
        assert_eq!(asked(&write.asked(), Place::Any, None).needs(), [&OWN_CHANGES]);
    }
    assert_eq!(asked("/$batch", Place::Any, None).needs(), [] as [&Capability; 0]);
}

#[test]
fn a_scope_that_was_not_granted_is_named_and_who_grants_it() {
    let readers: &[&str] = &["User.Read", "https://graph.microsoft.com/group.read.all"];
    let problem = told("POST /groups/{id}/threads/{id}/reply", Place::GroupMail, Some(readers));
    assert_eq!(problem.missing, Some("Group.ReadWrite.All"));
    assert!(problem.what.as_str().contains("Group.ReadWrite.All"), "{problem}");
    assert!(
        problem.next.as_str().contains("--scope Group.ReadWrite.All"),
        "{problem}"
    );
    assert!(problem.next.as_str().contains("administrator"), "{problem}");
    let problem = told("/me", Place::Any, Some(&["Mail.Read"]));
    assert!(problem.next.as_str().contains("yourself"), "{problem}");
    let problem = told("/groups/{id}/members", Place::Any, Some(readers));
    assert_eq!(problem.missing, Some("Member.Read.Hidden"));
}

#[test]
fn no_permission_is_asked_for_that_would_not_help() {
    for granted in [None, Some(&["User.Read"][..]), Some(&["Team.ReadBasic.All"][..])] {
        for path in ["/users/{id}/joinedTeams", "/users/{id}/teamwork/associatedTeams"] {
            let problem = told(path, Place::Any, granted);
            assert_eq!(problem.missing, None);
            assert_eq!(problem.what.as_str(), "Graph tells people about their own teams only.");
            assert!(!problem.next.as_str().contains("permission"), "{problem}");
        }
    }
    let own = told("/me/joinedTeams", Place::Any, Some(&["User.Read"]));
    assert_eq!(own.missing, Some("Team.ReadBasic.All"));
}

#[test]
fn where_the_scope_was_granted_it_is_the_role_or_the_membership() {
    let problem = told("/groups/{id}", Place::Any, Some(&["GroupMember.Read.All"]));
    assert_eq!(problem.missing, None);
    assert!(problem.what.as_str().contains("your role"), "{problem}");
    let problem = told("/groups/{id}/threads", Place::GroupMail, Some(&["Group.Read.All"]));
    assert_eq!(problem.what.as_str(), "In its own words.");
}

#[test]
fn guests_hear_what_is_left_to_them() {
    let problem = told("/users", Place::Any, Some(&["User.ReadBasic.All"]));
    assert!(problem.what.as_str().contains("guests"), "{problem}");
    assert!(problem.next.as_str().contains("the whole address"), "{problem}");
    let mut problem = Problem {
        status: Some(403),
        code: Some(Text::new("ErrorAccessDenied")),
        ..Problem::new(ProblemKind::Forbidden, "In its own words.", "Next.")
    };
    for granted in [None, Some(&["Group.Read.All"][..])] {
        asked("/groups/{id}/threads", Place::GroupMail, granted).tell_why(&mut problem);
        let what = problem.what.as_str();
        assert!(what.contains("not a member") && what.contains("guest"), "{what}");
        assert!(!what.contains("write"), "{what}");
    }
}

#[test]
fn where_scopes_are_not_known_the_permission_is_named_and_nothing_is_claimed() {
    for granted in [None, Some(&[][..])] {
        let problem = told("/users/{id}/directReports", Place::Any, granted);
        assert_eq!((problem.missing, problem.what.as_str()), (None, "In its own words."));
        assert!(problem.next.as_str().contains("User.Read.All"), "{problem}");
        let problem = told("/groups/{id}/members", Place::Any, granted);
        for scope in [GROUPS.scope(), HIDDEN_MEMBERS.scope()] {
            assert!(problem.next.as_str().contains(scope), "{problem}");
        }
        let problem = told("/groups/{id}/threads", Place::GroupMail, granted);
        assert_eq!(problem.next.as_str(), "Next.");
    }
}

#[test]
fn other_problems_stay_as_they_are() {
    for (kind, status) in [(ProblemKind::NotFound, 404), (ProblemKind::SignIn, 403)] {
        let before = Problem {
            status: Some(status),
            ..Problem::new(kind, "What.", "Next.")
        };
        let mut problem = before.clone();
        asked("/me", Place::Any, Some(&["Mail.Read"])).tell_why(&mut problem);
        assert_eq!(problem, before);
    }
}
