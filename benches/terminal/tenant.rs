//! The demo tenant in a process of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use portable_pty::CommandBuilder;
use serde_json::Value;

use crate::pty;

/// The program under the stopwatch.
const FOLKMOOT: &str = env!("CARGO_BIN_EXE_folkmoot");
/// The group that has everyone in it.
pub const EVERYONE: &str = "All Folkvale";
/// The group that is listed first.
pub const FIRST: &str = "🏮 Glow 2 Launch";

/// A running tenant.
pub struct Tenant {
    server: Child,
    pub graph_url: String,
    pub token: String,
    runtime: tokio::runtime::Runtime,
}

impl Tenant {
    /// Starts one, with the options of `folkmoot demo serve`.
    pub fn serve(options: &[&str]) -> Tenant {
        let mut server = Command::new(FOLKMOOT)
            .args(["demo", "serve", "--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut announced = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut announced)
            .unwrap();
        let announced: Value = serde_json::from_str(&announced).unwrap();
        let part = |name: &str| announced[name].as_str().unwrap().to_owned();
        let tenant = Tenant {
            server,
            graph_url: part("graph_url"),
            token: part("token"),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
        };
        // It answers once its contents are made.
        tenant.get("/me");
        tenant
    }

    /// The command that starts folkmoot for this tenant.
    pub fn command(&self, home: &Path) -> CommandBuilder {
        let mut command = pty::command(FOLKMOOT, home);
        command.args(["--graph-url", &self.graph_url]);
        command.env("FOLKMOOT_ACCESS_TOKEN", &self.token);
        command
    }

    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    pub fn get(&self, path: &str) -> Value {
        let request = reqwest::Client::new().get(format!("{}{path}", self.graph_url));
        self.run(async { request.bearer_auth(&self.token).send().await?.json().await })
            .unwrap()
    }

    pub fn post(&self, path: &str, body: &Value) {
        let request = reqwest::Client::new().post(format!("{}{path}", self.graph_url));
        let sent = self.run(request.bearer_auth(&self.token).json(body).send());
        sent.unwrap().error_for_status().unwrap();
    }

    /// The id of a group of that name.
    pub fn group(&self, name: &str) -> String {
        let groups = self.get("/groups?$top=999&$select=id,displayName");
        let groups = groups["value"].as_array().unwrap();
        let group = groups.iter().find(|group| group["displayName"] == name);
        group.unwrap()["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        // Both fail only where it has ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
