//! Styles, in as few bytes as they take (ECMA-48 §8.3.117, "select graphic rendition").

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// What shows even where no letter stands.
const VISIBLE_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Each modifier, what switches it on and what switches it off. Two share a switch: what one switches off, the other
/// must switch on again.
const SWITCHES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// What a terminal draws letters with. The default is its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pen {
    letters: Color,
    ground: Color,
    underline: Color,
    modifier: Modifier,
}

impl Pen {
    /// What a cell is drawn with.
    pub(super) fn of(cell: &Cell) -> Self {
        Pen {
            letters: cell.fg,
            ground: cell.bg,
            underline: cell.underline_color,
            modifier: cell.modifier,
        }
    }

    /// Whether a cell drawn with this looks as it should: nobody sees the weight and the colour of a space.
    pub(super) fn suits(&self, cell: &Cell) -> bool {
        if is_blank(cell) {
            self.ground == cell.bg && !self.modifier.intersects(VISIBLE_ON_BLANK)
        } else {
            *self == Pen::of(cell)
        }
    }

    /// The sequence that makes of this pen another; empty where they are equal.
    pub(super) fn becomes(&self, other: &Pen) -> String {
        if self == other {
            return String::new();
        }
        let changed = sequence(&self.changes(other));
        let mut anew = Pen::default().changes(other);
        if !anew.is_empty() {
            anew.insert(0, 0);
        }
        let anew = sequence(&anew);
        if anew.len() < changed.len() { anew } else { changed }
    }

    fn changes(&self, other: &Pen) -> Vec<u8> {
        let mut codes = Vec::new();
        let mut held = self.modifier;
        for (modifier, _, off) in SWITCHES {
            if held.contains(modifier) && !other.modifier.contains(modifier) {
                codes.push(off);
                for (shared, _, same) in SWITCHES {
                    if same == off {
                        held.remove(shared);
                    }
                }
            }
        }
        for (modifier, on, _) in SWITCHES {
            if other.modifier.contains(modifier) && !held.contains(modifier) {
                codes.push(on);
            }
        }
        for (from, to, first) in [
            (self.letters, other.letters, 30),
            (self.ground, other.ground, 40),
            (self.underline, other.underline, 50),
        ] {
            if from != to {
                colour(&mut codes, to, first);
            }
        }
        codes
    }
}

/// Whether a cell shows its ground and nothing else.
pub(super) fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(VISIBLE_ON_BLANK)
}

/// Whether two cells cannot be told apart on a screen. It is asked of every cell of every frame.
#[inline(always)]
pub(super) fn look_alike(one: &Cell, other: &Cell) -> bool {
    let same = match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([one], [other]) => one == other,
        (one, other) => one == other,
    };
    // A blank cell looks like no other, but its colours may differ.
    same && (Pen::of(one) == Pen::of(other) || (one.bg == other.bg && is_blank(one) && is_blank(other)))
}

fn sequence(codes: &[u8]) -> String {
    let codes: Vec<String> = codes.iter().map(u8::to_string).collect();
    format!("\x1b[{}m", codes.join(";"))
}

/// Adds the codes of a colour: from 30 on for letters, 40 for the ground, 50 for underlines, which have no short codes.
fn colour(codes: &mut Vec<u8>, colour: Color, first: u8) {
    match (colour, number(colour)) {
        (Color::Reset, _) => codes.push(first + 9),
        (Color::Rgb(red, green, blue), _) => codes.extend([first + 8, 2, red, green, blue]),
        (_, Some(number @ 0..8)) if first < 50 => codes.push(first + number),
        (_, Some(number @ 8..16)) if first < 50 => codes.push(first + 60 + (number - 8)),
        (_, number) => codes.extend([first + 8, 5, number.unwrap_or_default()]),
    }
}

/// The number of a colour in the terminal's own palette.
fn number(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(number) => number,
        Color::Reset | Color::Rgb(..) => return None,
    })
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    fn pen(style: Style) -> Pen {
        let mut cell = Cell::default();
        cell.set_style(style);
        Pen::of(&cell)
    }

    #[test]
    fn the_shortest_way_from_style_to_style() {
        let plain = Style::new();
        let dim = plain.add_modifier(Modifier::DIM);
        let bold = plain.add_modifier(Modifier::BOLD);
        for (from, to, said) in [
            (plain, plain, ""),
            (plain, dim, "^[2m"),
            (dim, plain, "^[m"),
            (bold, dim, "^[0;2m"),
            (bold.patch(dim), dim, "^[0;2m"),
            (dim, dim.fg(Color::Magenta), "^[35m"),
            (dim.fg(Color::Magenta), dim, "^[39m"),
            (plain, plain.fg(Color::LightBlue).bg(Color::Gray), "^[94;47m"),
            (plain, plain.fg(Color::Indexed(200)), "^[38;5;200m"),
            (
                plain,
                plain.bg(Color::Rgb(1, 2, 3)).underline_color(Color::Red),
                "^[48;2;1;2;3;58;5;1m",
            ),
            (bold.fg(Color::Red), bold.fg(Color::Blue), "^[34m"),
            (
                bold.bg(Color::Rgb(100, 100, 100)),
                dim.bg(Color::Rgb(100, 100, 100)),
                "^[22;2m",
            ),
        ] {
            let sequence = pen(from).becomes(&pen(to)).replace('\x1b', "^");
            assert_eq!(sequence, said, "{from:?} → {to:?}");
        }
    }

    #[test]
    fn a_space_has_no_weight_but_has_a_ground() {
        let mut space = Cell::default();
        space.set_style(Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        assert!(Pen::default().suits(&space));
        assert!(look_alike(&space, &Cell::default()));
        space.set_style(Style::new().add_modifier(Modifier::UNDERLINED));
        assert!(!Pen::default().suits(&space));
        assert!(!pen(Style::new().bg(Color::Blue)).suits(&Cell::default()));
        assert!(!look_alike(&space, &Cell::default()));
    }
}
