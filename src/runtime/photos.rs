//! Photos: taken from the store or read from Graph, and drawn for this terminal, off the UI thread. What comes may be
//! anything: it is measured before it is decoded, and what is no picture counts as no photo.

use std::io::Cursor;

use image::imageops::{FilterType, resize};
use image::{DynamicImage, ImageReader, Limits, RgbImage};
use jiff::{SignedDuration, Timestamp};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Rect, Size as Cells};
use ratatui::style::Color;
use ratatui::widgets::Widget;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;

use super::jobs::Jobs;
use crate::app::{PhotoOrder, PhotoOutcome, Picture, What};
use crate::config::{Colours, Drawing, Emulator, Layout, Way};
use crate::domain::Text;
use crate::graph::Urgency;
use crate::layout::Size;
use crate::protocol::{Problem, ProblemKind};
use crate::store::Photo;
use crate::ui::KITTY_IMAGE;

/// Graph takes photos below 4 MB.
const LARGEST_FILE: usize = 4 << 20;
/// Three times as wide and high as the largest that Exchange keeps.
const LARGEST_SIDE: u32 = 2_048;
/// What decoding may take.
const MOST_MEMORY: u64 = 24 << 20;
/// From this age on a kept photo is read again of which no mark is known.
const OLD: SignedDuration = SignedDuration::from_hours(24);
/// How many pixels wide and high a cell can be. Of some terminals the system knows what they cannot have meant.
const CELL_PIXELS: std::ops::RangeInclusive<u16> = 2..=100;

/// How many pixels a cell of the terminal has: width and height. The system knows it of most; nothing is asked of the
/// terminal.
pub type Cell = (u16, u16);

/// What photos are drawn with.
#[derive(Debug, Clone, Copy)]
pub struct Brush {
    /// The way to draw.
    pub way: Way,
    /// Measures a cell; it may change at any time.
    pub cell: fn() -> Option<Cell>,
}

impl Brush {
    /// The brush for this terminal, if photos are drawn at all, and why it is this one.
    pub fn choose(layout: &Layout, colourless: bool, emulator: &Emulator) -> (Option<Self>, Drawing) {
        let drawing = Drawing::decide(layout, colourless, emulator, measure().is_some());
        let brush = drawing.way.map(|way| Brush { way, cell: measure });
        (brush, drawing)
    }

    /// How many pixels wide and high a photo of so many cells is.
    fn pixels(&self, size: Size) -> Option<(u32, u32)> {
        let (width, height) = match self.way {
            // A cell has two pixels, one above the other.
            Way::HalfBlocks(_) => (1, 2),
            Way::Kitty | Way::Sixel | Way::Iterm2 => (self.cell)()?,
        };
        Some((
            u32::from(size.width) * u32::from(width),
            u32::from(size.height) * u32::from(height),
        ))
    }
}

fn measure() -> Option<Cell> {
    let window = ratatui::crossterm::terminal::window_size().ok()?;
    let cell = (
        window.width.checked_div(window.columns)?,
        window.height.checked_div(window.rows)?,
    );
    (CELL_PIXELS.contains(&cell.0) && CELL_PIXELS.contains(&cell.1)).then_some(cell)
}

impl Jobs {
    /// Draws a photo: the kept one at once; Graph's where there is none, or where it is old.
    pub(super) async fn photo(&self, order: PhotoOrder) {
        let Some((brush, pixels)) = self.brush.and_then(|brush| Some((brush, brush.pixels(order.size)?))) else {
            return self.tell_of(&order, PhotoOutcome::Nothing).await;
        };
        let wide = pixels.0.max(pixels.1);
        let key = u16::try_from(wide).unwrap_or(u16::MAX);
        let held = self.keeper.held().await;
        let person = order.person.clone();
        let kept = match &held {
            Some(held) => held.ask(move |store| store.photo(&person, key)).await.flatten(),
            None => None,
        };
        if let Some(photo) = &kept {
            let picture = draw_apart(photo.bytes.clone(), brush, pixels, order.size).await;
            self.tell_of(&order, shown(picture)).await;
            if !order.anew && is_current(photo, order.etag.as_ref()) {
                return;
            }
        }
        let bytes = match self
            .client
            .photo(&order.person, wide, order.largest, Urgency::Ahead)
            .await
        {
            Ok(bytes) => bytes,
            // That it may not be seen may change with the next permission: it is not kept that there is none.
            Err(problem) if problem.kind == ProblemKind::Forbidden => {
                note(&problem);
                self.tell_of(&order, PhotoOutcome::Nothing).await;
                if let Some(held) = held {
                    held.keep(move |store| store.forget_photo(&order.person));
                }
                return;
            }
            Err(problem) => {
                note(&problem);
                if kept.is_none() {
                    self.tell_of(&order, PhotoOutcome::Unread).await;
                }
                return;
            }
        };
        let is_new = kept.is_none_or(|kept| kept.bytes != bytes);
        let picture = draw_apart(bytes.clone(), brush, pixels, order.size).await;
        // What cannot be drawn is not worth its place on the disk.
        let bytes = bytes.filter(|_| picture.is_some());
        if is_new {
            self.tell_of(&order, shown(picture)).await;
        }
        if let Some(held) = held {
            let photo = Photo {
                bytes,
                etag: order.etag.as_ref().map(Text::to_string),
                read_at: Timestamp::now(),
            };
            held.keep(move |store| store.keep_photo(&order.person, key, &photo));
        }
    }

    async fn tell_of(&self, order: &PhotoOrder, outcome: PhotoOutcome) {
        let id = order.id;
        // The loop has ended when this fails: nobody waits for the answer.
        let _ = self.inbox.send(What::Photo { id, outcome }).await;
    }
}

/// What is no picture counts as no photo.
fn shown(picture: Option<Picture>) -> PhotoOutcome {
    picture.map_or(PhotoOutcome::Nothing, PhotoOutcome::Drawn)
}

/// Whether a kept photo is the one that Graph has: by its mark, or where that is not known by its age.
fn is_current(kept: &Photo, etag: Option<&Text>) -> bool {
    match (&kept.etag, etag) {
        (Some(kept), Some(etag)) => kept == etag.as_str(),
        _ => Timestamp::now().duration_since(kept.read_at).abs() < OLD,
    }
}

/// Not in the words that people see: the photo was not what they asked for.
fn note(problem: &Problem) {
    tracing::info!(kind = ?problem.kind, status = problem.status, "a photo could not be read");
}

/// Draws a photo on a thread that may be as slow as it likes, and may come to grief over a file that is made to do harm.
async fn draw_apart(bytes: Option<Vec<u8>>, brush: Brush, pixels: (u32, u32), size: Size) -> Option<Picture> {
    let bytes = bytes?;
    let drawn = tokio::task::spawn_blocking(move || draw(&bytes, brush.way, pixels, size)).await;
    drawn.unwrap_or_else(|error| {
        tracing::warn!(panicked = error.is_panic(), "a photo could not be drawn");
        None
    })
}

/// Draws a photo of so many pixels into so many cells. `None` where it is no picture.
fn draw(bytes: &[u8], way: Way, (width, height): (u32, u32), size: Size) -> Option<Picture> {
    let photo = middle(decoded(bytes)?, width, height);
    let photo = DynamicImage::ImageRgb8(resize(&photo, width, height, FilterType::Triangle));
    let cells = Cells::new(size.width, size.height);
    let protocol = match way {
        Way::HalfBlocks(_) => Halfblocks::new(photo, cells).map(Protocol::Halfblocks),
        Way::Kitty => Kitty::new(photo, cells, KITTY_IMAGE, false, false).map(Protocol::Kitty),
        Way::Sixel => Sixel::new(photo, cells, false).map(Protocol::Sixel),
        Way::Iterm2 => Iterm2::new(photo, cells, false).map(Protocol::ITerm2),
    };
    let protocol = protocol.inspect_err(|error| tracing::warn!(%error, "a photo could not be drawn"));
    let area = Rect::from((ratatui::layout::Position::ORIGIN, cells));
    let mut buffer = Buffer::empty(area);
    Image::new(&protocol.ok()?).render(area, &mut buffer);
    for cell in &mut buffer.content {
        if cell.diff_option == CellDiffOption::Skip {
            cell.set_symbol("").set_diff_option(CellDiffOption::None);
        }
        if way == Way::HalfBlocks(Colours::Palette) {
            (cell.fg, cell.bg) = (in_palette(cell.fg), in_palette(cell.bg));
        }
    }
    Some(Picture::new(buffer))
}

/// Decodes a JPEG or PNG that is no larger than a photo can be. Of a moving picture it is the first.
fn decoded(bytes: &[u8]) -> Option<DynamicImage> {
    if bytes.len() > LARGEST_FILE {
        return None;
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    reader.decode().ok()
}

/// As much of the middle as has the shape of so many pixels.
fn middle(photo: DynamicImage, width: u32, height: u32) -> RgbImage {
    let (from_width, from_height) = (photo.width(), photo.height());
    let scaled = |side: u32, by: u32, to: u32| (u64::from(side) * u64::from(by) / u64::from(to).max(1)) as u32;
    let wide = scaled(from_height, width, height).clamp(1, from_width);
    let high = scaled(from_width, height, width).clamp(1, from_height);
    let (left, top) = ((from_width - wide) / 2, (from_height - high) / 2);
    photo.crop_imm(left, top, wide, high).into_rgb8()
}

/// The colour of xterm's palette that is next to another: of its cube of 6 × 6 × 6, or of its 24 greys.
fn in_palette(colour: Color) -> Color {
    let Color::Rgb(red, green, blue) = colour else {
        return colour;
    };
    let parts = [red, green, blue].map(i32::from);
    let distance = |other: [i32; 3]| -> i32 { parts.iter().zip(other).map(|(a, b)| (a - b).pow(2)).sum() };
    let step = |part: i32| if part < 48 { 0 } else { ((part - 35) / 40).min(5) };
    let level = |step: i32| if step == 0 { 0 } else { 55 + 40 * step };
    let steps = parts.map(step);
    let [red, green, blue] = steps;
    let cube = (16 + 36 * red + 6 * green + blue, steps.map(level));
    let shade = ((parts.iter().sum::<i32>() / 3 - 3) / 10).clamp(0, 23);
    let grey = (232 + shade, [8 + 10 * shade; 3]);
    let (number, _) = if distance(grey.1) < distance(cube.1) {
        grey
    } else {
        cube
    };
    u8::try_from(number).map_or(colour, Color::Indexed)
}

#[cfg(test)]
mod tests;
