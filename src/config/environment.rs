//! What the environment says. Read in one place, so that everything else can be tested with values.

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use secrecy::SecretString;

use super::account::{Given, Row, SETTINGS, Value};
use super::{Emulator, Surroundings};

/// The environment of this run.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `FOLKMOOT_CONFIG`: the config file to use.
    pub config: Option<PathBuf>,
    /// `FOLKMOOT_ACCESS_TOKEN`: a token for Graph, got elsewhere.
    pub access_token: Option<SecretString>,
    /// What the environment says of the account, not yet checked.
    pub account: Given,
    /// What the Azure tools' variables say of it, for where nothing of ours does.
    pub azure: Given,
    /// Where the program runs.
    pub surroundings: Surroundings,
    /// `FOLKMOOT_PROFILE`: the profile's name, not yet checked.
    pub profile: Option<String>,
    /// `VISUAL`, or else `EDITOR`: the person's editor, as a shell command.
    pub editor: Option<String>,
    /// `PAGER`: a shell command that shows what is longer than the screen; set to nothing, there is none.
    pub pager: Option<String>,
    /// `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set, not empty and not `0`: colour even where the output is no terminal
    /// (<https://bixense.com/clicolors/>).
    pub force_color: bool,
    /// `TERM` is `dumb`: the terminal understands no escape sequences.
    pub dumb_terminal: bool,
    /// What is known of the terminal.
    pub emulator: Emulator,
    /// The terminal is known to show links of its own (OSC 8), by what it says of itself.
    pub links: bool,
    /// `COLUMNS`: how wide the terminal is to be taken for, in cells.
    pub columns: Option<u16>,
    /// Where folkmoot's files go.
    pub folders: Folders,
    /// This program's own file.
    pub program: Option<PathBuf>,
}

/// folkmoot's own folders. `None` where there is neither a home nor an XDG variable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// Holds `config.toml`.
    pub config: Option<PathBuf>,
    /// Holds what must outlive a run: a folder for each profile, with drafts and log.
    pub state: Option<PathBuf>,
}

impl Environment {
    /// Reads the environment of this process.
    pub fn capture() -> Self {
        let environment = Self::from_variables(|name| std::env::var_os(name), Folders::usual());
        Environment {
            program: std::env::current_exe().ok(),
            surroundings: environment.surroundings.with_files(std::env::var_os("PATH").as_deref()),
            ..environment
        }
    }

    /// What a completion script says in a variable of its own, such as the name of its shell; empty where none asks.
    pub fn of_script(variable: &str) -> String {
        std::env::var(variable).unwrap_or_default()
    }

    /// The operating system and the processor that this was built for, such as `linux x86_64`.
    pub fn system() -> String {
        format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
    }

    /// Reads an environment, with the folders to use where no XDG variable names another.
    fn from_variables(variable: impl Fn(&str) -> Option<OsString>, usual: Folders) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let word = |name: &str| {
            let value = set(name)?.to_string_lossy().trim().to_owned();
            (!value.is_empty()).then_some(value)
        };
        let given = |variable: fn(&Row) -> Option<&'static str>| -> Given {
            let of = |row: &Row| {
                let name = variable(row)?;
                let from = name.to_owned();
                Some((
                    row.setting,
                    Value {
                        text: word(name)?,
                        from,
                    },
                ))
            };
            SETTINGS.iter().filter_map(of).collect()
        };
        let xdg = |name: &str| {
            set(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
                .map(|path| own(&path))
        };
        Environment {
            config: set("FOLKMOOT_CONFIG").map(PathBuf::from),
            access_token: word("FOLKMOOT_ACCESS_TOKEN").map(SecretString::from),
            account: given(|row| Some(row.variable)),
            azure: given(|row| row.azure),
            surroundings: Surroundings::from_variables(word),
            profile: word("FOLKMOOT_PROFILE"),
            editor: word("VISUAL").or_else(|| word("EDITOR")),
            pager: variable("PAGER").map(|pager| pager.to_string_lossy().trim().to_owned()),
            no_color: set("NO_COLOR").is_some(),
            force_color: word("CLICOLOR_FORCE").is_some_and(|force| force != "0"),
            dumb_terminal: word("TERM").is_some_and(|terminal| terminal == "dumb"),
            emulator: Emulator::from_variables(word),
            links: shows_links(word),
            columns: word("COLUMNS").and_then(|columns| columns.parse().ok()),
            folders: Folders {
                config: xdg("XDG_CONFIG_HOME").or(usual.config),
                state: xdg("XDG_STATE_HOME").or(usual.state),
            },
            program: None,
        }
    }
}

/// Whether a terminal is known to show links of its own. tmux and screen may swallow them, whatever they run in.
fn shows_links(word: impl Fn(&str) -> Option<String>) -> bool {
    const TERMS: [&str; 7] = [
        "xterm-kitty",
        "xterm-ghostty",
        "foot",
        "alacritty",
        "wezterm",
        "contour",
        "rio",
    ];
    const PROGRAMS: [&str; 7] = [
        "iTerm.app",
        "WezTerm",
        "vscode",
        "ghostty",
        "Hyper",
        "rio",
        "WarpTerminal",
    ];
    let is =
        |name: &str, known: &[&str]| word(name).is_some_and(|value| known.iter().any(|known| value.starts_with(known)));
    let since = |name: &str, version: u32| word(name).is_some_and(|is| is.parse().is_ok_and(|is: u32| is >= version));
    if word("TMUX").is_some() || word("STY").is_some() || is("TERM", &["screen", "tmux", "dumb", "linux"]) {
        return false;
    }
    is("TERM", &TERMS)
        || is("TERM_PROGRAM", &PROGRAMS)
        || word("WT_SESSION").is_some()
        || since("VTE_VERSION", 5_000)
        || since("KONSOLE_VERSION", 201_200)
}

impl Folders {
    /// The system's own: `~/.config` and `~/.local/state` on Linux, `Application Support` on macOS, `AppData` on
    /// Windows. The XDG variables go before them on every system, and the last two have no place of their own for state.
    fn usual() -> Self {
        let Some(usual) = ProjectDirs::from("", "", "folkmoot") else {
            return Folders::default();
        };
        Folders {
            config: Some(usual.config_dir().to_owned()),
            state: Some(usual.state_dir().unwrap_or(usual.data_local_dir()).to_owned()),
        }
    }
}

fn own(base: &Path) -> PathBuf {
    base.join("folkmoot")
}
