use std::fs;

use super::super::files::remove;
use super::*;
use crate::protocol::{Me, Payload, Query};

/// Something that is done to a file.
type Damage = Box<dyn Fn(&Path)>;

fn filled(path: &Path) {
    let mut store = open(path);
    let groups: Vec<Group> = (0..2000)
        .map(|n| group(&format!("g{n}"), &format!("Group {n}")))
        .collect();
    keep_groups(&mut store, &groups, at(1)).unwrap();
    store
        .keep(&Query::Me, &[Payload::Me(Box::<Me>::default())], at(1))
        .unwrap();
}

/// What lies beside a store, by name; its own files, the locks and what SQLite puts there left out.
fn aside(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path.parent().unwrap()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| name.contains("corrupt") || name.contains("newer"))
        .collect()
}

#[test]
fn a_file_that_is_no_database_is_put_aside_and_another_made() {
    let cut = |keep: f64| {
        move |path: &Path| {
            filled(path);
            let bytes = fs::read(path).unwrap();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a part of a length"
            )]
            fs::write(path, &bytes[..(bytes.len() as f64 * keep) as usize]).unwrap();
        }
    };
    let anothers = |path: &Path| {
        let db = Connection::open(path).unwrap();
        db.execute_batch("CREATE TABLE cats (name TEXT); INSERT INTO cats VALUES ('Mimi')")
            .unwrap();
    };
    let garbage = |path: &Path| fs::write(path, [0xde, 0xad].repeat(9000)).unwrap();
    let schema = |path: &Path| {
        filled(path);
        let mut bytes = fs::read(path).unwrap();
        bytes[100..2000].fill(0x5a);
        fs::write(path, bytes).unwrap();
    };
    let damages: [(&str, Damage); 6] = [
        ("garbage", Box::new(garbage)),
        ("short", Box::new(|path| fs::write(path, "SQLite format 3\0").unwrap())),
        ("half", Box::new(cut(0.5))),
        ("almost", Box::new(cut(0.99))),
        ("another's", Box::new(anothers)),
        ("schema", Box::new(schema)),
    ];
    for (name, damage) in damages {
        let (_folder, path) = place();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        damage(&path);
        let bytes = fs::read(&path).unwrap();
        let (mut store, notice) = Store::open(&path).unwrap();
        let notice = notice.unwrap_or_else(|| panic!("{name}: no notice"));
        assert_eq!(notice.why, Aside::Corrupt, "{name}");
        assert_eq!(fs::read(&notice.file).unwrap(), bytes, "{name}");
        assert_eq!(aside(&path).len(), 1, "{name}");
        assert_eq!(store.recall(&Query::Me).unwrap(), None, "{name}");
        keep_groups(&mut store, &[group("a", "A")], at(1)).unwrap();
        drop(store);
        assert_eq!(open(&path).inventory().unwrap().groups, 1, "{name}");
        assert!(notice.problem().to_string().contains("corrupt-"), "{name}");
    }
}

#[test]
fn a_newer_file_is_put_aside_whole() {
    let (_folder, path) = place();
    filled(&path);
    let db = Connection::open(&path).unwrap();
    db.pragma_update(None, "user_version", schema::LATEST + 1).unwrap();
    drop(db);
    for nth in 1..=2 {
        let (store, notice) = Store::open(&path).unwrap();
        let Some(notice) = notice else {
            assert_eq!(nth, 2);
            break;
        };
        assert_eq!((nth, notice.why), (1, Aside::Newer));
        let kept = Connection::open(&notice.file).unwrap();
        let groups: i64 = kept
            .query_row("SELECT count(*) FROM groups", [], |row| row.get(0))
            .unwrap();
        assert_eq!(groups, 2000);
        assert_eq!(store.inventory().unwrap().groups, 0);
    }
}

#[test]
fn two_in_one_second_both_stay() {
    let (_folder, path) = place();
    for _ in 0..3 {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "not a database at all, but long enough to look like one").unwrap();
        let (_, notice) = Store::open(&path).unwrap();
        assert!(notice.is_some());
    }
    assert_eq!(aside(&path).len(), 3);
}

#[test]
fn damage_inside_is_told_when_it_is_met_and_mended_by_opening_anew() {
    let (_folder, path) = place();
    filled(&path);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 3;
    let end = bytes.len() - 4096;
    bytes[middle..end].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let store = open(&path);
    let error = store.names(Noun::Groups, "", 5000).unwrap_err();
    assert!(error.is_corrupt(), "{error}");
    drop(store);
    let (store, notice) = Store::reopen(&path).unwrap();
    assert_eq!(notice.map(|notice| notice.why), Some(Aside::Corrupt));
    assert_eq!(store.inventory().unwrap().groups, 0);
    let (_, notice) = Store::reopen(&path).unwrap();
    assert_eq!(notice, None, "the new one is whole");
}

#[test]
fn every_older_version_is_brought_up_to_date() {
    for version in 0..schema::LATEST {
        let (_folder, path) = place();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "application_id", 0x666d_6f74).unwrap();
        for sql in &schema::MIGRATIONS[..usize::try_from(version).unwrap()] {
            db.execute_batch(sql).unwrap();
        }
        db.pragma_update(None, "user_version", version).unwrap();
        drop(db);
        filled(&path);
        assert_eq!(open(&path).inventory().unwrap().groups, 2000, "from version {version}");
    }
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_written_it_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = place();
    fs::write(folder.path().join("default"), "a file where the folder should be").unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(!error.is_corrupt() && !error.is_busy(), "{error}");
    assert!(!error.problem().next.is_empty());
    fs::remove_file(folder.path().join("default")).unwrap();
    filled(&path);
    fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(0o500)).unwrap();
    // Root may write anywhere.
    if let Err(error) = Store::open(&path) {
        assert!(error.problem().next.as_str().contains("enabled = false"), "{error}");
    }
    fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(aside(&path), Vec::<String>::new());
}

#[test]
fn a_full_disk_is_told_and_nothing_of_the_change_stays() {
    let (_folder, path) = place();
    let mut store = open(&path);
    keep_groups(&mut store, &[group("a", "A")], at(1)).unwrap();
    let pages: i64 = store
        .db
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    // SQLite answers as it does where the disk is full.
    store.db.pragma_update(None, "max_page_count", pages).unwrap();
    let groups: Vec<Group> = (0..5000).map(|n| group(&format!("g{n}"), "G")).collect();
    let error = keep_groups(&mut store, &groups, at(2)).unwrap_err();
    assert!(error.problem().next.as_str().contains("Make room"), "{error}");
    assert_eq!(store.inventory().unwrap().groups, 1);
}

#[test]
fn every_account_has_a_file_of_its_own() {
    let holder = |name: &str| crate::protocol::Holder(name.to_owned());
    let path = |graph: &str, name: &str| super::super::path(Path::new("/s/work"), graph, &holder(name));
    let mira = path("https://graph", "t mira");
    assert_eq!(mira, path("https://graph", "t mira"));
    for other in [path("https://graph", "t ivo"), path("https://graph2", "t mira")] {
        assert_ne!(mira, other);
        assert_eq!(other.parent(), Some(Path::new("/s/work")));
        assert!(!other.to_str().unwrap().contains("ivo"));
    }
}

#[test]
fn removing_takes_all_that_belongs_to_it_and_nothing_else() {
    let (_folder, path) = place();
    filled(&path);
    fs::write(
        &path,
        "damaged, so that something is put aside: long enough to be a header",
    )
    .unwrap();
    let (store, notice) = Store::open(&path).unwrap();
    assert!(notice.is_some());
    let folder = path.parent().unwrap();
    fs::write(folder.join("folkmoot.log"), "log").unwrap();
    filled(&folder.join("store-1.db"));
    assert!(remove(&path).unwrap() > 0);
    drop(store);
    let left: Vec<_> = files(folder).unwrap();
    assert!(
        left.iter()
            .all(|(file, _)| file.starts_with(folder.join("store-1.db")) || file.ends_with("store-1.db")),
        "{left:?}"
    );
    assert!(!left.is_empty() && folder.join("folkmoot.log").exists());
    assert_eq!(remove(&path).unwrap(), 0);
    assert!(clear(folder).unwrap() > 0);
    assert_eq!(files(folder).unwrap(), []);
    assert!(folder.join("folkmoot.log").exists());
    assert_eq!(files(&folder.join("nowhere")).unwrap(), []);
}
