//! Examples of every command; `--help` and the manual show them.

mod directory;
mod mail;
mod program;

/// The words of a command, and lines to type.
pub type Example = (&'static str, &'static [&'static str]);

/// The examples of all commands.
pub fn all() -> impl Iterator<Item = &'static Example> {
    let tables = [directory::EXAMPLES, mail::EXAMPLES, program::EXAMPLES];
    tables.into_iter().flatten()
}
