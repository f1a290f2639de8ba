//! What may be typed about the program itself: the make-believe company, versions, the config file.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use crate::demo::Fault;

#[derive(Debug, Subcommand)]
pub enum DemoCommand {
    /// Serve the make-believe company on 127.0.0.1 until killed
    ///
    /// The first line of output is JSON: {"graph_url": …, "authority": …, "client_id": …, "tenant": …, "token": …}.
    /// The authority signs people in as Microsoft Entra does, with a page that asks for no password; the token needs none of that.
    Serve(ServeArgs),
}

#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// The port; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// At least so many people
    #[arg(long, value_name = "N")]
    pub people: Option<usize>,
    /// At least so many groups
    #[arg(long, value_name = "N")]
    pub groups: Option<usize>,
    /// At least so many threads in the busiest group
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// What the made-up part is made from: the same number, the same company
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Answer so much later, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,
    /// Let posts arrive by themselves
    #[arg(long)]
    pub lively: bool,
    /// Misbehave, as in 'GET /groups/*/threads@2=429:3'; may be given several times
    #[arg(long = "fault", value_name = "SPEC")]
    pub faults: Vec<Fault>,
}

#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Say what is kept, where, and how big it is
    Status(StoreArgs),
    /// Remove it: it is read anew, but for how far threads were read
    Clear(StoreArgs),
}

#[derive(Debug, clap::Args)]
pub struct StoreArgs {
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct InfoArgs {
    /// As a JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Write a config file that explains every setting; never over one that is there
    Init,
    /// Say where the config file is
    Path,
    /// Look for mistakes in the config file
    Check,
}

#[derive(Debug, clap::Args)]
pub struct Completion {
    /// The shell
    pub shell: Shell,
}

/// A shell that can be taught to complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash, 4.4 or newer
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
    /// PowerShell
    #[value(name = "powershell")]
    Pwsh,
    /// Elvish
    Elvish,
}

impl Shell {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Shell::Bash => "bash",
            Shell::Zsh => "zsh",
            Shell::Fish => "fish",
            Shell::Pwsh => "powershell",
            Shell::Elvish => "elvish",
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Manual {
    /// Write the pages of all commands to this folder, made if missing
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
