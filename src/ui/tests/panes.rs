//! Panes and what lies over them, full of data.

use insta::assert_snapshot;

use super::picture::picture;
use super::stage::Stage;
use super::{Theme, data, look};
use crate::domain::{Conversation, Extension, Recipient, Text};
use crate::protocol::{CardPart, Lane, Payload};

#[test]
fn each_focus() {
    look("focus-groups", |stage| stage.with_group().keys("j j"));
    look("focus-members", |stage| stage.with_group().keys("2 j j j"));
    look("focus-threads", |stage| stage.with_group().keys("3 j"));
    look("focus-posts", |stage| stage.with_thread().keys("g"));
}

#[test]
fn posts_and_attachments() {
    look("posts-second", |stage| stage.with_thread().keys("g ]"));
}

#[test]
fn the_footer_offers_no_post_beyond_the_first_and_the_last() {
    for (keys, offered) in [
        ("g", ["] next-post"].as_slice()),
        ("G", &["[ previous-post"]),
        ("g ]", &["] next-post", "[ previous-post"]),
    ] {
        let mut stage = Stage::new(120, 40);
        stage.with_thread().keys(keys);
        let footer = picture(&stage.model, &Theme::default())
            .lines()
            .nth(39)
            .unwrap()
            .to_owned();
        for hint in ["] next-post", "[ previous-post"] {
            assert_eq!(footer.contains(hint), offered.contains(&hint), "{keys}: {footer}");
        }
    }
}

#[test]
fn in_a_box_the_cursor_has_neighbours_until_the_end_is_seen() {
    let shown = |steps: usize, slow: bool| {
        let mut stage = Stage::new(40, 12);
        stage.model.settings.low_bandwidth = slow;
        stage.with_group().keys("C");
        for _ in 0..steps {
            stage.keys("j");
        }
        let frame = picture(&stage.model, &Theme::default());
        let rows: Vec<String> = frame.lines().skip(1).take(8).map(str::to_owned).collect();
        rows.iter().position(|row| row.contains('▌')).unwrap()
    };
    let places = |slow| [0, 4, 5, 6, 40].map(|steps| shown(steps, slow));
    assert_eq!(places(false), [0, 4, 4, 4, 7]);
    assert_eq!(places(true)[..4], [0, 4, 5, 6], "a slow line turns by pages");
}

#[test]
fn filters() {
    look("filter-typing", |stage| stage.with_group().keys("/").types("東京オ"));
    look("filter-kept", |stage| stage.with_group().keys("2 / a n enter"));
    look("filter-nothing", |stage| stage.with_group().keys("3 / z z z enter"));
    look("open-group", |stage| {
        stage.with_group().keys("a").types("eng@folk.example")
    });
}

#[test]
fn search() {
    look("search-typing", |stage| stage.with_thread().keys("/").types("fre"));
    look("search-walking", |stage| {
        stage.with_thread().keys("g /").types("freeze").keys("enter n")
    });
}

#[test]
fn profile() {
    look("profile", |stage| stage.with_profile());
    look("profile-mine", |stage| mine(stage).keys("g j j j j"));
    look("profile-changing", |stage| {
        mine(stage).keys("g j j j j e");
        stage.types("+81 90 提灯")
    });
    look("profile-changing-lines", |stage| {
        let stage = mine(stage);
        let about = |row: &crate::app::ProfileRow| matches!(row, crate::app::ProfileRow::Field { label, .. } if *label == "About me");
        let row = stage.model.profile().unwrap().rows().iter().position(about).unwrap();
        for _ in 0..=row {
            stage.keys("j");
        }
        stage.keys("e");
        stage.types(" 灯籠 and a good deal more than there is room for on one line, or on two of them")
    });
}

#[test]
fn overlays() {
    look("help-posts", |stage| stage.with_thread().keys("?"));
    look("help-groups-end", |stage| stage.with_group().keys("? G"));
    look("palette", |stage| stage.with_thread().keys(":"));
    look("palette-typing", |stage| {
        stage.with_thread().keys(":").types("rep").keys("down")
    });
    look("palette-elsewhere", |stage| stage.with_thread().keys(":").types("sort"));
    look("palette-nothing", |stage| stage.with_thread().keys(":").types("山"));
    look("links", |stage| stage.with_thread().keys("g o j"));
    look("attachments", |stage| stage.with_thread().keys("g ] A j"));
    look("outline", |stage| stage.with_thread().keys("# up"));
    look("outline-typing", |stage| stage.with_thread().keys("#").types("山田"));
    look("raw-headers", |stage| telling(stage).keys("g J"));
    look("raw-json", |stage| telling(stage).keys("g J tab"));
    look("raw-source", |stage| stage.with_thread().keys("g J tab tab"));
    let extensions: Vec<Extension> =
        serde_json::from_str(r#"[{"id": "Microsoft.OutlookServices.OpenTypeExtension.com.example.灯籠", "extensionName": "com.example.灯籠", "wicks": [1, 2]}]"#)
            .unwrap();
    look("raw-extensions", move |stage| {
        stage
            .with_thread()
            .keys("g J tab tab tab")
            .answer(Lane::Extensions, Payload::Extensions(extensions.clone()))
    });
    look("raw-extensions-refused", |stage| {
        stage
            .with_thread()
            .keys("g J tab tab tab")
            .refuse(Lane::Extensions, data::forbidden())
    });
}

/// A thread of which there is all to tell.
fn telling(stage: &mut Stage) -> &mut Stage {
    let people = |names: &[&str]| -> Vec<Recipient> {
        let person = |name: &&str| Recipient {
            name: Text::new(name),
            address: Text::new("someone@folk.example"),
        };
        names.iter().map(person).collect()
    };
    let mut posts = data::posts();
    posts[0].from = people(&["The board"]).remove(0);
    posts[0].categories = vec![Text::new("Budget"), Text::new("予算")];
    posts[1].new_participants = people(&["Zoë 👩🏽‍💻 Łukasiewicz", "نور الهدى"]);
    stage.with_group().keys("enter enter").with_posts(posts, false);
    let mut threads = data::threads();
    threads[0].to_recipients = people(&["Engineering", "Ana Souza"]);
    threads[0].cc_recipients = people(&[
        "山田 花子",
        "Ben Okafor",
        "נועה כהן",
        "Chiamaka Nwosu",
        "Sven Grünewald",
        "佐藤 雪",
    ]);
    threads[0].topic = Text::new("Comments on task \"Release 4.2 リリース\"");
    stage
        .keys("ctrl-r")
        .answer(Lane::Watch, Payload::Threads(threads.into()))
}

#[test]
fn whom_posts_and_threads_concern() {
    look("posts-telling", |stage| telling(stage).keys("g"));
    look("posts-in-full", |stage| telling(stage).keys("g alt-d"));
    look("post-alone", |stage| telling(stage).keys("g v ]"));
    look("details", |stage| telling(stage).keys("g i"));
    look("details-end", |stage| telling(stage).keys("g i G"));
}

#[test]
fn conversations_instead_of_threads() {
    let list = |stage: &mut Stage| {
        let conversation = |thread: crate::domain::Thread| Conversation {
            id: thread.id,
            topic: thread.topic,
            unique_senders: thread.unique_senders,
            preview: thread.preview,
            has_attachments: thread.has_attachments,
            last_delivered_date_time: thread.last_delivered_date_time,
        };
        let page = data::threads().into_iter().map(conversation).collect();
        let stage = stage.with_group().keys("3 v");
        stage
            .answer(Lane::Conversations, Payload::Conversations(page))
            .keys("j");
    };
    look("conversations", |stage| {
        list(stage);
        stage
    });
    look("conversations-filter", |stage| {
        list(stage);
        stage.keys("/").types("party")
    });
    look("conversation-threads", |stage| {
        list(stage);
        let mut threads = data::threads();
        threads.truncate(2);
        stage
            .keys("enter")
            .answer(Lane::Threads, Payload::Threads(threads.into()))
    });
}

#[test]
fn without_colours() {
    for (name, keys) in [("threads", "3 j"), ("posts", "g /"), ("help", "?")] {
        let mut stage = Stage::new(80, 24);
        stage.with_thread().keys(keys);
        if name == "posts" {
            stage.types("freeze").keys("enter");
        }
        assert_snapshot!(
            format!("monochrome-{name}"),
            picture(&stage.model, &Theme::monochrome())
        );
    }
}

#[test]
fn absolute_times() {
    let mut stage = Stage::with(80, 24, |settings| {
        settings.times.absolute = true;
        settings.times.twelve_hours = true
    });
    stage.with_group().keys("3");
    assert_snapshot!("absolute-times", picture(&stage.model, &Theme::default()));
}

#[test]
fn news() {
    let mut stage = Stage::new(120, 40);
    stage.with_group().keys("3 j").wait(1);
    let marks = crate::protocol::Marks {
        since: data::threads()
            .first()
            .and_then(|newest| newest.last_delivered_date_time),
        ..Default::default()
    };
    let group = data::groups().remove(0).id;
    stage.recall(Lane::Threads, Payload::Marks { group, marks });
    stage.look_for_news();
    let mut fresh = data::threads();
    fresh.truncate(1);
    fresh[0].last_delivered_date_time = Some("2026-11-21T12:00:30Z".parse().unwrap());
    stage.answer(Lane::Watch, Payload::Threads(fresh.into()));
    assert_snapshot!("news", picture(&stage.model, &Theme::default()));
    assert_snapshot!("news-monochrome", picture(&stage.model, &Theme::monochrome()));
}

/// The viewer on who is signed in, of whom little is set.
fn mine(stage: &mut Stage) -> &mut Stage {
    stage.with_group().keys("M");
    let about = crate::domain::About {
        about_me: Some(crate::domain::Prose::new("提灯の企画。\nמעצבת חוויית משתמש.")),
        ..crate::domain::About::default()
    };
    let card = data::me().person.into();
    for part in [
        CardPart::Person(Box::new(card)),
        CardPart::About(Box::new(about)),
        CardPart::Photo(None),
    ] {
        stage.begin(Lane::Profile, Payload::Card(part));
    }
    stage
}
