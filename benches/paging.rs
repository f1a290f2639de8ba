//! A hundred thousand members: what reading them costs beyond downloading them.
//!
//! `cargo bench --bench paging` reads a group of the demo tenant that has everyone in it, in turn with the client and
//! with a bare loop that keeps its connection, takes each page's bytes and follows the link. Then the same with pages that
//! a server holds ready, so that the client's own work stands out. It prints the best of a few rounds.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use folkmoot::demo::{Options, Tenant};
use folkmoot::domain::{DirectoryObject, Id};
use folkmoot::graph::{Client, Endpoint, Urgency, members};
use folkmoot::protocol::{Claims, Token, TokenFuture, TokenSource};
use futures_util::StreamExt;
use secrecy::SecretString;

#[path = "shared/bare.rs"]
mod bare;

const PEOPLE: usize = 100_000;
const ROUNDS: usize = 7;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

struct Fixed(String);

impl TokenSource for Fixed {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async { Ok(SecretString::from(self.0.clone()).into()) })
    }

    fn renew<'a>(&'a self, _: &'a Token, _demanded: Option<&'a Claims>) -> TokenFuture<'a> {
        self.token()
    }
}

fn main() -> Outcome<()> {
    let tenant = Tenant::spawn(Options {
        people: Some(PEOPLE),
        ..Options::default()
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ready = ready_pages()?;
    runtime.block_on(async {
        let everyone = everyone(&tenant).await?;
        compare("demo tenant", tenant.graph_url(), tenant.token(), &everyone).await?;
        compare("pages held ready", &ready, "token", &Id::new("all")).await
    })
}

async fn everyone(tenant: &Tenant) -> Outcome<Id> {
    let tokens = Arc::new(Fixed(tenant.token().to_owned()));
    let client = Client::new(Endpoint::parse(tenant.graph_url())?, tokens, |_| {})?;
    Ok(client.group("All Folkvale", Urgency::Person).await?.id)
}

async fn compare(name: &str, url: &str, token: &str, group: &Id) -> Outcome<()> {
    let tokens = Arc::new(Fixed(token.to_owned()));
    let client = Client::new(Endpoint::parse(url)?, tokens, |_| {})?;
    let first = format!("{url}{}", members::members(group).first.relative()?);
    let (mut alone, mut pages, mut roster) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        alone = alone.min(timed(bare::read_all(first.clone(), token)).await?);
        pages = pages.min(timed(all_pages(&client, group)).await?);
        roster = roster.min(timed(whole_roster(&client, group)).await?);
    }
    let ratio = |time: Duration| time.as_secs_f64() / alone.as_secs_f64();
    println!(
        "{name}: bare loop {alone:.0?}; pages {pages:.0?} ({:.2} ×); roster {roster:.0?} ({:.2} ×)",
        ratio(pages),
        ratio(roster)
    );
    Ok(())
}

async fn timed(work: impl Future<Output = Outcome<usize>>) -> Outcome<Duration> {
    let begun = Instant::now();
    let people = work.await?;
    if people < PEOPLE {
        return Err(format!("only {people} came").into());
    }
    Ok(begun.elapsed())
}

async fn all_pages(client: &Client, group: &Id) -> Outcome<usize> {
    let mut pages = client.pages::<DirectoryObject>(members::members(group), Urgency::Person);
    let mut people = 0;
    while let Some(page) = pages.next().await {
        people += page?.items.len();
    }
    Ok(people)
}

async fn whole_roster(client: &Client, group: &Id) -> Outcome<usize> {
    let mut pages = client.roster(group, Urgency::Person);
    let mut people = 0;
    while let Some(page) = pages.next().await {
        people += page?.members.len();
    }
    Ok(people)
}

/// A server that has every page ready, and does nothing but write it.
fn ready_pages() -> Outcome<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/v1.0", listener.local_addr()?);
    let count = PEOPLE.div_ceil(999);
    let pages: Arc<Vec<Vec<u8>>> = Arc::new((0..count).map(|page| ready_page(&url, page, count)).collect());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let pages = pages.clone();
            std::thread::spawn(move || {
                let mut request = Vec::new();
                let mut buffer = [0; 8192];
                while let Ok(read @ 1..) = stream.read(&mut buffer) {
                    request.extend_from_slice(buffer.get(..read).unwrap_or_default());
                    if !request.ends_with(b"\r\n\r\n") {
                        continue;
                    }
                    let asked = String::from_utf8_lossy(&request).into_owned();
                    let number = asked
                        .split_once("skiptoken=")
                        .and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
                    let body = match number {
                        _ if asked.contains("/owners?") => b"{\"value\":[]}".as_slice(),
                        number => pages.get(number.unwrap_or(0)).map(Vec::as_slice).unwrap_or_default(),
                    };
                    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                    if stream
                        .write_all(head.as_bytes())
                        .and_then(|()| stream.write_all(body))
                        .is_err()
                    {
                        break;
                    }
                    request.clear();
                }
            });
        }
    });
    Ok(url)
}

fn ready_page(url: &str, page: usize, count: usize) -> Vec<u8> {
    let people: Vec<String> = (page * 999..PEOPLE.min((page + 1) * 999))
        .map(|n| {
            format!(
                r##"{{"@odata.type":"#microsoft.graph.user","id":"00000000-0000-4000-8000-{n:012}","displayName":"Firstname Lastname {n}","mail":"firstname.lastname{n}@contoso.example","userPrincipalName":"firstname.lastname{n}@contoso.example","jobTitle":"Principal Something","userType":"Member"}}"##
            )
        })
        .collect();
    let next = if page + 1 < count {
        format!(
            r#""@odata.nextLink":"{url}/groups/all/members?$skiptoken={}","#,
            page + 1
        )
    } else {
        String::new()
    };
    let count = if page == 0 {
        format!(r#""@odata.count":{PEOPLE},"#)
    } else {
        String::new()
    };
    format!(
        r#"{{"@odata.context":"x",{count}{next}"value":[{}]}}"#,
        people.join(",")
    )
    .into_bytes()
}
