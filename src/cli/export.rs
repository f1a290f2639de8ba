//! `folkmoot thread export …`: threads as files that other programs read.

use std::io::Write;

use futures_util::StreamExt;
use jiff::Timestamp;

use super::args::ThreadExport;
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::Times;
use super::output::progress::Progress;
use super::{numbers, resolve};
use crate::domain::{Attachment, ExportFormat, Group, Id, Prose, Text, Thread};
use crate::graph::{Urgency, threads};
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::export::{Export, Missing, Plan, Story, mbox};
use crate::runtime::{Scratch, files};
use crate::text::{bytes, counted};

/// Writes a thread, or all of a group's, to files, and prints where they are.
pub async fn run(desk: &Desk, args: ThreadExport) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let all = wanted(desk, &group, args.thread.as_deref()).await?;
    if all.is_empty() {
        say("No threads.");
        return Ok(());
    }
    let times = Times::new(&desk.config.time, false);
    let times = |at: Option<Timestamp>| times.write(at);
    let plan = Plan {
        client: &desk.client,
        group: &group,
        format: args.format.into(),
        force: args.force,
        times: &times,
        scratch: &Scratch::default(),
    };
    let mut missing = Vec::new();
    let cut_short = match args.stdout {
        true => print(desk, plan, &all, &args, &mut missing).await?,
        false => write(desk, plan, &all, &args, &mut missing).await?,
    };
    for topic in cut_short {
        say(&format!(
            "note: “{topic}” may have more posts: Graph hands out a hundred of a thread at most, and not always the newest."
        ));
    }
    all_but(missing)
}

/// Says what is left out, if anything is; all else is written by then.
///
/// # Errors
/// Why the first of it is left out.
pub fn all_but(missing: Vec<Missing>) -> Result<(), Stop> {
    let told = |it: &Missing| format!("“{}”: {}", it.name, it.why.what);
    let lines = missing.iter().map(told).collect();
    let attachments = counted(missing.len(), "attachment", "attachments");
    let Some(first) = missing.into_iter().next() else {
        return Ok(());
    };
    let problem = Problem {
        what: Text::new(&format!("Graph did not hand out {attachments}, left out here.")),
        next: Text::new("All else is there."),
        ..first.why
    };
    Err(Stop::with_lines(problem, lines))
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

/// Reads the threads, tells which it is, and hands each on; the topics of those that Graph cut short.
async fn each(
    desk: &Desk,
    group: &Id,
    all: &[Id],
    args: &ThreadExport,
    mut take: impl AsyncFnMut(&Story, &mut Progress) -> Result<(), Stop>,
) -> Result<Vec<Text>, Stop> {
    let mut progress = Progress::beside(desk.screen);
    let mut cut_short = Vec::new();
    for (number, id) in (1..).zip(all) {
        let threads = counted(all.len(), "thread", "threads");
        progress.tell(&format!("{number} of {threads}"));
        let with_attachments = !args.no_attachments;
        let story = match args.thread {
            Some(_) => Some(Story::read(&desk.client, group, id, with_attachments).await?),
            None => Story::of_list(&desk.client, group, id, with_attachments).await?,
        };
        let Some(story) = story else {
            progress.wipe();
            say("note: a thread was deleted meanwhile, and is left out.");
            continue;
        };
        take(&story, &mut progress).await?;
        if story.cut_short {
            cut_short.push(story.thread.topic);
        }
    }
    progress.wipe();
    Ok(cut_short)
}

/// Writes the threads to files.
async fn write(
    desk: &Desk,
    plan: Plan<'_>,
    all: &[Id],
    args: &ThreadExport,
    missing: &mut Vec<Missing>,
) -> Result<Vec<Text>, Stop> {
    let group = plan.group;
    files::make_folder(&args.dir)?;
    let mut export = Export::begin(plan, &args.dir)?;
    let mut name = files::harmless(group.name.as_str(), "group");
    let cut_short = each(desk, &group.id, all, args, async |story, progress| {
        if all.len() == 1 {
            name = story.name();
        }
        let mut tell = |attachment: &Attachment, done: u64| {
            let (done, all) = (bytes(done), bytes(attachment.size.max(done)));
            progress.tell(&format!("{}  {done} of {all}", attachment.name));
        };
        let place = export.add(story, &mut tell).await?;
        progress.wipe();
        match place {
            Some(place) => desk.out.print(&format!("{}\n", files::shown(&place))),
            None => Ok(()),
        }
    });
    let cut_short = cut_short.await?;
    missing.extend_from_slice(export.missing());
    if let Some(place) = export.finish(&name)? {
        desk.out.print(&format!("{}\n", files::shown(&place)))?;
    }
    Ok(cut_short)
}

/// Writes the threads to stdout, and saves nothing: only mails have their attachments in them.
async fn print(
    desk: &Desk,
    plan: Plan<'_>,
    all: &[Id],
    args: &ThreadExport,
    missing: &mut Vec<Missing>,
) -> Result<Vec<Text>, Stop> {
    match plan.format {
        // What is in a mail is for mail programs: it may drive a terminal.
        ExportFormat::Mbox if desk.screen.width.is_some() => {
            let next = "Send it to a file or a program, or leave --stdout out.";
            return Err(Problem::new(ProblemKind::Usage, "A terminal cannot show an mbox.", next).into());
        }
        ExportFormat::Page if args.thread.is_none() => {
            let what = "Several web pages in one stream are none.";
            return Err(Problem::new(ProblemKind::Usage, what, "Name a thread, or leave --stdout out.").into());
        }
        _ => {}
    }
    each(desk, &plan.group.id, all, args, async |story, progress| {
        let mut out = desk.out.clone();
        if plan.format == ExportFormat::Mbox {
            let put = |bytes: &[u8]| Ok::<(), Stop>(out.write_all(bytes)?);
            missing.extend(mbox::add(&desk.client, story, put).await?);
        } else {
            progress.wipe();
            // It may be a terminal.
            out.write_all(Prose::new(&plan.text(story)).as_str().as_bytes())?;
        }
        Ok(out.flush()?)
    })
    .await
}
