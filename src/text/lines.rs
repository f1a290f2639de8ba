//! What a body becomes: lines of runs, each run with a role.

use super::find::Folded;
use super::folds::Fold;
use crate::domain::Text;

/// A body laid out for a width.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typeset {
    /// The lines. A line's cells and its [`quote_margin`] together never exceed the width asked for.
    pub lines: Vec<Line>,
    /// Where the links go, in the order of their numbers, which start at 1.
    pub links: Vec<Link>,
    /// What can be folded away, top to bottom.
    pub folds: Vec<Fold>,
    /// What the reader should know about the layout, such as that the body was cut.
    pub notice: Option<Text>,
    /// The same in the form in which it is searched.
    pub(super) folded: Folded,
}

/// One line on the screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// The line's text, left to right. No run is empty.
    pub runs: Vec<Run>,
    /// How deep the line is quoted: 0 is the author's own words, 1 what was answered, and so on.
    pub quote: u8,
    /// What part of a mail the line belongs to.
    pub part: Part,
}

/// A stretch of text with one role.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Clean text without line breaks or control characters.
    pub text: Box<str>,
    /// What it is.
    pub role: Role,
}

/// The parts of a mail that a reader tells apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// What somebody wrote.
    #[default]
    Body,
    /// The line or block that names who is quoted ("On … wrote:", "From: … Sent: …").
    QuoteHeader,
    /// What is set off as a quote, with nothing that says whose it is: words out of a book, a comment that is told of.
    Extract,
    /// What follows "-- ", or what a mail program marks as the signature.
    Signature,
    /// The last lines of a newsletter or of a mailing list's mail, which say how to leave it.
    SmallPrint,
}

/// What a run is. `ui` maps it to a style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    #[default]
    Plain,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Important text.
    Strong,
    /// Stressed text.
    Emphasis,
    /// Both.
    StrongEmphasis,
    /// Deleted text.
    Strike,
    /// Code or preformatted text.
    Code,
    /// The text of the link with this number.
    Link(u16),
    /// The `[3]` after link 3.
    LinkNumber(u16),
    /// What stands for an image.
    Image,
    /// Lines drawn in and around tables, and horizontal rules.
    TableRule,
    /// The bullet or number of a list item.
    Bullet,
}

/// Where a link goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Its number in the text, from 1. One target has one number, however often it is linked.
    pub number: u16,
    /// The exact target: for opening and copying only, never for display.
    pub url: String,
    /// The linked text.
    pub label: Text,
    /// The target for display: host in ASCII, Outlook's "safe links" wrapping taken off.
    pub shown: Text,
    /// Whether the label reads like an address other than the one it goes to.
    pub elsewhere: bool,
}

impl Link {
    /// The one of a body's `links` that has a number.
    pub fn numbered(links: &[Link], number: u16) -> Option<&Link> {
        links.get(usize::from(number).checked_sub(1)?)
    }
}

/// Cells that one level of quoting takes at the left of a line.
const QUOTE_CELLS: u16 = 2;

/// The cells to leave free, or to fill with bars, at the left of a line quoted `quote` deep in a pane `width` wide:
/// two for each level, as long as they leave three quarters of the width to the text.
pub fn quote_margin(quote: u8, width: u16) -> u16 {
    (u16::from(quote) * QUOTE_CELLS).min(width / 4 / QUOTE_CELLS * QUOTE_CELLS)
}

impl Line {
    /// The line's visible text.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| &*run.text).collect()
    }
}
