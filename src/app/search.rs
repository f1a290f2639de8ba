//! Looking for words in the posts of a thread: `/` marks hits, `n` and `N` walk them. The looking is done off the UI thread,
//! post by post; an answer is taken if it is for the words that are looked for now, in the layout that is shown now.

use std::collections::HashMap;
use std::sync::Arc;

use super::cmd::Cmd;
use super::model::Model;
use super::posts::PostsPane;
use crate::domain::Id;
use crate::text::{Hit, Typeset};

/// A search within the open thread.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// What is looked for; empty when there is no search.
    pub needle: String,
    /// The needle that the hits are of: the one before, until the first answer for the present one.
    answered: String,
    /// Where it stands in the posts that were looked through.
    hits: HashMap<Id, Arc<[Hit]>>,
    /// The hit that was walked to last: its post, and which of the hits there.
    at: Option<(Id, usize)>,
    /// What is typed waits for the hits that are on their way.
    waits: bool,
}

/// A post that was laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct LaidOut {
    /// The post.
    pub post: Id,
    /// Its lines.
    pub set: Arc<Typeset>,
}

/// A post that was looked through.
#[derive(Debug, Clone, PartialEq)]
pub struct Searched {
    /// The post, and the layout in which the hits are.
    pub laid_out: LaidOut,
    /// Where the needle stands, top to bottom.
    pub hits: Arc<[Hit]>,
}

impl Search {
    /// Whether anything is looked for.
    fn is_on(&self) -> bool {
        !self.needle.trim().is_empty()
    }

    /// Forgets what was found in a post: it was laid out anew.
    pub(super) fn forget(&mut self, post: &Id) {
        self.hits.remove(post);
    }

    /// Keeps what was found in some posts: the others have gone.
    pub(super) fn keep(&mut self, is_kept: impl Fn(&Id) -> bool) {
        self.hits.retain(|post, _| is_kept(post));
        self.at = self.at.take().filter(|(post, _)| is_kept(post));
    }

    /// How many hits a post has.
    fn count(&self, post: &Id) -> usize {
        self.hits.get(post).map_or(0, |hits| hits.len())
    }
}

impl PostsPane {
    /// Whether hits may still come: posts are still being looked through, or laid out.
    pub fn is_searching(&self) -> bool {
        self.is_looking_through() || (self.search.is_on() && !self.due.is_empty())
    }

    /// Whether what is typed is to wait for hits that are on their way.
    pub(super) fn awaits_hits(&self) -> bool {
        self.search.waits && self.is_looking_through()
    }

    /// What is typed no longer waits for hits.
    pub(super) fn stop_awaiting_hits(&mut self) {
        self.search.waits = false;
    }

    /// Whether not all that is laid out was looked through.
    fn is_looking_through(&self) -> bool {
        let search = &self.search;
        search.is_on() && (search.answered != search.needle || search.hits.len() < self.typeset.len())
    }

    /// How many hits were found.
    pub fn hit_count(&self) -> usize {
        self.search.hits.values().map(|hits| hits.len()).sum()
    }

    /// The hits in a post, top to bottom.
    pub fn hits(&self, post: &Id) -> &[Hit] {
        self.search.hits.get(post).map_or(&[], |hits| hits)
    }

    /// Which of a post's hits is the one that was walked to last.
    pub fn hit_here(&self, post: &Id) -> Option<usize> {
        let at = self.search.at.as_ref().filter(|(there, _)| there == post);
        at.map(|(_, place)| *place)
    }

    /// The number of the hit that was walked to last, from 1.
    pub fn hit_number(&self) -> Option<usize> {
        let (post, place) = self.search.at.as_ref()?;
        let above = self.entries.iter().map(|entry| &entry.post.id);
        let above = above.take_while(|id| *id != post);
        let above: usize = above.map(|id| self.search.count(id)).sum();
        Some(above + place + 1)
    }

    /// The hit that was walked to last, and the place of its post in the thread.
    pub(super) fn hit(&self) -> Option<(usize, Hit)> {
        let (post, place) = self.search.at.as_ref()?;
        let entry = self.place_of(post)?;
        let hit = self.hits(post).get(*place)?;
        Some((entry, *hit))
    }

    /// The place of a post in the thread.
    fn place_of(&self, post: &Id) -> Option<usize> {
        self.entries.iter().position(|entry| entry.post.id == *post)
    }

    /// The hit beside the one that was walked to last, around the ends. A walk begins at the cursor.
    fn beside(&self, forward: bool) -> Option<(Id, usize)> {
        let ids = || self.entries.iter().map(|entry| &entry.post.id);
        let first = |id: &Id| (self.search.count(id) > 0).then(|| (id.clone(), 0));
        let last = |id: &Id| Some((id.clone(), self.search.count(id).checked_sub(1)?));
        let at = self.search.at.as_ref();
        let at = at.and_then(|(post, place)| Some((self.place_of(post)?, post, *place)));
        match (at, forward) {
            (Some((_, post, place)), true) if place + 1 < self.search.count(post) => Some((post.clone(), place + 1)),
            (Some((_, post, place)), false) if place > 0 => Some((post.clone(), place - 1)),
            (Some((entry, ..)), true) => ids().skip(entry + 1).chain(ids()).find_map(first),
            (Some((entry, ..)), false) => ids().take(entry).rev().chain(ids().rev()).find_map(last),
            (None, true) => ids().skip(self.cursor).chain(ids()).find_map(first),
            (None, false) => ids().take(self.cursor + 1).rev().chain(ids().rev()).find_map(last),
        }
    }
}

/// Looks for other words. The hits of those before stay until the first answer.
pub(super) fn look_for(model: &mut Model, needle: String) -> Vec<Cmd> {
    let search = &mut model.posts.search;
    search.needle = needle;
    search.at = None;
    search.waits = true;
    if !search.is_on() || model.posts.typeset.is_empty() {
        search.answered.clone_from(&search.needle);
        search.hits.clear();
        return Vec::new();
    }
    let posts = &model.posts;
    let shown = posts.entries.iter().filter_map(|entry| {
        let post = &entry.post.id;
        let set = posts.typeset.get(post)?.clone();
        Some(LaidOut {
            post: post.clone(),
            set,
        })
    });
    look_through(model, shown.collect())
}

/// Has posts looked through that were laid out.
pub(super) fn look_through(model: &Model, laid_out: Vec<LaidOut>) -> Vec<Cmd> {
    let search = &model.posts.search;
    if !search.is_on() || laid_out.is_empty() {
        return Vec::new();
    }
    let needle = search.needle.clone();
    vec![Cmd::Search { needle, laid_out }]
}

/// Takes what was found. The walk goes on from the hit where it stands.
pub(super) fn searched(model: &mut Model, needle: String, posts: Vec<Searched>) {
    let PostsPane { search, typeset, .. } = &mut model.posts;
    if !search.is_on() || needle != search.needle {
        return;
    }
    if search.answered != needle {
        search.answered = needle;
        search.hits.clear();
    }
    for Searched { laid_out, hits } in posts {
        let LaidOut { post, set } = laid_out;
        if typeset.get(&post).is_none_or(|shown| !Arc::ptr_eq(shown, &set)) {
            continue;
        }
        if let Some((_, place)) = search.at.as_mut().filter(|(at, _)| *at == post) {
            *place = (*place).min(hits.len().saturating_sub(1));
        }
        search.at = search.at.take().filter(|(at, _)| *at != post || !hits.is_empty());
        search.hits.insert(post, hits);
    }
}

/// Walks to the next hit, or to the one before; around the ends.
pub(super) fn walk(model: &mut Model, forward: bool) {
    if let Some(hit) = model.posts.beside(forward) {
        model.posts.search.at = Some(hit);
    }
}

/// Whether a walk is under way.
pub(super) fn is_walking(model: &Model) -> bool {
    model.posts.search.at.is_some()
}
