//! Text from outside drives no terminal, and what scripts need stays.

use proptest::prelude::*;

use super::*;

#[test]
fn escape_sequences_go_whole() {
    for (raw, clean) in [
        ("plain", "plain"),
        ("a\u{1b}[31mred\u{1b}[0m", "ared"),
        ("x\u{1b}]52;c;aGk=\u{7}y", "xy"),
        ("x\u{1b}]8;;http://evil\u{1b}\\link\u{1b}]8;;\u{1b}\\y", "xlinky"),
        ("\u{9b}2Jgone", "gone"),
        ("\u{90}q#0\u{9c}after", "after"),
        ("a\u{1b}(0b", "ab"),
        ("bell\u{7}", "bell"),
        ("gpj\u{202e}exe", "gpjexe"),
        ("two\r\nlines", "two lines"),
        ("tab\there", "tab here"),
        ("\u{1b}", ""),
        ("\u{1b}[", ""),
    ] {
        assert_eq!(Text::new(raw).as_str(), clean, "{raw:?}");
    }
}

#[test]
fn scripts_and_emoji_stay() {
    for kept in [
        "👩\u{200d}👩\u{200d}👧",
        "می\u{200c}خواهم",
        "a\u{200e}b\u{200f}",
        "❤\u{fe0f}",
        "🏴\u{e0067}\u{e0062}\u{e007f}",
        "e\u{301}",
        "山田 花子",
    ] {
        assert_eq!(Text::new(kept).as_str(), kept);
    }
}

#[test]
fn prose_keeps_lines_and_an_open_string_costs_one_line() {
    assert_eq!(Prose::new("a\r\nb\rc\td").as_str(), "a\nb\nc    d");
    assert_eq!(Prose::new("a\u{1b}]0;title\nreal text").as_str(), "a\nreal text");
}

proptest! {
    #[test]
    fn nothing_that_drives_a_terminal_passes(raw in any::<String>()) {
        let text = Text::new(&raw);
        prop_assert!(text.as_str().chars().all(|c| !needs_cleaning(c)));
        let prose = Prose::new(&raw);
        prop_assert!(prose.as_str().chars().all(|c| c == '\n' || !needs_cleaning(c)));
        prop_assert_eq!(Text::new(text.as_str()), text);
    }
}
