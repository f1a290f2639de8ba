//! One line of a body: quote bars, runs by role, search hits.

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

pub(super) fn draw(strip: &mut Strip<'_>, theme: &Theme, line: &Line, place: &Place<'_>, search: &Search) {
    let margin = usize::from(quote_margin(line.quote, place.width));
    strip.put(&"│ ".repeat(margin / 2), theme.rule);
    let (start, _) = strip.at();
    for run in &line.runs {
        let style = match run.role {
            // The label reads like an address, and another one is behind it.
            Role::LinkNumber(number) if leads_elsewhere(place.links, number) => theme.warning,
            role => theme.run(line, role),
        };
        strip.put(&run.text, style);
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
}

fn leads_elsewhere(links: &[Link], number: u16) -> bool {
    links.iter().any(|link| link.number == number && link.elsewhere)
}
