//! People, those around them, photos, the organization.

use super::{Visitor, group_id, group_path, user_id};
use crate::demo::Options;

const USER_DEFAULTS: [&str; 11] = [
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
];

#[tokio::test]
async fn a_person_shows_a_subset_and_the_rest_on_request() {
    let visitor = Visitor::new();
    let me = visitor.get("/me").await;
    assert_eq!(me.fields(), USER_DEFAULTS);
    assert_eq!(me.json()["id"], user_id("me"));
    assert!(
        me.json()["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("/v1.0/$metadata#users/$entity")
    );
    let chosen = visitor.get("/me?$select=department,userType,skills").await;
    assert_eq!(chosen.fields(), ["department", "userType", "skills"]);
    let everyone = visitor.get("/users").await;
    assert_eq!(everyone.fields(), USER_DEFAULTS);
    assert!(everyone.json()["@microsoft.graph.tips"].is_string());
    // What lives in SharePoint never comes in lists.
    assert_eq!(
        visitor.get("/users?$select=department,skills").await.fields(),
        ["department"]
    );
    assert_eq!(
        visitor.get("/me/manager").await.json()["@odata.type"],
        "#microsoft.graph.user"
    );
}

#[tokio::test]
async fn an_unknown_property_is_refused_by_name() {
    let visitor = Visitor::new();
    for (path, kind) in [
        ("/me?$select=id,shoeSize".to_owned(), "user"),
        ("/users?$select=shoeSize".to_owned(), "user"),
        ("/groups?$select=shoeSize".to_owned(), "group"),
        (
            format!("{}/members?$select=shoeSize", group_path("lamps")),
            "directoryObject",
        ),
        (
            format!("{}/threads?$select=shoeSize", group_path("lamps")),
            "conversationThread",
        ),
        ("/organization?$select=shoeSize".to_owned(), "organization"),
    ] {
        let reply = visitor.get(&path).await;
        assert_eq!(reply.verdict(), "400 BadRequest", "{path}");
        let sentence = format!("Could not find a property named 'shoeSize' on type 'microsoft.graph.{kind}'.");
        assert!(reply.message().ends_with(&sentence), "{}", reply.message());
    }
}

#[tokio::test]
async fn a_person_is_found_by_id_and_by_principal_name() {
    let visitor = Visitor::new();
    for path in [
        format!("/users/{}", user_id("kim")),
        "/users/kim@fixture.example".to_owned(),
        "/users/KIM%40Fixture.Example".to_owned(),
        "/users('kim@fixture.example')".to_owned(),
        "/Users/kim@fixture.example".to_owned(),
    ] {
        assert_eq!(visitor.get(&path).await.json()["displayName"], "김하은", "{path}");
    }
    let guest = visitor
        .get("/users/guest_other.example%23EXT%23@fixture.example?$select=mail,userType")
        .await
        .json();
    assert_eq!(
        (guest["mail"].as_str(), guest["userType"].as_str()),
        (Some("guest@other.example"), Some("Guest"))
    );
    assert_eq!(
        visitor.get("/users/nobody@fixture.example").await.verdict(),
        "404 Request_ResourceNotFound"
    );
    assert_eq!(
        visitor.get(&format!("/users/{}", group_id("lamps"))).await.verdict(),
        "404 Request_ResourceNotFound"
    );
}

#[tokio::test]
async fn managers_and_reports_hang_together() {
    let visitor = Visitor::new();
    assert_eq!(
        visitor.get("/users/boss@fixture.example/manager").await.verdict(),
        "404 Request_ResourceNotFound"
    );
    let reports = visitor
        .get("/users/lead@fixture.example/directReports?$select=id,displayName")
        .await;
    assert_eq!(reports.each("id"), [user_id("me"), user_id("kim")]);
    assert_eq!(reports.each("@odata.type"), ["#microsoft.graph.user"; 2]);

    let chain = "/me?$expand=manager($levels=max;$select=id)&$select=id";
    assert_eq!(visitor.get(chain).await.verdict(), "400 Request_UnsupportedQuery");
    let chain = visitor.get_eventually(&format!("{chain}&$count=true")).await.json();
    assert_eq!(chain["manager"]["id"], user_id("lead"));
    assert_eq!(chain["manager"]["manager"]["id"], user_id("boss"));
    assert!(chain["manager"]["manager"].get("manager").is_none());
    let one = visitor.get("/me?$expand=manager").await.json();
    assert!(one["manager"].get("manager").is_none() && one["manager"]["displayName"] == "山田 花子");
    assert_eq!(
        visitor.get("/me?$expand=photo").await.verdict(),
        "400 ExpandNotSupported"
    );
}

#[tokio::test]
async fn guests_may_not_list_people() {
    let mut visitor = Visitor::new();
    visitor.becomes("guest_other.example");
    assert_eq!(visitor.get("/me").await.json()["displayName"], "Gus Guest 👩‍🏭");
    assert_eq!(visitor.get("/users").await.verdict(), "403 Authorization_RequestDenied");
}

#[tokio::test]
async fn photos_are_there_or_not() {
    let visitor = Visitor::new();
    let photo = visitor.get("/me/photo").await.json();
    assert_eq!(
        (photo["id"].as_str(), photo["width"].as_u64()),
        (Some("648X648"), Some(648))
    );
    assert_eq!(photo["@odata.mediaContentType"], "image/jpeg");
    let bytes = visitor.get("/me/photo/%24value").await;
    assert_eq!(
        (bytes.header("content-type"), &bytes.bytes[..2]),
        ("image/jpeg", [0xFF, 0xD8].as_slice())
    );
    assert!(bytes.header("etag").starts_with('"'));
    assert_eq!(visitor.get("/me/photos").await.items().len(), 9);
    assert_eq!(visitor.get("/me/photos/648x648/$value").await.bytes, bytes.bytes);
    assert_eq!(
        visitor.get("/me/photos/649x649/$value").await.verdict(),
        "404 ImageNotFound"
    );
    let none = visitor.get(&format!("{}/photo", group_path("doors"))).await;
    assert_eq!(none.verdict(), "404 ErrorNonExistentMailbox");

    // Of those who have none, some have metadata that claim a picture of one pixel.
    let crowd = Visitor::with(Options {
        people: Some(80),
        ..Options::default()
    });
    let mut without = std::collections::BTreeSet::new();
    for id in crowd.get("/users?$select=id").await.each("id") {
        let metadata = crowd.get(&format!("/users/{id}/photo")).await;
        let value = crowd.get(&format!("/users/{id}/photo/$value")).await;
        if value.verdict() != "200" {
            assert_eq!(value.verdict(), "404 ImageNotFound");
            without.insert((
                metadata.verdict(),
                metadata.json()["id"].as_str().unwrap_or_default().to_owned(),
            ));
        }
    }
    let expected = [
        ("200".to_owned(), "1x1".to_owned()),
        ("404 ImageNotFound".to_owned(), String::new()),
    ];
    assert_eq!(without.into_iter().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn the_organization_is_one() {
    let visitor = Visitor::new();
    let organization = visitor.get("/organization").await;
    assert_eq!(organization.each("displayName"), ["Fixture & Sons"]);
    assert_eq!(organization.items()[0]["verifiedDomains"][1]["name"], "fixture.example");
    assert_eq!(
        visitor.get("/organization?$select=id,displayName").await.fields(),
        ["displayName", "id"]
    );
}
