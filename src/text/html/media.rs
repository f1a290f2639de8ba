//! Media queries of style sheets, answered for the screen of a desktop: what a mail says to small screens, to paper, or to
//! those who like it dark holds for nobody here.

use super::measure::pixels;

/// The screen, in pixels.
const WIDTH: f64 = 1280.0;
const HEIGHT: f64 = 800.0;

/// Whether one of the queries in a list holds.
pub fn holds(queries: &str) -> bool {
    queries
        .split(',')
        .any(|query| query_holds(&query.trim().to_ascii_lowercase()).unwrap_or_default())
}

/// What only other browsers can do than those that read mail as we do, in lower case.
const UNSUPPORTED: [&str; 6] = [
    "-moz-",
    "-ms-",
    "mso-",
    "-apple-",
    "-webkit-overflow-scrolling",
    "-webkit-touch-callout",
];

/// Whether a browser of today can do what a rule of `@supports` asks for.
pub fn is_supported(condition: &str) -> bool {
    let condition = condition.trim().to_ascii_lowercase();
    !condition.starts_with("not") && !UNSUPPORTED.iter().any(|word| condition.contains(word))
}

/// Whether a query holds; `None` if it cannot be told.
fn query_holds(query: &str) -> Option<bool> {
    let (query, is_negated) = match query.strip_prefix("not ") {
        Some(rest) => (rest, true),
        None => (query.strip_prefix("only ").unwrap_or(query), false),
    };
    let mut all = true;
    let spaced = query.replace(")and", ") and").replace("and(", "and (");
    for part in spaced.split(" and ").map(str::trim) {
        let inside = part.strip_prefix('(').and_then(|part| part.strip_suffix(')'));
        all &= match (part, inside) {
            ("" | "all" | "screen", _) => true,
            (_, Some(feature)) => feature_holds(feature.trim())?,
            ("print" | "speech" | "tv" | "handheld" | "projection" | "aural" | "braille" | "tty", _) => false,
            _ => return None,
        };
    }
    Some(all != is_negated)
}

/// Whether `max-width: 600px` holds, or `width <= 600px`.
fn feature_holds(feature: &str) -> Option<bool> {
    let Some((name, value)) = feature.split_once(':') else {
        return range_holds(feature);
    };
    let (name, value) = (name.trim(), value.trim());
    let length = || pixels(value);
    match name {
        "min-width" | "min-device-width" => Some(WIDTH >= length()?),
        "max-width" | "max-device-width" => Some(WIDTH <= length()?),
        "min-height" | "min-device-height" => Some(HEIGHT >= length()?),
        "max-height" | "max-device-height" => Some(HEIGHT <= length()?),
        "orientation" => Some(value == "landscape"),
        "prefers-reduced-motion" => Some(value == "no-preference"),
        "hover" | "any-hover" => Some(value == "hover"),
        "prefers-color-scheme" => Some(value == "light"),
        "-webkit-min-device-pixel-ratio" => Some(value.parse::<f64>().ok()? <= 1.0),
        _ => None,
    }
}

/// Whether `width <= 600px` holds, or `400px < width <= 600px`.
fn range_holds(feature: &str) -> Option<bool> {
    let words = feature
        .replace("<=", " ≤ ")
        .replace(">=", " ≥ ")
        .replace('<', " < ")
        .replace('>', " > ");
    let words: Vec<&str> = words.split_ascii_whitespace().collect();
    let value = |word: &str| match word {
        "width" | "device-width" => Some(WIDTH),
        "height" | "device-height" => Some(HEIGHT),
        length => pixels(length),
    };
    let compared = |one: &str, sign: &str, other: &str| {
        let (one, other) = (value(one)?, value(other)?);
        match sign {
            "<" => Some(one < other),
            ">" => Some(one > other),
            "≤" => Some(one <= other),
            "≥" => Some(one >= other),
            _ => None,
        }
    };
    match words.as_slice() {
        [one, sign, other] => compared(one, sign, other),
        [one, sign, other, next, third] => Some(compared(one, sign, other)? && compared(other, next, third)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_can_do_what_is_usual() {
        for (condition, expected) in [
            (" (display:grid)", true),
            ("(display: grid) and (not (display: inline-grid))", true),
            ("not (display:grid)", false),
            ("(-webkit-overflow-scrolling:touch)", false),
            ("(-MOZ-appearance:none)", false),
        ] {
            assert_eq!(is_supported(condition), expected, "{condition}");
        }
    }

    #[test]
    fn a_desktop_is_wide_light_and_no_paper() {
        for query in [
            "",
            "all",
            "only screen",
            "print, screen",
            "screen and (min-width:480px)",
            "(min-width: 40em) and (orientation:landscape)",
            "only screen and(min-width:0)",
            "yahoo, only screen and (min-width:1px)",
            "not print",
            "not all and (max-width:600px)",
            "(width >= 40rem)",
            "(400px <= width)",
            "(prefers-color-scheme: light)",
            "screen and (-webkit-min-device-pixel-ratio:0)",
            "(hover:hover) and (prefers-reduced-motion: no-preference)",
        ] {
            assert!(holds(query), "{query}");
        }
        for query in [
            "print",
            "screen and (max-width:600px)",
            "ONLY SCREEN AND (MAX-DEVICE-WIDTH: 480PX)",
            "(max-width:600px), print",
            "(width < 600px)",
            "(400px <= width <= 700px)",
            "(prefers-color-scheme:dark)",
            "not all and (min-width:100px)",
            "not all and (what:ever)",
            "yahoo",
            "screen yahoo",
            "(min-width:wide)",
            "(",
            "(a < b < c < d)",
            "()",
        ] {
            assert!(!holds(query), "{query}");
        }
    }
}
