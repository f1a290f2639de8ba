//! What could not be written, said where the terminal is back.

use super::*;
use crate::domain::{Enclosed, Kind, Recipient, Target};

const WORDS: &str = "山田さん 👨‍👩‍👧\n\tשלום\u{1b}[2J";

fn draft(id: &str, text: &str) -> Draft {
    let example = Draft::example(text);
    Draft {
        id: DraftId(id.into()),
        target: Target {
            kind: Kind::Conversation,
            topic: "to\u{7}pic".into(),
            ..example.target
        },
        with: Enclosed {
            people: vec![Recipient {
                name: "Ines".into(),
                address: "ines@folkvale.example".into(),
            }],
            ..Enclosed::default()
        },
        ..example
    }
}

#[test]
fn only_the_newest_state_counts_as_written() {
    let unsaved = Unsaved::default();
    let (older, newer) = (unsaved.add(draft("a", "1")), unsaved.add(draft("a", "12")));
    unsaved.is_written(&older);
    assert_eq!(unsaved.lock().drafts.len(), 1);
    unsaved.is_written(&newer);
    assert_eq!(unsaved.lock().drafts.len(), 0);
    unsaved.add(draft("b", "1"));
    unsaved.forget::<Draft>(&DraftId("b".into()));
    assert_eq!(unsaved.rescue(Path::new("/nowhere")), Ok(()));
}

#[test]
fn a_panic_leaves_what_was_typed_where_it_can_be_found() {
    let folder = tempfile::tempdir().unwrap();
    let unsaved = Unsaved::default();
    assert_eq!(unsaved.through_a_panic(folder.path(), || 7), 7);
    unsaved.add(draft("a", WORDS));
    let typing = || -> () {
        let _held = unsaved.lock();
        panic!("in the middle of it")
    };
    let ended = panic::catch_unwind(AssertUnwindSafe(|| unsaved.through_a_panic(folder.path(), typing)));
    assert_eq!(ended.unwrap_err().downcast_ref(), Some(&"in the middle of it"));
    let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap();
    assert!(std::fs::read_to_string(file.path()).unwrap().contains(WORDS));
}

#[test]
fn what_is_left_goes_into_files_for_this_user_as_it_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let unsaved = Unsaved::default();
    unsaved.add(draft("a", WORDS));
    unsaved.add(OwnWords {
        person: "me".into(),
        property: "aboutMe".into(),
        text: "another".into(),
    });
    let problem = unsaved.rescue(folder.path()).unwrap_err();
    let files: Vec<PathBuf> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    assert_eq!(files.len(), 2);
    for file in &files {
        assert!(problem.next.as_str().contains(file.to_str().unwrap()), "{problem}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    let held: Vec<String> = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    let whole = format!("conversation: topic (灯籠)\nto: Ines\n\n{WORDS}\n");
    assert!(held.contains(&whole), "{held:?}");
    assert!(held.contains(&"your profile: aboutMe\n\nanother\n".into()), "{held:?}");
    assert_eq!(unsaved.rescue(folder.path()), Ok(()), "once");
}
