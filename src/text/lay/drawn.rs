//! How html2text is told to draw, and what its lines mean.

use std::rc::Rc;

use html2text::Colour;
use html2text::render::{TaggedLine, TextDecorator};

use super::super::cells;
use super::super::lines::{Role, Run};
use super::super::visible::visible;
use super::stand_in::StandIns;

/// Bullets, and what stands for each in a prefix: html2text counts a prefix in bytes.
const BULLETS: [(&str, &str); 3] = [("•", "*"), ("◦", "+"), ("▪", "#")];
/// What other markers stand behind that have more bytes than cells, each behind one of these for each of its cells.
const STAND_INS: &str = "!$%&,;=?@^_`{|}~";

/// What the numbers in a piece's HTML mean.
#[derive(Debug, Default)]
pub struct Drawing {
    /// What stands in front of the item of list 0, 1, …
    pub prefixes: Vec<String>,
    /// The markers that the characters of [`STAND_INS`] stand for.
    markers: Vec<String>,
    /// The roles of the colours 0, 1, …
    roles: Vec<Role>,
}

impl Drawing {
    /// The colour that stands for a role.
    pub fn colour_of(&mut self, role: Role) -> usize {
        // Plain text comes again and again; nothing else comes often enough to be looked for.
        match self.roles.iter().take(2).position(|known| *known == role) {
            Some(colour) => colour,
            None => {
                self.roles.push(role);
                self.roles.len() - 1
            }
        }
    }

    /// What stands in front of an item: its marker, `indent` cells wide.
    pub fn prefix(&mut self, marker: &str, indent: usize) -> String {
        let marker = if cells(marker) <= indent { marker } else { "" };
        let lead = " ".repeat(indent - cells(marker));
        let drawn = BULLETS.iter().fold(marker.to_owned(), |marker, (bullet, stand_in)| {
            marker.replace(bullet, stand_in)
        });
        lead + &match drawn.is_ascii() && !drawn.contains(|c| STAND_INS.contains(c)) {
            true => drawn,
            false => self.stand_in_for(marker),
        }
    }

    fn stand_in_for(&mut self, marker: &str) -> String {
        let said = marker.trim_end();
        let known = self.markers.iter().position(|known| known == said);
        let place = known.unwrap_or_else(|| {
            self.markers.push(said.to_owned());
            self.markers.len() - 1
        });
        // With more of them than there are, which no mail has, they are bullets.
        let stand_in = STAND_INS.get(place..=place).unwrap_or("*");
        stand_in.repeat(cells(said)) + &" ".repeat(cells(marker) - cells(said))
    }

    /// The marker that stands behind what was drawn.
    fn marker<'a>(&'a self, drawn: &'a str) -> &'a str {
        let bullet = BULLETS.iter().find(|(_, stand_in)| *stand_in == drawn);
        let first = drawn.chars().next();
        let place = first.and_then(|first| STAND_INS.find(first));
        let marker = place.and_then(|place| self.markers.get(place));
        match (bullet, marker) {
            (Some((bullet, _)), _) => bullet,
            (None, Some(marker)) => marker,
            (None, None) => drawn,
        }
    }

    fn role_of(&self, colour: Colour) -> Option<Role> {
        let number = u32::from_be_bytes([0, colour.r, colour.g, colour.b]);
        self.roles.get(usize::try_from(number).ok()?).copied()
    }
}

/// The decorator. It adds nothing to the text, and notes its role.
#[derive(Debug, Clone)]
pub struct Pen(pub Rc<Drawing>);

impl TextDecorator for Pen {
    /// The role of a stretch of text; none for what html2text draws.
    type Annotation = Option<Role>;

    fn push_colour(&mut self, colour: Colour) -> Option<Self::Annotation> {
        Some(self.0.role_of(colour))
    }

    fn pop_colour(&mut self) -> bool {
        true
    }

    fn ordered_item_prefix(&self, number: i64) -> String {
        let number = usize::try_from(number).ok();
        number
            .and_then(|number| self.0.prefixes.get(number))
            .cloned()
            .unwrap_or_default()
    }

    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }

    // A piece has none of the elements that the rest is about.

    fn decorate_link_start(&mut self, _: &str) -> (String, Self::Annotation) {
        Default::default()
    }

    fn decorate_link_end(&mut self) -> String {
        String::new()
    }

    fn decorate_em_start(&self) -> (String, Self::Annotation) {
        Default::default()
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, Self::Annotation) {
        Default::default()
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, Self::Annotation) {
        Default::default()
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, Self::Annotation) {
        Default::default()
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) -> Self::Annotation {
        None
    }

    fn decorate_preformat_cont(&self) -> Self::Annotation {
        None
    }

    fn decorate_image(&mut self, _: &str, _: &str) -> (String, Self::Annotation) {
        Default::default()
    }

    fn header_prefix(&self, _: usize) -> String {
        String::new()
    }

    fn quote_prefix(&self) -> String {
        String::new()
    }

    fn unordered_item_prefix(&self) -> String {
        String::new()
    }
}

/// The runs of a line that html2text has laid out.
pub fn runs(line: &TaggedLine<Vec<Option<Role>>>, stand_ins: &StandIns, drawing: &Drawing) -> Vec<Run> {
    let mut runs = Vec::new();
    for stretch in line.tagged_strings() {
        match stretch.tag.last().copied().flatten() {
            Some(role) => push(&mut runs, &visible(&stand_ins.read(&stretch.s)), role),
            None => push_drawn(&mut runs, &stretch.s, drawing),
        }
    }
    trim(&mut runs);
    runs
}

/// Removes what fills the last column of a table, or stands in front of nothing.
pub(super) fn trim(runs: &mut Vec<Run>) {
    while runs
        .last()
        .is_some_and(|run| run.role == Role::Plain && run.text.trim().is_empty())
    {
        runs.pop();
    }
}

/// Adds what html2text has drawn: spaces, lines, bullets.
fn push_drawn(runs: &mut Vec<Run>, drawn: &str, drawing: &Drawing) {
    let is_line = |c: char| matches!(c, '─'..='╿');
    for word in drawn.split_inclusive(|c: char| c == ' ' || is_line(c)) {
        let end = word.trim_end_matches(|c: char| c == ' ' || is_line(c)).len();
        let (marker, after) = word.split_at_checked(end).unwrap_or((word, ""));
        push(runs, drawing.marker(marker), Role::Bullet);
        let is_after_marker = !marker.is_empty() && after == " ";
        let role = match after {
            _ if is_after_marker => Role::Bullet,
            " " => Role::Plain,
            _ => Role::TableRule,
        };
        push(runs, after, role);
    }
}

/// Adds text to a line.
pub(super) fn push(runs: &mut Vec<Run>, text: &str, role: Role) {
    if text.is_empty() {
        return;
    }
    match runs.last_mut().filter(|last| last.role == role) {
        Some(last) => last.text = format!("{}{text}", last.text).into(),
        None => runs.push(Run {
            text: text.into(),
            role,
        }),
    }
}
