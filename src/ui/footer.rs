//! The last row: what has just happened, else the keys that are most useful here.

use super::screen::Screen;
use super::status;
use crate::app::{Model, Overlay, Profile, Remote, Stage, Tone, facts, holds};
use crate::keys::{Action, Fact, Place};
use crate::layout::Area;
use crate::protocol::Problem;
use crate::text::{cells, wrap};

/// The actions worth a place in the footer, most useful first. Names and keys come from the actions table.
#[rustfmt::skip]
fn useful(place: Place) -> &'static [Action] {
    use Action::*;
    match place {
        Place::Groups => &[Open, Filter, NextScope, OpenGroup, ShowDrafts, Refresh, NextPane, Quit],
        Place::Members => &[Open, Filter, ShowNested, Sort, ChooseColumns, Zoom, Copy, Refresh, NextPane, Quit],
        Place::Threads => &[Open, Reply, NewConversation, Filter, ShowDrafts, Refresh, NextPane, Quit],
        Place::Conversations => &[Open, ListThreads, Filter, NewConversation, Refresh, NextPane, Quit],
        Place::Posts => &[Reply, ReplyQuoted, Forward, OpenLink, NextHit, NextPost, PreviousPost, FoldQuotes, Search, ShowProfile, ShowDrafts, Back],
        Place::Profile => &[EditOwn, Open, OpenLink, ShowOrg, FindPath, Copy, SaveCard, Back, Refresh],
        Place::Org => &[Open, Unfold, Fold, Search, FindPath, Copy, Back],
        Place::Nested => &[Open, Unfold, Fold, Search, Sort, ShowOrg, Copy, Back],
        Place::Overlap => &[Open, NextPart, AllLevels, Copy, Refresh, Back],
        Place::Links => &[Open, Search, Copy, Back],
        Place::Attachments => &[Open, SaveAttachment, SaveAllAttachments, StopSaving, Search, Back],
        Place::Details => &[MoveDown, SwitchDates, Back],
        Place::Outline => &[Accept, NextMatch, PreviousMatch, Back],
        Place::Raw => &[NextRaw, Copy, HalfPageDown, Back],
        // It depends on the draft.
        Place::Drafts => &[Open, Back],
        Place::Help => &[MoveDown, MoveUp, Back],
        Place::Confirm => &[Accept, Back],
        Place::Finder => &[Accept, CopyAddress, NextMatch, PreviousMatch, Back],
        Place::Palette => &[Accept, NextMatch, PreviousMatch, Back],
        Place::Prompt => &[Accept, NextFormat, LineBreak, Back],
        Place::Composer => &[AskToSend, Back, NextField, ExternalEditor, SwitchFormat, Undo, Leave],
        Place::Header => &[Accept, NextField, PreviousField, AskToSend, Back],
        Place::Preview => &[ShowPreview, AskToSend, CursorDown, CursorUp, Back],
        Place::Templates => &[Accept, NextMatch, PreviousMatch, Back],
        Place::Completion => &[Complete, Accept, NextFormat, NextMatch, PreviousMatch, Back],
        Place::Review => &[ConfirmSend, KeepWriting],
        Place::Account => &[Copy, ConfirmSignOut, StartSignIn, Back],
        Place::Capabilities => &[Open, Back],
        Place::Columns => &[Open, Sort, SortReversed, Back],
        Place::SignIn => &[Proceed, OpenPage, Copy, TypeAddress, ByBrowser, ByDevice, Back],
        Place::Redirect => &[Accept, Back],
        Place::Welcome => &[Open, MoveDown, Back, Quit],
        Place::Answer => &[Accept, Back, CopyRequest, CopyCommand, Leave],
    }
}

/// The same for a draft that has come so far.
fn useful_for(stage: &Stage) -> &'static [Action] {
    use Action::*;
    match stage {
        Stage::Kept => &[Open, Discard, Back],
        Stage::Queued(_) => &[Open, SendNow, WriteAgain, Discard, Back],
        Stage::Unsettled => &[Open, WriteAgain, Discard, Back],
        Stage::Sending(_) | Stage::Seeking { .. } | Stage::Visible(_) => &[Open, Back],
    }
}

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    if screen.model.notice.is_none() {
        hints(screen, area);
    }
}

fn hints(screen: &mut Screen<'_, '_>, area: Area) {
    let (model, theme) = (screen.model, screen.theme);
    let mut strip = screen.row(area, 0);
    // The way to everything else is never crowded out.
    let is_here = |action: &Action| action.places().contains(&model.place());
    let help = [Action::ShowHelp, Action::ShowHelpWhileTyping]
        .into_iter()
        .find(is_here);
    if let Some(key) = help.and_then(|help| model.settings.keymap.chords(help).next()) {
        strip.put_right(Action::ShowHelp.name(), theme.secondary, 0);
        strip.put_right(&key.to_string(), theme.key, 0);
    }
    let draft = match (model.place(), &model.overlay) {
        (Place::Drafts, Some(Overlay::Drafts { cursor, .. })) => model.outbox.get(*cursor),
        _ => None,
    };
    let here = draft.map_or(useful(model.place()), |draft| useful_for(&draft.stage));
    let mut actions = here.to_vec();
    if let Some(problem) = old_because(model) {
        strip.skip(1).put(problem.what.as_str(), theme.problem).skip(1);
        actions.insert(0, Action::Refresh);
    }
    let known = facts(model);
    actions.retain(|action| !leads_nowhere(model, *action));
    for action in actions {
        let style = match holds(&known, action) {
            Ok(()) => theme.key,
            // It stays in its place, so that the others need not move as the cursor passes a locked thread.
            Err(Fact::Unlocked) => theme.secondary,
            Err(_) => continue,
        };
        let Some(key) = model.settings.keymap.chords(action).next() else {
            continue;
        };
        let (key, name) = (key.to_string(), action.name());
        if strip.room() < cells(&key) + cells(name) + 3 {
            break;
        }
        strip
            .skip(1)
            .put(&key, style)
            .skip(1)
            .put(name, theme.secondary)
            .skip(1);
    }
}

/// Whether an action leads nowhere from where the cursor is, though it makes sense in this place.
fn leads_nowhere(model: &Model, action: Action) -> bool {
    let posts = &model.posts;
    match (model.place(), action) {
        (Place::Profile, Action::Open) => model.profile().and_then(Profile::goto).is_none(),
        (Place::Posts, Action::NextPost) => posts.cursor + 1 >= posts.entries.len(),
        (Place::Posts, Action::PreviousPost) => posts.cursor == 0,
        _ => false,
    }
}

/// What has just happened, in as many rows as it takes: the status line makes room for it, but never covers where one
/// types. Where that leaves too little, it stands above: its end says where a text lies, or what to do next.
pub(super) fn draw_notice(screen: &mut Screen<'_, '_>, status: Area, footer: Area) {
    let (model, theme) = (screen.model, screen.theme);
    let Some(notice) = &model.notice else { return };
    let style = match notice.tone {
        Tone::Info => theme.text,
        Tone::Problem => theme.problem,
    };
    let width = usize::from(footer.width).saturating_sub(1);
    let lines = wrap(notice.text.as_str(), width);
    let above = screen.drawn.cursor.map_or(0, |cursor| cursor.y);
    let typing = screen.drawn.cursor.map_or(0, |cursor| cursor.y.saturating_add(1));
    let free = status.y.saturating_sub(typing).min(status.y / 2);
    let more = lines.len().saturating_sub(1) as u16;
    if more > free && above > free.saturating_add(1) {
        let top = Area {
            y: 0,
            height: above.min(more + 1),
            ..footer
        };
        screen.clear(top);
        for (row, line) in (0..top.height).zip(&lines) {
            screen.row(top, row).skip(1).put(line, style);
        }
        hints(screen, footer);
        return;
    }
    let more = more.min(free);
    let area = Area {
        y: footer.y - more,
        height: more + 1,
        ..footer
    };
    if more > 0 {
        let status = Area {
            y: status.y - more,
            ..status
        };
        screen.clear(Area {
            height: more + 2,
            ..status
        });
        status::draw(screen, status);
    }
    for (row, line) in (0..more).zip(&lines) {
        screen.row(area, row).skip(1).put(line, style);
    }
    let rest = lines.get(usize::from(more)..).unwrap_or_default().join(" ");
    screen.row(area, more).skip(1).put(&rest, style);
}

/// Why the pane that has the keyboard shows older data, or a part of it.
fn old_because(model: &Model) -> Option<&Problem> {
    match model.place() {
        Place::Groups => old(&model.groups.list.items),
        Place::Members => old(&model.members.list.items),
        Place::Threads => old(&model.threads.list.items),
        Place::Conversations => old(&model.conversations.list.items),
        Place::Posts => old(&model.posts.posts),
        Place::Org => model.org.as_ref()?.stale(),
        Place::Nested => model.nested.as_ref()?.tree.stale(),
        _ => None,
    }
}

fn old<T>(data: &Remote<T>) -> Option<&Problem> {
    data.problem().filter(|_| data.shown().is_some())
}
