//! Conversations, threads and attachments against the demo tenant: what is read, locked, deleted and saved.

use std::sync::Arc;
use std::time::Duration;

use folkmoot::demo::{Options, Tenant};
use folkmoot::domain::{AttachmentKind, Conversation, Id, Post, Thread};
use folkmoot::graph::{Client, Endpoint, Urgency, attachments, conversations, posts, threads};
use folkmoot::protocol::{Delivery, ProblemKind};
use serde_json::Value;

use crate::support::{Basket, Tokens, desk_with, patience};

struct Visit {
    tenant: Tenant,
    client: Client,
    group: Id,
}

async fn visit(faults: &[&str]) -> Visit {
    let tenant = Tenant::spawn(Options {
        visible_after: Duration::ZERO,
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        ..Options::default()
    })
    .unwrap();
    let client = Client::with_patience(
        Endpoint::parse(tenant.graph_url()).unwrap(),
        Arc::new(folkmoot::auth::StaticToken::for_demo(tenant.token().to_owned().into())),
        |_| {},
        patience(),
    )
    .unwrap();
    let group = client.group("lantern-launch", Urgency::Person).await.unwrap().id;
    Visit { tenant, client, group }
}

impl Visit {
    async fn thread(&self, topic: &str) -> Thread {
        let all: Vec<Thread> = self
            .client
            .gather(threads::newest_first(&self.group), Urgency::Person)
            .await
            .unwrap();
        let of_topic = |thread: &Thread| thread.topic.as_str().contains(topic);
        all.into_iter()
            .find(of_topic)
            .unwrap_or_else(|| panic!("no thread {topic}"))
    }

    /// A post with attachments, its thread, and descriptions of them.
    async fn laden(&self) -> (Id, Id, Vec<folkmoot::domain::Attachment>) {
        let all: Vec<Thread> = self
            .client
            .gather(threads::newest_first(&self.group), Urgency::Person)
            .await
            .unwrap();
        for thread in all.into_iter().filter(|thread| thread.has_attachments) {
            let (posts, _) = self
                .client
                .posts(&self.group, &thread.id, Urgency::Person)
                .await
                .unwrap();
            if let Some(post) = posts.into_iter().find(|post| post.has_attachments) {
                let attachments = self
                    .client
                    .attachments(&self.group, &thread.id, &post.id, Urgency::Person)
                    .await
                    .unwrap();
                return (thread.id, post.id, attachments);
            }
        }
        panic!("nothing is attached to anything");
    }
}

fn accepted(delivery: Delivery) {
    assert!(matches!(delivery, Delivery::Accepted { .. }), "{delivery:?}");
}

#[tokio::test]
async fn a_conversation_is_read_with_its_threads() {
    let visit = visit(&[]).await;
    let all: Vec<Conversation> = visit
        .client
        .gather(conversations::newest_first(&visit.group), Urgency::Person)
        .await
        .unwrap();
    assert!(all.len() > 3);
    assert!(all.is_sorted_by_key(|it| std::cmp::Reverse(it.last_delivered_date_time)));
    let first = &all[0];
    let read = conversations::by_id(&visit.group, &first.id);
    assert_eq!(
        visit.client.one::<Conversation>(read, Urgency::Person).await.unwrap(),
        *first
    );
    let threads: Vec<Thread> = visit
        .client
        .gather(threads::of_conversation(&visit.group, &first.id), Urgency::Person)
        .await
        .unwrap();
    assert!(threads.iter().all(|thread| thread.topic == first.topic) && !threads.is_empty());
}

#[tokio::test]
async fn one_thread_and_one_post_say_who_is_addressed() {
    let visit = visit(&[]).await;
    let listed = visit.thread("go / no-go").await;
    assert!(!listed.cc_recipients.is_empty());
    let read = threads::by_id(&visit.group, &listed.id);
    let thread: Thread = visit.client.one(read, Urgency::Person).await.unwrap();
    assert_eq!(
        thread.to_recipients[0].address.as_str(),
        "lantern-launch@folkvale.example"
    );
    assert_eq!(thread.cc_recipients.len(), 1);
    let (posts, _) = visit
        .client
        .posts(&visit.group, &thread.id, Urgency::Person)
        .await
        .unwrap();
    let read = posts::by_id(&visit.group, &thread.id, &posts[0].id);
    let post: Value = visit.client.one(read, Urgency::Person).await.unwrap();
    assert_eq!(post["conversationThreadId"], thread.id.as_str());
    assert_eq!(post["newParticipants"], serde_json::json!([]));
    let answering: Vec<Value> = visit
        .client
        .gather(posts::with_parents(&visit.group, &thread.id), Urgency::Person)
        .await
        .unwrap();
    assert_eq!(answering.len(), posts.len());
    let read = posts::by_id(&visit.group, &thread.id, &posts[0].id);
    assert_eq!(
        visit.client.one::<Post>(read, Urgency::Person).await.unwrap().body,
        posts[0].body
    );
}

#[tokio::test]
async fn a_thread_is_locked_opened_and_deleted() {
    let visit = visit(&[]).await;
    let thread = visit.thread("Packaging").await;
    for locked in [true, false] {
        accepted(visit.client.lock_thread(&visit.group, &thread.id, locked).await);
        assert_eq!(visit.thread("Packaging").await.is_locked, locked);
    }
    accepted(visit.client.delete_thread(&visit.group, &thread.id).await);
    let gone = visit.client.delete_thread(&visit.group, &thread.id).await;
    let Delivery::NotSent(problem) = gone else {
        panic!("{gone:?}")
    };
    assert_eq!(problem.kind, ProblemKind::NotFound);
    let methods: Vec<String> = visit
        .tenant
        .requests()
        .into_iter()
        .filter(|seen| seen.method != "GET")
        .map(|seen| seen.method)
        .collect();
    assert_eq!(methods, ["PATCH", "PATCH", "DELETE", "DELETE"], "each is sent once");
    assert!(
        visit
            .tenant
            .requests()
            .iter()
            .filter(|seen| seen.method == "DELETE")
            .all(|seen| seen.header("content-type").is_none())
    );
}

#[tokio::test]
async fn a_conversation_is_deleted_and_what_is_new_is_seen() {
    let visit = visit(&[]).await;
    let all: Vec<Conversation> = visit
        .client
        .gather(conversations::newest_first(&visit.group), Urgency::Person)
        .await
        .unwrap();
    accepted(visit.client.delete_conversation(&visit.group, &all[0].id).await);
    let left: Vec<Conversation> = visit
        .client
        .gather(conversations::newest_first(&visit.group), Urgency::Person)
        .await
        .unwrap();
    assert_eq!(left, all[1..]);
    let unseen = async || {
        let read = folkmoot::graph::seen::unseen(&visit.group);
        visit.client.one::<Value>(read, Urgency::Person).await.unwrap()["unseenCount"].clone()
    };
    assert_ne!(unseen().await, 0);
    accepted(visit.client.reset_unseen(&visit.group).await);
    assert_eq!(unseen().await, 0);
}

#[tokio::test]
async fn what_only_readers_were_granted_says_what_is_missing() {
    let visit = visit(&[]).await;
    let thread = visit.thread("Packaging").await;
    visit
        .tenant
        .add_fault("DELETE /groups/*/threads/*@*=500".parse().unwrap());
    let unknown = visit.client.delete_thread(&visit.group, &thread.id).await;
    assert!(matches!(unknown, Delivery::Unknown(_)), "{unknown:?}");
    let tokens = Tokens {
        granted: Some(Arc::from(["Group.Read.All".to_owned()])),
        ..Tokens::default()
    };
    let stub = crate::stub::Stub::batching(|_| crate::stub::error(403, "ErrorAccessDenied")).await;
    let desk = desk_with(tokens, &stub.url(), patience());
    let refused = desk.client.delete_thread(&visit.group, &thread.id).await;
    let Delivery::NotSent(problem) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(problem.missing, Some("Group.ReadWrite.All"));
}

#[tokio::test]
async fn the_bytes_of_an_attachment_go_on_as_they_come() {
    let visit = visit(&[]).await;
    let (thread, post, all) = visit.laden().await;
    let file = all.iter().find(|it| it.kind == AttachmentKind::File).unwrap();
    let content = || attachments::content(&visit.group, &thread, &post, &file.id);
    let mut basket = Basket::default();
    let length = visit
        .client
        .download(content(), Urgency::Person, &mut basket)
        .await
        .unwrap();
    assert_eq!(
        (length as u64, basket.bytes.len() as u64, basket.begun),
        (file.size, file.size, 1)
    );

    // A line that breaks in the middle is tried again from the beginning.
    visit.tenant.add_fault("/groups/**/$value@1=truncate".parse().unwrap());
    let mut again = Basket::default();
    visit
        .client
        .download(content(), Urgency::Person, &mut again)
        .await
        .unwrap();
    assert_eq!(again.bytes, basket.bytes);
    assert_eq!(again.begun, 2);

    let mut small = Basket {
        room: Some(0),
        ..Basket::default()
    };
    let full = visit
        .client
        .download(content(), Urgency::Person, &mut small)
        .await
        .unwrap_err();
    assert_eq!(
        (full.what.as_str(), small.begun),
        ("It is full.", 1),
        "that is no reason to try again"
    );
    let read = attachments::by_id(&visit.group, &thread, &post, &file.id);
    let one: Value = visit.client.one(read, Urgency::Person).await.unwrap();
    assert!(one["contentBytes"].is_string());
}
