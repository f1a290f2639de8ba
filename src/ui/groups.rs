//! The groups pane.

use super::screen::Screen;
use super::{message, title};
use crate::app::{Choosing, Filterable};
use crate::domain::{Group, GroupKind, Visibility};
use crate::keys::Action;
use crate::layout::{Area, Pane};
use crate::protocol::Scope;

/// From this width on kind and visibility are written out.
const ROOMY: u16 = 48;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let pane = &model.groups;
    let focused = screen.has_focus(Pane::Groups);
    let mut parts = vec![title::Part::Words(scope(pane.scope).into())];
    if let Some(choosing) = &model.choosing {
        parts.push(title::Part::Warning(match choosing {
            Choosing::Compare((_, name)) => format!("compare {name} with…"),
            Choosing::Ways((_, name)) => format!("{name} in…"),
        }));
    }
    parts.extend(title::of_list(screen, Filterable::Pane(Pane::Groups), &pane.list, None));
    title::draw(screen, area, focused, "Groups", &parts);
    let content = area.content();
    if pane.list.is_empty() {
        return empty(screen, content);
    }
    let rows = usize::from(content.height);
    for (row, (place, group)) in (0..content.height).zip(pane.list.page(rows)) {
        draw_row(screen, content, row, group, place == pane.list.cursor, focused);
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, group: &Group, here: bool, focused: bool) {
    let (model, theme) = (screen.model, screen.theme);
    let unseen = model.groups.unseen.get(&group.id).copied().unwrap_or(0);
    let count = if unseen < 100 {
        format!("{unseen:>3}")
    } else {
        "99+".to_owned()
    };
    let mut strip = screen.row(area, row);
    strip.put_right(&traits(group, area.width >= ROOMY), theme.secondary, 14);
    strip
        .put(mark(here, focused), theme.mark)
        .put_if(unseen > 0, &count, theme.accent)
        .skip(1);
    strip.put(
        group.shown().as_str(),
        if here && focused { theme.cursor } else { theme.text },
    );
}

/// The mark of the row under the cursor: a thick bar where the keyboard is, a thin one elsewhere.
pub(super) fn mark(here: bool, focused: bool) -> &'static str {
    match (here, focused) {
        (true, true) => "▌",
        (true, false) => "▏",
        (false, _) => " ",
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Mine => "mine",
        Scope::Owned => "owned",
        Scope::All => "all",
    }
}

/// `dynamic private M365`, or in little room `dyn priv M365`.
pub(super) fn traits(group: &Group, roomy: bool) -> String {
    let dynamic = match (group.dynamic, roomy) {
        (false, _) => "",
        (true, true) => "dynamic",
        (true, false) => "dyn",
    };
    let visibility = match (&group.visibility, roomy) {
        (Some(Visibility::Public), true) => "public",
        (Some(Visibility::Public), false) => "pub",
        (Some(Visibility::Private), true) => "private",
        (Some(Visibility::Private), false) => "priv",
        (Some(Visibility::HiddenMembership), _) => "hidden",
        (Some(Visibility::Unknown(name)), _) => name.as_str(),
        (None, _) => "",
    };
    let kind = match (group.kind, roomy) {
        (GroupKind::Microsoft365, _) => "M365",
        (GroupKind::Security, _) => "security",
        (GroupKind::MailSecurity, true) => "mail-security",
        (GroupKind::MailSecurity, false) => "mail-sec",
        (GroupKind::Distribution, true) => "distribution",
        (GroupKind::Distribution, false) => "distrib",
        (GroupKind::Unknown, _) => "",
    };
    let words: Vec<&str> = [dynamic, visibility, kind]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn empty(screen: &mut Screen<'_, '_>, area: Area) {
    let pane = &screen.model.groups;
    if message::is_said_of(screen, area, &pane.list) {
        return;
    }
    let what = match pane.scope {
        Scope::Mine => "You belong to no group.",
        Scope::Owned => "You own no group.",
        Scope::All => "This organisation has no groups that you may see.",
    };
    let next = format!(
        "Press {} for the next of mine, owned and all, or {} to open a group by its id or address.",
        screen.key(Action::NextScope),
        screen.key(Action::OpenGroup)
    );
    message::note(screen, area, what, &next);
}
