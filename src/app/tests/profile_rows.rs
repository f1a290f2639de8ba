//! What the rows of a profile show, lead to and copy.

use super::fixture::*;
use super::profile::{card, opened, rows};
use crate::app::{Cmd, What};
use crate::domain::{About, Card, Person, Prose};
use crate::layout::Size;
use crate::protocol::CardPart;

/// The profile of "ines" with this part, the cursor on the row that begins with these words.
fn at(part: CardPart, begins: &str) -> Stage {
    let (mut stage, id) = opened();
    card(&mut stage, id, part);
    let row = rows(&stage).iter().position(|row| row.starts_with(begins));
    for _ in 0..row.unwrap_or_else(|| panic!("no {begins} in {:#?}", rows(&stage))) {
        stage.key("j");
    }
    stage
}

fn contact() -> CardPart {
    CardPart::Person(Box::new(Card {
        person: Person {
            business_phones: vec!["+81 6 0000-0100 x 7".into()],
            ..person("ines")
        },
        im_addresses: vec!["ines@chat.example".into()],
        ..Card::default()
    }))
}

#[test]
fn rows_lead_to_mail_telephone_and_the_web_and_say_so() {
    let documents = || {
        CardPart::Documents(vec![
            document("good", "https://folk.example/灯 籠"),
            document("bad", "javascript:alert(1)"),
        ])
    };
    for (part, row, opened) in [
        (contact(), "Mail", Some("mailto:ines@folkvale.example")),
        (contact(), "Phone", Some("tel:+81600000100;ext=7")),
        (contact(), "Instant", None),
        (contact(), "Job", None),
        (documents(), "good", Some("https://folk.example/%E7%81%AF%20%E7%B1%A0")),
        (documents(), "bad", None),
    ] {
        for key in ["enter", "o"] {
            let mut stage = at(part.clone(), row);
            let cmds = stage.key(key);
            let expected: Vec<Cmd> = opened.map(|url| Cmd::OpenUrl(url.into())).into_iter().collect();
            assert_eq!(cmds, expected, "{row}");
            let nothing = if key == "o" {
                "There is no link here."
            } else {
                "Nothing here can be opened."
            };
            let said = opened.map_or_else(|| nothing.to_owned(), |url| format!("Opening {url}"));
            assert_eq!(stage.said(), Some(said.as_str()), "{row}");
        }
    }
    let mut stage = at(documents(), "bad");
    assert_eq!(stage.key("y"), [Cmd::Copy("javascript:alert(1)".into())]);
}

#[test]
fn a_long_value_takes_the_lines_it_needs_and_is_copied_whole() {
    let words = "提灯の企画を担当しています。\n".to_owned() + &"many words that wrap ".repeat(8);
    let about = About {
        about_me: Some(Prose::new(&words)),
        skills: vec!["和紙".into(), "עברית".into()],
        ..About::default()
    };
    let mut stage = at(CardPart::About(Box::new(about)), "About me");
    let shown = rows(&stage);
    let first = stage.model.profile().unwrap().cursor;
    assert_eq!(shown[first], "About me: 提灯の企画を担当しています。");
    assert!(shown[first + 1].starts_with(": many words") && shown[first + 2].starts_with(": "));
    assert!(shown.contains(&"Skills: 和紙, עברית".to_owned()));
    stage.keys("j j");
    assert_eq!(stage.key("y"), [Cmd::Copy(words.trim().into())]);
    let rows_before = shown.len();
    stage.tell(What::Resized(Size { width: 60, height: 30 }));
    assert!(
        rows(&stage).len() > rows_before,
        "a narrower viewer breaks it into more lines"
    );
}
