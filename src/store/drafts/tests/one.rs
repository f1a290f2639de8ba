//! Drafts one by one, and what they have become.

use super::*;
/// The files of drafts.
fn files(folder: &Path) -> Vec<String> {
    names(folder)
        .into_iter()
        .filter(|name| !name.starts_with('.'))
        .collect()
}

#[test]
fn a_glance_takes_nothing_and_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("drafts");
    let running = Drafts::attach(&folder).unwrap();
    running.save(&draft("two", TEXT)).unwrap();
    {
        let earlier = Drafts::attach(&folder).unwrap();
        earlier.save(&draft("one", TEXT)).unwrap();
    }
    fs::write(folder.join("broken.json"), "{").unwrap();
    fs::remove_file(folder.join("one.lock")).unwrap();
    let before = files(&folder);
    let seen = Drafts::attach(&folder).unwrap().glance().unwrap();
    let found: Vec<_> = seen
        .drafts
        .iter()
        .map(|it| (it.draft.id.0.as_str(), it.elsewhere))
        .collect();
    assert_eq!(found, [("one", false), ("two", true)]);
    assert_eq!(seen.unreadable, [folder.join("broken.json")]);
    assert_eq!(files(&folder), before);
}

#[test]
fn one_draft_is_taken_and_the_others_are_not() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("drafts");
    {
        let earlier = Drafts::attach(&folder).unwrap();
        earlier.save(&draft("one", TEXT)).unwrap();
        earlier.save(&draft("two", TEXT)).unwrap();
    }
    let command = Drafts::attach(&folder).unwrap();
    assert_eq!(command.take_one(&DraftId("one".into())).unwrap(), draft("one", TEXT));
    let gone = command.take_one(&DraftId("three".into())).unwrap_err();
    assert!(matches!(gone, DraftsError::Missing(_)), "{gone}");
    let screen = open(&folder);
    assert_eq!((screen.mine, screen.elsewhere), (vec![draft("two", TEXT)], 1));
    let taken = Drafts::attach(&folder)
        .unwrap()
        .take_one(&DraftId("two".into()))
        .unwrap_err();
    assert!(matches!(taken, DraftsError::Elsewhere(_)), "{taken}");
    command.save_durably(&sending("one", TEXT)).unwrap();
    command.remove(&DraftId("one".into())).unwrap();
}

#[test]
fn a_post_settles_one_draft_over_all_runs() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("drafts");
    let [one, two] = ["one", "two"].map(|name| DraftId(name.into()));
    let post = Id::from("post 山");
    {
        let first = Drafts::attach(&folder).unwrap();
        first.save(&draft("one", TEXT)).unwrap();
        assert_eq!(first.taken_by_others(&one).unwrap(), []);
        assert!(first.claim(&one, &post).unwrap());
        first.remove(&one).unwrap();
    }
    let second = Drafts::attach(&folder).unwrap();
    second.save(&draft("two", TEXT)).unwrap();
    assert_eq!(second.taken_by_others(&two).unwrap(), std::slice::from_ref(&post));
    assert_eq!(second.taken_by_others(&one).unwrap(), [], "its own post is its own");
    assert!(!second.claim(&two, &post).unwrap());
    assert!(second.claim(&two, &Id::from("another")).unwrap());
    assert!(
        second.claim(&two, &Id::from("another")).unwrap(),
        "killed then, it finds its own post again"
    );
    // What cannot be read is begun anew.
    fs::write(folder.join(".settled"), "{").unwrap();
    assert_eq!(second.taken_by_others(&one).unwrap(), []);
}

#[test]
fn whoever_waits_for_nobody_is_told_that_the_folder_is_in_use() {
    let (_root, folder) = temp();
    assert!(Drafts::glance_at_once(&folder).is_err());
    assert!(!folder.exists(), "nothing is made for a look");
    drop(open(&folder).drafts.save(&draft("one", TEXT)));
    assert_eq!(Drafts::glance_at_once(&folder).unwrap().drafts.len(), 1);
    let lock = fs::File::open(folder.join(".lock")).unwrap();
    lock.lock().unwrap();
    let busy = Drafts::glance_at_once(&folder).unwrap_err();
    assert!(matches!(busy, DraftsError::Busy(_)), "{busy}");
}
