//! Hyperlinks of the terminal's own (OSC 8): which cells are part of which.
//! <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// A stretch of a row that is linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hyperlink {
    /// Its row.
    pub y: u16,
    /// Its first column, and the one behind its last.
    pub columns: std::ops::Range<u16>,
    /// Where it leads.
    pub url: String,
}

/// The longest address that terminals take.
const LONGEST: usize = 2_000;
/// Schemes behind which nothing runs by being opened.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// The link of each cell of a screen; nothing at all where there are none.
#[derive(Debug, Default)]
pub(super) struct Linked {
    cells: Vec<u32>,
    urls: HashMap<u32, String>,
}

/// No link.
pub(super) const NONE: u32 = 0;
/// What ends a link.
pub(super) const END: &str = "\x1b]8;;\x1b\\";

impl Linked {
    /// The links of a screen of so many columns and rows.
    pub(super) fn of(links: Vec<Hyperlink>, width: u16, height: u16) -> Linked {
        let mut linked = Linked::default();
        for link in links.into_iter().filter(|link| is_safe(&link.url)) {
            if linked.cells.is_empty() {
                linked.cells = vec![NONE; usize::from(width) * usize::from(height)];
            }
            let number = number(&link.url);
            let start = usize::from(link.y) * usize::from(width);
            let columns = usize::from(link.columns.start)..usize::from(link.columns.end.min(width));
            if let Some(cells) = linked
                .cells
                .get_mut(start + columns.start..start + columns.end.max(columns.start))
            {
                cells.fill(number);
                linked.urls.entry(number).or_insert(link.url);
            }
        }
        linked
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The link of the cell at this place among all.
    pub(super) fn at(&self, place: usize) -> u32 {
        self.cells.get(place).copied().unwrap_or(NONE)
    }

    /// The sequence that begins a link. Its number is its id, so that a terminal takes its parts for one.
    pub(super) fn begin(&self, number: u32) -> Option<String> {
        let url = self.urls.get(&number)?;
        Some(format!("\x1b]8;id={number:x};{url}\x1b\\"))
    }
}

/// The number of a link: the same in each frame, never [`NONE`].
fn number(url: &str) -> u32 {
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(url);
    (hash as u32).max(1)
}

/// Whether an address can be handed to a terminal: printable ASCII, which ends no sequence, and of a scheme that only shows.
fn is_safe(url: &str) -> bool {
    url.len() <= LONGEST
        && url.bytes().all(|byte| byte.is_ascii_graphic())
        && SCHEMES.iter().any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_do_no_harm_is_linked() {
        for (url, safe) in [
            ("https://a.example/b?c=%20d", true),
            ("mailto:x@y.example", true),
            ("https://a.example/\u{1b}\\", false),
            ("https://a.example/\u{7}", false),
            ("https://a.example/\u{9c}", false),
            ("https://山.example/", false),
            ("https://a.example/b c", false),
            ("file:///etc/passwd", false),
            ("msteams:/l/x", false),
            ("", false),
        ] {
            assert_eq!(is_safe(url), safe, "{url:?}");
        }
        assert!(!is_safe(&format!("https://a.example/{}", "x".repeat(LONGEST))));
    }
}
