//! How far threads were read. Graph keeps no such marks, so folkmoot keeps its own.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::Landed;
use crate::domain::{Conversation, Id, Thread};

/// How far one thread was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What was delivered until then was read.
    pub up_to: Timestamp,
    /// The newest post that was, where it is known.
    pub post: Option<Id>,
}

/// How far the threads of a group were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// What was delivered until then counts as read, but in threads that have a mark of their own; `None` where the group
    /// was never seen.
    pub since: Option<Timestamp>,
    /// Threads that have one, and conversations that were opened when they had something new.
    pub threads: HashMap<Id, Mark>,
}

/// A change of the marks of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marking {
    /// The group is seen for the first time: what was delivered until then counts as read. Where it was seen before,
    /// nothing changes.
    Begin(Timestamp),
    /// A thread was read so far, or farther.
    Read(Id, Mark),
    /// A thread was read so far and no farther, whatever was said before.
    Unread(Id, Mark),
    /// Everything was read that was delivered until then.
    All(Timestamp),
}

/// Times are compared as they are kept: in milliseconds.
fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

impl Mark {
    /// Of a thread that was read up to a time.
    pub fn up_to(at: Timestamp) -> Self {
        Mark { up_to: at, post: None }
    }

    /// Of a thread that was read but for what was delivered at a time, and later.
    pub fn before(at: Timestamp) -> Self {
        Mark::up_to(at.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(at))
    }

    /// Whether it reaches farther than a time.
    fn is_beyond(&self, at: Option<Timestamp>) -> bool {
        at.is_none_or(|at| millis(self.up_to) > millis(at))
    }
}

impl Marks {
    /// How far a thread was read; `None` where the group was never seen.
    pub fn up_to(&self, thread: &Id) -> Option<Timestamp> {
        self.threads.get(thread).map(|mark| mark.up_to).or(self.since)
    }

    /// Whether a time lies beyond what was read of a thread.
    pub fn is_beyond(&self, thread: &Id, at: Timestamp) -> bool {
        self.up_to(thread).is_some_and(|up_to| millis(at) > millis(up_to))
    }

    /// Whether a thread has something that was not read.
    pub fn is_unread(&self, thread: &Thread) -> bool {
        let newest = thread.last_delivered_date_time;
        newest.is_some_and(|newest| self.is_beyond(&thread.id, newest))
    }

    /// Whether a conversation has something that was not read. How far it was read is known by its threads, and Graph does
    /// not tell which are its own: one that was read just up to the newest post of the conversation is, and so is one that
    /// was marked as unread from that post on. One that was opened since has a mark of its own.
    ///
    /// Where posts of several conversations came in the same second, `may_be_of_it` tells apart whose a thread is.
    pub fn has_unread(&self, conversation: &Conversation, may_be_of_it: impl Fn(&Id) -> bool) -> bool {
        let Some(newest) = conversation.last_delivered_date_time else {
            return false;
        };
        let mut others = self.threads.iter().filter(|(id, _)| **id != conversation.id);
        let unread = Mark::before(newest);
        if others.clone().any(|(id, mark)| *mark == unread && may_be_of_it(id)) {
            return true;
        }
        let is_read = others.any(|(id, mark)| millis(mark.up_to) == millis(newest) && may_be_of_it(id));
        !is_read && self.is_beyond(&conversation.id, newest)
    }

    /// What one's own post in a thread changes: it makes nothing unread, nor anything read that came before it.
    pub fn after_own(&self, own: &Landed) -> Option<Marking> {
        let up_to = own.at?;
        let missed = own.before.is_some_and(|before| self.is_beyond(&own.thread, before));
        let post = Some(own.post.clone());
        let is_news = !missed && self.is_beyond(&own.thread, up_to);
        is_news.then(|| Marking::Read(own.thread.clone(), Mark { up_to, post }))
    }

    /// Takes a change. It comes to the same here as in the store.
    pub fn take(&mut self, marking: &Marking) {
        match marking {
            Marking::Begin(since) => self.since = self.since.or(Some(*since)),
            Marking::Read(thread, mark) => {
                if mark.is_beyond(self.up_to(thread)) {
                    self.threads.insert(thread.clone(), mark.clone());
                }
            }
            Marking::Unread(thread, mark) => {
                self.threads.insert(thread.clone(), mark.clone());
            }
            Marking::All(until) => {
                self.since = self.since.max(Some(*until));
                let since = self.since;
                self.threads.retain(|_, mark| mark.is_beyond(since));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn mark(second: i64) -> Mark {
        Mark {
            up_to: at(second),
            post: None,
        }
    }

    fn thread(second: i64) -> Thread {
        Thread {
            id: "灯籠".into(),
            last_delivered_date_time: Some(at(second)),
            ..Thread::default()
        }
    }

    fn after(markings: &[Marking]) -> Marks {
        let mut marks = Marks::default();
        for marking in markings {
            marks.take(marking);
        }
        marks
    }

    #[test]
    fn what_was_there_when_the_group_was_first_seen_counts_as_read() {
        assert!(!Marks::default().is_unread(&thread(9)), "nothing is known");
        let marks = after(&[Marking::Begin(at(5)), Marking::Begin(at(8))]);
        assert!(!marks.is_unread(&thread(5)) && marks.is_unread(&thread(6)));
        assert!(!marks.is_unread(&Thread::default()), "a thread without a date");
    }

    #[test]
    fn marks_go_forward_but_for_what_is_marked_as_unread() {
        let begun = Marking::Begin(at(5));
        let read = |second| Marking::Read("灯籠".into(), mark(second));
        let unread = |second| Marking::Unread("灯籠".into(), mark(second));
        for (then, up_to) in [
            (vec![read(7), read(6)], 7),
            (vec![read(4)], 5),
            (vec![read(7), unread(2)], 2),
            (vec![unread(2), read(3)], 3),
            (vec![unread(2), Marking::All(at(6))], 6),
            (vec![read(9), Marking::All(at(6))], 9),
            (vec![Marking::All(at(3))], 5),
        ] {
            let markings: Vec<Marking> = std::iter::once(begun.clone()).chain(then).collect();
            let marks = after(&markings);
            assert_eq!(marks.up_to(&"灯籠".into()), Some(at(up_to)), "{markings:?}");
        }
    }

    #[test]
    fn ones_own_post_makes_nothing_unread_and_nothing_read_before_it() {
        let own = |second, before: Option<i64>| Landed {
            thread: "灯籠".into(),
            post: "mine".into(),
            at: Some(at(second)),
            before: before.map(at),
        };
        let marks = after(&[Marking::Begin(at(5))]);
        let marking = marks.after_own(&own(9, Some(5))).unwrap();
        assert!(!after(&[Marking::Begin(at(5)), marking]).is_unread(&thread(9)));
        assert!(marks.after_own(&own(9, None)).is_some(), "a thread of its own");
        for (of, own) in [
            (&marks, own(9, Some(6))),
            (&marks, own(5, None)),
            (&Marks::default(), own(9, None)),
        ] {
            assert_eq!(of.after_own(&own), None, "{own:?}");
        }
    }

    #[test]
    fn less_than_a_millisecond_is_nothing() {
        let marks = after(&[Marking::Begin("2026-11-21T12:00:00.123Z".parse().unwrap())]);
        let exact = "2026-11-21T12:00:00.1234567Z".parse().unwrap();
        assert!(!marks.is_beyond(&"t".into(), exact));
    }
}
