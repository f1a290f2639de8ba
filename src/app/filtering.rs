//! Filtering lists by what was typed: asked for here, done off the UI thread, and the answer taken here.

use std::sync::Arc;

use super::cmd::{Cmd, Filterable, Haystack};
use super::item::Item;
use super::list::List;
use super::model::Model;
use super::posts::PostsPane;
use crate::domain::Pages;
use crate::keys::Place;
use crate::layout::Pane;

/// The list in a place.
pub(super) fn list_in(place: Place) -> Option<Filterable> {
    Some(match place {
        Place::Groups => Filterable::Pane(Pane::Groups),
        Place::Members => Filterable::Pane(Pane::Members),
        Place::Threads => Filterable::Pane(Pane::Threads),
        Place::Conversations => Filterable::Conversations,
        Place::Finder => Filterable::Finder,
        Place::Org => Filterable::Org,
        Place::Nested => Filterable::Nested,
        _ => return None,
    })
}

/// What is asked of whatever can be filtered or searched, the same of each.
trait Sifted {
    /// What it is filtered by.
    fn needle(&self) -> &str;
    /// Whether an answer under way will put the cursor on another item.
    fn awaits_best(&self) -> bool;
    /// That answer leaves the cursor on its item.
    fn stop_awaiting_best(&mut self);
}

impl<T: Item> Sifted for List<T> {
    fn needle(&self) -> &str {
        &self.needle
    }

    fn awaits_best(&self) -> bool {
        self.awaits_best()
    }

    fn stop_awaiting_best(&mut self) {
        self.stop_awaiting_best();
    }
}

/// The posts are searched, not filtered.
impl Sifted for PostsPane {
    fn needle(&self) -> &str {
        ""
    }

    fn awaits_best(&self) -> bool {
        self.awaits_hits()
    }

    fn stop_awaiting_best(&mut self) {
        self.stop_awaiting_hits();
    }
}

impl Model {
    fn sifted(&self, which: Filterable) -> Option<&dyn Sifted> {
        Some(match which {
            Filterable::Pane(Pane::Groups) => &self.groups.list,
            Filterable::Pane(Pane::Members) => &self.members.list,
            Filterable::Pane(Pane::Threads) => &self.threads.list,
            Filterable::Pane(Pane::Posts) => &self.posts,
            Filterable::Conversations => &self.conversations.list,
            Filterable::Finder => &self.finder.as_ref()?.list,
            Filterable::Org => &self.org.as_ref()?.tree.list,
            Filterable::Nested => &self.nested.as_ref()?.tree.list,
        })
    }

    fn sifted_mut(&mut self, which: Filterable) -> Option<&mut dyn Sifted> {
        Some(match which {
            Filterable::Pane(Pane::Groups) => &mut self.groups.list,
            Filterable::Pane(Pane::Members) => &mut self.members.list,
            Filterable::Pane(Pane::Threads) => &mut self.threads.list,
            Filterable::Pane(Pane::Posts) => &mut self.posts,
            Filterable::Conversations => &mut self.conversations.list,
            Filterable::Finder => &mut self.finder.as_mut()?.list,
            Filterable::Org => &mut self.org.as_mut()?.tree.list,
            Filterable::Nested => &mut self.nested.as_mut()?.tree.list,
        })
    }

    /// What a list is filtered by.
    pub(super) fn needle(&self, which: Filterable) -> &str {
        self.sifted(which).map_or("", Sifted::needle)
    }

    /// Whether a filter's answer will put the cursor of a list on another item, or hits in the posts are on their way.
    pub(super) fn awaits_best(&self, which: Filterable) -> bool {
        self.sifted(which).is_some_and(Sifted::awaits_best)
    }

    /// The cursor of a list stays on its item, whatever a filter answers; hits are those that have come.
    pub(super) fn stop_awaiting_best(&mut self, which: Filterable) {
        if let Some(sifted) = self.sifted_mut(which) {
            sifted.stop_awaiting_best();
        }
    }

    /// Filters a list by what was typed, off the UI thread.
    pub(super) fn filter(&mut self, which: Filterable, needle: String) -> Vec<Cmd> {
        if needle == self.needle(which) {
            return Vec::new();
        }
        match which {
            Filterable::Pane(Pane::Groups) => {
                let mut cmds = filter_list(which, &mut self.groups.list, needle, Haystack::Groups);
                cmds.extend(super::groups::search_on_server(self));
                cmds
            }
            Filterable::Pane(Pane::Members) => {
                let order = self.members.order;
                filter_list(which, &mut self.members.list, needle, |pages| {
                    Haystack::Members(pages, order)
                })
            }
            Filterable::Pane(Pane::Threads) => filter_list(which, &mut self.threads.list, needle, Haystack::Threads),
            Filterable::Conversations => {
                filter_list(which, &mut self.conversations.list, needle, Haystack::Conversations)
            }
            Filterable::Org => super::org::filter(self, needle),
            Filterable::Nested => super::nested::filter(self, needle),
            // The posts are searched, and the finder has a line of its own.
            Filterable::Pane(Pane::Posts) | Filterable::Finder => Vec::new(),
        }
    }

    /// Filters a list again whose items have changed.
    pub(super) fn filter_again(&mut self, pane: Pane) -> Vec<Cmd> {
        match pane {
            Pane::Groups => again(Filterable::Pane(pane), &mut self.groups.list, Haystack::Groups),
            Pane::Members => {
                let order = self.members.order;
                again(Filterable::Pane(pane), &mut self.members.list, |pages| {
                    Haystack::Members(pages, order)
                })
            }
            Pane::Threads => again(Filterable::Pane(pane), &mut self.threads.list, Haystack::Threads),
            Pane::Posts => Vec::new(),
        }
    }

    /// Takes a filter's answer. The cursor of the pane in hand may stand on another item now.
    pub(super) fn filtered(&mut self, list: Filterable, generation: u64, shown: Arc<[u32]>) {
        let taken = match list {
            Filterable::Pane(Pane::Groups) => {
                let shown = super::groups::with_found(&self.groups, shown);
                self.groups.list.take_filtered(generation, shown)
            }
            Filterable::Pane(Pane::Members) => self.members.list.take_filtered(generation, shown),
            Filterable::Pane(Pane::Threads) => self.threads.list.take_filtered(generation, shown),
            Filterable::Pane(Pane::Posts) => false,
            Filterable::Conversations => self.conversations.list.take_filtered(generation, shown),
            Filterable::Finder => {
                super::finder::filtered(self, generation, &shown);
                false
            }
            Filterable::Org => {
                if let Some(org) = &mut self.org {
                    org.tree.filtered(generation, shown);
                }
                false
            }
            Filterable::Nested => {
                if let Some(nested) = &mut self.nested {
                    nested.tree.filtered(generation, shown);
                }
                false
            }
        };
        if taken && list == Filterable::Pane(self.focus) {
            self.rest(self.focus);
        }
    }
}

/// Filters a list by what was typed, off the UI thread.
pub(super) fn filter_list<T: Item>(
    which: Filterable,
    list: &mut List<T>,
    needle: String,
    haystack: impl Fn(Pages<T>) -> Haystack,
) -> Vec<Cmd> {
    let Some(within) = list.filter_by(needle) else {
        return Vec::new();
    };
    compute(which, list, haystack, within)
}

/// Filters a list again whose items have changed.
pub(super) fn again<T: Item>(
    which: Filterable,
    list: &mut List<T>,
    haystack: impl Fn(Pages<T>) -> Haystack,
) -> Vec<Cmd> {
    if !list.is_arranged_anew() {
        return Vec::new();
    }
    list.look_through();
    compute(which, list, haystack, None)
}

/// Has a list filtered off the UI thread, if it has anything to filter.
fn compute<T: Item>(
    which: Filterable,
    list: &List<T>,
    haystack: impl Fn(Pages<T>) -> Haystack,
    within: Option<Arc<[u32]>>,
) -> Vec<Cmd> {
    let Some(items) = list.items.shown() else {
        return Vec::new();
    };
    vec![Cmd::Filter {
        list: which,
        generation: list.generation,
        needle: list.needle.clone(),
        haystack: haystack(items.clone()),
        within,
    }]
}
