//! A Graph that answers every request as a test says, for what the demo tenant never does.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use crate::support::{Ran, folkmoot, ran};

/// A status and a JSON body for a path with its query, percent-decoded no further than it came; `{graph}` in it is where Graph
/// is. For a status of 3xx not a body but the address that is sent on to.
type Answer = fn(&str) -> (u16, &'static str);

/// The stub, and a home for the binary.
pub struct Stub {
    pub address: String,
    home: TempDir,
    asked: Arc<Mutex<Vec<String>>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Stub {
    /// Answers until the test's process ends.
    pub fn answering(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/v1.0", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let logs = (Arc::clone(&asked), Arc::clone(&heard));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (asked, heard) = logs.clone();
                std::thread::spawn(move || serve(stream.unwrap(), answer, &asked, &heard));
            }
        });
        Stub {
            address,
            home: tempfile::tempdir().unwrap(),
            asked,
            heard,
        }
    }

    /// Runs the binary, signed in here.
    pub fn run(&self, args: &[&str]) -> Ran {
        ran(&mut self.command(args))
    }

    /// The binary, signed in here.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = folkmoot(self.home.path());
        command
            .env("FOLKMOOT_GRAPH_URL", &self.address)
            .env("FOLKMOOT_ACCESS_TOKEN", "token-of-a-test")
            .args(args);
        command
    }

    /// Method and path of every request so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// Headers, in lower case, and body of every request so far.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, answer: Answer, log: &Mutex<Vec<String>>, heard: &Mutex<Vec<String>>) {
    let graph = format!("http://{}/v1.0", stream.local_addr().unwrap());
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let mut length = 0;
        let mut head = String::new();
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header).unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if header == "\r\n" {
                break;
            }
            head.push_str(&header.to_ascii_lowercase());
        }
        let mut body = vec![0; length];
        std::io::Read::read_exact(&mut reader, &mut body).unwrap();
        heard.lock().unwrap().push(head + &String::from_utf8_lossy(&body));
        let asked = line.rsplit_once(' ').unwrap().0.to_owned();
        let (status, body) = answer(asked.split_once(' ').unwrap().1);
        log.lock().unwrap().push(asked);
        let (location, body) = match status {
            300..400 => (format!("location: {body}\r\n"), String::new()),
            _ => (String::new(), body.replace("{graph}", &graph)),
        };
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{location}content-length: {}\r\n\r\n",
            body.len()
        );
        if writer.write_all(format!("{head}{body}").as_bytes()).is_err() {
            return;
        }
    }
}
