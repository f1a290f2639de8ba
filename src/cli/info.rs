//! `folkmoot info`

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Map, Value};

use super::args::InfoArgs;
use super::exit::Stop;
use super::output;
use super::session::Start;
use crate::config::Environment;
use crate::domain::Text;
use crate::text::{cells, pad};

/// Says which version runs, and which files and addresses it uses.
pub fn run(start: &Start, args: &InfoArgs) -> Result<ExitCode, Stop> {
    let facts = facts(start)?;
    if args.json {
        let object: Map<String, Value> = facts
            .into_iter()
            .map(|(name, value, _)| (name.to_owned(), value))
            .collect();
        output::print_json(&Value::Object(object).to_string())?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = facts.iter().map(|(name, ..)| cells(name)).max().unwrap_or(0) + 2;
    let mut lines = String::new();
    for (name, value, note) in facts {
        let value = Text::new(value.as_str().unwrap_or_default());
        let line = format!("{}{value} {note}", pad(name, width));
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    output::print(&lines)?;
    Ok(ExitCode::SUCCESS)
}

/// Names, values, and what a person should know besides.
fn facts(start: &Start) -> Result<Vec<(&'static str, Value, &'static str)>, Stop> {
    let paths = start.paths()?;
    let demo = start.global.demo;
    let path = |path: &Path| Value::from(path.display().to_string());
    let graph = if demo { Some("demo") } else { start.graph_url() };
    let token = start.environment.access_token.is_some() && !demo;
    let note = |needed: bool, note: &'static str| if needed { note } else { "" };
    Ok(vec![
        ("version", env!("CARGO_PKG_VERSION").into(), ""),
        ("system", Environment::system().into(), ""),
        (
            "program",
            start.environment.program.as_deref().map_or(Value::Null, path),
            "",
        ),
        (
            "graph",
            graph.into(),
            note(graph.is_none(), "(not set: FOLKMOOT_GRAPH_URL)"),
        ),
        (
            "token",
            token.then_some("FOLKMOOT_ACCESS_TOKEN").into(),
            note(
                !token,
                if demo {
                    "(the demo's own)"
                } else {
                    "(not set: FOLKMOOT_ACCESS_TOKEN)"
                },
            ),
        ),
        ("profile", start.profile.as_str().into(), ""),
        (
            "config",
            path(&paths.config_file),
            note(
                !paths.config_file.exists(),
                "(not there: every setting is at its default)",
            ),
        ),
        ("state", path(&paths.profile(&start.profile)), ""),
        ("drafts", path(&paths.drafts(&start.profile)), ""),
        ("log", path(&paths.log(&start.profile)), ""),
    ])
}
