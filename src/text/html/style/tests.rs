//! Styles as mails have them.

use super::*;

#[test]
fn reads_what_mail_programs_write() {
    let none = Declared::default();
    for (style, expected) in [
        ("", none),
        ("font-family:\"Segoe UI\", serif", none),
        (
            "color:red",
            Declared {
                no_ink: Some(false),
                ink: Some(Paint::Other),
                ..none
            },
        ),
        (
            "color:transparent",
            Declared {
                no_ink: Some(true),
                ..none
            },
        ),
        (
            "background:#fff;color:#FFFFFF",
            Declared {
                no_ink: Some(true),
                ink: Some(Paint::Plain(0xff_ffff)),
                ground: Some(Paint::Plain(0xff_ffff)),
                ..none
            },
        ),
        (
            "color:white;background-color:#ffe",
            Declared {
                no_ink: Some(false),
                ink: Some(Paint::Plain(0xff_ffff)),
                ground: Some(Paint::Plain(0xff_ffee)),
                ..none
            },
        ),
        ("text-indent:-18.0pt", none),
        (
            "font-size:1px",
            Declared {
                no_size: Some(true),
                font_size: Some(FontSize::Pixels(1)),
                ..none
            },
        ),
        (
            "font-size:1em",
            Declared {
                no_size: Some(false),
                font_size: Some(FontSize::Percent(100)),
                ..none
            },
        ),
        (
            "padding:20px 0",
            Declared {
                spaced: Some(true),
                ..none
            },
        ),
        (
            "padding:0 24px 24px",
            Declared {
                spaced: Some(true),
                apart: true,
                ..none
            },
        ),
        ("padding:0in 5.4pt 0in 5.4pt", Declared { apart: true, ..none }),
        (
            "margin-bottom:12.0pt",
            Declared {
                spaced: Some(true),
                ..none
            },
        ),
        ("height:20px", Declared { tall: true, ..none }),
        (
            "display:inline",
            Declared {
                block: Some(false),
                ..none
            },
        ),
        (
            "font:italic bold 15px/22px Arial",
            Declared {
                no_size: Some(false),
                font_size: Some(FontSize::Pixels(15)),
                strong: Some(true),
                emphasis: Some(true),
                ..none
            },
        ),
        (
            "font-size:1.5em",
            Declared {
                no_size: Some(false),
                font_size: Some(FontSize::Percent(150)),
                ..none
            },
        ),
        (
            "list-style:inside lower-roman",
            Declared {
                list_style: Some(ListStyle::Roman),
                ..none
            },
        ),
        (
            "text-align:right",
            Declared {
                right: Some(true),
                ..none
            },
        ),
        (
            "DISPLAY: None !important; display: block",
            Declared {
                block: Some(true),
                ..none
            },
        ),
        (
            "border-width:1pt medium medium; border-style: solid none none",
            Declared {
                top_border: true,
                ..none
            },
        ),
        (
            "border-style: none none none solid",
            Declared {
                left_border: true,
                ..none
            },
        ),
        ("border-style: solid", none),
        (
            "mso-hide:all",
            Declared {
                hidden_from_outlook: true,
                ..none
            },
        ),
        (
            "font-size:0",
            Declared {
                no_size: Some(true),
                font_size: Some(FontSize::Pixels(0)),
                ..none
            },
        ),
        (
            "font-size:11.0pt",
            Declared {
                no_size: Some(false),
                font_size: Some(FontSize::Pixels(15)),
                ..none
            },
        ),
        (
            "font-weight:700;font-style:italic",
            Declared {
                strong: Some(true),
                emphasis: Some(true),
                ..none
            },
        ),
        (
            "font-weight:normal",
            Declared {
                strong: Some(false),
                ..none
            },
        ),
        (
            "text-decoration:underline line-through",
            Declared { strike: true, ..none },
        ),
        (
            "margin:0cm",
            Declared {
                spaced: Some(false),
                ..none
            },
        ),
        (
            "margin:0 0 8pt",
            Declared {
                spaced: Some(true),
                ..none
            },
        ),
        ("margin:0 0 4px", none),
        (
            "margin:0in 0in .0001pt",
            Declared {
                spaced: Some(false),
                ..none
            },
        ),
        (
            "margin-top:0; margin-bottom:0",
            Declared {
                spaced: Some(false),
                ..none
            },
        ),
        (
            "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in",
            Declared {
                top_border: true,
                ..none
            },
        ),
        (
            "mso-list:l0 level2 lfo1",
            Declared {
                list_level: Some(2),
                ..none
            },
        ),
        (
            "mso-list:Ignore",
            Declared {
                list_marker: true,
                ..none
            },
        ),
        (
            "white-space:pre-wrap",
            Declared {
                keeps_space: Some(true),
                ..none
            },
        ),
        (":;;:::display", none),
    ] {
        let said = Declared {
            hiding: Hiding::default(),
            ..declared(style)
        };
        assert_eq!(said, expected, "{style:?}");
    }
}

#[test]
fn reads_what_hides() {
    for (style, expected) in [
        ("DISPLAY: None !important; display: block", true),
        ("display:none;DISPLAY:inline", false),
        ("position:absolute;clip:rect(1px, 1px, 1px, 1px)", true),
        ("width:1px; height:1px; overflow:hidden", true),
        ("max-height:0px;overflow:hidden", true),
        ("max-height:0", false),
        ("text-indent:-18.0pt", false),
    ] {
        assert_eq!(declared(style).is_hidden(), expected, "{style:?}");
    }
    for (colour, expected) in [
        ("rgba(0, 0, 0, 0)", true),
        ("#ffffff00", true),
        ("#0000", true),
        ("rgba(0,0,0,.5)", false),
        ("#ffff", false),
        ("#ff000000000", false),
    ] {
        assert_eq!(declared(&format!("color:{colour}")).no_ink, Some(expected), "{colour}");
    }
}
