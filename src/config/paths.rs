//! Where folkmoot's files lie.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use super::Environment;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// Where the files of this run lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The config file. It need not exist, unless it was asked for.
    pub config_file: PathBuf,
    /// The config file was named by a flag or by `FOLKMOOT_CONFIG`.
    pub config_asked_for: bool,
    /// The folder that holds a folder for each profile.
    pub state: PathBuf,
}

impl Paths {
    /// Finds the paths: the config file by flag, then environment, then the usual place.
    ///
    /// # Errors
    /// `Config` when the environment names no home.
    pub fn find(environment: &Environment, config_flag: Option<&Path>) -> Result<Self, Problem> {
        let asked_for = config_flag.map(Path::to_owned).or_else(|| environment.config.clone());
        let usual = || {
            environment
                .folders
                .config
                .as_ref()
                .map(|folder| folder.join("config.toml"))
        };
        Ok(Paths {
            config_asked_for: asked_for.is_some(),
            config_file: asked_for.or_else(usual).ok_or_else(|| homeless("XDG_CONFIG_HOME"))?,
            state: environment
                .folders
                .state
                .clone()
                .ok_or_else(|| homeless("XDG_STATE_HOME"))?,
        })
    }

    /// The folder of templates, which all profiles share: `templates` beside the config file.
    pub fn templates(&self) -> PathBuf {
        self.config_file.with_file_name("templates")
    }

    /// The folder of a profile: `<state>/<profile>`.
    pub fn profile(&self, profile: &Profile) -> PathBuf {
        self.state.join(profile.as_str())
    }

    /// The drafts folder of a profile.
    pub fn drafts(&self, profile: &Profile) -> PathBuf {
        self.profile(profile).join("drafts")
    }

    /// The log file of a profile.
    pub fn log(&self, profile: &Profile) -> PathBuf {
        self.profile(profile).join("folkmoot.log")
    }
}

/// A path as a person types it: where it begins with `~`, that is their home folder.
pub fn from_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

fn homeless(variable: &str) -> Problem {
    let next = format!("Set HOME, or set {variable} to a folder.");
    Problem::new(
        ProblemKind::Config,
        "There is no home folder to keep folkmoot's files in.",
        &next,
    )
}

/// The name of a profile: one tenant and one person. It is a folder's name: 1 to 64 of `A-Z a-z 0-9 . _ -`, and no dot
/// first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Profile(String);

impl Profile {
    /// The profile of `--demo`.
    pub fn demo() -> Self {
        Profile("demo".to_owned())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Profile {
    /// The profile where none is named.
    fn default() -> Self {
        Profile("default".to_owned())
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The name cannot be a profile's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` cannot name a profile: use up to 64 letters, digits, `.`, `_` and `-`, and no `.` first", Text::new(.0))]
pub struct BadProfile(String);

impl FromStr for Profile {
    type Err = BadProfile;

    fn from_str(name: &str) -> Result<Self, BadProfile> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if (1..=64).contains(&name.len()) && !name.starts_with('.') && name.chars().all(allowed) {
            Ok(Profile(name.to_owned()))
        } else {
            Err(BadProfile(name.to_owned()))
        }
    }
}

impl<'de> Deserialize<'de> for Profile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Folders;
    use super::*;

    fn environment() -> Environment {
        Environment {
            folders: Folders {
                config: Some("/c/folkmoot".into()),
                state: Some("/s/folkmoot".into()),
            },
            ..Environment::default()
        }
    }

    #[test]
    fn a_flag_goes_before_the_environment_and_that_before_the_usual_place() {
        let asking = Environment {
            config: Some("env.toml".into()),
            ..environment()
        };
        for (environment, flag, file, asked_for) in [
            (environment(), None, "/c/folkmoot/config.toml", false),
            (asking.clone(), None, "env.toml", true),
            (asking, Some("flag.toml"), "flag.toml", true),
        ] {
            let paths = Paths::find(&environment, flag.map(Path::new)).unwrap();
            assert_eq!(
                (paths.config_file.as_path(), paths.config_asked_for),
                (Path::new(file), asked_for)
            );
        }
    }

    #[test]
    fn every_profile_has_its_own_folder() {
        let paths = Paths::find(&environment(), None).unwrap();
        assert_eq!(paths.drafts(&Profile::demo()), Path::new("/s/folkmoot/demo/drafts"));
        assert_eq!(
            paths.log(&Profile::default()),
            Path::new("/s/folkmoot/default/folkmoot.log")
        );
    }

    #[test]
    fn no_home_is_a_problem_of_the_configuration() {
        let none = Environment::default();
        let no_state = Environment {
            config: Some("c.toml".into()),
            ..Environment::default()
        };
        for (environment, variable) in [(none, "XDG_CONFIG_HOME"), (no_state, "XDG_STATE_HOME")] {
            let problem = Paths::find(&environment, None).unwrap_err();
            assert_eq!(problem.kind, ProblemKind::Config);
            assert!(problem.next.as_str().contains(variable), "{problem}");
        }
    }

    #[test]
    fn a_profile_is_a_harmless_folder_name() {
        for name in ["default", "demo", "contoso.com", "a_b-C.9", &"x".repeat(64)] {
            assert_eq!(name.parse::<Profile>().unwrap().as_str(), name);
        }
        for name in [
            "",
            ".",
            "..",
            ".hidden",
            "a/b",
            "a\\b",
            "a b",
            "山",
            "a\0",
            "\u{1b}[2J",
            &"x".repeat(65),
        ] {
            let error = name.parse::<Profile>().unwrap_err().to_string();
            assert!(
                error.contains("cannot name a profile") && !error.contains('\u{1b}'),
                "{error}"
            );
        }
    }
}
