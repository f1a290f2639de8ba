//! Times as people read them: relative, or absolute in their own zone.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// From this age on, a date says more than an age.
const DATED_AFTER: i64 = 14 * DAY;

/// How long ago `then` was: `now`, `5 min`, `3 h`, `2 d`, then the date. What lies ahead, as clocks differ, is `now`.
pub fn relative(then: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let age = age(then, now);
    match age {
        _ if age < MINUTE => "now".into(),
        _ if age < HOUR => format!("{} min", age / MINUTE),
        _ if age < DAY => format!("{} h", age / HOUR),
        _ if age < DATED_AFTER => format!("{} d", age / DAY),
        _ => then.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string(),
    }
}

/// The same in a sentence: `just now`, `5 min ago`, `3 h ago`, `2 d ago`, then the date.
pub fn ago(then: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let relative = relative(then, now, zone);
    match age(then, now) {
        age if age < MINUTE => "just now".into(),
        age if age < DATED_AFTER => format!("{relative} ago"),
        _ => relative,
    }
}

/// `2026-11-21 14:05`, or `2026-11-21 2:05 pm`, in a zone.
pub fn absolute(then: Timestamp, zone: &TimeZone, twelve_hours: bool) -> String {
    let format = if twelve_hours {
        "%Y-%m-%d %-I:%M %P"
    } else {
        "%Y-%m-%d %H:%M"
    };
    then.to_zoned(zone.clone()).strftime(format).to_string()
}

/// `14:05:09`, or `2:05:09 pm`, in a zone.
pub fn clock(then: Timestamp, zone: &TimeZone, twelve_hours: bool) -> String {
    let format = if twelve_hours { "%-I:%M:%S %P" } else { "%H:%M:%S" };
    then.to_zoned(zone.clone()).strftime(format).to_string()
}

/// When something comes that lies ahead: the clock where that is today, else the date with it.
pub fn ahead(then: Timestamp, now: Timestamp, zone: &TimeZone, twelve_hours: bool) -> String {
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
    if day(then) == day(now) {
        clock(then, zone, twelve_hours)
    } else {
        absolute(then, zone, twelve_hours)
    }
}

/// How long it is until `then`, rounded up, in the unit that people would say it in.
pub fn until(then: Timestamp, now: Timestamp) -> String {
    let seconds = then.duration_since(now).as_secs().max(0);
    let unit = |length: i64| (seconds + length - 1) / length;
    match seconds {
        _ if seconds <= 2 * MINUTE => format!("{seconds} s"),
        _ if seconds <= 2 * HOUR => format!("{} minutes", unit(MINUTE)),
        _ if seconds <= 2 * DAY => format!("{} hours", unit(HOUR)),
        _ => format!("{} days", unit(DAY)),
    }
}

/// How long [`relative`] will go on saying what it says now.
pub fn next_change(then: Timestamp, now: Timestamp) -> Duration {
    let age = age(then, now);
    let step = match age {
        _ if age < HOUR => MINUTE,
        _ if age < DAY => HOUR,
        _ => DAY,
    };
    Duration::from_secs((step - age.rem_euclid(step)).unsigned_abs())
}

fn age(then: Timestamp, now: Timestamp) -> i64 {
    now.duration_since(then).as_secs()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn ages_read_as_people_say_them() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        for (then, said) in [
            ("2026-11-21T12:05:00Z", "now"),
            ("2026-11-21T11:59:01Z", "now"),
            ("2026-11-21T11:59:00Z", "1 min"),
            ("2026-11-21T11:00:01Z", "59 min"),
            ("2026-11-21T11:00:00Z", "1 h"),
            ("2026-11-20T12:00:01Z", "23 h"),
            ("2026-11-20T12:00:00Z", "1 d"),
            ("2026-11-08T12:00:00Z", "13 d"),
            ("2026-11-07T12:00:00Z", "2026-11-07"),
        ] {
            let then: Timestamp = then.parse().unwrap();
            assert_eq!(relative(then, now, &TimeZone::UTC), said, "{then}");
            let in_a_sentence = match said {
                "now" => "just now".to_owned(),
                "2026-11-07" => said.to_owned(),
                _ => format!("{said} ago"),
            };
            assert_eq!(ago(then, now, &TimeZone::UTC), in_a_sentence, "{then}");
        }
    }

    #[test]
    fn what_is_said_holds_until_the_next_change() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        for seconds in [0, 1, 59, 60, 61, 3599, 3600, 86_399, 86_400, 500_000] {
            let then = now - SignedDuration::from_secs(seconds);
            let holds = next_change(then, now);
            let said = |later: Duration| relative(then, now + later, &TimeZone::UTC);
            assert_eq!(said(Duration::ZERO), said(holds - Duration::from_secs(1)), "{seconds}");
            assert_ne!(said(Duration::ZERO), said(holds), "{seconds}");
        }
    }

    #[test]
    fn what_lies_ahead_has_a_date_where_that_is_not_today() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        for (then, at, wait) in [
            ("2026-11-21T11:59:00Z", "11:59:00", "0 s"),
            ("2026-11-21T12:01:30Z", "12:01:30", "90 s"),
            ("2026-11-21T12:06:01Z", "12:06:01", "7 minutes"),
            ("2026-11-21T14:00:01Z", "14:00:01", "3 hours"),
            ("2026-11-22T00:00:00Z", "2026-11-22 00:00", "12 hours"),
            ("2099-01-01T00:00:00Z", "2099-01-01 00:00", "26339 days"),
        ] {
            let then = then.parse().unwrap();
            assert_eq!(ahead(then, now, &TimeZone::UTC, false), at);
            assert_eq!(until(then, now), wait);
        }
    }

    #[test]
    fn both_clocks() {
        let then: Timestamp = "2026-11-21T13:05:09Z".parse().unwrap();
        assert_eq!(absolute(then, &TimeZone::UTC, false), "2026-11-21 13:05");
        assert_eq!(absolute(then, &TimeZone::UTC, true), "2026-11-21 1:05 pm");
        assert_eq!(clock(then, &TimeZone::UTC, false), "13:05:09");
    }
}
