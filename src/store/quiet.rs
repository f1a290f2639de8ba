//! Where Graph wanted quiet, and until when: a request that comes earlier is refused and still counts, whichever run it
//! comes from.

use std::io;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::remembered;
use crate::domain::Id;

/// The file in a profile's folder.
const FILE: &str = "quiet.json";
/// Graph counts in windows of ten minutes, so what was heard longer ago is over.
/// <https://learn.microsoft.com/graph/throttling-limits>
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// A place that is to be left in peace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Quiet {
    /// The Graph.
    graph: String,
    /// Whose mailbox; `None` is whatever no mailbox serves.
    mailbox: Option<Id>,
    /// When Graph said so.
    heard: Timestamp,
    until: Timestamp,
}

impl Quiet {
    /// Whether it is still to be kept. A clock that was put back makes nothing last longer.
    fn holds(&self, now: Timestamp) -> bool {
        self.heard <= now && now < self.until && now.duration_since(self.heard).unsigned_abs() < LONGEST
    }
}

/// Keeps what Graph has asked for in this run, beside what it asked for in others.
///
/// # Errors
/// Those of the file system.
pub fn hush(folder: &Path, graph: &str, places: Vec<(Option<Id>, Timestamp)>, now: Timestamp) -> io::Result<()> {
    remembered::change(folder, FILE, |all: &mut Vec<Quiet>| {
        all.retain(|quiet| {
            let anew = quiet.graph == graph && places.iter().any(|(mailbox, _)| *mailbox == quiet.mailbox);
            quiet.holds(now) && !anew
        });
        all.extend(places.into_iter().map(|(mailbox, until)| Quiet {
            graph: graph.to_owned(),
            mailbox,
            heard: now,
            until,
        }));
    })
}

/// What is to be left in peace at a Graph, and until when.
pub fn quiet(folder: &Path, graph: &str, now: Timestamp) -> Vec<(Option<Id>, Timestamp)> {
    let all: Vec<Quiet> = remembered::read(folder, FILE);
    let theirs = all.into_iter().filter(|quiet| quiet.graph == graph && quiet.holds(now));
    theirs.map(|quiet| (quiet.mailbox, quiet.until)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn quiet_is_kept_where_it_was_asked_for_and_no_longer() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path();
        let a = Some(Id::new("a"));
        assert_eq!(quiet(folder, "graph", at(0)), []);
        hush(folder, "graph", vec![(a.clone(), at(160)), (None, at(130))], at(100)).unwrap();
        hush(folder, "other", vec![(a.clone(), at(150))], at(100)).unwrap();
        assert_eq!(quiet(folder, "graph", at(129)), [(a.clone(), at(160)), (None, at(130))]);
        assert_eq!(quiet(folder, "graph", at(130)), [(a.clone(), at(160))]);
        assert_eq!(quiet(folder, "graph", at(160)), []);
        assert_eq!(quiet(folder, "graph", at(99)), [], "the clock was put back");
        assert_eq!(quiet(folder, "other", at(149)), [(a.clone(), at(150))]);
        // What is heard anew counts.
        hush(folder, "graph", vec![(a.clone(), at(5000))], at(140)).unwrap();
        assert_eq!(quiet(folder, "graph", at(739)), [(a, at(5000))]);
        assert_eq!(quiet(folder, "graph", at(740)), [], "it is over by then");
    }
}
