//! Reading, and never waiting for the network with a key in hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use folkmoot::app::{Overlay, RawKind, What};
use folkmoot::domain::Body;
use folkmoot::layout::Pane;
use folkmoot::protocol::{Claims, Problem, ProblemKind, Section, Token, TokenFuture, TokenSource};

use crate::program::{Setup, start};

#[test]
fn from_groups_to_posts_and_to_a_person() {
    let mut program = start(Setup::default());
    let posts = program.open_a_thread();
    assert!(posts > 0);
    let (author, topic) = program.wait_for("an author", |model| {
        let thread = model.posts.thread.as_ref()?;
        Some((model.posts.selected()?.post.author().name.clone(), thread.topic.clone()))
    });
    program.wait_for_words(author.as_str());
    program.wait_for_words(&topic.as_str()[..topic.as_str().len().min(8)]);
    program.keys("y");
    assert!(!program.wait_for_copy().is_empty());
    program.keys("M");
    program.wait_until("my own profile, with all its sections", |model| {
        model.profile().is_some_and(|profile| {
            Section::ALL
                .into_iter()
                .all(|section| profile.section(section).ready().is_some())
        })
    });
    program.keys("esc esc esc");
    program.wait_until("the groups", |model| model.focus == Pane::Groups);
    program.quit();
}

/// Where a post reads badly: who sent it, all that Graph says of it, and its source, one after the other.
#[test]
fn a_post_is_shown_as_graph_has_it() {
    let mut program = start(Setup::default());
    program.open_a_thread();
    let post = program.wait_for("a post", |model| Some(model.posts.selected()?.post.clone()));
    program.keys("J");
    let rows_of = |kind: RawKind| {
        program.wait_for("the raw view", |model| match &model.overlay {
            Some(Overlay::Raw(raw)) if raw.shown == Some(kind) => Some(raw.rows.concat()),
            _ => None,
        })
    };
    let headers = rows_of(RawKind::Headers);
    assert!(headers.contains(post.author().name.as_str()), "{headers}");
    program.wait_for_words("Headers");
    program.keys("J");
    assert!(rows_of(RawKind::Json).contains("\"receivedDateTime\""));
    program.keys("J");
    let Body::Html(body) = &post.body else {
        panic!("the demo tenant's posts are HTML")
    };
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    let source = rows_of(RawKind::Source);
    assert!(source.contains('<'), "{source}");
    assert!(
        letters(body.source()).starts_with(&letters(&source).chars().take(40).collect::<String>()),
        "{source}"
    );
    program.keys("J");
    assert!(rows_of(RawKind::Extensions).starts_with("No application"));
    program.keys("J");
    rows_of(RawKind::Headers);
    program.keys("esc");
    program.wait_until("the posts again", |model| model.overlay.is_none());
    program.quit();
}

#[test]
fn keys_are_taken_while_the_server_hangs() {
    let mut program = start(Setup {
        faults: vec!["GET /groups/*/threads@*=hang", "GET /groups/*/members@*=hang"],
        ..Setup::default()
    });
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    program.keys("enter");
    program.wait_until_seen("threads asked for", |seen| {
        seen.iter().any(|seen| seen.path.ends_with("/threads"))
    });
    program.keys("1 /");
    program.types("glow 灯");
    program.wait_for_words("/glow 灯");
    program.wait_until("threads still awaited", |model| model.threads.list.items.is_loading());
    program.keys("esc ?");
    program.wait_until("help", |model| model.help.is_some());
    program.keys("esc");
    let ended = program.quit();
    assert!(ended.model.threads.list.items.is_loading(), "nothing was waited for");
}

#[test]
fn what_is_no_longer_wanted_is_aborted() {
    let mut program = start(Setup {
        faults: vec!["GET /groups/*/threads@*=hang"],
        ..Setup::default()
    });
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    program.keys("enter");
    program.wait_until_seen("threads asked for", |seen| {
        seen.iter().any(|seen| seen.path.ends_with("/threads"))
    });
    program.keys("1 j j enter");
    program.wait_until_seen("the first request aborted", |seen| {
        seen.iter().any(|seen| seen.path.ends_with("/threads") && seen.aborted)
    });
    program.quit();
}

#[test]
fn a_pane_that_cannot_be_read_says_so_and_is_read_again() {
    let mut program = start(Setup {
        faults: vec!["GET /groups/*/threads@1=expired", "GET /groups/*/threads@2=expired"],
        ..Setup::default()
    });
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    program.keys("enter");
    let problem = program.wait_for("a problem", |model| model.threads.list.items.problem().cloned());
    assert_eq!(problem.kind, ProblemKind::SignIn);
    program.wait_for_words(&problem.what.as_str()[..20]);
    program.tenant.clear_faults();
    program.keys("ctrl-r");
    program.wait_until("threads", |model| model.threads.list.items.ready().is_some());
    program.quit();
}

#[test]
fn a_flood_of_messages_holds_up_neither_keys_nor_the_end() {
    let mut program = start(Setup::default());
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    let (flood, inbox) = (Arc::new(AtomicBool::new(true)), program.inbox.clone());
    let (on, sent) = (flood.clone(), Arc::new(AtomicUsize::new(0)));
    let count = sent.clone();
    let source = std::thread::spawn(move || {
        let problem = Problem::new(ProblemKind::General, "one of very many", "");
        while on.load(Ordering::Relaxed) && inbox.blocking_send(What::Failed(problem.clone())).is_ok() {
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    program.wait_for_words("one of very many");
    program.keys("/");
    program.types("in a flood");
    program.wait_for_words("in a flood");
    program.keys("esc ?");
    program.wait_until("help", |model| model.help.is_some());
    program.wait_until("very many messages", |_| sent.load(Ordering::Relaxed) > 1_000);
    program.quit();
    flood.store(false, Ordering::Relaxed);
    source.join().unwrap();
}

/// A purse that falls to pieces.
struct Broken;

impl TokenSource for Broken {
    fn token(&self) -> TokenFuture<'_> {
        panic!("on purpose")
    }

    fn renew<'a>(&'a self, _: &'a Token, _demanded: Option<&'a Claims>) -> TokenFuture<'a> {
        panic!("on purpose")
    }
}

#[test]
fn a_panic_in_the_worker_is_a_problem_on_the_screen() {
    let mut program = start(Setup {
        tokens: Some(Arc::new(Broken)),
        ..Setup::default()
    });
    let groups = program.wait_for("a problem with the groups", |model| {
        model.groups.list.items.problem().cloned()
    });
    let me = program.wait_for("a problem with myself", |model| model.me.problem().cloned());
    for problem in [groups, me] {
        assert_eq!(problem.kind, ProblemKind::General);
        assert!(problem.next.as_str().starts_with("Try again"), "{problem}");
    }
    program.keys("?");
    program.wait_until("help", |model| model.help.is_some());
    program.quit();
}
