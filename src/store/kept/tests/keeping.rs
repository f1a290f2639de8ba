//! What is kept, and found again.

use std::sync::Arc;

use proptest::prelude::*;

use super::answers::{answers, id, post, thread};
use super::*;
use crate::domain::{Body, Html, Prose, Thread};
use crate::protocol::{CardPart, Payload, Problem, ProblemKind, Query, Scope, Section};

#[test]
fn every_answer_is_found_again_as_it_was_by_another_run() {
    let (_folder, path) = place();
    let mut store = open(&path);
    for (query, parts) in answers() {
        assert_eq!(store.recall(&query).unwrap(), None, "{query:?}");
        store.keep(&query, &parts, at(10)).unwrap();
    }
    drop(store);
    let store = open(&path);
    for (query, parts) in answers() {
        let kept = store.recall(&query).unwrap();
        assert_eq!(kept, Some(Kept { read_at: at(10), parts }), "{query:?}");
    }
}

#[test]
fn a_newer_answer_takes_the_place_of_the_older_and_pages_become_one() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let query = Query::Groups {
        scope: Scope::Mine,
        term: None,
    };
    let page = |groups: Vec<Group>| Payload::Groups(groups.into());
    store.keep(&query, &[page(vec![group("x", "Gone")])], at(1)).unwrap();
    let pages = [page(vec![group("a", "A")]), page(vec![group("b", "B")]), page(vec![])];
    store.keep(&query, &pages, at(2)).unwrap();
    let kept = store.recall(&query).unwrap().unwrap();
    assert_eq!(kept.read_at, at(2));
    assert_eq!(kept.parts, [page(vec![group("a", "A"), group("b", "B")])]);
    store.forget(&query).unwrap();
    assert_eq!(store.recall(&query).unwrap(), None);
}

#[test]
fn what_was_typed_and_what_is_soon_out_of_date_is_not_kept() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let hidden = CardPart::Hidden(Section::Reports, Problem::new(ProblemKind::Forbidden, "no", ""));
    for (query, payload) in [
        (
            Query::Groups {
                scope: Scope::All,
                term: Some("plan".into()),
            },
            Payload::Groups([].into()),
        ),
        (
            Query::Threads {
                group: id("g"),
                since: Some(at(0)),
            },
            Payload::Threads([].into()),
        ),
        (Query::Unseen { groups: vec![] }, Payload::Unseen(vec![])),
        (
            Query::People { term: "plan".into() },
            Payload::People {
                page: vec![person("f", "花子 Found", "found@contoso.com")].into(),
                total: Some(1),
            },
        ),
    ] {
        store.keep(&query, &[payload], at(1)).unwrap();
        assert_eq!(store.recall(&query).unwrap(), None, "{query:?}");
    }
    let card = Query::Card {
        person: id("p"),
        mine: false,
    };
    store.keep(&card, &[Payload::Card(hidden)], at(1)).unwrap();
    assert_eq!(store.recall(&card).unwrap().unwrap().parts, []);
}

#[test]
fn a_thread_that_was_deleted_is_forgotten_and_the_others_stay() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let other = Thread {
        id: id("other"),
        ..thread()
    };
    let (group, gone) = (id("g"), thread().id);
    let list = Query::Threads {
        group: group.clone(),
        since: None,
    };
    let posts = |thread: &Id| Query::Posts {
        group: group.clone(),
        thread: thread.clone(),
    };
    let said = Payload::Posts {
        posts: vec![Arc::new(post(Body::Plain(Prose::new("さようなら"))))],
        cut_short: false,
    };
    store
        .keep(&list, &[Payload::Threads([thread(), other.clone()].into())], at(1))
        .unwrap();
    for thread in [&gone, &other.id] {
        store.keep(&posts(thread), std::slice::from_ref(&said), at(1)).unwrap();
    }
    store.forget_threads(&group, std::slice::from_ref(&gone)).unwrap();
    let kept = store.recall(&list).unwrap().unwrap();
    assert_eq!(kept.read_at, at(1), "it is as old as it was");
    assert_eq!(kept.parts, [Payload::Threads([other.clone()].into())]);
    assert_eq!(store.recall(&posts(&gone)).unwrap(), None);
    assert!(store.recall(&posts(&other.id)).unwrap().is_some());
    store.forget_threads(&id("unknown"), &[gone]).unwrap();
}

#[test]
fn names_are_completed() {
    let (_folder, path) = place();
    let mut store = open(&path);
    keep_groups(
        &mut store,
        &[
            group("zeta", "Apple 100%"),
            group("apple", "Pear"),
            group("x", "App_le"),
        ],
        at(1),
    )
    .unwrap();
    keep_people(&mut store, &[person("p", "Äpfel 花子", "app@contoso.com")], at(1));
    let names = |noun, beginning: &str, most| -> Vec<String> {
        let names = store.names(noun, beginning, most).unwrap();
        names.into_iter().map(|name| name.name.to_string()).collect()
    };
    assert_eq!(names(Noun::Groups, "app", 9), ["App_le", "Apple 100%", "Pear"]);
    assert_eq!(names(Noun::Groups, "app_", 9), ["App_le"]);
    assert_eq!(names(Noun::Groups, "%", 9), Vec::<String>::new());
    assert_eq!(names(Noun::Groups, "", 2).len(), 2);
    assert_eq!(names(Noun::People, "APP", 9), ["Äpfel 花子"]);
}

#[test]
fn a_photo_is_kept_and_so_is_that_there_is_none() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let photo = Photo {
        bytes: Some(vec![0xff, 0xd8, 0]),
        etag: Some("\"灯\"".into()),
        read_at: at(3),
    };
    let none = Photo {
        bytes: None,
        etag: None,
        read_at: at(4),
    };
    store.keep_photo(&id("p"), 48, &photo).unwrap();
    store.keep_photo(&id("p"), 96, &photo).unwrap();
    store.keep_photo(&id("p"), 96, &none).unwrap();
    assert_eq!(store.photo(&id("p"), 48).unwrap(), Some(photo));
    assert_eq!(store.photo(&id("p"), 96).unwrap(), Some(none));
    assert_eq!(store.photo(&id("q"), 48).unwrap(), None);
    store.forget_photo(&id("q")).unwrap();
    assert!(store.photo(&id("p"), 48).unwrap().is_some());
    store.forget_photo(&id("p")).unwrap();
    for size in [48, 96] {
        assert_eq!(store.photo(&id("p"), size).unwrap(), None);
    }
}

#[test]
fn nobody_sees_what_somebody_else_has_read() {
    let (_folder, path) = place();
    let mut store = open(&path);
    assert!(!store.belongs_to(&id("mira")).unwrap());
    for (query, parts) in answers() {
        store.keep(&query, &parts, at(1)).unwrap();
    }
    assert!(!store.belongs_to(&id("mira")).unwrap());
    assert!(store.recall(&Query::Me).unwrap().is_some());
    assert!(store.belongs_to(&id("ivo")).unwrap());
    for (query, _) in answers() {
        assert_eq!(store.recall(&query).unwrap(), None, "{query:?}");
    }
    let left = store.inventory().unwrap();
    assert_eq!((left.reads, left.people, left.groups, left.photos), (0, 0, 0, 0));
    assert!(store.people_like("mira", 9).unwrap().is_empty());
}

#[test]
fn what_was_read_longest_ago_makes_room() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let query = |n: i64| Query::Posts {
        group: id("g"),
        thread: id(&format!("t{n}")),
    };
    let posts = |n: i64| Payload::Posts {
        posts: vec![Arc::new(post(Body::Html(Html::new(format!("{n}").repeat(40_000)))))],
        cut_short: false,
    };
    for n in 0..60 {
        store.keep(&query(n), &[posts(n)], at(n)).unwrap();
    }
    let whole = store.used().unwrap();
    store.make_room_for(whole / 2).unwrap();
    assert!(store.used().unwrap() <= whole / 2, "{whole}");
    assert_eq!(store.recall(&query(0)).unwrap(), None);
    assert!(store.recall(&query(59)).unwrap().is_some());
    let (file, about) = (std::fs::metadata(&path).unwrap().len(), store.inventory().unwrap());
    assert!(about.reads < 60 && about.newest == Some(at(59)), "{about:?} {file}");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = place();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let mut store = open(&path);
    keep_groups(&mut store, &[group("a", "A")], at(1)).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        let file = entry.unwrap().path();
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn whatever_text_there_is_comes_back(name in any::<String>(), mail in any::<Option<String>>(), html in any::<String>()) {
        let (_folder, path) = place();
        let mut store = open(&path);
        let mut someone = person("p", &name, "");
        someone.mail = mail.as_deref().map(Text::new);
        keep_people(&mut store, std::slice::from_ref(&someone), at(1));
        prop_assert_eq!(known(&store, "p"), Some(someone));
        store.people_like(&name, 5).unwrap();
        store.names(Noun::People, &name, 5).unwrap();
        let query = Query::Posts { group: id(&name), thread: id("t") };
        let parts = vec![Payload::Posts { posts: vec![Arc::new(post(Body::Html(Html::new(html))))], cut_short: false }];
        store.keep(&query, &parts, at(1)).unwrap();
        prop_assert_eq!(store.recall(&query).unwrap().map(|kept| kept.parts), Some(parts));
    }
}
