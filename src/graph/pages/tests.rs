//! Links to the next page, found while a page still comes.

use super::*;

#[test]
fn the_link_is_found_however_the_bytes_arrive() {
    let body = br#"{"@odata.context":"c \"@odata.nextLink\":\"no\"","@odata.nextLink": "https:\/\/x\/y?$skiptoken=\u00fc","value":[1,2]}"#;
    for step in 1..body.len() {
        let (found, mut next) = oneshot::channel();
        let mut lookout = Lookout {
            searched: 0,
            found: Some(found),
        };
        for end in (step..body.len() + step).step_by(step) {
            lookout.look(&body[..end.min(body.len())]);
        }
        assert_eq!(next.try_recv().as_deref(), Ok("https://x/y?$skiptoken=ü"), "{step}");
    }
}

#[test]
fn a_page_without_a_link_has_none() {
    let (found, mut next) = oneshot::channel();
    let mut lookout = Lookout {
        searched: 0,
        found: Some(found),
    };
    lookout.look(br#"{"value":["\"@odata.nextLink\":\"https://evil\""]}"#);
    drop(lookout);
    assert!(next.try_recv().is_err());
}

#[test]
fn links_are_followed_within_the_endpoint_once() {
    let endpoint = Endpoint::parse("https://graph.microsoft.com/v1.0").unwrap();
    let seen = HashSet::from([Url::parse("https://graph.microsoft.com/v1.0/groups?$skiptoken=a").unwrap()]);
    assert!(follow(&endpoint, &seen, "https://graph.microsoft.com/v1.0/groups?$skiptoken=b").is_ok());
    for bad in [
        "https://graph.microsoft.com/v1.0/groups?$skiptoken=a",
        "https://evil.example/v1.0/groups?$skiptoken=b",
        "http://graph.microsoft.com/v1.0/groups?$skiptoken=b",
        "/v1.0/groups?$skiptoken=b",
        "",
    ] {
        assert_eq!(
            follow(&endpoint, &seen, bad).unwrap_err().kind,
            ProblemKind::Server,
            "{bad}"
        );
    }
}
