//! What may be asked of Graph in its own words, and what may not.

use super::*;

fn endpoint() -> Endpoint {
    Endpoint::parse("https://graph.microsoft.com/v1.0").unwrap()
}

#[test]
fn what_is_right_stays_and_the_rest_is_encoded() {
    for (target, expected) in [
        ("/me", "v1.0/me"),
        ("me", "v1.0/me"),
        ("/v1.0/me", "v1.0/me"),
        ("beta/me?$select=id", "beta/me?$select=id"),
        ("/betamax", "v1.0/betamax"),
        ("https://graph.microsoft.com/beta/me", "beta/me"),
        ("HTTPS://GRAPH.microsoft.com:443/v1.0/me", "v1.0/me"),
        (
            "/groups?$filter=displayName eq \"山\"&$top=5",
            "v1.0/groups?$filter=displayName%20eq%20%22%E5%B1%B1%22&$top=5",
        ),
        (
            "/groups?$search=%22displayName:R%26D%22&x=a+b",
            "v1.0/groups?$search=%22displayName:R%26D%22&x=a+b",
        ),
        ("/users/a%23EXT%23@x.org", "v1.0/users/a%23EXT%23@x.org"),
        ("/groups/AAQk%2BA%2Fb==/threads", "v1.0/groups/AAQk%2BA%2Fb==/threads"),
    ] {
        let url = url(&endpoint(), target).unwrap();
        assert_eq!(
            url.as_str(),
            format!("https://graph.microsoft.com/{expected}"),
            "{target}"
        );
    }
}

#[test]
fn nothing_goes_to_another_host() {
    for target in [
        "https://evil.example/v1.0/me",
        "https://graph.microsoft.com.evil.example/v1.0/me",
        "https://graph.microsoft.com@evil.example/me",
        "https://user:pw@graph.microsoft.com/v1.0/me",
        "http://graph.microsoft.com/v1.0/me",
        "https://graph.microsoft.com:444/v1.0/me",
        "file:///etc/passwd",
        "https://",
        "",
        "/me\n/x",
        "/users/a#EXT#@x.org",
    ] {
        let problem = url(&endpoint(), target).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Usage, "{target}");
    }
    // What looks like another host is a path here.
    for target in ["//evil.example/me", "\\\\evil.example\\me", "@evil.example/me"] {
        let url = url(&endpoint(), target).unwrap();
        assert!(url.as_str().starts_with("https://graph.microsoft.com/v1.0/"), "{url}");
    }
}

#[test]
fn ids_and_names_stay_out_of_the_log() {
    for (target, expected) in [
        ("/me/memberOf", "/me/memberOf"),
        ("/users/hanako/manager", "/users/{id}/manager"),
        ("/groups/1234/members/abcd/$ref", "/groups/{id}/members/{id}/$ref"),
        ("/beta/groups/$count", "/groups/$count"),
        ("/users('hanako')", "/{id}"),
        ("/something/a.b-c@d.org", "/something/{id}"),
    ] {
        let url = url(&endpoint(), target).unwrap();
        assert_eq!(template(&endpoint(), &url), expected, "{target}");
    }
}

#[test]
fn a_groups_mail_is_known() {
    for (target, expected) in [
        ("/groups/G1/threads/x/posts", Some("G1")),
        ("/beta/groups/G1/conversations", Some("G1")),
        ("/groups/G1/members", None),
        ("/me/events", None),
    ] {
        let url = url(&endpoint(), target).unwrap();
        assert_eq!(mailbox(&endpoint(), &url), expected.map(Id::new), "{target}");
    }
}

#[test]
fn a_reference_is_told_from_the_object() {
    let deletion = |verb, target: &str, body: Option<&str>| {
        let url = url(&endpoint(), target).unwrap();
        deletion(verb, &url, body.map(str::as_bytes))
    };
    let deletes = |verb, target: &str, body: Option<&str>| match deletion(verb, target, body) {
        Deletion::OfWhatAListHolds => true,
        Deletion::None => false,
        Deletion::Unknown => panic!("{target}: {body:?}"),
    };
    for target in [
        "/groups/1/members/2",
        "/groups/1/members/2/",
        "/groups/1/members/2?x=/$ref",
        "/groups/1/%6Dembers/2",
        "/groups/1/MEMBERS/2",
        "/groups/1/members('2')",
        "/groups('1')/owners('2')",
        "/groups/1/members/2/microsoft.graph.user",
        "/groups/1/members/microsoft.graph.user/2",
        "/groups/1/x/../members/2",
        "https://graph.microsoft.com/beta/groups/1/owners/2",
        "/users/1/directReports/2",
    ] {
        assert!(deletes(Verb::Delete, target, None), "{target}");
        assert!(!deletes(Verb::Get, target, None), "{target}");
    }
    for target in [
        "/groups/1/members/2/$ref",
        "/groups/1/acceptedSenders/$ref?$id=https://graph.microsoft.com/v1.0/users/2",
        "/groups/1",
        "/groups/1/threads/2",
        "/users/2",
    ] {
        assert!(!deletes(Verb::Delete, target, None), "{target}");
    }
    let batch = |method: &str, path: &str| {
        format!(
            r#"{{"requests":[{{"id":"1","method":"GET","url":"/me"}},{{"id":"2","method":"{method}","url":"{path}"}}]}}"#
        )
    };
    for (method, path, expected) in [
        ("delete", "/groups/1/members/2?a=b", true),
        ("DELETE", "/groups/1/members/2/$ref", false),
        ("GET", "/groups/1/members/2", false),
    ] {
        for body in [batch(method, path), format!("\u{feff}{}", batch(method, path))] {
            assert_eq!(deletes(Verb::Post, "/$batch", Some(&body)), expected, "{path}");
        }
    }
    // What Graph may read all the same, or in part.
    for parts in [
        r#"{"id":"1","method":"GET","url":null},{"id":"2","method":"DELETE","url":"/groups/1/members/2"}"#,
        r#"{"id":"1"},7,null,{"ID":"2","Method":"Delete","URL":"groups/1/members/2"}"#,
    ] {
        let body = format!(r#"{{"requests":[{parts}]}}"#);
        assert!(deletes(Verb::Post, "/$batch", Some(&body)), "{body}");
    }
    for body in ["no JSON", "", "[]", "{}", r#"{"requests":null}"#, r#"{"requests":[],}"#] {
        assert_eq!(deletion(Verb::Post, "/$batch", Some(body)), Deletion::Unknown, "{body}");
        assert_eq!(
            deletion(Verb::Post, "/me/sendMail", Some(body)),
            Deletion::None,
            "{body}"
        );
    }
    assert_eq!(deletion(Verb::Post, "/$batch", None), Deletion::None);
}
