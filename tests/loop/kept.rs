//! A second start: what was seen before is there at once, whatever has become of Graph.

use folkmoot::app::Model;
use folkmoot::protocol::{ProblemKind, Query, Scope, Section};
use folkmoot::store::Store;

use crate::program::{Program, Setup, start};

/// A run in which somebody has read a thread and looked at their own profile, and how many groups, members, threads and
/// posts that were.
fn seen_before() -> (Program, [usize; 4]) {
    let mut program = start(Setup::default());
    program.open_a_thread();
    program.keys("M");
    program.wait_until("all of the profile", |model| {
        model.profile().is_some_and(|profile| {
            Section::ALL
                .into_iter()
                .all(|section| profile.section(section).ready().is_some())
        })
    });
    // Whoever leaves before the answer has ended breaks it off, and it is not kept.
    program.wait_for_store("the card", |store| !store.recent_people(1).unwrap().is_empty());
    program.keys("esc");
    let (counts, asked) = program.wait_for("everything", |model| {
        model.members.list.items.ready()?;
        Some((counts(model), asked(model)?))
    });
    for query in asked {
        let is_kept = |store: &Store| store.recall(&query).unwrap().is_some();
        program.wait_for_store(&format!("{query:?}"), is_kept);
    }
    program.quit();
    (program, counts)
}

/// What that run has asked for besides the card, all of which is kept.
fn asked(model: &Model) -> Option<[Query; 5]> {
    let group = model.group.as_ref()?.id.clone();
    let thread = model.posts.thread.as_ref()?.id.clone();
    model.me.ready()?;
    let (scope, term, since) = (Scope::Mine, None, None);
    Some([
        Query::Me,
        Query::Groups { scope, term },
        Query::Members { group: group.clone() },
        Query::Threads {
            group: group.clone(),
            since,
        },
        Query::Posts { group, thread },
    ])
}

fn counts(model: &Model) -> [usize; 4] {
    let (groups, members) = (model.groups.list.loaded(), model.members.list.loaded());
    let posts = model.posts.posts.shown().map_or(0, Vec::len);
    [groups, members, model.threads.list.loaded(), posts]
}

fn with_faults(faults: Vec<&'static str>) -> Setup {
    Setup {
        faults,
        ..Setup::default()
    }
}

/// Goes to the thread that was read before, as far as the store leads.
fn go_to_the_thread(program: &Program) {
    program.wait_until("groups", |model| model.groups.list.loaded() > 0);
    program.keys("enter");
    let open = program.wait_for("threads", |model| {
        let threads = model.threads.list.items.shown()?;
        threads.iter().position(|thread| !thread.is_locked)
    });
    for _ in 0..open {
        program.keys("j");
    }
    program.keys("enter");
}

#[test]
fn everything_that_was_seen_is_there_while_graph_hangs() {
    let (before, counted) = seen_before();
    let mut program = before.again_with(with_faults(vec!["/**@*=hang"]));
    go_to_the_thread(&program);
    program.wait_until("what was there before, with its age", |model| {
        let ages = [
            model.groups.list.kept,
            model.members.list.kept,
            model.threads.list.kept,
            model.posts.kept,
        ];
        counts(model) == counted && ages.iter().all(Option::is_some)
    });
    program.wait_for_words(" old");
    program.keys("M");
    program.wait_until("my own profile", |model| {
        let profile = model.profile();
        profile.is_some_and(|profile| profile.kept.is_some() && profile.section(Section::Groups).shown().is_some())
    });
    let ended = program.quit();
    assert!(ended.model.groups.list.items.is_loading(), "nothing has answered");
}

#[test]
fn the_conversations_are_there_while_graph_hangs() {
    let mut program = start(Setup::default());
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    program.keys("enter v");
    let (group, count) = program.wait_for("conversations", |model| {
        let all = model.conversations.list.items.ready()?;
        Some((model.group.as_ref()?.id.clone(), all.len()))
    });
    assert!(count > 0);
    let query = Query::Conversations { group, since: None };
    program.wait_for_store("conversations", |store| store.recall(&query).unwrap().is_some());
    program.quit();
    let mut program = program.again_with(with_faults(vec!["/**@*=hang"]));
    program.wait_until("groups", |model| model.groups.list.loaded() > 0);
    program.keys("enter v");
    program.wait_until("the same conversations, with their age", |model| {
        let list = &model.conversations.list;
        list.loaded() == count && list.kept.is_some() && list.items.is_loading()
    });
    program.wait_for_words(" old");
    program.quit();
}

#[test]
fn without_a_network_it_is_a_reader_of_what_it_has_and_reads_on_when_there_is_one() {
    let (before, counted) = seen_before();
    let mut program = before.again_with(with_faults(vec!["/**@*=drop"]));
    go_to_the_thread(&program);
    program.wait_until("what was there before, and why there is no more", |model| {
        let problems = [model.groups.list.items.problem(), model.posts.posts.problem()];
        let offline = |kind| kind == Some(ProblemKind::Network);
        counts(model) == counted
            && problems
                .iter()
                .all(|problem| offline(problem.map(|problem| problem.kind)))
    });
    program.wait_for_words("offline, ");
    program.tenant.clear_faults();
    program.keys("ctrl-r");
    program.wait_until("the posts as they are", |model| {
        model.posts.posts.ready().is_some() && model.posts.kept.is_none()
    });
    program.quit();
}

#[test]
fn a_broken_store_is_put_aside_with_a_word_and_everything_works_on() {
    let (before, counted) = seen_before();
    before.wait_until_closed();
    std::fs::write(
        before.store_path(),
        "garbage, and enough of it to be taken for something else",
    )
    .unwrap();
    let mut program = before.again();
    program.wait_for_words("What was kept is damaged");
    program.wait_until("the groups", |model| {
        model
            .groups
            .list
            .items
            .ready()
            .is_some_and(|groups| groups.len() == counted[0])
    });
    program.wait_until_kept(2);
    program.quit();
    assert!(Store::open(&before.store_path()).unwrap().1.is_none());
}

#[test]
fn a_store_that_cannot_be_made_is_told_once() {
    let mut program = start(Setup::default());
    program.wait_until_kept(1);
    program.quit();
    let state = program.store_path().parent().unwrap().to_owned();
    std::fs::remove_dir_all(&state).unwrap();
    std::fs::write(&state, "a file where the folder should be").unwrap();
    let mut program = program.again();
    program.wait_for_words("What is read is not kept");
    program.open_a_thread();
    program.quit();
}

#[test]
fn a_list_that_may_not_be_seen_any_more_is_forgotten_and_the_pane_names_the_permission() {
    let (before, counted) = seen_before();
    let denied = vec![
        "GET /groups/*/members@*=403",
        "GET /groups/*/members/**@*=403",
        "GET /groups/*/owners@*=403",
        "GET /groups/*/owners/**@*=403",
        "GET /groups/*/threads@*=403:ErrorAccessDenied",
    ];
    let mut program = before.again_with(with_faults(denied));
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    program.keys("enter");
    program.wait_until("both refusals", |model| {
        let problems = [model.members.list.items.problem(), model.threads.list.items.problem()];
        let forbidden = |kind| kind == Some(ProblemKind::Forbidden);
        problems
            .iter()
            .all(|problem| forbidden(problem.map(|problem| problem.kind)))
    });
    program.wait_until("nothing of what was kept", |model| {
        (model.members.list.loaded(), model.threads.list.loaded()) == (0, 0)
    });
    program.wait_for_words("GroupMember.Read.All");
    let group = program.wait_for("the group", |model| Some(model.group.as_ref()?.id.clone()));
    let since = None;
    for query in [Query::Members { group: group.clone() }, Query::Threads { group, since }] {
        program.wait_for_store("nothing of it", |store| store.recall(&query).unwrap().is_none());
    }
    program.quit();
    // The next run, which cannot ask, has the groups and no more.
    let mut program = program.again_with(with_faults(vec!["/**@*=hang"]));
    program.wait_until("groups, and who one is", |model| {
        model.groups.list.loaded() == counted[0] && model.me.shown().is_some()
    });
    program.keys("enter M");
    program.wait_until("the profile, which is kept", |model| {
        model.profile().is_some_and(|profile| profile.kept.is_some())
    });
    let ended = program.quit();
    assert_eq!(counts(&ended.model)[1..3], [0, 0]);
}

#[test]
fn the_finder_has_whom_earlier_runs_have_seen_while_graph_hangs() {
    let (before, _) = seen_before();
    let mut program = before.again_with(with_faults(vec!["/**@*=hang"]));
    program.keys("@");
    let me = program.wait_for("whose profile was read last", |model| {
        let finder = model.finder.as_ref()?;
        finder.age(0)?;
        finder.list.get(0).cloned()
    });
    let beginning: String = me.name.as_str().chars().take(3).collect();
    program.types(&beginning);
    program.wait_until("the same person, found", |model| {
        let finder = model.finder.as_ref();
        finder.is_some_and(|finder| {
            finder.list.is_filter_current() && finder.list.selected().map(|person| &person.id) == Some(&me.id)
        })
    });
    program.keys("enter");
    program.wait_until("the profile of the store", |model| {
        let profile = model.profile();
        profile.is_some_and(|profile| profile.kept.is_some() && profile.card().is_some())
    });
    program.keys("t");
    program.wait_until("the line of managers, out of the card", |model| {
        let org = model.org.as_ref();
        org.is_some_and(|org| org.kept().is_some() && org.tree.known() > 0)
    });
    program.quit();
}
