//! A draft's text in an editor, and what becomes of it.

use std::time::Duration;

use super::*;

const WRITTEN: &str = "written in the editor: שלום 山田 👩\u{200d}👧";

/// As if the editor had written this so much later.
fn writes(lent: &Path, text: impl AsRef<[u8]>, later: i64) {
    fs::write(lent, text).unwrap();
    let file = fs::File::options().write(true).open(lent).unwrap();
    let now = file.metadata().unwrap().modified().unwrap();
    let by = Duration::from_secs(later.unsigned_abs());
    file.set_modified(if later < 0 { now - by } else { now + by }).unwrap();
}

fn id() -> DraftId {
    DraftId("one".to_owned())
}

/// The only draft, once nobody has it: as it is seen, and as it is taken.
fn found(folder: &Path) -> Draft {
    let seen = Drafts::attach(folder).unwrap().glance().unwrap().drafts;
    let opened = open(folder);
    assert_eq!((seen.len(), opened.mine.len(), opened.elsewhere), (1, 1, 0));
    assert_eq!(seen[0].draft, opened.mine[0]);
    opened.mine[0].clone()
}

#[test]
fn what_is_written_is_taken_back_and_is_on_disk() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    for text in ["", TEXT, "one\n"] {
        let draft = draft("one", text);
        let lent = opened.drafts.lend(&draft).unwrap();
        assert_eq!(fs::read_to_string(lent.path()).unwrap(), text);
        assert_eq!(names(&folder), ["one.json", "one.lock", "one.txt"]);
        fs::write(lent.path(), format!("{WRITTEN}\n")).unwrap();
        assert_eq!(opened.drafts.take_back(&lent).unwrap(), WRITTEN);
        assert_eq!(names(&folder), ["one.json", "one.lock"]);
    }
    drop(opened);
    assert_eq!(found(&folder), draft("one", WRITTEN));
}

#[test]
fn what_was_written_when_folkmoot_was_killed_is_the_draft() {
    for (text, written, expected) in [
        ("", WRITTEN, WRITTEN),
        (TEXT, WRITTEN, WRITTEN),
        // Nothing was written yet, or the editor had just emptied the file.
        (TEXT, TEXT, TEXT),
        ("one\n", "one\n", "one\n"),
        (TEXT, " \n", TEXT),
    ] {
        let (_root, folder) = temp();
        let opened = open(&folder);
        let lent = opened.drafts.lend(&draft("one", text)).unwrap();
        writes(lent.path(), written, 0);
        drop((opened, lent));
        assert_eq!(found(&folder), draft("one", expected));
        assert_eq!(names(&folder), ["one.json", "one.lock"]);
    }
}

#[test]
fn what_is_not_the_newest_text_is_put_aside_and_never_deleted() {
    let sent = sending("one", TEXT);
    let text = draft("one", TEXT);
    for (document, written, later) in [
        (&text, WRITTEN.as_bytes(), -60),
        (&sent, WRITTEN.as_bytes(), 60),
        (&text, b"\xff\xfe no text", 60),
    ] {
        let (_root, folder) = temp();
        let opened = open(&folder);
        let lent = opened.drafts.lend(&draft("one", TEXT)).unwrap();
        opened.drafts.save_durably(document).unwrap();
        writes(lent.path(), written, later);
        drop((opened, lent));
        assert_eq!(&found(&folder), document);
        assert_eq!(names(&folder), ["one.json", "one.lock", "one.unreadable-1"]);
        assert_eq!(fs::read(folder.join("one.unreadable-1")).unwrap(), written);
    }
}

#[test]
fn what_an_editor_that_failed_has_left_is_put_aside_and_never_becomes_the_text() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    let drafts = &opened.drafts;
    let lent = drafts.lend(&draft("one", TEXT)).unwrap();
    assert_eq!(drafts.leave(&lent, &draft("one", TEXT)).unwrap(), None);
    assert_eq!(names(&folder), ["one.json", "one.lock"]);
    let lent = drafts.lend(&draft("one", TEXT)).unwrap();
    writes(lent.path(), WRITTEN, 0);
    let aside = drafts.leave(&lent, &draft("one", TEXT)).unwrap().unwrap();
    assert_eq!(fs::read_to_string(&aside).unwrap(), WRITTEN);
    assert_eq!(aside, folder.join("one.unreadable-1"));
    drop((opened, lent));
    let opened = open(&folder);
    assert_eq!(opened.mine, [draft("one", TEXT)]);
    // Not even the end of the draft takes what was written away.
    let lent = opened.drafts.lend(&draft("one", TEXT)).unwrap();
    writes(lent.path(), "more", 0);
    opened.drafts.remove(&id()).unwrap();
    assert_eq!(names(&folder), ["one.unreadable-1", "one.unreadable-2"]);
}

#[test]
fn what_is_no_text_is_refused_and_stays() {
    let (_root, folder) = temp();
    let drafts = open(&folder).drafts;
    let lent = drafts.lend(&draft("one", TEXT)).unwrap();
    fs::write(lent.path(), b"\xff\xfe").unwrap();
    let refused = drafts.take_back(&lent).unwrap_err();
    let DraftsError::NoText(aside) = refused else {
        panic!("{refused}")
    };
    assert_eq!(fs::read(aside).unwrap(), b"\xff\xfe");
    assert_eq!(names(&folder), ["one.json", "one.lock", "one.unreadable-1"]);
}

#[cfg(unix)]
#[test]
fn what_an_editor_leaves_running_does_not_keep_the_draft_from_others() {
    for ends_well in [true, false] {
        let (_root, folder) = temp();
        let opened = open(&folder);
        let lent = opened.drafts.lend(&draft("one", TEXT)).unwrap();
        let inherited = lent.for_the_editor().unwrap();
        if ends_well {
            opened.drafts.take_back(&lent).unwrap();
        } else {
            opened.drafts.leave(&lent, &draft("one", TEXT)).unwrap();
        }
        assert_eq!(open(&folder).elsewhere, 1, "it is still ours");
        drop((opened, lent));
        assert_eq!(open(&folder).mine.len(), 1);
        drop(inherited);
    }
}

#[test]
fn what_is_written_after_the_draft_has_gone_is_put_aside() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    let lent = opened.drafts.lend(&draft("one", TEXT)).unwrap();
    opened.drafts.remove(&id()).unwrap();
    writes(lent.path(), WRITTEN, 0);
    drop((opened, lent));
    let again = open(&folder);
    assert_eq!(again.mine, []);
    assert_eq!(only_path(&again), folder.join("one.unreadable-1"));
    assert_eq!(fs::read_to_string(folder.join("one.unreadable-1")).unwrap(), WRITTEN);
}
