//! Pictures: what is written to place one, to put another in its place, and to take it away.

use std::num::NonZeroU16;

use ratatui::buffer::CellDiffOption;

use super::*;
use crate::ui::photo::put;

const SIZE: crate::layout::Size = crate::layout::Size { width: 20, height: 4 };
/// Where the picture is.
const PLACE: Rect = Rect::new(12, 1, 4, 2);
/// As a picture in sixels or for iTerm2 is: the cells are emptied row by row, then it is drawn from the first.
const SIXEL: &str = "\x1b[4X\x1b[1B\x1b[4X\x1b[1B\x1b[2A\x1bPq#0~-\x1b\\";
const OTHER: &str = "\x1b[4X\x1b[1B\x1b[4X\x1b[1B\x1b[2A\x1b]1337;File=inline=1:aGk=\x07";
/// What kitty takes a picture from, and what stands for its parts.
const KITTY: &str = "\x1b_Gq=2,i=6712692,a=T,U=1,f=32,t=d,s=1,v=1,m=0;AAAA\x1b\\";

fn screen(rows: [&str; 4]) -> Buffer {
    let mut screen = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
    for (y, row) in (0..).zip(rows) {
        screen.set_string(0, y, row, Style::new());
    }
    screen
}

fn with(mut screen: Buffer, picture: &Buffer) -> Buffer {
    put(&mut screen, PLACE, picture);
    screen
}

/// A picture that the first cell carries.
fn whole(sequence: &str) -> Buffer {
    let mut cells = Buffer::empty(Rect::new(0, 0, PLACE.width, PLACE.height));
    for cell in &mut cells.content {
        cell.set_symbol("");
    }
    cells[(0, 0)].set_symbol(sequence).set_diff_option(one());
    cells
}

/// A picture of placeholders.
fn placed(transmission: &str) -> Buffer {
    let mut cells = Buffer::empty(Rect::new(0, 0, PLACE.width, PLACE.height));
    for cell in &mut cells.content {
        cell.set_symbol("\u{10eeee}")
            .set_fg(Color::Rgb(1, 2, 3))
            .set_diff_option(one());
    }
    cells[(0, 0)].set_symbol(&format!("{transmission}\u{10eeee}\u{305}"));
    cells[(0, 1)].set_symbol("\u{10eeee}\u{30d}");
    cells
}

fn one() -> CellDiffOption {
    CellDiffOption::ForcedWidth(NonZeroU16::MIN)
}

/// What is written for each step from one screen to the next.
fn written(screens: &[Buffer]) -> Vec<String> {
    let mut screen = Thrifty::new(Vec::new(), SIZE);
    let mut written = screens
        .iter()
        .map(|frame| String::from_utf8(show(&mut screen, frame)).unwrap());
    written.next();
    written.collect()
}

const WORDS: [&str; 4] = ["one", "two", "three", "four"];

#[test]
fn a_picture_is_placed_replaced_and_written_over() {
    let plain = screen(WORDS);
    let said = written(&[
        plain.clone(),
        with(plain.clone(), &whole(SIXEL)),
        with(plain.clone(), &whole(SIXEL)),
        with(plain.clone(), &whole(OTHER)),
        plain,
    ]);
    assert_eq!(
        said,
        [
            format!("\x1b[2;13H{SIXEL}"),
            String::new(),
            format!("\x1b[2;13H{OTHER}"),
            "\x1b[2;13H\x1b[K\x1b[3;13H\x1b[K".to_owned(),
        ]
    );
}

#[test]
fn no_colour_of_a_row_gets_into_a_picture() {
    let mut plain = screen(WORDS);
    let before = plain.clone();
    plain.set_style(Rect::new(0, 1, 3, 1), Style::new().bg(Color::Red));
    let said = written(&[before, with(plain, &whole(SIXEL))]);
    assert_eq!(said, [format!("\x1b[2H\x1b[41mtwo\x1b[13G\x1b[m{SIXEL}")]);
}

#[test]
fn what_is_beside_a_picture_never_touches_it() {
    let before = with(screen(["", "two         ....!", "", ""]), &whole(SIXEL));
    let after = with(screen(["", "tow         ....?", "", ""]), &whole(SIXEL));
    let said = written(&[screen([""; 4]), before.clone(), after]);
    assert_eq!(said[1], "\x1b[2Gow\x1b[17G?");
    let cleared = with(screen(["", "            ....!", "", ""]), &whole(SIXEL));
    let said = written(&[screen([""; 4]), before, cleared]);
    assert_eq!(said[1], "\x1b[1G   ", "not to the end of the line");
}

#[test]
fn what_lies_over_a_picture_erases_it_and_it_comes_back_whole() {
    let plain = screen(WORDS);
    let over = screen(["one", "two        ┌──┐", "three      └──┘", "four"]);
    let said = written(&[
        plain.clone(),
        with(plain.clone(), &whole(SIXEL)),
        over,
        with(plain, &whole(SIXEL)),
    ]);
    assert_eq!(said[1], "\x1b[2;12H┌──┐ \x1b[3;12H└──┘ ");
    assert_eq!(said[2], format!("\x1b[2;12H {SIXEL}\x1b[3;12H "));
}

#[test]
fn an_emoji_that_may_have_spilled_into_a_picture_has_it_drawn_again() {
    let family = "👩\u{200d}👧\u{200d}👦";
    let before = with(screen([""; 4]), &whole(SIXEL));
    let after = with(screen(["", &format!("          {family}"), "", ""]), &whole(SIXEL));
    let said = written(&[screen([""; 4]), before, after]);
    assert_eq!(said[1], format!("\x1b[2;11H{family}\x1b[13G{SIXEL}"));
}

#[test]
fn kitty_is_given_a_picture_once_and_told_to_forget_it() {
    let plain = screen(WORDS);
    let other = KITTY.replace("AAAA", "BBBB");
    let said = written(&[
        plain.clone(),
        with(plain.clone(), &placed(KITTY)),
        with(screen(["one!", "two", "three", "four"]), &placed(KITTY)),
        with(plain.clone(), &placed(&other)),
        plain,
    ]);
    let (first, cell) = ("\u{10eeee}\u{305}", "\u{10eeee}");
    let (pen, rest) = ("\x1b[38;2;1;2;3m", cell.repeat(3));
    assert_eq!(
        said,
        [
            format!("\x1b[2;13H{pen}{KITTY}{first}\x1b[2;14H{rest}\x1b[3;13H{cell}\u{30d}{rest}\x1b[m"),
            "\x1b[1;4H!".to_owned(),
            format!("\x1b[4G \x1b[2;13H{pen}{other}{first}\x1b[m"),
            "\x1b_Ga=d,d=I,i=6712692,q=2\x1b\\\x1b[2;13H\x1b[K\x1b[3;13H\x1b[K".to_owned(),
        ]
    );
}

#[test]
fn on_a_new_screen_a_picture_is_drawn_anew() {
    let shown = with(screen(WORDS), &whole(SIXEL));
    let [anew] = &written(&[screen([""; 4]), shown])[..] else {
        panic!("one step")
    };
    assert!(anew.contains(SIXEL) && anew.contains("three"), "{anew:?}");
}
