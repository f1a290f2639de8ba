//! What holds whatever happens, in whatever order.

use std::time::Duration;

use proptest::prelude::*;

use super::fixture::*;
use super::world::World;
use crate::app::What;
use crate::domain::{Draft, DraftId, DraftState};
use crate::keys::{Action, Chord};
use crate::protocol::{Job, Part, Query, Reply, RequestId, Scope, Traffic};

/// One thing that may happen. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    Press(usize),
    Frequent(&'static str),
    Type(char),
    Paste(String),
    Resize(u16, u16),
    Answer { which: usize, fails: bool },
    Stale { which: usize, fails: bool, last: bool },
    Work(usize),
    Wait(u64),
    Found,
    Traffic,
}

/// Keys that lead somewhere, and words worth typing; the others are pressed at random.
const FREQUENT: &[&str] = &[
    "enter",
    "enter",
    "r",
    "R",
    "ctrl-s",
    "y",
    "esc",
    "D",
    "x",
    "w",
    "j",
    "k",
    "/",
    "t",
    "1",
    "o",
    "4",
    "]",
    "tab",
    "p",
    "@",
    "T",
    "l",
    "h",
    "M",
    "e",
    "v",
    "#",
    "i",
    "alt-enter",
    "2",
    "c",
    "O",
    "z",
    "u",
    "s",
    "n",
    "v",
    "d",
    "w",
    "W",
    "L",
    "X",
    "U",
    "m",
];

fn step() -> impl Strategy<Value = Step> {
    let size = prop_oneof![
        Just((0, 0)),
        Just((1, 1)),
        Just((24, 6)),
        Just((40, 12)),
        Just((80, 24)),
        Just((120, 40)),
        (0u16..150, 0u16..60),
    ];
    let answer = (any::<usize>(), prop::bool::weighted(0.15)).prop_map(|(which, fails)| Step::Answer { which, fails });
    let stale = any::<(usize, bool, bool)>().prop_map(|(which, fails, last)| Step::Stale { which, fails, last });
    prop_oneof![
        20 => any::<usize>().prop_map(Step::Press),
        25 => prop::sample::select(FREQUENT).prop_map(Step::Frequent),
        6 => any::<char>().prop_map(Step::Type),
        2 => any::<String>().prop_map(Step::Paste),
        4 => size.prop_map(|(width, height)| Step::Resize(width, height)),
        20 => answer,
        4 => stale,
        14 => any::<usize>().prop_map(Step::Work),
        8 => prop_oneof![0u64..400, 0u64..90_000].prop_map(Step::Wait),
        1 => Just(Step::Found),
        1 => Just(Step::Traffic),
    ]
}

/// Every chord that means something somewhere, but for those that end the program.
fn chords() -> Vec<Chord> {
    let staying = Action::ALL
        .iter()
        .filter(|action| !matches!(action, Action::Quit | Action::Leave));
    let keymap = settings().keymap;
    staying
        .flat_map(|action| keymap.chords(*action).collect::<Vec<_>>())
        .collect()
}

fn found() -> What {
    let draft = |number: u64, state| Draft {
        id: DraftId(format!("old-{number}")),
        state,
        ..super::drafts::draft(number, "from before")
    };
    What::Drafts {
        mine: vec![
            draft(1, DraftState::Writing),
            draft(2, DraftState::Sending { since: noon(-1) }),
            draft(3, DraftState::Accepted { at: noon(-1) }),
            draft(
                4,
                DraftState::Queued {
                    since: noon(-1),
                    tried: true,
                    until: None,
                },
            ),
            draft(
                5,
                DraftState::Queued {
                    since: noon(-2),
                    tried: false,
                    until: None,
                },
            ),
        ],
        elsewhere: 1,
        unreadable: 0,
    }
}

/// A reply that nobody awaits: to a request that was answered, or to none that was ever made.
fn stale(world: &World, which: usize, fails: bool, last: bool) -> What {
    let never = RequestId(1_000_000);
    let answered = &world.answered;
    let id = answered.get(which % (answered.len() + 1)).copied().unwrap_or(never);
    let queries = [
        Query::Me,
        Query::Groups {
            scope: Scope::Mine,
            term: None,
        },
        Query::Members { group: "A".into() },
        Query::Posts {
            group: "A".into(),
            thread: "t1".into(),
        },
        Query::Card {
            person: "ines".into(),
            mine: false,
        },
        Query::Nearby,
        Query::Line { person: "ines".into() },
        Query::Reports { person: "ines".into() },
    ];
    let query = queries[which % queries.len()].clone();
    let payload = super::answers::answer(&Job::Read(crate::protocol::Lane::Me, query), 3).remove(0);
    What::Reply(Reply {
        id,
        part: if last { Part::Last } else { Part::More },
        result: if fails { Err(problem()) } else { Ok(payload) },
    })
}

fn take(world: &mut World, step: Step, size: usize, chords: &[Chord]) {
    match step {
        Step::Press(which) => world.tell(What::Key(chords[which % chords.len()]), size),
        Step::Frequent(name) => world.key(name),
        Step::Type(c) => world.tell(What::Key(Chord::char(c)), size),
        Step::Paste(text) => world.tell(What::Paste(text), size),
        Step::Resize(width, height) => world.resize(width, height, size),
        Step::Answer { which, fails } => world.answer(which, fails, size),
        Step::Stale { which, fails, last } => {
            let what = stale(world, which, fails, last);
            assert_ignored(&mut world.stage, what);
        }
        Step::Work(which) => world.work(which, size),
        Step::Wait(millis) => world.wait(millis, size),
        Step::Found => world.found(found()),
        Step::Traffic => {
            let traffic = Traffic {
                offline: size.is_multiple_of(2),
                ..Traffic::default()
            };
            world.tell(What::Traffic(traffic), size)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing panics, cursors stay where there is something, what nobody awaits changes nothing, no draft is sent twice,
    /// and at the end everything that was written lies on disk, or is in the hands of those who put it elsewhere. Nobody
    /// leaves a disk that takes nothing without having been told.
    #[test]
    fn whatever_happens(
        (reading, low_bandwidth) in any::<(bool, bool)>(),
        undo in prop::sample::select(&[0, 2_000][..]),
        full in any::<bool>(),
        steps in prop::collection::vec((step(), 0usize..12), 1..150),
    ) {
        let chords = chords();
        let mut world = World::of(Stage::with(120, 40, |settings| {
            settings.low_bandwidth = low_bandwidth;
            settings.undo = Duration::from_millis(undo);
        }));
        for _ in 0..if reading { 3 } else { 0 } {
            world.settle_down(|_| 0);
            world.key("enter");
        }
        for (step, size) in steps {
            take(&mut world, step, size, &chords);
            world.assert_sound();
            if world.ended {
                break;
            }
        }
        if !world.ended && !full {
            world.hear_from_the_disk();
            // The disk works for this last time.
            world.tell(What::Quit, 1);
            assert!(world.unsaved.is_empty(), "what was refused is tried again");
        }
        if !world.ended {
            world.leave_a_full_disk();
        }
        world.assert_nothing_is_lost();
    }

    /// Answers and finished work may come in any order: the model at the end is the same.
    #[test]
    fn in_whatever_order_answers_come(
        choices in prop::collection::vec(any::<usize>(), 64),
        keys in prop::collection::vec(prop::sample::select(vec![
            "j", "k", "enter", "tab", "G", "g", "esc", "]", "[", "ctrl-d", "1", "2", "3", "4", "ctrl-r", "s",
        ]), 0..8),
    ) {
        let run = |mut choose: Box<dyn FnMut(usize) -> usize>| {
            let mut world = World::new();
            world.settle_down(&mut choose);
            for key in &keys {
                world.key(key);
                world.settle_down(&mut choose);
                world.wait(150, 3);
                world.settle_down(&mut choose);
                world.assert_together();
            }
            world.stage.model
        };
        let mut choices = choices.into_iter().cycle();
        let first = run(Box::new(|_| 0));
        let any = run(Box::new(move |count| choices.next().unwrap_or(0) % count));
        let last = run(Box::new(|count| count - 1));
        for other in [any, last] {
            prop_assert!(first.me == other.me);
            prop_assert!(first.group == other.group);
            prop_assert!(first.focus == other.focus);
            prop_assert!(first.groups == other.groups);
            prop_assert!(first.members == other.members);
            prop_assert!(first.threads.list == other.threads.list);
            prop_assert!(first.posts == other.posts);
            prop_assert!(first.profiles == other.profiles);
        }
    }
}
