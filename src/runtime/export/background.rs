//! Writing threads while the screen goes on.

use std::path::{Path, PathBuf};

use futures_util::StreamExt;
use tokio::sync::mpsc;

use super::{Export, Plan, Story};
use crate::app::{ExportStep, Exported, Exporting, What};
use crate::config::from_home;
use crate::domain::{Id, Text, Thread};
use crate::graph::{Client, Urgency, threads};
use crate::protocol::{Problem, RequestId};
use crate::runtime::files;
use crate::runtime::scratch::Scratch;
use crate::text::time::absolute;

/// Writes a thread, or all of a group's, and tells how many are written. What breaks off or is stopped leaves whole threads
/// or none.
pub(in crate::runtime) async fn export(
    client: &Client,
    scratch: &Scratch,
    (id, order): (RequestId, &Exporting),
    inbox: &mpsc::Sender<What>,
) -> Result<Exported, Problem> {
    let folder = from_home(Path::new(&order.folder));
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    if order.make {
        files::make_folder(&folder)?;
    }
    let times = |at: Option<jiff::Timestamp>| {
        let words = at.map(|at| absolute(at, &order.zone, order.twelve_hours));
        Text::new(&words.unwrap_or_default())
    };
    let plan = Plan {
        client,
        group: &order.group,
        format: order.format,
        force: false,
        times: &times,
        scratch,
    };
    let mut export = Export::begin(plan, &folder)?;
    let all = wanted(client, order).await?;
    let mut name = files::harmless(order.group.name.as_str(), "group");
    let (mut threads, mut posts, mut cut_short, mut file) = (0, 0, 0, None::<PathBuf>);
    for (done, thread) in all.iter().enumerate() {
        let step = ExportStep::Has(done, all.len());
        // A loop that has too much to do can do without.
        let _ = inbox.try_send(What::Exporting { id, step });
        let story = match order.thread {
            Some(_) => Some(Story::read(client, &order.group.id, thread, true).await?),
            None => Story::of_list(client, &order.group.id, thread, true).await?,
        };
        let Some(story) = story else { continue };
        file = export.add(&story, &mut |_, _| {}).await?.or(file);
        threads += 1;
        posts += story.posts.len();
        cut_short += usize::from(story.cut_short);
        if all.len() == 1 {
            name = story.name();
        }
    }
    let missing = export.missing().len();
    let file = export.finish(&name)?.or(file);
    Ok(Exported {
        place: match file {
            Some(file) if all.len() == 1 || order.format.is_one_file() => file,
            _ => folder,
        },
        threads,
        posts,
        cut_short,
        missing,
    })
}

/// The threads to write: the one that is meant, or all of the group, newest first.
async fn wanted(client: &Client, order: &Exporting) -> Result<Vec<Id>, Problem> {
    if let Some(thread) = &order.thread {
        return Ok(vec![thread.clone()]);
    }
    let mut all = Vec::new();
    let mut pages = client.pages::<Thread>(threads::newest_first(&order.group.id), Urgency::Person);
    while let Some(page) = pages.next().await {
        all.extend(page?.items.into_iter().map(|thread| thread.id));
    }
    Ok(all)
}
