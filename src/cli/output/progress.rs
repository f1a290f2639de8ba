//! What is said on stderr while a list comes or Graph is slow.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Screen;
use crate::protocol::Traffic;
use crate::text::{cells, grouped, time};

/// A line that is written over as the count grows, and wiped out in the end.
pub struct Progress {
    shown: bool,
    /// Cells to wipe out.
    written: usize,
}

impl Progress {
    /// Shows something only where a person reads stderr and the list itself goes elsewhere.
    pub fn new(screen: Screen) -> Self {
        Progress {
            shown: screen.progress,
            written: 0,
        }
    }

    /// The same for a command that draws nothing on stdout while it goes on.
    pub fn beside(screen: Screen) -> Self {
        Progress {
            shown: screen.watched,
            written: 0,
        }
    }

    /// Says how far it has come.
    pub fn tell(&mut self, line: &str) {
        if self.shown {
            self.write(&format!("{line} …"));
        }
    }

    /// Wipes the line out, so that something else can be said.
    pub fn wipe(&mut self) {
        if self.written > 0 {
            let _ = write!(io::stderr(), "\r{:1$}\r", "", self.written);
            self.written = 0;
        }
    }

    /// So many there are now, of so many in all.
    pub fn show(&mut self, count: usize, total: Option<usize>) {
        if !self.shown {
            return;
        }
        let line = match total {
            Some(total) => format!("{} of {} …", grouped(count), grouped(total)),
            None => format!("{} …", grouped(count)),
        };
        self.write(&line);
    }

    fn write(&mut self, line: &str) {
        let width = cells(line);
        let rest = self.written.saturating_sub(width);
        // Progress that cannot be told is not missed.
        let _ = write!(io::stderr(), "\r{line}{:rest$}", "");
        self.written = width;
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// A number of bytes: `7 B`, `1.2 kB`, `3.4 MB`.
pub fn sized(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a digit after the point is shown")]
    let exact = bytes as f64;
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{:.1} kB", exact / 1e3),
        _ => format!("{:.1} MB", exact / 1e6),
    }
}

/// Tells a person at a terminal that Graph asked us to wait, and until when: otherwise nothing would seem to happen.
pub fn waiting_notice(screen: Screen) -> impl Fn(Traffic) + Send + Sync + 'static {
    let told = Mutex::new(None);
    move |traffic: Traffic| {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        let second = traffic.throttled_until.map(Timestamp::as_second);
        if screen.watched && !super::has_the_terminal() && second > *told {
            *told = second;
            if let Some(until) = traffic.throttled_until.filter(|until| *until > Timestamp::now()) {
                let clock = time::clock(until, &TimeZone::system(), false);
                let _ = writeln!(io::stderr(), "\rGraph asks us to wait until {clock}.");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        for (number, shown) in [
            (0, "0"),
            (999, "999"),
            (1998, "1,998"),
            (100_000, "100,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}
