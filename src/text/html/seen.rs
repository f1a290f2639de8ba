//! What of a page is for reading.

use super::dom::Element;
use super::measure::pixels;
use super::style::Declared;

/// Elements whose content is not text to read.
const MACHINERY: [&str; 13] = [
    "head", "style", "script", "title", "template", "xml", "svg", "embed", "iframe", "datalist", "noembed", "noframes",
    "select",
];

/// Whether an element and all in it is not for reading: machinery, or hidden.
pub fn is_unseen(element: &Element, style: &Declared) -> bool {
    // A button made for everyone but Outlook, which has another in a conditional comment.
    let is_button = element.name() == "a" && style.hidden_from_outlook;
    MACHINERY.contains(&element.name())
        || style.is_hidden()
        || (style.hidden_from_outlook && !is_button)
        || (element.attribute("hidden").is_some() && !style.hiding.is_displayed())
}

/// Whether an image is there to be fetched, not to be seen: it has no area, or a pixel's.
pub fn is_pixel(element: &Element) -> bool {
    let is_tiny = |size: f64| (0.0..=1.0).contains(&size);
    let sides = SIDES.iter().chain(&MOST_OF_SIDES);
    sides.copied().any(|side| lengths(element, side).any(is_tiny))
}

/// Whether an image has room for an arrow or a bullet, and for nothing to read.
pub fn is_icon(element: &Element) -> bool {
    const LARGEST: f64 = 16.0;
    SIDES
        .iter()
        .all(|side| lengths(element, side).last().is_some_and(|length| length <= LARGEST))
}

const SIDES: [&str; 2] = ["width", "height"];
const MOST_OF_SIDES: [&str; 2] = ["max-width", "max-height"];

/// How long an image's side is, in pixels: what its attribute says, then what its style does.
fn lengths(element: &Element, side: &str) -> impl Iterator<Item = f64> {
    let style = element.attribute("style").unwrap_or_default();
    let declared = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    let declared = declared.filter(move |(name, _)| name.trim().eq_ignore_ascii_case(side));
    let said = element
        .attribute(side)
        .into_iter()
        .chain(declared.map(|(_, size)| size));
    said.filter_map(|size| {
        let size = size.trim().to_ascii_lowercase();
        pixels(size.trim_end_matches("!important").trim_end())
    })
}
