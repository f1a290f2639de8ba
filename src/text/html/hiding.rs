//! Whether a style lets something be seen. Style sheets and the element itself each say a part of it, property by property,
//! and the last word on each counts, unless an earlier one was `!important`.

use super::measure::{is_empty_clip, is_far_off, is_out_of_reach, is_speck, is_zero, takes_away};

/// The places of the properties: first those that hide alone.
const DISPLAY: usize = 0;
const CONTENT: usize = 1;
const TEXT_INDENT: usize = 2;
const MARGIN: usize = 3;
const CLIP: usize = 4;
const ZOOM: usize = 5;
/// These hide what no animation brings to light.
const VISIBILITY: usize = 6;
const OPACITY: usize = 7;
const FILTER: usize = 8;
const SCALE: usize = 9;
const TRANSFORM: usize = 10;
const CLIP_PATH: usize = 11;
const ANIMATION: usize = 12;
/// Having no room hides what is cut off where that ends.
const HEIGHT: usize = 13;
const MAX_HEIGHT: usize = 14;
const WIDTH: usize = 15;
const MAX_WIDTH: usize = 16;
const OVERFLOW: usize = 17;
/// Being far off hides what is placed at all.
const LEFT: usize = 18;
const TOP: usize = 19;
const RIGHT: usize = 20;
const POSITION: usize = 21;
const PROPERTIES: usize = 22;

/// What `display` may say; anything else is no word at all.
const DISPLAYS: [&str; 16] = [
    "none",
    "block",
    "inline",
    "inline-block",
    "list-item",
    "flex",
    "inline-flex",
    "grid",
    "inline-grid",
    "flow-root",
    "contents",
    "initial",
    "inherit",
    "unset",
    "-webkit-box",
    "revert",
];

/// What is said of each of the properties that can hide something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hiding([Said; PROPERTIES]);

/// What is said of a property.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Said {
    #[default]
    Nothing,
    Hides {
        important: bool,
    },
    Shows {
        important: bool,
    },
}

impl Said {
    fn then(self, after: Said) -> Said {
        let is_important = |said| matches!(said, Said::Hides { important: true } | Said::Shows { important: true });
        match (self, after) {
            (before, Said::Nothing) => before,
            (before, after) if is_important(before) && !is_important(after) => before,
            (_, after) => after,
        }
    }

    fn hides(self) -> bool {
        matches!(self, Said::Hides { .. })
    }
}

impl Hiding {
    /// Notes a declaration; name and value in lower case.
    pub fn says(&mut self, name: &str, value: &str, important: bool) {
        let (place, hides) = match name {
            "display" if !DISPLAYS.contains(&value) && !value.contains("table") => return,
            "display" => (DISPLAY, value == "none"),
            "content-visibility" => (CONTENT, value == "hidden"),
            "text-indent" => (TEXT_INDENT, is_far_off(value)),
            "margin" | "margin-left" | "margin-top" => (MARGIN, value.split(' ').any(is_out_of_reach)),
            "clip" => (CLIP, is_empty_clip(value)),
            "zoom" => (ZOOM, is_zero(value)),
            "visibility" => (VISIBILITY, matches!(value, "hidden" | "collapse")),
            "opacity" => (OPACITY, is_zero(value)),
            "filter" | "-webkit-filter" => (FILTER, takes_away(value)),
            "scale" => (SCALE, value.split(' ').any(is_zero)),
            "transform" | "-webkit-transform" => (TRANSFORM, takes_away(value)),
            "clip-path" | "-webkit-clip-path" => (CLIP_PATH, is_empty_clip(value)),
            "animation" | "animation-name" | "-webkit-animation" => (ANIMATION, value == "none"),
            "height" => (HEIGHT, is_speck(value)),
            "max-height" => (MAX_HEIGHT, is_speck(value)),
            "width" => (WIDTH, is_speck(value)),
            "max-width" => (MAX_WIDTH, is_speck(value)),
            "overflow" | "overflow-x" | "overflow-y" => (OVERFLOW, value != "visible"),
            "left" => (LEFT, is_far_off(value)),
            "top" => (TOP, is_far_off(value)),
            "right" => (RIGHT, is_far_off(value)),
            "position" => (POSITION, matches!(value, "absolute" | "fixed")),
            _ => return,
        };
        let said = match hides {
            true => Said::Hides { important },
            false => Said::Shows { important },
        };
        if let Some(before) = self.0.get_mut(place) {
            *before = before.then(said);
        }
    }

    /// What holds where this is said first and `after` then.
    pub fn then(mut self, after: Hiding) -> Hiding {
        if !after.is_silent() {
            let both = self.0.iter_mut().zip(after.0);
            both.for_each(|(said, after)| *said = said.then(after));
        }
        self
    }

    /// Whether it cannot be seen.
    pub fn is_hidden(&self) -> bool {
        let hides = |place: usize| self.0.get(place).is_some_and(|said| said.hides());
        let is_animated = matches!(self.0.get(ANIMATION), Some(Said::Shows { .. }));
        !self.is_silent()
            && ((DISPLAY..=ZOOM).any(hides)
                || !is_animated && (VISIBILITY..=CLIP_PATH).any(hides)
                || hides(OVERFLOW) && (HEIGHT..=MAX_WIDTH).any(hides)
                || hides(POSITION) && (LEFT..=RIGHT).any(hides))
    }

    /// Whether it is only that the letters are not seen (`visibility`), which what is in it may be all the same.
    pub fn is_only_invisible(&self) -> bool {
        let mut others = *self;
        if let Some(said) = others.0.get_mut(VISIBILITY) {
            *said = Said::Nothing;
        }
        self.is_hidden() && !others.is_hidden()
    }

    /// Whether `visibility` says that it is to be seen, even in what is not.
    pub fn is_visible(&self) -> bool {
        matches!(self.0.get(VISIBILITY), Some(Said::Shows { .. }))
    }

    /// Whether `display` says that it is there.
    pub fn is_displayed(&self) -> bool {
        matches!(self.0.get(DISPLAY), Some(Said::Shows { .. }))
    }

    /// Whether it says nothing that could hide something or show it again.
    pub fn is_silent(&self) -> bool {
        *self == Hiding::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(style: &str) -> Hiding {
        let mut hiding = Hiding::default();
        for declaration in style.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let (value, important) = match declaration.1.strip_suffix("!important") {
                Some(value) => (value, true),
                None => (declaration.1, false),
            };
            hiding.says(declaration.0, value, important);
        }
        hiding
    }

    #[test]
    fn one_declaration_hides_or_two_together() {
        for style in [
            "display:none",
            "display:block;display:none",
            "display:none;display:nonsense",
            "visibility:hidden",
            "opacity:0",
            "text-indent:-999em",
            "clip:rect(0,0,0,0)",
            "zoom:0",
            "scale:1 0",
            "transform:scale(0)",
            "-webkit-transform:rotate(3deg) scale3d(0, 0, 0)",
            "transform:translate(0, -9999px)",
            "transform:translatex(9999px)",
            "clip-path:inset(50%)",
            "clip-path:circle(0)",
            "clip-path:polygon(0 0, 0 0, 0 0)",
            "filter:opacity(0)",
            "content-visibility:hidden",
            "margin-left:-9999px",
            "margin:0 0 0 -999em",
            "animation:none;opacity:0",
            "height:0;overflow:hidden",
            "max-width:0;overflow-x:hidden",
            "width:1px;overflow:auto",
            "position:absolute;left:-9999px",
            "position:fixed;right:-9999px",
        ] {
            assert!(of(style).is_hidden(), "{style}");
        }
        for style in [
            "",
            "display:none;display:inline",
            "display:table-cell",
            "max-height:0",
            "overflow:hidden",
            "height:0;overflow:visible",
            "height:0;overflow:hidden;height:auto",
            "left:-9999px",
            "position:absolute;left:-9px",
            "opacity:0.5",
            "zoom:1",
            "scale:0.5",
            "transform:scale(1, 0.5) translate(-50%, -300px)",
            "transform:scale3d(1,1,0)",
            "transform:rotate(0)",
            "transform:none",
            "clip-path:inset(0 10%)",
            "clip-path:polygon(0 0, 100% 0, 0 100%)",
            "filter:opacity(50%)",
            "filter:blur(0)",
            "content-visibility:auto",
            "margin-left:-600px",
            "margin:0 auto",
            "opacity:0;transform:scale(0);animation:appear 1s forwards",
        ] {
            assert!(!of(style).is_hidden(), "{style}");
        }
    }

    #[test]
    fn the_last_word_counts_unless_an_earlier_one_is_important() {
        for (first, then, expected) in [
            ("display:none", "display:block", false),
            ("display:none!important", "display:block", true),
            ("display:none!important", "display:block!important", false),
            ("overflow:hidden", "max-height:0", true),
            ("overflow:hidden;max-height:0", "max-height:none", false),
            ("display:none;visibility:hidden", "display:block", true),
            ("display:block", "", false),
        ] {
            assert_eq!(of(first).then(of(then)).is_hidden(), expected, "{first} {then}");
        }
        assert!(of("visibility:hidden").is_only_invisible());
        assert!(!of("visibility:hidden;display:none").is_only_invisible());
        assert!(of("visibility:visible").is_visible() && !of("visibility:hidden").is_visible());
        assert!(of("color:red").is_silent());
        assert!(!of("display:block").is_silent());
    }
}
