//! `$filter`, `$search`, `$orderby`, `$count` and pages of the directory.

use super::{Visitor, group_path};
use crate::demo::Options;
use crate::demo::request::percent_encode;

#[tokio::test]
async fn simple_filters_need_no_header() {
    let visitor = Visitor::new();
    for (filter, found) in [
        ("mail eq 'lamps@fixture.example'", vec!["lamps"]),
        ("displayName eq 'lamps 💡 ランプ'", vec!["lamps"]),
        ("mailNickname eq 'doors'", vec!["doors"]),
        ("startswith(displayName,'Secret')", vec!["secret-mine", "secret-theirs"]),
        (
            "groupTypes/any(c:c eq 'Unified') and securityEnabled eq false",
            vec!["lamps", "club", "secret-mine", "secret-theirs"],
        ),
        ("mailEnabled eq true and securityEnabled eq true", vec!["alarm"]),
    ] {
        let reply = visitor
            .get(&format!("/groups?$filter={}", percent_encode(filter)))
            .await;
        assert_eq!(reply.each("mailNickname"), found, "{filter}");
    }
    let plus = visitor.get("/users?$filter=surname+eq+'O''Hara'").await;
    assert_eq!(plus.each("displayName"), ["Maja O'Hara"]);
    let encoded = visitor
        .get("/users?%24filter=startswith(mail%2C%27ada%27)&%24select=mail")
        .await;
    assert_eq!(encoded.each("mail"), ["ada.one@fixture.example"]);
}

#[tokio::test]
async fn advanced_queries_need_the_header_and_the_count() {
    let visitor = Visitor::new();
    let members = format!("{}/members", group_path("doors"));
    for path in [
        "/users?$filter=department ne 'Lamps'".to_owned(),
        "/users?$filter=not(department eq 'Lamps')".to_owned(),
        "/users?$filter=endswith(mail,'other.example')".to_owned(),
        "/users?$filter=startswith(displayName,'A')&$orderby=displayName".to_owned(),
        format!("{members}?$filter=startswith(displayName,'M')"),
        format!("{members}?$orderby=displayName"),
    ] {
        assert_eq!(
            visitor.get(&path).await.verdict(),
            "400 Request_UnsupportedQuery",
            "{path}"
        );
        assert_eq!(
            visitor.get_eventually(&path).await.verdict(),
            "400 Request_UnsupportedQuery",
            "{path}"
        );
        let separator = if path.contains("$count") { "" } else { "&$count=true" };
        let reply = visitor.get_eventually(&format!("{path}{separator}")).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.message());
        let count = reply.json()["@odata.count"].as_u64().unwrap();
        assert_eq!(count, reply.items().len() as u64);
    }
    assert_eq!(
        visitor.get("/users/$count").await.message(),
        "$count is not currently supported."
    );
    assert_eq!(visitor.get("/users/$count").await.verdict(), "400 Request_BadRequest");
    assert_eq!(visitor.get_eventually("/users/$count").await.bytes, b"8");
    assert_eq!(
        visitor
            .get_eventually("/users/$count?$filter=department eq 'Glass'")
            .await
            .bytes,
        b"3"
    );
    let ignored = visitor.get("/users?$count=true").await;
    assert!(ignored.status == 200 && ignored.json().get("@odata.count").is_none());
}

#[tokio::test]
async fn searches_read_words_of_names_and_beginnings_of_the_rest() {
    let visitor = Visitor::new();
    let search = async |collection: &str, text: &str| {
        let path = format!("/{collection}?$search={}&$select=displayName", percent_encode(text));
        visitor.get_eventually(&path).await
    };
    assert_eq!(
        search("users", "\"displayName:onevideo\"").await.each("displayName"),
        ["Ada Onevideo"]
    );
    assert_eq!(
        search("users", "\"displayName:花\"").await.each("displayName"),
        ["山田 花子"]
    );
    assert_eq!(
        search("users", "\"displayName:hara\" OR \"mail:kim\"")
            .await
            .items()
            .len(),
        2
    );
    assert!(search("users", "\"mail:fixture\"").await.items().is_empty());
    assert_eq!(
        search("groups", "\"displayName:video\"").await.each("displayName"),
        ["OneVideo Club"]
    );
    assert_eq!(search("groups", "\"description:glows\"").await.items().len(), 1);
    for text in ["displayName:x", "\"x\"", "\"displayName:R&D\""] {
        assert_eq!(
            search("users", text).await.verdict(),
            "400 Request_BadRequest",
            "{text}"
        );
    }
    assert_eq!(search("users", "\"shoeSize:1\"").await.verdict(), "400 BadRequest");
    let plain = visitor
        .get(&format!("/users?$search={}", percent_encode("\"displayName:a\"")))
        .await;
    assert_eq!(plain.verdict(), "400 Request_UnsupportedQuery");
    assert!(plain.message().contains("ConsistencyLevel: eventual"));
}

#[tokio::test]
async fn what_the_directory_cannot_do_is_refused() {
    let visitor = Visitor::new();
    for (path, verdict) in [
        ("/users?$skip=5", "400 Request_BadRequest"),
        ("/users?$top=1000", "400 Request_BadRequest"),
        ("/users?$top=0", "400 Request_BadRequest"),
        ("/users?$filter=shoeSize eq 1", "400 BadRequest"),
        ("/users?$filter=faxNumber eq '1'", "400 Request_UnsupportedQuery"),
        (
            "/users?$filter=contains(displayName,'a')",
            "400 Request_UnsupportedQuery",
        ),
        ("/users?$filter=displayName", "400 BadRequest"),
        ("/users?$orderby=department", "400 Request_UnsupportedQuery"),
        ("/users?$skiptoken=abc", "400 Directory_ExpiredPageToken"),
        ("/users?$teapot=1", "400 BadRequest"),
        ("/users?top=1", "400 BadRequest"),
        ("/me?$top=1", "400 Request_BadRequest"),
    ] {
        assert_eq!(visitor.get(path).await.verdict(), verdict, "{path}");
    }
    assert_eq!(
        visitor.get("/users?$top=1000").await.message(),
        "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."
    );
}

#[tokio::test]
async fn pages_hang_together_by_opaque_links() {
    let visitor = Visitor::with(Options {
        people: Some(250),
        ..Options::default()
    });
    let first = visitor.get_eventually("/users?$count=true&$select=id").await;
    assert_eq!(
        (first.items().len(), first.json()["@odata.count"].as_u64()),
        (100, Some(250))
    );
    let link = first.next().unwrap();
    assert!(
        link.contains("$skiptoken=") && !link.contains("$skip=") && link.contains("$select=id"),
        "{link}"
    );
    let second = visitor.get_eventually(&link).await;
    assert!(
        second.json().get("@odata.count").is_none(),
        "the count comes with the first page"
    );
    let ids: std::collections::BTreeSet<String> = visitor
        .all("/users?$select=id")
        .await
        .iter()
        .map(|user| user["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 250);
    assert_eq!(visitor.get("/users?$top=999").await.items().len(), 250);
    let other = link.replace("$select=id", "$select=mail");
    assert_eq!(
        visitor.get_eventually(&other).await.verdict(),
        "400 Directory_ExpiredPageToken"
    );

    // A filter is read on from where the page ended, so that the last page may be empty.
    let pages = visitor
        .all("/users?$filter=department eq 'Glass'&$top=3&$select=displayName,department")
        .await;
    assert_eq!(pages.len(), 3);
    let first = visitor.get("/users?$filter=department eq 'Glass'&$top=3").await;
    assert!(first.items().len() == 3 && first.next().is_some());
    assert!(visitor.get(&first.next().unwrap()).await.items().is_empty());
}

#[tokio::test]
async fn an_order_holds_over_pages() {
    let visitor = Visitor::with(Options {
        people: Some(120),
        ..Options::default()
    });
    let names: Vec<String> = visitor
        .all("/users?$orderby=displayName desc&$top=50&$select=displayName")
        .await
        .iter()
        .map(|user| user["displayName"].as_str().unwrap().to_lowercase())
        .collect();
    let mut sorted = names.clone();
    sorted.sort();
    sorted.reverse();
    assert_eq!((names.len(), &names), (120, &sorted));
}
