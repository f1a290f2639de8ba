//! `folkmoot thread export …`: threads as files that other programs read.
//!
//! | file | what lives there |
//! |---|---|
//! | `story` | a thread with its posts and what hangs on them, as it is read |
//! | `markdown`, `page`, `json` | a thread as one file, its attachments beside it |
//! | `mbox` | threads as mails in one file, attachments inside |

mod json;
mod markdown;
mod mbox;
mod page;
mod story;

use std::io::Write;

use futures_util::StreamExt;

use super::args::{ExportFormat, ThreadExport};
use super::attachment::Filling;
use super::exit::{Stop, say};
use super::output::Times;
use super::output::progress::Progress;
use super::session::Desk;
use super::{numbers, resolve};
use crate::domain::{AttachmentKind, Group, Id, Prose, Thread};
use crate::graph::{Urgency, attachments, threads};
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::files::{self, Given, NewFile};
use crate::text::counted;
use story::{Enclosed, Story};

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

/// What goes on while threads are written.
struct Export<'a> {
    desk: &'a Desk,
    args: &'a ThreadExport,
    group: Group,
    times: Times,
    progress: Progress,
    /// The names that this run has given.
    given: Given,
}

/// Writes a thread, or all of a group's, to files, and prints where they are.
pub async fn run(desk: &Desk, args: ThreadExport) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let all = wanted(desk, &group, args.thread.as_deref()).await?;
    if all.is_empty() {
        say("No threads.");
        return Ok(());
    }
    let mut export = Export {
        desk,
        args: &args,
        group,
        times: Times::new(&desk.config.time, false),
        progress: Progress::beside(desk.screen),
        given: Given::default(),
    };
    let mut mbox = export.begin()?;
    let mut name = files::harmless(export.group.name.as_str(), "group");
    let mut cut_short = Vec::new();
    for (number, id) in (1..).zip(&all) {
        let threads = counted(all.len(), "thread", "threads");
        export.progress.tell(&format!("{number} of {threads}"));
        let story = Story::read(desk, &export.group.id, id, !args.no_attachments).await?;
        match &mut mbox {
            _ if args.stdout => export.print(&story).await?,
            Some(file) => mbox::add(desk, &story, |bytes| Ok(file.add(bytes)?)).await?,
            None => export.write(&story).await?,
        }
        if all.len() == 1 {
            name = story.name();
        }
        if story.cut_short {
            cut_short.push(story.thread.topic);
        }
    }
    if let Some(file) = mbox {
        let place = file.keep(&format!("{name}.mbox"), args.force, &mut export.given)?;
        export.progress.wipe();
        desk.out.print(&format!("{}\n", files::shown(&place)))?;
    }
    export.progress.wipe();
    for topic in cut_short {
        say(&format!(
            "note: “{topic}” may have more posts: Graph hands out a hundred of a thread at most, and not always the newest."
        ));
    }
    Ok(())
}

/// The ids of the threads to write: the one that is meant, or all, newest first.
async fn wanted(desk: &Desk, group: &Group, key: Option<&str>) -> Result<Vec<Id>, Stop> {
    if let Some(key) = key {
        return Ok(vec![numbers::find::<Thread>(desk, &group.id, key).await?]);
    }
    let mut all = Vec::new();
    let listing = threads::newest_first(&group.id);
    let mut pages = desk.client.pages::<Thread>(listing, Urgency::Person);
    while let Some(page) = pages.next().await {
        all.extend(page?.items.into_iter().map(|thread| thread.id));
    }
    Ok(all)
}

impl Export<'_> {
    /// Makes ready what is written to: the one file of an mbox, or none yet.
    fn begin(&self) -> Result<Option<NewFile>, Stop> {
        let dir = &self.args.dir;
        match self.args.format {
            // What is in a mail is for mail programs: it may drive a terminal.
            ExportFormat::Mbox if self.args.stdout && self.desk.screen.width.is_some() => {
                let next = "Send it to a file or a program, or leave --stdout out.";
                Err(Problem::new(ProblemKind::Usage, "A terminal cannot show an mbox.", next).into())
            }
            ExportFormat::Html if self.args.stdout && self.args.thread.is_none() => {
                let what = "Several web pages in one stream are none.";
                Err(Problem::new(ProblemKind::Usage, what, "Name a thread, or leave --stdout out.").into())
            }
            _ if self.args.stdout => Ok(None),
            ExportFormat::Mbox => {
                files::make_folder(dir)?;
                Ok(Some(NewFile::in_folder(dir)?))
            }
            _ => {
                files::make_folder(dir)?;
                Ok(None)
            }
        }
    }

    /// Writes one thread to stdout, and saves nothing: only mails have their attachments in them.
    async fn print(&mut self, story: &Story) -> Result<(), Stop> {
        let mut out = self.desk.out.clone();
        if self.args.format == ExportFormat::Mbox {
            mbox::add(self.desk, story, |bytes| Ok(out.write_all(bytes)?)).await?;
        } else {
            let saved: Vec<Saved> = story.enclosed().map(|(_, it)| not_saved(it)).collect();
            self.progress.wipe();
            // It may be a terminal.
            out.write_all(Prose::new(&self.text(story, &saved)).as_str().as_bytes())?;
        }
        Ok(out.flush()?)
    }

    /// A thread as one text.
    fn text(&self, story: &Story, saved: &[Saved]) -> String {
        text(self.args.format, &self.group, story, saved, &self.times)
    }

    /// Writes one thread to a file of its own.
    async fn write(&mut self, story: &Story) -> Result<(), Stop> {
        let ending = match self.args.format {
            ExportFormat::Html => "html",
            ExportFormat::Json => "json",
            ExportFormat::Md | ExportFormat::Mbox => "md",
        };
        let name = self.free_name(&story.name(), ending);
        let saved = self.save_attachments(story, &beside(&name)).await?;
        let text = self.text(story, &saved);
        let mut file = NewFile::in_folder(&self.args.dir)?;
        file.add(text.as_bytes())?;
        let place = file.keep(&format!("{name}.{ending}"), self.args.force, &mut self.given)?;
        self.progress.wipe();
        self.desk.out.print(&format!("{}\n", files::shown(&place)))
    }

    /// The first name of which neither the file nor the folder beside it is there, or was given in this run. A link is
    /// never taken for the folder: it may lead elsewhere.
    fn free_name(&self, name: &str, ending: &str) -> String {
        let place = |name: &str| self.args.dir.join(name);
        let is_there = |name: &str| place(name).symlink_metadata().is_ok();
        let is_free = |name: &String| {
            let (file, folder) = (format!("{name}.{ending}"), beside(name));
            let is_kept = !self.args.force && (is_there(&file) || is_there(&folder));
            !self.given.has(&file) && !is_kept && !place(&folder).is_symlink()
        };
        let names = (2..).map(|number: usize| format!("{name} ({number})"));
        let mut names = std::iter::once(name.to_owned()).chain(names);
        names.find(is_free).unwrap_or_else(|| name.to_owned())
    }

    /// Saves what hangs on the posts to a folder; where each is.
    async fn save_attachments(&mut self, story: &Story, folder: &str) -> Result<Vec<Saved>, Stop> {
        let within = self.args.dir.join(folder);
        let mut given = Given::default();
        let mut saved = Vec::new();
        for (post, enclosed) in story.enclosed() {
            let attachment = &enclosed.attachment;
            if attachment.kind == AttachmentKind::Reference {
                saved.push(not_saved(enclosed));
                continue;
            }
            files::make_folder(&within)?;
            let mut file = NewFile::in_folder(&within)?;
            let mut filling = Filling::new(&mut file, &mut self.progress, attachment);
            let content = attachments::content(&story.group, &story.thread.id, &post.id, &attachment.id);
            let download = self.desk.client.download(content, Urgency::Person, &mut filling);
            download.await?;
            let name = filling.name(attachment);
            let place = file.keep(&name, self.args.force, &mut given)?;
            let name = place.file_name().and_then(|name| name.to_str()).unwrap_or(&name);
            saved.push(Saved::At(format!("{folder}/{name}")));
        }
        Ok(saved)
    }
}

/// A thread as one text. Nothing of it drives a terminal or reorders what is read.
fn text(format: ExportFormat, group: &Group, story: &Story, saved: &[Saved], times: &Times) -> String {
    match format {
        ExportFormat::Html => page::write(group, story, saved, times),
        ExportFormat::Json => json::write(group, story, saved),
        ExportFormat::Md | ExportFormat::Mbox => markdown::write(group, story, saved, times),
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
mod tests {
    use proptest::prelude::*;

    use super::story::tests::story;
    use super::*;
    use crate::config::Time;

    /// What drives a terminal or reorders what is read, as it is or as a browser makes it from a reference.
    fn odd(text: &str) -> Option<char> {
        let is_odd = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        text.chars().find(|c| is_odd(*c))
    }

    fn written(format: ExportFormat, body: &str) -> String {
        let group: Group = serde_json::from_str(r#"{"id": "g", "displayName": "提灯"}"#).unwrap();
        let times = Times::new(&Time::default(), true);
        text(format, &group, &story(&[("a", None, 0, body)]), &[], &times)
    }

    #[test]
    fn what_follows_an_escape_sequence_is_there() {
        let body = "<p>before\u{1b}]52;c;aGVq\u{7}</p><p>&#27;[31m山 &#x202e;דלת</p><p title='\u{9b}1m'>after</p>";
        for format in [ExportFormat::Html, ExportFormat::Md] {
            let text = written(format, body);
            for words in ["before", "山 דלת", "after"] {
                assert!(text.contains(words), "{words}: {text}");
            }
            assert!(!text.contains("aGVq") && !text.contains("31m"), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_format_drives_a_terminal(body in prop_oneof![
            any::<String>(),
            "(<p>|</p>|<a href=\"https://x.example/|\">|</a>|<pre>|&#27;|&#x9b;|&#x202e;|&#8238;|&#8234|&amp;#27;|&rlm;|\u{1b}|\u{1b}]52;c;|\u{7}|\u{90}|\u{9b}31m|\u{202e}|\u{2066}|\u{0}|\r|\t|山|ש|👩\u{200d}👧|e\u{301}|<script>|<!--|-->){0,24}",
        ]) {
            for format in [ExportFormat::Html, ExportFormat::Md, ExportFormat::Json] {
                let text = written(format, &body);
                prop_assert_eq!(odd(&text), None, "{:?}", text);
                prop_assert!(format != ExportFormat::Html || !text.contains("&#"), "{:?}", text);
            }
        }
    }
}
