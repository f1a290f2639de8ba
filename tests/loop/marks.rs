//! What was read, over restarts; and what Graph is told of it.

use folkmoot::app::Model;
use folkmoot::domain::{Id, Thread};
use folkmoot::protocol::{Mark, Marking};
use jiff::Timestamp;

use crate::program::{Program, Setup, start};

/// The place among one's groups of the first that has so many new conversations or more, and how many it has.
fn find_news(program: &Program, least: u32) -> (usize, Id) {
    let place = program.wait_for("counts of what is new", |model| {
        let groups = &model.groups;
        let has_news =
            |group: &folkmoot::domain::Group| groups.unseen.get(&group.id).is_some_and(|count| *count >= least);
        let place = groups.list.items.ready()?.iter().position(has_news)?;
        Some((place, groups.list.get(place)?.id.clone()))
    });
    for _ in 0..place.0 {
        program.keys("j");
    }
    program.wait_until("the group, under the cursor", |model| {
        model.group.as_ref().is_some_and(|group| group.id == place.1) && model.threads.list.items.ready().is_some()
    });
    place
}

/// Opens the threads of the group at a place, once they are as Graph has them.
fn open_group(program: &Program, place: usize, group: &Id) {
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    for _ in 0..place {
        program.keys("j");
    }
    program.keys("enter");
    program.wait_until("its threads", |model| {
        model.group.as_ref().is_some_and(|shown| shown.id == *group) && model.threads.list.items.ready().is_some()
    });
}

fn unread(model: &Model) -> Vec<Id> {
    let threads = model.threads.list.items.shown();
    let threads = threads.into_iter().flat_map(|pages| pages.iter());
    threads
        .filter(|thread| model.is_unread(thread))
        .map(|thread| thread.id.clone())
        .collect()
}

/// Waits until so many threads are unread, and gives them.
fn wait_for_unread(program: &Program, count: usize) -> Vec<Id> {
    program.wait_for(&format!("{count} unread threads"), |model| {
        Some(unread(model)).filter(|unread| unread.len() == count)
    })
}

/// Opens the next unread thread and looks at it to its end.
fn read_one(program: &Program) -> Thread {
    program.keys("U");
    let thread = program.wait_for("its posts, laid out", |model| {
        let posts = model.posts.posts.ready()?;
        let laid_out = posts.iter().all(|post| model.posts.typeset.contains_key(&post.id));
        model.posts.thread.clone().filter(|_| laid_out && !posts.is_empty())
    });
    program.keys("G");
    thread
}

/// Waits until the store has it that a thread was read, or that it was not.
fn wait_until_marked(program: &Program, group: &Id, thread: &Thread, is_unread: bool) {
    program.wait_for_store("the mark", |store| {
        let marks = store.marks(group).unwrap();
        marks.threads.contains_key(&thread.id) && marks.is_unread(thread) == is_unread
    });
}

fn resets(program: &Program) -> usize {
    program.seen("POST", "/resetUnseenCount").len()
}

#[test]
fn of_two_new_threads_the_one_that_was_read_stays_read() {
    let mut program = start(Setup::default());
    let (place, group) = find_news(&program, 2);
    let before = program.wait_for("what is new", |model| Some(unread(model)).filter(|new| new.len() >= 2));
    program.keys("enter");
    let read = read_one(&program);
    let left = wait_for_unread(&program, before.len() - 1);
    assert!(before.contains(&read.id) && !left.contains(&read.id));
    wait_until_marked(&program, &group, &read, false);
    program.quit();
    let mut program = program.again();
    open_group(&program, place, &group);
    assert_eq!(wait_for_unread(&program, left.len()), left);
    program.quit();
}

#[test]
fn what_another_folkmoot_has_read_meanwhile_is_read_here() {
    let mut program = start(Setup::default());
    let (_, group) = find_news(&program, 2);
    let before = program.wait_for("what is new", |model| Some(unread(model)).filter(|new| new.len() >= 2));
    program.keys("enter");
    let open = read_one(&program);
    let left = wait_for_unread(&program, before.len() - 1);
    wait_until_marked(&program, &group, &open, false);
    let read = Marking::Read(left[0].clone(), Mark::up_to(Timestamp::now()));
    program.store().keep_mark(&group, &read).unwrap();
    // Beside the open thread, the others are looked at for news.
    program.keys("ctrl-r");
    assert_eq!(wait_for_unread(&program, left.len() - 1), left[1..]);
    program.quit();
}

#[test]
fn what_was_marked_as_unread_is_so_at_the_next_start() {
    let mut program = start(Setup::default());
    let (place, group) = find_news(&program, 1);
    program.keys("enter");
    let before = program.wait_for("what is new", |model| Some(unread(model)).filter(|new| !new.is_empty()));
    let read = read_one(&program);
    wait_for_unread(&program, before.len() - 1);
    program.keys("m");
    let again = wait_for_unread(&program, before.len());
    assert!(again.contains(&read.id));
    wait_until_marked(&program, &group, &read, true);
    // It lies on the screen, and is not read by that; nor by the cursor's resting on it in the list.
    program.keys("g G esc");
    program.quit();
    let mut program = program.again();
    open_group(&program, place, &group);
    assert_eq!(wait_for_unread(&program, again.len()), again);
    program.quit();
}

#[test]
fn graph_is_told_once_that_a_group_was_seen_and_not_before_its_threads_were_opened() {
    let mut program = start(Setup::default());
    let (place, group) = find_news(&program, 1);
    let count = |model: &Model| model.groups.unseen.get(&group).copied();
    program.wait_until("what is new, while the cursor rests on the group", |model| {
        !unread(model).is_empty() && count(model) > Some(0)
    });
    assert_eq!(resets(&program), 0);
    program.keys("enter");
    program.wait_until("Graph's word", |model| count(model) == Some(0));
    program.keys("j k enter esc 1");
    let told = program.seen("POST", "/resetUnseenCount");
    assert_eq!(told.len(), 1);
    assert!(told[0].path.contains(group.as_str()), "{}", told[0].path);
    program.quit();
    let mut program = program.again();
    open_group(&program, place, &group);
    program.wait_until("what is new is still to be read, though Graph counts none", |model| {
        !unread(model).is_empty() && count(model) == Some(0)
    });
    program.quit();
    assert_eq!(resets(&program), 1);
}

#[test]
fn graph_is_told_nothing_where_nothing_may_be_changed() {
    let mut program = start(Setup {
        read_only: true,
        ..Setup::default()
    });
    find_news(&program, 1);
    program.keys("enter");
    program.wait_until("what is new", |model| !unread(model).is_empty());
    let read = read_one(&program);
    program.wait_until("it is read all the same", |model| !unread(model).contains(&read.id));
    program.quit();
    assert_eq!(resets(&program), 0);
}
