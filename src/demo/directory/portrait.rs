//! Pictures: drawn for those who have one, and read from those who put one up. Exchange keeps each in several sizes.
//! <https://learn.microsoft.com/graph/api/profilephoto-get>

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, crop_imm, resize};
use image::{ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use crate::demo::ids::digest;

/// The sizes that Exchange keeps, in pixels: both width and height.
pub const SIZES: [u32; 9] = [48, 64, 96, 120, 240, 360, 432, 504, 648];
/// Nobody's picture is wider or higher.
const LARGEST: u32 = 10_000;
const QUALITY: u8 = 85;

/// A picture that somebody put up: the square in its middle.
#[derive(Clone, Debug)]
pub struct Upload {
    picture: RgbImage,
    /// Tells it from others.
    pub mark: u64,
}

impl Upload {
    /// Reads a JPEG; nothing where it is none.
    pub fn read(jpeg: &[u8]) -> Option<Upload> {
        let mut reader = ImageReader::with_format(std::io::Cursor::new(jpeg), ImageFormat::Jpeg);
        let mut limits = Limits::default();
        limits.max_image_width = Some(LARGEST);
        limits.max_image_height = Some(LARGEST);
        reader.limits(limits);
        let picture = reader.decode().ok()?.into_rgb8();
        let side = picture.width().min(picture.height());
        let (left, top) = ((picture.width() - side) / 2, (picture.height() - side) / 2);
        Some(Upload {
            picture: crop_imm(&picture, left, top, side, side).to_image(),
            mark: digest(53, jpeg),
        })
    }

    /// The sizes it comes in: those that are no larger than it was, or its own where it is smaller than all.
    pub fn sizes(&self) -> Vec<u32> {
        let side = self.picture.width();
        let sizes: Vec<u32> = SIZES.into_iter().filter(|size| *size <= side).collect();
        if sizes.is_empty() { vec![side] } else { sizes }
    }

    /// The JPEG of one size.
    pub fn jpeg(&self, size: u32) -> Option<Vec<u8>> {
        encoded(&resize(&self.picture, size, size, FilterType::Triangle))
    }
}

fn encoded(picture: &RgbImage) -> Option<Vec<u8>> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode_image(picture)
        .ok()?;
    Some(jpeg)
}

/// Somebody in front of an evening sky, always the same for the same mark.
pub fn drawn(mark: u64, size: u32) -> Option<Vec<u8>> {
    let tone = |shift: u32| ((mark >> shift) & 0xFF) as f32 / 255.0;
    let coat = [0.25 + 0.5 * tone(0), 0.2 + 0.4 * tone(8), 0.3 + 0.5 * tone(16)];
    let (lean, height) = (0.44 + 0.12 * tone(24), 0.36 + 0.08 * tone(32));
    let sky = |v: f32| [0.16 + 0.5 * v * tone(40), 0.18 + 0.25 * v, 0.45 - 0.2 * v * tone(48)];
    let picture = RgbImage::from_fn(size, size, |x, y| {
        let (u, v) = ((x as f32 + 0.5) / size as f32, (y as f32 + 0.5) / size as f32);
        let from_face = ((u - lean).powi(2) + (v - height).powi(2)).sqrt();
        let from_shoulders = ((u - 0.5) / 0.4).powi(2) + ((v - 1.05) / 0.42).powi(2);
        let colour = if from_face < 0.19 {
            [0.98, 0.84 - from_face, 0.62 - from_face]
        } else if from_shoulders < 1.0 {
            coat
        } else {
            let glow = (0.5 - from_face).max(0.0);
            sky(v).map(|part| part + glow)
        };
        Rgb(colour.map(|part| (part.clamp(0.0, 1.0) * 255.0) as u8))
    });
    encoded(&picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of(jpeg: &[u8]) -> (u32, u32) {
        let picture = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn a_picture_is_drawn_the_same_every_time_and_differs_from_others() {
        let one = drawn(7, 64).unwrap();
        assert_eq!(size_of(&one), (64, 64));
        assert_eq!(drawn(7, 64).unwrap(), one);
        assert_ne!(drawn(!7, 64).unwrap(), one);
    }

    #[test]
    fn what_is_put_up_comes_in_no_larger_sizes_than_it_was() {
        let wide = encoded(&RgbImage::from_pixel(130, 100, Rgb([9, 9, 9]))).unwrap();
        let upload = Upload::read(&wide).unwrap();
        assert_eq!(upload.sizes(), [48, 64, 96]);
        assert_eq!(size_of(&upload.jpeg(64).unwrap()), (64, 64));
        let tiny = encoded(&RgbImage::from_pixel(20, 30, Rgb([9, 9, 9]))).unwrap();
        assert_eq!(Upload::read(&tiny).unwrap().sizes(), [20]);
        assert!(
            Upload::read(b"GIF89a").is_none() && Upload::read(&wide[..40]).is_none() && Upload::read(b"").is_none()
        );
    }
}
