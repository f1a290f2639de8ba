use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageFormat, Rgb};

use super::*;

const SIZE: Size = Size { width: 4, height: 2 };
/// The pixels of so many cells of 6 × 12.
const PIXELS: (u32, u32) = (24, 24);
const BLOCKS: Way = Way::HalfBlocks(Colours::All);

/// Red above, blue below.
fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |_, y| {
        if y < height / 2 {
            Rgb([255, 0, 0])
        } else {
            Rgb([0, 0, 255])
        }
    })
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95)
        .encode_image(picture)
        .unwrap();
    bytes
}

/// The symbol of the first cell, and how many others there are of each kind.
fn parts(picture: &Picture) -> (&str, usize, usize) {
    let cells = &picture.cells().content;
    let empty = cells.iter().filter(|cell| cell.symbol().is_empty()).count();
    let forced = cells
        .iter()
        .filter(|cell| cell.diff_option == CellDiffOption::ForcedWidth(std::num::NonZeroU16::MIN));
    (cells[0].symbol(), empty, forced.count())
}

#[test]
fn half_blocks_have_two_pixels_in_each_cell() {
    let drawn = draw(&png(&flag(4, 4)), BLOCKS, (4, 4), SIZE).unwrap();
    let colours: Vec<(Color, Color)> = drawn.cells().content.iter().map(|cell| (cell.fg, cell.bg)).collect();
    let (red, blue) = (Color::Rgb(255, 0, 0), Color::Rgb(0, 0, 255));
    assert_eq!(colours, [vec![(red, red); 4], vec![(blue, blue); 4]].concat());
    let few = draw(&png(&flag(4, 4)), Way::HalfBlocks(Colours::Palette), (4, 4), SIZE).unwrap();
    let first = &few.cells().content[0];
    assert_eq!((first.fg, first.bg), (Color::Indexed(196), Color::Indexed(196)));
    assert_eq!(parts(&few), (" ", 0, 0));
}

/// <https://sw.kovidgoyal.net/kitty/graphics-protocol/>
#[test]
fn kitty_gets_the_pixels_and_placeholders_for_them() {
    let drawn = draw(&png(&flag(48, 48)), Way::Kitty, PIXELS, SIZE).unwrap();
    let (first, empty, forced) = parts(&drawn);
    assert_eq!((empty, forced), (0, 8), "every cell shows its own part");
    let commands: Vec<&str> = first
        .split("\x1b_G")
        .skip(1)
        .map(|command| command.split_once("\x1b\\").unwrap().0)
        .collect();
    let (control, _) = commands[0].split_once(';').unwrap();
    let keys: Vec<&str> = control.split(',').collect();
    // Silent, this image, to be shown by placeholders, 32 bits a pixel, sent directly, so wide, so high.
    for key in ["q=2", "i=6712692", "a=T", "U=1", "f=32", "t=d", "s=24", "v=24"] {
        assert!(keys.contains(&key), "{key} in {control}");
    }
    let payloads = commands.iter().map(|command| command.split_once(';').unwrap().1);
    assert!(payloads.clone().all(|payload| payload.len() <= 4096));
    let more: Vec<bool> = commands.iter().map(|command| command.contains("m=1")).collect();
    assert_eq!(more.iter().filter(|more| !**more).count(), 1);
    assert_eq!(more.last(), Some(&false));
    let pixels = STANDARD.decode(payloads.collect::<String>()).unwrap();
    assert_eq!(pixels.len(), 24 * 24 * 4);
    assert_eq!(
        (&pixels[..4], &pixels[24 * 24 * 4 - 4..]),
        (&[255, 0, 0, 255][..], &[0, 0, 255, 255][..])
    );
    let after = first.rsplit("\x1b\\").next().unwrap();
    assert_eq!(
        after, "\u{10eeee}\u{305}\u{305}\u{305}",
        "row 0, column 0, and no more than 24 bits of a number"
    );
    let [_, red, green, blue] = KITTY_IMAGE.to_be_bytes();
    assert!(
        drawn
            .cells()
            .content
            .iter()
            .all(|cell| cell.fg == Color::Rgb(red, green, blue))
    );
    assert_eq!(
        drawn.cells().content[4].symbol(),
        "\u{10eeee}\u{30d}\u{305}\u{305}",
        "row 1"
    );
}

/// <https://vt100.net/docs/vt3xx-gp/chapter14.html>
#[test]
fn sixels_are_one_string_that_is_ended() {
    let drawn = draw(&png(&flag(48, 48)), Way::Sixel, PIXELS, SIZE).unwrap();
    let (first, empty, forced) = parts(&drawn);
    assert_eq!((empty, forced), (7, 1));
    let emptied = "\x1b[4X\x1b[1B\x1b[4X\x1b[1B\x1b[2A";
    let sixels = first.strip_prefix(emptied).unwrap();
    let body = sixels.strip_prefix("\x1bP").unwrap().strip_suffix("\x1b\\").unwrap();
    let (parameters, body) = body.split_once('q').unwrap();
    assert!(
        parameters.chars().all(|c| c.is_ascii_digit() || c == ';'),
        "{parameters}"
    );
    assert!(body.contains("\"1;1;24;24"), "square pixels, so wide and high: {body}");
    assert_eq!(body.matches('-').count(), 4, "four bands of six pixels: {body}");
    assert!(body.chars().all(|c| ('!'..='~').contains(&c)), "{body}");
    assert!(
        body.contains(";2;100;0;0") && body.contains(";2;0;0;100"),
        "red and blue: {body}"
    );
}

/// <https://iterm2.com/documentation-images.html>
#[test]
fn iterm2_gets_a_file_to_be_shown_inline() {
    let drawn = draw(&png(&flag(24, 24)), Way::Iterm2, PIXELS, SIZE).unwrap();
    let (first, empty, forced) = parts(&drawn);
    assert_eq!((empty, forced), (7, 1));
    let command = first
        .split_once("\x1b]1337;File=")
        .unwrap()
        .1
        .strip_suffix('\x07')
        .unwrap();
    let (arguments, file) = command.split_once(':').unwrap();
    let file = STANDARD.decode(file).unwrap();
    let size = format!("size={}", file.len());
    for argument in ["inline=1", &size, "width=24px", "height=24px", "doNotMoveCursor=1"] {
        assert!(
            arguments.split(';').any(|given| given == argument),
            "{argument} in {arguments}"
        );
    }
    assert_eq!(image::load_from_memory(&file).unwrap().into_rgb8(), flag(24, 24));
}

#[test]
fn what_is_not_square_loses_its_margins_and_takes_no_more_memory_than_it_has_pixels() {
    for (width, height) in [(1, 2_048), (2_048, 1), (1, 1), (48, 24), (640, 480)] {
        let photo = DynamicImage::ImageRgb8(flag(width, height));
        let middle = middle(photo, 800, 800);
        let side = width.min(height);
        assert_eq!(middle.dimensions(), (side, side), "{width}×{height}");
        assert!(
            draw(&png(&flag(width, height)), BLOCKS, (4, 4), SIZE).is_some(),
            "{width}×{height}"
        );
    }
    let wide = middle(DynamicImage::ImageRgb8(flag(100, 100)), 200, 100);
    assert_eq!(
        wide.dimensions(),
        (100, 50),
        "cells are not always twice as high as wide"
    );
}

/// A PNG that says of itself what it likes.
fn boasting(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(&flag(4, 4));
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = u32::MAX;
    for byte in &bytes[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

#[test]
fn what_is_no_photo_is_not_drawn() {
    let whole = jpeg(&flag(96, 96));
    let mut huge_jpeg = whole.clone();
    let frame = huge_jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    huge_jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    let mut padded = whole.clone();
    padded.resize(LARGEST_FILE + 1, 0);
    let animated =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("words", "<html>Bitte anmelden 山田</html>".into()),
        ("a moving GIF", animated.to_vec()),
        ("the head of a JPEG", whole[..40].to_vec()),
        ("half a PNG", png(&flag(64, 64))[..60].to_vec()),
        ("a PNG of 4,000,000,000 pixels", boasting(2_000_000, 2_000)),
        ("a PNG that is wider than a photo", boasting(LARGEST_SIDE + 1, 4)),
        ("a PNG of the largest number", boasting(u32::MAX >> 1, u32::MAX >> 1)),
        ("a JPEG of 65,535 × 65,535", huge_jpeg),
        ("a file of more than 4 MB", padded),
    ] {
        assert_eq!(draw(&bytes, BLOCKS, (4, 4), SIZE), None, "{what}");
    }
    assert!(draw(&whole, BLOCKS, (4, 4), SIZE).is_some());
}

#[test]
fn much_memory_is_not_taken_for_a_small_file() {
    // As wide and high as may be, at 64 bits a pixel.
    let deep = vec![0u8; (LARGEST_SIDE * LARGEST_SIDE * 8) as usize];
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, PngFilter::NoFilter)
        .write_image(&deep, LARGEST_SIDE, LARGEST_SIDE, ExtendedColorType::Rgba16)
        .unwrap();
    assert!(bytes.len() < LARGEST_FILE, "{}", bytes.len());
    assert_eq!(draw(&bytes, BLOCKS, (4, 4), SIZE), None);
}

#[test]
fn colours_find_their_next_in_the_palette() {
    for (rgb, number) in [
        ((0, 0, 0), 16),
        ((255, 255, 255), 231),
        ((255, 0, 0), 196),
        ((95, 135, 175), 67),
        ((8, 8, 8), 232),
        ((128, 128, 128), 244),
        ((238, 238, 238), 255),
        ((100, 130, 180), 67),
    ] {
        assert_eq!(
            in_palette(Color::Rgb(rgb.0, rgb.1, rgb.2)),
            Color::Indexed(number),
            "{rgb:?}"
        );
    }
    assert_eq!(in_palette(Color::Reset), Color::Reset);
}

#[test]
fn a_brush_measures_what_it_fills() {
    let size = Size { width: 20, height: 10 };
    let cell = || Some((9, 19));
    let pixels = |way| Brush { way, cell }.pixels(size);
    assert_eq!(pixels(BLOCKS), Some((20, 20)));
    assert_eq!(pixels(Way::Sixel), Some((180, 190)));
    let blind = Brush {
        way: Way::Kitty,
        cell: || None,
    };
    assert_eq!(blind.pixels(size), None);
}
