//! What of a page is for reading.

use super::dom::Element;
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
    let is_tiny = |size: &str| {
        let size = size.trim().trim_end_matches("!important").trim_end();
        matches!(size.trim_end_matches("px"), "0" | "1")
    };
    let sizes = ["width", "height"];
    let style = element.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let mut declared = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    sizes.iter().any(|name| element.attribute(name).is_some_and(is_tiny))
        || declared.any(|(name, size)| sizes.contains(&name.trim()) && is_tiny(size))
}
