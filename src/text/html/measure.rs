//! Lengths and colours, as far as they tell whether something is to be seen.

/// `0`, `0px`, `.0in`, and Word's `.0001pt`.
pub fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse().is_ok_and(|size: f64| size.abs() < 0.1)
}

/// What sets one thing apart from the next, in pixels.
pub const ROOMY: f64 = 8.0;

/// A length in pixels or points, which are told apart by nobody who only reads.
pub fn pixels(value: &str) -> Option<f64> {
    let number = value
        .strip_suffix("px")
        .or_else(|| value.strip_suffix("pt"))
        .unwrap_or(value);
    number.trim_end().parse().ok()
}

/// Too small to be seen: up to a pixel.
pub fn is_speck(value: &str) -> bool {
    is_zero(value) || pixels(value).is_some_and(|size| size.abs() <= 1.0)
}

/// Where no screen reaches.
pub fn is_far_off(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse().is_ok_and(|place: f64| place <= -500.0)
}

/// `rect(0, 0, 0, 0)`, `rect(1px 1px 1px 1px)`.
pub fn is_empty_clip(value: &str) -> bool {
    let inside = value.strip_prefix("rect(").and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|sides| {
        let mut sides = sides.split([',', ' ']).filter(|side| !side.is_empty());
        sides.all(is_speck)
    })
}

/// Whether a `padding` leaves room above or below.
pub fn is_padded(value: &str) -> bool {
    let sizes: Vec<f64> = value.split_ascii_whitespace().filter_map(pixels).collect();
    let top = sizes.first().copied().unwrap_or_default();
    top >= ROOMY || sizes.get(2).is_some_and(|bottom| *bottom >= ROOMY)
}

/// A colour, so that two can be compared: `#rgb`, `#rrggbb`, and the two names that are used to hide text.
pub fn colour(value: &str) -> Option<u32> {
    let hex = match value {
        "white" => "ffffff",
        "black" => "000000",
        _ => value.strip_prefix('#')?,
    };
    let number = u32::from_str_radix(hex, 16).ok()?;
    match hex.len() {
        6 => Some(number),
        3 => Some(
            [8, 4, 0]
                .iter()
                .fold(0, |all, shift| (all << 8) + ((number >> shift) & 0xf) * 0x11),
        ),
        _ => None,
    }
}

/// Whether the top and the bottom of a `margin` are nothing.
pub fn vertical_zeros(value: &str) -> (bool, bool) {
    let mut values = value.split_ascii_whitespace();
    let top = values.next().is_some_and(is_zero);
    let bottom = values.nth(1).map_or(top, is_zero);
    (top, bottom)
}
