//! Tables: those with data become tables, those that only place things on the page become what is in them.

use std::collections::HashSet;

use super::super::blocks::{Cell, Content, Row, Table};
use super::super::html::{Data, Dom, Element, NodeId, declared, is_unseen};
use super::super::lines::Role;
use super::super::visible::is_blank;
use super::Flow;
use super::bulleted::{bulleted, is_list};
use super::here::Here;

/// A cell with more text than this holds an article, not a value.
const LONGEST_VALUE: usize = 400;
/// With more than this it does so even with lines around it.
const LONGEST_BOXED: usize = 1200;
/// With more than this it does so in a table that has tables in its cells.
const LONGEST_BESIDE_TABLE: usize = 100;
/// More columns than this cannot be read as a table on any screen.
const MAX_COLUMNS: usize = 64;
/// About a line.
const SHORT: usize = 60;
/// The letters that an image counts for.
const WORD: usize = 8;

/// The tables that hold other tables, those left out of account that are but a value: a button, a badge.
pub fn holding_tables(dom: &Dom) -> HashSet<NodeId> {
    let mut holding = HashSet::new();
    for (node, element) in dom.elements() {
        if element.name() != "table" || is_value(dom, node) {
            continue;
        }
        let mut above = dom.parent(node);
        while let Some(at) = above {
            if dom.element(at).is_some_and(|element| element.name() == "table") && !holding.insert(at) {
                break;
            }
            above = dom.parent(at);
        }
    }
    holding
}

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

/// Whether a row of cells or of items reads well as one line: a menu, small images with a word each, "Total" and a sum.
pub(super) fn is_short_row(dom: &Dom, node: NodeId) -> bool {
    let mut length = 0;
    let mut has_text = false;
    let inline = dom.descendants(node).all(|below| {
        length += match dom.data(below) {
            Data::Text(text) => {
                let letters = text.chars().filter(|c| !is_blank(*c)).count();
                has_text |= letters > 0;
                letters
            }
            Data::Element(element) if element.name() == "img" && element.attribute("alt") != Some("") => WORD,
            _ => 0,
        };
        length <= SHORT
            && match dom.element(below).map(Element::name) {
                Some("td" | "th") => {
                    has_text = false;
                    true
                }
                Some("div" | "p") if dom.parent(below) == Some(node) => {
                    has_text = false;
                    true
                }
                // Between a small image and the label below it.
                Some("br") => !has_text,
                Some(name) => matches!(name, "a" | "b" | "i" | "em" | "strong" | "span" | "font" | "img"),
                None => true,
            }
    });
    inline && length > 0
}

/// Whether a table in a cell of another stands there as a value: all that it says is a few words in one row.
fn is_value(dom: &Dom, table: NodeId) -> bool {
    /// A button within tables within links within spans has two dozen nodes.
    const LOOKED_AT: usize = 64;
    let (mut seen, mut length, mut rows, mut is_said) = (0, 0, 0, false);
    dom.descendants(table).all(|below| {
        let said = match dom.data(below) {
            Data::Text(text) => text.chars().filter(|c| !is_blank(*c)).take(SHORT + 1).count(),
            Data::Element(element) => match element.name() {
                "tr" => {
                    is_said = false;
                    0
                }
                "img" => WORD,
                "ul" | "ol" | "hr" | "pre" | "blockquote" => return false,
                _ => 0,
            },
            Data::Root => 0,
        };
        rows += usize::from(said > 0 && !is_said);
        is_said |= said > 0;
        (seen, length) = (seen + 1, length + said);
        seen <= LOOKED_AT && length <= SHORT && rows <= 1
    })
}

/// What is known about a table before it is read.
#[derive(Default)]
struct Facts {
    rows: usize,
    /// Rows with two or more cells that say something.
    rows_of_values: usize,
    cells: usize,
    images: usize,
    has_headings: bool,
    is_boxed: bool,
    /// Whether there are tables in cells.
    has_tables: bool,
    /// Lists, headings, quotes, or a cell with a long text: more than values.
    has_articles: bool,
    longest_text: usize,
    text_in_cell: usize,
    values_in_row: usize,
    most_cells: usize,
    /// Of the rows that have any.
    fewest_cells: Option<usize>,
    cells_in_row: usize,
}

impl Facts {
    fn end_cell(&mut self) {
        self.has_articles |= self.text_in_cell > LONGEST_VALUE;
        self.longest_text = self.longest_text.max(self.text_in_cell);
        self.values_in_row += usize::from(self.text_in_cell > 0);
        self.text_in_cell = 0;
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.rows_of_values += usize::from(self.values_in_row > 1);
        self.most_cells = self.most_cells.max(self.cells_in_row);
        if self.cells_in_row > 0 {
            let fewest = self.fewest_cells.unwrap_or(self.cells_in_row);
            self.fewest_cells = Some(fewest.min(self.cells_in_row));
        }
        (self.values_in_row, self.cells_in_row) = (0, 0);
    }

    /// Whether a table with tables in its cells holds data for all that: short values in rows that are all alike, headed or
    /// framed, or in more columns than a page has.
    fn has_data_for_all_that(&self) -> bool {
        const COLUMNS_OF_A_PAGE: usize = 2;
        let is_alike = self.fewest_cells == Some(self.most_cells) && self.rows_of_values > 1;
        let is_short = self.longest_text <= LONGEST_BESIDE_TABLE && !self.has_articles;
        let is_marked = self.has_headings || self.is_boxed;
        is_alike
            && is_short
            && self.images * 2 < self.cells
            && (is_marked || self.most_cells > COLUMNS_OF_A_PAGE && self.images == 0)
    }
}

/// Whether a table holds data, in whose cells there are no tables but such as are values.
fn has_data(dom: &Dom, node: NodeId, element: &Element) -> bool {
    if element
        .attribute("role")
        .is_some_and(|role| matches!(role, "presentation" | "none"))
    {
        return false;
    }
    let border = element
        .attribute("border")
        .is_some_and(|border| !matches!(border.trim(), "" | "0"));
    let mut facts = Facts {
        is_boxed: border,
        ..Facts::default()
    };
    let is_own = |part: NodeId| {
        let above = std::iter::successors(dom.parent(part), |at| dom.parent(*at));
        let mut tables = above.filter(|at| dom.element(*at).is_some_and(|element| element.name() == "table"));
        tables.next() == Some(node)
    };
    for below in dom.descendants(node) {
        match dom.data(below) {
            Data::Text(text) => facts.text_in_cell += text.chars().filter(|c| !is_blank(*c)).count(),
            Data::Element(element) => match element.name() {
                "table" => facts.has_tables = true,
                "tr" | "td" | "th" | "caption" | "thead" if facts.has_tables && !is_own(below) => {}
                "tr" => {
                    facts.end_row();
                    facts.rows += 1;
                }
                name @ ("td" | "th") => {
                    facts.end_cell();
                    facts.cells += 1;
                    facts.cells_in_row += 1;
                    facts.has_headings |= name == "th";
                    facts.is_boxed |= element.attribute("style").is_some_and(|style| declared(style).boxed);
                }
                "caption" | "thead" => facts.has_headings = true,
                "img" => facts.images += 1,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "hr" | "pre" => facts.has_articles = true,
                _ => {}
            },
            Data::Root => {}
        }
    }
    facts.end_row();
    if facts.rows_of_values == 0 || facts.most_cells > MAX_COLUMNS {
        return false;
    }
    if facts.has_tables {
        return facts.has_data_for_all_that();
    }
    if facts.has_headings || facts.is_boxed && facts.longest_text <= LONGEST_BOXED {
        return true;
    }
    let mostly_values = facts.rows_of_values > 1 && facts.rows_of_values * 2 >= facts.rows;
    mostly_values && !facts.has_articles && facts.images * 2 < facts.cells && !is_list(dom, node)
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
