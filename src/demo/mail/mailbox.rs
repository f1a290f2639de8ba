//! A group's mailbox: what it holds, and how posts arrive in it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use super::post::{Address, Post};
use super::thread::{Conversation, Summary, Thread};
use crate::demo::ids::{Guid, OutlookKind, outlook_id};

/// A mailbox.
#[derive(Debug)]
pub struct Mailbox {
    /// The group's id, from which the ids inside are made.
    pub owner: Guid,
    /// The group's own name and address.
    pub address: Arc<Address>,
    /// Every conversation, in the order in which they began.
    pub conversations: Vec<Conversation>,
    /// Every thread, likewise.
    pub threads: Vec<Thread>,
    by_topic: HashMap<Arc<str>, usize>,
    by_id: HashMap<Arc<str>, usize>,
    /// Threads by their last post, newest first.
    order: Vec<usize>,
    /// Conversations with posts that the signed-in person has not seen.
    unseen: BTreeSet<usize>,
    coming: Vec<Coming>,
}

/// A post that was accepted and cannot be seen yet.
#[derive(Debug)]
struct Coming {
    visible: Timestamp,
    thread: usize,
    post: Post,
    unseen: bool,
}

impl Mailbox {
    /// An empty mailbox.
    pub fn new(owner: Guid, address: Address) -> Mailbox {
        Mailbox {
            owner,
            address: Arc::new(address),
            conversations: Vec::new(),
            threads: Vec::new(),
            by_topic: HashMap::new(),
            by_id: HashMap::new(),
            order: Vec::new(),
            unseen: BTreeSet::new(),
            coming: Vec::new(),
        }
    }

    /// Begins a thread; threads of one topic share a conversation. `key` makes its ids.
    pub fn begin(&mut self, key: &str, topic: &str, locked: bool) -> usize {
        let conversation = match self.by_topic.get(topic) {
            Some(place) => *place,
            None => {
                let (id, topic): (Arc<str>, Arc<str>) = (
                    outlook_id(OutlookKind::Conversation, self.owner, key).into(),
                    topic.into(),
                );
                self.by_topic.insert(Arc::clone(&topic), self.conversations.len());
                self.conversations.push(Conversation {
                    id,
                    topic,
                    threads: Vec::new(),
                    summary: Summary::empty(),
                });
                self.conversations.len() - 1
            }
        };
        let place = self.threads.len();
        let id: Arc<str> = outlook_id(OutlookKind::Thread, self.owner, key).into();
        self.by_id.insert(Arc::clone(&id), place);
        let mut topic: Arc<str> = topic.into();
        if let Some(conversation) = self.conversations.get_mut(conversation) {
            topic = Arc::clone(&conversation.topic);
            conversation.threads.push(place);
        }
        let to = vec![Arc::clone(&self.address)];
        self.threads.push(Thread {
            id,
            conversation,
            topic,
            locked,
            to,
            posts: Vec::new(),
            summary: Summary::empty(),
        });
        self.order.push(place);
        place
    }

    /// A post of a thread, ready to be filled in. `number` tells the posts of a thread apart.
    pub fn draft(&self, thread: usize, number: usize, sender: Arc<Address>, received: Timestamp) -> Option<Post> {
        let thread = self.threads.get(thread)?;
        let conversation = self.conversations.get(thread.conversation)?;
        Some(Post {
            id: outlook_id(OutlookKind::Post, self.owner, &format!("{} {number}", thread.id)),
            thread_id: Arc::clone(&thread.id),
            conversation_id: Arc::clone(&conversation.id),
            received,
            from: Arc::clone(&self.address),
            sender,
            html: true,
            body: Arc::from(""),
            categories: Vec::new(),
            new_participants: Vec::new(),
            attachments: Vec::new(),
            in_reply_to: None,
        })
    }

    /// Puts posts into a thread while the tenant is made; [`Mailbox::finish`] must follow.
    pub fn fill(&mut self, thread: usize, posts: Vec<Post>) {
        if let Some(thread) = self.threads.get_mut(thread) {
            thread.posts.extend(posts);
        }
    }

    /// Says that the signed-in person has not seen this thread.
    pub fn mark_unseen(&mut self, thread: usize) {
        if let Some(thread) = self.threads.get(thread) {
            self.unseen.insert(thread.conversation);
        }
    }

    /// Sums everything up and puts it in order, once the mailbox is made.
    pub fn finish(&mut self) {
        for thread in &mut self.threads {
            thread.posts.sort_by_key(|post| post.received);
            thread.summary = Summary::of(&thread.posts);
        }
        for conversation in &mut self.conversations {
            for thread in &conversation.threads {
                if let Some(thread) = self.threads.get(*thread) {
                    conversation.summary.merge(&thread.summary);
                }
            }
        }
        self.sort();
    }

    fn sort(&mut self) {
        let threads = &self.threads;
        self.order
            .sort_by_key(|place| std::cmp::Reverse(threads.get(*place).map(|thread| thread.summary.last_delivered)));
    }

    /// Accepts a post that becomes visible at `visible`.
    pub fn accept(&mut self, thread: usize, post: Post, visible: Timestamp, unseen: bool) {
        self.coming.push(Coming {
            visible,
            thread,
            post,
            unseen,
        });
    }

    /// How many posts a thread has, those on their way included: the number of the next one.
    pub fn next_number(&self, thread: usize) -> usize {
        let coming = self.coming.iter().filter(|coming| coming.thread == thread).count();
        self.threads.get(thread).map_or(0, |thread| thread.posts.len()) + coming
    }

    /// Lets every post in whose time has come.
    pub fn settle(&mut self, now: Timestamp) {
        if !self.coming.iter().any(|coming| coming.visible <= now) {
            return;
        }
        let (due, coming): (Vec<Coming>, Vec<Coming>) = std::mem::take(&mut self.coming)
            .into_iter()
            .partition(|coming| coming.visible <= now);
        self.coming = coming;
        for Coming {
            thread: place,
            post,
            unseen,
            ..
        } in due
        {
            let Some(thread) = self.threads.get_mut(place) else {
                continue;
            };
            thread.summary.add(&post);
            thread.posts.push(post);
            if unseen {
                self.unseen.insert(thread.conversation);
            }
            if let Some(conversation) = self.conversations.get_mut(thread.conversation) {
                conversation.summary.merge(&thread.summary);
            }
        }
        self.sort();
    }

    /// The place of a thread by its id.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The places of the threads, newest first.
    pub fn newest_threads(&self) -> &[usize] {
        &self.order
    }

    /// The places of the conversations, newest first.
    pub fn newest_conversations(&self) -> Vec<usize> {
        let mut met = BTreeSet::new();
        let of = |place: &usize| self.threads.get(*place).map(|thread| thread.conversation);
        self.order
            .iter()
            .filter_map(of)
            .filter(|conversation| met.insert(*conversation))
            .collect()
    }

    /// How many conversations have something new.
    pub fn unseen_conversations(&self) -> i64 {
        i64::try_from(self.unseen.len()).unwrap_or(i64::MAX)
    }

    /// The person has looked.
    pub fn see_all(&mut self) {
        self.unseen.clear();
    }
}
