//! What each row of the table measures.

use std::fs;
use std::time::{Duration, Instant};

use folkmoot::domain::Id;
use folkmoot::graph::members;
use serde_json::json;

use crate::bare;
use crate::driven::{Driven, ENTER, Response};
use crate::tenant::{EVERYONE, FIRST, Tenant};

const LOW_BANDWIDTH: &str = "[time]\ndates = \"absolute\"\n[layout]\nlow_bandwidth = true\n";

/// The value below which so many of a hundred lie.
fn percentile<T: Copy + PartialOrd>(values: &[T], percent: usize) -> T {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
    sorted[(sorted.len() - 1) * percent / 100]
}

fn median<T: Copy + PartialOrd>(values: &[T]) -> T {
    percentile(values, 50)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

pub fn spread(times: &[Duration]) -> String {
    let [p50, p99] = [50, 99].map(|percent| millis(percentile(times, percent)));
    format!("p50 {p50:.2}, p99 {p99:.2} ms ({} keys)", times.len())
}

/// Starts so often, and measures until something is seen.
fn starts(seen: impl Fn(&mut Driven) -> Instant) -> String {
    let tenant = Tenant::serve(&[]);
    let mut times = Vec::new();
    for _ in 0..21 {
        let mut driven = Driven::start(&tenant);
        let at = seen(&mut driven);
        times.push(at - driven.pty.started);
    }
    said_of_starts(&times)
}

fn said_of_starts(times: &[Duration]) -> String {
    let least = times.iter().min().copied().unwrap();
    format!(
        "{:.1} ms (median of {}; least {:.1})",
        millis(median(times)),
        times.len(),
        millis(least)
    )
}

pub fn first_frame() -> String {
    starts(Driven::first_frame)
}

pub fn groups_shown() -> String {
    starts(|driven| driven.until(FIRST))
}

/// Groups that come from the store: Graph is slower.
pub fn groups_kept() -> String {
    let tenant = Tenant::serve(&["--latency", "300"]);
    let mut driven = Driven::start(&tenant);
    driven.until(FIRST);
    driven.settle();
    let mut times = Vec::new();
    for _ in 0..21 {
        driven = Driven::at_home(&tenant, driven.leave());
        times.push(driven.until(FIRST) - driven.pty.started);
        driven.settle();
    }
    said_of_starts(&times)
}

/// A tenant of a hundred thousand people, and the number that the group of everyone has.
fn many() -> (Tenant, String, usize) {
    let tenant = Tenant::serve(&["--people", "100000"]);
    let group = Id::new(tenant.group(EVERYONE));
    let first = members::members(&group).first.relative().unwrap();
    let first = format!("{}{first}", tenant.graph_url);
    let count = tenant.run(bare::read_all(first.clone(), &tenant.token)).unwrap();
    (tenant, first, count)
}

/// The program, with all members loaded and the keyboard among them.
fn in_members(tenant: &Tenant, count: usize, toml: &str) -> Driven {
    let mut driven = Driven::configured(tenant, toml);
    driven.opens_everyone();
    driven.all_members(count);
    driven.pty.press("2");
    driven.settle();
    driven
}

fn members_of_default() -> (Tenant, Driven) {
    let tenant = Tenant::serve(&[]);
    let driven = in_members(&tenant, 267, "[time]\ndates = \"absolute\"\n");
    (tenant, driven)
}

fn last(responses: &[Response]) -> Vec<Duration> {
    responses.iter().map(|response| response.last).collect()
}

fn bytes(responses: &[Response]) -> Vec<usize> {
    responses.iter().map(|response| response.bytes).collect()
}

pub fn j_in_many() -> String {
    let (tenant, _, count) = many();
    let mut driven = in_members(&tenant, count, "");
    driven.keys("j", 20);
    spread(&last(&driven.keys("j", 400)))
}

pub fn j_in_few() -> String {
    let (_tenant, mut driven) = members_of_default();
    driven.keys("j", 20);
    let mut responses = Vec::new();
    for _ in 0..2 {
        responses.extend(driven.keys("j", 200));
        driven.key("g");
        driven.keys("j", 20);
    }
    spread(&last(&responses))
}

pub fn floor() -> String {
    let mut driven = Driven::floor();
    driven.first_frame();
    driven.keys("j", 20);
    spread(&last(&driven.keys("j", 400)))
}

/// Types words into the filter of a hundred thousand members.
fn filtering(which: impl Fn(&Response) -> Duration) -> String {
    let (tenant, _, count) = many();
    let mut driven = in_members(&tenant, count, "");
    let mut times = Vec::new();
    for word in ["lantern", "mottenf", "ana s", "folkvale", "glüh", "works"] {
        driven.key("/");
        for letter in word.chars() {
            times.push(which(&driven.key(&letter.to_string())));
        }
        driven.key("\x1b");
        driven.settle();
    }
    spread(&times)
}

pub fn filter_echo() -> String {
    filtering(|response| response.first)
}

pub fn filter_results() -> String {
    filtering(|response| response.last)
}

fn said(bytes: &[usize]) -> String {
    format!(
        "{} median, {} at most ({} keys)",
        median(bytes),
        percentile(bytes, 100),
        bytes.len()
    )
}

pub fn bytes_of_a_move() -> String {
    let (_tenant, mut driven) = members_of_default();
    said(&bytes(&driven.keys("j", 15)))
}

pub fn bytes_of_members() -> String {
    let (_tenant, mut driven) = members_of_default();
    driven.keys("j", 20);
    said(&bytes(&driven.keys("j", 200)))
}

/// A tenant whose first group has many threads, and the program with the keyboard among them.
fn in_threads(toml: &str) -> (Tenant, Driven) {
    let tenant = Tenant::serve(&["--threads", "500"]);
    let mut driven = Driven::configured(&tenant, toml);
    driven.until("Launch stand-up notes");
    driven.pty.press("3");
    driven.settle();
    (tenant, driven)
}

pub fn bytes_of_threads() -> String {
    let (_tenant, mut driven) = in_threads("[time]\ndates = \"absolute\"\n");
    driven.keys("j", 10);
    said(&bytes(&driven.keys("j", 200)))
}

/// The program with the keyboard at the top of a long thread.
fn in_posts(toml: &str) -> (Tenant, Driven) {
    let tenant = Tenant::serve(&[]);
    let mut driven = Driven::configured(&tenant, toml);
    driven.until("Launch stand-up notes");
    driven.pty.press(["3", ENTER].concat());
    driven.until("35 posts");
    driven.settle();
    driven.key("g");
    (tenant, driven)
}

pub fn bytes_of_posts() -> String {
    let (_tenant, mut driven) = in_posts("[time]\ndates = \"absolute\"\n");
    // Until the cursor's post is the last that fits, nothing scrolls.
    driven.keys("j", 6);
    said(&bytes(&driven.keys("j", 24)))
}

pub fn bytes_in_low_bandwidth() -> String {
    let mean = |responses: &[Response]| bytes(responses).iter().sum::<usize>() / responses.len();
    let tenant = Tenant::serve(&[]);
    let members = mean(&in_members(&tenant, 267, LOW_BANDWIDTH).keys("j", 200));
    let (_tenant, mut driven) = in_threads(LOW_BANDWIDTH);
    let threads = mean(&driven.keys("j", 200));
    let (_tenant, mut driven) = in_posts(LOW_BANDWIDTH);
    let posts = mean(&driven.keys("j", 30));
    format!("members {members}, threads {threads}, posts {posts}")
}

pub fn idle() -> String {
    let (_tenant, mut driven) = in_posts("[time]\ndates = \"absolute\"\n");
    driven.settle();
    let (written, cpu) = (driven.pty.written().len(), driven.cpu());
    let begun = Instant::now();
    while let Some(left) = Duration::from_secs(10).checked_sub(begun.elapsed()) {
        driven.pty.read(left);
    }
    let spent = driven.cpu().since(&cpu);
    format!(
        "{} bytes, {:.1} ms CPU",
        driven.pty.written().len() - written,
        millis(spent)
    )
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

pub fn memory() -> String {
    let (_tenant, mut driven) = in_posts("");
    driven.settle();
    megabytes(driven.peak_memory())
}

pub fn many_members() -> String {
    let (tenant, first, count) = many();
    let (mut alone, mut program) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let begun = Instant::now();
        tenant.run(bare::read_all(first.clone(), &tenant.token)).unwrap();
        alone.push(begun.elapsed());
        let mut driven = Driven::start(&tenant);
        let asked = driven.opens_everyone();
        program.push(driven.all_members(count) - asked);
    }
    let (alone, program) = (millis(median(&alone)), millis(median(&program)));
    format!("{:.2} × ({program:.0} ms against {alone:.0} ms)", program / alone)
}

pub fn memory_of_many() -> String {
    let (tenant, _, count) = many();
    let mut driven = in_members(&tenant, count, "");
    driven.settle();
    megabytes(driven.peak_memory())
}

/// A body of so many bytes: paragraphs as Word writes them, in tables in tables.
fn nested_tables(bytes: usize) -> String {
    let open =
        "<table width=\"600\" cellpadding=\"0\" style=\"border-collapse:collapse\"><tr><td style=\"padding:4px\">";
    let paragraph = "<p class=\"MsoNormal\" style=\"margin:0in;font-size:11pt;font-family:Calibri,sans-serif\"><span \
        style=\"color:#1F497D\">The quick <b>brown</b> fox — 山田 花子, שלום — jumps over <a \
        href=\"https://contoso.example/a\">the lazy dog</a>.</span><o:p></o:p></p>";
    let block = format!(
        "{}{}{}",
        open.repeat(6),
        paragraph.repeat(4),
        "</td></tr></table>".repeat(6)
    );
    // The list of threads shows the beginning, too: what is waited for stands behind it.
    let beginning = "<p>Beginning. </p>".repeat(8);
    format!(
        "<div>{beginning}<p>Leuchtfeuer</p>{}</div>",
        block.repeat(bytes / block.len() + 1)
    )
}

pub fn heavy_post() -> String {
    let tenant = Tenant::serve(&[]);
    let group = tenant.group(FIRST);
    let threads = tenant.get(&format!("/groups/{group}/threads"));
    let threads = threads["value"].as_array().unwrap();
    let thread = threads
        .iter()
        .find(|thread| thread["topic"] == "Container 3 is on the wrong quay");
    let thread = thread.unwrap()["id"].as_str().unwrap();
    let content = nested_tables(200_000);
    let body = json!({"post": {"body": {"contentType": "html", "content": content}}});
    tenant.post(&format!("/groups/{group}/threads/{thread}/reply"), &body);
    // It becomes visible late, as in Graph.
    std::thread::sleep(Duration::from_secs(3));
    let mut times = Vec::new();
    for _ in 0..11 {
        let mut driven = Driven::start(&tenant);
        driven.until("Beginning.");
        let asked = Instant::now();
        driven.pty.press(["3", ENTER].concat());
        times.push(driven.until("Leuchtfeuer") - asked);
    }
    format!(
        "{:.1} ms (median of {}, reading it included)",
        millis(median(&times)),
        times.len()
    )
}

pub fn key_to_disk() -> String {
    let (_tenant, mut driven) = in_posts("");
    driven.pty.press("r");
    driven.until("Reply · saved");
    driven.settle();
    let folder = driven.home.path().join("state/folkmoot/default/drafts");
    let mut typed = String::new();
    let mut times = Vec::new();
    for letter in ('a'..='z').cycle().take(60) {
        typed.push(letter);
        let pressed = Instant::now();
        driven.pty.press(letter.to_string());
        let wanted = format!("\"{typed}\"");
        let has_it = |entry: std::io::Result<fs::DirEntry>| {
            let path = entry.unwrap().path();
            path.extension().is_some_and(|extension| extension == "json")
                && fs::read_to_string(path).is_ok_and(|draft| draft.contains(&wanted))
        };
        while !fs::read_dir(&folder).unwrap().any(has_it) {
            driven.pty.read(Duration::from_millis(1));
        }
        times.push(pressed.elapsed());
        driven.pty.read(Duration::from_millis(100));
    }
    spread(&times)
}
