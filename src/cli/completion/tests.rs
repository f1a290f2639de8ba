//! Completing what is typed, in each shell.

use jiff::Timestamp;

use super::*;
use crate::domain::{Group, Person};
use crate::protocol::{Payload, Query, Scope};

fn values(candidates: Vec<CompletionCandidate>) -> Vec<String> {
    let value = |candidate: &CompletionCandidate| candidate.get_value().to_str().unwrap().to_owned();
    candidates.iter().map(value).collect()
}

fn group(name: &str, mail: Option<&str>) -> Group {
    let json = serde_json::json!({"id": name, "displayName": name, "mail": mail});
    serde_json::from_value(json).unwrap()
}

#[test]
fn names_come_from_what_is_kept_and_mean_nothing_to_a_shell() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = Store::open(&folder.path().join("store-0.db")).unwrap();
    let now = Timestamp::now();
    let groups = [
        group("Product", Some("product@contoso.com")),
        group("Product managers", Some("managers@contoso.com")),
        group("Produktion", None),
        group("Prod $(rm -rf ~)", Some("prod;reboot@contoso.com")),
        group("提灯", None),
    ];
    let (scope, term) = (Scope::All, Some("p".to_owned()));
    let listed = Payload::Groups(groups.into());
    store.keep(&Query::Groups { scope, term }, &[listed], now).unwrap();
    let person = Person {
        id: crate::domain::Id::new("1"),
        name: Text::new("Yamada Hanako"),
        mail: Some(Text::new("hanako@contoso.com")),
        ..Person::default()
    };
    let (page, total) = (vec![person].into(), None);
    let term = "yama".to_owned();
    store
        .keep(&Query::People { term }, &[Payload::People { page, total }], now)
        .unwrap();
    let names = |shell, noun, typed| values(known(folder.path(), noun, typed, Quoting::of(shell, "")));
    let plain = ["product@contoso.com", "Produktion"];
    for shell in ["elvish", "powershell"] {
        assert_eq!(
            names(shell, Noun::Groups, "PROD"),
            plain,
            "nothing in it means something to a shell"
        );
    }
    assert_eq!(names("bash", Noun::Groups, "x"), [""; 0]);
    assert_eq!(names("bash", Noun::Groups, "提"), ["提灯"]);
    assert_eq!(names("bash", Noun::People, "hana"), ["hanako@contoso.com"]);
    assert_eq!(names("bash", Noun::People, "yamada"), [r"Yamada\ Hanako"]);
    for typed in ["Prod $", r"Prod\ \$", "\"Prod $", "'Prod $("] {
        assert_eq!(
            names("bash", Noun::Groups, typed),
            [r"Prod\ \$\(rm\ -rf\ \~\)"],
            "{typed}"
        );
        assert_eq!(names("zsh", Noun::Groups, typed), ["Prod $(rm -rf ~)"], "{typed}");
    }
    assert_eq!(
        values(known(&folder.path().join("nowhere"), Noun::People, "", Quoting::Plain)),
        [""; 0]
    );
}

#[test]
fn a_store_that_is_broken_or_newer_gives_none_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store-0.db");
    for broken in [&b"no database"[..], b""] {
        std::fs::write(&file, broken).unwrap();
        assert_eq!(
            values(known(folder.path(), Noun::Groups, "", Quoting::ByShell)),
            [""; 0]
        );
        assert_eq!(std::fs::read(&file).unwrap(), broken);
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing was put aside"
        );
    }
}

#[test]
fn whatever_names_a_group_or_a_person_is_completed() {
    let command = command().mut_subcommands(|command| with_names(command, Quoting::Plain));
    for (words, arguments) in [
        ("user card", &["users"][..]),
        ("user check", &["user", "groups"]),
        ("common", &["one", "other"]),
        ("diff", &["one", "other"]),
        ("org path", &["one", "other"]),
        ("path", &["user", "group"]),
        ("who", &["term"]),
    ] {
        let find = |command: &clap::Command, word| command.find_subcommand(word).unwrap().clone();
        let command = words
            .split(' ')
            .fold(command.clone(), |command, word| find(&command, word));
        for name in arguments {
            let argument = command.get_arguments().find(|arg| arg.get_id() == name).unwrap();
            assert!(argument.get::<ArgValueCompleter>().is_some(), "{words} {name}");
        }
    }
}

#[test]
fn numbers_and_drafts_are_those_of_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let ids = (0..12).map(|n| crate::domain::Id::new(format!("{n}"))).collect();
    assert_eq!(values(numbers(folder.path(), Listed::Threads, "")), [""; 0]);
    store::remember(folder.path(), Listed::Threads, &"g".into(), ids, Timestamp::now()).unwrap();
    assert_eq!(
        values(numbers(folder.path(), Listed::Threads, "1")),
        ["1", "10", "11", "12"]
    );
    assert_eq!(values(numbers(folder.path(), Listed::Conversations, "")), [""; 0]);

    let place = folder.path().join("drafts");
    assert_eq!(values(drafts(&place, "")), [""; 0]);
    assert!(!place.exists());
    let draft = Draft {
        id: crate::domain::DraftId("20261121T120000Z-abc123def-2".into()),
        target: crate::domain::Target {
            group: "g".into(),
            kind: crate::domain::Kind::Conversation,
            group_name: "提灯".into(),
            topic: "שלום".into(),
            quoted: None,
        },
        text: "x".into(),
        with: Default::default(),
        state: crate::domain::DraftState::Writing,
        begun: Timestamp::now(),
        writer: None,
    };
    Drafts::attach(&place).unwrap().save(&draft).unwrap();
    assert_eq!(values(drafts(&place, "ab")), ["abc123-2"]);
    assert_eq!(values(drafts(&place, "x")), [""; 0]);
}
