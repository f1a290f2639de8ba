//! What the tests share: a token source that counts, a client with little patience, and what a stream gave.

use std::ffi::OsString;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use folkmoot::graph::sending::Content;
use folkmoot::graph::{Client, Endpoint, Feed, Patience, Sink};
use folkmoot::protocol::{Claims, Problem, ProblemKind, Token, TokenFuture, TokenSource, Traffic};
use futures_util::StreamExt;
use secrecy::{ExposeSecret, SecretString};

use crate::stub::Stub;

/// Tokens `token-0`, `token-1`, …: a renewal for a token that is no longer the newest is none.
#[derive(Default)]
pub struct Tokens {
    pub newest: AtomicUsize,
    /// What each renewal was asked to prove.
    pub demanded: Mutex<Vec<Option<String>>>,
    /// What the tokens are for, where that is to be known.
    pub granted: Option<Arc<[String]>>,
}

impl Tokens {
    pub fn renewals(&self) -> usize {
        self.newest.load(Ordering::SeqCst)
    }

    fn newest(&self) -> SecretString {
        format!("token-{}", self.renewals()).into()
    }
}

impl TokenSource for Tokens {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async { Ok(self.newest().into()) })
    }

    fn renew<'a>(&'a self, rejected: &'a Token, demanded: Option<&'a Claims>) -> TokenFuture<'a> {
        Box::pin(async move {
            self.demanded
                .lock()
                .unwrap()
                .push(demanded.map(|claims| claims.0.clone()));
            if self.newest().expose_secret() == rejected.expose_secret() {
                self.newest.fetch_add(1, Ordering::SeqCst);
            }
            Ok(self.newest().into())
        })
    }

    fn granted(&self) -> Option<Arc<[String]>> {
        self.granted.clone()
    }
}

/// What says nothing but this.
pub fn says(body: &str) -> Content<'_> {
    Content {
        body,
        ..Content::default()
    }
}

pub struct Desk {
    pub client: Client,
    pub tokens: Arc<Tokens>,
    pub traffic: Arc<Mutex<Vec<Traffic>>>,
}

/// Little patience, so that no test waits long.
pub fn patience() -> Patience {
    Patience {
        pause: Duration::from_millis(5),
        ..Patience::default()
    }
}

pub fn desk(url: &str, patience: Patience) -> Desk {
    desk_with(Tokens::default(), url, patience)
}

pub fn desk_with(tokens: Tokens, url: &str, patience: Patience) -> Desk {
    let tokens = Arc::new(tokens);
    let traffic = Arc::new(Mutex::new(Vec::new()));
    let seen = traffic.clone();
    let client = Client::with_patience(
        Endpoint::parse(url).unwrap(),
        tokens.clone(),
        move |traffic| seen.lock().unwrap().push(traffic),
        patience,
    )
    .unwrap();
    Desk {
        client,
        tokens,
        traffic,
    }
}

pub fn client(stub: &Stub) -> Client {
    desk(&stub.url(), patience()).client
}

/// Everything that a feed gives: the items, and the problem at the end if there is one.
pub async fn drain<T: Send + 'static>(mut feed: Feed<T>) -> (Vec<T>, Option<Problem>) {
    let mut items = Vec::new();
    while let Some(item) = feed.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(problem) => {
                assert!(feed.next().await.is_none(), "a problem comes last");
                return (items, Some(problem));
            }
        }
    }
    (items, None)
}

/// Runs one test of this program in a process of its own, and gives what it printed.
pub fn run_child<const N: usize>(test: &str, environment: [(&str, OsString); N]) -> String {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--include-ignored"])
        .envs(environment)
        .output()
        .unwrap();
    assert!(child.status.success(), "{child:?}");
    String::from_utf8(child.stdout).unwrap()
}

/// Gathers, and remembers how often it began.
#[derive(Default)]
pub struct Basket {
    pub bytes: Vec<u8>,
    pub begun: usize,
    /// After so many bytes it takes no more.
    pub room: Option<usize>,
}

impl Sink for Basket {
    fn begin(&mut self, _announced: Option<u64>) -> Result<(), Problem> {
        self.begun += 1;
        self.bytes.clear();
        Ok(())
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        self.bytes.extend_from_slice(chunk);
        match self.room {
            Some(room) if self.bytes.len() > room => Err(Problem::new(ProblemKind::General, "It is full.", "")),
            _ => Ok(()),
        }
    }
}
