//! The fields above a text: people, categories, files.

use std::path::Path;

use super::begin::{draft, stage};
use super::fixture::*;
use crate::app::{Cmd, What};
use crate::domain::{DraftId, Enclosure, Field};
use crate::keys::Place;
use crate::protocol::{Lane, Payload};

/// A file of this many bytes.
pub(super) fn file(path: &Path, size: u64) -> Enclosure {
    Enclosure {
        path: path.to_owned(),
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        size,
        modified: noon(0),
        digest: "00".into(),
    }
}

#[test]
fn what_is_no_address_opens_the_people_finder() {
    let mut stage = stage();
    stage.key("f");
    stage.types("in");
    stage.key("enter");
    assert_eq!(stage.model.place(), Place::Finder);
    assert_eq!(stage.model.finder.as_ref().unwrap().line.text(), "in");
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Header);
    stage.key("ctrl-u");
    stage.key("enter");
    let cmds = stage.paste("kim@elsewhere.example");
    let stored = stage.reply(asked(&cmds, Lane::Remembered), Payload::Remembered(Vec::new()));
    stage.filter_all(&cmds);
    stage.filter_all(&stored);
    stage.key("enter");
    assert_eq!(stage.model.place(), Place::Header);
    let people = draft(&stage).with.people;
    let to: Vec<_> = people.iter().map(|person| person.address.as_str()).collect();
    assert_eq!(to, ["kim@elsewhere.example"]);
}

#[test]
fn nothing_but_an_address_is_taken_from_the_finder_as_it_is() {
    let mut stage = stage();
    stage.keys("f enter");
    for (typed, taken) in [
        ("kim@", None),
        ("kim at@elsewhere.example", None),
        ("Kim 金 <kim@elsewhere.example>", Some("Kim 金 <kim@elsewhere.example>")),
    ] {
        stage.key("ctrl-u");
        let cmds = stage.paste(typed);
        let stored = stage.reply(asked(&cmds, Lane::Remembered), Payload::Remembered(Vec::new()));
        stage.filter_all(&cmds);
        stage.filter_all(&stored);
        stage.key("enter");
        let people = draft(&stage).with.people;
        let to = people.first().map(crate::domain::Recipient::addressed);
        assert_eq!(to.as_deref(), taken, "{typed}");
        let place = if taken.is_some() { Place::Header } else { Place::Finder };
        assert_eq!(stage.model.place(), place, "{typed}");
    }
}

#[test]
fn what_is_no_address_is_not_left_behind_by_going_on() {
    let mut stage = stage();
    stage.key("f");
    stage.types("@山田");
    for key in ["tab", "shift-tab", "ctrl-s", "esc"] {
        stage.key(key);
        let header = &stage.model.composer.as_ref().unwrap().header;
        assert_eq!(
            (header.at, header.line.text()),
            (Some(Field::People), "@山田".into()),
            "{key}"
        );
        assert_eq!(stage.model.place(), Place::Header);
    }
}

#[test]
fn fields_hold_several_things_and_backspace_takes_the_last_away() {
    let mut stage = stage();
    stage.key("r");
    let at = |stage: &Stage| stage.model.composer.as_ref().unwrap().header.at;
    stage.key("tab");
    assert_eq!(at(&stage), Some(Field::People), "a reply has no topic of its own");
    stage.key("tab");
    stage.types("緊急");
    stage.key("enter");
    stage.types("later");
    stage.key("tab");
    assert_eq!(
        (at(&stage), draft(&stage).with.categories),
        (Some(Field::Attachments), vec!["緊急".into(), "later".into()])
    );
    stage.keys("backtab backspace");
    assert_eq!(draft(&stage).with.categories, ["緊急"]);
    stage.keys("tab tab");
    assert_eq!((at(&stage), stage.model.place()), (None, Place::Composer));
    stage.key("backtab");
    assert_eq!(at(&stage), Some(Field::Attachments));
}

#[test]
fn a_file_is_looked_at_and_what_is_too_large_is_said_at_once() {
    let mut stage = stage();
    stage.keys("r backtab");
    stage.types("/tmp/名簿.csv");
    let cmds = stage.key("enter");
    let id = DraftId("run-1".into());
    let path = "/tmp/名簿.csv".into();
    assert_eq!(
        cmds,
        [Cmd::Enclose {
            draft: id.clone(),
            path
        }]
    );
    let mut enclosed = |name: &str, size| {
        stage.tell(What::Enclosed {
            draft: id.clone(),
            path: name.into(),
            result: Ok(file(Path::new(name), size)),
        });
        let files = draft_files(&stage);
        (files, stage.said().unwrap_or_default().to_owned())
    };
    assert_eq!(enclosed("/tmp/名簿.csv", 2 << 20).0, 1);
    assert_eq!(enclosed("/tmp/名簿.csv", 1 << 20).0, 1, "the same file again");
    let (files, said) = enclosed("/tmp/film.mov", (3 << 20) - 1);
    assert_eq!(files, 1);
    assert!(
        said.contains("MB") && said.contains("Graph takes less than 4.2 MB"),
        "{said}"
    );
    let (files, said) = enclosed("/tmp/film.mov", 3 << 20);
    assert_eq!(files, 1);
    assert!(
        said.contains("film.mov is too large to attach: it has 3.1 MB"),
        "{said}"
    );
}

fn draft_files(stage: &Stage) -> usize {
    draft(stage).with.attachments.len()
}
