//! What the author of a mail has written is never folded away, whatever it looks like.

use super::answers::parts;
use super::*;

/// Which lines are folded at first.
fn folded(body: &Body) -> Vec<String> {
    let Typeset { lines, folds, .. } = typeset(body, 72);
    let hidden = folds.into_iter().filter(|fold| fold.folded).flat_map(|fold| fold.lines);
    let hidden = hidden.filter_map(|at| lines.get(at));
    hidden.map(Line::text).filter(|line| !line.is_empty()).collect()
}

/// The parts of lines that are their author's own text.
fn is_own(parts: &[String]) -> bool {
    parts.iter().all(|line| line.starts_with("0  "))
}

#[test]
fn below_a_closing_only_who_somebody_is_is_a_signature() {
    for source in [
        "<p>Until then.<p>Best,<br>Ann<p>Dial in: +44 20 7946 0000<br>PIN: 1234<br>Hall: 3",
        "<p>Until then.<p>Thanks,<br>山田<p>Join here<br><a href='https://zoom.us/j/1'>https://zoom.us/j/1</a><p>At nine",
        "<p>Until then.<p>Thanks<p>Plan<p>9:00 Doors<p>9:30 Talk, see https://a.example/talk",
        "<p>Until then.<p>Thanks!<p>To order:<p>4 tables, see https://a.example/tables<p>2 chairs",
        "<p>Until then.<p>Cheers,<br>Ann<p>This email was sent to ann@a.example",
        "<p>Until then.<p>Thanks,<br>Ann<p>His number is +44 20 7946 0958 and he is there until five<p>Ask for Ben",
        "<p>Until then.<p>Thanks,<br>Ann<br>T: +44 20 7946 0958<p>By the way, we have no key to hall 3<p>Ben has one at home.",
        "<p>10日です。<p>谢谢<p>电话是 030 123 45 678。<p>ann@a.example",
    ] {
        let parts = parts(&html(source));
        assert!(is_own(&parts), "{source} {parts:#?}");
    }
    for signature in [
        "Ann Ode | T: +44 20 7946 0000",
        "山田 花子<p>Büro: 030 123 45 678<br>E-Mail: a@a.example",
        "Ann<p>Example GmbH, Sitz der Gesellschaft: Ulm<br>Geschäftsführerin: Ann Ode<br>www: <a href='https://a.example'>a.example</a>",
    ] {
        let parts = parts(&html(&format!("<p>Until then.<p>Best regards<p>{signature}")));
        assert!(parts.iter().skip(2).all(|line| line.starts_with("0S ")), "{parts:#?}");
        let goes_on = "By the way, I am out on Monday and 花子 is here";
        let mail = format!("<p>Until then.<p>Best regards<p>{signature}<p>{goes_on}");
        let parts = self::parts(&html(&mail));
        assert!(
            parts.iter().rev().nth(1).is_some_and(|line| line.starts_with("0S ")),
            "{parts:#?}"
        );
        assert_eq!(parts.last().map(String::as_str), Some(&*format!("0  {goes_on}")));
    }
}

#[test]
fn what_leads_to_a_quote_or_answers_in_it_keeps_it_open() {
    let header = "<hr><p><b>From:</b> Ben<br><b>Sent:</b> Monday<br><b>To:</b> Jane<br><b>Subject:</b> Plan";
    let quote = "<p>One<p>Two<p>山田<p>Four";
    let is_open = |own: &str, quote: &str| folded(&html(&format!("{own}{header}{quote}"))).is_empty();
    for own in [
        "<p>Hi Ann,<p>See what they have written:",
        "<p>Dear all,",
        "<p>Hi Ben,<p>My answers are in the text.",
    ] {
        assert!(is_open(own, quote), "{own}");
    }
    for own in [
        "<p>Yes.",
        "<p>Thanks,",
        "<p>Hi Ann,<p>Yes, on Monday in hall three, as always,",
        "<p>Note: yes",
    ] {
        assert!(!is_open(own, quote), "{own}");
    }
    let answered = "<p>When?<p>[Jane] On Monday.<p>Where?<p>[JANE] In hall 3.";
    assert!(is_open("<p>Yes.", answered));
    assert!(!is_open("<p>Yes.", &answered.replace("JANE", "Hall")));
    assert!(!is_open("<p>Yes.", &answered.replace("] ", "]山")));
}

#[test]
fn the_mails_of_a_digest_are_no_history() {
    let item = |subject: &str| {
        format!(
            "<hr><p><b>From:</b> Ann &lt;a@a.example&gt;<br><b>To:</b> All<br><b>Date:</b> 16 Nov 2026<br>\
             <b>Subject:</b> {subject}<p>We need ten, 山田 says.<p>By Monday."
        )
    };
    let mail = |subjects: [&str; 3]| html(&format!("<p>What is new{}", subjects.map(item).concat()));
    assert!(is_own(&parts(&mail(["Chairs", "Re: Tables", "Lamps"]))));
    assert!(!folded(&mail(["Re: Chairs", "AW: Chairs", "Chairs"])).is_empty());
}

#[test]
fn what_somebody_writes_about_lists_below_a_line_is_no_footer() {
    let line = "_".repeat(20);
    let mail = |said: &str| plain(&format!("Hi\n\n{line}\n{said}\nJane\n"));
    assert!(is_own(&parts(&mail(
        "Who owns the mailing list?\nSee https://a.example/lists"
    ))));
    assert!(is_own(&parts(&mail("People want to unsubscribe by mail."))));
    let footer = parts(&mail("unsubscribe: https://a.example/lists"));
    assert!(footer.iter().skip(1).all(|line| line.starts_with("0P ")), "{footer:#?}");
}

#[test]
fn what_only_a_line_beside_it_sets_off_is_not_folded_away() {
    let lines = "<p>One<p>Two is said at some length, as in a quote<p>山田<p>Four";
    let quote = format!("<blockquote style='border-left:4px solid #06c'>{lines}</blockquote>");
    let news = format!("<h1>The quote of the day</h1><p>Good morning.</p>{quote}");
    assert_eq!(folded(&html(&news)), [""; 0]);
    assert_eq!(parts(&html(&news)).last().map(String::as_str), Some("1X Four"));
    let large = sketch(&html(&quote.replace("<p>One", "<p style='font-size:32px'>One")), 72);
    assert!(large.starts_with("X| {h1:One}\n"), "{large}");
    for above in ["On 16 Nov 2026 Ben wrote:", "<div id=divRplyFwdMsg>From: Ben</div>"] {
        assert!(
            !folded(&html(&format!("<p>Yes</p>{above}{quote}"))).is_empty(),
            "{above}"
        );
    }
}

#[test]
fn small_print_begins_below_the_newsletter() {
    let text = "A paragraph about all that has happened in the club, long enough to be what this is about.";
    let way_out = "<p style='font-size:11px'>You get this as a member.<p style='font-size:11px'>\
        <a href='https://a.example/u'>Unsubscribe</a><p style='font-size:11px'>Example Ltd";
    for (news, expected) in [
        // Larger than what leads out.
        (
            format!("<div style='font-size:14px'><p>{text}<p>Hall 3 is closed.</div>"),
            3,
        ),
        (
            format!("<div style='font-size:12px'><p>{text}<p>Hall 3 is closed.</div>"),
            3,
        ),
        // Above a line, a heading in bold.
        (
            "<div style='font-size:11px'><p>Hall 3 is closed.<hr></div>".to_owned(),
            3,
        ),
        (
            "<div style='font-size:11px'><p>Hall 3 is closed.<p><b>About us</b></div>".to_owned(),
            3,
        ),
        ("<p style='font-size:11px'>Sent from 山田.".to_owned(), 4),
    ] {
        let parts = parts(&html(&format!(
            "<p style='font-size:16px'>{text} {text} {text}</p>{news}{way_out}"
        )));
        let small = parts.iter().filter(|line| line.starts_with("0P ")).count();
        assert_eq!(small, expected, "{news} {parts:#?}");
    }
}

#[test]
fn the_notices_of_companies_are_small_print() {
    let notice = "This e-mail is confidential and intended solely for the addressee. If you have received it in error, please \
        delete it.";
    let signed = "<p>Until then.<p>Kind regards<p>山田 花子<br>T: +44 20 7946 0000";
    let quote = "<blockquote type=cite>One<br>Two<br>Three<br>Four</blockquote>";
    for (source, own, signature, small) in [
        (format!("{signed}<p>{notice}"), 2, 2, 1),
        // Below a line, with what else stands there.
        (
            format!("{signed}<hr><p>{notice}<p>Example Ltd. Registered in England.<p>Think before you print."),
            2,
            2,
            4,
        ),
        // Of lines that were broken by hand.
        (
            format!("{signed}<p>{}", notice.replace("solely", "solely<br>").replace("please", "please<br>")),
            2,
            2,
            3,
        ),
        // What somebody has written.
        (format!("{notice}<p>Do we need this line in all our mails?"), 3, 0, 0),
        (
            "<p>Hi<p>This message is confidential until Tuesday: we shall buy the hall, and nobody else should know about it \
             before."
                .to_owned(),
            3,
            0,
            0,
        ),
        ("<p>Hi<p>This e-mail was sent to you in error, confidential.".to_owned(), 2, 0, 0),
        ("<p>Hi<p>Think before you print.<p>Example Ltd is registered in England.".to_owned(), 3, 0, 0),
    ] {
        let parts = parts(&html(&source));
        let count = |part: &str| parts.iter().filter(|line| line.starts_with(part)).count();
        assert_eq!((count("0  "), count("0S ")), (own, signature), "{source} {parts:#?}");
        assert!(count("0P ") >= small && (small > 0 || count("0P ") == 0), "{source} {parts:#?}");
    }
    // Nobody has said anything below the quote.
    assert_eq!(
        folded(&html(&format!("Yes{quote}<p>{notice}"))),
        ["One", "Two", "Three", "Four"]
    );
    assert_eq!(folded(&html(&format!("Yes{quote}<p>No"))), [""; 0]);
}

#[test]
fn a_mail_in_small_letters_is_no_small_print() {
    let way_out =
        "<p>You get this as a member of the club.<br><a href='https://a.example/u'>Unsubscribe</a><p>Example Ltd";
    let news = "<p>Hall 3 is closed until Tuesday, come to 山田 instead.".repeat(14);
    let text = "All that has happened in the club, in a few words, and what will. ".repeat(5);
    let mail = format!("<p>{text}</p><div style='font-size:11px'>{news}{way_out}</div>");
    let parts = parts(&html(&mail));
    let small: Vec<&String> = parts.iter().filter(|line| line.starts_with("0P ")).collect();
    let expected = [
        "0P You get this as a member of the club.",
        "0P Unsubscribe [1]",
        "0P Example Ltd",
    ];
    assert_eq!(small, expected);
}

#[test]
fn a_quote_with_answers_in_it_is_open() {
    let quote = "<div style='border-top:1px solid'><b>From:</b> Ben<br><b>Sent:</b> Monday<br><b>Subject:</b> Plan</div>\
        <p>Who brings the boat?<p style='color:red'>I do.<p>And 山田?";
    for (answer, is_open) in [
        ("See my answers inline.", true),
        (
            "My comments are <span style='color:red'>in red</span>, all of them.",
            true,
        ),
        ("Meine Antworten unten in Rot.", true),
        ("Please see<br>below.", true),
        ("赤字で回答します。", true),
        (
            "In Redmond, in reduced numbers, in line with the plan; read it online.",
            false,
        ),
        ("Yes.", false),
    ] {
        let body = html(&format!("<p>{answer}</p>{quote}"));
        assert_eq!(folded(&body).is_empty(), is_open, "{answer}");
        assert_eq!(
            typeset(&body, 7).folds.iter().any(|fold| fold.folded),
            !is_open,
            "{answer}"
        );
    }
}

#[test]
fn what_gmail_marks_as_a_quote_may_be_somebody_s_own() {
    let quote = "<blockquote class=gmail_quote style='border-left:1px solid'>One</blockquote>";
    let mark = "<div class='gmail_quote gmail_quote_container'>";
    let mail = format!(
        "<div>Yes</div>{mark}<br></div>{mark}So 山田 does.</div>{mark}<div><br></div>{quote}<div>No.</div></div>"
    );
    assert_eq!(parts(&html(&mail)), ["0  Yes", "0  So 山田 does.", "1  One", "0  No."]);
    let forwarded =
        format!("<div>Look</div>{mark}<div class=gmail_attr>---------- Forwarded message ---------</div>One</div>");
    assert!(
        parts(&html(&forwarded))
            .iter()
            .skip(1)
            .all(|line| line.starts_with('1')),
        "{:?}",
        parts(&html(&forwarded))
    );
    // Yahoo puts its own in front of names.
    let yahoo = "<p>Yes</p><hr><div id=yiv77873x_divRplyFwdMsg>From: Ben</div><p>One</p>";
    assert_eq!(parts(&html(yahoo)), ["0  Yes", "1H From: Ben", "1  One"]);
}

#[test]
fn what_is_only_indented_is_not_quoted() {
    for source in [
        "Put up:<blockquote><p>Closed on Monday.<p>One<p>Two<p>山田</blockquote>",
        "As the book wrote:<blockquote style='margin-left:40px'>One</blockquote>",
        "For 16 Nov 2026:<blockquote><p>One</blockquote>",
        "A book says<blockquote cite='https://a.example/b'><p>One<p>Two<p>Three<p>Four</blockquote>",
    ] {
        assert!(is_own(&parts(&html(source))), "{source}");
        assert_eq!(folded(&html(source)), [""; 0], "{source}");
    }
    for above in [
        "<div>On 16 Nov 2026 Ben wrote:</div><blockquote>",
        "<blockquote type=CITE>",
        "<blockquote cite='mid:1@a.example'>",
        "<blockquote cite='em1@a.example'>",
        "<blockquote class=gmail_quote>",
        "<blockquote style='border:none;border-left:solid #ccc 1pt'>",
    ] {
        let parts = parts(&html(&format!(
            "Yes{above}One<blockquote>Two</blockquote></blockquote>"
        )));
        let last = parts.iter().rev().take(2).map(String::as_str).collect::<Vec<_>>();
        assert_eq!(last, ["2  Two", "1  One"], "{above} {parts:#?}");
    }
}

#[test]
fn what_servers_say_to_each_other_is_not_quoted() {
    let bounce = "It was received on 16 Nov 2026\n\n   ----- These addresses have failed -----\n<ben@a.example>\n    \
        (reason: 550 no such user)\n\n   ----- Transcript -----\n... while talking to mx.a.example:\n\
        >>> RCPT To:<ben@a.example>\n<<< 550 no such user\n";
    assert!(is_own(&parts(&plain(bounce))), "{:#?}", parts(&plain(bounce)));
    assert_eq!(
        parts(&plain("Yes\n\n>>> Data is here\n")),
        ["0  Yes", "3  Data is here"]
    );
}

#[test]
fn brackets_in_what_was_never_plain_text_quote_where_they_are_several_or_somebody_wrote_them() {
    for (source, expected) in [
        (
            "<p>Yes, both.<p>Ben wrote:<br>&gt; Shall we?<br>Yes.<br>&gt; And when?<br>Soon.",
            vec![
                "0  Yes, both.",
                "1H Ben wrote:",
                "1  Shall we?",
                "0  Yes.",
                "1  And when?",
                "0  Soon.",
            ],
        ),
        (
            "<p>Yes<p>&gt; One<br>&gt;<br>&gt; &gt; 山田<br>&gt; Three",
            vec!["0  Yes", "1  One", "2  山田", "1  Three"],
        ),
        ("<p>Yes<p>&gt; One<br>&gt; Two", vec!["0  Yes", "0  > One", "0  > Two"]),
        (
            "<p>12c12,14<br>&gt; a<br>&gt; b<br>&gt; c",
            vec!["0  12c12,14", "0  > a", "0  > b", "0  > c"],
        ),
        ("<pre>&gt; a\n&gt; b\n&gt; c</pre>", vec!["0  > a", "0  > b", "0  > c"]),
    ] {
        assert_eq!(parts(&html(source)), expected, "{source}");
    }
}
