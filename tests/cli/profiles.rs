//! A home with profiles, each for a tenant of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use folkmoot::demo::{Options, Tenant};
use serde_json::Value;
use tempfile::TempDir;

use crate::browser::Login;
use crate::support::{Ran, folkmoot, ran};

pub const INES: &str = "ines.wickersham";
pub const HANAKO: &str = "hanako.yamada";

/// A home whose profiles are each for a tenant of its own.
pub struct Desk {
    pub tenants: Vec<Tenant>,
    pub home: TempDir,
}

impl Desk {
    pub fn new(profiles: &[&str]) -> Desk {
        let tenant = |_: &&str| {
            let options = Options {
                device_code_interval: Duration::from_secs(1),
                ..Options::default()
            };
            Tenant::spawn(options).unwrap()
        };
        let desk = Desk {
            tenants: profiles.iter().map(tenant).collect(),
            home: tempfile::tempdir().unwrap(),
        };
        desk.configure(profiles, "");
        desk
    }

    /// Writes the config file; `more` stands in every profile.
    pub fn configure(&self, profiles: &[&str], more: &str) {
        let mut config = String::new();
        for (name, tenant) in profiles.iter().zip(&self.tenants) {
            config.push_str(&format!(
                "[profiles.{name}]\ngraph_url = \"{}\"\nlogin_url = \"{}\"\nclient_id = \"{}\"\n{more}\n",
                tenant.graph_url(),
                tenant.authority_url(),
                tenant.client_id()
            ));
        }
        fs::write(self.home.path().join("config.toml"), config).unwrap();
    }

    pub fn state(&self) -> PathBuf {
        self.home.path().join("state")
    }

    pub fn file(&self, profile: &str) -> PathBuf {
        self.state().join("folkmoot").join(profile).join("sign-in.json")
    }

    pub fn command(&self, profile: &str, args: &[&str]) -> Command {
        let mut command = folkmoot(self.home.path());
        command
            .env("XDG_STATE_HOME", self.state())
            .env("FOLKMOOT_CONFIG", "config.toml");
        if !profile.is_empty() {
            command.args(["--profile", profile]);
        }
        command.args(args);
        command
    }

    pub fn run(&self, profile: &str, args: &[&str]) -> Ran {
        ran(&mut self.command(profile, args))
    }

    pub fn json(&self, profile: &str, args: &[&str]) -> Value {
        let ran = self.run(profile, &[args, &["--json"]].concat());
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr))
    }

    pub fn login(&self, profile: &str, method: &str) -> Login {
        Login::begin(&mut self.command(profile, &["auth", "login", "--method", method, "--json"]))
    }

    /// Signs in by code.
    pub fn sign_in(&self, profile: &str, tenant: usize, person: &str) {
        let mut login = self.login(profile, "device");
        login.by_code(&self.tenants[tenant], person);
        let ran = login.ended();
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    }

    pub fn signed_in(&self, profile: &str) -> bool {
        self.json(profile, &["auth", "status"])["signed_in"] == true
    }
}
