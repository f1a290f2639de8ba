//! Bodies of answers: read whole within bounds, then parsed straight from their bytes.

use std::time::{Duration, Instant};

use reqwest::Response;
use serde::de::DeserializeOwned;

use super::download::Sink;
use super::exchange::{Body, Glance};
use super::feed::crashed;
use crate::protocol::{Problem, ProblemKind};

/// An answer that is gathered is here by then, or never: one that drips has no end that anybody waits for.
const SLOWEST: Duration = Duration::from_secs(10 * 60);
/// No answer that we ask for comes near it.
const LONGEST: usize = 64 << 20;
/// What is read of a refusal.
const LONGEST_REFUSAL: usize = 64 << 10;
/// From this length on a body is parsed on a thread for blocking work, so that the line does not wait for it.
const LONG: usize = 16 << 10;

/// Why a body could not be read whole.
pub(super) enum Unread {
    Broken(reqwest::Error),
    /// Whoever takes it takes no more.
    Unwanted(Problem),
}

/// A body that is gathered, and looked at while it arrives.
pub(super) struct Gathered<'a> {
    pub(super) bytes: Vec<u8>,
    glance: Glance<'a>,
    /// When it began to come.
    begun: Instant,
}

impl<'a> Gathered<'a> {
    pub(super) fn new(glance: Glance<'a>) -> Self {
        Gathered {
            bytes: Vec::new(),
            glance,
            begun: Instant::now(),
        }
    }
}

impl Sink for Gathered<'_> {
    fn begin(&mut self, announced: Option<u64>) -> Result<(), Problem> {
        self.bytes.clear();
        self.begun = Instant::now();
        let announced = announced.and_then(|length| usize::try_from(length).ok());
        self.bytes.reserve(announced.unwrap_or(0).min(LONGEST));
        Ok(())
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        if self.bytes.len() + chunk.len() > LONGEST {
            return Err(too_long());
        }
        if self.begun.elapsed() > SLOWEST {
            return Err(too_slow());
        }
        self.bytes.extend_from_slice(chunk);
        (self.glance)(&self.bytes);
        Ok(())
    }
}

/// Reads a body whole, and says how long it was.
pub(super) async fn read(mut response: Response, sink: &mut dyn Sink) -> Result<usize, Unread> {
    sink.begin(response.content_length()).map_err(Unread::Unwanted)?;
    let mut length = 0;
    while let Some(chunk) = response.chunk().await.map_err(Unread::Broken)? {
        sink.take(&chunk).map_err(Unread::Unwanted)?;
        if length == 0 {
            // The link to the next page stands at the beginning. Its request goes out before the rest of this one, which
            // often is here already, is unpacked.
            tokio::task::yield_now().await;
        }
        length += chunk.len();
    }
    Ok(length)
}

/// Gathers a body.
pub(super) async fn whole(response: Response) -> Result<Vec<u8>, Unread> {
    let mut glance = |_: &[u8]| {};
    let mut gathered = Gathered::new(&mut glance);
    read(response, &mut gathered).await?;
    Ok(gathered.bytes)
}

/// As much of a body as is bearable and could be read.
pub(super) async fn beginning(mut response: Response) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_REFUSAL {
            break;
        }
    }
    bytes
}

/// Reads a value from a body.
pub(super) async fn parse<T: DeserializeOwned + Send + 'static>(body: Body) -> Result<T, Problem> {
    if body.bytes.len() < LONG {
        return parse_now(&body);
    }
    tokio::task::spawn_blocking(move || parse_now(&body))
        .await
        .unwrap_or_else(|_| Err(crashed()))
}

fn parse_now<T: DeserializeOwned>(body: &Body) -> Result<T, Problem> {
    read_json(&body.bytes).map_err(|error| Problem {
        status: Some(200),
        request_id: body.request_id.clone(),
        ..unreadable(&error, &body.bytes)
    })
}

/// Reads a value from JSON of Graph's, which may have halves of letters in it, and bytes that are none of UTF-8.
///
/// # Errors
/// Where it is no JSON, or of another shape.
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    // To look once whether all of it is UTF-8 is faster than to look at string by string. What is not costs itself alone.
    let text = String::from_utf8_lossy(bytes);
    serde_json::from_str(&text).or_else(|error| match mended(text.as_bytes()) {
        Some(mended) => serde_json::from_slice(&mended),
        None => Err(error),
    })
}

/// The same with `\ufffd` for each surrogate that stands alone, if there are any. Exchange cuts previews by UTF-16, and so
/// through the middle of an emoji; JSON can say that, and text cannot hold it.
fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let unit = |at: usize| {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let (mut mended, mut changed, mut at) = (bytes.to_vec(), false, 0);
    while let Some(byte) = bytes.get(at) {
        at += match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended.get_mut(at..at + 6)?.copy_from_slice(b"\\ufffd");
                changed = true;
                6
            }
            _ if *byte == b'\\' => 2,
            _ => 1,
        };
    }
    changed.then_some(mended)
}

/// The words hold no part of the answer: it may hold names.
pub(super) fn unreadable(error: &serde_json::Error, bytes: &[u8]) -> Problem {
    tracing::warn!(category = ?error.classify(), line = error.line(), column = error.column(), "unreadable answer");
    let what = match error.classify() {
        serde_json::error::Category::Eof => "Graph's answer was cut short.",
        _ if is_web_page(bytes) => return web_page(),
        serde_json::error::Category::Data => "Graph's answer has a shape that this version does not know.",
        _ => "Graph's answer is not JSON.",
    };
    Problem::new(ProblemKind::Server, what, "Try again.")
}

/// Whether it is HTML, or XML: nothing of Graph's.
pub(super) fn is_web_page(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<")
}

/// Somebody other than Graph has answered.
pub(super) fn web_page() -> Problem {
    Problem::new(
        ProblemKind::Server,
        "A web page came instead of Graph's answer; a proxy or a sign-in page may stand between.",
        "See in a browser whether the network wants something of you, and check the Graph address in the configuration.",
    )
}

fn too_slow() -> Problem {
    Problem::new(
        ProblemKind::Network,
        "Graph's answer was not whole after ten minutes.",
        "Try again; something between here and Graph may hold it back.",
    )
}

fn too_long() -> Problem {
    Problem::new(
        ProblemKind::Server,
        "Graph's answer is too long to be right.",
        "Please report this.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_drips_is_given_up() {
        let mut glance = |_: &[u8]| {};
        let mut gathered = Gathered::new(&mut glance);
        gathered.begin(None).unwrap();
        assert!(gathered.take(b"{").is_ok());
        gathered.begun = gathered.begun.checked_sub(SLOWEST + Duration::from_secs(1)).unwrap();
        let refused = gathered.take(b"}").unwrap_err();
        assert_eq!(refused.kind, ProblemKind::Network, "{refused}");
    }

    #[test]
    fn half_a_letter_costs_itself_alone() {
        let read = |json: &str| read_json::<String>(json.as_bytes()).ok();
        for (json, text) in [
            (r#""cut \ud83d""#, "cut \u{fffd}"),
            (r#""\uDE00 first \ud83d\uD83D\ude00""#, "\u{fffd} first \u{fffd}😀"),
            (r#""whole \ud83d\ude00""#, "whole 😀"),
            (
                r#""no letter \\ud83d, and half: \ud83d\n""#,
                "no letter \\ud83d, and half: \u{fffd}\n",
            ),
        ] {
            assert_eq!(read(json).as_deref(), Some(text), "{json}");
        }
        for json in [r#""\ud8""#, r#""\ud83d"#, "\\", ""] {
            assert_eq!(read(json), None, "{json}");
        }
    }

    #[test]
    fn a_byte_that_is_no_letter_costs_itself_alone() {
        for (json, text) in [
            (&b"\"caf\xe9, \xe5\xb1\xb1\""[..], Some("caf\u{fffd}, 山")),
            (b"\"both \xff and \\ud83d\"", Some("both \u{fffd} and \u{fffd}")),
            // Outside of a string it is no JSON.
            (b"\xff\"text\"", None),
        ] {
            assert_eq!(read_json::<String>(json).ok().as_deref(), text);
        }
    }
}
