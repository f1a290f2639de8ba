//! The members pane: owners first.

use super::groups::{mark, no_match};
use super::screen::Screen;
use super::{message, title};
use crate::domain::{DirectoryObject, Member, ObjectKind, Role};
use crate::keys::Action;
use crate::layout::{Area, Pane};
use crate::text::cells;

/// From this width on a row also says what a person does, or the address.
const ROOMY: u16 = 60;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let list = &model.members.list;
    let focused = screen.has_focus(Pane::Members);
    let parts = title::of_list(screen, Pane::Members, list, model.members.total);
    title::draw(screen, area, focused, "Members", &parts);
    let content = area.content();
    if list.is_empty() {
        return empty(screen, content);
    }
    for (row, (place, member)) in (0..content.height).zip(list.page(usize::from(content.height))) {
        draw_row(screen, content, row, member, place == list.cursor, focused);
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, row: u16, member: &Member, here: bool, focused: bool) {
    let theme = screen.theme;
    let object = &member.object;
    let mut strip = screen.row(area, row);
    strip.put_right(kind(object), theme.secondary, 12);
    strip.put(mark(here, focused), theme.mark);
    strip.put_if(member.role == Role::Owner, "◆", theme.accent).skip(1);
    let style = if here && focused { theme.cursor } else { theme.text };
    let Some(name) = &object.name else {
        let needs = needs(&object.kind);
        let said = format!("hidden: needs {needs}");
        let said = if cells(&said) > strip.room() {
            format!("needs {needs}")
        } else {
            said
        };
        strip.put(&said, if here && focused { theme.cursor } else { theme.secondary });
        return;
    };
    if area.width >= ROOMY {
        let more = object.job_title.as_ref().or(object.mail.as_ref());
        let half = usize::from(area.width / 2);
        let start = strip.at().0;
        let column = super::words::column(name.as_str(), half);
        strip.put(&column, style);
        let used = usize::from(strip.at().0 - start);
        strip.skip(half.saturating_sub(used));
        strip.put(more.map_or("", |text| text.as_str()), theme.secondary);
    } else {
        strip.put(name.as_str(), style);
    }
}

/// What kind of object it is, in one word.
pub(super) fn kind(object: &DirectoryObject) -> &str {
    match &object.kind {
        ObjectKind::User if object.guest => "guest",
        ObjectKind::User => "person",
        ObjectKind::Group => "group",
        ObjectKind::Device => "device",
        ObjectKind::ServicePrincipal => "app",
        ObjectKind::Contact => "contact",
        ObjectKind::DirectoryRole => "role",
        ObjectKind::AdministrativeUnit => "unit",
        ObjectKind::Unknown(name) => name.as_str(),
    }
}

/// The least permission that shows what Graph keeps back of an object of this kind.
/// <https://learn.microsoft.com/graph/api/group-list-members>
fn needs(kind: &ObjectKind) -> &'static str {
    match kind {
        ObjectKind::User => "User.Read.All",
        ObjectKind::Group => "GroupMember.Read.All",
        ObjectKind::Device => "Device.Read.All",
        ObjectKind::ServicePrincipal => "Application.Read.All",
        ObjectKind::Contact => "OrgContact.Read.All",
        ObjectKind::DirectoryRole => "RoleManagement.Read.Directory",
        ObjectKind::AdministrativeUnit => "AdministrativeUnit.Read.All",
        ObjectKind::Unknown(_) => "Directory.Read.All",
    }
}

fn empty(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let list = &model.members.list;
    if let Some(problem) = list.items.problem() {
        message::problem(screen, area, problem);
    } else if list.items.is_loading() {
        message::loading(screen, area);
    } else if list.is_filtered() {
        no_match(screen, area, &list.needle);
    } else if model.group.is_none() {
        message::note(
            screen,
            area,
            "No group is open.",
            "Rest on a group to see who belongs to it.",
        );
    } else {
        let next = format!("Press {} to look again.", screen.key(Action::Refresh));
        message::note(
            screen,
            area,
            "Nobody belongs to this group, or nobody you may see.",
            &next,
        );
    }
}
