//! Large files on a line that breaks, with a token that expires meanwhile.

use std::time::Duration;

use folkmoot::demo::Options;
use folkmoot::domain::{Id, Target};
use folkmoot::graph::sending::{Content, File};
use folkmoot::graph::{Urgency, attachments};
use folkmoot::protocol::{Delivery, Problem, ProblemKind};

use crate::support::Basket;
use crate::visit::{Visit, visit};

/// So large that it comes and goes in many pieces.
fn large() -> Vec<u8> {
    (0..2_500_000_u32)
        .flat_map(|at| at.to_le_bytes().into_iter().take(1))
        .collect()
}

/// A tenant with a large file on the newest post of a thread; its token expired while it was sent.
async fn with_a_large_file() -> (Visit, Target, Id) {
    let visit = visit(Options {
        visible_after: Duration::ZERO,
        ..Options::default()
    });
    let group = visit.group("Portable Lanterns").await;
    let target = visit.target(&group.id).await;
    visit.fault("POST /groups/**/reply@1=expired");
    visit.may_renew();
    let files = [File {
        name: "large 灯籠.bin".to_owned(),
        bytes: large(),
    }];
    let content = Content {
        body: "<p>large</p>",
        files: &files,
        ..Content::default()
    };
    let sent = visit.client.deliver(&target, &content, &mut ()).await;
    assert!(matches!(sent, Delivery::Accepted { .. }), "{sent:?}");
    let statuses: Vec<_> = visit.seen("POST", "/reply").iter().map(|seen| seen.status).collect();
    assert_eq!(statuses, [Some(401), Some(202)]);
    let thread = target.thread().unwrap();
    let (posts, _) = visit
        .client
        .posts(&target.group, thread, Urgency::Person)
        .await
        .unwrap();
    let newest = posts.last().unwrap().id.clone();
    (visit, target, newest)
}

async fn download(visit: &Visit, target: &Target, post: &Id) -> (Basket, Result<usize, Problem>) {
    let (group, thread) = (&target.group, target.thread().unwrap());
    let all = visit
        .client
        .attachments(group, thread, post, Urgency::Person)
        .await
        .unwrap();
    let content = attachments::content(group, thread, post, &all[0].id);
    let mut taken = Basket::default();
    let result = visit.client.download(content, Urgency::Person, &mut taken).await;
    (taken, result)
}

#[tokio::test]
async fn a_line_that_breaks_and_a_token_that_expires_are_ridden_out() {
    let (visit, target, post) = with_a_large_file().await;
    visit.fault("GET /groups/**/$value@1=truncate");
    visit.fault("GET /groups/**/$value@2=expired");
    visit.may_renew();
    let (taken, result) = download(&visit, &target, &post).await;
    assert_eq!(result, Ok(large().len()));
    assert!(taken.bytes == large(), "{} bytes", taken.bytes.len());
    assert_eq!(taken.begun, 2, "what came first is void; a refusal begins nothing");
    let statuses: Vec<_> = visit.seen("GET", "/$value").iter().map(|seen| seen.status).collect();
    assert_eq!(statuses, [Some(200), Some(401), Some(200)]);
}

#[tokio::test]
async fn a_token_that_expires_again_and_again_is_renewed_once() {
    let (visit, target, post) = with_a_large_file().await;
    visit.fault("GET /groups/**/$value@*=expired");
    visit.may_renew();
    let (taken, result) = download(&visit, &target, &post).await;
    assert_eq!(result.unwrap_err().kind, ProblemKind::SignIn);
    assert_eq!((taken.begun, taken.bytes.len()), (0, 0));
    assert_eq!(visit.seen("GET", "/$value").len(), 2);
}

#[tokio::test]
async fn a_line_that_breaks_every_time_is_given_up() {
    let (visit, target, post) = with_a_large_file().await;
    visit.fault("GET /groups/**/$value@*=truncate");
    let (taken, result) = download(&visit, &target, &post).await;
    assert_eq!(result.unwrap_err().kind, ProblemKind::Network);
    assert!(taken.bytes.len() < large().len());
    assert_eq!(taken.begun, visit.seen("GET", "/$value").len());
}
