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
    last: Vec<u8>,
}

impl<W: Write> Frames<W> {
    pub(super) fn new(out: W) -> Self {
        let frame = Vec::with_capacity(16 * 1024);
        Frames(Rc::new(RefCell::new(Collected {
            out,
            frame,
            last: Vec::new(),
        })))
    }

    /// Writes the frame as a whole. A frame ends by resetting the style and placing the cursor, even one without a
    /// changed cell; and since it begins by placing the cursor or resetting too, one that repeats the end of the frame
    /// before would change nothing, and is not written.
    pub(super) fn show(&self) -> io::Result<()> {
        let Collected { out, frame, last } = &mut *self.0.borrow_mut();
        if !last.ends_with(frame) {
            out.write_all(&[BEGIN, frame, END].concat())?;
            out.flush()?;
            std::mem::swap(frame, last);
        }
        frame.clear();
        Ok(())
    }

    /// Begins a frame by clearing the screen, whatever is on it. It is part of the frame: nobody sees the screen empty.
    pub(super) fn begin_anew(&self) {
        let mut collected = self.0.borrow_mut();
        collected.last.clear();
        collected.frame.clear();
        collected.frame.extend_from_slice(b"\x1b[0m\x1b[2J");
    }

    /// Writes something that is no frame, at once. What the frames before left behind is no longer known.
    pub(super) fn pass(&self, bytes: &[u8]) -> io::Result<()> {
        let mut collected = self.0.borrow_mut();
        collected.last.clear();
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
    fn a_frame_begun_anew_is_written_even_where_it_repeats_the_one_before() {
        let mut frames = Frames::new(Vec::new());
        for _ in 0..2 {
            frames.begin_anew();
            frames.write_all(b"\x1b[1;1Hab").unwrap();
            frames.show().unwrap();
        }
        let once = "\x1b[?2026h\x1b[0m\x1b[2J\x1b[1;1Hab\x1b[?2026l";
        assert_eq!(String::from_utf8_lossy(&frames.0.borrow().out), once.repeat(2));
    }

    #[test]
    fn a_frame_is_one_marked_write_and_repeating_its_end_writes_nothing() {
        let mut frames = Frames::new(Vec::new());
        frames.write_all(b"\x1b[1;1Hab\x1b[0m\x1b[?25l").unwrap();
        assert!(frames.0.borrow().out.is_empty(), "not before it is complete");
        frames.show().unwrap();
        assert_eq!(
            frames.0.borrow().out,
            b"\x1b[?2026h\x1b[1;1Hab\x1b[0m\x1b[?25l\x1b[?2026l"
        );
        frames.write_all(b"\x1b[0m\x1b[?25l").unwrap();
        frames.show().unwrap();
        assert_eq!(frames.0.borrow().out.len(), 34, "nothing new");
        frames.write_all(b"\x1b[1;2Hc\x1b[0m\x1b[?25l").unwrap();
        frames.show().unwrap();
        assert!(
            frames
                .0
                .borrow()
                .out
                .ends_with(b"\x1b[?2026h\x1b[1;2Hc\x1b[0m\x1b[?25l\x1b[?2026l")
        );
    }
}
