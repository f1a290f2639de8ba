//! Replying: sent once, seen again, given back only when it was not sent.

use std::time::Duration;

use folkmoot::app::{Entry, Model, Stage};
use folkmoot::demo::Options;
use folkmoot::domain::Body;
use folkmoot::keys::Place;
use jiff::{SignedDuration, Timestamp};

use crate::program::{Program, Setup, start};

const TEXT: &str = "Agreed, 花子 — see you there.\n\nשלום & <goodbye> 👩\u{200d}👧";

/// Writes a reply to the open thread and sends it.
pub fn reply(program: &Program, text: &str) {
    program.wait_until("no review of an earlier one", |model| model.composer.is_none());
    program.keys("r");
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            program.keys("enter");
        }
        program.types(line);
    }
    program.wait_for_text(text);
    program.keys("ctrl-s");
    program.wait_until("the review", |model| model.place() == Place::Review);
    program.keys("y");
}

/// How many replies the tenant was sent.
fn posted(program: &Program) -> usize {
    program.seen("POST", "/reply").len()
}

/// Waits until so many posts are shown and no reply is under way.
pub fn wait_until_settled(program: &Program, posts: usize) {
    let settled = |model: &Model| {
        let shown = model.posts.posts.ready().is_some_and(|shown| shown.len() == posts);
        shown && model.outbox.is_empty() && model.posts.entries.len() == posts
    };
    program.wait_until("the reply as a post", settled);
}

#[test]
fn a_reply_is_sent_and_seen_as_a_post() {
    let mut program = start(Setup::default());
    let before = program.open_a_thread();
    reply(&program, TEXT);
    program.wait_until("the reply on its way", |model| {
        model.posts.entries.last().is_some_and(|entry| entry.pending.is_some())
    });
    wait_until_settled(&program, before + 1);
    assert_eq!(posted(&program), 1);
    program.wait_for_words("Agreed, 花子");
    let ended = program.quit();
    assert!(ended.model.outbox.is_empty());
    assert_eq!(ended.drafts, [], "the draft has done its work");
}

#[test]
fn a_reply_whose_line_breaks_after_it_was_taken_is_found_and_not_sent_again() {
    let mut program = start(Setup {
        faults: vec!["POST /groups/**/reply@1=drop"],
        ..Setup::default()
    });
    let before = program.open_a_thread();
    reply(&program, TEXT);
    program.wait_for_words("The line broke while sending.");
    wait_until_settled(&program, before + 1);
    assert_eq!(posted(&program), 1);
    assert_eq!(program.quit().drafts, []);
}

#[test]
fn a_reply_whose_line_breaks_is_found_where_this_machines_clock_is_wrong() {
    for hours in [-1, 1] {
        let options = Options {
            now: Some(Timestamp::now() + SignedDuration::from_hours(hours)),
            ..Setup::default().options
        };
        let mut program = start(Setup {
            options,
            faults: vec!["POST /groups/**/reply@1=drop"],
            ..Setup::default()
        });
        let before = program.open_a_thread();
        reply(&program, TEXT);
        program.wait_for_words("The line broke while sending.");
        wait_until_settled(&program, before + 1);
        assert_eq!(posted(&program), 1);
        assert_eq!(program.quit().drafts, []);
    }
}

#[test]
fn a_reply_that_was_refused_comes_back_as_text_and_can_be_sent_again() {
    let mut program = start(Setup {
        faults: vec!["POST /groups/**/reply@1=403"],
        ..Setup::default()
    });
    let before = program.open_a_thread();
    reply(&program, TEXT);
    program.wait_until("the text back", |model| {
        let open = model.composer.as_ref();
        open.is_some_and(|open| open.editor.text() == TEXT && open.send_problem.is_some())
    });
    assert_eq!(posted(&program), 1, "nothing is sent again by itself");
    program.wait_until("the text on disk", |model| {
        model.composer.as_ref().is_some_and(|open| open.is_saved())
    });
    assert_eq!(program.drafts(), [(TEXT.to_owned(), "writing".to_owned())]);
    program.keys("ctrl-s");
    program.wait_until("the review", |model| model.place() == Place::Review);
    program.keys("y");
    wait_until_settled(&program, before + 1);
    assert_eq!(posted(&program), 2);
    program.quit();
}

#[test]
fn a_reply_that_graph_asks_to_wait_with_goes_by_itself() {
    let mut program = start(Setup {
        faults: vec!["POST /groups/**/reply@1=429:1"],
        ..Setup::default()
    });
    let before = program.open_a_thread();
    reply(&program, TEXT);
    wait_until_settled(&program, before + 1);
    assert_eq!(posted(&program), 2, "the first was surely not taken");
    assert_eq!(program.quit().drafts, []);
}

#[test]
fn two_replies_of_the_same_words_become_two_posts() {
    let mut program = start(Setup::default());
    let before = program.open_a_thread();
    reply(&program, "ok");
    reply(&program, "ok");
    wait_until_settled(&program, before + 2);
    assert_eq!(posted(&program), 2);
    assert_eq!(program.quit().drafts, []);
}

#[test]
fn leaving_while_a_reply_is_sent_leaves_it_to_be_looked_for() {
    let mut program = start(Setup {
        faults: vec!["POST /groups/**/reply@1=hang"],
        ..Setup::default()
    });
    program.open_a_thread();
    reply(&program, TEXT);
    program.wait_until_seen("the reply", |seen| {
        seen.iter().any(|seen| seen.path.ends_with("/reply"))
    });
    let ended = program.quit();
    assert!(matches!(ended.model.outbox[0].stage, Stage::Sending(_)));
    assert_eq!(ended.drafts, [(TEXT.to_owned(), "sending".to_owned())]);
}

#[test]
fn a_reply_that_is_accepted_but_not_seen_is_recorded_as_accepted() {
    let mut program = start(Setup {
        options: Options {
            visible_after: Duration::from_secs(3600),
            ..Options::default()
        },
        ..Setup::default()
    });
    program.open_a_thread();
    reply(&program, TEXT);
    program.wait_until("a look that found nothing", |model| {
        model
            .outbox
            .first()
            .is_some_and(|out| matches!(out.stage, Stage::Seeking { looks: 1.., .. }))
    });
    assert_eq!(program.quit().drafts, [(TEXT.to_owned(), "accepted".to_owned())]);
}

#[test]
fn a_program_that_may_not_write_sends_nothing() {
    let mut program = start(Setup {
        read_only: true,
        ..Setup::default()
    });
    program.open_a_thread();
    program.keys("r");
    program.wait_for_words("--read-only");
    program.quit();
    assert_eq!(posted(&program), 0);
}

/// Answers the thread that is open, as somebody else.
fn hanako_writes(program: &Program, text: &str) {
    let (group, thread) = program.wait_for("an open thread", |model| {
        Some((
            model.group.as_ref()?.id.clone(),
            model.posts.thread.as_ref()?.id.clone(),
        ))
    });
    let mut url: url::Url = program.tenant.graph_url().parse().unwrap();
    let path = ["groups", group.as_str(), "threads", thread.as_str(), "reply"];
    url.path_segments_mut().unwrap().pop_if_empty().extend(path);
    let body = serde_json::json!({"post": {"body": {"contentType": "html", "content": format!("<p>{text}</p>")}}});
    let request = reqwest::Client::new()
        .post(url)
        .bearer_auth(program.tenant.token_for("hanako.yamada"))
        .json(&body);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let answer = runtime.unwrap().block_on(request.send()).unwrap();
    assert_eq!(answer.status(), 202);
}

/// The posts that are shown: which of these texts each has, if any, and whether it is on its way.
fn shown(model: &Model, texts: &[&'static str]) -> Vec<(Option<&'static str>, bool)> {
    let text = |entry: &Entry| {
        let body = match &entry.post.body {
            Body::Html(html) => html.source().to_owned(),
            Body::Plain(text) => text.as_str().to_owned(),
        };
        texts.iter().copied().find(|text| body.contains(text))
    };
    let entries = model.posts.entries.iter();
    entries.map(|entry| (text(entry), entry.pending.is_some())).collect()
}

#[test]
fn a_reply_before_the_first_answer_of_a_thread_stands_once_and_behind_what_others_wrote_before() {
    let texts = ["from hanako, first", "from oneself", "from hanako, last"];
    let mut program = start(Setup {
        // Each look at the posts takes its time, the first one, too.
        faults: vec!["GET /groups/*/threads/*/posts@*=latency:4000"],
        ..Setup::default()
    });
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    program.keys("enter");
    let unlocked = program.wait_for("threads", |model| {
        let threads = model.threads.list.items.ready()?;
        threads.iter().position(|thread| !thread.is_locked)
    });
    for _ in 0..unlocked {
        program.keys("j");
    }
    program.keys("enter");
    // Graph tells the times of posts in seconds.
    let second = Duration::from_millis(1_100);
    hanako_writes(&program, texts[0]);
    std::thread::sleep(second);
    reply(&program, texts[1]);
    program.wait_until("the reply, on its way", |model| {
        shown(model, &texts).contains(&(Some(texts[1]), true))
    });
    program.wait_until_seen("the reply, too", |seen| {
        seen.iter().filter(|seen| seen.path.ends_with("/reply")).count() == 2
    });
    std::thread::sleep(second);
    hanako_writes(&program, texts[2]);
    program.wait_until("the three of them, each once and in order", |model| {
        let all = shown(model, &texts);
        let ours: Vec<_> = all.iter().filter(|(text, _)| text.is_some()).collect();
        // What is on its way stands below all posts.
        let mut on_their_way = all.iter().skip_while(|(_, pending)| !pending);
        assert!(on_their_way.all(|(_, pending)| *pending), "{all:?}");
        ours.iter().map(|(text, _)| *text).eq(texts.map(Some))
            && all.iter().all(|(_, pending)| !pending)
            && model.outbox.is_empty()
    });
    assert_eq!(posted(&program), 3, "two of hers, one of ours");
    assert_eq!(program.quit().drafts, []);
}
