//! What is done before a write goes out: after everything that it waits for, and before each attempt.

use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use folkmoot::domain::{Id, Kind, Target};
use folkmoot::graph::{Client, Departure, Endpoint, Raw, Urgency, Verb};
use folkmoot::protocol::{Claims, Delivery, Holder, Problem, ProblemKind, Token, TokenFuture, TokenSource};
use tokio::task::JoinSet;

use crate::stub::{Act, Stub, error, raw};
use crate::support::{Desk, desk, patience, says};

fn target() -> Target {
    Target {
        group: Id::new("g"),
        kind: Kind::Reply {
            thread: Id::new("t"),
            post: None,
        },
        group_name: "灯籠".into(),
        topic: "שלום".into(),
        quoted: None,
    }
}

/// Takes down how many requests had come at each departure; refuses the one of this number.
#[derive(Clone)]
struct Noted {
    stub: Arc<Stub>,
    came: Arc<Mutex<Vec<usize>>>,
    refuses: Option<usize>,
}

impl Noted {
    fn new(stub: &Arc<Stub>) -> Self {
        Noted {
            stub: stub.clone(),
            came: Arc::default(),
            refuses: None,
        }
    }

    fn came(&self) -> Vec<usize> {
        self.came.lock().unwrap().clone()
    }
}

impl Departure for Noted {
    async fn departs(&mut self) -> Result<(), Problem> {
        let mut came = self.came.lock().unwrap();
        came.push(self.stub.count("POST"));
        match self.refuses {
            Some(number) if number == came.len() => Err(Problem::new(ProblemKind::General, "The disk is full.", "")),
            _ => Ok(()),
        }
    }
}

async fn reply(desk: &Desk, mut noted: Noted) -> Delivery {
    desk.client.deliver(&target(), &says("<p>やあ</p>"), &mut noted).await
}

async fn refuses_the_first_token() -> Arc<Stub> {
    let stub = Stub::new(|asked, _| match asked.header("authorization") {
        Some("Bearer token-0") => error(401, "InvalidAuthenticationToken"),
        _ => raw(202, ""),
    });
    Arc::new(stub.await)
}

#[tokio::test]
async fn each_attempt_departs_anew() {
    let stub = refuses_the_first_token().await;
    let noted = Noted::new(&stub);
    let desk = desk(&stub.url(), patience());
    assert!(matches!(reply(&desk, noted.clone()).await, Delivery::Accepted { .. }));
    assert_eq!((noted.came(), stub.count("POST")), (vec![0, 1], 2));
}

#[tokio::test]
async fn what_may_not_depart_is_certainly_not_sent() {
    for number in [1, 2] {
        let stub = refuses_the_first_token().await;
        let noted = Noted {
            refuses: Some(number),
            ..Noted::new(&stub)
        };
        let desk = desk(&stub.url(), patience());
        let Delivery::NotSent(problem) = reply(&desk, noted).await else {
            panic!("{number}")
        };
        assert_eq!(problem.what.as_str(), "The disk is full.");
        assert_eq!(stub.count("POST"), number - 1);
    }
}

#[tokio::test]
async fn nothing_departs_while_others_have_the_mailbox() {
    let stub = Stub::new(|asked, _| match asked.method.as_str() {
        "POST" => raw(202, "").into(),
        _ => Act::Hang,
    });
    let stub = Arc::new(stub.await);
    let desk = Arc::new(desk(&stub.url(), patience()));
    let mut reads = JoinSet::new();
    for _ in 0..4 {
        let desk = desk.clone();
        reads.spawn(async move {
            desk.client
                .posts(&Id::new("g"), &Id::new("t"), Urgency::Person)
                .await
                .is_ok()
        });
    }
    while stub.count("GET") < 4 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let noted = Noted::new(&stub);
    let sent = reply(&desk, noted.clone());
    tokio::pin!(sent);
    tokio::select! {
        delivery = &mut sent => panic!("{delivery:?}"),
        () = tokio::time::sleep(Duration::from_millis(100)) => {}
    }
    assert!(noted.came().is_empty());
    reads.shutdown().await;
    assert!(matches!(sent.await, Delivery::Accepted { .. }));
    assert_eq!(noted.came(), [0]);
}

/// A command that never prints its token.
struct Slow;

impl TokenSource for Slow {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(pending())
    }

    fn renew<'a>(&'a self, _: &'a Token, _: Option<&'a Claims>) -> TokenFuture<'a> {
        Box::pin(pending())
    }
}

#[tokio::test]
async fn nothing_departs_while_a_token_is_awaited() {
    let stub = Arc::new(Stub::new(|_, _| raw(202, "")).await);
    let endpoint = Endpoint::parse(&stub.url()).unwrap();
    let client = Client::with_patience(endpoint, Arc::new(Slow), |_| {}, patience()).unwrap();
    let mut noted = Noted::new(&stub);
    let (target, content) = (target(), says("<p>やあ</p>"));
    let came = noted.clone();
    tokio::select! {
        delivery = client.deliver(&target, &content, &mut noted) => panic!("{delivery:?}"),
        () = tokio::time::sleep(Duration::from_millis(100)) => {}
    }
    assert!(came.came().is_empty());
}

/// One person's token at first, and another's after a refusal.
struct Changing;

impl Changing {
    fn of(name: &str) -> Token {
        Token {
            secret: format!("token-of-{name}").into(),
            holder: Some(Holder(name.to_owned())),
        }
    }
}

impl TokenSource for Changing {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async { Ok(Changing::of("mira")) })
    }

    fn renew<'a>(&'a self, _: &'a Token, _: Option<&'a Claims>) -> TokenFuture<'a> {
        Box::pin(async { Ok(Changing::of("ivo")) })
    }
}

#[tokio::test]
async fn what_one_person_has_said_goes_out_with_no_other_persons_token() {
    let stub = Stub::new(|asked, _| match asked.header("authorization") {
        Some("Bearer token-of-mira") => error(401, "InvalidAuthenticationToken"),
        _ => raw(202, ""),
    });
    let stub = Arc::new(stub.await);
    let endpoint = Endpoint::parse(&stub.url()).unwrap();
    let client = Client::with_patience(endpoint, Arc::new(Changing), |_| {}, patience()).unwrap();
    let is_refused = |problem: &Problem| assert_eq!(problem.kind, ProblemKind::OtherAccount, "{problem}");
    let (target, content) = (target(), says("<p>やあ</p>"));
    // The token is refused, and by then another has signed in: with a person named, and with nobody named.
    for whose in [Some(Holder("mira".to_owned())), None] {
        let before = stub.count("POST");
        let client = client.acting_for(whose);
        match client.deliver(&target, &content, &mut ()).await {
            Delivery::NotSent(problem) => is_refused(&problem),
            other => panic!("{other:?}"),
        }
        assert_eq!(stub.count("POST") - before, 1);
    }
    let raw = Raw::new(&client, Verb::Post, "/groups/g/addFavorite").unwrap();
    is_refused(&client.raw(raw).await.unwrap_err().problem);
    assert_eq!(stub.count("POST"), 3);
    // It is another's from the beginning.
    let other = client.acting_for(Some(Holder("hanako".to_owned())));
    match other.deliver(&target, &content, &mut Noted::new(&stub)).await {
        Delivery::NotSent(problem) => is_refused(&problem),
        other => panic!("{other:?}"),
    }
    assert_eq!(stub.count("POST"), 3);
}
