//! The text room counts cells without knowing ratatui; here it is held against what ratatui draws.

use folkmoot::text::cells;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The cells that ratatui moves on by when it draws `text`.
fn drawn(text: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
    let (end, _) = buffer.set_stringn(0, 0, text, 2000, Style::new());
    usize::from(end)
}

#[test]
fn known_texts() {
    for text in [
        "plain",
        "山田 花子",
        "e\u{301}",
        "👩\u{200d}👩\u{200d}👧 and ❤\u{fe0f} and 🇩🇪",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "ｶﾞｷﾞ aﾞ あﾞ",
        "שלום עולם",
        "مرحبا",
        "नमस्ते",
        "한국어",
        "a\u{200b}b\u{200d}c",
        "tab\tbell\u{7}",
    ] {
        assert_eq!(cells(text), drawn(text), "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        prop_assert_eq!(cells(&text), drawn(&text));
    }

    #[test]
    fn any_text_that_combines(text in "[a-z🏳👩👨🏽🇩🇪❤ｶﾞﾟあé\u{301}\u{200d}\u{fe0f}\u{20e3}\u{e0067}\u{e007f}ᄀ각निक्ष]{0,12}") {
        prop_assert_eq!(cells(&text), drawn(&text));
    }
}
