//! One line of a body: quote bars, runs by role, search hits.

use std::ops::Range;

use super::screen::Strip;
use super::theme::Theme;
use crate::text::{Hit, Line, Link, Role, Typeset, quote_margin};

/// Where a line stands.
pub(super) struct Place<'a> {
    /// Its number in the post.
    pub(super) line: usize,
    /// The width that it was laid out for.
    pub(super) width: u16,
    /// The links of the post.
    pub(super) links: &'a [Link],
    /// The search hits in the post.
    pub(super) hits: &'a [Hit],
    /// Which of them was walked to last.
    pub(super) hit_here: Option<usize>,
}

impl<'a> Place<'a> {
    /// In a text that is still being written: nothing is searched there.
    pub(super) fn of_preview(set: &'a Typeset, width: u16) -> Self {
        Place {
            line: 0,
            width,
            links: &set.links,
            hits: &[],
            hit_here: None,
        }
    }
}

/// Draws a line, and answers which columns are of which link: those that go where they say.
pub(super) fn draw<'a>(
    strip: &mut Strip<'_>,
    theme: &Theme,
    line: &Line,
    place: &Place<'a>,
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
            let link = Link::numbered(place.links, number).filter(|link| !link.elsewhere);
            linked.extend(link.map(|link| (from..strip.at().0, link.url.as_str())));
        }
    }
    let first = place.hits.partition_point(|hit| (hit.line as usize) < place.line);
    let hits = place.hits.iter().enumerate().skip(first);
    for (at, hit) in hits.take_while(|(_, hit)| hit.line as usize == place.line) {
        let style = if place.hit_here == Some(at) {
            theme.hit_here
        } else {
            theme.hit
        };
        strip.restyle(
            start.saturating_add(hit.start_cell),
            start.saturating_add(hit.end_cell),
            style,
        );
    }
    linked
}

fn leads_elsewhere(links: &[Link], number: u16) -> bool {
    Link::numbered(links, number).is_some_and(|link| link.elsewhere)
}
