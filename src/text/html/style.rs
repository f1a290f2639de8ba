//! What an element's `style` attribute says, as far as reading goes.

/// The declarations that matter for reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Declared {
    /// Not to be seen: `display:none`, `visibility:hidden`, no height.
    pub hidden: bool,
    /// Hidden from Outlook alone (`mso-hide:all`).
    pub hidden_from_outlook: bool,
    /// A font of no size (`Some(true)`), used to hide text and to swallow white space, or one of a size again.
    pub no_size: Option<bool>,
    /// Bold or no longer bold.
    pub strong: Option<bool>,
    /// Italic or upright again.
    pub emphasis: Option<bool>,
    /// Struck through.
    pub strike: bool,
    /// White space kept or no longer kept.
    pub keeps_space: Option<bool>,
    /// On lines of its own.
    pub block: bool,
    /// A paragraph without space above and below.
    pub no_margin: bool,
    /// A line above: Outlook's border between an answer and what it answers.
    pub top_border: bool,
    /// Lines around.
    pub boxed: bool,
    /// An item of one of Word's lists, of this level.
    pub list_level: Option<u8>,
    /// The bullet or number that Word wrote into the text.
    pub list_marker: bool,
}

/// Reads a `style` attribute.
pub fn declared(style: &str) -> Declared {
    let mut declared = Declared::default();
    let (mut no_height, mut clipped) = (false, false);
    let (mut no_top, mut no_bottom) = (false, false);
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim_end();
        match name.trim().to_ascii_lowercase().as_str() {
            "display" => match value {
                "none" => declared.hidden = true,
                "block" | "list-item" | "table" => declared.block = true,
                _ => {}
            },
            "visibility" => declared.hidden |= matches!(value, "hidden" | "collapse"),
            "opacity" => declared.hidden |= is_zero(value),
            "mso-hide" => declared.hidden_from_outlook = value == "all",
            "max-height" | "height" => no_height |= is_zero(value),
            "overflow" => clipped = value == "hidden",
            "font-size" => declared.no_size = Some(is_zero(value)),
            "font-weight" => declared.strong = weight(value),
            "font-style" => declared.emphasis = Some(matches!(value, "italic" | "oblique")),
            "text-decoration" | "text-decoration-line" => declared.strike |= value.contains("line-through"),
            "white-space" => {
                declared.keeps_space = Some(matches!(value, "pre" | "pre-wrap" | "pre-line" | "break-spaces"))
            }
            "margin" => (no_top, no_bottom) = vertical_zeros(value),
            "margin-top" => no_top = is_zero(value),
            "margin-bottom" => no_bottom = is_zero(value),
            "border" => declared.boxed = is_line(value),
            "border-top" => declared.top_border = is_line(value),
            "mso-list" => match value {
                "ignore" => declared.list_marker = true,
                _ => declared.list_level = level(value),
            },
            _ => {}
        }
    }
    declared.hidden |= no_height && clipped;
    declared.no_margin = no_top && no_bottom;
    declared
}

fn weight(value: &str) -> Option<bool> {
    match value {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse::<u16>().ok().map(|weight| weight >= 600),
    }
}

/// `0`, `0px`, `.0in`, and Word's `.0001pt`.
fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse().is_ok_and(|size: f64| size.abs() < 0.1)
}

/// Whether the top and the bottom of a `margin` are nothing.
fn vertical_zeros(value: &str) -> (bool, bool) {
    let mut values = value.split_ascii_whitespace();
    let top = values.next().is_some_and(is_zero);
    let bottom = values.nth(1).map_or(top, is_zero);
    (top, bottom)
}

fn is_line(value: &str) -> bool {
    ["solid", "double", "dashed", "dotted"]
        .iter()
        .any(|kind| value.contains(kind))
}

/// The level in Word's `l0 level2 lfo1`.
fn level(value: &str) -> Option<u8> {
    value
        .split_ascii_whitespace()
        .find_map(|word| word.strip_prefix("level")?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_mail_programs_write() {
        let none = Declared::default();
        for (style, expected) in [
            ("", none),
            ("color:red;font-family:\"Segoe UI\", serif", none),
            ("DISPLAY: None !important", Declared { hidden: true, ..none }),
            ("max-height:0px;overflow:hidden", Declared { hidden: true, ..none }),
            ("max-height:0", none),
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
                    ..none
                },
            ),
            (
                "font-size:11.0pt",
                Declared {
                    no_size: Some(false),
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
                    no_margin: true,
                    ..none
                },
            ),
            ("margin:0 0 8pt", none),
            (
                "margin:0in 0in .0001pt",
                Declared {
                    no_margin: true,
                    ..none
                },
            ),
            (
                "margin-top:0; margin-bottom:0",
                Declared {
                    no_margin: true,
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
            assert_eq!(declared(style), expected, "{style:?}");
        }
    }
}
