//! The last row: what has just happened, else the keys that are most useful here.

use super::screen::Screen;
use crate::app::{Tone, facts, holds};
use crate::keys::{Action, Place};
use crate::layout::Area;

/// The actions worth a place in the footer, most useful first. Names and keys come from the actions table.
fn useful(place: Place) -> &'static [Action] {
    use Action::*;
    match place {
        Place::Groups => &[Open, Filter, NextScope, OpenGroup, ShowDrafts, Refresh, NextPane, Quit],
        Place::Members => &[Open, Filter, Copy, Refresh, NextPane, Quit],
        Place::Threads => &[Open, Reply, Filter, ShowDrafts, Refresh, NextPane, Quit],
        Place::Posts => &[
            Reply,
            ReplyQuoted,
            NextPost,
            PreviousPost,
            NextHit,
            OpenLink,
            ShowProfile,
            Filter,
            ShowDrafts,
            Back,
        ],
        Place::Profile => &[Open, Copy, Back, Refresh],
        Place::Links => &[Open, Copy, Back],
        Place::Drafts => &[Open, WriteAgain, Discard, Back],
        Place::Help => &[MoveDown, MoveUp, Back],
        Place::Palette => &[Accept, NextMatch, PreviousMatch, Back],
        Place::Prompt => &[Accept, Back],
        Place::Composer => &[AskToSend, Back, ExternalEditor, Undo, Leave],
        Place::Review => &[ConfirmSend, KeepWriting],
    }
}

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let (model, theme) = (screen.model, screen.theme);
    if let Some(notice) = &model.notice {
        let style = match notice.tone {
            Tone::Info => theme.text,
            Tone::Problem => theme.problem,
        };
        screen.row(area, 0).skip(1).put(notice.text.as_str(), style);
        return;
    }
    let known = facts(model);
    let keys: Vec<(String, &str)> = useful(model.place())
        .iter()
        .filter(|action| holds(&known, **action).is_ok())
        .map(|action| (screen.key(*action), action.name()))
        .filter(|(key, _)| !key.is_empty())
        .collect();
    let help = screen.key(Action::ShowHelp);
    let mut strip = screen.row(area, 0);
    // The way to everything else is never crowded out.
    if Action::ShowHelp.places().contains(&model.place()) && !help.is_empty() {
        strip.put_right(Action::ShowHelp.name(), theme.secondary, 0);
        strip.put_right(&help, theme.key, 0);
    }
    for (key, name) in keys {
        if strip.room() < crate::text::cells(&key) + name.len() + 3 {
            break;
        }
        strip
            .skip(1)
            .put(&key, theme.key)
            .skip(1)
            .put(name, theme.secondary)
            .skip(1);
    }
}
