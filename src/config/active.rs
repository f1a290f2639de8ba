//! Which profile is in use, as `folkmoot auth switch` left it.

use std::io::{self, Write};

use super::{Paths, Profile, make_private};
use crate::protocol::{Problem, ProblemKind};

impl Paths {
    /// The file with the name of the profile in use. No profile's folder is called so: none begins with a dot.
    fn active_file(&self) -> std::path::PathBuf {
        self.state.join(".active")
    }

    /// The profile that was switched to, if one was.
    ///
    /// # Errors
    /// `Config` where the file that says so cannot be read, or says something else.
    pub fn active(&self) -> Result<Option<Profile>, Problem> {
        let file = self.active_file();
        let failure = |why: &str| {
            Problem::new(
                ProblemKind::Config,
                &format!("{} cannot be read ({why}).", file.display()),
                "Name a profile with --profile, or write the file anew with `folkmoot auth switch`.",
            )
        };
        match std::fs::read_to_string(&file) {
            Ok(name) => name
                .trim()
                .parse()
                .map(Some)
                .map_err(|_| failure("it names no profile")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failure(&error.to_string())),
        }
    }

    /// Switches to a profile, for every run that names none.
    ///
    /// # Errors
    /// `Config` where that cannot be written down.
    pub fn activate(&self, profile: &Profile) -> Result<(), Problem> {
        let write = || -> io::Result<()> {
            make_private(&self.state)?;
            let mut file = tempfile::NamedTempFile::new_in(&self.state)?;
            writeln!(file, "{profile}")?;
            file.persist(self.active_file()).map_err(|e| e.error)?;
            Ok(())
        };
        write().map_err(|error| {
            Problem::new(
                ProblemKind::Config,
                &format!("{} cannot be written ({error}).", self.active_file().display()),
                "Make its folder writable for you, or name the profile each time with --profile.",
            )
        })
    }

    /// The profiles that have a folder: those that were used.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn used(&self) -> io::Result<Vec<Profile>> {
        let mut used = Vec::new();
        let entries = match std::fs::read_dir(&self.state) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(used),
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            if entry.path().is_dir()
                && let Some(Ok(profile)) = entry.file_name().to_str().map(str::parse)
            {
                used.push(profile);
            }
        }
        used.sort();
        Ok(used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_switch_counts() {
        let root = tempfile::tempdir().unwrap();
        let paths = Paths {
            config_file: root.path().join("config.toml"),
            config_asked_for: false,
            state: root.path().join("state"),
        };
        assert_eq!((paths.active().unwrap(), paths.used().unwrap()), (None, Vec::new()));
        for name in ["work", "home"] {
            let profile: Profile = name.parse().unwrap();
            paths.activate(&profile).unwrap();
            assert_eq!(paths.active().unwrap(), Some(profile.clone()));
            make_private(&paths.profile(&profile)).unwrap();
        }
        assert_eq!(
            paths.used().unwrap(),
            ["home", "work"].map(|name| name.parse().unwrap())
        );
        std::fs::write(paths.active_file(), "../x\u{1b}[2J").unwrap();
        let problem = paths.active().unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Config);
        assert!(problem.next.as_str().contains("auth switch"), "{problem}");
    }
}
