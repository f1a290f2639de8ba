//! The members pane: owners first.

use std::borrow::Cow;

use ratatui::style::Style;

use super::groups::mark;
use super::screen::{Screen, Strip};
use super::theme::Theme;
use super::{message, title};
use crate::app::{Column, Columns, Filterable, Levels, Model, Order};
use crate::domain::{DirectoryObject, Member, ObjectKind, Role};
use crate::keys::Action;
use crate::layout::{Area, Pane};
use crate::protocol::capability::DETAILS;
use crate::text::cells;

/// Cells that the name takes at least beside other columns, and each of those.
const NARROWEST: (usize, usize) = (20, 14);
/// Cells that the kind takes, with a space before it.
const KIND: usize = 8;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let list = &model.members.list;
    let focused = screen.has_focus(Pane::Members);
    let mut parts = title::of_list(screen, Filterable::Pane(Pane::Members), list, model.members.total);
    if model.members.levels == Levels::All {
        parts.insert(0, title::Part::Words("all levels".into()));
    }
    parts.extend(model.members.order.map(sorted));
    title::draw(screen, area, focused, "Members", &parts);
    let content = area.content();
    if list.is_empty() {
        return empty(screen, content);
    }
    let grid = Grid::of(content, focused, model);
    for (row, (place, member)) in (0..content.height).zip(list.page(usize::from(content.height))) {
        draw_row(screen, &grid, row, member, place == list.cursor);
    }
}

/// How the members are sorted.
pub(super) fn sorted(order: Order) -> title::Part<'static> {
    title::Part::Words(format!("{} {}", order.column.name(), way(order)))
}

/// Which way the members are sorted.
pub(super) fn way(order: Order) -> &'static str {
    if order.reversed { "↓" } else { "↑" }
}

/// Where the columns stand: the same for every row.
pub(super) struct Grid<'a> {
    columns: &'a Columns,
    /// Whether what people do is kept from this sign-in.
    hides_jobs: bool,
    area: Area,
    focused: bool,
    /// Cells of the name, where others stand beside it.
    name: usize,
    /// Cells of each column beside it.
    each: usize,
    /// As many of those as there is room for.
    beside: Vec<Column>,
}

impl<'a> Grid<'a> {
    pub(super) fn of(area: Area, focused: bool, model: &'a Model) -> Self {
        let columns = &model.members.columns;
        let beside = columns.shown().iter();
        let beside = beside.filter(|column| !matches!(column, Column::Name | Column::Kind));
        // The width is that of the widest kind, so that the columns stand one below the other.
        let kind = if columns.has(Column::Kind) { KIND } else { 0 };
        let room = usize::from(area.width).saturating_sub(4 + kind);
        let fit = room.saturating_sub(NARROWEST.0) / NARROWEST.1;
        let beside: Vec<Column> = beside.copied().take(fit).collect();
        let name = room * 3 / (3 + 2 * beside.len());
        Grid {
            columns,
            hides_jobs: model.lacks(&DETAILS),
            area,
            focused,
            name,
            each: (room - name) / beside.len().max(1),
            beside,
        }
    }

    /// Puts the columns of a row, the first of them so many cells narrower; in the place of a name there may be what keeps
    /// it hidden.
    pub(super) fn put(
        &self,
        strip: &mut Strip<'_>,
        theme: &Theme,
        object: &DirectoryObject,
        indent: usize,
        here: bool,
    ) {
        let Some(name) = &object.name else {
            let said = hidden(object.kind.permission(), strip.room());
            strip.put(&said, if here { theme.cursor } else { theme.secondary });
            return;
        };
        let style = if here { theme.cursor } else { theme.text };
        let Some((last, others)) = self.beside.split_last() else {
            strip.put(name.as_str(), style);
            return;
        };
        put_column(strip, name.as_str(), self.name.saturating_sub(indent), style);
        for column in others {
            put_column(
                strip,
                &self.told(*column, object, self.each),
                self.each,
                theme.secondary,
            );
        }
        strip.put(&self.told(*last, object, strip.room()), theme.secondary);
    }

    /// What a column of so many cells says of an object. In the place of a job there may be the address, where that has no
    /// column of its own; in the place of what is hidden, why.
    fn told<'b>(&self, column: Column, object: &'b DirectoryObject, room: usize) -> Cow<'b, str> {
        let said = column.of(object);
        let said = match column {
            Column::Job if !self.columns.has(Column::Mail) => said.or_else(|| Column::Mail.of(object)),
            _ => said,
        };
        match said {
            Some(said) => said.into(),
            None if self.hides_jobs
                && object.kind == ObjectKind::User
                && matches!(column, Column::Job | Column::Department) =>
            {
                hidden(DETAILS.scope(), room.saturating_sub(1)).into()
            }
            None => "".into(),
        }
    }
}

/// That something is hidden, and for want of which permission, as far as there is room.
fn hidden(needs: &str, room: usize) -> String {
    let said = format!("hidden: needs {needs}");
    if cells(&said) > room {
        format!("needs {needs}")
    } else {
        said
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, grid: &Grid<'_>, row: u16, member: &Member, here: bool) {
    let Grid { area, focused, .. } = *grid;
    let theme = screen.theme;
    let object = &member.object;
    let mut strip = screen.row(area, row);
    if grid.columns.has(Column::Kind) {
        strip.put_right(object.kind_in_words(), theme.secondary, 12);
    }
    strip.put(mark(here, focused), theme.mark);
    strip.put_if(member.role == Role::Owner, "◆", theme.accent).skip(1);
    grid.put(&mut strip, theme, object, 0, here && focused);
}

fn put_column(strip: &mut Strip<'_>, text: &str, width: usize, style: Style) {
    let start = strip.at().0;
    strip.put(&super::words::column(text, width), style);
    let used = usize::from(strip.at().0 - start);
    strip.skip(width.saturating_sub(used));
}

fn empty(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let list = &model.members.list;
    if message::is_said_of(screen, area, list) {
        return;
    }
    if model.group.is_none() {
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
