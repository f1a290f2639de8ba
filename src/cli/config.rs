//! `folkmoot config …`

use std::process::ExitCode;

use super::exit::{Stop, say};
use super::output;
use super::start::Start;
use crate::config;
use crate::domain::Text;
use crate::runtime;

/// Writes the config file, where there is none.
pub fn init(start: &Start) -> Result<ExitCode, Stop> {
    let file = start.paths()?.config_file;
    config::init(&file)?;
    say(&format!("Written: {}", Text::new(&file.display().to_string())));
    Ok(ExitCode::SUCCESS)
}

/// Says where the config file is, whether or not it is there.
pub fn path(start: &Start) -> Result<ExitCode, Stop> {
    let file = start.paths()?.config_file;
    output::print(&format!("{}\n", Text::new(&file.display().to_string())))?;
    Ok(ExitCode::SUCCESS)
}

/// Looks for mistakes in the config file, those in key bindings too.
pub fn check(start: &Start) -> Result<ExitCode, Stop> {
    let paths = start.paths()?;
    let loaded = config::load(&paths)?;
    runtime::settings(&loaded, false, Text::default())?;
    let file = Text::new(&paths.config_file.display().to_string());
    match paths.config_file.exists() {
        true => say(&format!("{file} is right.")),
        false => say(&format!("{file} is not there: every setting is at its default.")),
    }
    Ok(ExitCode::SUCCESS)
}
