//! Profiles: what SharePoint keeps, how a person is changed, and photos that are put up.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Visitor, user_id};
use crate::demo::Options;
use crate::demo::directory::portrait::drawn;

async fn patch(visitor: &Visitor, path: &str, body: Value) -> super::Reply {
    let request = visitor.http.patch(visitor.url(path)).bearer_auth(&visitor.token);
    visitor.send(request.json(&body)).await
}

async fn put(visitor: &Visitor, path: &str, kind: &str, body: Vec<u8>) -> super::Reply {
    let request = visitor.http.put(visitor.url(path)).bearer_auth(&visitor.token);
    visitor.send(request.header("content-type", kind).body(body)).await
}

#[tokio::test]
async fn a_profile_comes_alone_and_selected() {
    let visitor = Visitor::new();
    let mine = visitor
        .get("/me?$select=displayName,aboutMe,birthday,interests,skills,schools,mySite,hireDate")
        .await
        .json();
    assert_eq!(mine["aboutMe"], "Lamps, mostly. 提灯も。");
    assert_eq!(mine["birthday"], "1990-02-03T00:00:00Z");
    assert_eq!(mine["skills"], json!(["glass", "ألوان"]));
    assert_eq!(
        (&mine["schools"], &mine["mySite"], &mine["hireDate"]),
        (&json!([]), &Value::Null, &json!("0001-01-01T00:00:00Z"))
    );
    let other = visitor
        .get("/users/kim@fixture.example?$select=aboutMe,skills,birthday")
        .await
        .json();
    assert_eq!(
        (&other["aboutMe"], &other["skills"], &other["birthday"]),
        (&Value::Null, &json!([]), &json!("0001-01-01T00:00:00Z"))
    );
    assert_eq!(visitor.get("/users?$select=id,aboutMe,skills").await.fields(), ["id"]);
    assert!(visitor.get("/me").await.json().get("aboutMe").is_none());
    let manager = "/users/kim@fixture.example?$select=id&$expand=directReports($select=aboutMe)";
    assert!(visitor.get(manager).await.json()["directReports"].as_array().is_some());
    assert_eq!(
        visitor.get("/users?$filter=startswith(aboutMe,'L')").await.verdict(),
        "400 Request_UnsupportedQuery"
    );
}

#[tokio::test]
async fn what_lives_apart_is_changed_apart() {
    let visitor = Visitor::new();
    let changes = [
        (
            json!({"mobilePhone": "+353 555 9999", "businessPhones": ["+353 1 555"]}),
            "204",
        ),
        (
            json!({"aboutMe": "ضوء", "skills": ["a", "b"], "birthday": "2000-01-01T00:00:00Z"}),
            "204",
        ),
        (json!({"aboutMe": "x", "mobilePhone": "1"}), "400 BadRequest"),
        (json!({"jobTitle": "Boss"}), "403 Authorization_RequestDenied"),
        (
            json!({"mobilePhone": "1", "jobTitle": "Boss"}),
            "403 Authorization_RequestDenied",
        ),
        (json!({"skills": "a"}), "400 Request_BadRequest"),
        (json!({"businessPhones": ["1", "2"]}), "400 Request_BadRequest"),
        (json!({"birthday": "yesterday"}), "400 Request_BadRequest"),
        (json!({"aboutMe": "lost", "interests": [1]}), "400 Request_BadRequest"),
        (json!({"preferredName": "x"}), "400 Request_BadRequest"),
        (json!({"shoeSize": 44}), "400 Request_BadRequest"),
        (json!(["aboutMe"]), "400 BadRequest"),
    ];
    for (body, verdict) in changes {
        assert_eq!(patch(&visitor, "/me", body.clone()).await.verdict(), verdict, "{body}");
    }
    let mixed = patch(&visitor, "/me", json!({"aboutMe": "x", "mobilePhone": "1"})).await;
    assert_eq!(
        mixed.message(),
        "The request is currently not supported on the targeted entity set"
    );
    let me = visitor
        .get("/me?$select=mobilePhone,businessPhones,jobTitle,aboutMe,skills,interests,birthday")
        .await
        .json();
    assert_eq!(
        (&me["mobilePhone"], &me["businessPhones"], &me["jobTitle"]),
        (&json!("+353 555 9999"), &json!(["+353 1 555"]), &json!("Lamp Tester"))
    );
    assert_eq!(
        (&me["aboutMe"], &me["skills"], &me["interests"], &me["birthday"]),
        (
            &json!("ضوء"),
            &json!(["a", "b"]),
            &json!(["moths"]),
            &json!("2000-01-01T00:00:00Z")
        )
    );
    assert_eq!(
        patch(&visitor, "/me", json!({"mobilePhone": null, "businessPhones": []}))
            .await
            .verdict(),
        "204"
    );
    assert_eq!(
        visitor.get("/me?$select=mobilePhone").await.json()["mobilePhone"],
        Value::Null
    );
    let kim = "/users/kim@fixture.example";
    assert_eq!(
        patch(&visitor, kim, json!({"mobilePhone": "1"})).await.verdict(),
        "403 Authorization_RequestDenied"
    );
    assert_eq!(
        patch(&visitor, kim, json!({"aboutMe": "x"})).await.verdict(),
        "403 ErrorAccessDenied"
    );
    assert_eq!(
        patch(&visitor, &format!("/users/{}", user_id("me")), json!({"aboutMe": "x"}))
            .await
            .verdict(),
        "204"
    );
}

#[tokio::test]
async fn photos_of_exchange_come_in_many_sizes() {
    let crowd = Visitor::with(Options {
        people: Some(60),
        ..Options::default()
    });
    let mut kinds = std::collections::BTreeSet::new();
    for id in crowd.get("/users?$select=id").await.each("id") {
        let sizes = crowd.get(&format!("/users/{id}/photos")).await.each("id");
        kinds.insert(sizes.clone());
        let largest = crowd.get(&format!("/users/{id}/photo")).await.json()["id"].clone();
        if sizes.len() > 1 {
            assert_eq!(largest, "648X648");
            let small = crowd.get(&format!("/users/{id}/photos/64x64/$value")).await;
            let picture = image::load_from_memory(&small.bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), (64, 64));
            assert_eq!(
                crowd.get(&format!("/users/{id}/photos/50x50")).await.verdict(),
                "404 ImageNotFound"
            );
        }
    }
    let kinds: Vec<usize> = kinds.iter().map(Vec::len).collect();
    assert_eq!(kinds, [0, 9, 1]);
}

#[tokio::test]
async fn a_jpeg_that_is_put_up_is_seen_in_its_sizes() {
    let visitor = Visitor::new();
    let jpeg = drawn(1, 130).unwrap();
    for kind in ["image/jpeg", "application/octet-stream"] {
        let put = put(&visitor, "/me/photo/$value", kind, jpeg.clone()).await;
        assert_eq!(put.verdict(), "200", "{kind}");
    }
    assert_eq!(
        visitor.get("/me/photos").await.each("id"),
        ["48X48", "64X64", "96X96", "120X120"]
    );
    assert_eq!(visitor.get("/me/photo").await.json()["width"], 120);
    assert_eq!(
        visitor
            .get("/users/me@fixture.example/photo/$value")
            .await
            .header("content-type"),
        "image/jpeg"
    );
    for (kind, body) in [
        ("image/png", jpeg.clone()),
        ("image/jpeg", b"no picture".to_vec()),
        ("image/jpeg", Vec::new()),
    ] {
        assert_eq!(
            put(&visitor, "/me/photo/$value", kind, body).await.verdict(),
            "500 ErrorInternalServerError",
            "{kind}"
        );
    }
    let others = put(
        &visitor,
        "/users/kim@fixture.example/photo/$value",
        "image/jpeg",
        jpeg.clone(),
    )
    .await;
    assert_eq!(others.verdict(), "403 ErrorAccessDenied");
    let large = put(&visitor, "/me/photo/$value", "image/jpeg", vec![0; 5 << 20]).await;
    assert_eq!(large.verdict(), "413 RequestEntityTooLarge");

    let smaller = STANDARD.encode(drawn(2, 50).unwrap());
    let item = json!({"id": "1", "method": "PUT", "url": "/me/photo/$value", "headers": {"Content-Type": "image/jpeg"}, "body": smaller});
    let answer = visitor.post("/$batch", json!({"requests": [item]})).await.json();
    assert_eq!(answer["responses"][0]["status"], 200);
    assert_eq!(visitor.get("/me/photos").await.each("id"), ["48X48"]);
}
