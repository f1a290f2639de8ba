//! Made-up people, groups and threads; posts that arrive by themselves; starting.

use std::time::{Duration, Instant};

use super::{Visitor, group_path};
use crate::demo::{Options, StartError, Tenant};

fn large() -> Options {
    Options {
        people: Some(3000),
        groups: Some(40),
        threads: Some(500),
        ..Options::default()
    }
}

#[tokio::test]
async fn there_are_as_many_as_wanted() {
    let visitor = Visitor::with(large());
    assert_eq!(visitor.get_eventually("/users/$count").await.bytes, b"3000");
    assert_eq!(visitor.get_eventually("/groups/$count").await.bytes, b"40");
    let everyone = visitor.get("/groups?$filter=mailNickname eq 'everyone'").await;
    assert_eq!(everyone.each("displayName"), ["Everyone at Fixture & Sons"]);
    let everyone = everyone.each("id")[0].clone();
    assert_eq!(
        visitor
            .get_eventually(&format!("/groups/{everyone}/members/$count"))
            .await
            .bytes,
        b"3000"
    );
    let page = visitor.get(&format!("/groups/{everyone}/members?$top=999")).await;
    assert_eq!((page.items().len(), page.next().is_some()), (999, true));
    let threads = visitor
        .get(&format!(
            "{}/threads?$count=true&$top=1000&$select=topic",
            group_path("lamps")
        ))
        .await;
    assert_eq!(
        (threads.items().len(), threads.json()["@odata.count"].as_u64()),
        (500, Some(500))
    );
    assert!(visitor.get("/me/memberOf?$top=999").await.items().len() > 10);
    let made_up = visitor
        .get("/users?$filter=startswith(department,'Log')&$top=1")
        .await
        .each("userPrincipalName")[0]
        .clone();
    let chain = format!("/users/{made_up}?$expand=manager($levels=max;$select=displayName)&$count=true");
    assert!(visitor.get_eventually(&chain).await.json()["manager"]["displayName"].is_string());
}

#[tokio::test]
async fn the_same_seed_makes_the_same_tenant() {
    let page = async |seed: u64| {
        let visitor = Visitor::with(Options { seed, ..large() });
        let mut pages = Vec::new();
        for path in [
            "/users?$top=999".to_owned(),
            "/groups?$top=999".to_owned(),
            format!("{}/threads?$top=500", group_path("lamps")),
        ] {
            pages.push(visitor.get(&path).await.items());
        }
        pages
    };
    let (one, same, other) = (page(7).await, page(7).await, page(8).await);
    assert!(one == same);
    assert!(one[0] != other[0] && one[1] != other[1] && one[2] != other[2]);
}

#[tokio::test]
async fn made_up_names_come_in_many_scripts() {
    let visitor = Visitor::with(large());
    let names: String = visitor
        .get("/users?$top=999&$select=displayName")
        .await
        .each("displayName")
        .concat();
    for (script, range) in [
        ("Han", '一'..='鿿'),
        ("Hangul", '가'..='힣'),
        ("Arabic", 'ء'..='ي'),
        ("Cyrillic", 'А'..='я'),
        ("Latin", 'À'..='ž'),
    ] {
        assert!(names.chars().any(|letter| range.contains(&letter)), "{script}");
    }
}

#[tokio::test]
async fn posts_arrive_by_themselves() {
    let visitor = Visitor::with(Options {
        lively: true,
        ..Options::default()
    });
    let unseen = async || {
        let mut count = 0;
        for key in ["lamps", "secret-mine"] {
            let posts = visitor
                .get(&format!("{}/threads?$select=lastDeliveredDateTime", group_path(key)))
                .await;
            count += posts
                .each("lastDeliveredDateTime")
                .iter()
                .filter(|time| time.as_str() > super::NOW)
                .count();
        }
        count
    };
    let patience = Instant::now() + Duration::from_secs(60);
    while unseen().await == 0 {
        assert!(Instant::now() < patience, "nobody said anything for a minute");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[test]
fn a_taken_port_is_said_so() {
    let first = Tenant::spawn(Options::default()).unwrap();
    let port = first
        .graph_url()
        .trim_start_matches("http://127.0.0.1:")
        .trim_end_matches("/v1.0")
        .parse()
        .unwrap();
    let second = Tenant::spawn(Options {
        port,
        ..Options::default()
    });
    assert!(matches!(second, Err(StartError::Bind { port: taken, .. }) if taken == port));
    drop(first);
    let third = Tenant::spawn(Options {
        port,
        ..Options::default()
    })
    .unwrap();
    assert!(third.graph_url().contains(&port.to_string()));
}
