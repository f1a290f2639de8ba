//! No command and no profile: the first run.

use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::exit::Stop;
use super::start::{Configured, Connection, Start, demo_connection};
use super::tui::launch;
use crate::app::{Choice, Known};
use crate::config::account::{Setting, join};
use crate::config::{self, Added, NewProfile, Paths, Profile, add_profile};
use crate::demo::Tenant;
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::logging::Logging;
use crate::runtime::{self, Begins, Launch, Opening, Reception};

/// Whether nothing yet says whom to sign in: no token, no profile of that name, and no application of folkmoot's own.
/// The Azure tools' variables and their CLI say nothing of folkmoot: they are offered, not taken.
pub fn is_due(start: &Start, configured: &Configured) -> bool {
    let names_an_application = [&start.flags, &start.environment.account]
        .iter()
        .any(|given| given.contains_key(&Setting::ClientId));
    !start.global.demo
        && start.environment.access_token.is_none()
        && !names_an_application
        && !configured.loaded.config.profiles.contains_key(&configured.profile)
}

/// Asks what the person wants, and goes on with that.
///
/// # Errors
/// `Config` where the keys in the config file make no sense; `General` where the terminal has gone.
pub fn run(start: Start, configured: Configured) -> Result<ExitCode, Stop> {
    let environment = &start.environment;
    let known = Known {
        azure_cli: environment.surroundings.az.is_some(),
        profiles: configured.loaded.config.profiles.keys().cloned().collect(),
        name: configured.profile.clone(),
        given: join(&[&start.flags, &environment.account, &environment.azure]),
    };
    let (no_color, read_only) = (environment.no_color, start.global.read_only);
    let log = configured.paths.log(&configured.profile);
    let guide = Arc::new(Guide {
        start,
        paths: configured.paths,
        kept: Mutex::default(),
    });
    runtime::run(Opening::Welcome(Box::new(Reception {
        loaded: configured.loaded,
        no_color,
        read_only,
        known,
        log,
        guide: guide.clone(),
    })))?;
    // What was logged is written when the terminal is its old self again.
    drop(guide);
    Ok(ExitCode::SUCCESS)
}

/// Makes choices come true.
struct Guide {
    start: Start,
    paths: Paths,
    kept: Mutex<Kept>,
}

/// What one choice leaves for the next, and for the rest of the run.
#[derive(Default)]
struct Kept {
    /// The profile that was added, which another may take the place of.
    added: Option<Profile>,
    /// The demo lives as long as the screen.
    demo: Option<Tenant>,
    logging: Option<Logging>,
}

impl Begins for Guide {
    fn begin(&self, choice: Choice) -> Result<Launch, Problem> {
        let after_welcome = matches!(choice, Choice::New(_));
        let mut warnings = Vec::new();
        let (configured, connection) = match choice {
            Choice::Demo => {
                let mut connection = demo_connection()?;
                self.kept().demo = connection.demo.take();
                (self.configured(Profile::demo())?, connection)
            }
            Choice::Open(profile) => {
                let configured = self.configured(profile)?;
                let account = self.start.account(&configured)?;
                let connection = self.connect(&configured, account)?;
                (configured, connection)
            }
            Choice::New(new) => self.add(&new, &mut warnings)?,
        };
        let mut kept = self.kept();
        // There is one log in a run.
        let logging = kept.logging.get_or_insert_with(|| self.start.log(&configured));
        // The last of them stays on the screen: that of the answers themselves.
        let warnings = logging.warning.take().into_iter().chain(warnings).collect();
        Ok(Launch {
            after_welcome,
            ..launch(&self.start, configured, connection, warnings)
        })
    }
}

impl Guide {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn configured(&self, profile: Profile) -> Result<Configured, Problem> {
        Ok(Configured {
            paths: self.paths.clone(),
            loaded: config::load(&self.paths)?,
            profile,
        })
    }

    fn connect(&self, configured: &Configured, account: config::Account) -> Result<Connection, Problem> {
        let session = self.start.session_of(configured, account).ok_or_else(|| {
            Problem::new(
                ProblemKind::Config,
                &format!(
                    "The profile `{}` names no application to sign in with.",
                    configured.profile
                ),
                "Add its client_id in the config file; `folkmoot auth setup` says where it comes from.",
            )
        })?;
        Connection::by(session)
    }

    /// Adds a profile, and makes it the one that opens by itself. What keeps it from being saved is a warning: the answers
    /// hold for this run.
    fn add(&self, new: &NewProfile, warnings: &mut Vec<Problem>) -> Result<(Configured, Connection), Problem> {
        let before = self.kept().added.clone();
        let Added { loaded, unsaved } = add_profile(&self.paths, new, before.as_ref())?;
        let given = new.given();
        for (setting, value) in &self.start.environment.account {
            if given.get(setting).is_none_or(|answer| answer.text != value.text) {
                let what = format!("{} goes before the profile at the next start.", value.from);
                warnings.push(Problem::new(
                    ProblemKind::Config,
                    &what,
                    "Unset it to start with your answers.",
                ));
            }
        }
        if unsaved.is_none() {
            self.kept().added = Some(new.name.clone());
            if self.start.profile(&self.paths, &loaded)? != new.name {
                warnings.extend(self.paths.activate(&new.name).err());
            }
        }
        warnings.extend(unsaved);
        let account = loaded.account(&new.name, &given, &self.start.environment)?;
        let configured = Configured {
            paths: self.paths.clone(),
            loaded,
            profile: new.name.clone(),
        };
        let connection = self.connect(&configured, account)?;
        Ok((configured, connection))
    }
}
