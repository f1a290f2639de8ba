//! Options that stand before or after any command.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::config::account::{Row, SETTINGS, Value};
use crate::config::{Given, Profile, Setting};

/// Options that stand before or after a command.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Use a make-believe company that runs inside folkmoot
    #[arg(long, global = true)]
    pub demo: bool,
    /// The profile: whose account, and drafts and log of its own
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<Profile>,
    /// The tenant: its id, a domain of it, or 'organizations'
    #[arg(long, global = true, hide_short_help = true, value_name = "TENANT")]
    pub tenant: Option<String>,
    /// The application to sign in with: its id
    #[arg(long, global = true, hide_short_help = true, value_name = "ID")]
    pub client_id: Option<String>,
    /// Which of Microsoft's clouds: global, usgov-l4, usgov-l5 or china
    #[arg(long, global = true, hide_short_help = true, value_name = "CLOUD")]
    pub cloud: Option<String>,
    /// Where Graph is, if elsewhere: https, or plain http on this machine
    #[arg(long, global = true, hide_short_help = true, value_name = "URL")]
    pub graph_url: Option<String>,
    /// Where sign-in is, if elsewhere, without the tenant
    #[arg(long, global = true, hide_short_help = true, value_name = "URL")]
    pub login_url: Option<String>,
    /// Read this config file instead of the usual one
    #[arg(long, short, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Change nothing at Graph: refuse every write
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Show all at once what is longer than the screen
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// How much goes to the log file
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "LEVEL",
        default_value = "info",
        hide_default_value = true
    )]
    pub log_level: LogLevel,
}

impl Global {
    /// What the flags say of the account.
    pub fn given(&self) -> Given {
        let text = |setting| match setting {
            Setting::Cloud => &self.cloud,
            Setting::Tenant => &self.tenant,
            Setting::ClientId => &self.client_id,
            Setting::GraphUrl => &self.graph_url,
            Setting::LoginUrl => &self.login_url,
        };
        let of = |row: &Row| {
            let from = row.flag.to_owned();
            let text = text(row.setting).clone()?;
            Some((row.setting, Value { text, from }))
        };
        SETTINGS.iter().filter_map(of).collect()
    }
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum LogLevel {
    Error,
    Warn,
    #[default]
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    pub fn level(self) -> tracing::Level {
        match self {
            LogLevel::Error => tracing::Level::ERROR,
            LogLevel::Warn => tracing::Level::WARN,
            LogLevel::Info => tracing::Level::INFO,
            LogLevel::Debug => tracing::Level::DEBUG,
            LogLevel::Trace => tracing::Level::TRACE,
        }
    }
}
