//! Collections in pages.

use std::sync::Arc;

use folkmoot::domain::{Group, Id};
use folkmoot::graph::{Page, Urgency, groups};
use folkmoot::protocol::ProblemKind;
use futures_util::StreamExt;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::stub::{Asked, Stub, answer};
use crate::support::{client, drain};

/// A page of groups, linking to `next` on the same host.
fn page(asked: &Asked, names: &[&str], next: Option<&str>) -> Value {
    let items: Vec<Value> = names
        .iter()
        .map(|name| json!({"id": name, "displayName": name}))
        .collect();
    let mut page = json!({"@odata.context": "x", "value": items});
    if let Some(next) = next {
        let host = asked.header("host").unwrap();
        page["@odata.nextLink"] = json!(format!("http://{host}/v1.0/groups?$skiptoken={next}"));
    }
    page
}

fn names(pages: &[Page<Group>]) -> Vec<Vec<String>> {
    let name = |group: &Group| group.name.to_string();
    pages.iter().map(|page| page.items.iter().map(name).collect()).collect()
}

#[tokio::test]
async fn links_are_followed_as_they_are_with_the_headers_of_the_first_page() {
    let stub = Stub::new(|asked, number| {
        answer(
            200,
            &match number {
                0 => {
                    let mut first = page(asked, &["a", "b"], Some("1%2b%20x"));
                    first["@odata.count"] = json!(3);
                    first
                }
                1 => page(asked, &[], Some("2")),
                _ => page(asked, &["c"], None),
            },
        )
    })
    .await;
    let (pages, problem) = drain(client(&stub).pages::<Group>(groups::all(), Urgency::Person)).await;
    assert_eq!(problem, None);
    assert_eq!(names(&pages), [vec!["a", "b"], vec![], vec!["c"]]);
    assert_eq!(
        pages.iter().map(|page| page.total).collect::<Vec<_>>(),
        [Some(3), None, None]
    );
    assert_eq!(
        pages.iter().map(|page| page.last).collect::<Vec<_>>(),
        [false, false, true]
    );

    let asked = stub.asked();
    let targets: Vec<&str> = asked.iter().map(|one| one.target.as_str()).collect();
    assert_eq!(
        targets[1..],
        ["/v1.0/groups?$skiptoken=1%2b%20x", "/v1.0/groups?$skiptoken=2"]
    );
    assert!(targets[0].starts_with("/v1.0/groups?$count=true&"), "{}", targets[0]);
    let mut ids: Vec<&str> = Vec::new();
    for one in &asked {
        assert_eq!(one.header("consistencylevel"), Some("eventual"));
        assert_eq!(one.header("authorization"), Some("Bearer token-0"));
        assert_eq!(one.header("accept-encoding"), Some("gzip"));
        assert!(one.header("user-agent").unwrap().starts_with("folkmoot/"));
        ids.push(one.header("client-request-id").unwrap());
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 3, "every request has an id of its own");
}

#[tokio::test]
async fn a_link_that_comes_again_ends_the_list_with_a_problem() {
    let stub = Stub::new(|asked, number| {
        answer(
            200,
            &page(
                asked,
                &[["a", "b", "c"][number.min(2)]],
                Some(["1", "2", "1"][number.min(2)]),
            ),
        )
    })
    .await;
    let (pages, problem) = drain(client(&stub).pages::<Group>(groups::all(), Urgency::Person)).await;
    assert_eq!(names(&pages), [["a"], ["b"], ["c"]]);
    assert_eq!(problem.unwrap().kind, ProblemKind::Server);
    assert_eq!(stub.asked().len(), 3);
}

#[tokio::test]
async fn the_token_follows_no_link_to_another_place() {
    let other = Stub::new(|asked, _| answer(200, &page(asked, &["stolen"], None))).await;
    let there = other.url();
    let stub = Stub::new(move |asked, _| {
        let mut first = page(asked, &["a"], None);
        first["@odata.nextLink"] = json!(format!("{there}/groups?$skiptoken=1"));
        answer(200, &first)
    })
    .await;
    let (pages, problem) = drain(client(&stub).pages::<Group>(groups::all(), Urgency::Person)).await;
    assert_eq!(names(&pages), [["a"]]);
    let problem = problem.unwrap();
    assert_eq!(problem.kind, ProblemKind::Server);
    assert!(!problem.to_string().contains("token-0"));
    assert!(other.asked().is_empty(), "nothing was asked of the other host");
}

#[tokio::test]
async fn the_next_page_is_under_way_before_the_last_one_has_arrived() {
    let rest = Arc::new(Notify::new());
    let gate = rest.clone();
    let stub = Stub::new(move |asked, number| match number {
        0 => answer(200, &page(asked, &["a"; 300], Some("1"))).pause(gate.clone()),
        _ => answer(200, &page(asked, &["b"], None)),
    })
    .await;
    let mut pages = client(&stub).pages::<Group>(groups::all(), Urgency::Person);
    let reader = tokio::spawn(async move {
        let mut names = Vec::new();
        while let Some(page) = pages.next().await {
            names.extend(page.unwrap().items.first().map(|group| group.name.to_string()));
        }
        names
    });
    stub.until(|asked| asked.len() == 2).await;
    rest.notify_one();
    assert_eq!(reader.await.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn what_only_looks_like_a_link_is_not_followed_for_long() {
    let stub = Stub::new(|asked, _| {
        if asked.target.contains("real") {
            return answer(200, &page(asked, &["b"], None));
        }
        if asked.target.contains("decoy") {
            return answer(200, &page(asked, &["wrong"], None));
        }
        let host = asked.header("host").unwrap();
        let mut first = page(asked, &["a"], Some("real"));
        first["@a"] = json!({"@odata.nextLink": format!("http://{host}/v1.0/groups?decoy")});
        answer(200, &first)
    })
    .await;
    let (pages, problem) = drain(client(&stub).pages::<Group>(groups::all(), Urgency::Person)).await;
    assert_eq!(
        (names(&pages), problem),
        (vec![vec!["a".to_owned()], vec!["b".to_owned()]], None)
    );
}

#[tokio::test]
async fn a_reader_that_looks_for_news_asks_for_no_more_than_it_takes() {
    let stub = Stub::new(|asked, number| {
        let day = 20 - number;
        let mut one = page(asked, &["x"], Some(&number.to_string()));
        one["value"][0]["lastDeliveredDateTime"] = json!(format!("2026-11-{day}T10:00:00Z"));
        answer(200, &one)
    })
    .await;
    let (client, group) = (client(&stub), Id::new("g"));
    let since = Some("2026-11-19T00:00:00Z".parse().unwrap());
    let (pages, problem) = drain(client.threads(&group, since, Urgency::Ahead)).await;
    assert_eq!(
        (sizes(&pages), problem),
        (vec![(1, false), (1, false), (0, true)], None)
    );
    assert_eq!(stub.asked().len(), 3);
    let since = Some("2026-11-16T00:00:00Z".parse().unwrap());
    let (pages, problem) = drain(client.conversations(&group, since, Urgency::Ahead)).await;
    assert_eq!(
        (sizes(&pages), problem),
        (vec![(1, false), (1, false), (0, true)], None)
    );
    assert_eq!(stub.asked().len(), 6);
}

/// How many items each page has, and whether it was said to be the last.
fn sizes<T>(pages: &[Page<T>]) -> Vec<(usize, bool)> {
    pages.iter().map(|page| (page.items.len(), page.last)).collect()
}

#[tokio::test]
async fn graphs_own_objects_come_through_unchanged() {
    let stub = Stub::new(|_, _| crate::stub::raw(200, r#"{"value":[{"id":"a",  "x":1e0,"ü":"\u00fc"}]}"#)).await;
    let (pages, problem) = drain(client(&stub).pages::<Box<RawValue>>(groups::all(), Urgency::Person)).await;
    assert_eq!(problem, None);
    assert_eq!(pages[0].items[0].get(), r#"{"id":"a",  "x":1e0,"ü":"\u00fc"}"#);
}

#[tokio::test]
async fn a_glance_goes_on_while_pages_are_empty_and_not_for_ever() {
    for (full, asked) in [(0, 1), (1, 2), (9, 10), (99, 10)] {
        let stub = Stub::new(move |asked, number| {
            let names: &[&str] = if number >= full { &["a", "b"] } else { &[] };
            let mut page = page(asked, names, Some(&format!("after-{number}")));
            if number == 0 {
                page["@odata.count"] = json!(7);
            }
            answer(200, &page)
        })
        .await;
        let listing = groups::all();
        let page = client(&stub)
            .first_page::<Group>(&listing, Urgency::Person)
            .await
            .unwrap();
        let items = if full < 10 { 2 } else { 0 };
        assert_eq!(
            (page.items.len(), page.total, page.last),
            (items, Some(7), false),
            "{full}"
        );
        assert_eq!(stub.asked().len(), asked, "{full}");
    }
}

#[tokio::test]
async fn a_list_of_empty_pages_without_end_is_given_up() {
    let stub = Stub::new(|asked, number| answer(200, &page(asked, &[], Some(&number.to_string())))).await;
    let (pages, problem) = drain(client(&stub).pages::<Group>(groups::all(), Urgency::Person)).await;
    let problem = problem.unwrap();
    assert_eq!(problem.kind, ProblemKind::Server);
    assert!(
        problem.what.as_str().contains("one empty page after another"),
        "{problem}"
    );
    assert_eq!(pages.len(), 100);
    // Between pages with something in them there may be as many as there are.
    let stub = Stub::new(|asked, number| {
        let names: &[&str] = if number % 60 == 0 { &["a"] } else { &[] };
        answer(
            200,
            &page(asked, names, (number < 240).then(|| number.to_string()).as_deref()),
        )
    })
    .await;
    let (pages, problem) = drain(client(&stub).pages::<Group>(groups::all(), Urgency::Person)).await;
    assert_eq!((pages.len(), problem), (241, None));
}
