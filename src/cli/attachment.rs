//! `folkmoot attachment …`

use std::path::PathBuf;

use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::value::RawValue;

use super::args::{AttachmentList, AttachmentSave};
use super::computed::envelope;
use super::desk::Desk;
use super::exit::{Stop, say};
use super::export::all_but;
use super::output::progress::{Progress, sized};
use super::output::{self, Cells, Column, List, column};
use super::{numbers, post, resolve};
use crate::domain::{Attachment, AttachmentKind, Id, Recipient, Text, Thread};
use crate::graph::{Sink, Urgency, attachments};
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::export::Missing;
use crate::runtime::files::{self, Given, NewFile};

/// Graph serves so many requests of one mailbox at a time.
const AT_A_TIME: usize = 4;

/// An attachment, where it is, and its place in the list, from 1.
#[derive(Clone)]
pub struct Row {
    number: usize,
    /// The place of its post in the thread, from 1; 0 where that is not known.
    post_number: usize,
    pub post: Id,
    pub attachment: Attachment,
}

const COLUMNS: &[Column<Row>] = &[
    column("#", Cells::Right(3), |it, _| Text::new(&it.number.to_string())),
    column("post", Cells::Right(4), |it, _| match it.post_number {
        0 => Text::default(),
        number => Text::new(&number.to_string()),
    }),
    column("name", Cells::Cut, |it, _| it.attachment.name.clone()),
    column("size", Cells::Right(8), |it, times| {
        match (it.attachment.kind, times.are_exact()) {
            (AttachmentKind::Reference, _) => Text::default(),
            (_, true) => Text::new(&it.attachment.size.to_string()),
            (_, false) => Text::new(&sized(it.attachment.size)),
        }
    }),
    column("kind", Cells::Whole(4), |it, _| Text::new(kind(&it.attachment))),
    column("type", Cells::Cut, |it, times| match &it.attachment.item {
        // Items have no media type.
        Some(item) => Text::new(&item.told(&it.attachment.name, |at| times.write(Some(at)).to_string())),
        None => it.attachment.content_type.clone().unwrap_or_default(),
    }),
    column("subject", Cells::Absent, |it, _| {
        it.attachment
            .item
            .as_ref()
            .map(|item| item.subject.clone())
            .unwrap_or_default()
    }),
    column("from", Cells::Absent, |it, _| {
        let who = it.attachment.item.as_ref().and_then(|item| item.who.clone());
        Text::new(&Recipient::listed(who.as_slice()))
    }),
    column("date", Cells::Absent, |it, times| {
        times.write(it.attachment.item.as_ref().and_then(|item| item.when))
    }),
    column("post-id", Cells::Key, |it, _| Text::new(it.post.as_str())),
    column("id", Cells::Key, |it, _| Text::new(it.attachment.id.as_str())),
];

/// What an attachment is, in a word.
pub fn kind(attachment: &Attachment) -> &'static str {
    match attachment.kind {
        AttachmentKind::File if attachment.inline => "inline",
        AttachmentKind::File => "file",
        AttachmentKind::Item => "item",
        AttachmentKind::Reference => "link",
        AttachmentKind::Unknown => "",
    }
}

/// Lists attachments, in the order of the posts.
pub async fn list(desk: &Desk, args: AttachmentList) -> Result<(), Stop> {
    let mut list = List::begin(desk, &args.output, "attachments", COLUMNS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let thread = numbers::find::<Thread>(desk, &group, &args.thread).await?;
    for (mut row, mut json) in of_thread(desk, &group, &thread, args.post.as_deref()).await? {
        if row.attachment.kind == AttachmentKind::Item {
            let read = attachments::item(&group, &thread, &row.post, &row.attachment.id);
            match desk.client.one::<Box<RawValue>>(read, Urgency::Person).await {
                Ok(whole) => (row.attachment, json) = (output::read(whole.get())?, whole),
                Err(problem) => say(&format!(
                    "note: “{}” does not tell what it holds: {problem}",
                    row.attachment.name
                )),
            }
        }
        list.add(json.get(), || Ok(row.clone()))?;
    }
    list.finish()
}

/// The attachments of a thread, or of one of its posts, as they are and as Graph sent them.
async fn of_thread(
    desk: &Desk,
    group: &Id,
    thread: &Id,
    post: Option<&str>,
) -> Result<Vec<(Row, Box<RawValue>)>, Stop> {
    let laden: Vec<(usize, Id)> = match post {
        Some(key) => vec![post::find(desk, group, thread, key).await?],
        None => {
            let (posts, _) = desk.client.posts(group, thread, Urgency::Person).await?;
            (1..)
                .zip(posts)
                .filter(|(_, post)| post.may_have_attachments())
                .map(|(at, post)| (at, post.id))
                .collect()
        }
    };
    let lists = stream::iter(laden).map(|(at, post)| async move {
        let listing = attachments::of_post(group, thread, &post);
        let all = desk.client.gather::<Box<RawValue>>(listing, Urgency::Person).await?;
        Ok::<_, Problem>((at, post, all))
    });
    let lists: Vec<_> = lists.buffered(AT_A_TIME).try_collect().await?;
    let mut rows = Vec::new();
    for (post_number, post, all) in lists {
        for json in all {
            let row = Row {
                number: rows.len() + 1,
                post_number,
                post: post.clone(),
                attachment: output::read(json.get())?,
            };
            rows.push((row, json));
        }
    }
    Ok(rows)
}

/// Saves attachments to a folder, and prints where they are.
pub async fn save(desk: &Desk, args: AttachmentSave) -> Result<(), Stop> {
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let thread = numbers::find::<Thread>(desk, &group, &args.thread).await?;
    let rows = of_thread(desk, &group, &thread, args.post.as_deref()).await?;
    let rows: Vec<Row> = rows.into_iter().map(|(row, _)| row).collect();
    let wanted = wanted(&rows, &args)?;
    if wanted.is_empty() {
        say("There is nothing to save.");
    } else {
        files::make_folder(&args.dir)?;
    }
    let mut progress = Progress::beside(desk.screen);
    let (mut saved, mut missing, mut given) = (Vec::new(), Vec::new(), Given::default());
    for row in wanted {
        if row.attachment.kind == AttachmentKind::Reference {
            progress.wipe();
            say(&format!(
                "note: “{}” is a link to a file in the cloud; there are no bytes to save.",
                row.attachment.name
            ));
            continue;
        }
        let mut file = NewFile::in_folder(&args.dir)?;
        let mut filling = Filling::new(&mut file, &mut progress, &row.attachment);
        let content = attachments::content(&group, &thread, &row.post, &row.attachment.id);
        match desk.client.download(content, Urgency::Person, &mut filling).await {
            Err(why) if why.is_of_one() => {
                let name = row.attachment.name.clone();
                missing.push(Missing { name, why });
                continue;
            }
            done => _ = done?,
        }
        let name = filling.name(&row.attachment);
        let place = file.keep(&name, args.force, &mut given)?;
        progress.wipe();
        if !args.json {
            desk.out.print(&format!("{}\n", files::shown(&place)))?;
        }
        saved.push((row, place));
    }
    progress.wipe();
    if args.json {
        desk.out.print(&as_json(&saved))?;
    }
    all_but(missing)
}

fn as_json(saved: &[(&Row, PathBuf)]) -> String {
    let items = saved.iter().map(|(row, place)| {
        serde_json::json!({
            "id": row.attachment.id.as_str(),
            "post": row.post.as_str(),
            "name": row.attachment.name.as_str(),
            "path": place.display().to_string(),
        })
        .to_string()
    });
    let items = items.collect::<Vec<_>>().join(",");
    let json = envelope("saved", &[]) + &format!(",\"items\":[{items}]}}\n");
    output::escaped(json.trim_end()).into_owned() + "\n"
}

/// What was asked for: those that were named, else all but the pictures inside the text.
fn wanted<'a>(rows: &'a [Row], args: &AttachmentSave) -> Result<Vec<&'a Row>, Stop> {
    if args.only.is_empty() {
        return Ok(rows
            .iter()
            .filter(|row| args.inline || !row.attachment.inline)
            .collect());
    }
    let mut wanted: Vec<&Row> = Vec::new();
    for key in &args.only {
        let number = key.trim().parse::<usize>().ok();
        let is_meant = |row: &&Row| {
            number == Some(row.number)
                || row.attachment.id.as_str() == key
                || row.attachment.name.as_str().eq_ignore_ascii_case(key.trim())
        };
        let meant: Vec<&Row> = rows.iter().filter(is_meant).collect();
        if meant.is_empty() {
            return Err(Problem::new(
                ProblemKind::NotFound,
                &format!("There is no attachment “{key}” among the {}.", rows.len()),
                "Give its number in `folkmoot attachment list`, its name or its id.",
            )
            .into());
        }
        for row in meant {
            if wanted.iter().all(|other| other.number != row.number) {
                wanted.push(row);
            }
        }
    }
    Ok(wanted)
}

/// Fills a file, says how far it is, and looks at how it begins.
pub struct Filling<'a> {
    file: &'a mut NewFile,
    progress: &'a mut Progress,
    name: Text,
    size: u64,
    written: u64,
    head: Vec<u8>,
}

impl<'a> Filling<'a> {
    /// Nothing has come yet.
    pub fn new(file: &'a mut NewFile, progress: &'a mut Progress, attachment: &Attachment) -> Self {
        Filling {
            file,
            progress,
            name: attachment.name.clone(),
            size: attachment.size,
            written: 0,
            head: Vec::new(),
        }
    }

    /// The harmless name for what has come.
    pub fn name(&self, attachment: &Attachment) -> String {
        files::name_of(attachment, &self.head)
    }
}

impl Sink for Filling<'_> {
    fn begin(&mut self, _announced: Option<u64>) -> Result<(), Problem> {
        self.written = 0;
        self.head.clear();
        self.file.begin_again()
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        let more = files::TELLING.saturating_sub(self.head.len()).min(chunk.len());
        self.head.extend_from_slice(chunk.get(..more).unwrap_or_default());
        self.file.add(chunk)?;
        self.written += chunk.len() as u64;
        self.progress.tell(&format!(
            "{}  {} of {}",
            self.name,
            sized(self.written),
            sized(self.size.max(self.written))
        ));
        Ok(())
    }
}
