//! The default tenant has one of everything that a client must cope with.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Visitor, group_path};
use crate::demo::request::percent_encode;
use crate::demo::{Options, Tenant};

fn visitor() -> Visitor {
    Visitor::of(Tenant::spawn(Options::default()).unwrap())
}

#[tokio::test]
async fn groups_of_every_kind_and_members_of_every_kind() {
    let visitor = visitor();
    let people = visitor.all("/users?$top=999&$select=id,userType").await;
    assert!((240..300).contains(&people.len()));
    assert!(people.iter().any(|person| person["userType"] == "Guest"));
    let groups = visitor.all("/groups?$top=999").await;
    assert!((38..45).contains(&groups.len()));
    let mine: BTreeSet<String> = visitor
        .get("/me/memberOf?$top=999")
        .await
        .each("id")
        .into_iter()
        .collect();
    let of_type = |group: &Value, name: &str| group["groupTypes"].as_array().unwrap().iter().any(|it| it == name);
    let (mut kinds, mut closed, mut without_members) = (BTreeSet::new(), 0, 0);
    for group in &groups {
        let members = visitor
            .get(&format!("/groups/{}/members?$top=999", group["id"].as_str().unwrap()))
            .await;
        if members.status == 403 {
            assert_eq!(group["visibility"], "HiddenMembership");
            closed += 1;
            continue;
        }
        without_members += usize::from(members.items().is_empty());
        let owner = if of_type(group, "Unified") { "unified" } else { "other" };
        kinds.extend(members.each("@odata.type").into_iter().map(|kind| (owner, kind)));
    }
    assert_eq!((closed, without_members), (1, 1));
    let of = |owner| {
        kinds
            .iter()
            .filter(move |(it, _)| *it == owner)
            .map(|(_, kind)| kind.as_str())
    };
    assert_eq!(of("unified").collect::<Vec<_>>(), ["#microsoft.graph.user"]);
    assert_eq!(
        of("other").collect::<Vec<_>>(),
        ["device", "group", "orgContact", "servicePrincipal", "user"].map(|kind| format!("#microsoft.graph.{kind}"))
    );
    let is_mine = |group: &Value| mine.contains(group["id"].as_str().unwrap());
    let any = |wanted: &dyn Fn(&Value) -> bool| groups.iter().any(wanted);
    assert!(any(&|group| group["visibility"] == "HiddenMembership" && is_mine(group)));
    assert!(any(&|group| group["visibility"] == "Public"
        && of_type(group, "Unified")
        && !is_mine(group)));
    for (unified, dynamic) in [(true, true), (true, false), (false, true), (false, false)] {
        assert!(any(
            &|group| of_type(group, "Unified") == unified && of_type(group, "DynamicMembership") == dynamic
        ));
    }
    for (mail, security) in [(true, true), (true, false), (false, true)] {
        assert!(any(
            &|group| group["mailEnabled"] == mail && group["securityEnabled"] == security
        ));
    }
}

#[tokio::test]
async fn chains_of_managers_end_with_one_chief() {
    let visitor = visitor();
    let people = visitor
        .all("/users?$top=999&$select=id&$expand=manager($select=id)")
        .await;
    let mut chiefs = 0;
    for person in people.iter().filter(|person| person.get("manager").is_none()) {
        let path = format!("/users/{}/directReports", person["id"].as_str().unwrap());
        chiefs += usize::from(!visitor.get(&path).await.items().is_empty());
    }
    assert_eq!(chiefs, 1);
}

#[tokio::test]
async fn mail_of_every_kind() {
    let visitor = visitor();
    let mut met = BTreeSet::new();
    let mut bodies = String::new();
    for group in visitor.get("/me/memberOf?$top=999").await.items() {
        if !group["groupTypes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|kind| kind == "Unified")
        {
            continue;
        }
        let group = format!("/groups/{}", group["id"].as_str().unwrap());
        let threads = visitor.get(&format!("{group}/threads?$top=999")).await.items();
        if threads.is_empty() {
            met.insert("no threads".to_owned());
        }
        for thread in threads {
            if thread["isLocked"] == true {
                met.insert("locked".to_owned());
            }
            let path = format!(
                "{group}/threads/{}/posts",
                percent_encode(thread["id"].as_str().unwrap())
            );
            let posts = visitor.get(&format!("{path}?$expand=attachments")).await.items();
            if posts.len() == 100 {
                met.insert("cut at a hundred".to_owned());
            }
            for post in posts {
                let content = post["body"]["content"].as_str().unwrap();
                met.insert(format!("{} body", post["body"]["contentType"].as_str().unwrap()));
                for attachment in post["attachments"].as_array().unwrap() {
                    let kind = attachment["@odata.type"].as_str().unwrap();
                    met.insert(format!("{kind} {}", attachment["isInline"]));
                }
                bodies.push_str(content);
            }
        }
    }
    let expected = [
        "#microsoft.graph.fileAttachment false",
        "#microsoft.graph.fileAttachment true",
        "#microsoft.graph.itemAttachment false",
        "#microsoft.graph.referenceAttachment false",
        "cut at a hundred",
        "html body",
        "locked",
        "no threads",
        "text body",
    ];
    assert_eq!(met.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    for part in [
        "<table",
        "<ul",
        "<ol",
        "<a href",
        "<blockquote",
        "divRplyFwdMsg",
        "cid:",
        "Signature",
        "dir=\"rtl\"",
    ] {
        assert!(bodies.contains(part), "{part}");
    }
    for (script, range) in [("Han", '一'..='鿿'), ("Arabic", 'ء'..='ي'), ("emoji", '🌀'..='🧿')] {
        assert!(bodies.chars().any(|letter| range.contains(&letter)), "{script}");
    }
    assert_eq!(
        visitor.get(&group_path("attic")).await.json()["displayName"],
        "The Attic"
    );
}
