//! Mails that go into the mbox, and come back out of it.

use proptest::prelude::*;

use super::super::story::tests::story;
use super::*;

fn written(posts: &[(&str, Option<&str>, i64, &str)]) -> String {
    let story = story(posts);
    let mut all = Vec::new();
    for (told, chain) in story.posts.iter().zip(story.ancestors()) {
        all.extend(entry(told, &mail(&story, told, &chain, Vec::new()).unwrap()));
    }
    String::from_utf8(all).unwrap()
}

/// A header with its folded lines as one.
fn header(mail: &str, name: &str) -> Option<String> {
    let head = mail.split("\n\n").next()?.replace("\n\t", " ").replace("\n ", " ");
    let begins = format!("{}: ", name.to_lowercase());
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&begins))?;
    Some(
        line.split_once(": ")?
            .1
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    )
}

#[test]
fn every_mail_says_what_it_answers() {
    let mbox = written(&[
        ("A/+=", None, 0, "<p>One</p>"),
        ("B==", Some("A/+="), 1, "<p>Two</p>"),
        ("C==", None, 2, "<p>Three</p>"),
    ]);
    assert!(!mbox.contains('\r'));
    let mails: Vec<&str> = mbox.split("From hanako@folk.example ").skip(1).collect();
    assert_eq!(mails.len(), 3);
    assert!(mails[0].starts_with("Wed Nov 18 08:26:40 2026\n"), "{}", mails[0]);
    let root = "<A/+=@graph.microsoft.com>";
    let ids = |mail: &str| ["Message-ID", "In-Reply-To", "References"].map(|name| header(mail, name));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(ids(mails[0]), [some(root), None, None]);
    assert_eq!(
        ids(mails[1]),
        [some("<B==@graph.microsoft.com>"), some(root), some(root)]
    );
    assert_eq!(
        ids(mails[2]),
        [some("<C==@graph.microsoft.com>"), some(root), some(root)]
    );
    assert_eq!(header(mails[0], "Keywords"), some("Blue"));
    assert_eq!(header(mails[0], "Date"), some("Wed, 18 Nov 2026 08:26:40 +0000"));
    assert!(header(mails[0], "To").unwrap().contains("<launch@folk.example>"));
    assert_eq!(written(&[]), "");
}

#[test]
fn a_line_that_looks_like_the_next_mail_is_quoted() {
    let mbox = written(&[("a", None, 0, "<pre>From here on\n&gt;From there\nFromage</pre>")]);
    assert!(mbox.contains("\n>From here on"), "{mbox}");
    assert!(mbox.contains("\n>>From there"), "{mbox}");
    assert!(mbox.contains("\nFromage"), "{mbox}");
    assert_eq!(mbox.lines().filter(|line| line.starts_with("From ")).count(), 1);
}

#[test]
fn the_text_part_is_laid_out_for_programs_that_show_no_html() {
    let long = "灯籠 lamp ".repeat(30);
    let html = format!(
        "<p>One <a href='https://folk.example/a'>here</a></p><p>{long}</p><table border=1><tr><td>Area<td>State<tr><td>Rain<td>amber</table>\
         <blockquote type=cite>said before</blockquote>"
    );
    let text = readable(&Body::Html(crate::domain::Html::new(html)));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..2], ["One here [1]", ""], "{text}");
    assert!(
        lines.iter().all(|line| text::cells(line) <= usize::from(WIDTH)),
        "{text}"
    );
    let row = |line: &&str| line.contains("Rain") && line.contains("amber");
    assert!(lines.iter().any(row), "a row of a table is a line: {text}");
    assert!(lines.contains(&"> said before"), "{text}");
    assert_eq!(lines.last(), Some(&"[1] https://folk.example/a"));
    let plain = Body::Plain(crate::domain::Prose::new("as\n  typed"));
    assert_eq!(readable(&plain), text::plain_text(&plain));
}

#[test]
fn nothing_that_others_named_becomes_a_header() {
    let mut story = story(&[("a\r\nX: 1", None, 0, "x")]);
    story.posts[0].post.sender = Recipient {
        name: Text::new("Evil\r\nBcc: x@y"),
        address: Text::new("a b>\r\nBcc: x@y"),
    };
    let mail = mail(&story, &story.posts[0], &[], Vec::new()).unwrap();
    let mail = String::from_utf8(mail).unwrap();
    let head = mail.split("\r\n\r\n").next().unwrap();
    let is_forged = |line: &str| line.starts_with("Bcc") || line.starts_with("X:");
    assert!(!head.lines().any(is_forged), "{head}");
    let first = String::from_utf8(entry(&story.posts[0], b"")).unwrap();
    assert!(first.starts_with("From MAILER-DAEMON Wed Nov 18"), "{first}");
}

#[test]
fn only_the_types_of_files_are_types() {
    for (kind, is_one) in [
        ("text/plain", true),
        ("application/vnd.ms-excel", true),
        ("image/svg+xml", true),
        ("message/rfc822", false),
        ("multipart/mixed", false),
        ("text", false),
        ("text/", false),
        ("text/plain; x=\"y\"", false),
        ("текст/plain", false),
    ] {
        assert_eq!(is_media_type(kind), is_one, "{kind}");
    }
}

/// Whatever people and programs call things, with what breaks headers and mails among it.
fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "(\r|\n|\r\n|From |>|Bcc: x@y|\"|\\\\|<|:|=\\?utf-8\\?q\\?|--|山|ש|e\u{301}|\u{202e}|👩\u{200d}👧| |\u{0}){0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_forges_a_header_or_an_entry(
        topic in odd(), name in odd(), address in odd(), category in odd(), file_name in odd(), kind in odd(), body in odd(),
        content_id in prop_oneof![Just(None), odd().prop_map(Some)],
    ) {
        let mut story = story(&[("a", None, 0, "x"), ("b", Some("a"), 1, "y")]);
        story.thread.topic = Text::new(&topic);
        let told = &mut story.posts[1];
        told.post.sender = Recipient { name: Text::new(&name), address: Text::new(&address) };
        told.post.categories = vec![Text::new(&category)];
        told.post.body = Body::Html(crate::domain::Html::new(body.as_str()));
        told.enclosed = vec![enclosed(&file_name, &kind)];
        let told = &story.posts[1];
        let content_id = content_id.filter(|id| is_content_id(id));
        let parts = vec![Part { enclosed: &told.enclosed[0], bytes: body.clone().into_bytes(), content_id }];
        let mail = mail(&story, told, &[&story.posts[0].post.id], parts).unwrap();
        let entry = String::from_utf8_lossy(&entry(told, &mail)).into_owned();
        prop_assert!(entry.is_ascii() && !entry.contains(['\r', '\u{0}', '\u{1b}']), "{entry:?}");
        prop_assert_eq!(entry.lines().filter(|line| line.starts_with("From ")).count(), 1, "{}", entry);
        let known = [
            "Message-ID", "Date", "Subject", "From", "To", "In-Reply-To", "References", "Keywords", "MIME-Version",
            "Content-Type", "Content-Transfer-Encoding",
        ];
        let head = entry.split("\n\n").next().unwrap();
        let mut seen: Vec<&str> = Vec::new();
        for line in head.lines().skip(1).filter(|line| !line.starts_with([' ', '\t'])) {
            let header = line.split(':').next().unwrap();
            prop_assert!(known.contains(&header) && !seen.contains(&header), "{}", head);
            seen.push(header);
        }
    }
}

fn enclosed(name: &str, kind: &str) -> Enclosed {
    let json = serde_json::json!({
        "@odata.type": "#microsoft.graph.fileAttachment", "id": "x", "name": name, "contentType": kind, "size": 1,
    });
    let json = serde_json::value::RawValue::from_string(json.to_string()).unwrap();
    Enclosed {
        attachment: serde_json::from_str(json.get()).unwrap(),
        json,
    }
}
