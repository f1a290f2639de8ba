//! What is answered where there is no client.

use super::*;
use crate::domain::{Draft, DraftId};
use crate::protocol::{Lane, Query};

#[tokio::test]
async fn without_a_client_a_read_is_a_problem_and_a_reply_is_certainly_not_sent() {
    let problem = crate::protocol::connection::no_certificates();
    let (inbox, mut told) = mpsc::channel(4);
    let draft = Draft::example("hello");
    let jobs = [
        Job::Read(Lane::Me, Query::Me),
        Job::Write(None, Mutation::Deliver(Box::new(draft))),
    ];
    for (id, job) in (1..).map(RequestId).zip(jobs) {
        refuse(&inbox, Request { id, job }, &problem).await;
    }
    let delivery = Payload::Delivery {
        draft: DraftId("d".into()),
        outcome: Delivery::NotSent(problem.clone()),
        since: None,
    };
    for (id, result) in (1..).map(RequestId).zip([Err(problem), Ok(delivery)]) {
        let part = Part::Last;
        assert_eq!(told.recv().await, Some(What::Reply(Reply { id, part, result })));
    }
}

#[tokio::test]
async fn what_cannot_be_written_to_files_is_told_as_what_it_was() {
    let root = tempfile::tempdir().unwrap();
    let (inbox, mut told) = mpsc::channel(8);
    let (traffic, _traffic) = watch::channel(Traffic::default());
    let setup = Setup {
        endpoint: Endpoint::parse("http://127.0.0.1:9/v1.0").unwrap(),
        tokens: Arc::new(crate::auth::StaticToken::for_demo("t".to_owned().into())),
        session: None,
        drafts: DraftsThread::open(root.path().to_owned(), mpsc::channel(8).0, Default::default()),
        keeper: Keeper::none(),
        read_only: false,
        brush: None,
        scratch: Scratch::default(),
        zone: jiff::tz::TimeZone::UTC,
    };
    let mut crew = Crew::new(setup, inbox, traffic);
    let problem = crate::protocol::connection::no_certificates();
    let id = RequestId(7);
    let exporting = |problem| What::Exporting {
        id,
        step: ExportStep::Done(Err(problem)),
    };
    crew.tasks
        .begin_filing(id, async { panic!("in the test") }, not_exported);
    let ended = crew.tasks.next_ended().await.unwrap();
    crew.tasks.ended(ended, &crew.inbox).await;
    let what = told.recv().await;
    assert!(
        matches!(
            &what,
            Some(What::Exporting {
                id: RequestId(7),
                step: ExportStep::Done(Err(_))
            })
        ),
        "{what:?}"
    );
    crew.jobs = Err(problem.clone());
    for (not_filed, what) in [
        (not_exported as NotFiled, exporting(problem.clone())),
        (
            not_saved,
            What::Saving {
                id,
                step: SavingStep::Done(Err(problem)),
            },
        ),
    ] {
        crew.file(id, async |_| unreachable!(), not_filed).await;
        assert_eq!(told.recv().await, Some(what));
    }
}
