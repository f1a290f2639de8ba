//! Filtering lists by what was typed: asked for here, done off the UI thread, and the answer taken here.

use std::sync::Arc;

use super::cmd::{Cmd, Filterable, Haystack};
use super::list::{Item, List};
use super::model::Model;
use crate::domain::Pages;
use crate::layout::Pane;

impl Model {
    /// What a list is filtered by.
    pub(super) fn needle(&self, pane: Pane) -> &str {
        match pane {
            Pane::Groups => &self.groups.list.needle,
            Pane::Members => &self.members.list.needle,
            Pane::Threads => &self.threads.list.needle,
            Pane::Posts => "",
        }
    }

    /// Whether a filter's answer will put the cursor of a list on another item.
    pub(super) fn awaits_best(&self, list: Filterable) -> bool {
        match list {
            Filterable::Pane(Pane::Groups) => self.groups.list.awaits_best(),
            Filterable::Pane(Pane::Members) => self.members.list.awaits_best(),
            Filterable::Pane(Pane::Threads) => self.threads.list.awaits_best(),
            Filterable::Pane(Pane::Posts) => false,
            Filterable::Finder => self.finder.as_ref().is_some_and(|finder| finder.list.awaits_best()),
            Filterable::Org => self.org.as_ref().is_some_and(|org| org.tree.list.awaits_best()),
            Filterable::Nested => self
                .nested
                .as_ref()
                .is_some_and(|nested| nested.tree.list.awaits_best()),
        }
    }

    /// The cursor of a list stays on its item, whatever a filter answers.
    pub(super) fn stop_awaiting_best(&mut self, list: Filterable) {
        match list {
            Filterable::Pane(Pane::Groups) => self.groups.list.stop_awaiting_best(),
            Filterable::Pane(Pane::Members) => self.members.list.stop_awaiting_best(),
            Filterable::Pane(Pane::Threads) => self.threads.list.stop_awaiting_best(),
            Filterable::Pane(Pane::Posts) => {}
            Filterable::Finder => {
                if let Some(finder) = &mut self.finder {
                    finder.list.stop_awaiting_best();
                }
            }
            Filterable::Org => {
                if let Some(org) = &mut self.org {
                    org.tree.list.stop_awaiting_best();
                }
            }
            Filterable::Nested => {
                if let Some(nested) = &mut self.nested {
                    nested.tree.list.stop_awaiting_best();
                }
            }
        }
    }

    /// Filters a list by what was typed, off the UI thread.
    pub(super) fn filter(&mut self, pane: Pane, needle: String) -> Vec<Cmd> {
        if needle == self.needle(pane) {
            return Vec::new();
        }
        match pane {
            Pane::Groups => {
                let mut cmds = filter_list(Filterable::Pane(pane), &mut self.groups.list, needle, Haystack::Groups);
                cmds.extend(super::groups::search_on_server(self));
                cmds
            }
            Pane::Members => {
                let order = self.members.order;
                filter_list(Filterable::Pane(pane), &mut self.members.list, needle, |pages| {
                    Haystack::Members(pages, order)
                })
            }
            Pane::Threads => filter_list(
                Filterable::Pane(pane),
                &mut self.threads.list,
                needle,
                Haystack::Threads,
            ),
            Pane::Posts => Vec::new(),
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
    pub(super) fn filtered(&mut self, pane: Pane, generation: u64, shown: Arc<[u32]>) {
        let taken = match pane {
            Pane::Groups => {
                let shown = super::groups::with_found(&self.groups, shown);
                self.groups.list.take_filtered(generation, shown)
            }
            Pane::Members => self.members.list.take_filtered(generation, shown),
            Pane::Threads => self.threads.list.take_filtered(generation, shown),
            Pane::Posts => false,
        };
        if taken && pane == self.focus {
            self.rest(pane);
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
    list.generation += 1;
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
