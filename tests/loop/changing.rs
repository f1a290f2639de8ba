//! Changing threads: locked, opened again, deleted, and told truly where the line broke.

use folkmoot::app::{Model, Overlay};
use folkmoot::keys::Place;
use folkmoot::layout::Pane;

use crate::program::{Program, Setup, start};

fn with_fault(fault: &'static str) -> Setup {
    Setup {
        faults: vec![fault],
        ..Setup::default()
    }
}

/// Opens a thread and goes back to the list; gives how many threads there are.
fn go_to_a_thread(program: &Program) -> usize {
    program.open_a_thread();
    program.keys("3");
    program.wait_for("threads", |model| {
        let threads = model.threads.list.items.ready()?;
        (model.focus == Pane::Threads).then_some(threads.len())
    })
}

/// Confirms that the thread in hand is to go.
fn delete(program: &Program) {
    program.keys("X");
    let words = program.wait_for("the count of what goes", |model| match &model.overlay {
        Some(Overlay::Deletion(asked)) => asked.wanted(),
        _ => None,
    });
    program.types(&words);
    program.keys("enter");
}

fn threads(model: &Model) -> usize {
    model.threads.list.items.shown().map_or(0, |threads| threads.len())
}

#[test]
fn a_locked_thread_takes_no_replies_until_it_is_opened_again() {
    let mut program = start(Setup::default());
    go_to_a_thread(&program);
    program.keys("L");
    program.wait_for_words("is locked: it takes no replies.");
    program.keys("r");
    program.wait_for_words("This thread is locked: it takes no replies.");
    // Graph says so, too. Other groups' lists are fetched ahead meanwhile.
    let locked = program.seen("PATCH", "/threads/");
    let (list, _) = locked[0].path.rsplit_once('/').unwrap();
    let reads = || program.seen("GET", list).iter().filter(|it| it.path == list).count();
    let before = reads();
    program.keys("ctrl-r");
    program.wait_until_seen("the list asked for again", |_| reads() > before);
    program.wait_until("the list, read again", |model| {
        let selected = model.threads.list.items.ready().and(model.threads.list.selected());
        selected.is_some_and(|thread| thread.is_locked)
    });
    program.keys("L");
    program.wait_for_words("takes replies again.");
    program.keys("r");
    program.wait_until("the composer", |model| model.place() == Place::Composer);
    assert_eq!(program.seen("PATCH", "/threads/").len(), 2);
    program.quit();
}

#[test]
fn a_deleted_thread_is_gone_from_graph_and_from_the_store() {
    let mut program = start(Setup::default());
    let before = go_to_a_thread(&program);
    program.wait_until_kept(4);
    delete(&program);
    program.wait_for_words("is deleted.");
    program.wait_until("a thread less", |model| threads(model) == before - 1);
    assert_eq!(program.seen("DELETE", "/threads/").len(), 1);
    program.quit();
    program.wait_until_closed();
    // Nothing answers any more: what is shown is what is kept.
    let mut again = program.again_with(with_fault("/**@*=hang"));
    again.wait_until("groups", |model| model.groups.list.loaded() > 0);
    again.keys("enter");
    again.wait_until("threads of the store", |model| model.threads.list.kept.is_some());
    assert_eq!(threads(&again.quit().model), before - 1);
}

#[test]
fn a_thread_is_told_to_be_gone_where_only_the_answer_was_lost() {
    let mut program = start(with_fault("DELETE /groups/**@1=drop"));
    let before = go_to_a_thread(&program);
    delete(&program);
    program.wait_for_words("is deleted.");
    program.wait_until("a thread less", |model| threads(model) == before - 1);
    assert_eq!(program.seen("DELETE", "/threads/").len(), 1, "once");
    program.quit();
}

#[test]
fn a_thread_stays_where_graph_did_nothing_and_may_be_deleted_again() {
    let mut program = start(with_fault("DELETE /groups/**@1=503"));
    let before = go_to_a_thread(&program);
    delete(&program);
    program.wait_for_words("Graph shows no change so far.");
    assert_eq!(program.seen("DELETE", "/threads/").len(), 1, "never again by itself");
    delete(&program);
    program.wait_until("a thread less", |model| threads(model) == before - 1);
    program.quit();
}

#[test]
fn a_thread_that_somebody_else_has_deleted_is_taken_from_the_list() {
    let mut program = start(with_fault("DELETE /groups/**@1=404"));
    let before = go_to_a_thread(&program);
    delete(&program);
    program.wait_for_words("was gone already.");
    program.wait_until("a thread less", |model| threads(model) == before - 1);
    program.quit();
}

#[test]
fn a_conversation_goes_with_its_threads() {
    let mut program = start(Setup::default());
    let before = go_to_a_thread(&program);
    program.keys(":");
    program.types("delete-conversation");
    program.keys("enter");
    let (words, going) = program.wait_for("the count of what goes", |model| match &model.overlay {
        Some(Overlay::Deletion(asked)) => Some((asked.wanted()?, asked.extent.ready()?.threads.len())),
        _ => None,
    });
    program.types(&words);
    program.keys("enter");
    program.wait_until("its threads gone", |model| threads(model) == before - going);
    assert_eq!(program.seen("DELETE", "/conversations/").len(), 1);
    program.quit();
}

#[test]
fn a_conversation_goes_from_the_list_of_conversations() {
    let mut program = start(Setup::default());
    let before = go_to_a_thread(&program);
    program.keys("v");
    let listed = program.wait_for("the conversations", |model| {
        let listed = model.conversations.list.items.ready()?;
        (model.place() == Place::Conversations).then_some(listed.len())
    });
    delete(&program);
    program.wait_for_words("is deleted.");
    program.wait_until("a conversation less", |model| {
        let read_again = model.conversations.list.items.ready();
        read_again.is_some_and(|left| left.len() == listed - 1)
    });
    assert_eq!(program.seen("DELETE", "/conversations/").len(), 1);
    program.wait_until("its threads gone", |model| threads(model) < before);
    program.quit();
}

#[test]
fn whoever_may_only_read_changes_nothing() {
    let mut program = start(Setup {
        read_only: true,
        ..Setup::default()
    });
    go_to_a_thread(&program);
    program.keys("L X");
    program.wait_for_words("--read-only");
    let ended = program.quit();
    assert!(ended.model.overlay.is_none());
    assert!(program.seen("PATCH", "").is_empty() && program.seen("DELETE", "").is_empty());
}
