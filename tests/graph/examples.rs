//! Microsoft's documented answers go through the client as if Graph had sent them. They are reference data that the
//! repository does not hold; without them this says so, to be seen, and passes.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use folkmoot::domain::{Attachment, DirectoryObject, Group, Id, Person, Post, Thread};
use folkmoot::graph::{Listing, Read, Urgency, groups};
use folkmoot::protocol::{CardPart, ProblemKind};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::stub::{Stub, answer};
use crate::support::{client, drain};

/// What an operation's answer holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Holds {
    Groups,
    Objects,
    People,
    Threads,
    Posts,
    Attachments,
    Managers,
    Photo,
    Batch,
    Error,
}

const OPERATIONS: &[(&str, Holds)] = &[
    ("group_list", Holds::Groups),
    ("group_get", Holds::Groups),
    ("group_get_unseen", Holds::Groups),
    ("_related/user-list-ownedobjects", Holds::Groups),
    ("group_members_list", Holds::Objects),
    ("group_members_cast_users", Holds::Objects),
    ("group_owners_list", Holds::Objects),
    ("user_memberof", Holds::Objects),
    ("group_memberof", Holds::Objects),
    ("me_direct_reports", Holds::Objects),
    ("me_get", Holds::People),
    ("user_get", Holds::People),
    ("users_list", Holds::People),
    ("user_manager", Holds::People),
    ("me_photo", Holds::Photo),
    ("group_threads_list", Holds::Threads),
    ("conversation_threads_list", Holds::Threads),
    ("group_thread_get", Holds::Threads),
    ("thread_posts_list", Holds::Posts),
    ("thread_post_get", Holds::Posts),
    ("post_attachments_list", Holds::Attachments),
    ("post_attachment_get", Holds::Attachments),
    ("batch", Holds::Batch),
    ("_concepts/errors", Holds::Error),
];

fn table(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

/// Takes out what stands at a JSON pointer, so that its place is empty.
fn remove(value: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    if let Some(Value::Object(members)) = value.pointer_mut(parent) {
        members.remove(name);
    }
}

#[tokio::test]
async fn documented_answers_are_understood() {
    let Some(folder) = std::env::var_os("FOLKMOOT_GRAPH_EXAMPLES") else {
        // Straight to the terminal: what a test prints that passes is not shown.
        let said = "FOLKMOOT_GRAPH_EXAMPLES is not set: Microsoft's documented answers were NOT checked";
        writeln!(std::io::stderr(), "\nwarning: {said}").unwrap();
        return;
    };
    let folder = Path::new(&folder);
    let mut placeholders = HashMap::<String, Vec<String>>::new();
    for row in table(&folder.join("PLACEHOLDERS.tsv")) {
        placeholders.entry(row[0].clone()).or_default().push(row[1].clone());
    }
    let mut checked = HashMap::<&str, usize>::new();
    for row in table(&folder.join("index.tsv")) {
        let (operation, name) = (row[0].as_str(), row[1].as_str());
        let Some((operation, holds)) = OPERATIONS.iter().find(|(known, _)| *known == operation) else {
            continue;
        };
        let file = format!("{operation}/{name}.response.json");
        let Ok(text) = fs::read_to_string(folder.join(&file)) else {
            continue;
        };
        let mut body = serde_json::from_str::<Value>(&text).unwrap()["body"].take();
        // A bare count is an answer to `/$count`, which we never ask for.
        if !body.is_object() {
            continue;
        }
        for pointer in placeholders.get(&file).into_iter().flatten() {
            remove(&mut body, pointer);
        }
        check(&file, *holds, body).await;
        *checked.entry(operation).or_default() += 1;
    }
    let missing: Vec<_> = OPERATIONS
        .iter()
        .filter(|(operation, _)| !checked.contains_key(operation))
        .collect();
    assert!(missing.is_empty(), "no example of {missing:?}");
    let files: usize = checked.values().sum();
    assert!(files >= 45, "only {files} examples were checked");
    eprintln!("{files} documented answers were understood");
}

async fn check(file: &str, holds: Holds, body: Value) {
    let holds = match holds {
        Holds::People if body.get("manager").is_some() => Holds::Managers,
        holds => holds,
    };
    match holds {
        Holds::Groups => items::<Group>(file, body, |group| group.id.clone()).await,
        Holds::Objects => items::<DirectoryObject>(file, body, |object| object.id.clone()).await,
        Holds::People => items::<Person>(file, body, |person| person.id.clone()).await,
        Holds::Threads => items::<Thread>(file, body, |thread| thread.id.clone()).await,
        Holds::Posts => items::<Post>(file, body, |post| post.id.clone()).await,
        Holds::Attachments => items::<Attachment>(file, body, |attachment| attachment.id.clone()).await,
        Holds::Managers | Holds::Photo => {
            let stub = Stub::batching(move |_| answer(200, &body)).await;
            let (parts, problem) = drain(client(&stub).card(&Id::new("me"), false, Urgency::Person)).await;
            assert_eq!(problem, None, "{file}");
            let understood = |part: &CardPart| match part {
                CardPart::Managers(chain) => holds == Holds::Managers && chain.len() > 1,
                CardPart::Photo(photo) => holds == Holds::Photo && photo.is_some(),
                _ => false,
            };
            assert!(parts.iter().any(understood), "{file}: {parts:?}");
        }
        Holds::Batch => {
            let stub = serve(200, body).await;
            let asked: Vec<Id> = (0..5).map(|n| Id::new(n.to_string())).collect();
            let last = client(&stub).unseen(&asked, Urgency::Person).next().await.unwrap();
            // Its items are not ours: each is understood as far as its status, and none is called unreadable.
            let unreadable = |problem: &folkmoot::protocol::Problem| problem.what.as_str().contains("shape");
            assert!(!last.as_ref().is_err_and(unreadable), "{file}: {last:?}");
        }
        Holds::Error => {
            let code = body.pointer("/error/code").and_then(Value::as_str).unwrap().to_owned();
            let stub = serve(400, body).await;
            let read = groups::by_id(&Id::new("g"));
            let problem = client(&stub).one::<Group>(read, Urgency::Person).await.unwrap_err();
            assert_eq!(problem.kind, ProblemKind::General, "{file}");
            assert_eq!(problem.code.unwrap().as_str(), code, "{file}");
        }
    }
}

async fn serve(status: u16, body: Value) -> Stub {
    Stub::new(move |_, _| answer(status, &body)).await
}

/// Reads a collection's first page, or the one thing that it is, and compares the ids with those in the JSON.
async fn items<T>(file: &str, body: Value, id: impl Fn(&T) -> Id)
where
    T: DeserializeOwned + Send + 'static,
{
    let in_json = |item: &Value| Id::new(item.get("id").and_then(Value::as_str).unwrap_or_default());
    let read: Read = groups::by_id(&Id::new("g"));
    let (expected, found) = match body.get("value").and_then(Value::as_array) {
        Some(items) => {
            let expected: Vec<Id> = items.iter().map(in_json).collect();
            let stub = serve(200, body).await;
            let listing = Listing {
                first: read,
                hurried: false,
            };
            let page = client(&stub).pages::<T>(listing, Urgency::Person).next().await.unwrap();
            (expected, page.map(|page| page.items))
        }
        None => {
            let expected = vec![in_json(&body)];
            let stub = serve(200, body).await;
            let one = client(&stub).one::<T>(read, Urgency::Person).await;
            (expected, one.map(|one| vec![one]))
        }
    };
    let found = found.unwrap_or_else(|problem| panic!("{file}: {problem}"));
    assert_eq!(found.iter().map(id).collect::<Vec<_>>(), expected, "{file}");
}
