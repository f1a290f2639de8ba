//! A draft's text in a file of its own, `<id>.txt`, for the person's editor. Should folkmoot be killed meanwhile, whoever
//! takes the draft next takes over what was written there; until the editor has ended, too, that is nobody, for it holds
//! the draft's lock as long as folkmoot has.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::document::{self, Unknown};
use super::files::{Files, Lock};
use super::{Book, Drafts, DraftsError, Safety};
use crate::domain::{Draft, DraftId, DraftState};

/// A draft whose text is in an editor.
#[must_use = "what is written there is to be taken back"]
#[derive(Debug)]
pub struct Lent {
    id: DraftId,
    path: PathBuf,
    lock: Arc<Lock>,
}

impl Lent {
    /// The file that holds the text.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The draft's lock once more, for a process that is being started to inherit: the draft is nobody else's until that
    /// has ended as well. It is to be dropped as soon as the process runs.
    ///
    /// # Errors
    /// When the system has no more files to open.
    #[cfg(unix)]
    pub fn for_the_editor(&self) -> io::Result<std::os::fd::OwnedFd> {
        // Unlike a clone of the file, a descriptor made so is not closed when another program is started.
        Ok(rustix::io::dup(self.lock.file())?)
    }
}

impl Drafts {
    /// Saves a draft, and puts its text into a file for an editor. What an editor that failed has left there is put aside.
    ///
    /// # Errors
    /// As [`Drafts::save`].
    pub fn lend(&self, draft: &Draft) -> Result<Lent, DraftsError> {
        self.save(draft)?;
        let book = self.book();
        let held = book.held.get(&draft.id);
        let lock = held.map(|held| held.lock.clone());
        let lock = lock.ok_or_else(|| DraftsError::Missing(draft.id.clone()))?;
        if !matches!(self.files.written(draft), Written::Nothing) {
            let _folder = self.files.lock_folder()?;
            self.files.put_aside(&self.files.lent_path(&draft.id));
        }
        let path = self.files.lend(draft)?;
        let id = draft.id.clone();
        Ok(Lent { id, path, lock })
    }

    /// Takes back what was written: it is the draft's text, on disk too, and its file is gone. The end of the last line
    /// is no part of it: editors add that.
    ///
    /// # Errors
    /// `NoText`: what was written is put aside; `Disk`: the file stays, and whoever takes the draft next tries again.
    pub fn take_back(&self, lent: &Lent) -> Result<String, DraftsError> {
        let id = &lent.id;
        let mut book = self.book();
        self.lock_anew(&mut book, id)?;
        let text = match self.files.read_lent(id) {
            Err(DraftsError::NoText(path)) => {
                let _folder = self.files.lock_folder()?;
                return Err(DraftsError::NoText(self.files.put_aside(&path)));
            }
            text => text?,
        };
        let bytes = self.files.read(id)?.unwrap_or_default();
        let document::Content::Draft(mut draft, unknown) = document::read(&bytes, id) else {
            return Err(DraftsError::Unreadable(self.files.path(id)));
        };
        if text != draft.text {
            draft.text.clone_from(&text);
            self.files
                .replace(id, &document::write(&draft, &unknown)?, Safety::Kill)?;
        }
        self.files.remove_lent(id)?;
        Ok(text)
    }

    /// Leaves the draft as it is: the editor has failed. What was written there until then is put aside, so that it never
    /// becomes the draft's text by itself; where it lies is the answer, `None` where nothing was written.
    ///
    /// # Errors
    /// `Disk`; `Busy`.
    pub fn leave(&self, lent: &Lent, draft: &Draft) -> Result<Option<PathBuf>, DraftsError> {
        let mut book = self.book();
        self.lock_anew(&mut book, &lent.id)?;
        if matches!(self.files.written(draft), Written::Nothing) {
            self.files.remove_lent(&lent.id)?;
            return Ok(None);
        }
        let _folder = self.files.lock_folder()?;
        Ok(Some(self.files.put_aside(&lent.path)))
    }

    /// Takes a draft's lock once more, through a file of its own: what the editor has left running, a server or a
    /// clipboard, has inherited the other, and would keep the draft from everybody for as long as it runs.
    fn lock_anew(&self, book: &mut Book, id: &DraftId) -> Result<(), DraftsError> {
        let Some(held) = book.held.get_mut(id) else {
            return Ok(());
        };
        let _folder = self.files.lock_folder()?;
        held.lock.give_back();
        let lock = self.files.lock(id)?;
        held.lock = Arc::new(lock.ok_or_else(|| DraftsError::Elsewhere(id.clone()))?);
        Ok(())
    }
}

/// What an editor has left of a draft.
pub(super) enum Written {
    /// Nothing that the draft does not say.
    Nothing,
    /// Its newest text.
    Newer(String),
    /// Something else, which is not the draft's text: it is too old, or no text at all, or the draft was sent.
    Other,
}

impl Files {
    pub(super) fn lent_path(&self, id: &DraftId) -> PathBuf {
        self.folder().join(format!("{}.txt", id.0))
    }

    fn lend(&self, draft: &Draft) -> Result<PathBuf, DraftsError> {
        let path = self.lent_path(&draft.id);
        self.put(&path, &format!("{}.", draft.id.0), draft.text.as_bytes(), Safety::Kill)?;
        Ok(path)
    }

    fn read_lent(&self, id: &DraftId) -> Result<String, DraftsError> {
        let path = self.lent_path(id);
        let bytes = fs::read(&path).map_err(DraftsError::disk(&path, "read"))?;
        let mut text = String::from_utf8(bytes).map_err(|_| DraftsError::NoText(path))?;
        if text.ends_with('\n') {
            text.pop();
        }
        Ok(text)
    }

    pub(super) fn remove_lent(&self, id: &DraftId) -> Result<(), DraftsError> {
        let path = self.lent_path(id);
        super::files::remove_file(&path).map_err(DraftsError::disk(&path, "removed"))
    }

    /// What an editor has left of a draft that is on disk.
    pub(super) fn written(&self, draft: &Draft) -> Written {
        let changed = |path: PathBuf| -> io::Result<SystemTime> { fs::metadata(path)?.modified() };
        match self.read_lent(&draft.id) {
            Err(DraftsError::Disk { source, .. }) if source.kind() == io::ErrorKind::NotFound => Written::Nothing,
            Err(_) => Written::Other,
            // An editor that was killed while it wrote may leave a file without anything in it.
            Ok(text) if text == draft.text || draft.text == text.clone() + "\n" || text.trim().is_empty() => {
                Written::Nothing
            }
            Ok(text) => {
                let times = (changed(self.lent_path(&draft.id)), changed(self.path(&draft.id)));
                let is_older = matches!(times, (Ok(lent), Ok(document)) if lent < document);
                match draft.state {
                    DraftState::Writing if !is_older => Written::Newer(text),
                    _ => Written::Other,
                }
            }
        }
    }

    /// Before a draft goes: what an editor has left of it goes, too, or is put aside where it says anything else. The caller
    /// holds the folder's lock.
    pub(super) fn part_from_lent(&self, id: &DraftId) -> Result<(), DraftsError> {
        let document = self.read(id)?.map(|bytes| document::read(&bytes, id));
        match document {
            Some(document::Content::Draft(draft, _)) if matches!(self.written(&draft), Written::Nothing) => {
                self.remove_lent(id)
            }
            _ => self.orphan(id).map(drop),
        }
    }

    /// What an editor has left of a draft that is no more is put aside, where it says anything. Where it lies then.
    pub(super) fn orphan(&self, id: &DraftId) -> Result<Option<PathBuf>, DraftsError> {
        let path = self.lent_path(id);
        match fs::read(&path) {
            Ok(bytes) if bytes.trim_ascii().is_empty() => self.remove_lent(id).map(|()| None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            // What cannot be read may say something.
            Ok(_) | Err(_) => Ok(Some(self.put_aside(&path))),
        }
    }

    /// Takes over what an editor has left of a draft when folkmoot was killed. The caller holds the draft's lock and the
    /// folder's.
    pub(super) fn take_over(&self, draft: &mut Draft, unknown: &Unknown) -> Result<(), DraftsError> {
        let id = draft.id.clone();
        match self.written(draft) {
            Written::Nothing => self.remove_lent(&id),
            Written::Newer(text) => {
                draft.text = text;
                match self.replace(&id, &document::write(draft, unknown)?, Safety::Kill) {
                    Ok(()) => self.remove_lent(&id),
                    Err(error) => {
                        tracing::warn!(%error, "the editor's file stays until its text is elsewhere on disk");
                        Ok(())
                    }
                }
            }
            Written::Other => {
                let aside = self.put_aside(&self.lent_path(&id));
                tracing::warn!(?aside, "what an editor has left is not the draft's text");
                Ok(())
            }
        }
    }
}
