//! The list of conversations, in the place of the threads.

use super::fixture::*;
use super::marks::{marks, seen};
use crate::app::{Cmd, TimerId, details};
use crate::domain::{Conversation, Text};
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::{Job, Lane, Mark, Marking, Marks, Part, Payload, Query};

/// A group whose conversations are listed, with what is asked then.
fn with_conversations() -> Stage {
    let mut stage = Stage::with_threads();
    let cmds = stage.keys("3 v");
    assert_eq!(stage.model.place(), Place::Conversations);
    stage.reply(asked(&cmds, Lane::Conversations), conversations(&["c1", "c2"]));
    stage
}

fn conversations(ids: &[&str]) -> Payload {
    let conversation = |id: &&str| Conversation {
        id: (*id).into(),
        topic: format!("{id} 会議").as_str().into(),
        last_delivered_date_time: Some(noon(-90)),
        ..Conversation::default()
    };
    Payload::Conversations(ids.iter().map(conversation).collect())
}

#[test]
fn a_conversation_of_one_thread_opens_straight_to_its_posts() {
    let mut stage = with_conversations();
    let cmds = stage.keys("j enter");
    let cmds = stage.reply(asked(&cmds, Lane::Threads), threads(&["t7"]));
    assert_eq!(stage.model.focus, Pane::Posts);
    assert_eq!(stage.model.posts.thread.as_ref().unwrap().id, "t7".into());
    asked(&cmds, Lane::Posts);
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Conversations);
    assert_eq!(stage.model.conversations.list.cursor, 1);
    // All threads again are all of the group's.
    let cmds = stage.key("v");
    let query = Query::Threads {
        group: "A".into(),
        since: None,
    };
    assert!(
        cmds.iter()
            .any(|cmd| matches!(cmd, Cmd::Send(request) if request.job == Job::Read(Lane::Threads, query.clone())))
    );
}

#[test]
fn a_conversation_of_several_threads_opens_to_them_and_back() {
    let mut stage = with_conversations();
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t7", "t8"]));
    assert_eq!(stage.model.place(), Place::Threads);
    assert_eq!(shown(&stage.model.threads.list), ["t7", "t8"]);
    assert_eq!(stage.model.conversations.of.as_ref().unwrap().id, "c1".into());
    // A look for news keeps to them.
    let cmds = stage.wait(60_000);
    let query = Query::ThreadsOf {
        group: "A".into(),
        conversation: "c1".into(),
    };
    let look = asked(&cmds, Lane::Watch);
    assert!(cmds.contains(&read(look.0.0, Lane::Watch, query)), "{cmds:?}");
    stage.reply(look, threads(&["t9", "t7", "t8"]));
    assert_eq!(shown(&stage.model.threads.list), ["t9", "t7", "t8"]);
    assert_eq!(under_cursor(&stage.model.threads.list), Some("t7"));
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Conversations);
    stage.key("esc");
    assert_eq!(stage.model.focus, Pane::Groups);
}

#[test]
fn a_look_for_news_of_the_group_is_none_of_one_conversation() {
    let mut stage = with_conversations();
    let look = asked(&stage.wait(60_000), Lane::Watch);
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t7", "t8"]));
    stage.reply(look, threads(&["new", "t1"]));
    assert_eq!(shown(&stage.model.threads.list), ["t7", "t8"]);
}

fn grown(stage: &Stage) -> Vec<&str> {
    let all = stage.model.conversations.list.items.shown().unwrap().iter();
    let grown = all.filter(|conversation| stage.model.has_news(conversation));
    grown.map(|conversation| conversation.id.as_str()).collect()
}

/// A conversation with a post of so many minutes before noon.
fn conversation_at(id: &str, minutes: i64) -> Conversation {
    Conversation {
        id: id.into(),
        topic: "שלום 👩\u{200d}👧 会議".into(),
        last_delivered_date_time: Some(noon(-minutes)),
        ..Conversation::default()
    }
}

#[test]
fn of_two_whose_newest_posts_came_in_the_same_second_one_may_be_read() {
    let (mut stage, _) = seen(0, Some(marks(-30, &[("t1", -5)])));
    let cmds = stage.keys("3 ctrl-r");
    let both = ["t1", "t2"].map(|id| thread_at(id, 5));
    let topics = both.clone().map(|thread| thread.topic);
    stage.reply(asked(&cmds, Lane::Threads), Payload::Threads(both.into()));
    let cmds = stage.key("v");
    let named = |id: &str, topic: &Text| Conversation {
        topic: topic.clone(),
        ..conversation_at(id, 5)
    };
    let listed = [named("c1", &topics[0]), named("c2", &topics[1])];
    stage.reply(asked(&cmds, Lane::Conversations), news(&listed));
    assert_eq!(grown(&stage), ["c2"]);
    // Where it cannot be told apart, or the thread is not known, it counts as the conversation's own.
    let alike = [
        named("c1", &topics[0]),
        named("c2", &topics[0]),
        named("c3", &"else".into()),
    ];
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Conversations), news(&alike));
    assert_eq!(grown(&stage), ["c3"]);
}

fn news(conversations: &[Conversation]) -> Payload {
    Payload::Conversations(conversations.into())
}

/// Lets a minute pass, and gives the look for news in the conversations that falls due then.
fn look(stage: &mut Stage) -> Asked {
    asked(&stage.wait(60_000), Lane::WatchConversations)
}

#[test]
fn they_are_looked_at_for_news_each_minute_and_the_cursor_stays() {
    let mut stage = with_conversations();
    stage.know_marks();
    stage.key("j");
    let cmds = stage.wait(60_000);
    let query = Query::Conversations {
        group: "A".into(),
        since: Some(noon(-95)),
    };
    let id = asked(&cmds, Lane::WatchConversations);
    assert!(
        cmds.contains(&read(id.0.0, Lane::WatchConversations, query)),
        "{cmds:?}"
    );
    stage.reply(id, conversations(&["c1"]));
    assert_eq!((grown(&stage), stage.said()), (vec![], None), "nothing new");
    let id = look(&mut stage);
    stage.part(id, news(&[conversation_at("c3", -1)]));
    assert_eq!(
        stage.model.conversations.list.len(),
        2,
        "not before all of them are there"
    );
    stage.reply(id, news(&[conversation_at("c1", 0)]));
    assert_eq!(shown(&stage.model.conversations.list), ["c3", "c1", "c2"]);
    assert_eq!(under_cursor(&stage.model.conversations.list), Some("c2"));
    assert_eq!(grown(&stage), ["c3", "c1"]);
    assert_eq!(stage.said(), Some("2 conversations have something new."));
    // Once seen it is news no more, however often it is looked at.
    let cmds = stage.keys("k enter");
    assert_eq!(grown(&stage), ["c3"]);
    let marking = Marking::Read("c1".into(), Mark::up_to(noon(0)));
    let kept = Cmd::KeepMark {
        group: "A".into(),
        marking,
    };
    assert!(cmds.contains(&kept), "it is no news for the next run either: {cmds:?}");
    stage.key("esc");
    let id = look(&mut stage);
    stage.reply(id, news(&[conversation_at("c1", 0), conversation_at("c3", -1)]));
    assert_eq!(grown(&stage), ["c3"]);
}

#[test]
fn what_was_read_as_a_thread_is_no_news_among_the_conversations() {
    let mut stage = with_conversations();
    stage.know_marks();
    let id = look(&mut stage);
    stage.reply(id, news(&[conversation_at("c1", 0)]));
    assert_eq!(grown(&stage), ["c1"]);
    stage.key("v");
    let look = asked(&stage.wait(60_000), Lane::Watch);
    stage.reply(look, Payload::Threads([thread_at("t9", 0)].into()));
    stage.key("A");
    stage.key("v");
    assert_eq!(grown(&stage), [""; 0]);
}

#[test]
fn what_came_while_nobody_looked_is_news_at_first_sight_and_what_was_put_off_stays_so() {
    let mut stage = Stage::with_threads();
    let (t1, opened) = (Mark::before(noon(-30)), Mark::up_to(noon(2)));
    let marks = Marks {
        since: Some(noon(-1)),
        threads: [("t1".into(), t1), ("c2".into(), opened)].into(),
    };
    let group = "A".into();
    stage.answer(1, Part::Kept(noon(-9)), Ok(Payload::Marks { group, marks }));
    let cmds = stage.keys("3 v");
    let listed = [("c1", -3), ("c2", -2), ("c3", 5), ("put-off", 30)];
    let listed = listed.map(|(id, minutes)| conversation_at(id, minutes));
    stage.reply(asked(&cmds, Lane::Conversations), news(&listed));
    assert_eq!(grown(&stage), ["c1", "put-off"]);
}

#[test]
fn reading_the_list_again_marks_what_is_new_and_a_late_look_changes_nothing() {
    let mut stage = with_conversations();
    stage.know_marks();
    let late = look(&mut stage);
    let cmds = stage.key("ctrl-r");
    stage.reply(late, news(&[conversation_at("late", 0)]));
    stage.reply(
        asked(&cmds, Lane::Conversations),
        news(&[conversation_at("c2", 0), conversation_at("c1", 90)]),
    );
    assert_eq!(shown(&stage.model.conversations.list), ["c2", "c1"]);
    assert_eq!(grown(&stage), ["c2"]);
    // Nor is it mixed into the list of another group, nor taken where the look has failed.
    let late = look(&mut stage);
    stage.key("1");
    let cmds = stage.keys("j enter");
    stage.reply(asked(&cmds, Lane::Conversations), conversations(&["c5"]));
    stage.reply(late, news(&[conversation_at("late", 0)]));
    assert_eq!(shown(&stage.model.conversations.list), ["c5"]);
    let failed = look(&mut stage);
    stage.fail(failed);
    stage.reply(failed, news(&[conversation_at("late", 0)]));
    assert_eq!(shown(&stage.model.conversations.list), ["c5"]);
    look(&mut stage);
}

#[test]
fn whoever_comes_back_to_them_looks_for_news_at_once() {
    let mut stage = with_conversations();
    stage.key("v");
    let cmds = stage.wait(180_000);
    assert!(
        try_asked(&cmds, &Lane::WatchConversations).is_none(),
        "they are not listed"
    );
    asked(&stage.key("v"), Lane::WatchConversations);
}

#[test]
fn conversations_stay_listed_from_group_to_group_and_nothing_is_done_to_them_as_threads() {
    let mut stage = with_conversations();
    for key in ["r", "R", "L"] {
        assert_eq!(stage.key(key), [], "{key}");
        assert_eq!(stage.model.overlay, None, "{key}");
    }
    stage.key("1");
    let cmds = stage.keys("j enter");
    asked(&cmds, Lane::Conversations);
    assert!(stage.model.conversations.list.is_empty());
    assert_eq!(stage.model.place(), Place::Conversations);
}

#[test]
fn all_about_a_conversation_is_told_where_it_is_listed() {
    let mut stage = with_conversations();
    let cmds = stage.key("ctrl-r");
    let task = Conversation {
        id: "c1".into(),
        topic: "Comments on task \"名札\"".into(),
        has_attachments: true,
        last_delivered_date_time: Some(noon(-90)),
        unique_senders: vec!["Ada".into(), "山田 花子".into()],
        ..Conversation::default()
    };
    stage.reply(asked(&cmds, Lane::Conversations), Payload::Conversations([task].into()));
    stage.key("i");
    let told = details(&stage.model);
    let told: Vec<(&str, &str)> = told.iter().map(|(label, value)| (*label, value.as_str())).collect();
    let expected = [
        ("Topic", "Comments on task \"名札\""),
        ("Kind", "comments on a task of Planner"),
        ("Group", "A 山田 فريق 👩\u{200d}👧"),
        ("Written by", "Ada"),
        ("", "山田 花子"),
    ];
    assert_eq!(told[..5], expected);
    assert!(told[5].0 == "Newest post" && told[6].0 == "Files", "{told:?}");
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Conversations);
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Conversations), conversations(&[]));
    stage.key("i");
    assert_eq!(stage.model.overlay, None);
    assert_eq!(stage.said(), Some("No thread or conversation is selected."));
}

#[test]
fn a_filter_is_of_the_conversations_and_esc_clears_it() {
    let mut stage = with_conversations();
    stage.key("/");
    let cmds = stage.types("c2 会");
    stage.filter_all(&cmds);
    assert_eq!(shown(&stage.model.conversations.list), ["c2"]);
    assert!(!stage.model.threads.list.is_filtered());
    stage.key("enter");
    let cmds = stage.key("ctrl-r");
    let id = asked(&cmds, Lane::Conversations);
    let cmds = stage.reply(id, conversations(&["c3", "c2", "c1"]));
    stage.filter_all(&cmds);
    assert_eq!(
        shown(&stage.model.conversations.list),
        ["c2"],
        "what comes is filtered too"
    );
    stage.key("esc");
    assert_eq!(shown(&stage.model.conversations.list), ["c3", "c2", "c1"]);
    assert_eq!(under_cursor(&stage.model.conversations.list), Some("c2"));
    assert_eq!(stage.model.place(), Place::Conversations, "the first Esc only clears");
}

#[test]
fn enter_waits_for_the_filter_and_opens_what_it_finds() {
    let mut stage = with_conversations();
    stage.key("/");
    let cmds = stage.types("c2");
    assert_eq!(stage.keys("enter enter"), [], "the answer has not come");
    let cmds = stage.filter_all(&cmds);
    asked(&cmds, Lane::Threads);
    assert_eq!(stage.model.conversations.of.as_ref().unwrap().id, "c2".into());
}

#[test]
fn whoever_filters_the_list_is_not_taken_away_from_it_by_what_was_opened_before() {
    let mut stage = with_conversations();
    let cmds = stage.keys("enter /");
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t7"]));
    assert_eq!(stage.model.place(), Place::Prompt);
    let cmds = stage.types("c2");
    stage.filter_all(&cmds);
    stage.key("enter");
    assert_eq!(stage.model.place(), Place::Conversations);
    // All threads are the group's again.
    let cmds = stage.key("v");
    asked(&cmds, Lane::Threads);
}

#[test]
fn what_is_kept_is_shown_with_its_age_until_the_answer_comes() {
    let mut stage = Stage::with_threads();
    let cmds = stage.keys("3 v");
    let id = asked(&cmds, Lane::Conversations);
    let read_at = noon(-120);
    stage.answer(id, Part::Kept(read_at), Ok(conversations(&["old"])));
    let list = &stage.model.conversations.list;
    assert_eq!((shown(list), list.kept), (vec!["old"], Some(read_at)));
    stage.reply(id, conversations(&["new", "old"]));
    let list = &stage.model.conversations.list;
    assert_eq!((shown(list), list.kept), (vec!["new", "old"], None));
    let before = stage.model.clone();
    stage.answer(id, Part::Kept(read_at), Ok(conversations(&["old"])));
    assert_eq!(stage.model, before, "too late");
}

#[test]
fn their_times_move_on() {
    let stage = with_conversations();
    // An hour and a half is said until it is two.
    assert_eq!(stage.due(TimerId::Clock), Some(30 * 60 * 1000));
}
