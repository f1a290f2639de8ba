//! What an element's `style` attribute says, as far as reading goes.

use super::measure::{ROOMY, colour, is_empty_clip, is_far_off, is_padded, is_speck, is_zero, pixels, vertical_zeros};

/// The declarations that matter for reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Declared {
    /// Not to be seen: `display:none`, `visibility:hidden`, no height.
    pub hidden: bool,
    /// Hidden from Outlook alone (`mso-hide:all`).
    pub hidden_from_outlook: bool,
    /// A font of next to no size (`Some(true)`), used to hide text and to swallow white space, or one of a size again.
    pub no_size: Option<bool>,
    /// Letters that are transparent or coloured as what is behind them (`Some(true)`), or of a colour again.
    pub no_ink: Option<bool>,
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
    /// A paragraph that states a space below it.
    pub space_below: bool,
    /// A cell with room above and below what is in it.
    pub padded: bool,
    /// At the right edge, as numbers are.
    pub right: Option<bool>,
    /// A line above: Outlook's border between an answer and what it answers.
    pub top_border: bool,
    /// A line at the left: Outlook's border beside what is answered.
    pub left_border: bool,
    /// No lines around, which says that a `<blockquote>` only indents.
    pub no_border: bool,
    /// Lines around.
    pub boxed: bool,
    /// An item of one of Word's lists, of this level.
    pub list_level: Option<u8>,
    /// The bullet or number that Word wrote into the text.
    pub list_marker: bool,
    /// A part of the signature that Outlook put there.
    pub signature: bool,
}

/// Reads a `style` attribute.
pub fn declared(style: &str) -> Declared {
    let mut declared = Declared::default();
    let (mut no_area, mut clipped) = (false, false);
    let (mut no_top, mut no_bottom) = (false, false);
    let (mut placed, mut far_off) = (false, false);
    let (mut ink, mut ground) = (None, None);
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
            "max-height" | "height" | "width" => no_area |= is_speck(value),
            "overflow" => clipped = value == "hidden",
            "clip" => declared.hidden |= is_empty_clip(value),
            "position" => placed = matches!(value, "absolute" | "fixed"),
            "left" | "top" | "margin-left" => far_off |= is_far_off(value),
            "text-indent" => declared.hidden |= is_far_off(value),
            "font-size" => declared.no_size = Some(is_speck(value)),
            "color" => {
                declared.no_ink = Some(value == "transparent");
                ink = colour(value);
            }
            "background" | "background-color" => ground = colour(value),
            "text-align" => declared.right = Some(matches!(value, "right" | "end")),
            "padding" => declared.padded = is_padded(value),
            "font-weight" => declared.strong = weight(value),
            "font-style" => declared.emphasis = Some(matches!(value, "italic" | "oblique")),
            "text-decoration" | "text-decoration-line" => declared.strike |= value.contains("line-through"),
            "white-space" => {
                declared.keeps_space = Some(matches!(value, "pre" | "pre-wrap" | "pre-line" | "break-spaces"))
            }
            "margin" => (no_top, no_bottom) = vertical_zeros(value),
            "margin-top" => no_top = is_zero(value),
            "margin-bottom" => {
                no_bottom = is_zero(value);
                declared.space_below = pixels(value).is_some_and(|size| size >= ROOMY);
            }
            "border" => {
                declared.boxed = is_line(value);
                declared.no_border = value == "none";
            }
            "border-top" => declared.top_border = is_line(value),
            "border-left" => declared.left_border = is_line(value),
            "mso-bookmark" => declared.signature |= value == "_mailautosig",
            "mso-list" => match value {
                "ignore" => declared.list_marker = true,
                _ => declared.list_level = level(value),
            },
            _ => {}
        }
    }
    declared.hidden |= (no_area && clipped) || (placed && far_off);
    if ink.is_some() && ink == ground {
        declared.no_ink = Some(true);
    }
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
            ("font-family:\"Segoe UI\", serif", none),
            (
                "color:red",
                Declared {
                    no_ink: Some(false),
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
                    ..none
                },
            ),
            (
                "color:white;background-color:#ffe",
                Declared {
                    no_ink: Some(false),
                    ..none
                },
            ),
            ("position:absolute;left:-9999px", Declared { hidden: true, ..none }),
            ("text-indent:-999em", Declared { hidden: true, ..none }),
            ("text-indent:-18.0pt", none),
            (
                "position:absolute;clip:rect(1px, 1px, 1px, 1px)",
                Declared { hidden: true, ..none },
            ),
            (
                "width:1px;height:1px;overflow:hidden",
                Declared { hidden: true, ..none },
            ),
            (
                "font-size:1px",
                Declared {
                    no_size: Some(true),
                    ..none
                },
            ),
            (
                "font-size:1em",
                Declared {
                    no_size: Some(false),
                    ..none
                },
            ),
            ("padding:20px 0", Declared { padded: true, ..none }),
            ("padding:0 24px 24px", Declared { padded: true, ..none }),
            ("padding:0in 5.4pt 0in 5.4pt", none),
            (
                "margin-bottom:12.0pt",
                Declared {
                    space_below: true,
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
                    no_border: true,
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
