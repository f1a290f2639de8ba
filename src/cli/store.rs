//! `folkmoot store …`: what is kept of what was read.

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::StoreArgs;
use super::exit::{Stop, say};
use super::output;
use super::start::Start;
use crate::domain::Text;
use crate::protocol::Problem;
use crate::store::{self, Inventory, Store};

/// Says what is kept of the profile's accounts, where, and how big it is.
pub fn status(start: &Start, args: &StoreArgs) -> Result<ExitCode, Stop> {
    let configured = start.configure()?;
    let folder = configured.paths.profile(&configured.profile);
    let enabled = configured.loaded.config.store.enabled;
    let files = store::files(&folder).map_err(|error| error.problem())?;
    let bytes: u64 = files.iter().map(|(_, size)| size).sum();
    let mut stores = Vec::new();
    let mut put_aside = Vec::new();
    for (file, _) in &files {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".db") {
            stores.push((file, inventory(file)?));
        } else if !name.ends_with("-wal") && !name.ends_with("-shm") {
            put_aside.push(file);
        }
    }
    if args.json {
        let facts = json!({
            "enabled": enabled,
            "folder": folder.display().to_string(),
            "bytes": bytes,
            "stores": stores.iter().map(|(file, about)| facts(file, about)).collect::<Vec<_>>(),
            "put_aside": put_aside.iter().map(|file| file.display().to_string()).collect::<Vec<_>>(),
        });
        output::print_json(&facts.to_string())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut lines = vec![match (enabled, bytes) {
        (false, _) => "What is read is not kept: the config file says so.".to_owned(),
        (true, 0) => "Nothing is kept yet.".to_owned(),
        (true, _) => format!("{} are kept.", megabytes(bytes)),
    }];
    for (file, about) in stores {
        lines.push(shown(file));
        lines.push(words(&about));
    }
    for file in put_aside {
        lines.push(shown(file));
        lines.push("  put aside: it could not be read".to_owned());
    }
    output::print(&(lines.join("\n") + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Removes what is kept of the profile's accounts, and what was put aside.
pub fn clear(start: &Start, args: &StoreArgs) -> Result<ExitCode, Stop> {
    let configured = start.configure()?;
    let folder = configured.paths.profile(&configured.profile);
    let removed = store::clear(&folder).map_err(|error| error.problem())?;
    if args.json {
        output::print_json(&json!({"removed_bytes": removed}).to_string())?;
    } else if removed == 0 {
        say("There was nothing to remove.");
    } else {
        say(&format!("{} are removed.", megabytes(removed)));
    }
    Ok(ExitCode::SUCCESS)
}

fn inventory(file: &Path) -> Result<Inventory, Problem> {
    let (store, notice) = Store::open(file).map_err(|error| error.problem())?;
    if let Some(notice) = notice {
        say(&format!("note: {}", notice.problem()));
    }
    store.inventory().map_err(|error| error.problem())
}

fn facts(file: &Path, about: &Inventory) -> Value {
    json!({
        "file": file.display().to_string(),
        "lists": about.reads,
        "people": about.people,
        "groups": about.groups,
        "photos": about.photos,
        "newest": about.newest.map(|at| at.to_string()),
    })
}

fn words(about: &Inventory) -> String {
    let newest = about.newest.map_or("never".to_owned(), |at| at.to_string());
    format!(
        "  {} people, {} groups, {} photos; {} lists, threads and cards, the newest of {newest}",
        about.people, about.groups, about.photos, about.reads
    )
}

fn shown(file: &Path) -> String {
    Text::new(&file.display().to_string()).to_string()
}

/// `1.2 MB`
pub(super) fn megabytes(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a digit after the point is shown")]
    let millions = bytes as f64 / 1e6;
    format!("{millions:.1} MB")
}
