//! What holds in every world: nothing written is lost, cursors lie in their lists, what is under them is in sight.

use std::collections::HashSet;

use super::world::{FULL, World};
use crate::app::prompt::Purpose;
use crate::app::{Entry, Outgoing, Own, Stage as Sending, TimerId, What, timers};
use crate::domain::Id;
use crate::keys::Place;
use crate::layout::Pane;

impl World {
    /// Asserts that all that is written lies on disk, now that the program ends, or was handed to it in its newest state:
    /// what the disk does not take is put elsewhere.
    pub(super) fn assert_nothing_is_lost(&self) {
        let model = &self.stage.model;
        let open = model.composer.iter().filter(|composer| !composer.is_empty());
        let open = open.map(|composer| (composer.id(), composer.editor.text()));
        let is_text = |out: &&Outgoing| !matches!(out.stage, Sending::Visible(_));
        let put_aside = model
            .outbox
            .iter()
            .filter(is_text)
            .map(|out| (&out.draft.id, out.draft.text.clone()));
        for (id, text) in open.chain(put_aside) {
            let held = self.unsaved.get(id).or(self.disk.get(id));
            assert_eq!(held, Some(&text), "{id:?}");
        }
        let [disk, unsaved] = &self.own;
        let typing = model.prompt.as_ref().and_then(|prompt| match prompt.purpose {
            Purpose::Own(of) => Some((of, prompt.line.text())),
            _ => None,
        });
        let held = |of: Own, person: &Id| {
            let name = (person.clone(), of.name().to_owned());
            unsaved.get(&name).or(disk.get(&name)).cloned()
        };
        for edit in &model.own {
            let is_replaced = typing.as_ref().is_some_and(|(of, _)| *of == edit.of);
            assert!(
                is_replaced || held(edit.of, &edit.person).as_ref() == Some(&edit.text),
                "{edit:?}"
            );
        }
        if let (Some((of, text)), Some(me)) = (typing, model.me.shown())
            && !text.trim().is_empty()
        {
            let now = model.profile().and_then(|profile| profile.own_under_cursor());
            let as_it_was = now.is_some_and(|(other, now)| other == of && now == text.trim());
            assert!(as_it_was || held(of, &me.person.id) == Some(text));
        }
    }

    /// Leaves, where the disk has no room any more and has said so of all that was handed to it.
    pub(super) fn leave_a_full_disk(&mut self) {
        self.wait(6_000, FULL);
        self.hear_from_the_disk_that_is(FULL);
        let leaves = "ctrl-c".parse().unwrap();
        self.tell(What::Key(leaves), FULL);
        let mut missing = self.unsaved.iter().filter(|(id, text)| self.disk.get(id) != Some(text));
        let [disk, unsaved] = &self.own;
        let mut missing_own = unsaved.iter().filter(|(name, text)| disk.get(name) != Some(text));
        let is_whole = missing.next().is_none() && missing_own.next().is_none();
        assert!(
            is_whole || !self.ended,
            "without a word: {:?} {unsaved:?}",
            self.unsaved
        );
        for _ in 0..2 {
            if !self.ended {
                self.tell(What::Key(leaves), FULL);
            }
        }
        assert!(self.ended, "nobody is held for good");
    }

    /// Asserts that the panes show the group under the cursor, now that nothing moves.
    pub(super) fn assert_together(&self) {
        let model = &self.stage.model;
        if model.place() == Place::Groups && !model.groups.list.is_empty() {
            assert_eq!(model.group.as_ref(), model.groups.list.selected());
        }
    }

    /// Asserts what holds at every moment.
    pub(super) fn assert_sound(&self) {
        let model = &self.stage.model;
        let laid = model.arrangement();
        let in_list = |name: &str, len: usize, cursor: usize, top: usize, page: Option<usize>| {
            assert!(cursor < len.max(1), "{name}: cursor {cursor} of {len}");
            if let Some(page) = page {
                assert!(
                    top <= cursor && cursor < top + page,
                    "{name}: {cursor} from {top} on, {page} rows"
                );
            }
        };
        let page = |pane| laid.pane(pane).map(|_| laid.page(pane));
        let (groups, members, threads) = (&model.groups.list, &model.members.list, &model.threads.list);
        in_list("groups", groups.len(), groups.cursor, groups.top, page(Pane::Groups));
        in_list(
            "members",
            members.len(),
            members.cursor,
            members.top,
            page(Pane::Members),
        );
        in_list(
            "threads",
            threads.len(),
            threads.cursor,
            threads.top,
            page(Pane::Threads),
        );
        in_list("drafts", model.outbox.len(), drafts_cursor(self), 0, None);
        let posts = &model.posts;
        in_list("posts", posts.entries.len(), posts.cursor, 0, None);
        if !posts.entries.is_empty() && self.stage.posts_rows() > 0 {
            let visible = self.stage.visible();
            assert!(
                visible.iter().any(|(entry, _)| *entry == posts.cursor),
                "the post under the cursor is out of sight"
            );
            assert_eq!(
                visible.len(),
                posts.visible(self.stage.posts_rows()).count(),
                "rows without anything"
            );
        }
        for Entry { post, .. } in &posts.entries {
            let (hits, set) = (posts.hits(&post.id), posts.typeset.get(&post.id));
            let lines = set.map_or(0, |set| set.lines.len());
            assert!(
                hits.iter().all(|hit| (hit.line as usize) < lines),
                "a hit beyond its post"
            );
        }
        let laid_out: HashSet<_> = posts.typeset.keys().chain(&posts.due).collect();
        let shown: HashSet<_> = posts.entries.iter().map(|entry| &entry.post.id).collect();
        assert_eq!(laid_out, shown, "what is not laid out is to be");
        if let Some(profile) = model.profiles.last() {
            in_list("profile", profile.rows().len(), profile.cursor, profile.top, None);
        }
        if let Some(org) = &model.org {
            let (tree, view) = (&org.tree, org.tree.view());
            in_list("org", tree.len(), view.cursor, view.top, None);
            assert!(tree.is_empty() || tree.selected().is_some());
        }
        if let Some(crate::app::Overlay::Overlap(overlap)) = &model.overlay {
            in_list("overlap", overlap.len(), overlap.cursor, 0, None);
            assert!(overlap.part < overlap.parts().len());
        }
        if let Some(nested) = &model.nested {
            let (tree, view) = (&nested.tree, nested.tree.view());
            in_list("nested", tree.len(), view.cursor, view.top, None);
            assert!(tree.is_empty() || nested.selected().is_some());
        }
        if let Some(finder) = &model.finder {
            in_list("finder", finder.list.len(), finder.list.cursor, 0, None);
        }
        for timer in timers(model) {
            if timer.id == TimerId::Clock {
                assert!(timer.due >= model.now.instant + std::time::Duration::from_secs(60));
            }
        }
        assert!(!model.ending || timers(model).is_empty());
    }
}

fn drafts_cursor(world: &World) -> usize {
    match world.stage.model.overlay {
        Some(crate::app::Overlay::Drafts { cursor, .. }) => cursor,
        _ => 0,
    }
}
