//! Where the keyboard is, and what of the places that share a part of the screen is shown there.

use super::mention::Mention;
use super::model::Model;
use super::org::Org;
use super::overlay::Overlay;
use super::paths::Paths;
use super::profile::Profile;
use crate::keys::Place;
use crate::layout::Pane;

impl Model {
    /// Whether the profile viewer is on the screen: the composer hides it.
    pub fn shows_profile(&self) -> bool {
        !self.profiles.is_empty() && self.composer.is_none() && !self.shows_org()
    }

    /// Whether the org tree is: profiles that were opened from it lie over it.
    pub fn shows_org(&self) -> bool {
        let above = |org: &Org| org.is_above(self.profiles.len());
        self.org.as_deref().is_some_and(above) && self.composer.is_none()
    }

    /// Whether the tree of nested groups is: whatever is opened from it lies over it.
    pub fn shows_nested(&self) -> bool {
        self.nested.is_some() && self.profiles.is_empty() && !self.shows_org() && self.composer.is_none()
    }

    /// The profile that is shown.
    pub fn profile(&self) -> Option<&Profile> {
        self.profiles.last().filter(|_| self.shows_profile())
    }

    /// Where the keyboard is.
    pub fn place(&self) -> Place {
        match self.help {
            Some(_) => Place::Help,
            None => self.place_below_help(),
        }
    }

    /// Where the keyboard is, or was when help was opened.
    pub fn place_below_help(&self) -> Place {
        match (&self.sign_in, &self.finder) {
            (Some(sign_in), _) if sign_in.typing => return Place::Redirect,
            (Some(_), _) => return Place::SignIn,
            (None, Some(_)) => return Place::Finder,
            (None, None) => {}
        }
        match &self.overlay {
            Some(Overlay::Palette(_)) => Place::Palette,
            Some(Overlay::Links { .. }) if self.prompt.is_none() => Place::Links,
            Some(Overlay::Attachments { .. }) if self.prompt.is_none() => Place::Attachments,
            Some(Overlay::Drafts { .. }) => Place::Drafts,
            Some(Overlay::Account { .. }) => Place::Account,
            Some(Overlay::Capabilities { .. }) => Place::Capabilities,
            Some(Overlay::Columns { .. }) => Place::Columns,
            Some(Overlay::Overlap(_)) => Place::Overlap,
            Some(Overlay::Raw(_)) => Place::Raw,
            Some(Overlay::Details { .. }) => Place::Details,
            Some(Overlay::Outline(_)) => Place::Outline,
            Some(Overlay::Templates(_)) => Place::Templates,
            Some(Overlay::Deletion(_)) => Place::Confirm,
            None | Some(Overlay::Links { .. } | Overlay::Attachments { .. }) => match self.typing_place() {
                Place::Composer if self.mention().is_some_and(Mention::is_open) => Place::Completion,
                Place::Prompt | Place::Header if self.paths.as_ref().is_some_and(Paths::is_open) => Place::Completion,
                place => place,
            },
        }
    }

    /// Where the keyboard is below a list of completions: in a prompt, or in the pane.
    fn typing_place(&self) -> Place {
        match self.prompt {
            Some(_) => Place::Prompt,
            None => self.pane_place(),
        }
    }

    /// Where a key has its meaning that has none in a list of completions.
    pub fn place_below_completion(&self) -> Place {
        match self.place() {
            Place::Completion => self.typing_place(),
            place => place,
        }
    }

    /// Where the keyboard is when sign-in, overlay and prompt are left out of account.
    pub fn pane_place(&self) -> Place {
        if let Some(welcome) = &self.welcome {
            return if welcome.is_typing() {
                Place::Answer
            } else {
                Place::Welcome
            };
        }
        match &self.composer {
            Some(composer) if composer.review.is_some() => Place::Review,
            Some(composer) if composer.looking.is_some() => Place::Preview,
            Some(composer) if composer.header.at.is_some() => Place::Header,
            Some(_) => Place::Composer,
            None if self.shows_org() => Place::Org,
            None if self.shows_profile() => Place::Profile,
            None if self.shows_nested() => Place::Nested,
            None => match self.focus {
                Pane::Groups => Place::Groups,
                Pane::Members => Place::Members,
                Pane::Threads if self.conversations.listed => Place::Conversations,
                Pane::Threads => Place::Threads,
                Pane::Posts => Place::Posts,
            },
        }
    }
}
