//! Graph's own JSON, harmless to a terminal.

use std::io::Write;

use super::Sink;
use crate::cli::exit::Stop;
use crate::protocol::Problem;

pub use crate::text::json::escaped;

/// One array, an item a line.
pub struct Array<W> {
    out: W,
    begun: bool,
}

impl<W: Write> Array<W> {
    pub fn new(out: W) -> Self {
        Array { out, begun: false }
    }
}

impl<R, W: Write> Sink<R> for Array<W> {
    fn add(&mut self, json: &str, _: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        self.out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
        self.begun = true;
        Ok(self.out.write_all(escaped(json).as_bytes())?)
    }

    fn page(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }

    fn finish(&mut self) -> Result<(), Stop> {
        self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        Ok(self.out.flush()?)
    }
}

/// An item a line, and nothing else.
pub struct Lines<W> {
    out: W,
}

impl<W: Write> Lines<W> {
    pub fn new(out: W) -> Self {
        Lines { out }
    }
}

impl<R, W: Write> Sink<R> for Lines<W> {
    fn add(&mut self, json: &str, _: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        self.out.write_all(escaped(json).as_bytes())?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn page(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }

    fn finish(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(items: &[&str]) -> (String, String) {
        let (mut array, mut lines) = (Array::new(Vec::new()), Lines::new(Vec::new()));
        let both: [&mut dyn Sink<()>; 2] = [&mut array, &mut lines];
        for sink in both {
            for item in items {
                sink.add(item, &|| Ok(())).unwrap();
                sink.page().unwrap();
            }
            sink.finish().unwrap();
        }
        (
            String::from_utf8(array.out).unwrap(),
            String::from_utf8(lines.out).unwrap(),
        )
    }

    #[test]
    fn arrays_and_lines() {
        assert_eq!(written(&[]), ("[]\n".into(), String::new()));
        let (array, lines) = written(&["{\"a\":1}", "{\n\"a\": 2}"]);
        assert_eq!(array, "[\n{\"a\":1},\n{ \"a\": 2}\n]\n");
        assert_eq!(lines, "{\"a\":1}\n{ \"a\": 2}\n");
    }
}
