//! Looking for what may have been sent.

use super::*;
use crate::domain::{DraftState, Enclosed, Format, Html, Recipient};

const SENT: &str = "2026-11-21T12:00:00Z";
/// How far the server's clock is ahead where this machine's is right.
const RIGHT: SignedDuration = SignedDuration::ZERO;

const ME: &str = "ines@folkvale.example";

fn sought(text: &str) -> Sought {
    let at = SENT.parse().unwrap();
    let draft = Draft {
        state: DraftState::Sending { since: at },
        begun: at,
        ..Draft::example(text)
    };
    Sought {
        draft: Box::new(draft),
        at,
        taken: Vec::new(),
    }
}

fn post(id: &str, from: &str, when: &str, html: &str) -> Post {
    Post {
        id: id.into(),
        body: Body::Html(Html::new(format!("<html><head></head><body>{html}</body></html>"))),
        received_date_time: Some(when.parse::<Timestamp>().unwrap()),
        sender: Recipient {
            name: "Ines".into(),
            address: from.into(),
        },
        ..Post::default()
    }
}

#[test]
fn the_post_is_known_by_sender_words_and_time() {
    let words = "שלום 山田,\n\nyes & no 👩\u{200d}👧";
    let html = text::draft_html(words, &Enclosed::default(), None);
    let right = post("right", "INES@folkvale.example", "2026-11-21T12:00:09Z", &html);
    let others = [
        post("other sender", "bo@folkvale.example", "2026-11-21T12:00:09Z", &html),
        post(
            "other words",
            "ines@folkvale.example",
            "2026-11-21T12:00:09Z",
            "<div>yes</div>",
        ),
        post("other time", "ines@folkvale.example", "2026-11-21T12:02:01Z", &html),
    ];
    for other in &others {
        assert_eq!(
            find(&sought(words), RIGHT, &[ME.to_owned()], std::slice::from_ref(other)),
            None
        );
    }
    let all: Vec<Post> = others.into_iter().chain([right]).collect();
    assert_eq!(
        find(&sought(words), RIGHT, &[ME.to_owned()], &all),
        Some("right".into())
    );
    let taken = Sought {
        taken: vec!["right".into()],
        ..sought(words)
    };
    assert_eq!(
        find(&taken, RIGHT, &[ME.to_owned()], &all),
        None,
        "a post settles one draft"
    );
    let mine = [ME.to_owned(), "ivo@folkvale.example".to_owned()];
    assert_eq!(find(&sought(words), RIGHT, &mine, &all), Some("right".into()));
}

#[test]
fn a_draft_is_looked_for_in_the_name_of_its_writer() {
    let person = |id: &str, mail: &str| Person {
        id: id.into(),
        mail: Some(mail.into()),
        user_principal_name: Some(mail.to_uppercase().as_str().into()),
        ..Person::default()
    };
    let known = [
        person("ines", "ines.new@folkvale.example"),
        person("ivo", "ivo@folkvale.example"),
    ];
    let mut draft = *sought("明日").draft;
    assert_eq!(
        senders(&draft, &known),
        ["ines.new@folkvale.example", "ivo@folkvale.example"],
        "an older folkmoot has not said who wrote it"
    );
    draft.writer = Some(Writer::of(&person("ines", ME)));
    assert_eq!(senders(&draft, &known), [ME, "ines.new@folkvale.example"]);
    assert_eq!(senders(&draft, &known[1..]), [ME]);
}

#[test]
fn the_time_may_be_by_either_clock() {
    let words = "明日";
    let html = text::draft_html(words, &Enclosed::default(), None);
    let an_hour = SignedDuration::from_hours(1);
    for (when, ahead, found) in [
        ("2026-11-21T12:59:50Z", an_hour, true),
        ("2026-11-21T11:01:50Z", -an_hour, true),
        // The clock was put wrong after it was sent.
        ("2026-11-21T12:00:09Z", an_hour, true),
        ("2026-11-21T12:59:50Z", RIGHT, false),
        ("2026-11-21T12:59:50Z", -an_hour, false),
        ("2026-11-21T12:30:00Z", an_hour, false),
        ("2026-11-21T12:00:09Z", SignedDuration::MAX, true),
    ] {
        let post = post("p", "ines@folkvale.example", when, &html);
        let seen = find(&sought(words), ahead, &[ME.to_owned()], &[post]);
        assert_eq!(seen.is_some(), found, "{when}, {ahead}");
    }
}

#[test]
fn markdown_and_a_signature_are_known_by_what_they_were_sent_as() {
    let mut sought = sought("**yes**, see\n\n- 山田\n- שלום");
    sought.draft.with = Enclosed {
        format: Format::Markdown,
        signature: Some("Ines".into()),
        ..Enclosed::default()
    };
    let Draft { text: typed, with, .. } = &*sought.draft;
    let html = text::draft_html(typed, with, Some("<div>quoted</div>"));
    let post = |html: &str| post("p", "ines@folkvale.example", "2026-11-21T12:00:09Z", html);
    assert_eq!(find(&sought, RIGHT, &[ME.to_owned()], &[post(&html)]), Some("p".into()));
    assert_eq!(
        find(&sought, RIGHT, &[ME.to_owned()], &[post(&html.replace("Ines", "Bo"))]),
        None
    );
}
