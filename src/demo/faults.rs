//! The faults in force, and which of them hits a request.

use std::time::Duration;

use super::fault::{Fault, Kind, Side};

/// The faults in force, each with the number of requests that matched it so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<(Fault, u64)>);

/// What faults do to one request.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// All latencies together.
    pub latency: Duration,
    /// The first fault that is not a latency.
    pub kind: Option<Kind>,
}

impl Faults {
    /// One more fault; its count starts at nothing.
    pub fn add(&mut self, fault: Fault) {
        self.0.push((fault, 0));
    }

    /// None any more.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Counts the request with every fault that it matches, and says which of them hit it.
    pub fn judge(&mut self, method: &str, segments: &[String], side: Side) -> Verdict {
        let mut verdict = Verdict::default();
        for (fault, count) in &mut self.0 {
            let of_method = fault
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
            let pattern: Vec<&str> = fault.glob.split('/').filter(|segment| !segment.is_empty()).collect();
            if !of_method || !fault.kind.concerns(side) || !glob_matches(&pattern, segments) {
                continue;
            }
            *count += 1;
            if fault.nth.is_some_and(|nth| nth != *count) {
                continue;
            }
            match &fault.kind {
                Kind::Latency(by) => verdict.latency += *by,
                kind => verdict.kind = verdict.kind.or_else(|| Some(kind.clone())),
            }
        }
        verdict
    }
}

fn glob_matches(pattern: &[&str], segments: &[String]) -> bool {
    match pattern.split_first() {
        None => segments.is_empty(),
        Some((&"**", rest)) => {
            (0..=segments.len()).any(|skipped| glob_matches(rest, segments.get(skipped..).unwrap_or_default()))
        }
        Some((wanted, rest)) => segments.split_first().is_some_and(|(segment, left)| {
            (*wanted == "*" || wanted.eq_ignore_ascii_case(segment)) && glob_matches(rest, left)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segments(path: &str) -> Vec<String> {
        path.split('/')
            .filter(|segment| !segment.is_empty())
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn a_star_is_one_segment_and_two_are_any_number() {
        let matches = |glob: &str, path: &str| {
            let pattern: Vec<&str> = glob.split('/').filter(|segment| !segment.is_empty()).collect();
            glob_matches(&pattern, &segments(path))
        };
        assert!(matches("/groups/*/threads", "/groups/1/threads"));
        assert!(!matches("/groups/*/threads", "/groups/1/threads/2"));
        assert!(!matches("/groups/*/threads", "/groups/threads"));
        assert!(matches("/groups/**", "/groups") && matches("/groups/**", "/groups/1/threads/2"));
        assert!(matches("/**/reply", "/groups/1/threads/2/posts/3/reply"));
    }

    #[test]
    fn the_nth_matching_request_is_hit_and_no_other() {
        let mut faults = Faults::default();
        faults.add("GET /users@2=500".parse().unwrap());
        faults.add("/users@*=latency:5".parse().unwrap());
        let mut hit = |method: &str| faults.judge(method, &segments("/users"), Side::Graph).kind.is_some();
        assert_eq!(
            [hit("GET"), hit("POST"), hit("GET"), hit("GET")],
            [false, false, true, false]
        );
        assert_eq!(
            faults.judge("GET", &segments("/users"), Side::Graph).latency,
            Duration::from_millis(5)
        );
    }
}
