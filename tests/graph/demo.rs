//! The client against the demo tenant: what a person would do, and what goes wrong then.

use std::collections::HashSet;
use std::time::Duration;

use folkmoot::demo::{Options, Seen};
use folkmoot::domain::{AttachmentKind, Group, GroupKind, Id, Role, Text};
use folkmoot::graph::Urgency;
use folkmoot::protocol::{CardPart, Delivery, ProblemKind, Scope, Section};
use futures_util::StreamExt;
use futures_util::future::join_all;

use crate::support::{drain, says};
use crate::visit::visit;

#[tokio::test]
async fn a_day_in_the_office() {
    let visit = visit(Options {
        visible_after: Duration::ZERO,
        ..Options::default()
    });
    let client = &visit.client;
    let me = client.me(Urgency::Person).await.unwrap();
    assert!(!me.person.name.is_empty() && me.organisation.is_some());

    let (pages, problem) = drain(client.groups(Scope::Mine, None, Urgency::Person)).await;
    assert_eq!(problem, None);
    let mine: Vec<&Group> = pages.iter().flat_map(|page| &page.items).collect();
    let ids: HashSet<&Id> = mine.iter().map(|group| &group.id).collect();
    assert_eq!(ids.len(), mine.len());
    assert!(
        mine.iter()
            .all(|group| group.kind != GroupKind::Unknown && !group.name.is_empty())
    );
    let (all, problem) = drain(client.groups(Scope::All, None, Urgency::Person)).await;
    assert_eq!(problem, None);
    assert!(all.iter().map(|page| page.items.len()).sum::<usize>() > mine.len());

    let group = visit.group("All Folkvale").await;
    let by_address = visit.group(group.mail.as_ref().unwrap().as_str()).await;
    assert_eq!(
        (&by_address.id, visit.group(group.id.as_str()).await.id),
        (&group.id, group.id.clone())
    );
    for term in ["folkvale", "r&d \"x\" \\ 翻訳"] {
        let (_, problem) = drain(client.groups(Scope::All, Some(term), Urgency::Person)).await;
        assert_eq!(problem, None, "{term}");
    }

    let mailboxes: Vec<Id> = mine
        .iter()
        .filter(|group| group.has_mailbox())
        .map(|group| group.id.clone())
        .collect();
    let (parts, problem) = drain(client.unseen(&mailboxes, Urgency::Ahead)).await;
    assert_eq!(problem, None);
    assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), mailboxes.len());

    let target = visit.target(&group.id).await;
    let (before, _) = client
        .posts(&group.id, target.thread().unwrap(), Urgency::Person)
        .await
        .unwrap();
    assert!(!before.is_empty() && before.is_sorted_by_key(|post| post.when()));
    let outcome = client
        .deliver(&target, &says("<p>Good evening, 山田さん</p>"), &mut ())
        .await;
    assert!(matches!(outcome, Delivery::Accepted { .. }), "{outcome:?}");
    let in_time = async {
        loop {
            let (after, _) = client
                .posts(&group.id, target.thread().unwrap(), Urgency::Person)
                .await
                .unwrap();
            if after.len() == before.len() + 1 {
                return after;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let after = tokio::time::timeout(Duration::from_secs(60), in_time).await.unwrap();
    assert_eq!(after.last().unwrap().author().name, me.person.name);
}

#[tokio::test]
async fn every_attachment_that_the_posts_speak_of_is_described() {
    let visit = visit(Options::default());
    let (pages, _) = drain(visit.client.groups(Scope::Mine, None, Urgency::Person)).await;
    let mut described = 0;
    for group in pages
        .iter()
        .flat_map(|page| &page.items)
        .filter(|group| group.has_mailbox())
    {
        let (pages, problem) = drain(visit.client.threads(&group.id, None, Urgency::Person)).await;
        assert_eq!(problem, None);
        for thread in pages.iter().flat_map(|page| &page.items) {
            let (posts, _) = visit
                .client
                .posts(&group.id, &thread.id, Urgency::Person)
                .await
                .unwrap();
            for post in posts.iter().filter(|post| post.may_have_attachments()) {
                let all = visit
                    .client
                    .attachments(&group.id, &thread.id, &post.id, Urgency::Ahead)
                    .await
                    .unwrap();
                // A quoted picture's `cid:` may point at nothing; a file that is spoken of is there.
                assert!(!all.is_empty() || !post.has_attachments);
                assert!(all.iter().all(|one| !one.id.as_str().is_empty()));
                assert!(all.iter().all(|one| one.kind != AttachmentKind::Unknown));
                described += all.len();
            }
        }
    }
    assert!(described > 0);
}

#[tokio::test]
async fn thousands_come_in_pages_owners_first_and_nobody_twice() {
    let visit = visit(Options {
        people: Some(3000),
        ..Options::default()
    });
    let group = visit.group("All Folkvale").await;
    let (pages, problem) = drain(visit.client.roster(&group.id, Urgency::Person)).await;
    assert_eq!(problem, None);
    let rows: Vec<_> = pages.iter().flat_map(|page| page.members.iter()).collect();
    let owners = rows.iter().take_while(|member| member.role == Role::Owner).count();
    assert!(owners >= 2);
    assert!(rows[owners..].iter().all(|member| member.role == Role::Member));
    let ids: HashSet<&Id> = rows.iter().map(|member| &member.object.id).collect();
    assert_eq!(ids.len(), rows.len());
    assert_eq!(pages.last().unwrap().total, Some(rows.len()));
    assert!(
        rows.len() > 2 * 999 && pages.len() > 2,
        "{} in {} pages",
        rows.len(),
        pages.len()
    );
    for seen in visit.seen("GET", "/members") {
        assert_eq!(seen.header("consistencylevel"), Some("eventual"), "{}", seen.query);
        assert_eq!(seen.status, Some(200));
    }
}

#[tokio::test]
async fn a_colleague_has_a_card() {
    let visit = visit(Options::default());
    let group = visit.group("Portable Lanterns").await;
    let (pages, _) = drain(visit.client.roster(&group.id, Urgency::Person)).await;
    for member in pages.iter().flat_map(|page| page.members.iter()) {
        let (parts, problem) = drain(visit.client.card(&member.object.id, false, Urgency::Person)).await;
        assert_eq!(problem, None);
        assert_eq!(parts.len(), 8, "{parts:?}");
        let is_hidden = |part: &&CardPart| matches!(part, CardPart::Hidden(..));
        let hidden: Vec<Section> = parts.iter().filter(is_hidden).map(CardPart::section).collect();
        let mine = member.object.name.as_ref().map(Text::as_str) == Some("Ines Wickersham");
        let denied: &[Section] = if mine { &[] } else { &[Section::Teams] };
        assert_eq!(hidden, denied, "people are told about their own teams only");
        let named = |part: &CardPart| matches!(part, CardPart::Person(card) if Some(&card.person.name) == member.object.name.as_ref());
        assert!(parts.iter().any(named));
        assert!(
            parts
                .iter()
                .any(|part| matches!(part, CardPart::Groups(groups) if !groups.is_empty()))
        );
    }
}

#[tokio::test]
async fn whoever_wrote_a_post_has_a_card_or_is_said_to_be_no_one_of_the_directory() {
    let visit = visit(Options::default());
    let card = async |address: &str| drain(visit.client.card(&Id::new(address), false, Urgency::Person)).await;
    for (address, name) in [
        ("Ines.Wickersham@folkvale.example", "Ines Wickersham"),
        ("anneliese@glashuette-nachtblau.example", "Anneliese Quarzsand"),
    ] {
        let (parts, problem) = card(address).await;
        assert_eq!((parts.len(), problem), (8, None), "{address}");
        assert!(
            matches!(&parts[0], CardPart::Person(card) if card.person.name.as_str() == name),
            "{parts:?}"
        );
    }
    let (parts, problem) = card("alerts@monitor.folkvale.example").await;
    assert!(parts.is_empty());
    assert_eq!(
        problem.unwrap().what.as_str(),
        "alerts@monitor.folkvale.example is not in the directory."
    );
}

#[tokio::test]
async fn a_mailbox_is_never_asked_for_more_than_it_serves() {
    let visit = visit(Options {
        latency: Duration::from_millis(5),
        ..Options::default()
    });
    let group = visit.group("Portable Lanterns").await;
    let target = visit.target(&group.id).await;
    let (g, t) = (&group.id, target.thread().unwrap());
    let people = join_all((0..20).map(|_| visit.client.posts(g, t, Urgency::Person)));
    let ahead = join_all((0..20).map(|_| visit.client.posts(g, t, Urgency::Ahead)));
    let unseen = join_all((0..10).map(|_| drain(visit.client.unseen(std::slice::from_ref(g), Urgency::Ahead))));
    let (people, ahead, unseen) = tokio::join!(people, ahead, unseen);
    assert!(people.iter().chain(&ahead).all(Result::is_ok));
    assert!(unseen.iter().all(|(_, problem)| problem.is_none()));
    let requests = visit.tenant.requests();
    assert!(requests.len() > 50);
    assert!(
        requests.iter().all(|seen| seen.status == Some(200)),
        "the tenant refuses a fifth with 429"
    );
}

#[tokio::test]
async fn a_token_that_ran_out_is_renewed_once_for_all() {
    let visit = visit(Options::default());
    let group = visit.group("Portable Lanterns").await;
    let next = visit.tenant.rotate_token();
    visit.purse.next.lock().unwrap().push(next);
    let reads = join_all((0..6).map(|_| visit.group("Portable Lanterns"))).await;
    assert!(reads.iter().all(|read| read.id == group.id));
    assert!(visit.purse.next.lock().unwrap().is_empty());

    let next = visit.tenant.rotate_token();
    visit.purse.next.lock().unwrap().push(next);
    let target = visit.target(&group.id).await;
    let next = visit.tenant.rotate_token();
    visit.purse.next.lock().unwrap().push(next);
    assert!(matches!(
        visit.client.deliver(&target, &says("x"), &mut ()).await,
        Delivery::Accepted { .. }
    ));
    let statuses: Vec<_> = visit.seen("POST", "/reply").iter().map(|seen| seen.status).collect();
    assert_eq!(statuses, [Some(401), Some(202)]);
}

#[tokio::test]
async fn an_item_of_a_batch_whose_token_has_expired_is_asked_for_again() {
    let visit = visit(Options::default());
    let groups = [
        visit.group("Portable Lanterns").await.id,
        visit.group("All Folkvale").await.id,
    ];
    let unseen = async || drain(visit.client.unseen(&groups, Urgency::Ahead)).await;
    let before = unseen().await;
    visit.fault(&format!("GET /groups/{}@1=expired", groups[1].as_str()));
    visit.may_renew();
    assert_eq!(unseen().await, before);
    assert_eq!(before.0[0].len(), 2);
    assert!(visit.purse.next.lock().unwrap().is_empty());
    assert_eq!(visit.seen("POST", "/$batch").len(), 3);
}

#[tokio::test]
async fn faults_of_the_line_are_ridden_out() {
    let visit = visit(Options::default());
    let group = visit.group("Portable Lanterns").await;
    for fault in ["429:1", "429", "500", "503", "504", "truncate", "drop", "expired"] {
        visit.tenant.clear_faults();
        visit.fault(&format!("GET /groups/*/threads@1={fault}"));
        if fault == "expired" {
            visit.may_renew();
        }
        let before = visit.seen("GET", "/threads").len();
        visit.target(&group.id).await;
        assert!(visit.seen("GET", "/threads").len() >= before + 2, "{fault}");
    }
}

#[tokio::test]
async fn a_reply_is_sent_once_whatever_happens() {
    let visit = visit(Options::default());
    let group = visit.group("Portable Lanterns").await;
    let target = visit.target(&group.id).await;
    for (fault, sent) in [
        ("429:1", false),
        ("429", false),
        ("500", true),
        ("503", true),
        ("504", true),
        ("drop", true),
    ] {
        visit.tenant.clear_faults();
        visit.fault(&format!("POST /groups/*/threads/*/reply@1={fault}"));
        let before = visit.seen("POST", "/reply").len();
        let outcome = visit.client.deliver(&target, &says("<p>Once</p>"), &mut ()).await;
        match &outcome {
            Delivery::NotSent(problem) => assert!(!sent && problem.kind == ProblemKind::Throttled, "{fault}"),
            Delivery::Unknown(_) => assert!(sent, "{fault}"),
            Delivery::Accepted { .. } => panic!("{fault}"),
        }
        assert_eq!(visit.seen("POST", "/reply").len(), before + 1, "{fault}");
    }
}

#[tokio::test]
async fn leaving_a_list_ends_its_request() {
    let visit = visit(Options::default());
    let group = visit.group("Portable Lanterns").await;
    visit.fault("GET /groups/*/members@*=hang");
    let mut roster = visit.client.roster(&group.id, Urgency::Person);
    let reader = tokio::spawn(async move { roster.next().await.is_some() });
    let until = async |wanted: &dyn Fn(&Seen) -> bool| {
        let waiting = async {
            while !visit.seen("GET", "/members").iter().any(wanted) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), waiting).await.unwrap();
    };
    until(&|_| true).await;
    reader.abort();
    until(&|seen| seen.aborted).await;
}

#[tokio::test]
async fn refusals_are_in_plain_words() {
    let visit = visit(Options::default());
    let problem = visit
        .client
        .group("no-such-group@folkvale.example", Urgency::Person)
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::NotFound);
    let nobody = Id::new("00000000-0000-0000-0000-000000000000");
    let (_, problem) = drain(visit.client.card(&nobody, false, Urgency::Person)).await;
    let problem = problem.unwrap();
    assert_eq!(
        (problem.kind, problem.code),
        (ProblemKind::NotFound, Some(Text::new("Request_ResourceNotFound")))
    );
    assert!(problem.request_id.is_some());
}
