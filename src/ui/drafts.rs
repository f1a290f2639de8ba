//! Drafts that are kept or under way.

use super::groups::mark;
use super::screen::{Popup, Screen};
use super::words;
use crate::domain::Text;
use crate::keys::Action;
use crate::layout::Area;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, cursor: usize, discarding: bool) {
    let (model, theme) = (screen.model, screen.theme);
    let popup = Popup {
        title: "Drafts and outbox",
        width: 96,
        rows: (model.outbox.len() * 3).max(1),
    };
    let inner = popup.draw(screen, body);
    if model.outbox.is_empty() {
        screen
            .row(inner, 0)
            .skip(1)
            .put("No draft is kept, and nothing is on its way.", theme.secondary);
        return;
    }
    let page = usize::from(inner.height / 3).max(1);
    let first = cursor / page * page;
    for (at, (place, out)) in model.outbox.iter().enumerate().skip(first).take(page).enumerate() {
        let (here, row) = (place == cursor, (at * 3) as u16);
        let bar = mark(here, true);
        let target = &out.draft.target;
        let stage = words::stage(screen, out);
        let asks = format!("press {} again to discard it", screen.key(Action::Discard));
        let mut strip = screen.row(inner, row);
        strip.put(bar, theme.mark).skip(1);
        let topic = Text::new(&target.topic);
        strip.put(
            &format!("“{topic}” in {}", Text::new(&target.group_name)),
            if here { theme.cursor } else { theme.text },
        );
        let mut strip = screen.row(inner, row + 1);
        strip.put(bar, theme.mark).skip(1).put(&stage, theme.accent);
        if here && discarding {
            strip.put(" · ", theme.secondary).put(&asks, theme.problem);
        } else if let Some(problem) = &out.problem {
            strip
                .put(" · ", theme.secondary)
                .put(problem.what.as_str(), theme.warning);
        }
        let mut strip = screen.row(inner, row + 2);
        strip
            .put(bar, theme.mark)
            .skip(1)
            .put(Text::new(&out.draft.text).as_str(), theme.secondary);
    }
}
