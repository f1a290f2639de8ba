//! What clients ask that were generated from Graph's metadata, and how they ask it.

use serde_json::{Value, json};

use super::{Visitor, group_path};
use crate::demo::request::{percent_decode, percent_encode};

#[tokio::test]
async fn a_cast_may_use_the_alias_of_the_namespace() {
    let visitor = Visitor::new();
    let members = format!("{}/members", group_path("lamps"));
    let asked = async |cast: &str| visitor.get_eventually(&format!("{members}/{cast}?$count=true")).await;
    let users = asked("microsoft.graph.user").await;
    assert!(!users.each("id").is_empty());
    assert_eq!(asked("graph.user").await.each("id"), users.each("id"));
    let counted = visitor.get_eventually(&format!("{members}/graph.user/$count")).await;
    assert_eq!(counted.bytes, users.each("id").len().to_string().into_bytes());
    let unknown = visitor.get_eventually(&format!("{members}/graph.teapot")).await;
    assert_eq!(unknown.message(), "Resource not found for the segment 'graph.teapot'.");
}

#[tokio::test]
async fn a_cast_to_what_a_collection_never_holds_is_empty() {
    let visitor = Visitor::new();
    for path in [
        "/me/memberOf/graph.directoryRole?$count=true&$select=roleTemplateId",
        "/me/transitiveMemberOf/microsoft.graph.administrativeUnit?$count=true",
        "/me/ownedObjects/graph.application?$count=true",
        "/me/memberOf/graph.user?$count=true",
    ] {
        let reply = visitor.get_eventually(path).await;
        assert_eq!((reply.items().len(), &reply.json()["@odata.count"]), (0, &json!(0)));
    }
    let roles = json!({"ids": [super::user_id("lead")], "types": ["directoryRole", "user"]});
    assert_eq!(visitor.post("/directoryObjects/getByIds", roles).await.items().len(), 1);
}

#[tokio::test]
async fn all_that_is_listed_can_be_counted() {
    let visitor = Visitor::new();
    for path in [
        "/me/ownedObjects",
        "/me/directReports",
        "/users/lead@fixture.example/directReports",
    ] {
        let listed = visitor.get(path).await.items().len().to_string();
        let counted = visitor.get_eventually(&format!("{path}/$count")).await;
        assert_eq!(counted.bytes, listed.into_bytes(), "{path}");
        assert_eq!(visitor.get(&format!("{path}/$count")).await.status, 400);
    }
    // The directory's header has no meaning for mail.
    for path in ["threads", "conversations"] {
        let path = format!("{}/{path}", group_path("lamps"));
        let listed = visitor.all(&path).await.len().to_string();
        let counted = visitor.get(&format!("{path}/$count")).await;
        assert_eq!(counted.bytes, listed.into_bytes());
        assert_eq!(counted.header("content-type"), "text/plain");
    }
}

#[tokio::test]
async fn levels_need_the_header_alone_and_one_person() {
    let visitor = Visitor::new();
    let chain = visitor.get_eventually("/me?$expand=manager($levels=max)").await.json();
    assert_eq!(chain["manager"]["manager"]["id"], super::user_id("boss"));
    let one = visitor.get_eventually("/me?$expand=manager($levels=1)").await.json();
    assert!(one["manager"]["id"].is_string() && one["manager"].get("manager").is_none());
    for path in [
        "/users?$expand=manager($levels=max)",
        "/me?$expand=manager($levels=0)",
        "/me?$expand=manager($levels=1001)",
        "/me?$expand=directReports($levels=2)",
        "/me?$expand=directReports($filter=accountEnabled eq true)",
    ] {
        let reply = visitor.get_eventually(path).await;
        assert_eq!(reply.verdict(), "400 Request_UnsupportedQuery", "{path}");
    }
}

#[tokio::test]
async fn what_is_made_says_where_it_is() {
    let visitor = Visitor::new();
    let group = group_path("lamps");
    let post = json!({"body": {"contentType": "html", "content": "x"}});
    let thread = json!({"topic": "new", "posts": [post]});
    let made = visitor.post(&format!("{group}/threads"), thread.clone()).await;
    let place = made.header("location");
    assert!(
        place.starts_with(&visitor.url(&format!("{group}/threads('"))),
        "{place}"
    );
    assert_eq!(visitor.get(place).await.json()["id"], made.json()["id"]);
    let conversation = json!({"topic": "new", "threads": [thread]});
    let made = visitor.post(&format!("{group}/conversations"), conversation).await;
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let decoded = percent_decode(made.header("location"), false).unwrap();
    assert!(decoded.ends_with(&format!("/conversations('{id}')")));
}

#[tokio::test]
async fn an_expansion_shows_what_is_selected_in_it() {
    let visitor = Visitor::new();
    let group = group_path("lamps");
    let first =
        |reply: super::Reply, name: &str| reply.items()[0][name][0].as_object().unwrap().keys().cloned().collect();
    let threads = visitor
        .get(&format!("{group}/conversations?$expand=threads($select=topic)"))
        .await;
    let names: Vec<String> = first(threads, "threads");
    assert_eq!(names, ["id", "topic"]);
    let posts = visitor
        .get(&format!("{group}/threads?$expand=posts($select=receivedDateTime)"))
        .await;
    let names: Vec<String> = first(posts, "posts");
    assert_eq!(names, ["@odata.etag", "id", "receivedDateTime"]);
    let wrong = visitor
        .get(&format!("{group}/threads?$expand=posts($select=nothing)"))
        .await;
    assert_eq!(wrong.verdict(), "400 BadRequest");
}

#[tokio::test]
async fn extensions_are_listed_chosen_and_changed() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Long").await;
    let post = visitor.get(&format!("{thread}/posts")).await.each("id").remove(0);
    let post = format!("{thread}/posts/{}", percent_encode(&post));
    let path = format!("{post}/extensions");
    for name in ["com.example.a", "com.example.b"] {
        let extension =
            json!({"@odata.type": "#microsoft.graph.openTypeExtension", "extensionName": name, "n": 1, "k": "é"});
        assert_eq!(visitor.post(&path, extension).await.status, 201);
    }
    assert_eq!(
        visitor.get(&path).await.each("extensionName"),
        ["com.example.a", "com.example.b"]
    );
    let chosen = visitor
        .get(&format!("{post}?$expand=extensions($filter=id eq 'com.example.b')"))
        .await
        .json();
    let names: Vec<&Value> = chosen["extensions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["extensionName"])
        .collect();
    assert_eq!(names, ["com.example.b"]);
    let changed = visitor
        .change("PATCH", &format!("{path}/com.example.a"), Some(json!({"n": 2})))
        .await
        .json();
    assert_eq!((&changed["n"], &changed["k"]), (&json!(2), &json!("é")));
    let gone = visitor
        .change("PATCH", &format!("{path}/com.example.c"), Some(json!({"n": 2})))
        .await;
    assert_eq!(gone.verdict(), "404 ErrorItemNotFound");
}

#[tokio::test]
async fn an_action_takes_its_own_parameters_alone() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Long").await;
    let post = json!({"body": {"contentType": "html", "content": "x"}});
    for (path, body) in [
        ("/me/checkMemberGroups", json!({"groupIds": [], "other": 1})),
        ("/me/checkMemberObjects", json!({"ids": [], "other": 1})),
        ("/me/getMemberGroups", json!({"securityEnabledOnly": false, "other": 1})),
        (
            "/me/getMemberObjects",
            json!({"securityEnabledOnly": false, "other": 1}),
        ),
        ("/directoryObjects/getByIds", json!({"ids": [], "other": 1})),
        (&format!("{thread}/reply"), json!({"post": post, "other": 1})),
    ] {
        let reply = visitor.post(path, body).await;
        assert_eq!(reply.verdict(), "400 BadRequest", "{path}");
        let action = path.rsplit('/').next().unwrap_or_default();
        assert_eq!(
            reply.message(),
            format!(
                "The parameter 'other' in the request payload is not a valid parameter for the operation '{action}'."
            )
        );
    }
    let said = visitor.http.post(visitor.url("/$batch")).body("{\"requests\":[]}");
    let said = visitor.send(said.bearer_auth(&visitor.token)).await;
    assert_eq!(said.verdict(), "415 RequestBodyRead");
}

#[tokio::test]
async fn an_order_by_an_unknown_property_names_the_type_that_lacks_it() {
    let visitor = Visitor::new();
    let lamps = super::group_path("lamps");
    for (path, kind) in [
        (format!("{lamps}/threads"), "conversationThread"),
        (format!("{lamps}/conversations"), "conversation"),
        ("/me/people".to_owned(), "person"),
        ("/me/insights/trending".to_owned(), "trending"),
    ] {
        let message = visitor.get(&format!("{path}?$orderby=bogus")).await.message();
        let named = format!("Could not find a property named 'bogus' on type 'microsoft.graph.{kind}'.");
        assert!(message.ends_with(&named), "{path}: {message}");
    }
}

#[tokio::test]
async fn a_filter_compares_values_of_one_type() {
    let visitor = Visitor::new();
    for path in [
        "/users?$filter=accountEnabled eq 'true'",
        "/users?$filter=createdDateTime ge 'yesterday'",
        "/groups?$filter=displayName eq true",
        "/me/people?$filter=isFavorite eq 'no'",
    ] {
        let reply = visitor.get(path).await;
        assert_eq!(reply.verdict(), "400 BadRequest", "{path}");
        assert!(reply.message().contains("incompatible types"));
    }
    assert_eq!(
        visitor.get("/users?$filter=accountEnabled eq true&$top=1").await.status,
        200
    );
}
