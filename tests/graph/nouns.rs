//! What the client makes of Graph's answers, noun by noun.

use std::collections::HashMap;

use folkmoot::domain::{Id, Member, ObjectKind, Role, Text};
use folkmoot::graph::Urgency;
use folkmoot::protocol::{CardPart, ProblemKind, Scope, Section};
use serde_json::{Value, json};

use crate::stub::{Answer, Stub, answer, error, raw};
use crate::support::{Tokens, client, desk_with, drain, patience};

/// A server that answers by path; what it does not know is not there.
async fn shelf(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Stub {
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

fn list(items: Value) -> Answer {
    answer(200, &json!({"value": items, "@odata.count": 9}))
}

fn user(id: &str, name: &str) -> Value {
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
async fn a_card_comes_in_sections_and_says_what_is_hidden() {
    let stub = shelf([
        ("/users/p", answer(200, &json!({"id": "p", "displayName": "P"}))),
        ("/users/p/directReports", error(403, "Authorization_RequestDenied")),
        (
            "/users/p/memberOf/microsoft.graph.group",
            list(json!([{"id": "g", "displayName": "G"}])),
        ),
        (
            "/users/p/photo",
            answer(200, &json!({"id": "240X240", "width": 240, "height": 240})),
        ),
    ])
    .await;
    let (parts, problem) = drain(client(&stub).card(&Id::new("p"), false, Urgency::Person)).await;
    assert_eq!(problem, None);
    let asked: Vec<String> = stub.asked().iter().map(|asked| asked.target.clone()).collect();
    assert_eq!(
        asked.len(),
        4,
        "one round trip, and each of the other services: {asked:?}"
    );
    assert!(asked[0].ends_with("/$batch"));
    assert_eq!(parts.len(), 8);
    assert!(
        parts
            .iter()
            .any(|part| matches!(part, CardPart::Person(card) if card.person.name.as_str() == "P"))
    );
    assert!(parts.contains(&CardPart::Managers(Vec::new())));
    assert!(
        parts
            .iter()
            .any(|part| matches!(part, CardPart::Photo(Some(photo)) if photo.width == Some(240)))
    );
    assert!(parts.iter().any(|part| {
        matches!(part, CardPart::Groups(groups) if groups.len() == 1 && groups[0].kind == ObjectKind::Group)
    }));
    assert!(parts.iter().any(|part| {
        matches!(part, CardPart::Hidden(Section::Reports, problem) if problem.next.as_str().contains("User.Read.All"))
    }));
}

#[tokio::test]
async fn a_card_of_nobody_is_a_problem() {
    let stub = shelf([]).await;
    let (_, problem) = drain(client(&stub).card(&Id::new("p"), false, Urgency::Person)).await;
    assert_eq!(problem.unwrap().kind, ProblemKind::NotFound);
}

#[tokio::test]
async fn a_card_is_found_by_any_address_of_the_person() {
    let by_address = |address: &'static str| {
        let stub = Stub::batching(|asked| {
            if asked.target.contains("mail%20eq%20%27o%27%27b%2Bx@guests.example%27") {
                list(json!([{"id": "by-mail"}]))
            } else if asked.target.contains("any(p:p%20eq%20%27smtp:old@x.example%27)")
                && asked.header("consistencylevel") == Some("eventual")
            {
                list(json!([{"id": "by-old-address"}]))
            } else if asked.target.starts_with("/v1.0/users/by-")
                || asked.target.starts_with("/v1.0/users/upn@x.example?")
            {
                let id = asked.target.split(['/', '?']).nth(3).unwrap();
                answer(200, &json!({"id": id, "displayName": id}))
            } else if asked.target.starts_with("/v1.0/users?") {
                list(json!([]))
            } else {
                error(404, "Request_ResourceNotFound")
            }
        });
        async move {
            let stub = stub.await;
            let (parts, problem) = drain(client(&stub).card(&Id::new(address), false, Urgency::Person)).await;
            let name = parts.iter().find_map(|part| match part {
                CardPart::Person(card) => Some(card.person.name.to_string()),
                _ => None,
            });
            (name, problem, stub.asked().len())
        }
    };
    assert_eq!(
        by_address("upn@x.example").await,
        (Some("upn@x.example".into()), None, 1 + 3)
    );
    assert_eq!(
        by_address("o'b+x@guests.example").await,
        (Some("by-mail".into()), None, 3 + 3)
    );
    assert_eq!(
        by_address("old@x.example").await,
        (Some("by-old-address".into()), None, 4 + 3)
    );
    let (_, problem, _) = by_address("kim@else.example").await;
    let problem = problem.unwrap();
    assert_eq!(problem.kind, ProblemKind::NotFound);
    assert_eq!(problem.what.as_str(), "kim@else.example is not in the directory.");
}

#[tokio::test]
async fn a_card_that_may_not_be_read_whole_shows_what_everyone_may_see() {
    let stub = Stub::batching(|asked| {
        if !asked.target.starts_with("/v1.0/users/p?") {
            error(404, "Request_ResourceNotFound")
        } else if asked.target.contains("jobTitle") || asked.target.contains("manager") {
            error(403, "Authorization_RequestDenied")
        } else {
            answer(200, &json!({"id": "p", "displayName": "P"}))
        }
    })
    .await;
    let (parts, problem) = drain(client(&stub).card(&Id::new("p"), false, Urgency::Person)).await;
    assert_eq!(problem, None);
    let hidden = |name: Section| {
        parts
            .iter()
            .any(|part| matches!(part, CardPart::Hidden(section, _) if *section == name))
    };
    assert!(hidden(Section::Person) && hidden(Section::Managers));
    assert!(
        parts
            .iter()
            .any(|part| matches!(part, CardPart::Person(card) if card.person.name.as_str() == "P"))
    );
}

#[tokio::test]
async fn what_comes_empty_for_want_of_a_permission_is_said_to_be_hidden() {
    let about = |skills: Value| {
        let stub = Stub::batching(move |asked| {
            let path = asked.target.trim_start_matches("/v1.0");
            if path.starts_with("/users/p?") && path.contains("skills") {
                answer(200, &json!({"aboutMe": null, "birthday": null, "skills": skills}))
            } else if path.starts_with("/users/p?") && !path.contains("$expand") {
                answer(
                    200,
                    &json!({"id": "p", "displayName": "P", "jobTitle": null, "businessPhones": []}),
                )
            } else {
                error(404, "Request_ResourceNotFound")
            }
        });
        async move {
            let stub = stub.await;
            let granted = ["User.Read", "User.ReadBasic.All"].map(str::to_owned);
            let tokens = Tokens {
                granted: Some(granted.into()),
                ..Tokens::default()
            };
            let desk = desk_with(tokens, &stub.url(), patience());
            let (parts, problem) = drain(desk.client.card(&Id::new("p"), false, Urgency::Person)).await;
            assert_eq!(problem, None);
            let hidden = |name: Section| {
                let missing = parts.iter().find_map(|part| match part {
                    CardPart::Hidden(section, problem) if *section == name => problem.missing,
                    _ => None,
                });
                missing == Some("User.Read.All")
            };
            [Section::Person, Section::About].map(hidden)
        }
    };
    assert_eq!(about(json!([])).await, [true, true]);
    assert_eq!(about(json!(["wicks"])).await, [true, false], "what did come is shown");
}

#[tokio::test]
async fn somebody_who_is_still_being_set_up_is_said_to_be() {
    let stub = Stub::batching(|_| raw(202, "")).await;
    let (_, problem) = drain(client(&stub).card(&Id::new("p"), false, Urgency::Person)).await;
    let problem = problem.unwrap();
    assert_eq!((problem.kind, problem.status), (ProblemKind::NotFound, Some(202)));
    assert_eq!(problem.what.as_str(), "Graph is still setting this up.");
}

/// What a card says of one thing.
async fn section<T>(stub: &Stub, find: impl Fn(&CardPart) -> Option<T>) -> T {
    let (parts, problem) = drain(client(stub).card(&Id::new("p"), false, Urgency::Person)).await;
    assert_eq!(problem, None);
    parts.iter().find_map(find).unwrap_or_else(|| panic!("{parts:?}"))
}

#[tokio::test]
async fn managers_come_nested_and_where_that_is_refused_one_by_one() {
    let chain = |part: &CardPart| match part {
        CardPart::Managers(chain) => Some(chain.iter().map(|one| one.id.as_str().to_owned()).collect::<Vec<_>>()),
        _ => None,
    };
    let nested = json!({"id": "p", "manager": {"id": "1", "displayName": "B", "manager": {"id": "2"}}});
    let stub = shelf([("/users/p", answer(200, &nested))]).await;
    assert_eq!(section(&stub, chain).await, ["1", "2"]);
    let items = stub.asked()[0].json();
    let mut items = items["requests"].as_array().unwrap().iter();
    let expanding = items.find(|item| item["url"].as_str().unwrap().contains("$expand=manager($levels=max"));
    assert_eq!(expanding.unwrap()["headers"]["ConsistencyLevel"], "eventual");

    let stub = Stub::batching(|asked| {
        let path = asked.target.split('?').next().unwrap();
        match path.trim_start_matches("/v1.0") {
            "/users/p" if asked.target.contains("$expand") => error(400, "Request_UnsupportedQuery"),
            "/users/p" => answer(200, &json!({"id": "p"})),
            "/users/p/manager" | "/users/2/manager" => answer(200, &json!({"id": "1"})),
            "/users/1/manager" => answer(200, &json!({"id": "2"})),
            _ => error(404, "Request_ResourceNotFound"),
        }
    })
    .await;
    assert_eq!(section(&stub, chain).await, ["1", "2"], "a circle ends");
}

#[tokio::test]
async fn a_photo_of_one_pixel_is_none() {
    for (photo, size) in [
        (answer(200, &json!({"id": "1x1", "width": 1, "height": 1})), None),
        (
            answer(200, &json!({"id": "48X48", "width": 48, "height": 48})),
            Some((48, 48)),
        ),
        (error(404, "ImageNotFound"), None),
        (error(404, "ErrorNonExistentMailbox"), None),
    ] {
        let person = answer(200, &json!({"id": "p"}));
        let stub = shelf([("/users/p", person), ("/users/p/photo", photo)]).await;
        let found = section(&stub, |part| match part {
            CardPart::Photo(photo) => Some(photo.as_ref().and_then(|photo| photo.width.zip(photo.height))),
            _ => None,
        });
        assert_eq!(found.await, size);
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
