//! Who may touch a draft, and when. Two `Drafts` values on one folder lock each other out as two processes do.

use super::*;

#[test]
fn two_folkmoots_never_hold_one_draft() {
    let (_root, folder) = temp();
    let first = open(&folder);
    first.drafts.save(&draft("one", "mine")).unwrap();
    let second = open(&folder);
    assert_eq!((second.mine.as_slice(), second.elsewhere), ([].as_slice(), 1));
    for refused in [
        second.drafts.save(&draft("one", "theirs")),
        second.drafts.save_durably(&sending("one", "theirs")),
        second.drafts.remove(&DraftId("one".to_owned())),
    ] {
        assert!(matches!(refused, Err(DraftsError::Elsewhere(_))), "{refused:?}");
    }
    drop(first);
    let third = open(&folder);
    assert_eq!(third.mine, [draft("one", "mine")]);
    third.drafts.save_durably(&sending("one", "mine")).unwrap();
    assert_eq!(open(&folder).elsewhere, 1);
}

#[test]
fn a_draft_left_behind_is_not_overwritten_unread() {
    let (_root, folder) = temp();
    let first = open(&folder);
    let second = open(&folder);
    first.drafts.save(&draft("one", "typed there")).unwrap();
    drop(first);
    let refused = second.drafts.save(&draft("one", "typed here"));
    assert!(matches!(refused, Err(DraftsError::Elsewhere(_))), "{refused:?}");
    assert_eq!(open(&folder).mine, [draft("one", "typed there")]);
}

#[test]
fn many_that_open_at_once_share_the_drafts_out() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    let all: Vec<_> = (0..20).map(|n| draft(&format!("d{n:02}"), TEXT)).collect();
    all.iter().for_each(|draft| opened.drafts.save(draft).unwrap());
    drop(opened);
    for _ in 0..5 {
        let folder = &folder;
        let opened: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(move || open(folder))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let mut ids: Vec<_> = opened.iter().flat_map(|o| &o.mine).map(|d| d.id.0.clone()).collect();
        ids.sort();
        assert_eq!(ids, all.iter().map(|d| d.id.0.clone()).collect::<Vec<_>>());
    }
}

#[test]
fn removing_never_lets_two_in() {
    let (_root, folder) = temp();
    for round in 0..300 {
        let id = format!("r{round}");
        let first = open(&folder);
        first.drafts.save(&draft(&id, "x")).unwrap();
        let second = open(&folder);
        std::thread::scope(|scope| {
            scope.spawn(|| first.drafts.remove(&DraftId(id.clone())).unwrap());
            scope.spawn(|| {
                while second.drafts.save(&draft(&id, "y")).is_err() {
                    std::hint::spin_loop();
                }
            });
        });
        assert_eq!(names(&folder), [format!("{id}.json"), format!("{id}.lock")]);
        assert_eq!(open(&folder).elsewhere, 1, "the lock on disk is the one that is held");
        second.drafts.remove(&DraftId(id)).unwrap();
    }
}

#[test]
fn a_late_keystroke_cannot_unsend() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    opened.drafts.save(&draft("one", "hello")).unwrap();
    opened.drafts.save_durably(&sending("one", "hello")).unwrap();
    let late = opened.drafts.save(&draft("one", "hell"));
    assert!(matches!(late, Err(DraftsError::InFlight(_))), "{late:?}");
    drop(opened);

    let opened = open(&folder);
    assert_eq!(opened.mine, [sending("one", "hello")]);
    let late = opened.drafts.save(&draft("one", "hell"));
    assert!(
        matches!(late, Err(DraftsError::InFlight(_))),
        "after a restart too: {late:?}"
    );
    opened.drafts.save_durably(&draft("one", "hello")).unwrap();
    opened.drafts.save(&draft("one", "hello, again")).unwrap();
    opened.drafts.remove(&DraftId("one".to_owned())).unwrap();
    let late = opened.drafts.save(&draft("one", "hello"));
    assert!(matches!(late, Err(DraftsError::Gone(_))), "{late:?}");
    assert_eq!(names(&folder), [""; 0]);
}

/// Keeps a draft from being written while it does something else.
fn without_room<T>(folder: &Path, id: &str, work: impl FnOnce() -> T) -> T {
    let (document, aside) = (folder.join(format!("{id}.json")), folder.join(".aside"));
    fs::rename(&document, &aside).unwrap();
    fs::create_dir(&document).unwrap();
    let done = work();
    fs::remove_dir(&document).unwrap();
    fs::rename(&aside, &document).unwrap();
    done
}

#[test]
fn what_could_not_be_recorded_as_text_again_is_made_up_for_by_the_next_save() {
    let queued = || {
        let since = "2026-11-21T08:01:00Z".parse().unwrap();
        let state = DraftState::Queued {
            since,
            tried: true,
            until: None,
        };
        Draft {
            state,
            ..draft("one", "hello")
        }
    };
    for landed in [draft("one", "hello"), queued()] {
        let (_root, folder) = temp();
        let drafts = open(&folder).drafts;
        drafts.save_durably(&sending("one", "hello")).unwrap();
        without_room(&folder, "one", || {
            drafts.save_durably(&landed).unwrap_err();
            let typed = drafts.save(&draft("one", "hello,"));
            assert!(matches!(typed, Err(DraftsError::Disk { .. })), "{typed:?}");
        });
        drafts.save(&draft("one", "hello, 山田")).unwrap();
        drafts.save_durably(&sending("one", "hello, 山田")).unwrap();
        for late in [draft("one", "hello,"), queued()] {
            let late = drafts.save(&late);
            assert!(matches!(late, Err(DraftsError::InFlight(_))), "sent anew: {late:?}");
        }
    }
}

#[test]
fn what_could_not_be_recorded_as_sent_is_in_flight_still() {
    let (_root, folder) = temp();
    let drafts = open(&folder).drafts;
    drafts.save_durably(&sending("one", "hello")).unwrap();
    let mut accepted = sending("one", "hello");
    accepted.state = DraftState::Accepted {
        at: "2026-11-21T08:02:00Z".parse().unwrap(),
    };
    without_room(&folder, "one", || drafts.save_durably(&accepted).unwrap_err());
    let late = drafts.save(&draft("one", "hell"));
    assert!(matches!(late, Err(DraftsError::InFlight(_))), "{late:?}");
}

#[test]
fn an_unfinished_write_of_a_running_folkmoot_is_left_alone() {
    let (_root, folder) = temp();
    let first = open(&folder);
    first.drafts.save(&draft("one", "x")).unwrap();
    fs::write(folder.join("one.aB3.tmp"), "{").unwrap();
    let second = open(&folder);
    assert_eq!(second.elsewhere, 1);
    assert_eq!(names(&folder), ["one.aB3.tmp", "one.json", "one.lock"]);
}

#[test]
fn what_another_leaves_is_taken_when_it_is_looked_for() {
    let (_root, folder) = temp();
    let first = open(&folder);
    let second = open(&folder);
    first.drafts.save(&draft("one", "typed there 灯籠")).unwrap();
    second.drafts.save(&draft("two", "typed here")).unwrap();
    assert_eq!(second.drafts.take_left().unwrap(), (vec![], 1), "its own is no other's");
    drop(first);
    let left = second.drafts.take_left().unwrap();
    assert_eq!(left, (vec![draft("one", "typed there 灯籠")], 0));
    assert_eq!(second.drafts.take_left().unwrap(), (vec![], 0), "once");
    second.drafts.save(&draft("one", "gone on with here")).unwrap();
    assert_eq!(open(&folder).elsewhere, 2);
}
