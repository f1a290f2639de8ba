//! Fuzzy matching of what was typed against names. Pure; lists are matched off the UI thread with [`filter`].

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Utf32Str};

use super::cmd::Haystack;
use super::list::Item;
use crate::domain::Pages;

/// Scores texts against what was typed. Case and diacritics matter only where they were typed.
pub struct Matcher {
    pattern: Pattern,
    matcher: nucleo_matcher::Matcher,
    buffer: Vec<char>,
}

impl Matcher {
    /// Prepares for what was typed; words are looked for one by one. A match at the beginning is worth more.
    pub fn new(needle: &str) -> Self {
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        Matcher {
            pattern: Pattern::parse(needle, CaseMatching::Smart, Normalization::Smart),
            matcher: nucleo_matcher::Matcher::new(config),
            buffer: Vec::new(),
        }
    }

    /// How well a text matches; more is better, `None` is not at all.
    pub fn score(&mut self, text: &str) -> Option<u32> {
        self.pattern
            .score(Utf32Str::new(text, &mut self.buffer), &mut self.matcher)
    }
}

/// The places of the items that match, best first; equals stay in order. With `within`, only those are looked at.
pub fn filter(haystack: &Haystack, needle: &str, within: Option<&[u32]>) -> Vec<u32> {
    match haystack {
        Haystack::Groups(pages) => filter_pages(pages, needle, within),
        Haystack::Members(pages) => filter_pages(pages, needle, within),
        Haystack::Threads(pages) => filter_pages(pages, needle, within),
    }
}

fn filter_pages<T: Item>(pages: &Pages<T>, needle: &str, within: Option<&[u32]>) -> Vec<u32> {
    let mut matcher = Matcher::new(needle);
    let mut score = |place: u32, item: &T| {
        let best = item.words().filter_map(|words| matcher.score(words)).max()?;
        Some((std::cmp::Reverse(best), place))
    };
    let mut scored: Vec<_> = match within {
        Some(places) => places
            .iter()
            .filter_map(|place| score(*place, pages.get(*place as usize)?))
            .collect(),
        None => (0..)
            .zip(pages.iter())
            .filter_map(|(place, item)| score(place, item))
            .collect(),
    };
    scored.sort_unstable();
    scored.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Group;

    fn groups(names: &[&str]) -> Haystack {
        let group = |name: &&str| -> Group {
            serde_json::from_value(serde_json::json!({"id": name, "displayName": name})).unwrap()
        };
        Haystack::Groups(names.iter().map(group).collect())
    }

    #[test]
    fn the_best_match_comes_first_in_any_script() {
        let all = groups(&[
            "Lantern design",
            "Night shift",
            "Design",
            "灯籠の会",
            "فريق التصميم",
            "Dämmerung",
        ]);
        assert_eq!(filter(&all, "design", None), [2, 0]);
        assert_eq!(filter(&all, "灯", None), [3]);
        assert_eq!(filter(&all, "التصميم", None), [4]);
        assert_eq!(filter(&all, "dammerung", None), [5]);
        assert_eq!(filter(&all, "zzz", None), Vec::<u32>::new());
        assert_eq!(filter(&all, "design", Some(&[0, 1])), [0]);
    }
}
