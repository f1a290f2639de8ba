//! What numbers stood for in the last listings, so that a number means next time what it meant when it was read: threads
//! and conversations change places with every post.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::remembered;
use crate::domain::Id;

/// The file in a profile's folder.
const FILE: &str = "listings.json";
/// Of so many groups the last listing is kept.
const MOST: usize = 32;
/// So many numbers of a listing are kept.
const MOST_NUMBERS: usize = 1000;

/// What was listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Listed {
    /// Threads of a group.
    Threads,
    /// Conversations of a group.
    Conversations,
}

/// A listing: what its numbers stand for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    listed: Listed,
    group: Id,
    /// When it was read.
    pub at: Timestamp,
    /// What has the numbers 1, 2, …
    pub ids: Vec<Id>,
}

/// Keeps the listing of a group in a profile's folder, in the place of the one before it.
///
/// # Errors
/// Those of the file system.
pub fn remember(folder: &Path, listed: Listed, group: &Id, mut ids: Vec<Id>, at: Timestamp) -> io::Result<()> {
    ids.truncate(MOST_NUMBERS);
    let group = group.clone();
    let newest = Listing { listed, group, at, ids };
    remembered::change(folder, FILE, |all: &mut Vec<Listing>| {
        all.retain(|other| !other.is(listed, &newest.group));
        all.truncate(MOST - 1);
        all.insert(0, newest);
    })
}

/// The last listing of a group, if there is one.
pub fn recall(folder: &Path, listed: Listed, group: &Id) -> Option<Listing> {
    read(folder).into_iter().find(|listing| listing.is(listed, group))
}

/// The newest listing of any group, if there is one.
pub fn newest(folder: &Path, listed: Listed) -> Option<Listing> {
    read(folder).into_iter().find(|listing| listing.listed == listed)
}

impl Listing {
    fn is(&self, listed: Listed, group: &Id) -> bool {
        self.listed == listed && self.group == *group
    }
}

/// All that is kept, the newest first.
fn read(folder: &Path) -> Vec<Listing> {
    remembered::read(folder, FILE)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn ids(names: &[&str]) -> Vec<Id> {
        names.iter().map(|name| Id::new(*name)).collect()
    }

    #[test]
    fn the_last_listing_of_each_group_is_found_again() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("profile");
        let (g, h) = (Id::new("g"), Id::new("h"));
        assert_eq!(recall(&folder, Listed::Threads, &g), None);
        remember(&folder, Listed::Threads, &g, ids(&["a"]), at(1)).unwrap();
        remember(&folder, Listed::Conversations, &g, ids(&["c"]), at(2)).unwrap();
        remember(&folder, Listed::Threads, &h, ids(&["x"]), at(3)).unwrap();
        remember(&folder, Listed::Threads, &g, ids(&["b", "a"]), at(4)).unwrap();
        let found = recall(&folder, Listed::Threads, &g).unwrap();
        assert_eq!((found.at, found.ids), (at(4), ids(&["b", "a"])));
        assert_eq!(recall(&folder, Listed::Conversations, &g).unwrap().ids, ids(&["c"]));
        assert_eq!(recall(&folder, Listed::Threads, &h).unwrap().ids, ids(&["x"]));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{mode:o}");
        }
    }

    #[test]
    fn it_is_bounded_and_a_damaged_file_is_as_good_as_none() {
        let home = tempfile::tempdir().unwrap();
        for number in 0..MOST + 3 {
            let group = Id::new(number.to_string());
            let many = vec![Id::new("x"); MOST_NUMBERS + 1];
            remember(home.path(), Listed::Threads, &group, many, at(1)).unwrap();
        }
        assert_eq!(recall(home.path(), Listed::Threads, &Id::new("2")), None);
        let kept = recall(home.path(), Listed::Threads, &Id::new("3")).unwrap();
        assert_eq!(kept.ids.len(), MOST_NUMBERS);
        fs::write(home.path().join(FILE), "{").unwrap();
        assert_eq!(recall(home.path(), Listed::Threads, &Id::new("3")), None);
        remember(home.path(), Listed::Threads, &Id::new("3"), ids(&["y"]), at(2)).unwrap();
        assert_eq!(recall(home.path(), Listed::Threads, &Id::new("3")).unwrap().at, at(2));
    }
}
