//! Where data goes: to stdout, or through a pager where it is longer than the terminal is high.

use std::cell::RefCell;
use std::io::{self, BufWriter, Stdout, Write};
use std::rc::Rc;

use super::pager::{Pager, Paging};
use crate::cli::exit::Stop;
use crate::text::cells;

/// What is printed goes out in pieces of so many bytes: as many as a pipe holds.
const PIECE: usize = 64 << 10;

/// A handle on what one command prints. Clones print to the same place, one after the other.
#[derive(Clone)]
pub struct Out(Rc<RefCell<Way>>);

enum Way {
    /// To stdout, in pieces larger than a line.
    Direct(BufWriter<Stdout>),
    /// It may still fit on the screen: nothing has been printed yet.
    Held { text: Vec<u8>, pager: Pager },
    /// Through the pager that runs.
    Paged(Paging),
}

impl Out {
    /// Stdout, or `pager` where there is one and it is needed.
    pub fn new(pager: Option<Pager>) -> Self {
        let way = match pager {
            None => Way::direct(),
            Some(pager) => Way::Held {
                text: Vec::new(),
                pager,
            },
        };
        Out(Rc::new(RefCell::new(way)))
    }

    /// Prints text.
    ///
    /// # Errors
    /// What writing says.
    pub fn print(&self, text: &str) -> Result<(), Stop> {
        let mut out = self.clone();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// Lets go of what is held where it fits on the screen with so many rows that are still to come: whoever waits for those
    /// can read it.
    ///
    /// # Errors
    /// What writing says.
    pub fn show_so_far(&self, coming: usize) -> Result<(), Stop> {
        let fits = match &*self.0.borrow() {
            Way::Held { text, pager } => {
                rows(&String::from_utf8_lossy(text), pager.width).saturating_add(coming) < pager.height
            }
            Way::Direct(_) | Way::Paged(_) => false,
        };
        if fits { self.end() } else { Ok(()) }
    }

    /// Prints what is still held, and waits until the person has left the pager.
    ///
    /// # Errors
    /// What writing says, and `General` where there is no such pager.
    pub fn end(&self) -> Result<(), Stop> {
        match std::mem::replace(&mut *self.0.borrow_mut(), Way::direct()) {
            Way::Direct(mut out) => Ok(out.flush()?),
            Way::Held { text, .. } => {
                let mut out = io::stdout();
                out.write_all(&text)?;
                Ok(out.flush()?)
            }
            Way::Paged(paging) => paging.end(),
        }
    }
}

impl Way {
    fn direct() -> Self {
        Way::Direct(BufWriter::with_capacity(PIECE, io::stdout()))
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Way::Direct(out) => out,
            Way::Held { text, .. } => text,
            Way::Paged(paging) => paging,
        }
    }

    /// Starts the pager where what is held no longer fits on the screen; where there is none, prints it.
    fn outgrow(&mut self) -> io::Result<()> {
        let Way::Held { text, pager } = self else {
            return Ok(());
        };
        if rows(&String::from_utf8_lossy(text), pager.width) < pager.height {
            return Ok(());
        }
        let text = std::mem::take(text);
        *self = match pager.start() {
            Some(paging) => Way::Paged(paging),
            None => Way::direct(),
        };
        self.writer().write_all(&text)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut way = self.0.borrow_mut();
        way.writer().write_all(bytes)?;
        way.outgrow()
    }

    /// What may still fit on the screen stays held.
    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().writer().flush()
    }
}

/// How many rows of a terminal so wide text takes.
fn rows(text: &str, width: usize) -> usize {
    text.lines().map(|line| cells(line).div_ceil(width).max(1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_and_wide_text_take_more_rows() {
        for (text, expected) in [
            ("", 0),
            ("a\n", 1),
            ("a\n\nb", 3),
            ("0123456789\n", 1),
            ("0123456789a\n", 2),
            ("山田花子山田\n", 2),
        ] {
            assert_eq!(rows(text, 10), expected, "{text:?}");
        }
    }
}
