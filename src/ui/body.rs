//! One line of a body: quote bars, runs by role, search hits.

use std::ops::Range;

use super::screen::Strip;
use super::theme::Theme;
use crate::app::Search;
use crate::text::{Line, Link, Role, quote_margin};

/// Where a line stands.
pub(super) struct Place<'a> {
    /// The place of its post in the thread.
    pub(super) entry: usize,
    /// Its number in the post.
    pub(super) line: usize,
    /// The width that it was laid out for.
    pub(super) width: u16,
    /// The links of the post.
    pub(super) links: &'a [Link],
}

/// Draws a line, and answers which columns are of which link: those that go where they say.
pub(super) fn draw<'a>(
    strip: &mut Strip<'_>,
    theme: &Theme,
    line: &Line,
    place: &Place<'a>,
    search: &Search,
) -> Vec<(Range<u16>, &'a str)> {
    let margin = usize::from(quote_margin(line.quote, place.width));
    strip.put(&"│ ".repeat(margin / 2), theme.rule);
    let (start, _) = strip.at();
    let mut linked = Vec::new();
    for run in &line.runs {
        let (from, _) = strip.at();
        let style = match run.role {
            // The label reads like an address, and another one is behind it.
            Role::LinkNumber(number) if leads_elsewhere(place.links, number) => theme.warning,
            role => theme.run(line, role),
        };
        strip.put(&run.text, style);
        if let (true, Role::Link(number)) = (theme.hyperlinks, run.role) {
            let link = place.links.iter().find(|link| link.number == number && !link.elsewhere);
            linked.extend(link.map(|link| (from..strip.at().0, link.url.as_str())));
        }
    }
    let first = search
        .hits
        .partition_point(|hit| (hit.entry, hit.line) < (place.entry, place.line));
    let hits = search.hits.iter().enumerate().skip(first);
    for (at, hit) in hits.take_while(|(_, hit)| (hit.entry, hit.line) == (place.entry, place.line)) {
        let style = if search.at == Some(at) {
            theme.hit_here
        } else {
            theme.hit
        };
        strip.restyle(
            start.saturating_add(hit.start as u16),
            start.saturating_add(hit.end as u16),
            style,
        );
    }
    linked
}

fn leads_elsewhere(links: &[Link], number: u16) -> bool {
    links.iter().any(|link| link.number == number && link.elsewhere)
}
