//! How many requests at a time.

use std::time::Duration;

use folkmoot::domain::Id;
use folkmoot::graph::Urgency;
use futures_util::future::join_all;
use serde_json::json;

use crate::stub::{Asked, Stub, answer, peak};
use crate::support::{client, drain};

fn busy() -> impl Fn(&Asked, usize) -> crate::stub::Answer + Send + Sync + 'static {
    |asked, _| {
        let body = if asked.target.ends_with("$batch") {
            let requests = asked.json();
            let responses: Vec<_> = requests["requests"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| json!({"id": item["id"], "status": 200, "body": {"unseenCount": 1}}))
                .collect();
            json!({"responses": responses})
        } else {
            json!({"value": []})
        };
        answer(200, &body).after(Duration::from_millis(20))
    }
}

#[tokio::test]
async fn never_more_than_four_at_a_time_for_one_mailbox() {
    let stub = Stub::new(busy()).await;
    let client = client(&stub);
    let (g, t) = (Id::new("g"), Id::new("t"));
    let people = join_all((0..16).map(|_| client.posts(&g, &t, Urgency::Person)));
    let ahead = join_all((0..8).map(|_| client.posts(&g, &t, Urgency::Ahead)));
    let batches = join_all((0..4).map(|_| drain(client.unseen(std::slice::from_ref(&g), Urgency::Ahead))));
    let (people, ahead, batches) = tokio::join!(people, ahead, batches);
    assert!(people.iter().chain(&ahead).all(Result::is_ok));
    assert!(batches.iter().all(|(_, problem)| problem.is_none()));

    let asked = stub.asked();
    assert_eq!(asked.len(), 28);
    assert!((2..=4).contains(&peak(&asked)));
}

#[tokio::test]
async fn fetching_ahead_leaves_half_of_them_to_people() {
    let stub = Stub::new(busy()).await;
    let client = client(&stub);
    let (g, t) = (Id::new("g"), Id::new("t"));
    join_all((0..8).map(|_| client.posts(&g, &t, Urgency::Ahead))).await;
    assert!((1..=2).contains(&peak(&stub.asked())));
}

#[tokio::test]
async fn mailboxes_do_not_wait_for_each_other_and_the_line_has_its_bound() {
    let stub = Stub::new(busy()).await;
    let client = client(&stub);
    let thread = Id::new("t");
    let groups: Vec<Id> = (0..6).map(|n| Id::new(n.to_string())).collect();
    let reads = groups
        .iter()
        .flat_map(|group| [group; 4])
        .map(|group| client.posts(group, &thread, Urgency::Person));
    assert!(join_all(reads).await.iter().all(Result::is_ok));
    assert!((5..=8).contains(&peak(&stub.asked())));
}
