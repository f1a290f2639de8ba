//! What is typed, sent, wrapped by Exchange and read again is what was typed.

use proptest::prelude::*;

use super::*;
use crate::domain::{Draft, Enclosed, Format, Html, Id, Kind, Prose, Target};

/// The HTML of a plain reply.
fn reply_html(text: &str, quoted: Option<&str>) -> String {
    draft_html(text, &Enclosed::default(), quoted)
}

/// A body as Exchange gives it back.
fn returned(html: &str) -> Body {
    super::html(&format!(
        "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head>\r\n<body>{html}</body></html>"
    ))
}

#[test]
fn typed_text_becomes_clean_html() {
    for (typed, html) in [
        ("Hi", "<div dir=\"auto\">Hi</div>"),
        (
            "a\n\nb\n",
            "<div dir=\"auto\">a</div><div dir=\"auto\"><br></div><div dir=\"auto\">b</div>",
        ),
        ("<b> & \"q\"", "<div dir=\"auto\">&lt;b&gt; &amp; &quot;q&quot;</div>"),
        ("  if a:\tb", "<div dir=\"auto\">&nbsp; if a: &nbsp; &nbsp;b</div>"),
        ("\u{1b}[31mred\u{202e}", "<div dir=\"auto\">red</div>"),
        (
            "see https://a.example/?a=1&b=\"2\".",
            "<div dir=\"auto\">see <a href=\"https://a.example/?a=1&amp;b=\">https://a.example/?a=1&amp;b=</a>&quot;2&quot;.</div>",
        ),
        ("javascript://x", "<div dir=\"auto\">javascript://x</div>"),
    ] {
        assert_eq!(reply_html(typed, None), html, "{typed:?}");
    }
}

#[test]
fn a_quote_is_clean_and_says_who_and_when() {
    let hostile = "<p onclick=x()>Hello <b>you</b></p><script>alert(1)</script><style>p{}</style><iframe src=x></iframe>\
        <div style='display:none'>hidden</div><img src='https://track.example/x.png' alt=Chart><img width=1 src=y>\
        <a href='javascript:x'>bad</a> <a href='https://a.example/'>good</a><form action=x><input name=y></form>";
    let quote = quote_of(&html(hostile), "Ann <i>", "16 Nov 2026, 09:12");
    assert_eq!(
        quote,
        "<div>On 16 Nov 2026, 09:12, Ann &lt;i&gt; wrote:</div><div><p>Hello <b>you</b></p>[Chart]<a>bad</a> \
         <a href=\"https://a.example/\">good</a></div>"
    );
    let quote = quote_of(&plain("one <two>\nhttps://a.example"), "Ann", "today");
    assert_eq!(
        quote,
        "<div>On today, Ann wrote:</div><div>one &lt;two&gt;<br><a href=\"https://a.example\">https://a.example</a><br></div>"
    );
}

#[test]
fn a_quoted_reply_reads_as_one() {
    let quote = quote_of(
        &html("<p>Shall we?</p><blockquote>Or not?</blockquote>"),
        "Ben",
        "16 Nov 2026, 09:12",
    );
    let body = returned(&reply_html("Yes,\n\nlet us.", Some(&quote)));
    assert_eq!(
        sketch(&body, 60),
        "  Yes,\n\n  let us.\n\nH| On 16 Nov 2026, 09:12, Ben wrote:\n |\n | Shall we?\n |\n || Or not?\n"
    );
    assert_eq!(own_words(&body), "Yes,\nlet us.");
}

#[test]
fn long_posts_are_quoted_in_part_and_hostile_ones_in_no_time() {
    let long = quote_of(&html(&"<p>山田 <b>text</b>".repeat(50_000)), "Ann", "today");
    assert!(long.len() < 300_000 && long.len() > 100_000);
    for source in [
        "<div>".repeat(100_000),
        "<b id=1><p>".repeat(10_000),
        "<a href=https://a.example>".repeat(1000),
    ] {
        let quote = quote_of(&html(&source), "Ann", "today");
        assert!(contains_own_words(&returned(&reply_html("own", Some(&quote))), "own"));
    }
}

#[test]
fn what_is_not_the_same_does_not_match() {
    for (typed, sent) in [
        ("Yes", "Yes, but later"),
        ("Yes, but later", "Yes"),
        ("Yes", "yes"),
        ("Yes", ""),
        ("", ""),
        ("", "Yes"),
        ("a b", "ab"),
        ("Yes", "No\n\nYes"),
        ("1 > 2", "1 < 2"),
    ] {
        for quoted in [None, Some("<div>On 16 Nov 2026 Ben wrote:</div><p>Yes</p>")] {
            let body = returned(&reply_html(sent, quoted));
            assert!(!contains_own_words(&body, typed), "{typed:?} in {sent:?}");
        }
    }
    // Somebody else's answer that quotes it is not it.
    let quote = quote_of(&returned(&reply_html("Yes", None)), "Ann", "today");
    assert!(!contains_own_words(&returned(&reply_html("Fine", Some(&quote))), "Yes"));
    assert!(!contains_own_words(&plain("> Yes\nFine"), "Yes"));
}

#[test]
fn a_plain_text_body_matches_too() {
    let converted = "<font size=\"2\"><div class=\"PlainText\">Yes,<br>\r\n&gt; as you said<br>\r\nfine.</div></font>";
    assert!(contains_own_words(&returned(converted), "Yes,\n> as you said\nfine."));
    assert!(contains_own_words(&returned(converted), "Yes,\nfine."));
    assert!(!contains_own_words(&returned(converted), "Yes,"));
    assert!(contains_own_words(
        &plain("Yes,\r\n> as you said\r\nfine.\r\n"),
        "Yes,\n> as you said\nfine."
    ));
    assert!(contains_own_words(
        &plain("Fine.\n\nOn 16 Nov 2026, Ben wrote:\n> Shall we?\n"),
        "Fine."
    ));
}

/// Whether somebody may have typed, or pasted, a mail with its header: that is shown as a quote.
fn shows_a_mail(typed: &str) -> bool {
    ["---", "____", "wrote:"].iter().any(|mark| typed.contains(mark))
}

/// Whether what somebody typed is shown as a quote in part: a mail with its header, or three lines behind `>`.
fn shows_a_quote(typed: &str) -> bool {
    let lines = typed.split(|c: char| c.is_control() || "\u{2028}\u{2029}".contains(c));
    let is_marked = |line: &&str| normalised(line).starts_with('>');
    shows_a_mail(typed) || lines.filter(is_marked).count() >= 3
}

/// What people type, and worse.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => prop::sample::select(&[
            "Hello", "some words", " ", "  ", "\n", "\n\n", "\t", "\r\n", "> ", ">> quoted", "> quoted\n", "-- ", "-- \n", "<b>",
            "</div>", "</blockquote>", "<!--", "&amp;", "&", "&#27;", "<", ">", "\"", "'", "山田 花子", "שלום עולם", "مرحبا",
            "👩\u{200d}👩\u{200d}👧", "🏳\u{fe0f}\u{200d}🌈", "🇩🇪", "e\u{301}", "é", "ﾊﾞ", "https://a.example/x?y=1&z=2#f", "www.b.example",
            "x@y.example", "http://", "ftp://a.example", "\u{a0}", "\u{3000}", "\u{200b}", "\u{ad}", "\u{feff}", "\u{202e}",
            "\u{1b}[31m", "\u{1b}]0;t\u{7}", "\u{c}", "\u{85}", "\0", "\u{fffe}", "On 1 Jan 2026 Ben wrote:", "From: a",
            "-----Original Message-----", "________________________________", "1. one", "* two", "| a | b |", "$x^2$",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_was_typed_comes_back(typed in typed()) {
        let body = returned(&reply_html(&typed, None));
        if !shows_a_quote(&typed) {
            prop_assert_eq!(normalised(&own_words(&body)), normalised(&typed));
        }
        prop_assert_eq!(contains_own_words(&body, &typed), !normalised(&typed).is_empty());
    }

    #[test]
    fn what_was_typed_comes_back_above_a_quote(typed in typed(), quoted in super::hostile::markup()) {
        let quote = quote_of(&html(&quoted), "Ann <x>", "16 Nov 2026, 09:12");
        let body = returned(&reply_html(&typed, Some(&quote)));
        if !shows_a_quote(&typed) {
            prop_assert_eq!(normalised(&own_words(&body)), normalised(&typed));
        }
        prop_assert_eq!(contains_own_words(&body, &typed), !normalised(&typed).is_empty());
    }

    #[test]
    fn a_plain_body_is_what_it_says(typed in typed()) {
        prop_assert_eq!(contains_own_words(&plain(&typed), &typed), !normalised(&typed).is_empty());
    }

    #[test]
    fn normalising_twice_changes_nothing(text in any::<String>()) {
        let once = normalised(&text);
        prop_assert_eq!(normalised(&once), once);
    }
}

/// The HTML of Markdown with a signature.
fn markdown(text: &str, signature: Option<&str>) -> String {
    let with = Enclosed {
        format: Format::Markdown,
        signature: signature.map(str::to_owned),
        ..Enclosed::default()
    };
    draft_html(text, &with, None)
}

#[test]
fn markdown_becomes_clean_html() {
    for (typed, html) in [
        (
            "**yes** ~~no~~ `a<b`",
            "<p><strong>yes</strong> <del>no</del> <code>a&lt;b</code></p>",
        ),
        ("# 山田\n\n- a\n- b", "<h1>山田</h1><ul><li>a</li><li>b</li></ul>"),
        (
            "see https://a.example/a_b_c?x=1&y=2",
            "<p>see <a href=\"https://a.example/a_b_c?x=1&amp;y=2\">https://a.example/a_b_c?x=1&amp;y=2</a></p>",
        ),
        ("[x](javascript:alert(1)) <script>alert(1)</script>", "<p><a>x</a> </p>"),
        (
            "![Chart](https://track.example/x.png)",
            "<p><a href=\"https://track.example/x.png\">Chart</a></p>",
        ),
        ("<img src=https://track.example/x.png alt=Chart onerror=x()>", "[Chart]"),
        ("\u{1b}[31mred\u{202e}", "<p>red</p>"),
    ] {
        assert_eq!(markdown(typed, None).replace('\n', ""), html, "{typed:?}");
    }
    let deep = ">".repeat(50_000);
    assert!(markdown(&deep, None).len() < 1_000_000);
}

#[test]
fn what_was_sent_is_known_again_whatever_its_format() {
    let signature = Some("Ines Wickersham\n花子 שלום");
    let list = markdown(
        "Three things:\n\n1. **one**\n2. two\n\n> quoted by hand\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        signature,
    );
    for sent in [
        list.clone(),
        markdown("> nothing but what is indented", None),
        draft_html(
            "plain\n  text",
            &Enclosed {
                signature: signature.map(str::to_owned),
                ..Enclosed::default()
            },
            None,
        ),
    ] {
        let said = |html: &str| says_what_was_sent(&returned(html), &sent);
        assert!(said(&sent), "{sent}");
        let quoting = format!("{sent}<blockquote type=\"cite\">more</blockquote>");
        assert!(said(&quoting), "{sent}");
        assert!(
            !said(
                &sent
                    .replace("one", "eins")
                    .replace("plain", "flat")
                    .replace("nothing", "all")
            ),
            "{sent}"
        );
    }
    assert!(!says_what_was_sent(&returned(""), ""));
}

#[test]
fn a_signature_is_read_as_one() {
    for sent in [
        markdown("Yes.", Some("Ines")),
        draft_html(
            "Yes.",
            &Enclosed {
                signature: Some("Ines".into()),
                ..Enclosed::default()
            },
            None,
        ),
    ] {
        let set = typeset(&returned(&sent), 60);
        let last = set.lines.last().unwrap();
        assert_eq!((last.part, said(last).as_str()), (Part::Signature, "Ines"), "{sent}");
    }
}

fn said(line: &Line) -> String {
    line.runs.iter().map(|run| &*run.text).collect()
}

#[test]
fn what_is_shown_before_is_what_goes_out() {
    let draft = |kind| {
        let example = Draft::example("a <b>");
        Draft {
            target: Target {
                kind,
                quoted: Some("<p>said</p>".into()),
                ..example.target
            },
            with: Enclosed {
                signature: Some("Ines 花子".into()),
                ..Enclosed::default()
            },
            ..example
        }
    };
    let (thread, post) = (Id::from("t"), Id::from("p"));
    let forwarded = Wording::of(&draft(Kind::Forward { thread, post }));
    assert_eq!(forwarded, Wording::Comment("a <b>\n\n-- \nInes 花子".into()));
    assert_eq!(forwarded.body(), Body::Plain(Prose::new(forwarded.content())));
    let begun = draft(Kind::Conversation);
    let html = draft_html(&begun.text, &begun.with, Some("<p>said</p>"));
    let begun = Wording::of(&begun);
    assert_eq!((begun.content(), begun.body()), (&*html, Body::Html(Html::new(&*html))));
}
