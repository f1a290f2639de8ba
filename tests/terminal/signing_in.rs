//! `folkmoot auth login` at a terminal: what is drawn while it waits, what is pasted, and how it is called off.

use std::time::Duration;

use folkmoot::demo::{Options, Tenant};
use rustix::process::Signal;
use tempfile::TempDir;
use url::Url;

use crate::desk::{CTRL_C, LIMIT};
use crate::pty::{self, Pty};

/// A sign-in at a terminal of so many columns.
struct Login {
    pty: Pty,
    tenant: Tenant,
    _home: TempDir,
}

impl Login {
    fn begin(method: &str, columns: u16) -> Login {
        let tenant = Tenant::spawn(Options {
            device_code_interval: Duration::from_secs(1),
            ..Options::default()
        })
        .unwrap();
        let home = tempfile::tempdir().unwrap();
        let mut command = pty::command(assert_cmd::cargo::cargo_bin!("folkmoot"), home.path());
        for (name, value) in [
            ("FOLKMOOT_GRAPH_URL", tenant.graph_url()),
            ("FOLKMOOT_LOGIN_URL", tenant.authority_url()),
            ("FOLKMOOT_CLIENT_ID", tenant.client_id()),
            ("SSH_CONNECTION", "10.0.0.1 5 10.0.0.2 22"),
        ] {
            command.env(name, value);
        }
        command.args(["auth", "login", "--method", method]);
        Login {
            pty: Pty::start(command, (columns, 40)),
            tenant,
            _home: home,
        }
    }

    #[track_caller]
    fn sees(&mut self, words: &str) {
        let seen = self
            .pty
            .read_until(LIMIT, |pty| pty.screen().contents().contains(words));
        assert!(seen, "no {words:?}: {}", self.pty.screen().contents());
    }

    /// The exit code. Whatever it was, the terminal is as before, and the shell's prompt begins a line.
    #[track_caller]
    fn ends(&mut self) -> u32 {
        let status = self.pty.wait_for_end(LIMIT).unwrap();
        assert!(self.pty.modes() == self.pty.first_modes());
        assert_eq!(
            self.pty.screen().cursor_position().1,
            0,
            "{}",
            self.pty.screen().contents()
        );
        let left = ["^C cancels", "Enter sends"];
        let contents = self.pty.screen().contents();
        assert!(left.iter().all(|words| !contents.contains(words)), "{contents}");
        status.exit_code()
    }
}

#[test]
fn a_code_is_counted_down_until_it_is_typed_or_called_off() {
    let mut login = Login::begin("device", 40);
    login.sees("left; ^C cancels");
    let contents = login.pty.screen().contents();
    let code = contents
        .lines()
        .skip_while(|line| !line.contains("type this code"))
        .nth(2)
        .unwrap();
    assert!(login.tenant.approve_device(code, "ines.wickersham"), "{contents}");
    login.sees("Signed in as");
    assert_eq!(login.ends(), 0);

    let mut login = Login::begin("device", 40);
    login.sees("left; ^C cancels");
    login.pty.press(CTRL_C);
    assert_eq!(login.ends(), 130);

    let mut login = Login::begin("device", 40);
    login.sees("left; ^C cancels");
    login.pty.signal(Signal::TERM);
    assert_eq!(login.ends(), 143);
}

#[test]
fn an_address_of_any_length_may_be_pasted_and_is_not_shown() {
    let mut login = Login::begin("browser", 80);
    login.sees("Waiting for the browser");
    login.sees("ssh -L ");
    let written = String::from_utf8_lossy(login.pty.written()).into_owned();
    let link = written.lines().find(|line| line.contains("code_challenge=")).unwrap();
    let link = Url::parse(link).unwrap();
    let parameter = |wanted: &str| {
        link.query_pairs()
            .find(|(name, _)| name == wanted)
            .unwrap()
            .1
            .into_owned()
    };
    login.pty.press("nonsense\u{7f}\u{7f}");
    login.sees("6 characters; Enter sends them");
    login.pty.press("\r");
    login.sees("What was pasted is not the answer");
    // No terminal hands over a line that long; and the authority knows no such code.
    let mut back = Url::parse(&parameter("redirect_uri")).unwrap();
    back.query_pairs_mut()
        .append_pair("session_state", &"x".repeat(20_000))
        .append_pair("code", "SECRET")
        .append_pair("state", &parameter("state"));
    login.pty.press(format!("{back}\r"));
    login.sees("error: ");
    assert_eq!(login.ends(), 3);
    assert!(!String::from_utf8_lossy(login.pty.written()).contains("SECRET"));
}
