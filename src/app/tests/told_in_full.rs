//! Boxes that tell things in full: whatever is wider than a row goes on in the next.

use super::fixture::*;
use crate::app::{DETAIL_LABEL, DETAILS_WIDTH, HELP_WIDTH, HelpRow, Overlay, details, facts, help, holds};
use crate::domain::{Recipient, Thread};
use crate::keys::{Binding, Keymap};
use crate::protocol::{Lane, Payload};
use crate::text::cells;

const TOPIC: &str = "Umzug der Abteilung 人事部 in das neue Gebäude 👩🏽‍💻: was noch zu packen ist, wer wann hilft, اجتماع الفريق, \
    und wo die Schlüssel für die Räume im dritten Stock liegen, bis alle angekommen sind";

/// The details of a thread with a long topic and a long address, in a terminal of this size.
fn details_in(width: u16, height: u16) -> Stage {
    let mut stage = Stage::sized(width, height);
    let to = Recipient {
        name: "山田 花子".into(),
        address: format!("{}@folk.example", "hanako.".repeat(12)).as_str().into(),
    };
    let long = Thread {
        topic: TOPIC.into(),
        to_recipients: vec![to],
        ..thread("t1")
    };
    stage.tell(crate::app::What::Started);
    stage.reply(1, groups(&["A"]));
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Threads), Payload::Threads([long].into()));
    stage.keys("3 i");
    stage
}

/// What stands beside a label and in the rows that it goes on in.
fn value(stage: &Stage, label: &str) -> Vec<String> {
    let rows = details(&stage.model).into_iter();
    let mut rows = rows.skip_while(|(other, _)| *other != label);
    let first = rows.next().map(|(_, value)| value);
    let more = rows.take_while(|(label, _)| label.is_empty());
    first.into_iter().chain(more.map(|(_, value)| value)).collect()
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').collect()
}

#[test]
fn the_details_of_a_thread_are_there_in_full_at_each_width() {
    for width in [40, 80, 120, 200] {
        let stage = details_in(width, 24);
        let room = usize::from(width.min(DETAILS_WIDTH + 4)) - 4 - DETAIL_LABEL;
        let topic = value(&stage, "Topic");
        assert_eq!(without_spaces(&topic.concat()), without_spaces(TOPIC), "{width}");
        let to = value(&stage, "To");
        assert!(to.concat().ends_with("hanako.@folk.example>"), "{width}: {to:?}");
        assert!(
            details(&stage.model).iter().all(|(_, value)| cells(value) <= room),
            "{width}"
        );
    }
}

#[test]
fn all_rows_of_the_details_can_be_scrolled_to() {
    let mut stage = details_in(40, 12);
    let rows = details(&stage.model).len();
    let page = usize::from(stage.model.arrangement().body.height) - 2;
    assert!(rows > page, "{rows}");
    stage.key("G");
    assert!(matches!(stage.model.overlay, Some(Overlay::Details { top }) if top == rows - page));
}

/// Help, put together again: keys, and the words beside or below them, without spaces.
fn read(stage: &Stage) -> Vec<(String, String)> {
    let mut told: Vec<(String, String)> = Vec::new();
    for HelpRow { keys, words, .. } in help(&stage.model) {
        match told.last_mut() {
            Some((_, before)) if keys.trim().is_empty() => before.push_str(&without_spaces(&words)),
            _ => told.push((keys.trim().to_owned(), without_spaces(&words))),
        }
    }
    told
}

#[test]
fn help_tells_all_keys_what_they_do_and_why_not_now_at_each_width() {
    for width in [40, 60, 80, 120, 200] {
        let mut stage = Stage::sized(width, 24);
        let keys = ["alt-f9", "alt-f10", "alt-f11", "alt-f12"].map(str::to_owned).into();
        let action = "filter".to_owned();
        let (keymap, errors) = Keymap::with(&[Binding { action, keys }]);
        assert!(errors.is_empty(), "{errors:?}");
        stage.model.settings.keymap = keymap.into();
        stage.keys("4 ?");
        let room = usize::from(width.min(HELP_WIDTH + 4)) - 4;
        let rows = help(&stage.model);
        let fits = |row: &HelpRow| cells(&row.keys) + cells(&row.words) <= room;
        assert!(rows.iter().all(fits), "{width}: {rows:#?}");
        let known = facts(&stage.model);
        let place = stage.model.place_below_help();
        let keymap = stage.model.settings.keymap.clone();
        let all = place.actions().map(|action| {
            let why = holds(&known, action).err().map(|fact| format!(" — {}", fact.missing()));
            let keys = match keymap.shown(action) {
                keys if keys.is_empty() => format!(":{}", action.name()),
                keys => keys,
            };
            let said = format!("{}{}", action.help(), why.unwrap_or_default());
            (keys, without_spaces(&said))
        });
        assert_eq!(read(&stage), all.collect::<Vec<_>>(), "{width}");
        let rows = rows.len();
        let page = usize::from(stage.model.arrangement().body.height) - 2;
        stage.key("G");
        assert_eq!(stage.model.help, Some(rows.saturating_sub(page)), "{width}");
    }
}
