//! What the client makes of a person's card, section by section.

use folkmoot::domain::{Id, ObjectKind};
use folkmoot::graph::Urgency;
use folkmoot::protocol::{CardPart, ProblemKind, Section};
use serde_json::{Value, json};

use crate::nouns::{list, shelf};
use crate::stub::{Stub, answer, error, raw};
use crate::support::{Tokens, client, desk_with, drain, patience};

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
