//! A frame as a picture: rectangles for backgrounds and lines, text in runs of one style, each held to its cells.

use std::borrow::Cow;
use std::fmt::Write;

use folkmoot::text::cells;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// A cell, in pixels.
const WIDE: f32 = 8.4;
const HIGH: f32 = 18.0;
/// Where letters stand in a cell.
const BASELINE: f32 = 13.5;
/// Around the screen.
const MARGIN: f32 = 12.0;

const BACKGROUND: &str = "#16181d";
const FOREGROUND: &str = "#d6d9e0";
const FONTS: &str =
    "'JetBrains Mono','Cascadia Mono','SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK JP',monospace";

/// What a cell looks like.
#[derive(Clone, PartialEq)]
struct Look {
    ink: Cow<'static, str>,
    paper: Option<Cow<'static, str>>,
    modifier: Modifier,
}

/// A stretch of cells that look alike.
struct Run {
    start: u16,
    cells: usize,
    text: String,
    look: Look,
}

/// Draws a frame, and the cursor where it can be seen.
pub fn picture(frame: &Buffer, cursor: Option<Position>, name: &str) -> String {
    let (width, height) = (x(frame.area.width) + MARGIN, y(frame.area.height) + MARGIN);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" role=\"img\" aria-label=\"folkmoot: {name}\">\n\
         <style>text{{font:14px {FONTS};fill:{FOREGROUND};white-space:pre}}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>",
    );
    for row in 0..frame.area.height {
        for run in runs(frame, row) {
            draw(&mut out, &run, row);
        }
    }
    if let Some(Position { x: column, y: row }) = cursor {
        rect(&mut out, x(column), y(row), WIDE, HIGH, FOREGROUND, 0.55);
    }
    out.push_str("</svg>\n");
    out
}

fn x(column: u16) -> f32 {
    MARGIN + f32::from(column) * WIDE
}

fn y(row: u16) -> f32 {
    MARGIN + f32::from(row) * HIGH
}

/// The runs of a row. A wide letter and a line stand for themselves, so that no font can shift what follows.
fn runs(frame: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while let Some(cell) = frame.cell((column, row)) {
        let (symbol, look) = (cell.symbol(), look(cell));
        let wide = cells(symbol).max(1);
        let alone = wide > 1 || is_drawn(symbol);
        match runs.last_mut() {
            Some(run) if run.look == look && !alone && !stands_alone(run) => {
                run.text.push_str(symbol);
                run.cells += wide;
            }
            Some(run) if run.look == look && is_drawn(symbol) && run.text.ends_with(symbol) => {
                run.text.push_str(symbol);
                run.cells += wide;
            }
            _ => runs.push(Run {
                start: column,
                cells: wide,
                text: symbol.to_owned(),
                look,
            }),
        }
        column += wide as u16;
    }
    runs
}

fn stands_alone(run: &Run) -> bool {
    run.cells > run.text.chars().count() || is_drawn(&run.text) || cells(&run.text) != run.text.chars().count()
}

/// Whether it is a line or block, which is drawn and not written.
fn is_drawn(text: &str) -> bool {
    text.starts_with(['─', '│', '┌', '┐', '└', '┘', '▌', '▏', '▀', '▄'])
}

fn draw(out: &mut String, run: &Run, row: u16) {
    let (left, top, width) = (x(run.start), y(row), run.cells as f32 * WIDE);
    if let Some(paper) = &run.look.paper {
        rect(out, left, top, width, HIGH, paper, 1.0);
    }
    let opacity = if run.look.modifier.contains(Modifier::DIM) {
        0.6
    } else {
        1.0
    };
    if is_drawn(&run.text) {
        return line(out, run, left, top, width, opacity);
    }
    let blank = run.text.trim_end();
    if blank.is_empty() {
        return;
    }
    let text = blank.trim_start();
    let before = cells(blank) - cells(text);
    let (left, width) = (left + before as f32 * WIDE, cells(text) as f32 * WIDE);
    let mut style = String::new();
    if run.look.ink != FOREGROUND {
        let _ = write!(style, "fill:{};", run.look.ink);
    }
    if opacity < 1.0 {
        let _ = write!(style, "opacity:{opacity};");
    }
    for (modifier, declaration) in [
        (Modifier::BOLD, "font-weight:bold;"),
        (Modifier::ITALIC, "font-style:italic;"),
        (Modifier::UNDERLINED, "text-decoration:underline;"),
        (Modifier::CROSSED_OUT, "text-decoration:line-through;"),
    ] {
        if run.look.modifier.contains(modifier) {
            style.push_str(declaration);
        }
    }
    if !style.is_empty() {
        style = format!(" style=\"{}\"", style.trim_end_matches(';'));
    }
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\"{style}>{}</text>",
        top + BASELINE,
        escaped(text)
    );
}

/// Lines reach the edges of their cells, so that they join.
fn line(out: &mut String, run: &Run, left: f32, top: f32, width: f32, opacity: f32) {
    let (middle, centre) = (top + HIGH / 2.0, left + WIDE / 2.0);
    let ink = &run.look.ink;
    let mut bar = |left: f32, top: f32, width: f32, height: f32| rect(out, left, top, width, height, ink, opacity);
    match run.text.chars().next() {
        Some('─') => bar(left, middle, width, 1.0),
        Some('│') => bar(centre, top, 1.0, HIGH),
        Some('▌') => bar(left, top, WIDE / 2.0, HIGH),
        Some('▏') => bar(left, top, WIDE / 8.0, HIGH),
        Some('▀') => bar(left, top, width, HIGH / 2.0),
        Some('▄') => bar(left, middle, width, HIGH / 2.0),
        Some(corner) => {
            let (from, height) = if matches!(corner, '┌' | '┐') {
                (middle, HIGH / 2.0)
            } else {
                (top, HIGH / 2.0)
            };
            let start = if matches!(corner, '┌' | '└') { centre } else { left };
            bar(start, middle, WIDE / 2.0, 1.0);
            bar(centre, from, 1.0, height);
        }
        None => {}
    }
}

fn rect(out: &mut String, left: f32, top: f32, width: f32, height: f32, fill: &str, opacity: f32) {
    let shade = if opacity < 1.0 {
        format!(" opacity=\"{opacity}\"")
    } else {
        String::new()
    };
    let _ = writeln!(
        out,
        "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"{shade}/>"
    );
}

fn look(cell: &Cell) -> Look {
    let (ink, paper) = (color(cell.fg), color(cell.bg));
    let modifier = cell.modifier;
    if modifier.contains(Modifier::REVERSED) {
        return Look {
            ink: paper.unwrap_or(BACKGROUND.into()),
            paper: Some(ink.unwrap_or("#aab0bd".into())),
            modifier,
        };
    }
    Look {
        ink: ink.unwrap_or(FOREGROUND.into()),
        paper,
        modifier,
    }
}

/// The colours that the theme uses, as a dark terminal shows them, and those of photos.
fn color(color: Color) -> Option<Cow<'static, str>> {
    let named = match color {
        Color::Rgb(red, green, blue) => return Some(format!("#{red:02x}{green:02x}{blue:02x}").into()),
        Color::Black => Some("#16181d"),
        Color::Red => Some("#f07178"),
        Color::Yellow => Some("#e6c07b"),
        Color::Magenta => Some("#c594e8"),
        Color::Cyan => Some("#7fd1c7"),
        _ => None,
    };
    named.map(Cow::Borrowed)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
