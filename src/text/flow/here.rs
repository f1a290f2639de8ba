//! What holds at a place in the tree and is inherited by all below it.

use super::super::html::{Arrangement, Declared, Element, FontSize, NodeId, Paint, is_word_paragraph};
use super::super::lines::{Part, Role};

/// What is inherited.
#[derive(Debug, Clone, Copy, Default)]
pub struct Here {
    pub part: Part,
    /// Cells to the left of the text.
    pub indent: u16,
    /// Lists around.
    pub lists: u8,
    /// Elements around.
    pub depth: u16,
    /// Whether line breaks and spaces count.
    pub keeps_space: bool,
    /// The size of letters, in pixels.
    pub size: u16,
    /// Whether text has no size and is not seen.
    pub no_size: bool,
    /// Whether text has no colour of its own and is not seen.
    pub no_ink: bool,
    /// What letters are written with, and what is behind them, where that is known.
    pub ink: Option<u32>,
    pub ground: Option<u32>,
    /// Whether nothing is seen but what says that it is to be.
    pub unseen: bool,
    /// Whether this is set off as a quote by a line beside it, and by nothing else.
    pub extract: bool,
    /// Whether this was a plain text mail, where `>` means a quote.
    pub text_mail: bool,
    /// Whether Word's written-out list markers are left out, the list having its own.
    pub skips_markers: bool,
    /// The marker that is left out for the same reason, where Word's own words for it are lost.
    pub skipped: Option<NodeId>,
    /// Whether the cells of a table's row, or the items of another, go on one line.
    pub in_row: bool,
    /// Whether this is such a cell.
    pub in_line: bool,
    /// How what is right in here is arranged.
    pub items: Option<Arrangement>,
    /// Whether this is in a cell of a table of data, where there are no tables.
    pub in_value: bool,
    pub strong: bool,
    pub emphasis: bool,
    pub strike: bool,
    pub code: bool,
    /// 0: none.
    pub heading: u8,
    /// 0: none.
    pub link: u16,
}

impl Here {
    /// What holds inside an element.
    pub fn inside(mut self, element: &Element, style: &Declared) -> Here {
        self.depth = self.depth.saturating_add(1);
        self.items = style.arrangement();
        match element.name() {
            "b" | "strong" | "dt" => self.strong = true,
            "em" | "i" | "cite" | "dfn" | "var" | "ins" | "address" => self.emphasis = true,
            "s" | "strike" | "del" => self.strike = true,
            "code" | "kbd" | "samp" | "tt" => self.code = true,
            "pre" => {
                self.keeps_space = true;
                // Thunderbird, K-9 and Exchange put plain text mails into one, with a class that says so.
                let class = element.attribute("class").unwrap_or_default();
                self.code = !["moz-", "k9mail", "PlainText"].iter().any(|mail| class.contains(mail));
            }
            "textarea" => self.keeps_space = true,
            "font" => {
                let size = element.attribute("size").and_then(FontSize::of_font);
                self.size = size.map_or(self.size, |size| size.pixels(self.size));
            }
            "big" => self.size = FontSize::Percent(120).pixels(self.size),
            "small" => self.size = FontSize::Percent(83).pixels(self.size),
            "h1" => self.heading = 1,
            "h2" => self.heading = 2,
            "h3" => self.heading = 3,
            "h4" => self.heading = 4,
            "h5" => self.heading = 5,
            "h6" => self.heading = 6,
            _ => {}
        }
        self.strong = style.strong.unwrap_or(self.strong);
        self.emphasis = style.emphasis.unwrap_or(self.emphasis);
        self.strike |= style.strike;
        self.keeps_space = style.keeps_space.unwrap_or(self.keeps_space);
        self.size = style.font_size.map_or(self.size, |size| size.pixels(self.size));
        self.no_size = style.no_size.unwrap_or(self.no_size);
        // Links have a colour of their own.
        let is_link = element.name() == "a" && element.attribute("href").is_some();
        self.no_ink = style.no_ink.unwrap_or(self.no_ink && !is_link);
        self.paint(element, style, is_link);
        if style.signature || element.attribute("name") == Some("_MailAutoSig") {
            self.part = Part::Signature;
        }
        self
    }

    /// Notes the colours that an element has by its style, or by the attributes of old.
    fn paint(&mut self, element: &Element, style: &Declared, is_link: bool) {
        let said = |name: &str| {
            element
                .attribute(name)
                .and_then(|value| Paint::read(&value.to_ascii_lowercase()))
        };
        let plain = |paint: Paint| match paint {
            Paint::Plain(colour) => Some(colour),
            Paint::Other => None,
        };
        let (ink, ground) = match element.name() {
            _ if is_link => (Some(Paint::Other), None),
            "font" => (said("color"), None),
            "body" => (said("text"), said("bgcolor")),
            "table" | "tr" | "td" | "th" => {
                let picture = element.attribute("background").map(|_| Paint::Other);
                (None, picture.or_else(|| said("bgcolor")))
            }
            _ => (None, None),
        };
        self.ink = style.ink.or(ink).map_or(self.ink, plain);
        self.ground = style.ground.or(ground).map_or(self.ground, plain);
    }

    /// Whether letters have the colour of what is behind them.
    pub fn is_blended(&self) -> bool {
        self.ink.is_some() && self.ink == self.ground
    }

    /// The role of text here.
    pub fn role(&self) -> Role {
        match self {
            Here { link: 1.., .. } => Role::Link(self.link),
            Here { code: true, .. } => Role::Code,
            Here { heading: 1.., .. } => Role::Heading(self.heading),
            Here { strike: true, .. } => Role::Strike,
            Here {
                strong: true,
                emphasis: true,
                ..
            } => Role::StrongEmphasis,
            Here { strong: true, .. } => Role::Strong,
            Here { emphasis: true, .. } => Role::Emphasis,
            _ => Role::Plain,
        }
    }
}

/// How an element stands in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// In the line.
    Inline,
    /// On lines of its own.
    Block,
    /// On lines of its own, with empty ones around.
    Spaced,
}

/// How an element stands in the page.
pub fn display(element: &Element, style: &Declared, here: &Here) -> Display {
    let spaced = |yes: bool| if yes { Display::Spaced } else { Display::Block };
    let has_room = style.spaced == Some(true);
    match element.name() {
        "td" | "th" if here.in_row => Display::Inline,
        "div" | "p" if here.in_row && here.items == Some(Arrangement::Row) => Display::Inline,
        "div" | "p" if style.block == Some(false) => Display::Inline,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "figure" | "pre" | "fieldset" => Display::Spaced,
        "p" if is_word_paragraph(element) => spaced(has_room && here.lists == 0),
        "p" => spaced(style.spaced != Some(false) && here.lists == 0),
        "ul" | "ol" | "dl" | "menu" | "dir" => spaced(here.lists == 0),
        "address" | "article" | "aside" | "body" | "caption" | "center" | "dd" | "details" | "dialog" | "div"
        | "dt" | "figcaption" | "footer" | "form" | "header" | "hgroup" | "html" | "legend" | "li" | "main" | "nav"
        | "option" | "section" | "summary" | "table" | "tbody" | "td" | "textarea" | "tfoot" | "th" | "thead"
        | "tr" => spaced(has_room && here.lists == 0),
        _ if style.block == Some(true) || here.items == Some(Arrangement::Column) => {
            spaced(has_room && here.lists == 0)
        }
        _ => Display::Inline,
    }
}
