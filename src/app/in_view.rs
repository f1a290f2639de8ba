//! Every cursor in view.

use super::model::Model;
use super::reading;
use crate::layout::{PHOTO_GAP, Pane};

/// Keeps every cursor in view, whatever has become of the pane and of what is in it.
pub(super) fn keep(model: &mut Model) {
    let laid = model.arrangement();
    let turning = model.settings.low_bandwidth;
    if let Some(finder) = &mut model.finder {
        finder.keep_in_view(laid.body);
    }
    if laid.groups.is_some() {
        let list = &mut model.groups.list;
        list.move_to(list.cursor, laid.page(Pane::Groups), turning);
    }
    if laid.members.is_some() {
        let list = &mut model.members.list;
        list.move_to(list.cursor, laid.page(Pane::Members), turning);
    }
    if laid.threads.is_some() {
        let list = &mut model.conversations.list;
        list.move_to(list.cursor, laid.page(Pane::Threads), turning);
    }
    let beside = laid.profile.map_or(1, |area| usize::from(area.content().height));
    if let (Some(org), Some(area)) = (&mut model.org, laid.profile) {
        let height = org.page(area.content());
        org.tree.move_to(org.tree.view().cursor, height);
    }
    if let Some(nested) = &mut model.nested {
        nested.tree.move_to(nested.tree.view().cursor, beside);
    }
    let photo = model.photo().map_or(0, |(area, _)| area.width + PHOTO_GAP);
    if let Some(profile) = model.profiles.last_mut() {
        let (width, height) = laid.profile.map_or((0, 1), |area| (area.width, area.content().height));
        let width = width.saturating_sub(photo);
        profile.lay_out(width, usize::from(height));
        if let Some(prompt) = &mut model.prompt
            && let Some(typing) = profile.typing(prompt, usize::from(height))
        {
            prompt.line.lay_out(typing.width, typing.rows as u16);
        }
    }
    if laid.posts.is_some() {
        let rows = reading::rows(model);
        model.posts.keep_in_view(rows);
    }
    if laid.threads.is_some() {
        let list = &mut model.threads.list;
        list.move_to(list.cursor, laid.page(Pane::Threads), turning);
    }
}
