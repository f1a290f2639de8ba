//! Threads as files that other programs read.
//!
//! | file | what lives there |
//! |---|---|
//! | `story` | a thread with its posts and what hangs on them, as it is read |
//! | `markdown`, `page`, `json` | a thread as one file, its attachments beside it |
//! | `mbox` | threads as mails in one file, attachments inside |
//! | `background` | the same while the screen goes on |

mod background;
mod json;
mod markdown;
pub mod mbox;
mod page;
mod story;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::files::{self, Given, NewFile, TELLING};
use super::scratch::{Part, Scratch};
use crate::domain::{Attachment, AttachmentKind, ExportFormat, Group, Text};
use crate::graph::{Client, Sink, Urgency, attachments};
use crate::protocol::Problem;

pub(super) use background::export;
use story::Enclosed;
pub use story::Story;

/// Writes a moment; nothing where there is none.
pub type Times<'a> = dyn Fn(Option<Timestamp>) -> Text + Send + Sync + 'a;

/// Is told how many bytes of an attachment are there.
pub type Tells<'a> = dyn FnMut(&Attachment, u64) + Send + 'a;

/// Where an attachment is, seen from what names it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Saved {
    /// In this file.
    At(String),
    /// In the cloud: it is a link to it.
    Cloud,
    /// Where it was: it was not saved.
    Nowhere,
}

impl Saved {
    /// The file that it is in.
    fn path(&self) -> Option<&str> {
        match self {
            Saved::At(path) => Some(path),
            Saved::Cloud | Saved::Nowhere => None,
        }
    }

    /// What is said of one that is in no file.
    fn elsewhere(&self) -> &'static str {
        match self {
            Saved::At(_) => "",
            Saved::Cloud => "a link to a file in the cloud",
            Saved::Nowhere => "not saved",
        }
    }
}

/// What is written, and how.
pub struct Plan<'a> {
    /// Reads what hangs on posts.
    pub client: &'a Client,
    /// The threads' group.
    pub group: &'a Group,
    /// What they are written as.
    pub format: ExportFormat,
    /// Files of this program's names are replaced.
    pub force: bool,
    /// How moments are written.
    pub times: &'a Times<'a>,
    /// What is not whole yet.
    pub scratch: &'a Scratch,
}

/// Threads on their way into a folder. What breaks off leaves no half of a thread.
pub struct Export<'a> {
    plan: Plan<'a>,
    folder: PathBuf,
    /// The names that were given.
    given: Given,
    /// The one file of all mails, not whole before the end.
    mbox: Option<(NewFile, Part)>,
    /// What is left out, as Graph did not hand it out.
    missing: Vec<Missing>,
}

/// An attachment that is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// What it is called.
    pub name: Text,
    /// Why.
    pub why: Problem,
}

impl Plan<'_> {
    /// A thread as one text, beside which no attachments are.
    pub fn text(&self, story: &Story) -> String {
        let saved: Vec<Saved> = story.enclosed().map(|(_, it)| not_saved(it)).collect();
        self.text_beside(story, &saved)
    }

    /// A thread as one text. Nothing of it drives a terminal or reorders what is read.
    fn text_beside(&self, story: &Story, saved: &[Saved]) -> String {
        match self.format {
            ExportFormat::Page => page::write(self.group, story, saved, self.times),
            ExportFormat::Json => json::write(self.group, story, saved),
            ExportFormat::Markdown | ExportFormat::Mbox => markdown::write(self.group, story, saved, self.times),
        }
    }
}

impl<'a> Export<'a> {
    /// Begins in a folder that is there.
    ///
    /// # Errors
    /// `General` where nothing can be written there.
    pub fn begin(plan: Plan<'a>, folder: &Path) -> Result<Self, Problem> {
        let mbox = match plan.format.is_one_file() {
            true => {
                let file = NewFile::in_folder(folder)?;
                let part = plan.scratch.begin(file.path());
                Some((file, part))
            }
            false => None,
        };
        Ok(Export {
            mbox,
            plan,
            folder: folder.to_owned(),
            given: Given::default(),
            missing: Vec::new(),
        })
    }

    /// What was left out so far.
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// Writes a thread; its file, where it has one of its own.
    ///
    /// # Errors
    /// Whatever Graph, the network or the disk did.
    pub async fn add(&mut self, story: &Story, tell: &mut Tells<'_>) -> Result<Option<PathBuf>, Problem> {
        if let Some((file, _)) = &mut self.mbox {
            let missing = mbox::add(self.plan.client, story, |bytes| file.add(bytes)).await?;
            self.missing.extend(missing);
            return Ok(None);
        }
        let ending = self.plan.format.ending();
        let name = self.free_name(&story.name(), ending);
        let mut half = Half::of(self.folder.join(beside(&name)), self.plan.scratch);
        let saved = self.save_attachments(story, &beside(&name), tell).await?;
        let mut file = NewFile::in_folder(&self.folder)?;
        file.add(self.plan.text_beside(story, &saved).as_bytes())?;
        let place = file.keep(&format!("{name}.{ending}"), self.plan.force, &mut self.given)?;
        half.is_whole = true;
        Ok(Some(place))
    }

    /// Ends it: the one file, of this name, that all threads are in, where they are in one.
    ///
    /// # Errors
    /// `General` where the disk does not let it.
    pub fn finish(mut self, name: &str) -> Result<Option<PathBuf>, Problem> {
        let name = format!("{name}.{}", self.plan.format.ending());
        let (force, given) = (self.plan.force, &mut self.given);
        let keep = |(file, _): (NewFile, Part)| file.keep(&name, force, given);
        self.mbox.map(keep).transpose()
    }

    /// The first name of which neither the file nor the folder beside it is there, or was given in this run. A link is
    /// never taken for the folder: it may lead elsewhere.
    fn free_name(&self, name: &str, ending: &str) -> String {
        let place = |name: &str| self.folder.join(name);
        let is_there = |name: &str| place(name).symlink_metadata().is_ok();
        let is_free = |name: &String| {
            let (file, folder) = (format!("{name}.{ending}"), beside(name));
            let is_kept = !self.plan.force && (is_there(&file) || is_there(&folder));
            !self.given.has(&file) && !is_kept && !place(&folder).is_symlink()
        };
        let names = (2..).map(|number: usize| format!("{name} ({number})"));
        let mut names = std::iter::once(name.to_owned()).chain(names);
        names.find(is_free).unwrap_or_else(|| name.to_owned())
    }

    /// Saves what hangs on the posts to a folder; where each is.
    async fn save_attachments(
        &mut self,
        story: &Story,
        folder: &str,
        tell: &mut Tells<'_>,
    ) -> Result<Vec<Saved>, Problem> {
        let within = self.folder.join(folder);
        let mut given = Given::default();
        let mut saved = Vec::new();
        for (post, enclosed) in story.enclosed() {
            let attachment = &enclosed.attachment;
            if attachment.kind == AttachmentKind::Reference {
                saved.push(not_saved(enclosed));
                continue;
            }
            files::make_folder(&within)?;
            let mut filling = Filling {
                file: NewFile::in_folder(&within)?,
                attachment,
                written: 0,
                begins: Vec::new(),
                tell: &mut *tell,
            };
            let content = attachments::content(&story.group, &story.thread.id, &post.id, &attachment.id);
            let download = self.plan.client.download(content, Urgency::Person, &mut filling);
            match download.await {
                Err(why) if why.is_of_one() => {
                    let name = attachment.name.clone();
                    self.missing.push(Missing { name, why });
                    saved.push(Saved::Nowhere);
                    continue;
                }
                done => _ = done?,
            }
            let name = files::name_of(attachment, &filling.begins);
            let place = filling.file.keep(&name, self.plan.force, &mut given)?;
            let name = place.file_name().and_then(|name| name.to_str()).unwrap_or(&name);
            saved.push(Saved::At(format!("{folder}/{name}")));
        }
        Ok(saved)
    }
}

/// The folder beside a thread that is being written. Where that breaks off the folder goes, unless it was there before.
struct Half {
    folder: PathBuf,
    /// It was not there before.
    part: Option<Part>,
    is_whole: bool,
}

impl Half {
    fn of(folder: PathBuf, scratch: &Scratch) -> Self {
        let is_new = folder.symlink_metadata().is_err();
        Half {
            part: is_new.then(|| scratch.begin(&folder)),
            folder,
            is_whole: false,
        }
    }
}

impl Drop for Half {
    fn drop(&mut self) {
        if self.is_whole || self.part.is_none() || !self.folder.exists() {
            return;
        }
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, "attachments of a thread that was not written are left");
        }
    }
}

/// A file that fills with an attachment, and how it begins.
struct Filling<'a, 'b> {
    file: NewFile,
    attachment: &'a Attachment,
    written: u64,
    begins: Vec<u8>,
    tell: &'a mut Tells<'b>,
}

impl Sink for Filling<'_, '_> {
    fn begin(&mut self, _announced: Option<u64>) -> Result<(), Problem> {
        self.written = 0;
        self.begins.clear();
        self.file.begin_again()
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        let more = TELLING.saturating_sub(self.begins.len()).min(chunk.len());
        self.begins.extend_from_slice(chunk.get(..more).unwrap_or_default());
        self.file.add(chunk)?;
        self.written += chunk.len() as u64;
        (self.tell)(self.attachment, self.written);
        Ok(())
    }
}

/// Where an attachment is that is in no file.
fn not_saved(enclosed: &Enclosed) -> Saved {
    match enclosed.attachment.kind {
        AttachmentKind::Reference => Saved::Cloud,
        _ => Saved::Nowhere,
    }
}

/// The folder for what hangs on the posts of a file.
fn beside(name: &str) -> String {
    format!("{name} files")
}

#[cfg(test)]
mod tests;
