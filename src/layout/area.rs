//! Rectangles of cells, and how boxes are cut out of them.

/// The size of the terminal, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// What a photo takes in the profile viewer.
pub const PHOTO: Size = Size { width: 20, height: 10 };
/// Cells that stay free between the rows and the photo: a terminal may draw an emoji wider than it is said to be.
pub const PHOTO_GAP: u16 = 2;
/// From this on there is room for one beside the rows.
const ROOMY: Size = Size { width: 60, height: 12 };

impl Size {
    /// Whether it is at least as wide and as high as `other`.
    pub fn holds(self, other: Size) -> bool {
        self.width >= other.width && self.height >= other.height
    }
}

impl Area {
    /// Everything below the title row.
    pub fn content(self) -> Area {
        Area {
            y: self.y.saturating_add(1),
            height: self.height.saturating_sub(1),
            ..self
        }
    }

    /// The title row.
    pub fn title(self) -> Area {
        Area {
            height: self.height.min(1),
            ..self
        }
    }

    /// Columns and rows.
    pub fn size(self) -> Size {
        Size {
            width: self.width,
            height: self.height,
        }
    }

    /// Where a photo lies in the profile viewer: at the top right, if there is room.
    pub fn photo(self) -> Option<Area> {
        self.size().holds(ROOMY).then(|| Area {
            x: self.x + (self.width - PHOTO.width),
            y: self.y,
            width: PHOTO.width,
            height: PHOTO.height,
        })
    }

    /// A box of at most `width` × `height` in the middle of this area.
    pub fn centred(self, width: u16, height: u16) -> Area {
        let (width, height) = (width.min(self.width), height.min(self.height));
        Area {
            x: self.x + (self.width - width) / 2,
            y: self.y + (self.height - height) / 2,
            width,
            height,
        }
    }

    /// A box over the panes in the middle of this area, with so many cells and rows inside, at most.
    pub fn boxed(self, width: u16, rows: usize) -> Area {
        let rows = rows.clamp(1, usize::from(self.height).max(1)) as u16;
        self.centred(width.saturating_add(4), rows.saturating_add(2))
    }

    /// A box like [`Area::boxed`] that lies as close to a cell as it can without covering its row: below it, or above it
    /// where that has more room and below is too little.
    pub fn boxed_at(self, (x, y): (u16, u16), width: u16, rows: usize) -> Area {
        let boxed = self.boxed(width, rows);
        let bottom = self.y.saturating_add(self.height);
        let y = y.min(bottom.saturating_sub(1)).max(self.y);
        let above = y - self.y;
        let below = bottom.saturating_sub(y.saturating_add(1));
        let is_below = below >= boxed.height || below >= above;
        let height = boxed.height.min(if is_below { below } else { above });
        let right = self.x.saturating_add(self.width.saturating_sub(boxed.width));
        Area {
            x: x.clamp(self.x, right),
            y: if is_below { bottom - below } else { y - height },
            height,
            ..boxed
        }
    }

    /// The inside of a box.
    pub fn framed(self) -> Area {
        Area {
            x: self.x + 2.min(self.width),
            y: self.y + 1.min(self.height),
            width: self.width.saturating_sub(4),
            height: self.height.saturating_sub(2),
        }
    }

    /// The upper `rows` and the rest.
    pub(super) fn split_rows(self, rows: u16) -> (Area, Area) {
        let rows = rows.min(self.height);
        (
            Area { height: rows, ..self },
            Area {
                y: self.y + rows,
                height: self.height - rows,
                ..self
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_at_a_cell_covers_neither_its_row_nor_what_is_outside() {
        for (width, height) in [(0, 0), (1, 1), (24, 4), (80, 22), (u16::MAX, u16::MAX)] {
            let area = Area {
                x: 3.min(u16::MAX - width),
                y: 2.min(u16::MAX - height),
                width,
                height,
            };
            for x in [0, 3, 40, 82, 90, u16::MAX] {
                for y in [0, 2, 3, 12, 22, 23, 30, u16::MAX] {
                    let boxed = area.boxed_at((x, y), 46, 6);
                    assert!(boxed.height == 0 || y < boxed.y || y >= boxed.y + boxed.height);
                    assert!(boxed.x >= area.x && boxed.x + boxed.width <= area.x + area.width);
                    assert!(boxed.height == 0 || boxed.y >= area.y && boxed.y + boxed.height <= area.y + area.height);
                }
            }
        }
        let area = Area {
            x: 0,
            y: 0,
            width: 80,
            height: 22,
        };
        let place = |x, y| {
            let boxed = area.boxed_at((x, y), 46, 6);
            (boxed.x, boxed.y, boxed.width, boxed.height)
        };
        assert_eq!(place(5, 10), (5, 11, 50, 8));
        assert_eq!(place(70, 20), (30, 12, 50, 8), "above, and not over the edge");
    }
}
