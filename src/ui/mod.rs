//! Drawing: one file per pane, one per overlay, and the theme. [`view`] reads the model and draws; it decides nothing
//! that `update` needs to know, keeps nothing, and touches nothing but the buffer.
//!
//! What is drawn costs bytes, and over SSH bytes are time. Only cells that differ from the last frame are sent, so a
//! row under the cursor is marked by one glyph and by the weight of its name, never by a bar across the pane; words
//! that repeat down a list stand right-aligned, where scrolling finds them again; and neighbouring cells share a style
//! wherever they can.
//!
//! | file | what is drawn there |
//! |---|---|
//! | `screen`, `strip`, `theme`, `words` | the frame, a row of it, what styles mean, numbers and times in words: all others draw with these |
//! | `thrift` | fewer bytes to the terminal for the same cells |
//! | `title`, `message`, `tree`, `status`, `footer` | what panes have in common: the title row, sentences, rows of trees, the last rows |
//! | `groups`, `members`, `threads`, `conversations`, `posts`, `body` | the panes, and a line of a body |
//! | `profile`, `photo`, `org`, `nested` | what stands in the place of panes |
//! | `composer`, `completions`, `review` | what is written |
//! | `account`, `attachments`, `columns`, `deletion`, `details`, `drafts`, `finder`, `help`, `links`, `numbered`, `outline`, `overlap`, `palette`, `raw`, `sign_in`, `templates`, `welcome` | overlays, one file each, and the line that some of them have |

mod account;
mod attachments;
mod body;
mod columns;
mod completions;
mod composer;
mod conversations;
mod deletion;
mod details;
mod drafts;
mod finder;
mod footer;
mod groups;
mod help;
mod links;
mod members;
mod message;
mod nested;
mod numbered;
mod org;
mod outline;
mod overlap;
mod palette;
mod photo;
mod posts;
mod profile;
mod raw;
mod review;
mod screen;
mod sign_in;
mod status;
mod strip;
mod templates;
mod theme;
mod threads;
mod thrift;
mod title;
mod tree;
mod welcome;
mod words;

#[cfg(test)]
mod tests;

pub use photo::KITTY_IMAGE;
pub use theme::Theme;
pub use thrift::{Drawn, Hyperlink, Thrifty};

use ratatui::buffer::Buffer;

use crate::app::{Model, Overlay};
use crate::layout::{Area, SMALLEST, Size};
use screen::Screen;

/// Draws a part of the screen into its area.
type Draw = fn(&mut Screen<'_, '_>, Area);

/// Draws the model into an empty buffer, and answers where the terminal's cursor is to be seen and what is linked. Safe at
/// any size, also when the buffer's size is not the model's: a resize may be on its way.
pub fn view(model: &Model, theme: &Theme, buffer: &mut Buffer) -> Drawn {
    let mut screen = Screen::new(model, theme, buffer);
    if model.size.holds(SMALLEST) {
        draw(&mut screen);
    } else {
        too_small(&mut screen, model.size);
    }
    screen.drawn
}

fn draw(screen: &mut Screen<'_, '_>) {
    let model = screen.model;
    let laid = model.arrangement();
    let parts: [(Option<Area>, Draw); 9] = [
        (laid.groups, groups::draw),
        (laid.members, members::draw),
        (laid.threads, threads::draw),
        (laid.posts, posts::draw),
        (laid.profile, beside),
        (laid.composer, composer::draw),
        (laid.divider, divider),
        (laid.status, status::draw),
        (laid.footer, footer::draw),
    ];
    for (area, draw) in parts {
        if let Some(area) = area {
            draw(screen, area);
        }
    }
    if let Some(welcome) = &model.welcome {
        welcome::draw(screen, laid.body, welcome);
    }
    match &model.overlay {
        Some(Overlay::Palette(palette)) => palette::draw(screen, laid.body, palette),
        Some(Overlay::Links { cursor, .. }) => links::draw(screen, laid.body, *cursor),
        Some(Overlay::Attachments { cursor, .. }) => attachments::draw(screen, laid.body, *cursor),
        Some(Overlay::Drafts { cursor, discarding }) => drafts::draw(screen, laid.body, *cursor, *discarding),
        Some(Overlay::Account { leaving }) => account::draw(screen, laid.body, *leaving),
        Some(Overlay::Capabilities { cursor }) => account::draw_capabilities(screen, laid.body, *cursor),
        Some(Overlay::Deletion(asked)) => deletion::draw(screen, laid.body, asked),
        Some(Overlay::Templates(templates)) => templates::draw(screen, laid.body, templates),
        Some(Overlay::Raw(raw)) => raw::draw(screen, laid.body, raw),
        Some(Overlay::Details { top }) => details::draw(screen, laid.body, *top),
        Some(Overlay::Outline(outline)) => outline::draw(screen, laid.body, outline),
        Some(Overlay::Columns { cursor }) => columns::draw(screen, laid.body, *cursor),
        Some(Overlay::Overlap(overlap)) => overlap::draw(screen, laid.body, overlap),
        None => {}
    }
    completions::draw(screen, laid.body);
    if let Some(sign_in) = &model.sign_in {
        sign_in::draw(screen, laid.body, sign_in);
    }
    // A sign-in comes over it by itself.
    if let (Some(finder), None) = (&model.finder, &model.sign_in) {
        finder::draw(screen, laid.body, finder);
    }
    // Help tells of all of these.
    if let Some(top) = model.help {
        help::draw(screen, laid.body, top);
    }
    if let (Some(status), Some(footer)) = (laid.status, laid.footer) {
        footer::draw_notice(screen, status, footer);
    }
    photo::settle(screen);
}

/// What stands beside the groups in the place of threads and posts.
fn beside(screen: &mut Screen<'_, '_>, area: Area) {
    if screen.model.shows_org() {
        org::draw(screen, area);
    } else if screen.model.shows_nested() {
        nested::draw(screen, area);
    } else {
        profile::draw(screen, area);
    }
}

/// A terminal in which nothing else would fit.
fn too_small(screen: &mut Screen<'_, '_>, size: Size) {
    let sentence = format!(
        "folkmoot needs {}×{} cells; this terminal has {}×{}.",
        SMALLEST.width, SMALLEST.height, size.width, size.height
    );
    let whole = Area {
        x: 0,
        y: 0,
        width: size.width,
        height: size.height,
    };
    let style = screen.theme.text;
    message::paragraph(screen, whole, &sentence, style);
}

/// The line between the left and the right column of panes.
fn divider(screen: &mut Screen<'_, '_>, area: Area) {
    let style = screen.theme.rule;
    for row in 0..area.height {
        screen.row(area, row).put("│", style);
    }
}
