//! `folkmoot auth …`
//!
//! | file | what lives there |
//! |---|---|
//! | `setup` | how an organisation lets folkmoot in |
//! | `doctor` | what stands between this machine and a sign-in |
//! | `login`, `teller` | signing in; its steps, told |
//! | `standing` | `status`, `logout` and `token` |
//! | `profiles` | `list` and `switch` |

mod doctor;
mod login;
mod profiles;
mod setup;
mod standing;
mod teller;

use std::process::ExitCode;

use super::args::AuthCommand;
use super::exit::Stop;
use super::start::Start;

/// Runs one of the commands.
///
/// # Errors
/// Whatever stopped it.
pub fn run(start: &Start, command: AuthCommand) -> Result<ExitCode, Stop> {
    match command {
        AuthCommand::Doctor(args) => doctor::run(start, &args),
        AuthCommand::Setup(args) => setup::run(start, args.json),
        AuthCommand::Login(args) => login::run(start, args),
        AuthCommand::Logout(args) => standing::logout(start, args.all, args.json),
        AuthCommand::Status(args) => standing::status(start, args.json),
        AuthCommand::Token(args) => standing::token(start, args.json),
        AuthCommand::List(args) => profiles::list(start, args.json),
        AuthCommand::Switch(args) => profiles::switch(start, &args.name, args.json),
    }
}
