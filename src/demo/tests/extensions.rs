//! What applications hang on posts and on groups.

use serde_json::{Value, json};

use super::{Visitor, group_path};
use crate::demo::request::percent_encode;

#[tokio::test]
async fn applications_hang_data_on_posts() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Long").await;
    let extension = json!({
        "@odata.type": "microsoft.graph.openTypeExtension",
        "extensionName": "Example.Lamp",
        "colour": "黄色",
        "watts": 40,
    });
    let said = json!({"post": {"body": {"contentType": "html", "content": "x"}, "extensions": [extension]}});
    assert_eq!(visitor.post(&format!("{thread}/reply"), said).await.status, 202);
    let posts = visitor.get(&format!("{thread}/posts?$expand=extensions")).await.items();
    let with = |post: &&Value| !post["extensions"].as_array().unwrap().is_empty();
    let marked = posts.iter().find(with).unwrap();
    assert_eq!(posts.iter().filter(with).count(), 1);
    assert_eq!(marked["extensions"][0]["colour"], "黄色");

    let path = format!(
        "{thread}/posts/{}/extensions",
        percent_encode(marked["id"].as_str().unwrap())
    );
    for name in [
        "Example.Lamp",
        "microsoft.graph.openTypeExtension.Example.Lamp",
        "Microsoft.OutlookServices.OpenTypeExtension.example.lamp",
    ] {
        let one = visitor.get(&format!("{path}/{name}")).await.json();
        assert_eq!(
            (one["watts"].as_u64(), one["extensionName"].as_str()),
            (Some(40), Some("Example.Lamp"))
        );
        assert_eq!(one["id"], "microsoft.graph.openTypeExtension.Example.Lamp");
        assert_eq!(one["@odata.type"], "#microsoft.graph.openTypeExtension");
    }
    let mut changed = extension.clone();
    changed["watts"] = json!(60);
    let created = visitor.post(&path, changed).await;
    assert_eq!((created.status, created.json()["watts"].as_u64()), (201, Some(60)));
    assert_eq!(visitor.get(&format!("{path}/Example.Lamp")).await.json()["watts"], 60);
    for wrong in [
        json!({"extensionName": "x"}),
        json!({"@odata.type": "microsoft.graph.openTypeExtension"}),
    ] {
        assert_eq!(visitor.post(&path, wrong).await.verdict(), "400 ErrorInvalidArgument");
    }
    let one = format!("{path}/Example.Lamp");
    assert_eq!(visitor.change("DELETE", &one, None).await.status, 204);
    assert_eq!(visitor.get(&one).await.verdict(), "404 ErrorItemNotFound");
    assert_eq!(
        visitor.change("DELETE", &one, None).await.verdict(),
        "404 ErrorItemNotFound"
    );
}

#[tokio::test]
async fn extensions_of_posts_are_filtered_by_name_and_by_either_id() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Long").await;
    let named = |name: &str| json!({"@odata.type": "microsoft.graph.openTypeExtension", "extensionName": name});
    let said = json!({"post": {
        "body": {"contentType": "html", "content": "x"},
        "extensions": [named("Example.Lamp"), named("Example.Wick")],
    }});
    assert_eq!(visitor.post(&format!("{thread}/reply"), said).await.status, 202);
    for id in [
        "Example.Wick",
        "microsoft.graph.openTypeExtension.Example.Wick",
        "Microsoft.OutlookServices.OpenTypeExtension.Example.Wick",
    ] {
        let filter = percent_encode(&format!("id eq '{id}'"));
        let posts = visitor
            .get(&format!("{thread}/posts?$expand=extensions($filter={filter})"))
            .await;
        let found: Vec<Value> = posts
            .items()
            .iter()
            .flat_map(|post| post["extensions"].as_array().cloned().unwrap())
            .collect();
        assert_eq!(found.len(), 1, "{id}: {found:?}");
        assert_eq!(found[0]["extensionName"], "Example.Wick");
    }
}

#[tokio::test]
async fn a_group_takes_two_extensions_from_its_owners() {
    let mut visitor = Visitor::new();
    let group = group_path("secret-mine");
    let path = format!("{group}/extensions");
    let named = |name: &str| {
        json!({
            "@odata.type": "microsoft.graph.openTypeExtension",
            "extensionName": name,
            "costCentre": "夕暮れ-7",
            "floors": [1, 2],
        })
    };
    let made = visitor.post(&path, named("example.costs")).await;
    assert_eq!(made.status, 201);
    assert!(made.header("location").ends_with("/extensions('example.costs')"));
    let one = format!("{path}/Example.Costs");
    let got = visitor.get(&one).await.json();
    assert_eq!(
        (&got["id"], &got["extensionName"], &got["costCentre"]),
        (&json!("example.costs"), &json!("example.costs"), &json!("夕暮れ-7")),
        "an id of the directory is the name"
    );
    assert!(got["@odata.context"].as_str().unwrap().ends_with("/extensions/$entity"));
    assert_eq!(visitor.get(&path).await.each("id"), ["example.costs"]);
    let expanded = visitor
        .get(&format!("{group}?$select=id&$expand=extensions"))
        .await
        .json();
    assert_eq!(expanded["extensions"][0]["floors"], json!([1, 2]));
    let filter = percent_encode("id eq 'example.other'");
    let none = visitor
        .get(&format!("{group}?$expand=extensions($filter={filter})"))
        .await
        .json();
    assert_eq!(none["extensions"], json!([]));

    let changed = visitor
        .change("PATCH", &one, Some(json!({"floors": 3, "lift": null})))
        .await;
    assert_eq!((changed.status, &changed.json()["floors"]), (200, &json!(3)));
    assert_eq!(changed.json()["costCentre"], "夕暮れ-7", "what is not named stays");

    assert_eq!(
        visitor.post(&path, named("example.costs")).await.verdict(),
        "409 Conflict"
    );
    assert_eq!(visitor.post(&path, named("example.second")).await.status, 201);
    assert_eq!(
        visitor.post(&path, named("example.third")).await.verdict(),
        "400 Request_BadRequest"
    );

    assert_eq!(visitor.change("DELETE", &one, None).await.status, 204);
    for reply in [visitor.get(&one).await, visitor.change("DELETE", &one, None).await] {
        assert_eq!(reply.verdict(), "404 Request_ResourceNotFound");
    }
    visitor.becomes("kim");
    let refused = visitor.post(&path, named("example.mine")).await;
    assert_eq!(
        refused.verdict(),
        "403 Authorization_RequestDenied",
        "a member is no owner"
    );
    assert_eq!(visitor.get(&path).await.each("id"), ["example.second"]);
}

#[tokio::test]
async fn extended_properties_of_posts_come_back_where_a_filter_names_them() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Long").await;
    let id = "String {00020329-0000-0000-c000-000000000046} Name Lamp";
    let said = |single: Value| {
        json!({"post": {
            "body": {"contentType": "html", "content": "x"},
            "singleValueExtendedProperties": [{"id": id, "value": single}],
            "multiValueExtendedProperties": [{"id": format!("StringArray {id}"), "value": ["a", "b"]}],
        }})
    };
    let reply = format!("{thread}/reply");
    assert_eq!(
        visitor.post(&reply, said(json!(["no list"]))).await.verdict(),
        "400 ErrorInvalidArgument"
    );
    assert_eq!(visitor.post(&reply, said(json!("黄色"))).await.status, 202);
    for (name, id, value) in [
        ("singleValueExtendedProperties", id.to_owned(), json!("黄色")),
        (
            "multiValueExtendedProperties",
            format!("StringArray {id}"),
            json!(["a", "b"]),
        ),
    ] {
        let posts = format!("{thread}/posts?$expand={name}");
        assert_eq!(visitor.get(&posts).await.verdict(), "400 ErrorInvalidRequest", "which?");
        let filter = percent_encode(&format!("id eq '{id}'"));
        let posts = visitor.get(&format!("{posts}($filter={filter})")).await.items();
        let found: Vec<&Value> = posts.iter().flat_map(|post| post[name].as_array().unwrap()).collect();
        assert_eq!(found, [&json!({"id": id, "value": value})]);
    }
}
