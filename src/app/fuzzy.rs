//! Fuzzy matching of what was typed against names. Pure; lists are matched off the UI thread with [`filter`].

use std::borrow::Cow;
use std::sync::Arc;

use nucleo_matcher::chars::normalize;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Utf32Str};

use super::cmd::Haystack;
use super::item::Item;
use crate::domain::{Pages, Person, Text};
use crate::text::letters;

/// Scores texts against what was typed. Case and diacritics matter only where they were typed.
pub struct Matcher {
    pattern: Pattern,
    matcher: nucleo_matcher::Matcher,
    buffer: Vec<char>,
}

impl Matcher {
    /// Prepares for what was typed; words are looked for one by one. A match at the beginning is worth more.
    pub fn new(needle: &str) -> Self {
        Matcher::with(needle, CaseMatching::Smart)
    }

    fn with(needle: &str, case: CaseMatching) -> Self {
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        Matcher {
            // Marks stand for themselves: `!`, `^`, `'` and `$` are in names and topics, too.
            pattern: Pattern::new(needle, case, Normalization::Smart, AtomKind::Fuzzy),
            matcher: nucleo_matcher::Matcher::new(config),
            buffer: Vec::new(),
        }
    }

    /// How well a text matches; more is better, `None` is not at all.
    pub fn score(&mut self, text: &str) -> Option<u32> {
        let text = if text.is_ascii() {
            Utf32Str::Ascii(text.as_bytes())
        } else {
            // The matcher's own way segments every text into graphemes, which takes longer than to match it.
            self.buffer.clear();
            self.buffer.extend(letters(text));
            Utf32Str::Unicode(&self.buffer)
        };
        self.pattern.score(text, &mut self.matcher)
    }
}

/// The places of the items that match, best first; equals stay in order. Where an order was chosen, they come in that. With `within`, only those are looked at.
pub fn filter(haystack: &Haystack, needle: &str, within: Option<&[u32]>) -> Vec<u32> {
    match haystack {
        Haystack::Groups(pages) => filter_pages(pages, needle, within),
        Haystack::Members(pages, None) => filter_pages(pages, needle, within),
        Haystack::Members(pages, Some(order)) if needle.is_empty() => order.sort(pages, within),
        Haystack::Members(pages, Some(order)) => order.sort(pages, Some(&filter_pages(pages, needle, within))),
        Haystack::Threads(pages) => filter_pages(pages, needle, within),
        Haystack::Conversations(pages) => filter_pages(pages, needle, within),
        Haystack::People(pages) => filter_people(pages, needle, within),
    }
}

fn filter_pages<T: Item + Send + Sync>(pages: &Pages<T>, needle: &str, within: Option<&[u32]>) -> Vec<u32> {
    rank(pages, within, || {
        let mut matcher = Matcher::new(needle);
        move |item: &T| {
            item.words()
                .filter_map(|words| matcher.score(words))
                .max()
                .map(std::cmp::Reverse)
        }
    })
}

/// People by their names, and by the beginnings of their addresses: the letters of an address, which ends as all others do,
/// stand in any name. Of those who match as well, guests come last.
fn filter_people(pages: &Pages<Arc<Person>>, needle: &str, within: Option<&[u32]>) -> Vec<u32> {
    let beginning = needle.to_lowercase();
    rank(pages, within, || {
        let mut matcher = Matcher::with(&plain(needle), CaseMatching::Ignore);
        let beginning = &beginning;
        move |person: &Arc<Person>| {
            let begins = |address: &&Text| {
                let start = address.as_str().get(..beginning.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(beginning))
            };
            let address = person.address().filter(begins);
            let best = matcher
                .score(&plain(person.name.as_str()))
                .max(address.and_then(|address| matcher.score(address.as_str())))?;
            Some((std::cmp::Reverse(best), person.is_guest()))
        }
    })
}

/// Small letters without accents: who types `lukasz` or `zoé` means the letter, however the name writes it.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase().chars().map(normalize).collect())
    }
}

/// Tells people by the beginnings of the words of their names, or of their addresses: for where typing is mostly about
/// something else, and few letters must not mean many people.
pub(super) struct Beginnings {
    words: Vec<String>,
    address: String,
}

impl Beginnings {
    /// Prepares for what was typed: the beginnings of some words of a name, in their order.
    pub(super) fn new(typed: &str) -> Self {
        Beginnings {
            words: words_of(&folded(typed)).map(str::to_owned).collect(),
            address: typed.to_lowercase(),
        }
    }

    /// Whether this may be who is meant.
    pub(super) fn are_of(&self, person: &Person) -> bool {
        let name = folded(person.name.as_str());
        let mut names = words_of(&name);
        let by_name = || self.words.iter().all(|word| names.any(|name| name.starts_with(word)));
        let address = person
            .address()
            .and_then(|address| address.as_str().get(..self.address.len()));
        !self.words.is_empty()
            && (address.is_some_and(|start| start.eq_ignore_ascii_case(&self.address)) || { by_name }())
    }
}

fn words_of(name: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| c.is_whitespace() || "-.,()'’·".contains(c);
    name.split(parts).filter(|word| !word.is_empty())
}

fn folded(text: &str) -> String {
    text.to_lowercase().chars().map(normalize).collect()
}

/// So many items are worth a second thread.
const MANY: usize = 20_000;

/// The places of the items that have a rank, the smallest first; equals stay in order. Two threads share many items, each with
/// a ranking of its own.
fn rank<T: Send + Sync, R: Ord + Send, F: FnMut(&T) -> Option<R>>(
    pages: &Pages<T>,
    within: Option<&[u32]>,
    ranking: impl Fn() -> F + Sync,
) -> Vec<u32> {
    let count = within.map_or(pages.len(), <[u32]>::len);
    let score = |from: usize, to: usize| -> Vec<(R, u32)> {
        let mut rank = ranking();
        let mut score = |place: u32, item: &T| Some((rank(item)?, place));
        let mut scored: Vec<_> = match within {
            Some(places) => {
                let places = places.get(from..to).unwrap_or_default().iter();
                places
                    .filter_map(|place| score(*place, pages.get(*place as usize)?))
                    .collect()
            }
            None => (0..)
                .zip(pages.iter())
                .skip(from)
                .take(to - from)
                .filter_map(|(place, item)| score(place, item))
                .collect(),
        };
        scored.sort_unstable();
        scored
    };
    let middle = if count < MANY { count } else { count / 2 };
    let mut scored = std::thread::scope(|scope| {
        let other = (middle < count).then(|| scope.spawn(|| score(middle, count)));
        let mut scored = score(0, middle);
        match other.map(std::thread::ScopedJoinHandle::join) {
            Some(Ok(more)) => scored.extend(more),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => {}
        }
        scored
    });
    if middle < count {
        // Two sorted halves: the stable sort merges them.
        scored.sort();
    }
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
            "Da\u{308}mmerung",
        ]);
        assert_eq!(filter(&all, "design", None), [2, 0]);
        assert_eq!(filter(&all, "灯", None), [3]);
        assert_eq!(filter(&all, "التصميم", None), [4]);
        assert_eq!(filter(&all, "dammerung", None), [5, 6]);
        assert_eq!(filter(&all, "zzz", None), Vec::<u32>::new());
        assert_eq!(filter(&all, "design", Some(&[0, 1])), [0]);
    }

    #[test]
    fn many_are_ranked_by_two_threads_as_by_one() {
        let name = |n: usize| format!("{} {n}", ["Lantern", "灯籠 lane", "Night"][n % 3]);
        let names: Vec<String> = (0..MANY + 7).map(name).collect();
        let all = groups(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let mut matcher = Matcher::new("lan 1");
        let mut scored: Vec<_> = (0..)
            .zip(&names)
            .filter_map(|(place, name)| Some((std::cmp::Reverse(matcher.score(name)?), place)))
            .collect();
        scored.sort();
        let expected: Vec<u32> = scored.into_iter().map(|(_, place)| place).collect();
        assert!(expected.len() > 5_000);
        assert_eq!(filter(&all, "lan 1", None), expected);
        let everywhere: Vec<u32> = (0..names.len() as u32).collect();
        assert_eq!(filter(&all, "lan 1", Some(&everywhere)), expected);
    }

    #[test]
    fn people_match_by_name_and_by_the_beginning_of_the_address() {
        let person = |name: &str, mail: &str| Person {
            name: name.into(),
            mail: Some(mail.into()),
            user_type: mail.starts_with("guest").then(|| "Guest".into()),
            ..Person::default()
        };
        let all = [
            person("Folke Dam", "guest.dam@folk.example"),
            person("山田 花子", "hanako@folk.example"),
            person("Zoe\u{301} Łukasiewicz", "zoe@folk.example"),
            person("نور الهدى", "noor@folk.example"),
            person("Folke Dam", "dam@folk.example"),
        ];
        let all = Haystack::People(all.into_iter().map(Arc::new).collect());
        for (needle, found) in [
            ("folke", &[4, 0][..]),
            ("花子", &[1]),
            ("HANAKO@folk", &[1]),
            ("folk.ex", &[]),
            ("zoé", &[2]),
            ("luka", &[2]),
            ("نور", &[3]),
            ("dam folke", &[4, 0]),
            ("dam@", &[4]),
        ] {
            assert_eq!(filter(&all, needle, None), found, "{needle}");
        }
    }
}
