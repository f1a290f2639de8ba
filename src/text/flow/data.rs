//! Which tables hold data, and which only place things on the page.

use std::collections::HashSet;

use super::super::html::{Data, Dom, Element, NodeId, declared};
use super::super::visible::is_blank;
use super::bulleted::is_list;

/// A cell with more text than this holds an article, not a value.
const LONGEST_VALUE: usize = 400;
/// With more than this it does so even with lines around it.
const LONGEST_BOXED: usize = 1200;
/// With more than this it does so in a table that has tables in its cells.
const LONGEST_BESIDE_TABLE: usize = 100;
/// More columns than this cannot be read as a table on any screen.
pub const MAX_COLUMNS: usize = 64;
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

/// Whether a row of cells or of items reads well as one line: a menu, small images with a word each, "Total" and a sum.
pub fn is_short_row(dom: &Dom, node: NodeId) -> bool {
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
pub fn has_data(dom: &Dom, node: NodeId, element: &Element) -> bool {
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
