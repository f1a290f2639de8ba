//! One feature at a time.

use super::*;

/// Each row: source, and the sketch of it at 40 cells.
fn check(rows: &[(&str, &str)]) {
    for (source, expected) in rows {
        assert_eq!(sketch(&html(source), 40).trim_end(), *expected, "{source}");
    }
}

#[test]
fn words_and_their_roles() {
    check(&[
        ("<p>plain  text\n over lines</p>", "  plain text over lines"),
        (
            "<b>a</b> <i>b</i> <b><i>c</i></b> <s>d</s> <code>e</code>",
            "  {b:a} {i:b} {bi:c} {s:d} {c:e}",
        ),
        (
            "<span style='font-weight:600'>a</span><b style='font-weight:normal'>b</b>",
            "  {b:a}b",
        ),
        ("<span style='text-decoration:line-through'>old</span>", "  {s:old}"),
        ("<h1>Big</h1>text<h3>Small</h3>", "  {h1:Big}\n\n  text\n\n  {h3:Small}"),
        ("10<sup>3</sup> H<sub>2</sub>O 1<sup>st</sup>", "  10³ H₂O 1st"),
        ("Example<sup>TM</sup> a<sub>tm</sub>", "  Example™ atm"),
        ("<q>said</q>", "  “said”"),
        ("a&nbsp;&nbsp;b&amp;&lt;c&gt;", "  a  b&<c>"),
        ("one<o:p></o:p><o:p>&nbsp;</o:p>", "  one"),
        ("in&shy;for<wbr>ma\u{200b}tion", "  information"),
        (
            "<b>山田</b> 花子 👩\u{200d}👩\u{200d}👧 שלום",
            "  {b:山田} 花子 👩\u{200d}👩\u{200d}👧 שלום",
        ),
    ]);
}

#[test]
fn paragraphs_and_breaks() {
    check(&[
        ("<p>a</p><p>b</p>", "  a\n\n  b"),
        ("<div>a</div><div>b</div>", "  a\n  b"),
        ("<div>a</div><div><br></div><div>b</div>", "  a\n\n  b"),
        ("<div>a</div><div>&nbsp;</div><div><br></div><p>b</p>", "  a\n\n  b"),
        ("a<br>b<br><br>c<br>", "  a\n  b\n\n  c"),
        (
            "<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal>b</p>",
            "  a\n  b",
        ),
        (
            "<p style='margin-top:0;margin-bottom:0'>a</p><p style='margin:0'>b</p>",
            "  a\n  b",
        ),
        ("<br><br>a<p></p><p>&nbsp;</p>", "  a"),
        ("a<hr>b", "  a\n  ────────────────────────────────────────\n  b"),
        (
            "just text\nthat somebody\n\ncalled HTML &amp; sent",
            "  just text\n  that somebody\n\n  called HTML & sent",
        ),
    ]);
}

#[test]
fn lists() {
    check(&[
        (
            "<ul><li>a<li>b<ul><li>c</ul></ul>",
            "  {li:• }a\n  {li:• }b\n    {li:◦ }c",
        ),
        ("<ol start=9><li>a<li>b</ol>", "  {li:9. }a\n  {li:10. }b"),
        (
            "<ol type=a><li>a</ol><ol type=I start=4><li>b</ol>",
            "  {li:a. }a\n\n  {li:IV. }b",
        ),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "  {li:• }a\n  {li:• }b"),
        ("<ul><li></li><li>a<br>b</li></ul>c", "  {li:• }a\n    b\n\n  c"),
        ("<ul><li><ul><li>deep</ul></ul>", "  {li:• ◦ }deep"),
        (
            "<ul><li>a text that is too long for one line of forty cells</ul>",
            "  {li:• }a text that is too long for one line\n    of forty cells",
        ),
        ("<dl><dt>term<dd>what it is</dl>", "  {b:term}\n    what it is"),
        (
            "<input type=checkbox checked>done <input type=checkbox>open",
            "  [x] done [ ] open",
        ),
        (
            "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>\
             <span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span>\
             <![endif]>first</p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>\
             <span style='mso-list:Ignore'>2)<span>&nbsp;</span></span>second</p>",
            "  {li:• }first\n    {li:2) }second",
        ),
    ]);
}

#[test]
fn links() {
    check(&[
        (
            "see <a href='https://a.example/x'>the page</a>, and <a href='https://b.example'>b</a>, \
             <a href='https://a.example/x'>again</a>",
            "  see {a1:the page} [1], and {a2:b} [2], {a1:again} [1]\n[1] the page -> https://a.example/x\n\
             [2] b -> https://b.example/",
        ),
        (
            "<a href='https://a.example'>x </a>y",
            "  {a1:x} [1] y\n[1] x -> https://a.example/",
        ),
        (
            "<a href='https://a.example'><div>block</div></a>",
            "  {a1:block} [1]\n[1] block -> https://a.example/",
        ),
        (
            "<a href='https://a.example'>&nbsp; <wbr></a>left out <a href='https://b.example'> in</a>",
            "    left out {a1:in} [1]\n[1] in -> https://b.example/",
        ),
        ("<a href='https://a.example'></a>left out", "  left out"),
        (
            "<a href='https://a.example'>out<table><td><a href='https://b.example'>in</a></table></a>",
            "  {a1:out}\n  {a2:in} [2] [1]\n[1] outin -> https://a.example/\n[2] in -> https://b.example/",
        ),
        (
            "vote<input type=submit value=Yes><input type=hidden value=x><button>No</button>",
            "  vote [Yes] No",
        ),
        ("<video>see <b>it</b></video>", "  see {b:it}"),
        (
            "<a href='javascript:alert(1)'>x</a><a href='#top'>y</a><a href='/z'>z</a>",
            "  xyz",
        ),
        (
            "at https://a.example/b. Or (www.b.example)",
            "  at {a1:https://a.example/b} [1]. Or\n  ({a2:www.b.example} [2])\n\
             [1] https://a.example/b -> https://a.example/b\n[2] www.b.example -> https://www.b.example/",
        ),
        (
            "<a href='mailto:x@y.example'>x@y.example</a>",
            "  {a1:x@y.example} [1]\n[1] x@y.example -> mailto:x@y.example",
        ),
        (
            "https://a.exampleへ",
            "  {a1:https://a.example} [1]へ\n[1] https://a.example -> https://a.example/",
        ),
    ]);
}

#[test]
fn links_that_go_elsewhere_than_they_say() {
    for (href, label, elsewhere) in [
        ("https://evil.example/", "https://bank.example/login", true),
        ("https://evil.example/", "www.bank.example", true),
        ("https://evil.example/", "bank.example", true),
        ("https://bank.example/", "bank.example", false),
        ("https://login.bank.example/x", "www.bank.example", false),
        ("https://bank.example.evil.example/", "bank.example", true),
        ("https://evilbank.example/", "bank.example", true),
        ("https://bank.example@evil.example/", "https://bank.example", true),
        ("https://a.sharepoint.com/x", "Report.pdf", false),
        ("https://a.example/", "Click here", false),
        ("https://a.example/", "see bank.example for more", false),
        ("mailto:me@evil.example", "me@bank.example", true),
        ("mailto:Me@Bank.example", "me@bank.example", false),
        ("https://evil.example", "me@bank.example", true),
        ("https://xn--bnk-5cd.example/", "bank.example", true),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbank.example%2F&data=1",
            "bank.example",
            false,
        ),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2F",
            "bank.example",
            true,
        ),
    ] {
        let typeset = typeset(&html(&format!("<a href='{href}'>{label}</a>")), 80);
        assert_eq!(typeset.links[0].elsewhere, elsewhere, "{label} -> {href}");
    }
}

#[test]
fn a_second_deceiving_label_is_noticed_too() {
    let typeset = typeset(
        &html("<a href='https://e.example'>here</a> <a href='https://e.example'>bank.example</a>"),
        80,
    );
    assert_eq!((typeset.links.len(), typeset.links[0].elsewhere), (1, true));
}

#[test]
fn safe_links_are_shown_as_what_they_lead_to_and_kept_as_they_are() {
    let safe = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb&data=05%7C01";
    let typeset = typeset(&html(&format!("<a href='{}'>x</a>", safe.replace('&', "&amp;"))), 80);
    assert_eq!(typeset.links[0].shown.as_str(), "https://a.example/b");
    assert_eq!(typeset.links[0].url, safe);
}

#[test]
fn images() {
    check(&[
        ("<img src=a.png alt='A chart'>", "  {img:[A chart]}"),
        (
            "<input type=image src=a.png alt='To the chart'> text",
            "  [To the chart] text",
        ),
        ("<img src=cid:1> <img src=cid:2>", "  {img:[2 images]}"),
        (
            "<img src=a><a href='https://a.example'><img src=b><img src=c></a>",
            "  {img:[image]} {a1:[a.example]} [1]\n[1] [a.example] -> https://a.example/",
        ),
        // An icon says where it leads; one beside words need not.
        (
            "<a href='https://www.b.example/x'><img src=b></a> <a href='mailto:ana@c.example'><img src=c></a>",
            "  {a1:[b.example]} [1] {a2:[ana@c.example]} [2]\n\
             [1] [b.example] -> https://www.b.example/x\n[2] [ana@c.example] -> mailto:ana@c.example",
        ),
        (
            "<a href='https://a.example'><img src=b> words</a>",
            "  {a1:[image] words} [1]\n[1] [image] words -> https://a.example/",
        ),
        ("<img src=a.png alt=''>text", "  text"),
        (
            "<img src=t.gif width=1 height=1><img src=t.gif style='width:1px'>text",
            "  text",
        ),
        ("hi <img src=e.png alt='😊'>", "  hi 😊"),
        (
            "<a href='https://a.example'><img alt=Logo src=x></a>",
            "  {a1:[Logo]} [1]\n[1] [Logo] -> https://a.example/",
        ),
        // One that only decorates is shown where nothing else leads there.
        (
            "<a href='https://a.example'><img alt='' src=x></a> <a href='https://a.example'>text</a>",
            "  {a1:text} [1]\n[1] text -> https://a.example/",
        ),
        (
            "<a href='https://a.example'><img alt='' src=x></a> <a href='https://a.example'><img alt='' src=y></a>",
            "  {a1:[a.example]} [1]\n[1] [a.example] -> https://a.example/",
        ),
        (
            "<a href='https://a.example'><img alt='' src=x width=1></a>text",
            "  text",
        ),
        (
            "<map><area alt=North href='https://n.example'><area href='https://s.example'><area alt=Up></map>",
            "  {a1:[North]} [1] {a2:[s.example]} [2]\n[1] [North] -> https://n.example/\n[2] [s.example] -> https://s.example/",
        ),
    ]);
}

#[test]
fn what_is_not_to_be_seen_is_not_seen() {
    check(&[
        (
            "<style>p{color:red}</style><script>alert(1)</script><title>t</title>text",
            "  text",
        ),
        (
            "<div style='display:none'>pre</div><div style='DISPLAY:NONE!important'>header</div>text",
            "  text",
        ),
        (
            "<span style='mso-hide:all'>x</span><div style='max-height:0;overflow:hidden'>y</div>text",
            "  text",
        ),
        (
            "<div style='font-size:0'>x<span style='font-size:14px'>seen</span></div>",
            "  seen",
        ),
        ("<p hidden>x</p><div style='visibility:hidden'>y</div>text", "  text"),
        (
            "<ul style='visibility:hidden'><li>x<li>y<b style='visibility:visible'>text<i style='visibility:hidden'>z\
             <u style='visibility:visible'> 山田</u></i></b><img alt=a><hr></ul>",
            "  {b:text}{bi: 山田}",
        ),
        (
            "<!--[if mso]><table><tr><td>outlook</td></tr></table><![endif]-->text",
            "  text",
        ),
        ("<![if !mso]>seen<![endif]>", "  seen"),
        (
            "<a href='https://a.example' style='mso-hide:all'>Go</a>",
            "  {a1:Go} [1]\n[1] Go -> https://a.example/",
        ),
        (
            "<head><style>.pre,#x{display:none} @media print{.phone{display:none}}</style></head><p class='a pre'>x<p id=x>y\
             <p class=phone>text<ul><li class=pre>z</ul><table border=1><tr><td>1<td class=pre>2<td>3</table>",
            "  text\n\n  1 │ 3",
        ),
        ("<select><option>x</select><svg><text>y</text></svg>text", "  text"),
        (
            "<div style='display:none'>a&zwnj;&nbsp;</div>&zwnj;&nbsp;&zwnj;&#847;<p>text</p>",
            "  text",
        ),
    ]);
}

#[test]
fn code_keeps_its_spaces() {
    check(&[
        (
            "<pre>if x:\n    go()\n\n\tend</pre>",
            "  {c:if x:}\n  {c:    go()}\n\n  {c:    end}",
        ),
        ("<span style='white-space:pre-wrap'>a  b\nc</span>", "  a  b\n  c"),
    ]);
}

#[test]
fn tables_of_data() {
    check(&[
        (
            "<table><tr><th>Name<th>Role</tr><tr><td>Ann<td>Owner</tr><tr><td>山田 花子<td>Member</tr></table>",
            "  {b:Name }     │ {b:Role}\n  ──────────┼───────\n  Ann       │ Owner\n  山田 花子 │ Member",
        ),
        (
            "<table border=1><tr><td>a<td>a rather long value that must be wrapped<td>c</tr><tr><td>d<td>e<td>f</tr></table>",
            "  a │ a rather long value that must be │ c\n\
             \x20   │ wrapped                          │\n  ──┼──────────────────────────────────┼──\n\
             \x20 d │ e                                │ f",
        ),
        (
            "<table border=1><tr><td colspan=2>both</td><td rowspan=2>down</td></tr><tr><td>a<td>b</tr></table>",
            "  both  │ down\n  a │ b │",
        ),
        (
            "<table><tr><td>Date<td>Monday</tr><tr><td>Place<td>Room 4</tr></table>",
            "  Date  │ Monday\n  Place │ Room 4",
        ),
    ]);
    let quoted = html(
        "<blockquote type=cite><table border=1><tr><td>one value<td>b</tr><tr><td>c<td>d</tr></table></blockquote>",
    );
    assert_eq!(text_of(&quoted, 40), "| one value │ b\n| c         │ d\n");
    assert_eq!(
        text_of(
            &html(
                "<table><tr><th>Name<th>Role<th>Since</tr><tr><td>Ann<td>Owner<td>2020</tr><tr><td>Bo<td>Guest<td>2021</tr></table>"
            ),
            12
        ),
        "Name: Ann\nRole: Owner\nSince: 2020\n────────────\nName: Bo\nRole: Guest\nSince: 2021\n"
    );
}

#[test]
fn tables_for_layout_are_taken_apart() {
    check(&[
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "  a\n  b"),
        (
            "<table role=presentation><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table>",
            "  a  b\n  c  d",
        ),
        (
            "<table><tr><td><table><tr><td>inner</td></tr></table></td><td>x</td></tr></table>",
            "  inner\n  x",
        ),
        (
            "<table><tr><td><h2>Story</h2><p>text</p></td><td><img src=a></td></tr></table>",
            "  {h2:Story}\n\n  text\n\n  {img:[image]}",
        ),
    ]);
}

#[test]
fn the_table_that_is_known_to_break_renderers() {
    let source = "<table><tr><td colspan=2>a</td><td rowspan=2>b</td></tr></table>";
    assert_eq!(text_of(&html(source), 40), "a  b\n");
    assert_eq!(
        text_of(&html(&source.replace("<table>", "<table border=1>")), 40),
        "a │ b\n"
    );
}

#[test]
fn plain_bodies() {
    let body = plain("Hi,\r\n\r\nsee https://a.example/x\n\n\n> > older\n> old\n>\n> more\nanswer\n-- \nAnn\n");
    assert_eq!(
        sketch(&body, 40),
        "  Hi,\n\n  see {a1:https://a.example/x} [1]\n\n || older\n | old\n |\n | more\n  answer\nS --\nS Ann\n\
         [1] https://a.example/x -> https://a.example/x\n"
    );
    let body = plain("Yes.\n\nOn Mon, 1 Jan 2026 at 10:00, Ann <ann@a.example>\nwrote:\n> shall we?\n");
    assert_eq!(
        sketch(&body, 60),
        "  Yes.\n\nH| On Mon, 1 Jan 2026 at 10:00, Ann <ann@a.example>\nH| wrote:\n | shall we?\n"
    );
    let body = plain("Ok\n\n-----Original Message-----\nFrom: Ann\nSent: Monday\nSubject: x\n\nShall we?\n");
    assert_eq!(
        sketch(&body, 60),
        "  Ok\n\nH| -----Original Message-----\nH| From: Ann\nH| Sent: Monday\nH| Subject: x\n |\n | Shall we?\n"
    );
}
