//! The first run. The question and what is typed or chosen stand first, so that they are there in any room.

use super::groups::mark;
use super::message;
use super::screen::Screen;
use super::title::{self, put_line};
use crate::app::{Pick, Welcome, facts};
use crate::keys::{Action, Fact};
use crate::layout::Area;

/// Rows from which on there is air between the parts.
const ROOMY: u16 = 14;
/// Rows from which on there is room for the greeting.
const GREETED: u16 = 12;
/// Sentences are easier to read when they are no longer.
const WIDEST: u16 = 84;

/// What folkmoot is, to whoever sees it for the first time.
const GREETING: &str = "folkmoot shows the Microsoft 365 groups that you are in: who belongs to them, what they write, and who \
                        these people are.";

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, welcome: &Welcome) {
    let theme = screen.theme;
    screen.clear(body);
    let mut parts = Vec::new();
    if let Some((at, of)) = welcome.progress() {
        parts.push(title::Part::Words(format!("question {at} of {of}")));
    }
    if welcome.beginning {
        parts.push(title::Part::Words("starting…".to_owned()));
    }
    title::draw(screen, body, true, "Welcome", &parts);
    let content = body.content();
    let air = u16::from(content.height >= ROOMY);
    let mut rest = message::below(content, air);
    rest.width = rest.width.min(WIDEST);
    let asks = welcome
        .question
        .map_or("What would you like to do?", |question| question.asks());
    if welcome.question.is_none() && content.height >= GREETED {
        rest = message::paragraph(screen, rest, GREETING, theme.text);
        rest = message::below(rest, air);
    }
    rest = message::paragraph(screen, rest, asks, theme.heading);
    rest = message::below(rest, air);
    let picks = welcome.picks();
    rest = match picks.is_empty() {
        true => draw_line(screen, rest, welcome),
        false => draw_picks(screen, rest, welcome, &picks),
    };
    if let Some(problem) = &welcome.problem {
        rest = message::below(rest, air);
        rest = message::paragraph(screen, rest, problem.what.as_str(), theme.problem);
        rest = message::paragraph(screen, rest, problem.next.as_str(), theme.text);
    }
    rest = message::below(rest, air);
    if facts(screen.model).contains(&Fact::AboutTheApplication) {
        let (request, command) = (screen.key(Action::CopyRequest), screen.key(Action::CopyCommand));
        let said = format!(
            "You have none? {request} copies a request to an administrator, {command} the `az` command for it."
        );
        rest = message::paragraph(screen, rest, &said, theme.text);
        rest = message::below(rest, air);
    }
    let about = match (picks.get(welcome.cursor), welcome.question) {
        (Some(pick), _) => pick.about(),
        (None, question) => question.map_or("", |question| question.why()),
    };
    message::paragraph(screen, rest, about, theme.secondary);
}

/// The choices around the selected one.
fn draw_picks(screen: &mut Screen<'_, '_>, area: Area, welcome: &Welcome, picks: &[Pick]) -> Area {
    let theme = screen.theme;
    // What the selected one means is to be seen as well.
    let page = usize::from(area.height.saturating_sub(2)).clamp(1, picks.len());
    let first = screen.first_shown(welcome.cursor, picks.len(), page);
    let mut used = 0;
    for (at, pick) in picks.iter().enumerate().skip(first).take(page) {
        let here = at == welcome.cursor;
        let mut strip = screen.row(area, used);
        strip.put(mark(here, true), theme.mark).skip(1);
        strip.put(&pick.label(), if here { theme.cursor } else { theme.text });
        used += 1;
    }
    message::below(area, used)
}

/// The line of an answer: what is typed, or what nothing stands for.
fn draw_line(screen: &mut Screen<'_, '_>, area: Area, welcome: &Welcome) -> Area {
    let theme = screen.theme;
    let otherwise = welcome.question.map_or("", |question| question.otherwise());
    let source = welcome.source().map(|source| format!("from {source}"));
    let mut strip = screen.row(area, 0);
    strip.put("› ", theme.key);
    if let Some(source) = &source {
        strip.put_right(source, theme.secondary, 40);
    }
    let (x, y) = put_line(&mut strip, theme, &welcome.line, 0);
    if welcome.line.is_blank() {
        strip.put(otherwise, theme.secondary);
    }
    if !welcome.beginning {
        screen.set_cursor(x, y);
    }
    message::below(area, 1)
}
