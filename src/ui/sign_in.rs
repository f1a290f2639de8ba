//! A sign-in, over everything as it was. Nothing stands beside links and commands, so that the terminal's own selection
//! takes them whole.

use super::screen::Screen;
use super::title::{self, put_line};
use super::{message, words};
use crate::app::{Code, Page, SigningIn, facts, holds, is_first_sign_in};
use crate::keys::Action;
use crate::layout::Area;
use crate::protocol::Method;
use crate::text::cells;

/// The ways, with the key of each.
const WAYS: [(Method, Action); 4] = [
    (Method::Browser, Action::ByBrowser),
    (Method::Device, Action::ByDevice),
    (Method::TokenCommand, Action::ByTokenCommand),
    (Method::AzureCli, Action::ByAzureCli),
];

/// What stands between keys that go on.
const BETWEEN: &str = " · ";

/// Rows from which on the whole story is told first.
const ROOMY: u16 = 14;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, sign_in: &SigningIn) {
    screen.clear(body);
    let state = match (&sign_in.failed, sign_in.attempt) {
        (Some(_), _) => vec![title::Part::Warning("it did not work".into())],
        (None, Some(_)) => vec![title::Part::Words("waiting for you".into())],
        (None, None) => Vec::new(),
    };
    title::draw(screen, body, true, "Sign in", &state);
    // In little room what is to be done goes before how it came to that.
    let mut rest = body.content();
    if rest.height < ROOMY {
        rest = draw_task(screen, rest, sign_in);
        rest = draw_history(screen, rest, sign_in);
    } else {
        rest = draw_history(screen, rest, sign_in);
        rest = draw_task(screen, rest, sign_in);
    }
    draw_ways(screen, rest, sign_in);
}

/// Why it is on the screen, and which ways were taken.
fn draw_history(screen: &mut Screen<'_, '_>, area: Area, sign_in: &SigningIn) -> Area {
    let theme = screen.theme;
    let mut rest = message::paragraph(screen, area, sign_in.why.as_str(), theme.secondary);
    for scope in &sign_in.ask.scopes {
        rest = message::paragraph(screen, rest, &format!("Asked for: {scope}"), theme.heading);
    }
    for (from, to, why) in &sign_in.fallen_back {
        let said = format!(
            "By {} it did not work: {why} Now by {}.",
            from.in_words(),
            to.in_words()
        );
        rest = message::paragraph(screen, rest, &said, theme.warning);
    }
    if let (Some((method, why)), None) = (&sign_in.way, &sign_in.failed) {
        rest = message::paragraph(screen, rest, &format!("By {}. {why}", method.in_words()), theme.text);
    }
    rest
}

/// What is to be done now, or what went wrong.
fn draw_task(screen: &mut Screen<'_, '_>, area: Area, sign_in: &SigningIn) -> Area {
    let theme = screen.theme;
    let mut rest = area;
    if let Some(problem) = &sign_in.rejected {
        rest = message::paragraph(screen, rest, problem.what.as_str(), theme.problem);
        rest = message::paragraph(screen, rest, problem.next.as_str(), theme.text);
    }
    if let Some(page) = &sign_in.page {
        rest = draw_page(screen, rest, sign_in, page);
    }
    if let Some(code) = &sign_in.code {
        rest = draw_code(screen, rest, code);
    }
    if let Some(problem) = &sign_in.failed {
        rest = message::paragraph(screen, rest, problem.what.as_str(), theme.problem);
        rest = message::paragraph(screen, rest, problem.next.as_str(), theme.text);
        rest = message::paragraph(screen, rest, &message::facts(problem), theme.secondary);
    }
    rest
}

/// A page in full and the command that brings its answer here; or the line for the address that it ended on.
fn draw_page(screen: &mut Screen<'_, '_>, area: Area, sign_in: &SigningIn, page: &Page) -> Area {
    let theme = screen.theme;
    if sign_in.typing && area.height > 0 {
        let mut strip = screen.row(area, 0);
        strip.put("address: ", theme.key);
        let (x, y) = put_line(&mut strip, theme, &sign_in.line, 0);
        screen.set_cursor(x, y);
        return message::below(area, 1);
    }
    let (open, copy) = (screen.key(Action::OpenPage), screen.key(Action::Copy));
    let lead = if page.opened {
        format!("Your browser has been opened. If it shows nothing: {open} opens this page again, {copy} copies it.")
    } else {
        format!("Open this page in a browser: {open} opens it here, {copy} copies it.")
    };
    let mut rest = message::paragraph(screen, area, &lead, theme.text);
    if let Some(tunnel) = &page.tunnel {
        let lead = "Your browser is on another machine? Run this there first:";
        rest = message::paragraph(screen, rest, lead, theme.text);
        rest = whole(screen, rest, tunnel.as_str(), theme.code);
    }
    // One row stays for the line below, whatever the length of the address. A part of an address is no address.
    let room = usize::from(rest.height.saturating_sub(2));
    let rows = cells(page.shown.as_str()).div_ceil(usize::from(rest.width).max(1));
    rest = if rows <= room {
        whole(screen, rest, page.shown.as_str(), theme.link)
    } else {
        let said = format!("Its address is too long to be shown here; {copy} copies all of it.");
        message::paragraph(screen, rest, &said, theme.warning)
    };
    let key = screen.key(Action::TypeAddress);
    let hint = format!("Or paste here the address that the browser ended on ({key}).");
    message::paragraph(screen, rest, &hint, theme.secondary)
}

/// A code to be typed elsewhere: large, alone on its line, with the time that it has left.
fn draw_code(screen: &mut Screen<'_, '_>, area: Area, code: &Code) -> Area {
    let theme = screen.theme;
    let lead = "On any device, open this page and type the code:";
    let mut rest = message::paragraph(screen, area, lead, theme.text);
    rest = whole(screen, rest, code.address.as_str(), theme.link);
    let spaced: Vec<String> = code.user_code.as_str().chars().map(String::from).collect();
    let spaced = spaced.join(" ");
    let roomy = rest.height > 8;
    rest = message::below(rest, u16::from(roomy));
    let shown = if cells(&spaced) + 4 <= usize::from(rest.width) {
        spaced.as_str()
    } else {
        code.user_code.as_str()
    };
    screen.row(rest, 0).skip(2).put(shown, theme.hit_here);
    rest = message::below(rest, 1 + u16::from(roomy));
    let left = code.left(screen.model.now.wall);
    let time = if left.is_zero() {
        "The code has ended.".to_owned()
    } else {
        format!("It is good for {} more.", words::minutes(left))
    };
    let (open, copy) = (screen.key(Action::OpenPage), screen.key(Action::Copy));
    let said = format!("{time} {copy} copies the code, {open} opens the page here.");
    message::paragraph(screen, rest, &said, theme.text)
}

/// The keys that go on: which way, or again.
fn draw_ways(screen: &mut Screen<'_, '_>, area: Area, sign_in: &SigningIn) {
    let theme = screen.theme;
    let area = message::below(area, u16::from(area.height > 3));
    let enter = screen.key(Action::Proceed);
    let mut parts = match (&sign_in.failed, sign_in.attempt) {
        (Some(_), _) => vec![format!("{enter} tries again")],
        (None, None) => vec![format!("{enter} signs in")],
        (None, Some(_)) if sign_in.rejected.is_some() => vec![format!("{enter} begins again")],
        (None, Some(_)) => Vec::new(),
    };
    let current = sign_in.way.as_ref().map(|(method, _)| *method);
    let known = facts(screen.model);
    let others = WAYS
        .iter()
        .filter(|(_, action)| holds(&known, *action).is_ok())
        .filter(|(method, _)| sign_in.attempt.is_none() || Some(*method) != current);
    parts.extend(others.map(|(method, action)| format!("{} by {}", screen.key(*action), method.in_words())));
    let leaves = match is_first_sign_in(screen.model) {
        true => "goes back to the questions",
        false => "leaves everything as it was",
    };
    parts.push(format!("{} {leaves}", screen.key(Action::Back)));
    message::paragraph(
        screen,
        area,
        &in_lines(&parts, usize::from(area.width)),
        theme.secondary,
    );
}

/// Parts one after another; each stands whole in a line, where it fits into one: a key beside what it does.
fn in_lines(parts: &[String], width: usize) -> String {
    let mut text = String::new();
    let mut used = 0;
    for part in parts {
        let wide = cells(part);
        if used > 0 && used + cells(BETWEEN) + wide <= width {
            text.push_str(BETWEEN);
            used += cells(BETWEEN) + wide;
        } else {
            text.push_str(if used > 0 { "\n" } else { "" });
            used = wide;
        }
        text.push_str(part);
    }
    text
}

/// Text that is to be copied as it stands: it is cut at the edge only, and begins at the edge.
fn whole(screen: &mut Screen<'_, '_>, area: Area, text: &str, style: ratatui::style::Style) -> Area {
    if cells(text) <= usize::from(area.width) || text.contains(' ') {
        return message::paragraph(screen, area, text, style);
    }
    let mut rest = area;
    let mut line = String::new();
    for c in text.chars() {
        let wide = cells(&line) + cells(c.encode_utf8(&mut [0; 4]));
        if wide > usize::from(area.width) {
            screen.row(rest, 0).put(&line, style);
            rest = message::below(rest, 1);
            line.clear();
        }
        line.push(c);
    }
    screen.row(rest, 0).put(&line, style);
    message::below(rest, 1)
}
