//! Characters that stand for graphemes while html2text lays a text out.
//!
//! html2text counts cells character by character: a family of four emoji counts eight cells and may be cut in its middle.
//! It takes any white space for a space. So each grapheme that it would misjudge is replaced by one character that is as
//! wide as the grapheme, and put back afterwards.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::super::width::grapheme_cells;

/// Where stand-ins of one cell begin: private use. There is no end to fear: a megabyte has fewer different graphemes.
const NARROW: u32 = 0xf_0000;
/// Where stand-ins of two cells begin: unassigned characters in the plane of ideographs, which are wide.
const WIDE: u32 = 0x3_4000;
/// How many there are of each.
const COUNT: u32 = 0xbf00;

/// The stand-ins of a text.
#[derive(Debug, Default)]
pub struct StandIns {
    graphemes: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl StandIns {
    /// Adds `text` to `written`, with stand-ins in it.
    pub fn write(&mut self, text: &str, written: &mut String) {
        if text.is_ascii() {
            return written.push_str(text);
        }
        for grapheme in text.graphemes(true) {
            match self.of(grapheme) {
                Some(stand_in) => written.push(stand_in),
                None => written.push_str(grapheme),
            }
        }
    }

    /// `text` with the graphemes back in it.
    pub fn read(&self, text: &str) -> String {
        let mut read = String::with_capacity(text.len());
        for c in text.chars() {
            match number_of(c) {
                Some(number) => read.push_str(self.graphemes.get(number).map_or("\u{fffd}", |grapheme| grapheme)),
                None => read.push(c),
            }
        }
        read
    }

    fn of(&mut self, grapheme: &str) -> Option<char> {
        let cells = grapheme_cells(grapheme);
        if !is_misjudged(grapheme, cells) {
            return None;
        }
        let first = match cells {
            1 => NARROW,
            2 => WIDE,
            _ => return None,
        };
        let next = u32::try_from(self.graphemes.len()).ok()?;
        let number = *self.numbers.entry(grapheme.into()).or_insert_with(|| {
            self.graphemes.push(grapheme.into());
            next
        });
        char::from_u32(first + number).filter(|_| number < COUNT)
    }
}

fn is_misjudged(grapheme: &str, cells: usize) -> bool {
    let mut chars = grapheme.chars();
    let (Some(first), None) = (chars.next(), chars.next()) else {
        // The first character may be followed by what has no width and therefore stays with it.
        let widths = || grapheme.chars().map(|c| c.width().unwrap_or(0));
        return widths().sum::<usize>() != cells || widths().skip(1).any(|width| width > 0);
    };
    let is_odd_space = first.is_whitespace() && !matches!(first, ' ' | '\u{a0}');
    is_odd_space || number_of(first).is_some() || first.width() != Some(cells)
}

fn number_of(c: char) -> Option<usize> {
    let c = u32::from(c);
    let number = [NARROW, WIDE]
        .iter()
        .find_map(|first| c.checked_sub(*first).filter(|number| *number < COUNT));
    number.and_then(|number| usize::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::super::super::cells;
    use super::*;

    #[test]
    fn a_text_with_stand_ins_is_as_wide_by_characters_and_reads_the_same() {
        let family = "👩\u{200d}👩\u{200d}👧";
        for text in [
            "plain",
            family,
            "a❤\u{fe0f}b",
            "🇩🇪🇫🇷",
            "1\u{fe0f}\u{20e3}",
            "\u{3000}字",
            "e\u{301}",
            "שלום",
            "\u{34000}\u{f0001}x",
            "한국어",
            "नमस्ते",
            "ไทย",
        ] {
            let (mut stand_ins, mut written) = (StandIns::default(), String::new());
            stand_ins.write(text, &mut written);
            let widths: usize = written.chars().map(|c| c.width().unwrap_or(0)).sum();
            assert_eq!(widths, cells(text), "{text:?}");
            assert_eq!(stand_ins.read(&written), text);
        }
        let (mut stand_ins, mut written) = (StandIns::default(), String::new());
        stand_ins.write(family, &mut written);
        assert_eq!(written.chars().count(), 1);
    }

    #[test]
    fn stand_ins_that_stand_for_nothing_are_replaced() {
        assert_eq!(StandIns::default().read("a\u{f0003}"), "a\u{fffd}");
    }
}
