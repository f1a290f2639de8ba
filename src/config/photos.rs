//! How photos are drawn: what the person wants, and what the environment tells of the terminal. The terminal itself is
//! asked nothing: over a slow line its answer would come late and be taken for keys.

#[cfg(test)]
mod tests;

use serde::Deserialize;

use super::Layout;

/// What `[layout] photos` says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Photos {
    /// As the terminal is known to draw them, else in half blocks.
    #[default]
    Auto,
    /// In kitty's protocol.
    Kitty,
    /// As sixels.
    Sixel,
    /// In iTerm2's protocol.
    Iterm2,
    /// In half blocks: letters of two colours.
    Halfblocks,
    /// Not at all.
    None,
}

/// A way to draw a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// <https://sw.kovidgoyal.net/kitty/graphics-protocol/>, with Unicode placeholders.
    Kitty,
    /// <https://vt100.net/docs/vt3xx-gp/chapter14.html>
    Sixel,
    /// <https://iterm2.com/documentation-images.html>
    Iterm2,
    /// Two pixels in each cell.
    HalfBlocks(Colours),
}

impl Way {
    /// Its name in the config file.
    pub fn name(self) -> &'static str {
        match self {
            Way::Kitty => "kitty",
            Way::Sixel => "sixel",
            Way::Iterm2 => "iterm2",
            Way::HalfBlocks(_) => "halfblocks",
        }
    }
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colours {
    /// Sixteen, or fewer.
    #[default]
    Few,
    /// The 256 of xterm's palette.
    Palette,
    /// 24 bits of them.
    All,
}

/// How photos are drawn, and why so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawing {
    /// How; `None` where they are not.
    pub way: Option<Way>,
    /// Why, in words that complete "because".
    pub why: &'static str,
}

/// What the environment tells of the terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Emulator {
    /// A protocol that it is known to understand, and by what it was recognised.
    known: Option<(Way, &'static str)>,
    /// What lies between the program and the terminal, so that the terminal is not known.
    between: Option<&'static str>,
    colours: Colours,
}

/// What terminals are recognised by: a variable, how its value begins, and what they understand. A terminal that was
/// started from another inherits that one's variables, but for `TERM`, which therefore comes first.
const KNOWN: &[(&str, &str, Way, &str)] = &[
    ("TERM", "xterm-kitty", Way::Kitty, "TERM says kitty"),
    ("TERM", "xterm-ghostty", Way::Kitty, "TERM says Ghostty"),
    ("TERM", "foot", Way::Sixel, "TERM says foot"),
    ("TERM", "contour", Way::Sixel, "TERM says Contour"),
    ("TERM", "mlterm", Way::Sixel, "TERM says mlterm"),
    ("TERM_PROGRAM", "ghostty", Way::Kitty, "TERM_PROGRAM says Ghostty"),
    ("TERM_PROGRAM", "iTerm.app", Way::Iterm2, "TERM_PROGRAM says iTerm2"),
    ("TERM_PROGRAM", "WezTerm", Way::Iterm2, "TERM_PROGRAM says WezTerm"),
    ("TERM_PROGRAM", "mintty", Way::Iterm2, "TERM_PROGRAM says mintty"),
    // Of kitty's protocol it has no placeholders.
    ("KONSOLE_VERSION", "2", Way::Iterm2, "KONSOLE_VERSION is set"),
    ("KITTY_WINDOW_ID", "", Way::Kitty, "KITTY_WINDOW_ID is set"),
];

/// What lies between: a variable, how its value begins, and the words for it.
const BETWEEN: &[(&str, &str, &str)] = &[
    ("TMUX", "", "it runs inside tmux"),
    ("TERM", "tmux", "it runs inside tmux"),
    ("STY", "", "it runs inside screen"),
    ("TERM", "screen", "it runs inside screen or tmux"),
    ("ZELLIJ", "", "it runs inside Zellij"),
    ("SSH_CONNECTION", "", "it runs over SSH"),
    ("SSH_TTY", "", "it runs over SSH"),
];

/// Terminals of sixteen colours at most, by how `TERM` begins.
const COLOURLESS: &[&str] = &["linux", "vt", "ansi", "dumb", "cons", "sun"];

impl Emulator {
    /// Reads variables.
    pub(super) fn from_variables(word: impl Fn(&str) -> Option<String>) -> Self {
        let begins = |variable: &str, start: &str| word(variable).is_some_and(|value| value.starts_with(start));
        let known = KNOWN.iter().find(|(variable, start, ..)| begins(variable, start));
        let known = known.map(|(_, _, way, seen)| (*way, *seen));
        let between = BETWEEN.iter().find(|(variable, start, _)| begins(variable, start));
        let all = word("COLORTERM").is_some_and(|depth| matches!(depth.as_str(), "truecolor" | "24bit"));
        let colours = match word("TERM") {
            None => Colours::Few,
            Some(term) if COLOURLESS.iter().any(|start| term.starts_with(start)) => Colours::Few,
            // tmux turns colours that its own terminal does not have into those that it has.
            Some(term) if all || known.is_some() || term.starts_with("tmux") || term.ends_with("-direct") => {
                Colours::All
            }
            Some(_) => Colours::Palette,
        };
        Emulator {
            known,
            between: between.map(|(_, _, seen)| *seen),
            colours,
        }
    }

    fn usual(&self) -> (Option<Way>, &'static str) {
        match (self.between, self.known) {
            (Some(between), _) => (Some(self.blocks()), between),
            (None, Some((way, seen))) => (Some(way), seen),
            (None, None) => (Some(self.blocks()), "the terminal is not known to draw pictures"),
        }
    }

    fn blocks(&self) -> Way {
        Way::HalfBlocks(self.colours)
    }
}

impl Drawing {
    /// Decides how photos are drawn. `has_pixels`: the system knows how many pixels a cell of the terminal has.
    pub fn decide(layout: &Layout, colourless: bool, emulator: &Emulator, has_pixels: bool) -> Drawing {
        const SAID: &str = "the config file says so";
        let (way, why) = match layout.photos {
            _ if layout.low_bandwidth => (None, "low_bandwidth is on"),
            Photos::None => (None, SAID),
            Photos::Auto => emulator.usual(),
            Photos::Kitty => (Some(Way::Kitty), SAID),
            Photos::Sixel => (Some(Way::Sixel), SAID),
            Photos::Iterm2 => (Some(Way::Iterm2), SAID),
            Photos::Halfblocks => (Some(emulator.blocks()), SAID),
        };
        let (way, why) = match way {
            Some(Way::Kitty | Way::Sixel | Way::Iterm2) if !has_pixels => {
                let why = "the terminal does not tell how many pixels a cell has";
                (Some(emulator.blocks()), why)
            }
            way => (way, why),
        };
        match way {
            Some(Way::HalfBlocks(_)) if colourless => Drawing {
                way: None,
                why: "half blocks need colours, and they are turned off",
            },
            Some(Way::HalfBlocks(Colours::Few)) => Drawing {
                way: None,
                why: "the terminal has too few colours, going by TERM",
            },
            way => Drawing { way, why },
        }
    }
}
