//! The frame while it is drawn, and what every part of it reads.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

pub(super) use super::strip::Strip;
use super::theme::Theme;
use super::thrift::{Drawn, Hyperlink};
use super::{message, photo, words};
use crate::app::{Editor, Model};
use crate::keys::{Action, Place};
use crate::layout::{Area, Pane};
use crate::text::cells;

/// The frame being drawn, and what every part of it reads.
pub(super) struct Screen<'a, 'f> {
    pub(super) model: &'a Model,
    pub(super) theme: &'a Theme,
    /// What is drawn besides cells: the terminal's cursor, and links.
    pub(super) drawn: Drawn,
    buffer: &'f mut Buffer,
}

impl<'a, 'f> Screen<'a, 'f> {
    pub(super) fn new(model: &'a Model, theme: &'a Theme, buffer: &'f mut Buffer) -> Self {
        let drawn = Drawn::default();
        Screen {
            model,
            theme,
            drawn,
            buffer,
        }
    }

    /// The first of `count` items that a list shows which keeps no view of its own: the cursor stands in the middle but at
    /// the list's ends. On slow lines the list turns by whole pages, of which less is sent.
    pub(super) fn first_shown(&self, cursor: usize, count: usize, page: usize) -> usize {
        let page = page.max(1);
        if self.model.settings.low_bandwidth {
            cursor / page * page
        } else {
            cursor.saturating_sub(page / 2).min(count.saturating_sub(page))
        }
    }

    /// A row of an area, to be filled. It is empty where the area or the frame ends before it.
    pub(super) fn row(&mut self, area: Area, row: u16) -> Strip<'_> {
        let inside = if row < area.height { area.width } else { 0 };
        let wanted = Rect::new(area.x, area.y.saturating_add(row), inside, 1);
        let Rect { x, y, width, .. } = wanted.intersection(self.buffer.area);
        let start = usize::from(y) * usize::from(self.buffer.area.width) + usize::from(x);
        let cells = self.buffer.content.get_mut(start..start + usize::from(width));
        let cells = cells.unwrap_or_default();
        Strip::new(cells, Position { x, y })
    }

    /// Whether the keyboard is in a pane: not in the composer, not in the profile viewer.
    pub(super) fn has_focus(&self, pane: Pane) -> bool {
        self.model.focus == pane
            && self.model.composer.is_none()
            && !self.model.shows_profile()
            && !self.model.shows_org()
            && !self.model.shows_nested()
    }

    /// The foremost key of an action, as a person reads it.
    pub(super) fn key(&self, action: Action) -> String {
        self.model.key(action)
    }

    /// Empties an area for what is drawn over the rest.
    pub(super) fn clear(&mut self, area: Area) {
        let rect = to_rect(area).intersection(self.buffer.area);
        // A wide character that reaches into the area would hide the cell it reaches into.
        if let Some(left) = rect.x.checked_sub(1) {
            for y in rect.top()..rect.bottom() {
                let cell = self.buffer.cell_mut(Position::new(left, y));
                if let Some(cell) = cell.filter(|cell| cells(cell.symbol()) > 1) {
                    cell.set_symbol(" ");
                }
            }
        }
        Clear.render(rect, self.buffer);
        self.unlink(rect);
    }

    /// Makes cells a link of the terminal's own.
    pub(super) fn link(&mut self, y: u16, columns: Range<u16>, url: &str) {
        let url = url.to_owned();
        self.drawn.links.push(Hyperlink { y, columns, url });
    }

    /// Nothing in an area is linked any more.
    fn unlink(&mut self, rect: Rect) {
        let links = std::mem::take(&mut self.drawn.links);
        for link in links {
            if !(rect.top()..rect.bottom()).contains(&link.y) {
                self.drawn.links.push(link);
                continue;
            }
            let (left, right) = (link.columns.start, link.columns.end);
            for columns in [left..right.min(rect.left()), left.max(rect.right())..right] {
                if !columns.is_empty() {
                    self.link(link.y, columns, &link.url);
                }
            }
        }
    }

    /// Puts a drawn picture into its area, if all of it is on the screen.
    pub(super) fn put_picture(&mut self, area: Area, picture: &Buffer) {
        photo::put(self.buffer, to_rect(area), picture);
    }

    /// Empties the cells of an area that are of some kind, unless all of it is.
    pub(super) fn keep_whole(&mut self, area: Area, is_kind: impl Fn(&Cell) -> bool) {
        let area = to_rect(area);
        let is_there = |at| self.buffer.cell(at).is_some_and(&is_kind);
        if area.positions().all(is_there) {
            return;
        }
        for at in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(at).filter(|cell| is_kind(cell)) {
                cell.reset();
            }
        }
    }

    /// Puts the terminal's cursor on a cell.
    pub(super) fn set_cursor(&mut self, x: u16, y: u16) {
        if self.buffer.area.contains(Position::new(x, y)) {
            self.drawn.cursor = Some(Position::new(x, y));
        }
    }

    /// Draws the text of a composer, and puts the terminal's cursor where the next character goes.
    pub(super) fn editor(&mut self, area: Area, editor: &Editor, with_cursor: bool) {
        let rect = to_rect(area).intersection(self.buffer.area);
        if rect.is_empty() {
            return;
        }
        if editor.is_too_long() {
            return self.too_long(area, editor);
        }
        let widget = editor.widget();
        widget.render(rect, self.buffer);
        if !with_cursor {
            return;
        }
        let (at, (top, left)) = (widget.screen_cursor(), widget.scroll_offset());
        let column = at
            .col
            .saturating_sub(usize::from(left))
            .min(usize::from(rect.width - 1));
        let row = at
            .row
            .saturating_sub(usize::from(top))
            .min(usize::from(rect.height - 1));
        self.set_cursor(rect.x + column as u16, rect.y + row as u16);
    }

    /// Says what can be done with a text that is too long to be typed into, in its place.
    fn too_long(&mut self, area: Area, editor: &Editor) {
        let place = match self.model.composer {
            Some(_) => Place::Composer,
            None => Place::Prompt,
        };
        let ways = [
            (Action::ExternalEditor, "opens it in $EDITOR"),
            (Action::ShowPreview, "shows it as it will be read"),
            (Action::Undo, "takes back what came last"),
        ];
        let ways = ways.iter().filter(|(action, _)| action.places().contains(&place));
        let ways: Vec<String> = ways
            .map(|(action, what)| format!("{} {what}", self.key(*action)))
            .collect();
        let size = words::bytes(editor.size() as u64);
        let lines = words::counted(editor.line_count(), "line", "lines");
        let said = format!(
            "{size} in {lines}: too long to be typed into here. {}.",
            ways.join(", ")
        );
        message::paragraph(self, area, &said, self.theme.secondary);
    }
}

fn to_rect(area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height)
}

/// A box over the panes.
pub(super) struct Popup<'a> {
    /// What it shows.
    pub(super) title: &'a str,
    /// Cells inside, at most.
    pub(super) width: u16,
    /// Rows inside, at most.
    pub(super) rows: usize,
}

impl Popup<'_> {
    /// Draws the box in the middle of an area; returns the room inside.
    pub(super) fn draw(&self, screen: &mut Screen<'_, '_>, body: Area) -> Area {
        self.draw_in(screen, body.boxed(self.width, self.rows))
    }

    /// Draws the box as close to a cell as it can; returns the room inside.
    pub(super) fn draw_at(&self, screen: &mut Screen<'_, '_>, body: Area, cell: (u16, u16)) -> Area {
        self.draw_in(screen, body.boxed_at(cell, self.width, self.rows))
    }

    fn draw_in(&self, screen: &mut Screen<'_, '_>, area: Area) -> Area {
        let theme = screen.theme;
        screen.clear(area);
        let last = area.height.saturating_sub(1);
        for (row, corners) in [(0, ["┌", "┐"]), (last, ["└", "┘"])] {
            let mut strip = screen.row(area, row);
            strip.put(corners[0], theme.rule);
            strip.to = strip.to.saturating_sub(1);
            if row == 0 && !self.title.is_empty() {
                strip
                    .put(" ", theme.text)
                    .put(self.title, theme.focused)
                    .put(" ", theme.text);
            }
            strip.fill("─", theme.rule);
            strip.to += 1;
            strip.put(corners[1], theme.rule);
        }
        for row in 1..last {
            let mut strip = screen.row(area, row);
            let width = strip.room();
            strip
                .put("│", theme.rule)
                .skip(width.saturating_sub(2))
                .put("│", theme.rule);
        }
        area.framed()
    }
}
