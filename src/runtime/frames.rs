//! Frames as single writes, between synchronized-update markers; a frame that changes nothing writes nothing.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Begins and ends a synchronized update (DEC private mode 2026). Terminals that do not know it ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Collects what is drawn until the frame is complete. Clones share one frame: ratatui's backend has one, we the other.
#[derive(Debug)]
pub(super) struct Frames<W>(Rc<RefCell<Collected<W>>>);

impl<W> Clone for Frames<W> {
    fn clone(&self) -> Self {
        Frames(self.0.clone())
    }
}

#[derive(Debug)]
struct Collected<W> {
    out: W,
    frame: Vec<u8>,
}

impl<W: Write> Frames<W> {
    pub(super) fn new(out: W) -> Self {
        let frame = Vec::with_capacity(16 * 1024);
        Frames(Rc::new(RefCell::new(Collected { out, frame })))
    }

    /// Writes the frame as a whole, if there is anything in it.
    pub(super) fn show(&self) -> io::Result<()> {
        let Collected { out, frame } = &mut *self.0.borrow_mut();
        if !frame.is_empty() {
            out.write_all(&[BEGIN, frame, END].concat())?;
            out.flush()?;
            frame.clear();
        }
        Ok(())
    }

    /// Begins a frame by clearing the screen, whatever is on it. It is part of the frame: nobody sees the screen empty.
    pub(super) fn begin_anew(&self) {
        let mut collected = self.0.borrow_mut();
        collected.frame.clear();
        collected.frame.extend_from_slice(b"\x1b[0m\x1b[2J");
    }

    /// Writes something that is no frame, at once. It must leave the cursor and the style as they are.
    pub(super) fn pass(&self, bytes: &[u8]) -> io::Result<()> {
        let mut collected = self.0.borrow_mut();
        collected.out.write_all(bytes)?;
        collected.out.flush()
    }
}

impl<W: Write> Write for Frames<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing goes out before the frame is complete.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_one_marked_write() {
        let mut frames = Frames::new(Vec::new());
        frames.write_all(b"\x1b[1;1Ha").unwrap();
        frames.write_all(b"b").unwrap();
        assert!(frames.0.borrow().out.is_empty(), "not before it is complete");
        frames.show().unwrap();
        frames.show().unwrap();
        assert_eq!(frames.0.borrow().out, b"\x1b[?2026h\x1b[1;1Hab\x1b[?2026l");
        frames.begin_anew();
        frames.show().unwrap();
        assert!(frames.0.borrow().out.ends_with(b"\x1b[?2026h\x1b[0m\x1b[2J\x1b[?2026l"));
    }
}
