//! Loading, refreshing, refused, empty, offline: each says what to do next.

use std::sync::Arc;

use insta::assert_snapshot;

use super::picture::picture;
use super::stage::Stage;
use super::{Theme, crowds, data, look};
use crate::app::What;
use crate::protocol::{CardPart, Lane, Payload, Problem, ProblemKind, Section, Traffic};

#[test]
fn starting() {
    look("starting", |stage| stage);
}

#[test]
fn loading() {
    look("loading-group", |stage| stage.with_groups().wait(1));
    look("loading-posts", |stage| stage.with_group().keys("enter enter"));
    look("loading-profile", |stage| stage.with_group().keys("2 enter"));
}

#[test]
fn a_long_list_counts_as_it_comes() {
    let mut stage = Stage::new(120, 40);
    stage.with_groups().wait(1).keys("2");
    let page = crowds::crowd(1998);
    stage.begin(
        Lane::Members,
        Payload::Members {
            page,
            total: Some(100_000),
        },
    );
    assert_snapshot!("members-coming", picture(&stage.model, &Theme::default()));
    stage.refuse(Lane::Members, data::offline());
    assert_snapshot!("members-stopped", picture(&stage.model, &Theme::default()));
}

#[test]
fn refused() {
    look("refused-members", |stage| {
        stage
            .with_groups()
            .wait(1)
            .refuse(Lane::Members, data::forbidden())
            .keys("2")
    });
    look("refused-groups", |stage| stage.refuse(Lane::Groups, data::offline()));
    look("refused-posts", |stage| {
        stage
            .with_group()
            .keys("enter enter")
            .refuse(Lane::Posts, data::offline())
    });
    look("refused-profile", |stage| {
        stage.with_group().keys("2 j enter");
        for part in data::card().into_iter().take(1) {
            stage.begin(Lane::Profile, Payload::Card(part));
        }
        stage
            .begin(
                Lane::Profile,
                Payload::Card(CardPart::Hidden(Section::Managers, data::forbidden())),
            )
            .begin(Lane::Profile, Payload::Card(CardPart::Reports(Vec::new())))
    });
}

#[test]
fn old_data_stays_and_says_so() {
    look("not-up-to-date", |stage| {
        stage.with_group().keys("ctrl-r").refuse(Lane::Groups, data::offline());
        stage.keys("3 ctrl-r")
    });
}

/// A second start: what the store has is on the screen.
fn recalled(stage: &mut Stage) -> &mut Stage {
    stage
        .recall(Lane::Groups, Payload::Groups(data::groups().into()))
        .recall(Lane::Me, Payload::Me(Box::new(data::me())))
        .wait(1)
        .recall(
            Lane::Members,
            Payload::Members {
                page: data::members().into(),
                total: None,
            },
        )
        .recall(Lane::Threads, Payload::Threads(data::threads().into()))
        .keys("enter")
        .wait(1)
        .recall(
            Lane::Posts,
            Payload::Posts {
                posts: data::posts().into_iter().map(Arc::new).collect(),
                cut_short: false,
            },
        )
}

#[test]
fn what_the_store_has_is_shown_with_its_age() {
    look("kept", recalled);
    look("kept-offline", |stage| {
        recalled(stage);
        for lane in [Lane::Groups, Lane::Members, Lane::Threads, Lane::Posts] {
            stage.refuse(lane, data::offline());
        }
        stage
    });
    look("kept-profile", |stage| {
        stage.with_group().keys("2 j enter");
        for part in data::card() {
            stage.recall(Lane::Profile, Payload::Card(part));
        }
        stage
    });
}

#[test]
fn what_graph_denies_is_shown_no_more() {
    look("kept-denied", |stage| {
        recalled(stage)
            .refuse(Lane::Threads, data::forbidden())
            .refuse(Lane::Posts, data::forbidden())
    });
}

#[test]
fn empty() {
    look("empty-groups", |stage| {
        stage.answer(Lane::Groups, Payload::Groups([].into()))
    });
    look("empty-threads", |stage| {
        stage
            .with_groups()
            .wait(1)
            .answer(Lane::Threads, Payload::Threads([].into()))
            .keys("3")
    });
    look("no-mailbox", |stage| {
        stage.with_group().keys("j j j j j").wait(1).keys("3")
    });
}

#[test]
fn a_busy_line() {
    fn busy(stage: &mut Stage) -> &mut Stage {
        stage.with_group().tell(What::Traffic(Traffic {
            in_flight: 3,
            throttled_until: Some("2026-11-21T12:00:59Z".parse().unwrap()),
            offline: true,
        }))
    }
    look("busy", busy);
    let mut stage = Stage::with(120, 40, |settings| settings.read_only = true);
    busy(&mut stage);
    assert_snapshot!("read-only", picture(&stage.model, &Theme::default()));
}

#[test]
fn cut_short_and_locked() {
    look("cut-short", |stage| {
        stage.with_group().keys("3 j j enter").with_posts(data::posts(), true)
    });
}

#[test]
fn too_small() {
    for (width, height) in [(23, 6), (24, 5), (10, 3), (1, 1)] {
        let stage = Stage::new(width, height);
        assert_snapshot!(
            format!("too-small-{width}x{height}"),
            picture(&stage.model, &Theme::default())
        );
    }
}

#[test]
fn a_long_notice_takes_the_rows_that_it_needs() {
    let said = "The reply to “Ünïcode 提灯プロジェクト” could not be sent: the server did not answer.";
    let problem = || {
        Problem::new(
            ProblemKind::Network,
            said,
            "It is kept as a draft; press D to send it again.",
        )
    };
    look("notice-long", |stage| stage.with_thread().tell(What::Failed(problem())));
    // Where one types, it covers no line that is being written.
    look("notice-long-typing", |stage| {
        let stage = stage.with_thread().keys("r").types("one\ntwo\nthree\nfour");
        stage.tell(What::Failed(problem()))
    });
    // Where one types in the last row, it is told whole, above.
    look("notice-long-typing-below", |stage| {
        let stage = stage.with_thread().keys("r").types(&"line\n".repeat(30));
        stage.tell(What::Failed(problem()))
    });
}
