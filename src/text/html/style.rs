//! What an element's `style` attribute says, as far as reading goes.

use super::hiding::Hiding;
use super::list_style::ListStyle;
use super::measure::{FontSize, Paint, ROOMY, WIDE, font_size, is_speck, is_transparent, pixels};
use super::room::Room;

/// The declarations that matter for reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Declared {
    /// Whether it is there to be seen at all.
    pub hiding: Hiding,
    /// Hidden from Outlook alone (`mso-hide:all`).
    pub hidden_from_outlook: bool,
    /// A font of next to no size (`Some(true)`), used to hide text and to swallow white space, or one of a size again.
    pub no_size: Option<bool>,
    /// The size of letters.
    pub font_size: Option<FontSize>,
    /// Letters that are transparent or coloured as what is behind them (`Some(true)`), or of a colour again.
    pub no_ink: Option<bool>,
    /// What letters are written with.
    pub ink: Option<Paint>,
    /// What is behind them.
    pub ground: Option<Paint>,
    /// Bold or no longer bold.
    pub strong: Option<bool>,
    /// Italic or upright again.
    pub emphasis: Option<bool>,
    /// Struck through.
    pub strike: bool,
    /// White space kept or no longer kept.
    pub keeps_space: Option<bool>,
    /// On lines of its own (`Some(true)`), or in the line whatever the element.
    pub block: Option<bool>,
    /// In the line like a word: `inline-block`.
    pub inline_block: bool,
    /// What is in it stands as items, each for itself.
    pub items: Option<Items>,
    /// Whether items stand one below the other.
    pub column: Option<bool>,
    /// At a side of what it stands in, or a cell of a table that is none in the markup: apart from what is beside it.
    pub aside: Option<bool>,
    /// With room above or below (`Some(true)`), or said to have none.
    pub spaced: Option<bool>,
    /// With room at its sides.
    pub apart: bool,
    /// How far from the left it begins, in pixels.
    pub indent: u16,
    /// Of a height that can be seen, even with nothing in it.
    pub tall: bool,
    /// At the right edge, as numbers are.
    pub right: Option<bool>,
    /// A line above: Outlook's border between an answer and what it answers.
    pub top_border: bool,
    /// A line at the left: Outlook's border beside what is answered.
    pub left_border: bool,
    /// Lines around.
    pub boxed: bool,
    /// An item of one of Word's lists, of this level.
    pub list_level: Option<u8>,
    /// The bullet or number that Word wrote into the text.
    pub list_marker: bool,
    /// How the items of a list are numbered.
    pub list_style: Option<ListStyle>,
    /// A part of the signature that Outlook put there.
    pub signature: bool,
}

/// What arranges the items in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Items {
    /// In a row, if nothing else is said.
    Flex,
    /// In one column, if nothing else is said.
    Grid,
}

/// How items stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// Beside each other.
    Row,
    /// One below the other.
    Column,
}

impl Declared {
    /// Whether it cannot be seen.
    pub fn is_hidden(&self) -> bool {
        self.hiding.is_hidden()
    }

    /// What holds where a style sheet says this and the element itself `own`.
    pub fn under(self, own: Declared) -> Declared {
        Declared {
            hiding: self.hiding.then(own.hiding),
            hidden_from_outlook: self.hidden_from_outlook || own.hidden_from_outlook,
            no_size: own.no_size.or(self.no_size),
            font_size: own.font_size.or(self.font_size),
            no_ink: own.no_ink.or(self.no_ink),
            ink: own.ink.or(self.ink),
            ground: own.ground.or(self.ground),
            strong: own.strong.or(self.strong),
            emphasis: own.emphasis.or(self.emphasis),
            strike: self.strike || own.strike,
            keeps_space: own.keeps_space.or(self.keeps_space),
            block: own.block.or(self.block),
            inline_block: self.inline_block || own.inline_block,
            items: own.items.or(self.items),
            column: own.column.or(self.column),
            aside: own.aside.or(self.aside),
            spaced: own.spaced.or(self.spaced),
            apart: self.apart || own.apart,
            indent: self.indent.max(own.indent),
            tall: self.tall || own.tall,
            right: own.right.or(self.right),
            top_border: self.top_border || own.top_border,
            left_border: self.left_border || own.left_border,
            boxed: self.boxed || own.boxed,
            list_level: own.list_level.or(self.list_level),
            list_marker: self.list_marker || own.list_marker,
            list_style: own.list_style.or(self.list_style),
            signature: self.signature || own.signature,
        }
    }
}

/// Reads a `style` attribute.
pub fn declared(style: &str) -> Declared {
    let mut declared = Declared::default();
    let mut room = Room::default();
    let (mut wide, mut afloat) = (false, false);
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.trim().to_ascii_lowercase();
        let important = value.ends_with("!important");
        let value = value.trim_end_matches("!important").trim_end();
        let name = name.trim().to_ascii_lowercase();
        room.says(&name, value);
        declared.hiding.says(&name, value, important);
        match name.as_str() {
            "display" => declared.displayed(value),
            "flex-direction" | "flex-flow" => declared.column = Some(value.contains("column")),
            "grid-template-columns" | "grid-template" => declared.column = Some(false),
            "float" => declared.aside = Some(value != "none"),
            "width" | "min-width" => wide |= value.ends_with('%') || pixels(value).is_some_and(|width| width >= WIDE),
            "mso-hide" => declared.hidden_from_outlook = value == "all",
            "height" => declared.tall |= pixels(value).is_some_and(|height| height >= ROOMY),
            "font-size" => declared.sized(value),
            "font" => declared.font(value),
            "color" => {
                declared.no_ink = Some(is_transparent(value));
                declared.ink = Paint::read(value);
            }
            "background" | "background-color" | "background-image" => declared.on(Paint::read(value)),
            "position" => afloat |= matches!(value, "absolute" | "fixed" | "relative"),
            "max-height" => afloat |= is_speck(value),
            "text-align" => declared.right = Some(matches!(value, "right" | "end")),
            "font-weight" => declared.strong = weight(value),
            "font-style" => declared.emphasis = Some(is_slanted(value)),
            "text-decoration" | "text-decoration-line" => declared.strike |= value.contains("line-through"),
            "white-space" => {
                declared.keeps_space = Some(matches!(value, "pre" | "pre-wrap" | "pre-line" | "break-spaces"))
            }
            "border" => declared.boxed = is_line(value),
            "border-top" | "border-top-style" | "border-block-start" | "border-block-start-style" => {
                declared.top_border = is_line(value)
            }
            "border-left" | "border-left-style" | "border-inline-start" | "border-inline-start-style" => {
                declared.left_border = is_line(value)
            }
            "border-style" => declared.lined(value),
            "list-style" | "list-style-type" => declared.list_style = ListStyle::of_css(value).or(declared.list_style),
            "mso-bookmark" => declared.signature |= value == "_mailautosig",
            "mso-list" => match value {
                "ignore" => declared.list_marker = true,
                _ => declared.list_level = level(value),
            },
            _ => {}
        }
    }
    if matches!((declared.ink, declared.ground), (Some(Paint::Plain(ink)), Some(Paint::Plain(ground))) if ink == ground)
    {
        declared.no_ink = Some(true);
    }
    if afloat || room.is_pulled() {
        // Over something that is not around it in the page.
        declared.ground = Some(Paint::Other);
    }
    declared.spaced = room.spaced();
    declared.apart = room.apart() || wide && declared.inline_block;
    declared.indent = room.indent();
    declared
}

impl Declared {
    fn displayed(&mut self, value: &str) {
        match value {
            "block" | "list-item" | "table" | "table-row" | "flow-root" => self.block = Some(true),
            "inline" => self.block = Some(false),
            "inline-block" => self.inline_block = true,
            "table-cell" => self.aside = Some(true),
            "flex" | "-webkit-flex" | "-ms-flexbox" => (self.block, self.items) = (Some(true), Some(Items::Flex)),
            "grid" => (self.block, self.items) = (Some(true), Some(Items::Grid)),
            "inline-flex" => self.items = Some(Items::Flex),
            "inline-grid" => self.items = Some(Items::Grid),
            _ => {}
        }
    }

    /// Whether what is in it stands as items one below the other, or beside each other. `None`: as words do.
    pub fn arrangement(&self) -> Option<Arrangement> {
        let column = self.column.unwrap_or(self.items? == Items::Grid);
        Some(if column { Arrangement::Column } else { Arrangement::Row })
    }

    /// Whether what is in it stands in one row, as far as that has room.
    pub fn is_one_row(&self) -> bool {
        self.items == Some(Items::Flex) && self.arrangement() == Some(Arrangement::Row)
    }

    /// Notes a background; a picture stays one whatever colour it has behind it.
    fn on(&mut self, ground: Option<Paint>) {
        if self.ground != Some(Paint::Other) {
            self.ground = ground.or(self.ground);
        }
    }

    fn sized(&mut self, value: &str) {
        self.no_size = Some(is_speck(value));
        self.font_size = font_size(value);
    }

    /// `font: italic bold 16px/22px Arial`: what comes before the family.
    fn font(&mut self, value: &str) {
        for word in value.split_ascii_whitespace() {
            let size = word.split('/').next().unwrap_or_default();
            if weight(word).is_some() && !size.ends_with("px") {
                self.strong = weight(word);
            } else if is_slanted(word) {
                self.emphasis = Some(true);
            } else if font_size(size).is_some() {
                return self.sized(size);
            }
        }
    }
}

impl Declared {
    /// `border-style: solid none none`, as the new Outlook writes the borders of the old: top, right, bottom and left.
    fn lined(&mut self, value: &str) {
        let mut sides = value.split_ascii_whitespace().map(is_line);
        let top = sides.next().unwrap_or_default();
        let right = sides.next().unwrap_or(top);
        let left = sides.nth(1).unwrap_or(right);
        (self.top_border, self.left_border) = (top && !left, left && !top);
    }
}

fn is_slanted(value: &str) -> bool {
    matches!(value, "italic" | "oblique")
}

fn weight(value: &str) -> Option<bool> {
    match value {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse::<u16>().ok().map(|weight| weight >= 600),
    }
}

fn is_line(value: &str) -> bool {
    ["solid", "double", "dashed", "dotted"]
        .iter()
        .any(|kind| value.contains(kind))
}

/// The level in Word's `l0 level2 lfo1`.
fn level(value: &str) -> Option<u8> {
    value
        .split_ascii_whitespace()
        .find_map(|word| word.strip_prefix("level")?.parse().ok())
}

#[cfg(test)]
mod tests;
