//! Where a profile wishes its sign-in to be kept.

use serde::Deserialize;

/// Where a sign-in is to be kept between runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// In the system's keyring where one works, else in a file that only the user can read.
    #[default]
    Auto,
    /// In the system's keyring; where none works, in memory, and never in a file.
    Keyring,
    /// In a file that only the user can read.
    File,
    /// In memory: it is gone when folkmoot ends.
    Memory,
}
