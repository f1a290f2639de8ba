//! The line that says who wrote what is quoted: "On 16 Nov 2026, at 09:12, Ben wrote:", in whatever language.

use super::blocks::Block;
use super::cells;
use super::lines::Part;

/// "wrote" as mail programs say it, in lower case, with bars between.
const WROTE: &str = "wrote|schrieb|a écrit|escribió|escribiu|escreveu|ha scritto|scrisse|schreef|geschreven|skrev|kirjoitti|\
     napisał|pisze|napisana przez|napsal|napísal|napisao|napisal|написа|пишет|пише|писал|yazdı|írta|έγραψε|כתב|كتب|كتابة|写道|寫道|\
     のメール|は書きました|님이 작성|쓴 글|đã viết|menulis|a scris|rašė|rakstīj|kirjutas|va escriure|idatzi zuen|sinulat ni|geskryf|skrifaði|เขียนว่า|लिखा|نوشت";
/// How the line begins that a mail program writes, in lower case, with bars between; others begin with a number.
const OPENERS: &str = "on |at |am |le |la |el |o |em |il |op |den |på |pe |în |na |w dniu |dnia |dana |wiadomoś|dne |dňa |στις |в |на |vào |pada |\
     在 |於 |noong |בתאריך |ב-|في ";
/// Lines that it takes at most, wrapped.
const MAX_LINES: usize = 4;
/// Characters of the longest of these.
const LONGEST_OPENER: usize = 8;
/// Cells that it takes at most.
const LONGEST: usize = 300;
/// Bytes that it takes at most: what is asked of many elements must not read a long text for each.
pub const MOST_BYTES: usize = 1200;

/// "On 16 Nov 2026, at 09:12, Ben wrote:", in whatever language: it ends in a colon, and says when or names an address.
/// Zoho writes "---- On … wrote ---", GroupWise ">>> Ben 16/11/2026 09:12 >>>".
pub fn is_attribution(text: &str) -> bool {
    let is_between = |mark: &str| text.starts_with(mark) && text.ends_with(mark);
    let ends = text.ends_with([':', '：']) || is_between("---") || is_between(">>>");
    ends && (tells_time(text) || text.contains('@'))
}

/// Whether what a program has marked as the line above a quote is one: it says when, or "Ben wrote:" alone.
pub fn says_who_is_quoted(text: &str) -> bool {
    cells(text) <= LONGEST && is_attribution(text) || says_who_wrote_below(text)
}

/// "On 16 Nov 2026 Ben wrote", whatever it ends in, or "Ben wrote:".
pub fn says_who_wrote_below(text: &str) -> bool {
    let says_wrote_alone = || text.ends_with([':', '：']) && says_wrote(&text.to_lowercase());
    cells(text) <= LONGEST && (says_when_who_wrote(text) || says_wrote_alone())
}

/// Whether what is only indented below a line is quoted: the line says when and who. One that says less, such as "As Ben
/// wrote:", may lead to anything.
pub fn leads_to_indented(text: &str) -> bool {
    let says_who = || text.contains('@') || says_wrote(&text.to_lowercase());
    text.len() <= MOST_BYTES && (is_attribution(text) && says_who() || says_when_who_wrote(text))
}

/// "On 16 Nov 2026 Ben wrote", whatever it ends in.
pub fn says_when_who_wrote(text: &str) -> bool {
    cells(text) <= LONGEST && begins(text) && tells_time(text) && says_wrote(&text.to_lowercase())
}

/// "2026/11/16 Ben <ben@a.example>", as Gmail wrote it once.
pub fn says_when_and_who(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with('>') && names_address(text) && tells_time(text)
}

/// Where the line of a program begins that shares its line with the end of what somebody wrote: "Yes. On … wrote:".
pub fn shared_at(text: &str) -> Option<usize> {
    /// Bytes of the program's part at most.
    const LONGEST_PART: usize = 400;
    if !ends(text) {
        return None;
    }
    let spaces = text.char_indices().rev().filter(|(_, c)| c.is_whitespace());
    let mut words = spaces
        .map(|(at, space)| at + space.len_utf8())
        .take_while(|at| text.len() - at <= LONGEST_PART);
    let begins_there = |at: &usize| {
        let rest = text.get(*at..).unwrap_or_default();
        let mut letters = rest.chars();
        // "On", not the "AM" behind a time.
        let is_word = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        is_word && says_when_who_wrote(rest)
    };
    let at = words.find(begins_there)?;
    let own = text.get(..at)?.trim_end();
    // Some put the author's initials there: "BA> On … wrote:".
    (own.contains(char::is_alphanumeric) && !own.ends_with('>')).then_some(at)
}

/// Whether a line says "wrote" between dashes, as Android's old mail does.
pub fn says_who_wrote(text: &str) -> bool {
    let is_between = text.starts_with("---") && text.ends_with("---");
    is_between && says_wrote(&text.to_lowercase())
}

/// How many of the first of `blocks` say who wrote the unmarked text below them; `None` if they do not, or if a mark
/// says what is quoted.
pub fn unmarked_at(blocks: &[Block]) -> Option<usize> {
    let first = blocks.first()?;
    let is_own = |block: &&Block| block.quote == first.quote && block.part == Part::Body && block.marker.is_empty();
    let mut said = String::new();
    for (index, block) in blocks.iter().take(MAX_LINES).take_while(is_own).enumerate() {
        let line = block.words()?.text().trim();
        if index > 0 && block.gap || cells(&said) + cells(line) > LONGEST {
            return None;
        }
        said.push_str(line);
        if ends(line) {
            let is_programs = begins(&said) || said.starts_with("---") || said.contains('@');
            let names_author = || says_wrote(&said.to_lowercase()) || begins(&said) && names_address(&said);
            // Gmail in Russian, and in Hebrew, says no more than when and who.
            let ends_in_address = || names_address(&said) && said.trim_end_matches([':', '：', ' ']).ends_with('>');
            let is_one = tells_time(&said) && (is_programs && names_author() || ends_in_address());
            let text_follows = blocks.get(index + 1).is_some_and(|next| is_own(&next));
            return (is_one && text_follows).then_some(index + 1);
        }
        if !begins(&said) {
            return None;
        }
        said.push(' ');
    }
    None
}

fn ends(line: &str) -> bool {
    line.ends_with([':', '：']) || line.starts_with("---") && line.ends_with("---")
}

/// Whether a line begins as the program's does, and holds a number.
fn begins(line: &str) -> bool {
    let line = line.trim_start_matches(['-', ' ']);
    if line.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let head: String = line.chars().take(LONGEST_OPENER).flat_map(char::to_lowercase).collect();
    OPENERS.split('|').any(|opener| head.starts_with(opener)) && line.contains(|c: char| c.is_ascii_digit())
}

/// Whether an address stands in angle brackets.
fn names_address(line: &str) -> bool {
    let inside = line.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.is_some_and(|(address, _)| address.contains('@') && !address.contains(' '))
}

fn says_wrote(lower: &str) -> bool {
    WROTE.split('|').any(|verb| lower.contains(verb))
}

/// Whether there is a year, a date in numbers or a time of day in a text.
pub fn tells_time(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    let is_year = |number: &str| number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    numbers.any(is_year) || text.split(' ').any(|word| is_time_of_day(word) || is_date(word))
}

/// "9:12", "09:12:00AM".
fn is_time_of_day(word: &str) -> bool {
    let Some((hours, minutes)) = word.split_once(':') else {
        return false;
    };
    let digits = |text: &str| text.chars().take_while(|c| c.is_numeric()).count();
    hours.chars().all(char::is_numeric) && matches!(digits(hours), 1 | 2) && digits(minutes) >= 2
}

/// "16.11.26", "11/16/26".
fn is_date(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';']);
    ['.', '/', '-'].iter().any(|between| {
        let mut parts = word.split(*between);
        let mut small = || {
            let number = parts.next().and_then(|part| part.parse::<u8>().ok());
            number.is_some_and(|number| (1..=31).contains(&number))
        };
        let begins = small() && small();
        let year = parts.next().unwrap_or_default();
        begins && year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit()) && parts.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::blocks::{Content, Words};
    use crate::text::lines::Role;

    fn lines(text: &str) -> Vec<Block> {
        let block = |line: &str| {
            let mut words = Words::default();
            words.push(line, Role::Plain);
            Block {
                gap: line.starts_with('\t'),
                content: Content::Words(words),
                ..Block::default()
            }
        };
        text.split('\n').map(block).collect()
    }

    #[test]
    fn what_programs_write_above_unmarked_text_is_known() {
        for (text, expected) in [
            (
                "On 16 Nov 2026, at 09:12, Ben Ames <ben@a.example> wrote:\ntext",
                Some(1),
            ),
            (
                "On Mon, Nov 16, 2026 at 9:12 AM, Ben <\nben@a.example> wrote:\ntext",
                Some(2),
            ),
            (
                "On Nov 16, 2026, at 12:47 PM, Ben <\nben@a.example>\nwrote:\ntext",
                Some(3),
            ),
            ("Op 13-02-2026 3:18 schreef Ben <ben@a.example>:\ntext", Some(1)),
            (
                "Op 17-feb.-2026, om 13:18 heeft Ben het volgende geschreven:\ntext",
                Some(1),
            ),
            ("Am 16.11.26 schrieb Ben Ames:\ntext", Some(1)),
            ("Le 23 janv. 2026 à 22:03, Ben <ben@a.example> a écrit :\ntext", Some(1)),
            (
                "W dniu 28 stycznia 2026 01:53 użytkownik Zoe <z@a.example>\nnapisał:\ntext",
                Some(2),
            ),
            (
                "16 ноября 2026 г., 09:12 пользователь Ben <ben@a.example> написал:\ntext",
                Some(1),
            ),
            ("2026年11月16日(月) 9:12 山田のメール:\ntext", Some(1)),
            ("在 2026年11月16日，Ben 写道：\ntext", Some(1)),
            (
                "در تاریخ ۱۶ نوامبر ۲۰۲۶،\u{200f} ۱۰:۱۲ Ben <ben@a.example> نوشت:\ntext",
                Some(1),
            ),
            (
                "सोम, 16 नव॰ 2026 को 9:12 am बजे को Ben <ben@a.example> ने लिखा:\ntext",
                Some(1),
            ),
            (
                "otrd., 2026. g. 3. marts, plkst. 9:12 — lietotājs Ben (<ben@a.example>) rakstīja:\ntext",
                Some(1),
            ),
            ("------On 12/29/2026 17:32 PM, Ben wrote-----\ntext", Some(1)),
            ("пн, 16 нояб. 2026 г. в 09:12, Ben <ben@a.example>:\ntext", Some(1)),
            ("2026年11月16日(月) 9:12 Ben <ben@a.example>:\ntext", Some(1)),
            ("2026. 11. 16. 오전 9:12, Ben <ben@a.example> 작성:\ntext", Some(1)),
            ("2026-11-16 오전 9:12에 Ben 이(가) 쓴 글:\ntext", Some(1)),
            ("W dniu 16.11.2026 o 09:12, Ben Ames pisze:\ntext", Some(1)),
            ("La 16.11.2026 09:12, Ben Ames a scris:\ntext", Some(1)),
            ("於 2026/11/16 上午9:12, Ben 寫道:\ntext", Some(1)),
            (
                "O luns, 16 nov 2026 ás 9:12, Ben (<ben@a.example>) escribiu:\ntext",
                Some(1),
            ),
            (
                "Wiadomość napisana przez Ben <ben@a.example> w dniu 16 lis 2026:\ntext",
                Some(1),
            ),
            ("На пн, 16.11.2026 г. в 9:12 Ben <ben@a.example> написа:\ntext", Some(1)),
            (
                "في 16 نوفمبر 2026 تمت كتابة ما يلي بواسطة Ben <ben@a.example>:\ntext",
                Some(1),
            ),
            // Nothing follows.
            ("On 16 Nov 2026, at 09:12, Ben wrote:", None),
            // People's own sentences.
            ("As Ben wrote in 2026:\ntext", None),
            ("On Monday Ben wrote:\ntext", None),
            ("On 16 Nov 2026 we decided:\ntext", None),
            ("On 16 Nov 2026\n\tBen wrote:\ntext", None),
            ("Notes, 16 Nov 2026:\ntext", None),
            ("Questions of 16 Nov 2026 go to Ben <ben@a.example> first:\ntext", None),
            ("", None),
        ] {
            assert_eq!(unmarked_at(&lines(text)), expected, "{text}");
        }
        let mut quoted = lines("On 16 Nov 2026, at 09:12, Ben wrote:\ntext");
        quoted.last_mut().unwrap().quote = 1;
        assert_eq!(unmarked_at(&quoted), None, "the quote is marked");
    }

    #[test]
    fn the_line_of_a_program_may_share_its_line_with_an_answer() {
        for (text, expected) in [
            ("Yes. On 16 Nov 2026, Ben wrote:", Some("Yes. ")),
            ("山田です。 Am 16.11.26 schrieb Ben:", Some("山田です。 ")),
            ("Oui Le 16 nov. 2026 à 09:12, Ben a écrit :", Some("Oui ")),
            ("On 16 Nov 2026, Ben wrote:", None),
            ("At 10:32 AM -0400 on 16/11/26, Ben wrote:", None),
            ("BA> On 16 Nov 2026, Ben wrote:", None),
            ("On 16 Nov 2026 On-Site Ltd wrote:", None),
            ("Yes. On 16 Nov 2026 Ben wrote", None),
            ("Yes. On Monday Ben wrote:", None),
        ] {
            assert_eq!(shared_at(text).and_then(|at| text.get(..at)), expected, "{text}");
        }
        let long = "On 1 ".repeat(100_000) + "wrote:";
        assert_eq!(shared_at(&long), None, "and soon");
    }

    #[test]
    fn times_and_dates_are_told_from_other_numbers() {
        for (text, expected) in [
            ("in 2026", true),
            ("at 9:12", true),
            ("16.11.26,", true),
            ("11/16/26", true),
            ("version 1.2.3", false),
            ("10.0.0.1", false),
            ("99.99.99", false),
            ("a ratio of 3:1", false),
        ] {
            assert_eq!(tells_time(text), expected, "{text}");
        }
    }
}
