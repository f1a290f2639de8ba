//! What each query and mutation does: the Graph client's operations, as replies. Reads and changes each have a file, and so
//! has the answer that they send in parts.

mod answer;
mod reading;
mod writing;

pub(super) use writing::nothing_is_changed;

use std::sync::Mutex;

use tokio::sync::mpsc;

use super::drafts::DraftsThread;
use super::keeper::Keeper;
use super::photos::Brush;
use super::scratch::Scratch;
use super::{downloading, export};
use crate::app::{ExportStep, Exporting, Saving, SavingStep, What};
use crate::domain::Person;
use crate::graph::Client;
use crate::protocol::RequestId;

/// Who has been signed in during this run: what one of them has sent is known for theirs after another has signed in.
#[derive(Default)]
pub(super) struct Mine {
    people: Vec<Person>,
    /// Who is signed in now is among them.
    is_current: bool,
}

impl Mine {
    fn add(&mut self, me: &Person) {
        self.is_current = true;
        if self.people.iter().all(|known| known.id != me.id) {
            self.people.push(me.clone());
        }
    }
}

/// Everything a job needs.
pub(super) struct Jobs {
    pub(super) client: Client,
    pub(super) drafts: DraftsThread,
    pub(super) keeper: Keeper,
    pub(super) read_only: bool,
    pub(super) inbox: mpsc::Sender<What>,
    pub(super) mine: Mutex<Mine>,
    /// What photos are drawn with, where they are.
    pub(super) brush: Option<Brush>,
    /// What lies on disk only while the program runs.
    pub(super) scratch: Scratch,
}

impl Jobs {
    /// Saves an attachment.
    pub(super) async fn save_attachment(&self, id: RequestId, saving: &Saving) {
        let saved = downloading::save(&self.client, &self.scratch, (id, saving), &self.inbox).await;
        let step = SavingStep::Done(saved);
        // The loop has ended when this fails.
        let _ = self.inbox.send(What::Saving { id, step }).await;
    }

    /// Writes threads to files.
    pub(super) async fn export(&self, id: RequestId, order: &Exporting) {
        let exported = export::export(&self.client, &self.scratch, (id, order), &self.inbox).await;
        let step = ExportStep::Done(exported);
        // The loop has ended when this fails.
        let _ = self.inbox.send(What::Exporting { id, step }).await;
    }
}
