//! Lengths and colours, as far as they tell whether something is to be seen.

/// `0`, `0px`, `.0in`, and Word's `.0001pt`.
pub fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse().is_ok_and(|size: f64| size.abs() < 0.1)
}

/// What sets one thing apart from the next below it, in pixels.
pub const ROOMY: f64 = 8.0;
/// What sets one thing apart from the next beside it, in pixels.
pub const APART: f64 = 4.0;

/// What is as wide as a column, however short the word in it, in pixels.
pub const WIDE: f64 = 48.0;

/// The units of lengths, each with its pixels; those that depend on the font are taken for those of an ordinary one.
const UNITS: [(&str, f64); 8] = [
    ("px", 1.0),
    ("pt", 4.0 / 3.0),
    ("rem", 16.0),
    ("em", 16.0),
    ("ex", 8.0),
    ("in", 96.0),
    ("cm", 37.8),
    ("mm", 3.78),
];

/// A length in pixels.
pub fn pixels(value: &str) -> Option<f64> {
    let unit = UNITS
        .iter()
        .find_map(|(unit, pixels)| Some((value.strip_suffix(unit)?, *pixels)));
    let (number, pixels) = unit.unwrap_or((value, 1.0));
    let number: f64 = number.trim_end().parse().ok()?;
    Some(number * pixels)
}

/// Too small to be seen: up to a pixel or a point.
pub fn is_speck(value: &str) -> bool {
    let number = value.strip_suffix("px").or_else(|| value.strip_suffix("pt"));
    let number = number.unwrap_or(value).trim_end().parse();
    is_zero(value) || number.is_ok_and(|size: f64| size.abs() <= 1.0)
}

/// The top, right, bottom and left of a `margin` or `padding`, in pixels.
pub fn sides(value: &str) -> [f64; 4] {
    let mut sizes = value
        .split_ascii_whitespace()
        .map(|size| pixels(size).unwrap_or_default());
    let top = sizes.next().unwrap_or_default();
    let right = sizes.next().unwrap_or(top);
    let bottom = sizes.next().unwrap_or(top);
    [top, right, bottom, sizes.next().unwrap_or(right)]
}

/// A size of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontSize {
    /// In pixels.
    Pixels(u16),
    /// In hundredths of the size around.
    Percent(u16),
}

/// The sizes of `<font size>` from 1, and of CSS from `x-small`, in pixels.
const FONT_SIZES: [u16; 7] = [10, 13, 16, 18, 24, 32, 48];

impl FontSize {
    /// The pixels, where `around` is the size of the letters around. No letters are larger than a screen.
    pub fn pixels(self, around: u16) -> u16 {
        const LARGEST: u32 = 500;
        let pixels = match self {
            FontSize::Pixels(pixels) => pixels.into(),
            FontSize::Percent(percent) => u32::from(around) * u32::from(percent) / 100,
        };
        u16::try_from(pixels.min(LARGEST)).unwrap_or_default()
    }

    /// What `<font size>` says: `5`, `+2`.
    pub fn of_font(value: &str) -> Option<FontSize> {
        let value = value.trim();
        let number: i64 = value.parse().ok()?;
        let is_relative = value.starts_with(['+', '-']);
        let step = if is_relative { number.saturating_add(3) } else { number };
        let index = usize::try_from(step.clamp(1, 7) - 1).ok()?;
        FONT_SIZES.get(index).copied().map(FontSize::Pixels)
    }
}

/// What `font-size` says.
pub fn font_size(value: &str) -> Option<FontSize> {
    const NAMED: [(&str, FontSize); 9] = [
        ("xx-small", FontSize::Pixels(9)),
        ("x-small", FontSize::Pixels(10)),
        ("small", FontSize::Pixels(13)),
        ("medium", FontSize::Pixels(16)),
        ("large", FontSize::Pixels(18)),
        ("x-large", FontSize::Pixels(24)),
        ("xx-large", FontSize::Pixels(32)),
        ("larger", FontSize::Percent(120)),
        ("smaller", FontSize::Percent(83)),
    ];
    /// Beyond what [`FontSize::pixels`] makes of it.
    const MOST: f64 = 10_000.0;
    if let Some((_, size)) = NAMED.iter().find(|(name, _)| *name == value) {
        return Some(*size);
    }
    let whole = |number: f64| (0.0..=MOST).contains(&number).then_some(number.round() as u16);
    if value.ends_with("rem") {
        return whole(pixels(value)?).map(FontSize::Pixels);
    }
    if let Some(number) = value.strip_suffix("em") {
        return whole(number.trim_end().parse::<f64>().ok()? * 100.0).map(FontSize::Percent);
    }
    if let Some(number) = value.strip_suffix('%') {
        return whole(number.trim_end().parse().ok()?).map(FontSize::Percent);
    }
    whole(pixels(value)?).map(FontSize::Pixels)
}

/// Where no screen reaches.
pub fn is_far_off(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse().is_ok_and(|place: f64| place <= -500.0)
}

/// Beyond the edge of any mail: a text is laid over a picture by less.
pub fn is_out_of_reach(value: &str) -> bool {
    pixels(value).is_some_and(|place| place <= -900.0)
}

/// `rect(0, 0, 0, 0)`, `rect(1px 1px 1px 1px)`, `inset(50%)`, `circle(0)`, `polygon(0 0, 0 0)`: nothing is left inside.
pub fn is_empty_clip(value: &str) -> bool {
    let Some((name, inside)) = functions(value).next() else {
        return false;
    };
    let mut sides = arguments(inside);
    let cuts_half = |side: &str| {
        side.strip_suffix('%')
            .is_some_and(|part| part.parse().is_ok_and(|part: f64| part >= 50.0))
    };
    match name {
        "rect" => sides.all(is_speck),
        "inset" => sides.all(cuts_half),
        "circle" => sides.next().is_some_and(is_zero),
        "polygon" => sides.all(is_zero),
        _ => false,
    }
}

/// Whether one of some functions, such as `scale(0)` or `translate(-9999px, 0)`, leaves nothing to be seen.
pub fn takes_away(value: &str) -> bool {
    let is_far = |place: &str| pixels(place).is_some_and(|place| place.abs() >= 900.0);
    functions(value).any(|(name, inside)| match name {
        "scale" | "scale3d" | "scalex" | "scaley" => arguments(inside).take(2).any(is_zero),
        "translate" | "translate3d" | "translatex" | "translatey" => arguments(inside).take(2).any(is_far),
        "opacity" => arguments(inside).all(is_zero),
        _ => false,
    })
}

/// The functions of a value, each with what is in its parentheses.
fn functions(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let calls = value.split(')').filter_map(|call| call.split_once('('));
    calls.map(|(name, inside)| (name.trim_start(), inside))
}

fn arguments(inside: &str) -> impl Iterator<Item = &str> {
    inside.split([',', ' ']).filter(|argument| !argument.is_empty())
}

/// `transparent`, `rgba(0, 0, 0, 0)`, `#0000`
pub fn is_transparent(value: &str) -> bool {
    let part = match value.strip_prefix("rgba(").and_then(|rest| rest.strip_suffix(')')) {
        Some(parts) => parts.rsplit([',', '/', ' ']).next(),
        None => value.strip_prefix('#').and_then(|hex| match hex.len() {
            4 => hex.get(3..),
            8 => hex.get(6..),
            _ => None,
        }),
    };
    value == "transparent" || part.is_some_and(|part| !part.is_empty() && is_zero(part))
}

/// What letters are written with, or what is behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A colour that another can be compared with.
    Plain(u32),
    /// Anything else: a picture, a name, a colour that lets another through.
    Other,
}

impl Paint {
    /// What `color`, `background` and the like say; `None` if that changes nothing.
    pub fn read(value: &str) -> Option<Paint> {
        const NOTHING: [&str; 7] = ["", "none", "transparent", "inherit", "initial", "unset", "currentcolor"];
        let value = value.trim();
        let is_picture = value.contains("url(") || value.contains("gradient");
        let colour = match value.starts_with("rgb") {
            true => colour(value),
            false => colour(value.split(' ').next().unwrap_or_default()),
        };
        let paint = colour.filter(|_| !is_picture).map_or(Paint::Other, Paint::Plain);
        (!NOTHING.contains(&value)).then_some(paint)
    }
}

/// A colour, so that two can be compared: `#rgb`, `#rrggbb`, `rgb(r, g, b)`, and the two names that are used to hide text.
fn colour(value: &str) -> Option<u32> {
    if let Some(parts) = value.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        let mut parts = arguments(parts).map(|part| part.parse::<u8>().map(u32::from).ok());
        let mut next = || parts.next().flatten();
        let colour = (next()? << 16) + (next()? << 8) + next()?;
        return parts.next().is_none().then_some(colour);
    }
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
