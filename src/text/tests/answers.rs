//! Which part of a mail is an answer, which is quoted, which is a signature: one body for each way in which mail programs
//! say so.

use proptest::prelude::*;

use super::super::blocks::{Block, Content};
use super::super::typeset::{read_anyhow, read_markup_anyhow};
use super::*;

/// Each line that says something, with how deep it is quoted and what part it belongs to.
pub fn parts(body: &Body) -> Vec<String> {
    let lines = typeset(body, 72).lines;
    let line = |line: &Line| {
        let part = match line.part {
            Part::Body => ' ',
            Part::QuoteHeader => 'H',
            Part::Signature => 'S',
            Part::SmallPrint => 'P',
            Part::Extract => 'X',
        };
        format!("{}{part} {}", line.quote, line.text())
    };
    let says = |line: &&Line| !line.runs.is_empty();
    lines.iter().filter(says).map(line).collect()
}

#[test]
fn signatures_are_what_mail_programs_mark_as_such() {
    for (source, expected) in [
        // Apple's Mail on a phone, with a signature of one's own.
        (
            "Fine.<br id=lineBreakAtBeginningOfSignature><div>Jane 山田<br>Example Ltd</div><div><br><blockquote type=cite>\
             On 16 Nov 2026, at 09:12, Ben wrote:<br><br></blockquote></div><blockquote type=cite>Shall we?</blockquote>\
             <div>And this.</div>",
            vec![
                "0  Fine.",
                "0S Jane 山田",
                "0S Example Ltd",
                "1H On 16 Nov 2026, at 09:12, Ben wrote:",
                "1  Shall we?",
                "0  And this.",
            ],
        ),
        ("<p>Yes</p><p class=MsoAutoSig>Jane</p>", vec!["0  Yes", "0S Jane"]),
        (
            "<p>Yes</p><div class=ydp1a2bsignature>Jane</div>",
            vec!["0  Yes", "0S Jane"],
        ),
        (
            "<p>Yes</p><table id=x__rc_sig><td>Jane</table>",
            vec!["0  Yes", "0S Jane"],
        ),
        ("<p>Yes</p><p class=designature>Jane</p>", vec!["0  Yes", "0  Jane"]),
        // Nothing marks it but how letters end.
        (
            "<p>Tuesday works.</p><p>Mit freundlichen Grüßen</p><p>Jane</p><p><b>Jane Röe</b> | CFO<br>T: +44 20 7946 0000</p>\
             <blockquote type=cite>Shall we?</blockquote>",
            vec![
                "0  Tuesday works.",
                "0  Mit freundlichen Grüßen",
                "0S Jane",
                "0S Jane Röe | CFO",
                "0S T: +44 20 7946 0000",
                "1  Shall we?",
            ],
        ),
        (
            "Thanks,<br>Jane<br>P.S. Write to <a href='mailto:a@a.example'>Ann</a>",
            vec!["0  Thanks,", "0  Jane", "0  P.S. Write to Ann [1]"],
        ),
        (
            "Thanks,<br>Jane<br>Example Ltd",
            vec!["0  Thanks,", "0  Jane", "0  Example Ltd"],
        ),
        (
            "Thanks,<br>Jane 山田<br>Can you call 020 7946 0000?",
            vec!["0  Thanks,", "0  Jane 山田", "0  Can you call 020 7946 0000?"],
        ),
        // Thanks for something, and what was to be said.
        (
            "Thanks!<br>The link is <a href='https://a.example/x'>here</a><br>020 7946 0000 is my new number",
            vec![
                "0  Thanks!",
                "0  The link is here [1]",
                "0  020 7946 0000 is my new number",
            ],
        ),
        (
            "Hi Ben,<br>Thanks!<br>Please bring the drawings on Tuesday.<br>Bob, 020 7946 0000",
            vec![
                "0  Hi Ben,",
                "0  Thanks!",
                "0  Please bring the drawings on Tuesday.",
                "0  Bob, 020 7946 0000",
            ],
        ),
        (
            "Hi שלום,<br>Thanks!<br>The vote is on 25.11.2026 at 14:00<br>and the link is <a href='https://a.example/x'>here</a>",
            vec![
                "0  Hi שלום,",
                "0  Thanks!",
                "0  The vote is on 25.11.2026 at 14:00",
                "0  and the link is here [1]",
            ],
        ),
        (
            "Tuesday it is.<br>Best,<br>花子<br>Example Ltd.<br><a href='https://a.example'>www.a.example</a>",
            vec![
                "0  Tuesday it is.",
                "0  Best,",
                "0S 花子",
                "0S Example Ltd.",
                "0S www.a.example [1]",
            ],
        ),
        // The small print of a newsletter is nobody's signature.
        (
            "<p>A long enough paragraph of news.</p><p style='font-size:10px'><a href='https://a.example/u'>Unsubscribe</a></p>",
            vec!["0  A long enough paragraph of news.", "0P Unsubscribe [1]"],
        ),
    ] {
        assert_eq!(parts(&html(source)), expected, "{source}");
    }
}

#[test]
fn what_is_answered_need_not_be_marked() {
    let wrote = "On Mon, Nov 16, 2026 at 9:12 AM, Ben <ben@a.example> wrote:";
    let expected = |header: &str| {
        vec![
            "0  Yes, 山田".to_owned(),
            format!("1H {header}"),
            "1  One".into(),
            "1  Two".into(),
        ]
    };
    for header in [
        wrote,
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "---- Ben 于 2026年11月16日 写道 ----",
    ] {
        let text = format!("Yes, 山田\n\n{header}\n\nOne\n\nTwo\n");
        let divs = text.replace('<', "&lt;").replace("\n\n", "</div><div><br></div><div>");
        assert_eq!(parts(&html(&format!("<div>{divs}</div>"))), expected(header));
        assert_eq!(parts(&plain(&text)), expected(header));
    }
    // Quotes of quotes.
    let twice = format!("Yes\n\n{wrote}\n\nOne\n\nOn 15 Nov 2026, at 09:12, Ann wrote:\nTwo\n");
    let depths: Vec<String> = parts(&plain(&twice)).iter().map(|line| line[..2].to_owned()).collect();
    assert_eq!(depths, ["0 ", "1H", "1 ", "2H", "2 "]);
    // The borders of Outlook, as the new one writes those of the old.
    let bordered = "<p>Yes<div style='border-style:solid none none;border-width:1pt medium medium'><p><b>De :</b> Ben<br>\
        <b>Envoyé :</b> lundi<br><b>Objet :</b> Plan</div><p>One";
    assert_eq!(
        parts(&html(bordered)),
        [
            "0  Yes",
            "1H De : Ben",
            "1H Envoyé : lundi",
            "1H Objet : Plan",
            "1  One"
        ]
    );
}

#[test]
fn a_quote_begins_where_its_program_says_so() {
    let header = "<b>From:</b> Ben<br><b>Sent:</b> Monday<br><b>To:</b> Jane<br><b>Subject:</b> 山田";
    let headed = [
        "1H From: Ben",
        "1H Sent: Monday",
        "1H To: Jane",
        "1H Subject: 山田",
        "1  One",
    ];
    let below = |header: &str| vec!["0  Yes".to_owned(), format!("1H {header}"), "1  One".into()];
    for (source, expected) in [
        // An answer in front of the line that names who is answered.
        (
            "<div>Yes On 16 Nov 2026, Ben wrote:<blockquote type=cite>One</blockquote></div>",
            below("On 16 Nov 2026, Ben wrote:"),
        ),
        // No colon behind it.
        (
            "Yes<div>Am 16.11.26 um 09:12 schrieb Ben</div><blockquote>One</blockquote>",
            below("Am 16.11.26 um 09:12 schrieb Ben"),
        ),
        // Plain text in paragraphs.
        (
            "<p>Yes<p>On 16 Nov 2026, Ben wrote:<p>&gt; One<br>&gt; &gt; Two<p>And &gt; this",
            vec![
                "0  Yes".into(),
                "1H On 16 Nov 2026, Ben wrote:".into(),
                "1  One".into(),
                "2  Two".into(),
                "0  And > this".into(),
            ],
        ),
        ("<p>Yes<p>&gt; 3 of 4", vec!["0  Yes".into(), "0  > 3 of 4".into()]),
        // What Apple Mail forwards begins with the line above it.
        (
            "Yes<div>Begin forwarded message:</div><blockquote type=cite><b>From: </b>Ben<br><b>Subject: </b>山田<br>\
             <b>To: </b>Jane<br><br>One</blockquote>",
            vec![
                "0  Yes".into(),
                "1H Begin forwarded message:".into(),
                "1H From: Ben".into(),
                "1H Subject: 山田".into(),
                "1H To: Jane".into(),
                "1  One".into(),
            ],
        ),
        // Gmail puts one mark around a note and what is forwarded.
        (
            "<div class='gmail_quote gmail_quote_container'><div>Yes</div><div class=gmail_quote><div class=gmail_attr>\
             Ben, 16 Nov 2026</div>One</div></div>",
            below("Ben, 16 Nov 2026"),
        ),
        ("Yes<div name=quote>One</div>", vec!["0  Yes".into(), "1  One".into()]),
    ] {
        assert_eq!(parts(&html(source)), expected, "{source}");
    }
    for source in [
        format!("Yes<div style='border-block-start:1px solid #ccc'>{header}</div>One"),
        format!("Yes<br><br>{header}<blockquote type=cite>One</blockquote>"),
    ] {
        let expected: Vec<_> = std::iter::once("0  Yes").chain(headed).collect();
        assert_eq!(parts(&html(&source)), expected, "{source}");
    }
    // A header in a table.
    let rows = "<table><tr><td>From:<td>Ben<tr><td>Sent:<td>Monday<tr><td>To:<td>Jane<tr><td>Subject:<td>山田</table>";
    let parts_of_table = parts(&html(&format!("Yes<div>{rows}</div>One")));
    assert!(
        parts_of_table.iter().any(|line| line.starts_with("1H Subject: │ 山田")),
        "{parts_of_table:#?}"
    );
    assert_eq!(parts_of_table.last().map(String::as_str), Some("1  One"));
    // Notes: who and when, and a table without colons.
    let notes = "Yes.<table><tr><td><b>Ben Ames</b><p>16.11.2026 09:12<td><table><tr><td><div align=right>To</div>\
        <td>Jane<tr><td><div align=right>cc</div><td><tr><td><div align=right>Subject</div><td>山田</table></table><br>One";
    let parts_of_notes = parts(&html(notes));
    let depths: Vec<&str> = parts_of_notes.iter().map(|line| &line[..2]).collect();
    assert_eq!(
        depths,
        ["0 ", "1H", "1H", "1H", "1H", "1H", "1 "],
        "{parts_of_notes:#?}"
    );
    for (source, expected) in [
        (
            "Yes On 16 Nov 2026, Ben wrote:\n> One",
            below("On 16 Nov 2026, Ben wrote:"),
        ),
        (
            "Yes\n2026/11/16 Ben <ben@a.example>\n\n> One",
            below("2026/11/16 Ben <ben@a.example>"),
        ),
    ] {
        assert_eq!(parts(&plain(source)), expected, "{source}");
    }
}

#[test]
fn what_only_looks_like_a_header_is_not() {
    for text in [
        "As Ben wrote in 2026:\nOne",
        "On 16 Nov 2026 we meet:\nOne",
        "----- Agenda -----\nOne",
        "-----Original Message-----",
        "Release notes for 1.2.3:\nOne",
    ] {
        assert!(parts(&plain(text)).iter().all(|line| line.starts_with("0  ")), "{text}");
    }
}

#[test]
fn what_has_labels_is_for_reading() {
    let bordered = "<div style='border-top:1px solid #ccc'>";
    for source in [
        // An invitation, an order, an event, a ticket, a journey.
        format!("<p>Hi<p>{bordered}<b>When:</b> Monday <b>Where:</b> Hall 3</div><p>Bring a coat.<p>Tell 山田."),
        "Thanks for ordering.<table><td style='border-top:1px solid #eee'><b>Number:</b> 12<br><b>Sent:</b> Monday\
            <tr><td>It is on its way.</table>".to_owned(),
        "Hi<hr><b>Day:</b> Monday<br><b>Place:</b> Hall<br><b>Fee:</b> 5<p>Come in numbers.".to_owned(),
        "For you<div style='border-left:4px solid #00f'><b>Title:</b> No heating<br><b>State:</b> New<br>\
         <b>Notes:</b> since Monday</div>"
            .to_owned(),
        format!("Booked.{bordered}<b>From:</b> Kyiv<br><b>To:</b> Lviv<br><b>Date:</b> 16 Nov 2026</div><p>Have a good trip."),
        "Changed.<hr><p><b>From:</b> Ann Ode<br><b>Subject:</b> Heating<br><b>Priority:</b> high<br><b>Date:</b> \
         2026-11-16<p>The heating of the hall is broken."
            .to_owned(),
        // Forms.
        "<p>New entry:<p>From: Ann &lt;ann@a.example&gt;<br>Date: 16 Nov 2026<br>Subject: Hall<p>Is it free?".to_owned(),
        "<p>Neu:<p><b>Von:</b> Ann<br><b>Datum:</b> 16.11.2026<br><b>Betreff:</b> Saal<br><b>Nachricht:</b> Ist er frei?<br>\
         Danke."
            .to_owned(),
        "<p>Plan<p>From: 9:00<br>To: 11:00<br>Date: Monday<br>Subject: Hall<p>Yes or no?".to_owned(),
        "Sent on 16 Nov 2026<table border=1><tr><td>To<td>Ann<tr><td>Subject<td>Hall<tr><td>Price<td>12</table>".to_owned(),
        "Neu<table border=1><tr><td>Von:<td>Ann<tr><td>Datum:<td>16.11.<tr><td>An:<td>Ben<tr><td>Betreff:<td>Saal<tr>\
         <td>Nachricht:<td>Frei?</table><p>Danke"
            .to_owned(),
        "<p>Call back:<p>--------------------<br>Name: Ann<br>Phone: 12<br>--------------------<p>She waits.".to_owned(),
        // Thunderbird's class on what somebody has written above the quote.
        "Hi<div class=moz-cite-prefix>No, and here is why:</div><div class=moz-cite-prefix>No money in 2026.</div>".to_owned(),
    ] {
        let parts = parts(&html(&source));
        assert!(parts.iter().all(|line| line.starts_with("0  ")), "{source} {parts:#?}");
    }
    for source in [
        "Hi,\n\n--- Plan ---\n9:00 Doors\n9:30 Talk\n\nRead it before.",
        "Hi,\n\n______________________________\nHere: Ann, Ben\nAway: 山田\n\nWe buy the house.",
        "Topics\n\n--------------------\n\nDate: 16 Nov 2026\nFrom: Ann <ann@a.example>\nTo: all@a.example\nSubject: Keys\n\n\
         At the desk.\n\n--------------------\n\nMessage: 2\nDate: 16 Nov 2026\nFrom: Ben <ben@a.example>\n\
         To: all@a.example\nSubject: Fees\n\nDue on Monday.\n",
    ] {
        let parts = parts(&plain(source));
        assert!(parts.iter().all(|line| line.starts_with("0  ")), "{source} {parts:#?}");
    }
}

#[test]
fn the_line_above_a_quote_is_told_from_what_somebody_wrote_there() {
    let own = "<div class=moz-cite-prefix>No, we lack the money:</div><div class=moz-cite-prefix><br></div>";
    for header in ["On 16/11/2026 9:12, Ben wrote:", "Ben schrieb:"] {
        let source =
            format!("Hi{own}<div class=moz-cite-prefix>{header}<br></div><blockquote type=cite>Shall we?</blockquote>");
        let expected = [
            "0  Hi",
            "0  No, we lack the money:",
            &format!("1H {header}"),
            "1  Shall we?",
        ];
        assert_eq!(parts(&html(&source)), expected, "{source}");
    }
    // Both in one.
    let shared =
        "<div class=moz-cite-prefix>No.<br><br>On 16/11/2026 9:12, Ben wrote:<br></div><blockquote type=cite>Shall we?";
    assert_eq!(
        parts(&html(shared)),
        ["0  No.", "1H On 16/11/2026 9:12, Ben wrote:", "1  Shall we?"]
    );
}

/// The letters that blocks say, in order.
fn letters(blocks: &[Block]) -> String {
    let said = |block: &Block| match &block.content {
        Content::Words(words) => words.text().chars().filter(|c| c.is_alphanumeric()).collect(),
        Content::Rule => String::new(),
        Content::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.map(|cell| letters(&cell.blocks)).collect()
        }
    };
    blocks.iter().map(said).collect()
}

/// How deep the deepest of the blocks is quoted that say something.
fn deepest(blocks: &[Block]) -> u8 {
    let said = blocks
        .iter()
        .filter(|block| !letters(std::slice::from_ref(block)).is_empty());
    said.map(|block| block.quote).max().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// What finds quotes and signatures loses no word, moves none, and takes nothing out of a quote.
    #[test]
    fn quotes_are_found_and_nothing_is_lost(source in super::hostile::markup()) {
        for body in [html(&source), plain(&source)] {
            let (before, after) = (read_markup_anyhow(&body).blocks, read_anyhow(&body).blocks);
            prop_assert_eq!(letters(&before), letters(&after));
            prop_assert!(deepest(&after) >= deepest(&before));
        }
    }

    /// What is quoted is in a fold, and what is the author's own is in none.
    #[test]
    fn folds_hold_what_is_quoted_and_nothing_else(source in super::hostile::markup(), width in 1_u16..120) {
        for body in [html(&source), plain(&source)] {
            let Typeset { lines, folds, .. } = typeset(&body, width);
            let kind = |at: usize| folds.iter().find(|fold| fold.lines.contains(&at)).map(|fold| fold.kind);
            for (at, line) in lines.iter().enumerate() {
                let expected = match (line.quote, line.part) {
                    (1.., _) => Some(FoldKind::Quote),
                    (0, Part::Signature) => Some(FoldKind::Signature),
                    (0, Part::SmallPrint) => Some(FoldKind::SmallPrint),
                    (0, _) => None,
                };
                prop_assert_eq!(kind(at), expected, "line {} of {:?}", at, line.text());
            }
        }
    }
}
