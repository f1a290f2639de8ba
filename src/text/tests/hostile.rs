//! Bodies made to hurt, and arbitrary ones.

use proptest::prelude::*;

use super::*;

const WIDTHS: [u16; 7] = [1, 2, 3, 7, 20, 80, 500];

/// What must hold for every body at every width. Returns the layout.
pub fn check(body: &Body, width: u16) -> Typeset {
    let typeset = typeset(body, width);
    for line in &typeset.lines {
        let margin = usize::from(quote_margin(line.quote, width));
        let taken: usize = line.runs.iter().map(|run| cells(&run.text)).sum();
        assert!(taken + margin <= usize::from(width), "{width}: {:?}", line.text());
        assert!(line.runs.iter().all(|run| !run.text.is_empty()));
        assert_eq!(Prose::new(&line.text()).as_str(), line.text(), "unclean");
        assert!(!line.text().contains('\n'));
        for run in &line.runs {
            if let Role::Link(number) | Role::LinkNumber(number) = run.role {
                assert!(usize::from(number) <= typeset.links.len());
            }
        }
    }
    let mut end = 0;
    for fold in &typeset.folds {
        assert!(fold.lines.start >= end && !fold.lines.is_empty(), "{fold:?}");
        end = fold.lines.end;
    }
    assert!(end <= typeset.lines.len());
    for (index, link) in typeset.links.iter().enumerate() {
        assert_eq!(usize::from(link.number), index + 1);
        assert!(
            link.url.is_ascii() && !link.url.contains(|c: char| c.is_control() || c == ' '),
            "{:?}",
            link.url
        );
    }
    typeset
}

fn check_all(body: &Body) {
    for width in WIDTHS {
        check(body, width);
    }
}

#[test]
fn terminal_sequences_do_not_pass() {
    for source in [
        "\u{1b}]52;c;aGk=\u{7}text",
        "&#27;]52;c;aGk=&#7;text",
        "&#x1b;]8;;https://evil.example&#x1b;\\text&#x1b;]8;;&#x1b;\\",
        "&#27;<b>]52;c;aGk=&#7;</b>text",
        "\u{9b}2Jtext",
        "&#x9b;2Jtext",
        "<img src=x alt='&#27;[31mtext'>",
        "<a href='https://a.example/&#27;]52;c;aGk=&#7;'>&#27;[2Jtext</a>",
        "<pre>&#27;[2Jtext\r&#8;&#8;</pre>",
        "<ol type='&#27;[2J'><li>text</ol>",
        "<p class=MsoListParagraph style='mso-list:l0 level1'><span style='mso-list:Ignore'>&#27;[2J</span>text",
        "<table border=1><tr><td>&#27;[2Jtext<td>&#x202e;txet</tr></table>",
        "\u{202e}txet\u{202c} \u{2066}text\u{2069}",
    ] {
        for width in WIDTHS {
            let typeset = check(&html(source), width);
            let shown: String = typeset.lines.iter().map(Line::text).collect();
            assert!(!shown.is_empty(), "{source:?}");
            for link in typeset.links {
                assert_eq!(Text::new(link.shown.as_str()), link.shown);
            }
        }
        check_all(&plain(source));
    }
}

#[test]
fn nesting_and_numbers_without_end() {
    let deep = |tag: &str, times: usize| format!("{}text", format!("<{tag}>").repeat(times));
    let mut many_attributes = String::from("<p ");
    (0..30_000).for_each(|name| many_attributes.push_str(&format!("a{name} ")));
    let mut left_open = String::from("<p>");
    (0..1000).for_each(|id| left_open.push_str(&format!("<b id={id}>")));
    left_open.push_str("</p>");
    left_open.push_str(&"<p>text".repeat(10_000));
    for source in [
        deep("div", 10_000),
        deep("div", 100_000),
        deep("ul><li", 20_000),
        deep("table><tr><td", 10_000),
        deep("table border=1><tr><th", 10_000),
        deep("blockquote", 10_000),
        deep("b", 10_000),
        deep("a href=https://a.example", 10_000),
        deep("font size=1", 10_000),
        format!("{}text{}", "<div>".repeat(50_000), "</div>".repeat(50_000)),
        format!("{many_attributes}>text"),
        left_open,
        "<table border=1><tr><td colspan=4000000000>text<td rowspan=999999999>b</tr><tr><td>c</table>".to_owned(),
        "<table border=1>".to_owned() + &"<tr><td colspan=1000 rowspan=1000>text".repeat(200) + "</table>",
        "<table border=1><tr>".to_owned() + &"<td>text".repeat(20_000) + "</table>",
        "<ol start=9223372036854775807><li>text<li>b</ol><ol start=-99 type=i><li>c</ol>".to_owned(),
        format!("z{}text", "\u{301}".repeat(40_000)),
        "👩\u{200d}".repeat(20_000) + "text",
        "<br>".repeat(50_000) + "text",
        "&lt;".repeat(20_000) + "text",
        ">".repeat(100_000) + "text",
        "<!--".to_owned() + &"text".repeat(50_000) + "--><p>text",
    ] {
        let body = html(&source);
        for width in [1, 80] {
            let typeset = check(&body, width);
            assert!(!typeset.lines.is_empty(), "{:.60}", source);
        }
        assert!(plain_text(&body).contains("text"), "{:.60}", source);
        // As text it is one long word: what comes after so much of it is more of the same.
        check(&plain(start_of(&source, 100_000)), 80);
    }
}

#[test]
fn text_under_too_many_elements_stays_in_order() {
    let source: String = (0..1000).map(|level| format!("<div>{level} ")).collect();
    let text: String = plain_text(&html(&source))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let expected: Vec<String> = (0..1000).map(|level| level.to_string()).collect();
    assert_eq!(text, expected.join(" "));
}

#[test]
fn what_follows_too_many_elements_is_outside_of_them() {
    let source = format!(
        "{}deep{}<p>own",
        "<blockquote type=cite>".repeat(5000),
        "</blockquote>".repeat(5000)
    );
    assert_eq!(own_words(&html(&source)), "own");
}

#[test]
fn long_bodies_are_cut_and_say_so() {
    let body = html(&"<p>山田 text</p>".repeat(300_000));
    let typeset = check(&body, 80);
    assert_eq!(
        typeset.notice.as_ref().map(Text::as_str),
        Some("cut: the body is longer than 1 MB")
    );
    let body = plain(&"line\n".repeat(30_000));
    let typeset = check(&body, 80);
    assert_eq!(typeset.lines.len(), 20_000);
    assert_eq!(
        typeset.notice.as_ref().map(Text::as_str),
        Some("cut: the body has more than 20,000 lines")
    );
    assert_eq!(check(&html("<p>short"), 80).notice, None);
}

#[test]
fn fifty_megabytes_of_a_table_are_a_table_of_one() {
    let body = html(&("<table border=1>".to_owned() + &"<tr><td>山田<td>1</tr>".repeat(2_300_000)));
    let typeset = check(&body, 80);
    assert!(typeset.notice.is_some());
    assert!(!typeset.lines.is_empty() && typeset.lines.len() <= 20_000);
}

#[test]
fn headers_without_end_are_read_in_no_time() {
    for line in [
        "From: a\n",
        "Sent: a\n",
        "-----Original Message-----\nFrom: a\nSent: b\n",
        "____________________\n",
        "-- \n> a\n",
    ] {
        check(&plain(&line.repeat(15_000)), 80);
    }
    let mail = "<p><b>From:</b> a<br><b>Sent:</b> b<br><b>Subject:</b> c</p><p>text</p>";
    check(&html(&mail.repeat(3_000)), 80);
    // A text that is long must not be read again for each element that may be about it.
    let long = "a: 1 ".repeat(20_000);
    for around in [
        "<div style='border-top:1px solid'><b>".repeat(300),
        "<div class=moz-cite-prefix>".repeat(300),
    ] {
        check(&html(&format!("{around}{long}")), 80);
    }
    check(
        &html(&format!("{long}{}", "<blockquote></blockquote>".repeat(5_000))),
        80,
    );
}

/// HTML-like text: pieces of markup and of scripts in any order.
pub fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(&[
            "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<br>", "<hr>", "<ul>", "</ul>", "<li>",
            "<ol start=7>", "</ol>", "<table>", "<table border=1>", "</table>", "<tr>", "<td>", "<th>", "<td colspan=2>",
            "<td rowspan=3>", "<td colspan=0 rowspan=70000>", "</td>", "</tr>", "<thead>", "<caption>", "<blockquote>",
            "</blockquote>", "<pre>", "</pre>", "<a href='https://a.example/x'>", "<a href='javascript:x'>", "</a>",
            "<img alt=x src=y>", "<img>", "<h1>", "</h1>", "<div style='display:none'>", "<span style='font-size:0'>",
            "<div id=divRplyFwdMsg>", "<div class=gmail_quote_container>", "<blockquote style='border:none'>", "<a name=_MailAutoSig>",
            "<p>From: a<br>To: b<br>Subject: c", "<td align=right>", "<span style='color:transparent'>", "<div id=x_appendonsend>", "<div class=gmail_quote>", "<div class=gmail_attr>",
            "<div class=PlainText>", "<br id=lineBreakAtBeginningOfSignature>", "<p class=signature>", "<map>", "<area href='https://a.example/y'>",
            "<input type=submit value=go>", "<style>.gmail_attr b{display:none}</style>", "On 1 Jan 2026, Ben wrote:<br>", "-----Original Message-----<br>", "<div style='border-top:solid'>", "<b>From:</b>", "<select>", "<option>", "<svg>",
            "<template>", "</template>", "<textarea>", "</textarea>", "<plaintext>", "<form>", "<dl><dt>", "<dd>",
            "<sup>", "</sup>", "<tr><td>•<td>", "<table><tr><td>✅<td>", "<tr><td><td>1.<td>",
            "<p>This message is confidential and intended solely for you, so do not read it if it was sent to you in error.<p>",
            "<p style='mso-list:l0 level3 lfo1'>", "<span style='mso-list:Ignore'>·</span>", "<!--",
            "-->", "<![CDATA[", "]]>", "<math>", "<mi>", "<frameset>", "<body>", "</body>", "<style>", "</style>",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(&[
            " ", "\n", "\t", "text", "some more words ", "山田花子", "שלום", "مرحبا", "👩\u{200d}👩\u{200d}👧", "🇩🇪", "e\u{301}",
            "&nbsp;", "&#27;[2J", "\u{1b}]0;x\u{7}", "\u{202e}", "&#x202e;", "> ", ">", "-- ", "--", "----- x -----",
            "https://a.example/long/path?q=1&r=2", "www.b.example", "x@y.example", "\u{200b}", "\u{ad}", "ﾊﾞ", "&lt;", "&",
            "wrote:", "averyveryveryverylongwordwithoutanyplacetobreak", "\u{301}", "\u{200d}", "\0",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_markup_is_laid_out(source in markup()) {
        check_all(&html(&source));
        check_all(&plain(&source));
    }

    #[test]
    fn any_bytes_are_laid_out(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_all(&html(&String::from_utf8_lossy(&bytes)));
    }
}
