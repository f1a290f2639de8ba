//! Groups, their members and who may see them.

use super::{Visitor, group_path, user_id};
use crate::demo::Options;

#[tokio::test]
async fn a_group_shows_mailbox_properties_only_alone_and_selected() {
    let visitor = Visitor::new();
    let group = visitor.get(&group_path("lamps")).await;
    assert_eq!(group.fields().first().map(String::as_str), Some("id"));
    assert_eq!(group.json()["groupTypes"][0], "Unified");
    assert!(group.json().get("unseenCount").is_none());
    let selected = visitor
        .get(&format!(
            "{}?$select=displayName,unseenCount,isSubscribedByMail",
            group_path("lamps")
        ))
        .await;
    assert_eq!(selected.json()["unseenCount"], 2);
    assert_eq!(selected.json()["isSubscribedByMail"], true);
    assert_eq!(
        visitor.get("/groups?$select=displayName,unseenCount").await.fields(),
        ["displayName"]
    );
    let without = visitor
        .get(&format!("{}?$select=allowExternalSenders", group_path("doors")))
        .await;
    assert_eq!(without.verdict(), "404 MailboxNotEnabledForRESTAPI");

    assert_eq!(
        visitor
            .send(
                visitor
                    .http
                    .post(visitor.url(&format!("{}/resetUnseenCount", group_path("lamps"))))
                    .bearer_auth(&visitor.token)
            )
            .await
            .status,
        200
    );
    let again = visitor
        .get(&format!("{}?$select=unseenCount", group_path("lamps")))
        .await;
    assert_eq!(again.json()["unseenCount"], 0);
}

#[tokio::test]
async fn each_sort_of_group_is_told_apart() {
    let visitor = Visitor::new();
    let group = async |key: &str| visitor.get(&group_path(key)).await.json();
    let (doors, outer, news, alarm) = (
        group("doors").await,
        group("outer").await,
        group("glass-news").await,
        group("alarm").await,
    );
    assert!(doors["groupTypes"].as_array().unwrap().is_empty() && doors["mail"].is_null());
    assert_eq!(
        (doors["securityEnabled"].as_bool(), doors["mailEnabled"].as_bool()),
        (Some(true), Some(false))
    );
    assert_eq!(
        (news["securityEnabled"].as_bool(), news["mailEnabled"].as_bool()),
        (Some(false), Some(true))
    );
    assert_eq!(
        (alarm["securityEnabled"].as_bool(), alarm["mailEnabled"].as_bool()),
        (Some(true), Some(true))
    );
    assert_eq!(outer["groupTypes"][0], "DynamicMembership");
    assert_eq!(outer["membershipRuleProcessingState"], "On");
    assert_eq!(
        visitor.get("/groups/not-an-id").await.verdict(),
        "400 Request_BadRequest"
    );
    assert_eq!(
        visitor.get(&format!("/groups/{}", user_id("me"))).await.verdict(),
        "404 Request_ResourceNotFound"
    );
}

#[tokio::test]
async fn members_say_what_they_are_and_hide_what_may_not_be_read() {
    let visitor = Visitor::new();
    let members = visitor.get(&format!("{}/members", group_path("doors"))).await;
    let kinds =
        ["user", "group", "device", "servicePrincipal", "orgContact"].map(|kind| format!("#microsoft.graph.{kind}"));
    assert_eq!(members.each("@odata.type"), kinds);
    let robot = &members.items()[3];
    let nothing = robot
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| !["@odata.type", "id"].contains(&name.as_str()));
    assert!(
        robot["id"].is_string() && nothing.clone().count() > 0 && nothing.clone().all(|(_, value)| value.is_null())
    );
    let selected = visitor
        .get(&format!("{}/members?$select=id,displayName", group_path("doors")))
        .await;
    assert_eq!(
        selected.each("displayName"),
        ["Maja O'Hara", "Lamps 💡 ランプ", "Kiosk 1", "", "Locksmith"]
    );

    let cast = format!("{}/members/microsoft.graph.user?$count=true", group_path("doors"));
    // The header is needed for the count, and for casts of what is reached through other groups.
    assert!(visitor.get(&cast).await.json().get("@odata.count").is_none());
    let through = cast.replace("/members/", "/transitiveMembers/");
    assert_eq!(visitor.get(&through).await.verdict(), "400 Request_UnsupportedQuery");
    let users = visitor.get_eventually(&cast).await;
    assert_eq!(users.each("displayName"), ["Maja O'Hara"]);
    assert!(users.items()[0].get("@odata.type").is_none());
    let count = visitor
        .get_eventually(&format!("{}/members/$count", group_path("doors")))
        .await;
    assert_eq!(
        (count.bytes.as_slice(), count.header("content-type")),
        (b"5".as_slice(), "text/plain")
    );
    let none = visitor
        .get(&format!("{}/members/microsoft.graph.teapot", group_path("doors")))
        .await;
    assert_eq!(
        none.message(),
        "Resource not found for the segment 'microsoft.graph.teapot'."
    );

    let everyone = visitor
        .get(&format!(
            "{}/transitiveMembers?$select=displayName",
            group_path("outer")
        ))
        .await;
    assert_eq!(everyone.items().len(), 9);
    assert_eq!(
        visitor.get(&format!("{}/owners", group_path("lamps"))).await.each("id"),
        [user_id("lead")]
    );
}

#[tokio::test]
async fn a_hidden_membership_is_for_members() {
    let mut visitor = Visitor::new();
    let theirs = group_path("secret-theirs");
    for path in [
        format!("{theirs}/members"),
        format!("{theirs}/transitiveMembers"),
        format!("{theirs}?$expand=members"),
    ] {
        assert_eq!(
            visitor.get(&path).await.verdict(),
            "403 Authorization_RequestDenied",
            "{path}"
        );
    }
    assert_eq!(
        visitor.get_eventually(&format!("{theirs}/members/$count")).await.status,
        403
    );
    assert_eq!(visitor.get(&theirs).await.status, 200);
    assert_eq!(
        visitor
            .get(&format!("{}/members", group_path("secret-mine")))
            .await
            .items()
            .len(),
        2
    );
    let of_layla = "/users/layla@fixture.example/memberOf?$select=displayName";
    assert!(
        !visitor
            .get(of_layla)
            .await
            .each("displayName")
            .contains(&"Secret, theirs".to_owned())
    );
    visitor.becomes("boss");
    assert!(
        visitor
            .get(of_layla)
            .await
            .each("displayName")
            .contains(&"Secret, theirs".to_owned())
    );
}

#[tokio::test]
async fn memberships_go_outwards() {
    let visitor = Visitor::new();
    let direct = visitor.get("/me/memberOf").await;
    assert_eq!(direct.each("mailNickname"), ["lamps", "secret-mine", "doors"]);
    assert_eq!(direct.each("@odata.type"), ["#microsoft.graph.group"; 3]);
    let cast = visitor
        .get_eventually("/me/transitiveMemberOf/microsoft.graph.group?$count=true&$select=mailNickname")
        .await;
    assert_eq!(cast.each("mailNickname"), ["lamps", "secret-mine", "doors", "outer"]);
    assert_eq!(cast.json()["@odata.count"], 4);
    let owned = visitor
        .get_eventually("/me/ownedObjects/microsoft.graph.group?$count=true")
        .await;
    assert_eq!(owned.each("mailNickname"), ["secret-mine"]);
    assert_eq!(
        visitor
            .get(&format!("{}/memberOf", group_path("lamps")))
            .await
            .each("mailNickname"),
        ["doors"]
    );
}

#[tokio::test]
async fn expansions_stop_at_twenty_without_a_word() {
    let visitor = Visitor::with(Options {
        people: Some(60),
        ..Options::default()
    });
    let everyone = visitor
        .get("/groups?$filter=mailNickname eq 'everyone'&$expand=members($select=id)")
        .await;
    assert_eq!(everyone.items()[0]["members"].as_array().unwrap().len(), 20);
    let advanced = visitor.get_eventually("/groups?$count=true&$expand=members").await;
    assert_eq!(advanced.verdict(), "400 Request_UnsupportedQuery");
}
