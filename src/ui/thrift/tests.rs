mod pictures;

use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};

use super::*;

const WIDTH: u16 = 30;

fn size() -> crate::layout::Size {
    crate::layout::Size {
        width: WIDTH,
        height: 1,
    }
}

fn row(text: &str) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, 1));
    buffer.set_string(0, 0, text, Style::new());
    buffer
}

fn styled(text: &str, (start, end): (u16, u16), style: Style) -> Buffer {
    let mut buffer = row(text);
    buffer.set_style(Rect::new(start, 0, end - start, 1), style);
    buffer
}

/// What a screen writes to show a row.
fn show(screen: &mut Thrifty<Vec<u8>>, row: &Buffer) -> Vec<u8> {
    let draw = |buffer: &mut Buffer| {
        buffer.clone_from(row);
        None::<Position>
    };
    screen.show(draw).unwrap();
    std::mem::take(&mut screen.out)
}

/// What is written for each step from one row to the next.
fn steps(rows: &[Buffer]) -> Vec<String> {
    let mut screen = Thrifty::new(Vec::new(), size());
    let mut written = rows.iter().map(|row| {
        let said = String::from_utf8(show(&mut screen, row)).unwrap();
        said.replace('\u{1b}', "^")
    });
    written.next();
    written.collect()
}

/// What is written for the step from one row to another; the cursor stands behind the first.
fn step(from: &str, to: &str) -> String {
    steps(&[row(""), row(from), row(to)]).pop().unwrap()
}

#[test]
fn short_gaps_are_written_and_long_ones_leapt_over() {
    assert_eq!(step("one way a go", "two why a do"), "^[1Gtwo why a d");
    assert_eq!(step("a long way to go", "b long way to do"), "^[1Gb^[15Gd");
    assert_eq!(step("東京の会議", "大阪の会議室"), "^[1G大阪^[11G室");
    assert_eq!(step("東京 a b", "大阪 a c"), "^[1G大阪 a c");
    assert_eq!(step("a", "ab"), "b", "the cursor is there");
    assert_eq!(step("a", "a"), "");
}

#[test]
fn spaces_are_erased_where_that_is_shorter() {
    assert_eq!(step("abc", ""), "^[1G   ");
    assert_eq!(step("abcd", ""), "^[1G^[K");
    assert_eq!(step("abcdefghijklmnop!", "                !"), "^[1G^[16X");
    assert_eq!(step("abcdefgh!", "        !"), "^[1G        ");
    let ground = Style::new().bg(Color::Blue);
    let said = steps(&[row(""), styled("abcdefgh", (0, 8), ground), row("ab")]);
    assert_eq!(said[1], "^[1Gab^[K", "with the terminal's own ground");
}

#[test]
fn a_wide_letter_is_erased_whole() {
    let (from, to) = ("abcdefghijklmn📚 z", "                 z");
    assert_eq!(step(from, to), "^[1G^[16X", "both halves of it");
    assert_eq!(step("📚bcdefghijklmnopq", "a"), "^[1Ga^[K");
    assert_eq!(step("a📚b", "a  b"), "^[2G  ");
    assert_eq!(step("a山b", "ac b"), "^[2Gc ");
}

#[test]
fn styles_nobody_sees_are_not_written() {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    assert_eq!(
        steps(&[row(""), styled("a b", (0, 2), bold), styled("a b", (0, 1), bold)]),
        ["^[1H^[1ma ^[mb", ""]
    );
    let marked = Style::new().bg(Color::Red);
    assert_eq!(steps(&[row("a b"), styled("a b", (1, 2), marked)]), ["^[2G^[41m ^[m"]);
}

#[test]
fn what_looks_otherwise_is_leapt_over() {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let said = steps(&[
        row(""),
        styled("ab cd ef", (3, 5), bold),
        styled("xb cd xf", (3, 5), bold),
    ]);
    assert_eq!(said[1], "^[1Gx^[7Gx");
}

#[test]
fn emoji_are_never_trusted() {
    assert_eq!(step("", "👧xc"), "^[1H👧^[3Gxc");
    assert_eq!(step("a 👧 b", "c 👧 d"), "^[1Gc^[6Gd");
    assert_eq!(step("aa b", "👧 b"), "^[1G  ^[1G👧", "over letters");
}

#[test]
fn what_a_family_of_emoji_may_spill_into_is_written_again() {
    let family = "👩\u{200d}👧";
    assert_eq!(step("", &format!("{family}abc")), format!("^[1H{family}^[3Gabc"));
    assert_eq!(step("山abcd", &format!("{family}abcd")), format!("^[1G{family}^[3Gab"));
    assert_eq!(step("山山d", &format!("{family}山d")), format!("^[1G{family}^[3G山"));
    assert_eq!(step("山", family), format!("^[1G{family}^[3G  "));
    assert_eq!(step("", "👍🏽"), "^[1H👍🏽^[3G  ", "a tint");
}

/// A row as a terminal shows it.
fn shown(terminal: &vt100::Parser) -> String {
    terminal.screen().contents().trim_end().to_owned()
}

fn terminal() -> vt100::Parser {
    vt100::Parser::new(1.try_into().unwrap(), WIDTH.try_into().unwrap(), 0)
}

/// Draws rows one after another, and each at once; the terminal shows the same.
fn assert_steps_lead_where_leaps_do(rows: &[String]) {
    let mut screen = Thrifty::new(Vec::new(), size());
    let mut stepwise = terminal();
    for text in rows {
        let row = row(text);
        stepwise.process(&show(&mut screen, &row));
        let mut at_once = terminal();
        at_once.process(&show(&mut Thrifty::new(Vec::new(), size()), &row));
        assert_eq!(shown(&stepwise), shown(&at_once), "{rows:?}");
    }
}

#[test]
fn what_a_wide_letter_covered_is_blank_afterwards() {
    let rows = ["Primrose", "山田 花子", "Zoë Dämmer", "", "a 👩\u{200d}👧 b", "ab 山"];
    assert_steps_lead_where_leaps_do(&rows.map(str::to_owned));
}

proptest! {
    #[test]
    fn any_steps_lead_where_a_leap_does(rows in prop::collection::vec("[ab  山田👧❤é]{0,20}", 1..6)) {
        assert_steps_lead_where_leaps_do(&rows);
    }
}

/// What a screen writes to show a text of which some columns lead to the address.
fn linked(screen: &mut Thrifty<Vec<u8>>, text: &str, columns: std::ops::Range<u16>, url: &str) -> String {
    let draw = |buffer: &mut Buffer| {
        buffer.clone_from(&row(text));
        let url = url.to_owned();
        Drawn {
            cursor: None,
            links: vec![Hyperlink { y: 0, columns, url }],
        }
    };
    screen.show(draw).unwrap();
    let said = String::from_utf8(std::mem::take(&mut screen.out)).unwrap();
    let id = said
        .split_once("id=")
        .map(|(_, rest)| rest.split(';').next().unwrap().to_owned());
    id.map_or(said.clone(), |id| said.replace(&id, "1"))
        .replace('\u{1b}', "^")
}

#[test]
fn links_begin_and_end_around_their_letters_and_cost_nothing_while_they_stay() {
    let mut screen = Thrifty::new(Vec::new(), size());
    show(&mut screen, &row(""));
    let (a, b) = ("https://a.example/", "https://b.example/");
    assert_eq!(
        linked(&mut screen, "see 山田 now", 4..8, a),
        "^[1Hsee ^]8;id=1;https://a.example/^\\山田^[10G^]8;;^\\now"
    );
    assert_eq!(linked(&mut screen, "see 山田 now", 4..8, a), "");
    assert_eq!(
        linked(&mut screen, "see 山田 now", 4..8, b),
        "^[5G^]8;id=1;https://b.example/^\\山田^]8;;^\\"
    );
    assert_eq!(linked(&mut screen, "see 山田 now", 4..8, "javascript:x"), "^[5G山田");
    assert_eq!(
        linked(&mut screen, "see 山田 now", 4..8, "https://a.example/\u{1b}\\"),
        ""
    );
}
