//! What may be typed about accounts and profiles.

use clap::Subcommand;

use crate::config::Profile;
use crate::protocol::Method;

#[derive(Debug, Subcommand)]
pub enum AuthCommand {
    /// Say how your organisation lets folkmoot in: the application, its permissions, the administrator's consent
    Setup(Facts),
    /// Look for what stands between this machine and a sign-in, and name what to mend first
    Doctor(Facts),
    /// Sign in, step by step
    ///
    /// With --json each step is a line of JSON with an `event`: trying, open_url, device_code, fell_back, then signed_in or
    /// failed.
    Login(Login),
    /// Sign out: remove the tokens
    Logout(Logout),
    /// Say who is signed in, where, for how long and what for
    Status(Facts),
    /// Print an access token for Graph; whoever has it can do what you allowed folkmoot
    Token(Facts),
    /// List the profiles, and which is in use
    List(Facts),
    /// Use a profile from now on
    Switch(Switch),
}

/// Facts for a person, or for a program.
#[derive(Debug, clap::Args)]
pub struct Facts {
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Login {
    /// The way: auto, browser, device, token-command or azure-cli
    #[arg(long, value_name = "METHOD", value_parser = method, default_value = "auto", hide_default_value = true)]
    pub method: Way,
    /// Ask for this scope too, such as Group.ReadWrite.All; may be given several times
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    /// As JSON, a line for each step
    #[arg(long)]
    pub json: bool,
}

/// A way to sign in, or whichever suits.
#[derive(Debug, Clone, Copy)]
pub struct Way(pub Option<Method>);

fn method(name: &str) -> Result<Way, String> {
    let known = Method::NAMES.iter().find(|(_, known)| *known == name);
    match (known, name) {
        (Some((method, _)), _) => Ok(Way(Some(*method))),
        (None, "auto") => Ok(Way(None)),
        (None, _) => {
            let names: Vec<&str> = Method::NAMES.iter().map(|(_, name)| *name).collect();
            Err(format!("there is: auto, {}", names.join(", ")))
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Logout {
    /// Of every profile
    #[arg(long)]
    pub all: bool,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Switch {
    /// The profile's name
    pub name: Profile,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}
