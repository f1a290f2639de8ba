//! The room around elements: margins and padding.

use super::measure::{APART, ROOMY, pixels, sides};

/// The room that an element leaves around itself, in pixels: top, right, bottom and left.
#[derive(Default)]
pub struct Room {
    margin: [Option<f64>; 4],
    padding: [f64; 4],
}

impl Room {
    /// Notes a declaration; name and value in lower case.
    pub fn says(&mut self, name: &str, value: &str) {
        let side = |name: &str| {
            ["-top", "-right", "-bottom", "-left"]
                .iter()
                .position(|side| *side == name)
        };
        let size = pixels(value).unwrap_or_default();
        if let Some(margin) = name.strip_prefix("margin") {
            match side(margin) {
                Some(at) => self
                    .margin
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|side| *side = Some(size)),
                None if margin.is_empty() => self.margin = sides(value).map(Some),
                None => {}
            }
        } else if let Some(padding) = name.strip_prefix("padding") {
            match side(padding) {
                Some(at) => self.padding.iter_mut().skip(at).take(1).for_each(|side| *side = size),
                None if padding.is_empty() => self.padding = sides(value),
                None => {}
            }
        }
    }

    /// Whether it has room above or below; `None` where it is as usual.
    pub fn spaced(&self) -> Option<bool> {
        /// Word's `.0001pt` is none.
        const NONE: f64 = 0.2;
        let ([top, _, bottom, _], [over, _, under, _]) = (self.margin, self.padding);
        if [top.unwrap_or_default(), bottom.unwrap_or_default(), over, under]
            .iter()
            .any(|room| *room >= ROOMY)
        {
            return Some(true);
        }
        let has_none = |margin: Option<f64>| margin.is_some_and(|margin| margin.abs() < NONE);
        (has_none(top) && has_none(bottom)).then_some(false)
    }

    /// How far from the left it begins, in pixels.
    pub fn indent(&self) -> u16 {
        let [_, _, _, left] = self.margin;
        left.unwrap_or_default().clamp(0.0, f64::from(u16::MAX)) as u16
    }

    /// Whether it is pulled over something else.
    pub fn is_pulled(&self) -> bool {
        self.margin.iter().flatten().any(|margin| *margin < 0.0)
    }

    /// Whether it has room at its sides.
    pub fn apart(&self) -> bool {
        let ([_, right, _, left], [_, inner_right, _, inner_left]) = (self.margin, self.padding);
        let sides = [
            right.unwrap_or_default(),
            left.unwrap_or_default(),
            inner_right,
            inner_left,
        ];
        sides.iter().any(|room| *room >= APART)
    }
}
