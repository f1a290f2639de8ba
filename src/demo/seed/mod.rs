//! How a tenant comes to be: read from the assets, filled up with made-up people, groups and threads on demand.

mod assets;
mod build;
mod company;
mod invent;
#[rustfmt::skip] // tables, one row a line
mod names;
mod post;
mod thread;

use std::sync::LazyLock;

pub use assets::Assets;
pub use build::{Wanted, build};

use company::Company;
use thread::Thread;

/// Why the assets cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct SeedError {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub problem: String,
}

impl SeedError {
    fn new(file: &str, problem: impl std::fmt::Display) -> SeedError {
        SeedError {
            file: file.to_owned(),
            problem: problem.to_string(),
        }
    }
}

/// The assets, read.
#[derive(Debug)]
pub struct Seed {
    company: Company,
    people: Vec<company::Row>,
    profiles: Vec<company::ProfileRow>,
    documents: Vec<company::DocumentRow>,
    threads: Vec<Thread>,
    files: &'static [(&'static str, &'static [u8])],
}

impl Seed {
    /// Reads the assets.
    pub fn read(assets: &Assets) -> Result<Seed, SeedError> {
        Ok(Seed {
            company: Company::read(assets.company)?,
            people: company::Row::read_all(assets.people)?,
            profiles: company::ProfileRow::read_all(assets.profiles)?,
            documents: company::DocumentRow::read_all(assets.documents)?,
            threads: assets
                .threads
                .iter()
                .map(|(name, text)| Thread::read(name, text))
                .collect::<Result<_, _>>()?,
            files: assets.files,
        })
    }

    /// The default tenant's, read once for all tenants of the process.
    pub fn embedded() -> Result<&'static Seed, SeedError> {
        static SEED: LazyLock<Result<Seed, SeedError>> = LazyLock::new(|| Seed::read(&assets::EMBEDDED));
        SEED.as_ref().map_err(Clone::clone)
    }

    fn file(&self, name: &str) -> Option<&'static [u8]> {
        self.files
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, bytes)| *bytes)
    }
}
