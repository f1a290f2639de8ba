//! How long to wait, and when to try again.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// How long the client waits for what. Only reads are ever tried again.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// To make a connection.
    pub connect: Duration,
    /// For the first byte of an answer, and from one read to the next.
    pub idle: Duration,
    /// For the whole of a write.
    pub write: Duration,
    /// How often a read is tried in all.
    pub tries: u32,
    /// The first pause between two tries where Graph names none; it doubles each time.
    pub pause: Duration,
    /// For a read with all its pauses: where Graph asks for a longer pause, the read fails at once and says until when.
    pub in_all: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            write: Duration::from_secs(60),
            tries: 4,
            pause: Duration::from_millis(400),
            in_all: Duration::from_secs(120),
        }
    }
}

impl Patience {
    /// The pause after the `tries`th try: doubling, with a half of it left to chance so that clients do not march in
    /// step.
    pub(super) fn pause_after(&self, tries: u32) -> Duration {
        let full = self.pause.saturating_mul(1 << tries.saturating_sub(1).min(8));
        full.mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}

/// Whether a read that was answered so may go well a moment later: Graph was busy, or failed.
/// <https://learn.microsoft.com/graph/errors>
pub(super) fn may_pass(status: u16) -> bool {
    matches!(status, 429 | 500 | 502 | 503 | 504 | 509)
}

/// What `Retry-After` asks for. A date is the server's, and so is the clock it is held against where it is known.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let now = server_time(headers).unwrap_or_else(Timestamp::now);
    parse_retry_after(headers.get(RETRY_AFTER)?.to_str().ok()?, now)
}

/// No pause is longer: whoever asks for more, or for a date beyond it, means never.
const LONGEST: Duration = Duration::from_secs(u32::MAX as u64);

/// Seconds or a date (RFC 9110 §10.2.3).
pub(super) fn parse_retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = value.parse::<u32>().map(u64::from).map(Duration::from_secs);
        return Some(seconds.unwrap_or(LONGEST));
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    let wait = Duration::try_from(date.duration_since(now)).unwrap_or_default();
    Some(wait.min(LONGEST))
}

/// The server's own time, from `Date`.
pub(super) fn server_time(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(reqwest::header::DATE)?.to_str().ok()?;
    Some(jiff::fmt::rfc2822::parse(date).ok()?.timestamp())
}

/// That long after now.
pub(super) fn after(now: Timestamp, wait: Duration) -> Timestamp {
    jiff::SignedDuration::try_from(wait)
        .ok()
        .and_then(|wait| now.checked_add(wait).ok())
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        for (value, seconds) in [
            ("7", Some(7)),
            (" 120 ", Some(120)),
            ("Sat, 21 Nov 2026 10:00:30 GMT", Some(30)),
            ("Sat, 21 Nov 2026 09:00:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
            ("", None),
            ("4294967295", Some(u64::from(u32::MAX))),
            ("4294967296", Some(u64::from(u32::MAX))),
            ("99999999999999999999999999", Some(u64::from(u32::MAX))),
            ("Tue, 01 Jan 2999 00:00:00 GMT", Some(u64::from(u32::MAX))),
        ] {
            assert_eq!(
                parse_retry_after(value, now),
                seconds.map(Duration::from_secs),
                "{value}"
            );
        }
    }

    #[test]
    fn pauses_double_within_bounds() {
        let patience = Patience::default();
        for tries in 1..40 {
            let full = patience.pause * (1 << (tries - 1).min(8));
            let pause = patience.pause_after(tries);
            assert!(pause >= full / 2 && pause <= full, "{tries}: {pause:?}");
        }
    }
}
