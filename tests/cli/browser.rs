//! `folkmoot auth login` under way, and whoever sits at the browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use folkmoot::demo::Tenant;
use serde_json::Value;
use url::Url;

use crate::support::{Ran, ended};

/// A sign-in whose steps are read as they come.
pub struct Login {
    child: Child,
    stdout: BufReader<ChildStdout>,
    said: String,
}

impl Login {
    /// Begins it; the command must print JSON.
    pub fn begin(command: &mut Command) -> Login {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let said = String::new();
        Login { child, stdout, said }
    }

    /// The next step of this name; those before it are passed over.
    pub fn step(&mut self, event: &str) -> Value {
        loop {
            let mut line = String::new();
            self.stdout.read_line(&mut line).unwrap();
            self.said.push_str(&line);
            assert!(!line.is_empty(), "no {event} came: {}", self.said);
            let step: Value = serde_json::from_str(&line).unwrap();
            if step["event"] == event {
                return step;
            }
        }
    }

    /// Types a line.
    pub fn paste(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// What it said until its end.
    pub fn ended(mut self) -> Ran {
        self.stdout.read_to_string(&mut self.said).unwrap();
        let mut output = self.child.wait_with_output().unwrap();
        output.stdout = self.said.into_bytes();
        ended(output, false)
    }

    /// A person signs in in a browser and comes back. The address on which that ended.
    pub fn by_browser(&mut self, person: &str) -> String {
        let link = self.step("open_url")["url"].as_str().unwrap().to_owned();
        let back = fill_in(&link, person, "accept");
        assert_eq!(follow(&back).0, 200);
        back
    }

    /// A person types the code of this sign-in, which is told.
    pub fn by_code(&mut self, tenant: &Tenant, person: &str) -> String {
        let code = self.step("device_code")["user_code"].as_str().unwrap().to_owned();
        assert!(tenant.approve_device(&code, person));
        code
    }
}

fn wait<T>(task: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(task)
}

fn http() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy();
    client.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// The sign-in page is filled in and sent: where the browser is to go then.
pub fn fill_in(link: &str, person: &str, answer: &str) -> String {
    let mut page = Url::parse(link).unwrap();
    let fields: Vec<(String, String)> = page.query_pairs().into_owned().collect();
    page.set_query(None);
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .extend_pairs([("person", person), ("answer", answer)])
        .finish();
    let request = http()
        .post(page)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    let response = wait(request.send()).unwrap();
    assert_eq!(response.status(), 302);
    response.headers()["location"].to_str().unwrap().to_owned()
}

/// Follows an address as a browser does: status and page.
pub fn follow(address: &str) -> (u16, String) {
    wait(async {
        let response = http().get(address).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    })
}
