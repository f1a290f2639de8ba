//! What of a page is there to be seen, and what is not.

use super::*;

/// Whether `HERE` is seen in a body.
fn is_seen(source: &str) -> bool {
    text_of(&html(source), 72).contains("HERE")
}

#[test]
fn what_a_style_takes_away_is_not_said() {
    for style in [
        "zoom:0",
        "transform: scale(0)",
        "clip-path: inset(50%)",
        "margin: 0 0 0 -9999px",
        "content-visibility: hidden",
    ] {
        for element in ["div", "span"] {
            let source = format!("<p>山田<{element} style='{style}'>HERE</{element}>");
            assert!(!is_seen(&source), "{source}");
        }
    }
    assert!(!is_seen("<img src=a style='max-height:0' alt=HERE>"));
    assert!(is_seen("<img src=a style='max-width:100%;max-height:40px' alt=HERE>"));
}

#[test]
fn what_office_guesses_that_an_image_shows_is_said_without_its_doubts() {
    for doubt in [
        "Description automatically generated",
        "Automatisch generierte Beschreibung",
        "描述已自动生成",
    ] {
        let source = format!("<img src=a alt='Two boats&#10;&#10;{doubt}'>");
        assert_eq!(text_of(&html(&source), 72), "[Two boats]\n", "{doubt}");
    }
}
