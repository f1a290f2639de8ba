//! What the client makes of Graph's answers, noun by noun.

use std::collections::HashMap;

use folkmoot::domain::{Id, Member, ObjectKind, Role, Text};
use folkmoot::graph::Urgency;
use folkmoot::protocol::{ProblemKind, Scope};
use serde_json::{Value, json};

use crate::stub::{Answer, Stub, answer, error};
use crate::support::{client, drain};

/// A server that answers by path; what it does not know is not there.
pub async fn shelf(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Stub {
    let answers: HashMap<&str, Answer> = answers.into_iter().collect();
    Stub::batching(move |asked| {
        let path = asked.target.split('?').next().unwrap().trim_start_matches("/v1.0");
        answers
            .get(path)
            .cloned()
            .unwrap_or_else(|| error(404, "Request_ResourceNotFound"))
    })
    .await
}

pub fn list(items: Value) -> Answer {
    answer(200, &json!({"value": items, "@odata.count": 9}))
}

pub fn user(id: &str, name: &str) -> Value {
    json!({"@odata.type": "#microsoft.graph.user", "id": id, "displayName": name})
}

#[tokio::test]
async fn a_roster_has_owners_first_and_nobody_twice() {
    let hidden = json!({"@odata.type": "#microsoft.graph.servicePrincipal", "id": "h", "displayName": null});
    let stub = shelf([
        ("/groups/g/owners", list(json!([user("2", "山田 花子")]))),
        (
            "/groups/g/members",
            list(json!([user("1", "نور"), user("2", "山田 花子"), hidden])),
        ),
    ])
    .await;
    let (pages, problem) = drain(client(&stub).roster(&Id::new("g"), Urgency::Person)).await;
    assert_eq!(problem, None);
    assert_eq!(pages.len(), 1);
    let row = |member: &Member| {
        (
            member.object.id.as_str().to_owned(),
            member.role,
            member.object.kind.clone(),
        )
    };
    let rows: Vec<_> = pages[0].members.iter().map(row).collect();
    let expected = [
        ("2".to_owned(), Role::Owner, ObjectKind::User),
        ("1".to_owned(), Role::Member, ObjectKind::User),
        ("h".to_owned(), Role::Member, ObjectKind::ServicePrincipal),
    ];
    assert_eq!(rows, expected);
    assert_eq!(pages[0].members[2].object.name, None);
    assert_eq!(
        (pages[0].total, pages[0].last),
        (Some(3), true),
        "as many as there were"
    );
}

#[tokio::test]
async fn my_groups_are_those_i_belong_to_and_those_i_own() {
    let stub = shelf([
        (
            "/me/memberOf/microsoft.graph.group",
            list(json!([{"id": "a"}, {"id": "b"}])),
        ),
        (
            "/me/ownedObjects/microsoft.graph.group",
            list(json!([{"id": "b"}, {"id": "c"}])),
        ),
    ])
    .await;
    let (pages, problem) = drain(client(&stub).groups(Scope::Mine, None, Urgency::Person)).await;
    assert_eq!(problem, None);
    let mut ids: Vec<&str> = pages
        .iter()
        .flat_map(|page| &page.items)
        .map(|group| group.id.as_str())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(pages.iter().map(|page| page.last).collect::<Vec<_>>(), [false, true]);
    assert!(
        stub.asked()
            .iter()
            .all(|one| one.header("consistencylevel") == Some("eventual"))
    );
}

#[tokio::test]
async fn a_search_is_quoted_and_a_search_for_nothing_is_refused() {
    let stub = shelf([("/groups", list(json!([])))]).await;
    let client = client(&stub);
    let (_, problem) = drain(client.groups(Scope::All, Some(r#"R&D "x""#), Urgency::Person)).await;
    assert_eq!(problem, None);
    let target = &stub.asked()[0].target;
    assert!(
        target.contains(r"$search=%22displayName:R%20D%20%5C%22x%5C%22%22%20OR%20%22description:"),
        "{target}"
    );

    for (scope, term) in [(Scope::All, "&"), (Scope::Mine, "x")] {
        let (_, problem) = drain(client.groups(scope, Some(term), Urgency::Person)).await;
        assert_eq!(problem.unwrap().kind, ProblemKind::Usage);
    }
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn a_group_is_found_by_id_by_address_or_by_name() {
    let id = "02bd9fd6-8f93-4758-87c3-1fb73740a315";
    let stub = Stub::new(move |asked, _| {
        if asked.target.contains(id) {
            answer(200, &json!({"id": id}))
        } else if asked.target.contains("mail%20eq%20%27o%27%27b@x.org%27") {
            list(json!([{"id": "by-mail"}]))
        } else if asked.target.contains("any(p:p%20eq%20%27smtp:old@x.org%27)") {
            list(json!([{"id": "by-old-mail"}]))
        } else if asked.target.contains("displayName%20eq%20%27two%27") {
            list(json!([{"id": "1"}, {"id": "2"}]))
        } else {
            list(json!([]))
        }
    })
    .await;
    let client = client(&stub);
    let found = async |key: &str| client.group(key, Urgency::Person).await;
    assert_eq!(found(id).await.unwrap().id, Id::new(id));
    assert_eq!(found("o'b@x.org").await.unwrap().id, Id::new("by-mail"));
    assert_eq!(found("old@x.org").await.unwrap().id, Id::new("by-old-mail"));
    assert_eq!(found("two").await.unwrap_err().kind, ProblemKind::Usage);
    assert_eq!(found("none").await.unwrap_err().kind, ProblemKind::NotFound);
}

#[tokio::test]
async fn posts_are_sorted_and_a_hundred_may_be_cut_short() {
    for (count, cut_short) in [(3, false), (99, false), (100, true), (101, false)] {
        let posts: Vec<Value> = (0..count)
            .map(|n| json!({"id": n.to_string(), "receivedDateTime": format!("2026-11-{:02}T00:00:00Z", 1 + (n * 7) % 28)}))
            .collect();
        let stub = shelf([("/groups/g/threads/t/posts", list(json!(posts)))]).await;
        let (posts, cut) = client(&stub)
            .posts(&Id::new("g"), &Id::new("t"), Urgency::Person)
            .await
            .unwrap();
        assert_eq!((posts.len(), cut), (count, cut_short));
        assert!(posts.is_sorted_by_key(|post| post.when()));
    }
}

#[tokio::test]
async fn who_i_am_does_not_depend_on_the_organisation() {
    let me = answer(200, &json!({"id": "m", "displayName": "M", "businessPhones": null}));
    let named = list(json!([{"id": "o", "displayName": "Contoso"}]));
    for (organization, name) in [(named, Some(Text::new("Contoso"))), (error(403, ""), None)] {
        let stub = shelf([("/me", me.clone()), ("/organization", organization)]).await;
        let me = client(&stub).me(Urgency::Person).await.unwrap();
        assert_eq!((me.person.id, me.organisation), (Id::new("m"), name));
    }
}

#[tokio::test]
async fn an_unseen_count_that_cannot_be_read_is_left_out_and_where_none_can_that_is_the_problem() {
    let odd = || answer(200, &json!({"unseenCount": "many"}));
    let stub = shelf([
        ("/groups/a", odd()),
        ("/groups/b", answer(200, &json!({"unseenCount": 3}))),
        ("/groups/c", answer(200, &json!({"unseenCount": null}))),
    ])
    .await;
    let unseen = async |ids: &[&str]| {
        let ids: Vec<Id> = ids.iter().copied().map(Id::new).collect();
        drain(client(&stub).unseen(&ids, Urgency::Ahead)).await
    };
    let (parts, problem) = unseen(&["a", "b", "c"]).await;
    assert_eq!((parts, problem), (vec![vec![(Id::new("b"), 3)]], None));
    let (parts, problem) = unseen(&["a", "c"]).await;
    assert_eq!((parts.len(), problem.unwrap().kind), (0, ProblemKind::Server));
}

#[tokio::test]
async fn where_no_group_tells_its_unseen_count_that_is_the_problem() {
    let stub = shelf([
        ("/groups/a", error(404, "MailboxNotEnabledForRESTAPI")),
        ("/groups/b", error(404, "ErrorNonExistentMailbox")),
    ])
    .await;
    let (parts, problem) = drain(client(&stub).unseen(&[Id::new("a"), Id::new("b")], Urgency::Ahead)).await;
    assert!(parts.is_empty());
    assert!(problem.is_some());
}
