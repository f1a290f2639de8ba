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

    /// Begins a thread while the tenant is made; threads of one topic share a conversation. `key` makes its ids.
    pub fn begin(&mut self, key: &str, topic: &str, locked: bool) -> usize {
        let conversation = match self.by_topic.get(topic) {
            Some(place) => *place,
            None => {
                let place = self.converse(key, topic);
                if let Some(conversation) = self.conversations.get(place) {
                    self.by_topic.insert(Arc::clone(&conversation.topic), place);
                }
                place
            }
        };
        let place = self.add_thread(key, topic, conversation);
        if let Some(thread) = self.threads.get_mut(place) {
            thread.locked = locked;
        }
        self.show(place);
        place
    }

    /// Begins a thread, in a conversation or in one of its own. Nobody sees it before its first post.
    pub fn open(&mut self, topic: &str, conversation: Option<usize>) -> usize {
        let key = format!("begun {}", self.threads.len());
        let conversation = conversation.unwrap_or_else(|| self.converse(&key, topic));
        self.add_thread(&key, topic, conversation)
    }

    fn converse(&mut self, key: &str, topic: &str) -> usize {
        self.conversations.push(Conversation {
            id: outlook_id(OutlookKind::Conversation, self.owner, key).into(),
            topic: topic.into(),
            threads: Vec::new(),
            summary: Summary::empty(),
        });
        self.conversations.len() - 1
    }

    fn add_thread(&mut self, key: &str, topic: &str, conversation: usize) -> usize {
        let shared = self.conversations.get(conversation).map(|it| Arc::clone(&it.topic));
        self.threads.push(Thread {
            id: outlook_id(OutlookKind::Thread, self.owner, key).into(),
            conversation,
            topic: shared
                .filter(|shared| **shared == *topic)
                .unwrap_or_else(|| topic.into()),
            locked: false,
            to: vec![Arc::clone(&self.address)],
            cc: Vec::new(),
            posts: Vec::new(),
            summary: Summary::empty(),
        });
        self.threads.len() - 1
    }

    /// Lets a thread be found and listed, if it is not already.
    fn show(&mut self, place: usize) {
        let Some(thread) = self.threads.get(place) else {
            return;
        };
        if self.by_id.insert(Arc::clone(&thread.id), place).is_some() {
            return;
        }
        self.order.push(place);
        if let Some(conversation) = self.conversations.get_mut(thread.conversation) {
            conversation.threads.push(place);
        }
    }

    /// Deletes a thread with its posts, those on their way included, and with it a conversation that has no other.
    pub fn delete_thread(&mut self, place: usize) {
        self.coming.retain(|coming| coming.thread != place);
        self.order.retain(|listed| *listed != place);
        let Some(thread) = self.threads.get_mut(place) else {
            return;
        };
        thread.posts = Vec::new();
        self.by_id.remove(&thread.id);
        let number = thread.conversation;
        let Some(conversation) = self.conversations.get_mut(number) else {
            return;
        };
        conversation.threads.retain(|listed| *listed != place);
        conversation.summary = Summary::empty();
        for thread in &conversation.threads {
            if let Some(thread) = self.threads.get(*thread) {
                conversation.summary.merge(&thread.summary);
            }
        }
        if conversation.threads.is_empty() {
            self.unseen.remove(&number);
        }
    }

    /// Deletes a conversation with its threads.
    pub fn delete_conversation(&mut self, place: usize) {
        let of = |thread: &Thread| thread.conversation == place;
        let threads: Vec<usize> = (0..)
            .zip(&self.threads)
            .filter(|(_, it)| of(it))
            .map(|(at, _)| at)
            .collect();
        for thread in threads {
            self.delete_thread(thread);
        }
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
            extensions: Vec::new(),
            extended: Vec::new(),
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
            self.show(place);
            let Some(thread) = self.threads.get_mut(place) else {
                continue;
            };
            thread.summary.add(&post);
            for participant in &post.new_participants {
                if !thread.to.iter().any(|known| known.is_at(&participant.address)) {
                    thread.to.push(Arc::new(participant.clone()));
                }
            }
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

    /// The place of a conversation by its id; none where it has no threads that can be seen.
    pub fn conversation_place(&self, id: &str) -> Option<usize> {
        self.conversations
            .iter()
            .position(|conversation| *conversation.id == *id && !conversation.threads.is_empty())
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
