//! Files that cannot be read, that others wrote, and that a kill has left; folders that are not there.

use super::*;

#[test]
fn a_file_that_names_another_draft_is_put_aside() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    opened.drafts.save(&draft("one", TEXT)).unwrap();
    drop(opened);
    let text = fs::read_to_string(folder.join("one.json")).unwrap();
    fs::write(folder.join("one.json"), text.replace("\"one\"", "\"../../victim\"")).unwrap();
    let opened = open(&folder);
    assert_eq!(opened.mine, []);
    assert_eq!(only_path(&opened), folder.join("one.unreadable-1"));
}

#[test]
fn what_cannot_be_read_is_put_aside_and_never_deleted() {
    let (_root, folder) = temp();
    drop(open(&folder));
    let broken: [&[u8]; 6] = [b"", b"{", b"[]", b"{\"id\":\"one\"}", b"\xff\xfe", b"\0\0\0\0"];
    for (n, bytes) in (1..).zip(broken) {
        fs::write(folder.join("one.json"), bytes).unwrap();
        let opened = open(&folder);
        assert_eq!(opened.mine, []);
        assert_eq!(only_path(&opened), folder.join(format!("one.unreadable-{n}")));
        assert_eq!(fs::read(only_path(&opened)).unwrap(), bytes);
        drop(opened);
        assert_eq!(
            open(&folder).unreadable,
            [""; 0].map(PathBuf::from),
            "it is reported once"
        );
    }
    fs::write(folder.join("bad name.json"), "{}").unwrap();
    assert_eq!(only_path(&open(&folder)), folder.join("bad name.unreadable-1"));
    fs::create_dir(folder.join("dir.json")).unwrap();
    let opened = open(&folder);
    assert_eq!(only_path(&opened), folder.join("dir.json"));
    opened.drafts.save(&draft("one", "the name is free again")).unwrap();
}

#[test]
fn what_a_newer_folkmoot_wrote_is_kept() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    opened.drafts.save(&draft("one", TEXT)).unwrap();
    drop(opened);
    let path = folder.join("one.json");
    let mut json: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    json["mentions"] = serde_json::json!(["山田"]);
    json["target"]["mailbox"] = "shared".into();
    fs::write(&path, serde_json::to_vec(&json).unwrap()).unwrap();

    let opened = open(&folder);
    assert_eq!(opened.mine, [draft("one", TEXT)]);
    opened.drafts.save(&draft("one", "changed")).unwrap();
    drop(opened);
    json["text"] = "changed".into();
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&fs::read(&path).unwrap()).unwrap(),
        json
    );

    json["version"] = 3.into();
    json["text"] = serde_json::json!({ "runs": [] });
    let newer = serde_json::to_vec(&json).unwrap();
    fs::write(&path, &newer).unwrap();
    for _ in 0..2 {
        let opened = open(&folder);
        assert_eq!(opened.mine, []);
        assert_eq!(
            only_path(&opened),
            path,
            "it stays where the newer folkmoot will look for it"
        );
        assert!(matches!(
            opened.drafts.save(&draft("one", "x")),
            Err(DraftsError::Elsewhere(_))
        ));
        assert_eq!(fs::read(&path).unwrap(), newer);
    }
}

#[test]
fn leftovers_of_a_kill_are_cleaned_up() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    opened.drafts.save(&draft("kept", "before")).unwrap();
    let whole = fs::read(folder.join("kept.json")).unwrap();
    opened
        .drafts
        .save(&draft("first", "the first save, all but renamed"))
        .unwrap();
    fs::rename(folder.join("first.json"), folder.join("first.aB3.tmp")).unwrap();
    drop(opened);
    fs::write(folder.join("kept.xY9.tmp"), &whole[..10]).unwrap();
    fs::write(folder.join("half.qq.tmp"), &whole[..10]).unwrap();
    fs::write(folder.join("locked.lock"), "").unwrap();

    let opened = open(&folder);
    assert_eq!(
        opened.mine,
        [
            draft("first", "the first save, all but renamed"),
            draft("kept", "before")
        ]
    );
    assert_eq!(opened.unreadable, [""; 0].map(PathBuf::from));
    assert_eq!(names(&folder), ["first.json", "first.lock", "kept.json", "kept.lock"]);
}

#[test]
fn a_folder_that_vanishes_is_made_again() {
    let (root, folder) = temp();
    let opened = open(&folder);
    opened.drafts.save(&draft("one", "x")).unwrap();
    opened.drafts.save(&draft("two", "x")).unwrap();
    fs::remove_dir_all(root.path().join("state")).unwrap();
    opened.drafts.save(&draft("one", "still typing")).unwrap();
    opened.drafts.save_durably(&draft("two", "this too")).unwrap();
    assert_eq!(open(&folder).elsewhere, 2);
    drop(opened);
    assert_eq!(
        open(&folder).mine,
        [draft("one", "still typing"), draft("two", "this too")]
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_a_next_step() {
    let (root, _) = temp();
    fs::write(root.path().join("file"), "").unwrap();
    let error = Drafts::open(&root.path().join("file/drafts")).unwrap_err();
    assert!(matches!(error, DraftsError::Disk { .. }), "{error:?}");
    let problem = error.problem();
    assert!(problem.what.as_str().contains("file"), "{problem}");
    assert!(!problem.next.is_empty());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_may_be_all_there_is_and_stays() {
    for (name, stays) in [("one.aB3.tmp", "one.aB3.tmp"), ("one.txt", "one.unreadable-1")] {
        let (_root, folder) = temp();
        drop(open(&folder));
        // It leads to itself: reading it fails, removing it would not.
        std::os::unix::fs::symlink(name, folder.join(name)).unwrap();
        let opened = open(&folder);
        assert_eq!((opened.mine.len(), opened.unreadable.len()), (0, 1), "{name}");
        assert!(names(&folder).contains(&stays.to_owned()), "{:?}", names(&folder));
    }
}
