//! Tables: those with data become tables, those that only place things on the page become what is in them.

use super::super::blocks::{Cell, Content, Row, Table};
use super::super::html::{Element, NodeId, is_unseen};
use super::super::lines::Role;
use super::Flow;
use super::bulleted::bulleted;
use super::data::{MAX_COLUMNS, has_data, is_short_row};
use super::here::Here;

impl<'a> Flow<'a> {
    pub(super) fn table(&mut self, node: NodeId, element: &'a Element, here: Here) {
        let Some(dom) = self.dom else { return };
        if here.in_value || self.with_tables.contains(&node) || !has_data(dom, node, element) {
            return self.children(node, here);
        }
        self.edge(true);
        let mut table = Table::default();
        for part in dom.children(node) {
            let Some(element) = dom.element(part) else { continue };
            match element.name() {
                "caption" => {
                    self.node(part, here);
                    self.edge(false);
                }
                "thead" | "tbody" | "tfoot" if !self.is_hidden(part, element) => {
                    let here = here.inside(element, &self.sheet.style_of(part, element));
                    let rows = dom.children(part).filter_map(|row| self.row(row, here));
                    table.rows.extend(rows);
                }
                _ => {}
            }
        }
        align_numbers(&mut table);
        self.add(Content::Table(table), &here);
        self.edge(true);
    }

    fn row(&mut self, node: NodeId, here: Here) -> Option<Row> {
        let dom = self.dom?;
        let row = dom
            .element(node)
            .filter(|row| row.name() == "tr" && !self.is_hidden(node, row))?;
        let here = here.inside(row, &self.sheet.style_of(node, row));
        let mut cells = Vec::new();
        let mut heading = true;
        for child in dom.children(node) {
            let Some(cell) = dom
                .element(child)
                .filter(|cell| is_cell(cell) && !self.is_hidden(child, cell))
            else {
                continue;
            };
            heading &= cell.name() == "th";
            cells.push(self.cell(child, cell, here));
        }
        let says_something = cells.iter().any(|cell| !cell.blocks.is_empty());
        Some(Row {
            heading: says_something && (heading || cells.iter().all(is_strong)),
            cells,
        })
    }

    fn cell(&mut self, node: NodeId, element: &'a Element, here: Here) -> Cell {
        let span = |name: &str| {
            let span = element.attribute(name).and_then(|span| span.trim().parse().ok());
            span.unwrap_or(1_usize).clamp(1, MAX_COLUMNS)
        };
        // A cell is a page of its own: what goes on around it is kept until it is done.
        let around = (
            std::mem::take(&mut self.blocks),
            std::mem::take(&mut self.marker),
            std::mem::take(&mut self.gap),
        );
        let quoting = (self.quote, self.fresh);
        let style = self.sheet.style_of(node, element);
        let inside = here.inside(element, &style);
        self.children(
            node,
            Here {
                indent: 0,
                in_value: true,
                strong: inside.strong || element.name() == "th" && style.strong.is_none(),
                ..inside
            },
        );
        self.end_line();
        let mut blocks = std::mem::take(&mut self.blocks);
        // The table as a whole is quoted.
        blocks.iter_mut().for_each(|block| block.quote = 0);
        (self.blocks, self.marker, self.gap) = around;
        (self.quote, self.fresh) = quoting;
        Cell {
            blocks,
            columns: span("colspan"),
            rows: span("rowspan"),
            right: self.is_at_right(node, element),
        }
    }

    /// Whether a cell, or the paragraph in it, says that its text stands at the right.
    fn is_at_right(&self, node: NodeId, cell: &'a Element) -> bool {
        let says = |(node, element): (NodeId, &'a Element)| {
            let style = self.sheet.style_of(node, element);
            let aligned = element
                .attribute("align")
                .map(|side| side.eq_ignore_ascii_case("right"));
            style.right.or(aligned)
        };
        let inside = self
            .dom
            .and_then(|dom| dom.children(node).find_map(|child| Some((child, dom.element(child)?))));
        inside.and_then(says).or_else(|| says((node, cell))).unwrap_or_default()
    }
}

impl<'a> Flow<'a> {
    /// A row of a table that only places things: its cells on one line if they are short, else one below the other.
    pub(super) fn layout_row(&mut self, node: NodeId, here: Here) {
        let Some(dom) = self.dom else { return };
        if let Some((marker, cell)) = bulleted(dom, node) {
            return self.bulleted_row(cell, &marker, here);
        }
        if is_short_row(dom, node) {
            return self.children(node, Here { in_row: true, ..here });
        }
        for cell in dom.children(node) {
            let before = self.blocks.len();
            self.node(cell, here);
            self.end_line();
            // What stands beside a cell of several lines is about something else.
            self.gap |= self.blocks.len() > before + 1;
        }
    }

    fn is_hidden(&self, node: NodeId, element: &'a Element) -> bool {
        is_unseen(element, &self.sheet.style_of(node, element))
    }
}

/// Puts columns of numbers at the right, where the mail leaves that to who reads it.
fn align_numbers(table: &mut Table) {
    let values = |table: &Table| table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let has_spans = table
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| cell.columns > 1 || cell.rows > 1);
    if has_spans {
        return;
    }
    for column in 0..values(table) {
        let cells = table
            .rows
            .iter()
            .filter(|row| !row.heading)
            .filter_map(|row| row.cells.get(column));
        let mut said = cells.filter(|cell| !cell.blocks.is_empty());
        let numbers = said.clone().filter(|cell| is_number(cell)).count();
        if numbers > 1 && said.all(is_number) {
            let cells = table.rows.iter_mut().filter_map(|row| row.cells.get_mut(column));
            cells.for_each(|cell| cell.right = true);
        }
    }
}

/// Whether a cell says a number: `1,240.00`, `-4.80 €`, `25 %`.
fn is_number(cell: &Cell) -> bool {
    let [block] = cell.blocks.as_slice() else { return false };
    let Some(words) = block.words() else { return false };
    let text = words.text().trim();
    let number = text.trim_matches(|c: char| "+-−–()$€£¥%".contains(c) || c.is_whitespace());
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}');
    number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(is_part)
}

/// Whether all that a cell says is bold, as a heading's in a table that has no `<th>`.
fn is_strong(cell: &Cell) -> bool {
    cell.blocks.iter().all(|block| {
        block
            .words()
            .is_some_and(|words| words.said(|role| role != Role::Strong).is_empty())
    })
}

pub(super) fn is_cell(element: &Element) -> bool {
    matches!(element.name(), "td" | "th")
}
