//! The people finder.

use super::groups::mark;
use super::screen::{Popup, Screen};
use super::title::put_line;
use super::words::{column, counted, grouped, old};
use crate::app::{Finder, Goal, Remote, address};
use crate::domain::{Person, Text};
use crate::keys::Action;
use crate::layout::Area;
use crate::protocol::capability::NEARBY;
use crate::protocol::{Problem, ProblemKind};

/// From this width on what people do stands in a column of its own.
const ROOMY: u16 = 60;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, finder: &Finder) {
    let theme = screen.theme;
    let title = match &finder.goal {
        Goal::Profile => "Find a person".to_owned(),
        Goal::CommonWith(_, name) => format!("Groups that {name} shares with…"),
        Goal::Recipient => "Who else gets it".to_owned(),
        Goal::PathFrom(_, name) => format!("How {name} stands to…"),
    };
    let popup = Popup {
        title: &title,
        width: 92,
        // The height stays while typing narrows the list, so that little is drawn anew.
        rows: Finder::BOX,
    };
    let inner = popup.draw(screen, body);
    let mut strip = screen.row(inner, 0);
    strip.put("@", theme.key);
    let (x, y) = put_line(&mut strip, theme, &finder.line, 0);
    screen.set_cursor(x, y);
    let last = inner.height.saturating_sub(1).max(1);
    for (row, (place, person)) in (1..last).zip(finder.list.page(Finder::rows(inner))) {
        let age = finder.age(place).map(|read_at| old(screen.model, read_at));
        draw_row(screen, inner, row, (person, age), place == finder.list.cursor);
    }
    if finder.list.is_empty() && last > 1 {
        let takes = finder.goal == Goal::Recipient && address(&finder.line.text()).is_some();
        let said = match &finder.directory {
            _ if finder.line.is_blank() => "Type a part of a name, or the beginning of an address.".to_owned(),
            _ if takes => format!("{} takes the address as it is.", screen.key(Action::Accept)),
            Remote::Ready(_) if !finder.is_asking() => "Nobody is called like this.".to_owned(),
            // Of all the others it has not told.
            _ => "Nobody near at hand is called like this.".to_owned(),
        };
        screen.row(inner, 1).skip(2).put(&said, theme.secondary);
    }
    let (said, style) = match state(screen, finder) {
        Ok(said) => (said, theme.secondary),
        Err(said) => (said, theme.warning),
    };
    screen.row(inner, last).skip(2).put(&said, style);
}

/// A person, and how old what is known of them is.
fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, (person, age): (&Person, Option<String>), here: bool) {
    let theme = screen.theme;
    let mut strip = screen.row(area, row);
    let guest = person.is_guest().then(|| "guest".to_owned());
    let marks: Vec<String> = guest.into_iter().chain(age).collect();
    strip.put_right(&marks.join(" · "), theme.secondary, 12);
    strip.put(mark(here, true), theme.mark).skip(1);
    let style = if here { theme.cursor } else { theme.text };
    let does = [&person.job_title, &person.department].into_iter().flatten();
    let does = does.map(Text::as_str).collect::<Vec<_>>().join(" · ");
    let more = match person.address() {
        Some(address) if does.is_empty() => address.as_str(),
        _ => &does,
    };
    if area.width >= ROOMY {
        let half = usize::from(area.width) * 2 / 5;
        let start = strip.at().0;
        strip.put(&column(person.name.as_str(), half), style);
        let used = usize::from(strip.at().0 - start);
        strip.skip(half.saturating_sub(used)).put(more, theme.secondary);
    } else {
        strip
            .put(person.name.as_str(), style)
            .skip(2)
            .put(more, theme.secondary);
    }
}

/// How far the looking has come, or what is in its way.
fn state(screen: &Screen<'_, '_>, finder: &Finder) -> Result<String, String> {
    if finder.line.is_blank() {
        let near = &screen.model.nearby.relevant;
        return match near {
            Remote::Failed { why, .. } => Err(hidden(screen, "the people you work with", NEARBY.scope(), why)),
            Remote::Loading { .. } => Ok("Looking for the people you work with…".into()),
            Remote::Idle | Remote::Ready(_) => {
                Ok(counted(finder.list.len(), "person", "people") + " at hand; typing asks the directory.")
            }
        };
    }
    let shown = counted(finder.list.len(), "person", "people");
    if finder.is_asking() {
        return Ok(format!("{shown}; asking the directory…"));
    }
    match &finder.directory {
        Remote::Failed { why, .. } => Err(hidden(screen, "the directory", "User.ReadBasic.All", why)),
        Remote::Ready(found) => Ok(match found.total.filter(|total| *total > found.count) {
            Some(total) => format!("{shown}; the directory has {}: type on.", grouped(total)),
            None => shown,
        }),
        Remote::Idle | Remote::Loading { .. } => Ok(shown),
    }
}

/// What of the finder cannot be seen, and why.
fn hidden(screen: &Screen<'_, '_>, what: &str, scope: &str, why: &Problem) -> String {
    if why.kind == ProblemKind::Forbidden {
        return format!("hidden: needs {} — {what}", why.missing.unwrap_or(scope));
    }
    let again = screen.key(Action::Refresh);
    format!("{} {again} asks again.", why.what)
}
