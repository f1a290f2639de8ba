//! Questions about membership: nested groups, checks by id, and looking ids up.

use serde_json::{Value, json};

use super::{Visitor, group_id, group_path, user_id};
use crate::demo::Options;

fn texts(reply: &super::Reply) -> Vec<String> {
    let texts = reply
        .items()
        .iter()
        .map(|item| item.as_str().unwrap().to_owned())
        .collect();
    assert!(
        reply.json()["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("#Collection(Edm.String)")
    );
    texts
}

#[tokio::test]
async fn nested_groups_are_gone_through_once_even_in_a_circle() {
    let visitor = Visitor::new();
    let names = async |path: String| {
        let mut names = visitor.get_eventually(&path).await.each("mailNickname");
        names.sort();
        names
    };
    let ring = ["ring-a", "ring-b", "ring-c"];
    let of_olena = "/users/olena@fixture.example/transitiveMemberOf/microsoft.graph.group?$count=true";
    assert_eq!(
        names(of_olena.to_owned()).await,
        ["club", "glass-news", "ring-a", "ring-b", "ring-c"]
    );
    assert_eq!(
        names(format!("{}/transitiveMemberOf", group_path("ring-a"))).await,
        ring
    );
    let inside = visitor
        .get(&format!("{}/transitiveMembers", group_path("ring-a")))
        .await;
    assert_eq!(inside.items().len(), 4);
    assert!(inside.each("id").contains(&user_id("olena")));
}

#[tokio::test]
async fn every_relation_can_be_cast_and_counted() {
    let visitor = Visitor::new();
    let lamps = group_path("lamps");
    for (path, count) in [
        (format!("{lamps}/members/$count"), "4"),
        (format!("{lamps}/members/microsoft.graph.user/$count"), "4"),
        (format!("{lamps}/owners/$count"), "1"),
        (format!("{lamps}/owners/microsoft.graph.user/$count"), "1"),
        (format!("{lamps}/memberOf/$count"), "1"),
        (format!("{lamps}/transitiveMemberOf/$count"), "2"),
        (format!("{lamps}/transitiveMemberOf/microsoft.graph.group/$count"), "2"),
        (format!("{}/transitiveMembers/$count", group_path("outer")), "9"),
        (
            format!("{}/transitiveMembers/microsoft.graph.user/$count", group_path("outer")),
            "4",
        ),
        ("/me/memberOf/$count".to_owned(), "3"),
        ("/me/memberOf/microsoft.graph.group/$count".to_owned(), "3"),
        ("/me/transitiveMemberOf/$count".to_owned(), "4"),
        ("/users/lead@fixture.example/directReports/$count".to_owned(), "2"),
    ] {
        let plain = visitor.get(&path).await;
        assert_eq!(
            (plain.verdict(), plain.message()),
            (
                "400 Request_BadRequest".to_owned(),
                "$count is not currently supported.".to_owned()
            ),
            "{path}"
        );
        let counted = visitor.get_eventually(&path).await;
        assert_eq!(
            (counted.header("content-type"), counted.bytes.as_slice()),
            ("text/plain", count.as_bytes()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn checks_answer_with_those_ids_that_hold() {
    let visitor = Visitor::new();
    let (doors, outer, club) = (group_id("doors"), group_id("outer"), group_id("club"));
    let asked = json!([
        outer,
        club,
        doors,
        user_id("kim"),
        "00000000-0000-4000-8000-000000000000"
    ]);
    for (path, name) in [
        ("/me/checkMemberGroups", "groupIds"),
        ("/me/checkMemberObjects", "ids"),
        ("/users/me@fixture.example/CheckMemberGroups", "GroupIds"),
    ] {
        let reply = visitor.post(path, json!({name: asked})).await;
        assert_eq!(texts(&reply), [outer.clone(), doors.clone()], "{path}");
    }
    let of_group = visitor
        .post(
            &format!("{}/checkMemberGroups", group_path("lamps")),
            json!({"groupIds": asked}),
        )
        .await;
    assert_eq!(texts(&of_group), [outer, doors]);

    let many = |count: u32| -> Vec<String> {
        (0..count)
            .map(|n| format!("{n:08}-0000-4000-8000-000000000000"))
            .collect()
    };
    let check = async |body: Value| visitor.post("/me/checkMemberGroups", body).await.verdict();
    assert_eq!(check(json!({"groupIds": many(20)})).await, "200");
    assert_eq!(check(json!({"groupIds": many(21)})).await, "400 Request_BadRequest");
    assert_eq!(check(json!({"groupIds": ["lamps"]})).await, "400 Request_BadRequest");
    assert_eq!(check(json!({})).await, "400 Request_BadRequest");
    assert_eq!(check(json!({"ids": many(1)})).await, "400 BadRequest");
    assert_eq!(check(json!([])).await, "400 BadRequest");
    let url = visitor.url("/me/checkMemberGroups");
    let untyped = visitor
        .http
        .post(url)
        .bearer_auth(&visitor.token)
        .body("{\"groupIds\":[]}");
    assert_eq!(visitor.send(untyped).await.verdict(), "415 RequestBodyRead");
    assert_eq!(visitor.get("/me/checkMemberGroups").await.status, 405);
}

#[tokio::test]
async fn all_groups_come_at_once_or_not_at_all() {
    let visitor = Visitor::new();
    let all = async |path: &str, security: bool| {
        let reply = visitor.post(path, json!({"securityEnabledOnly": security})).await;
        (
            reply.verdict(),
            if reply.status == 200 { texts(&reply) } else { Vec::new() },
        )
    };
    let everything = ["lamps", "secret-mine", "doors", "outer"].map(group_id).to_vec();
    let security = ["doors", "outer"].map(group_id).to_vec();
    for action in ["getMemberGroups", "getMemberObjects"] {
        let me = format!("/me/{action}");
        assert_eq!(all(&me, false).await, ("200".to_owned(), everything.clone()));
        assert_eq!(all(&me, true).await, ("200".to_owned(), security.clone()));
        let lamps = format!("{}/{action}", group_path("lamps"));
        assert_eq!(all(&lamps, false).await, ("200".to_owned(), security.clone()));
        assert_eq!(all(&lamps, true).await.0, "400 Request_BadRequest");
        assert_eq!(visitor.post(&me, json!({})).await.verdict(), "400 Request_BadRequest");
    }

    // Everyone of a company with that many groups is in a quarter of them.
    let crowded = Visitor::with(Options {
        groups: Some(45_000),
        ..Options::default()
    });
    let reply = crowded
        .post("/me/getMemberGroups", json!({"securityEnabledOnly": false}))
        .await;
    assert_eq!(reply.verdict(), "400 Directory_ResultSizeLimitExceeded");
}

#[tokio::test]
async fn ids_are_looked_up_whatever_they_stand_for() {
    let visitor = Visitor::new();
    let nobody = "00000000-0000-4000-8000-000000000000";
    let by_ids = async |path: &str, body: Value| visitor.post(path, body).await;
    let ids = json!([user_id("me"), nobody, group_id("lamps"), user_id("me")]);
    let both = by_ids("/directoryObjects/getByIds?$select=id,displayName", json!({"ids": ids})).await;
    assert_eq!(
        both.each("@odata.type"),
        ["#microsoft.graph.user", "#microsoft.graph.group"]
    );
    assert_eq!(both.fields(), ["displayName", "id"]);
    for (types, found) in [
        (json!(["user"]), 1),
        (json!(["Group"]), 1),
        (json!(["device"]), 0),
        (json!(["directoryObject"]), 2),
    ] {
        let reply = by_ids("/directoryObjects/getByIds", json!({"ids": ids, "types": types})).await;
        assert_eq!(reply.items().len(), found, "{types}");
    }
    let refused = async |body: Value| by_ids("/directoryObjects/getByIds", body).await.verdict();
    assert_eq!(
        refused(json!({"ids": ids, "types": ["teapot"]})).await,
        "400 Request_BadRequest"
    );
    assert_eq!(
        refused(json!({"ids": vec![nobody; 1001]})).await,
        "400 Request_BadRequest"
    );
    assert_eq!(refused(json!({"ids": vec![nobody; 1000]})).await, "200");
}
