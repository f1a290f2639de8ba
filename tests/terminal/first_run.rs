//! The first run: from nothing at all into a make-believe company, or through the questions and a sign-in into one's own
//! groups; and what a sign-in that goes wrong or ends costs.

use std::fs;
use std::time::Duration;

use folkmoot::demo::Options;
use portable_pty::CommandBuilder;
use rustix::process::Signal;

use crate::desk::{CTRL_C, CTRL_S, CTRL_Z, Desk, ENTER, ESC, FOLKMOOT, Folkmoot, SMALL, WIDE, eventually};
use crate::leaving::{assert_given_back, assert_taken};
use crate::{process, pty};

const SMALLEST: (u16, u16) = (40, 12);
const CTRL_U: &str = "\x15";
const INES: &str = "ines.wickersham";

fn quick() -> Options {
    Options {
        device_code_interval: Duration::from_secs(1),
        ..Options::default()
    }
}

/// A folkmoot that has never been started here, on a machine with no browser, no keyring and no Azure CLI.
fn newcomer(desk: &Desk) -> CommandBuilder {
    let mut command = pty::command(FOLKMOOT, desk.home());
    command.env("PATH", "/usr/bin:/bin");
    command
}

/// Chooses to sign in, and answers every question for the desk's own tenant.
#[track_caller]
fn answers(folkmoot: &mut Folkmoot, desk: &Desk, client_id: &str) {
    folkmoot.sees("What would you like to do?");
    folkmoot.press("j");
    folkmoot.press(ENTER);
    folkmoot.sees("Which cloud");
    folkmoot.press("G");
    for (asked, answer) in [
        ("Another one, by its addresses", ""),
        ("Where is Graph?", desk.tenant().graph_url()),
        ("Where is sign-in?", desk.tenant().authority_url()),
        ("Which organisation?", ""),
        ("Which application", client_id),
        ("How do you want", ""),
        ("What is this profile", ""),
    ] {
        folkmoot.sees(asked);
        folkmoot.press(answer);
        folkmoot.press(ENTER);
    }
}

/// The code on the screen, once there is one other than `before`.
#[track_caller]
fn code(folkmoot: &mut Folkmoot, before: Option<&str>) -> String {
    let shown = |text: &str| {
        let codes = text.lines().map(|line| line.trim().split(' ').collect::<Vec<_>>());
        let mut codes = codes.filter(|parts| parts.len() == 9 && parts.iter().all(|part| part.len() == 1));
        codes.next().map(|parts| parts.concat())
    };
    folkmoot.waits("a code", |screen| {
        shown(&crate::desk::text(screen)).is_some_and(|code| Some(code.as_str()) != before)
    });
    shown(&folkmoot.text()).unwrap()
}

#[track_caller]
fn approves(folkmoot: &mut Folkmoot, desk: &Desk) {
    let code = code(folkmoot, None);
    assert!(desk.tenant().approve_device(&code, INES), "{code}");
}

fn config_file(desk: &Desk) -> Option<String> {
    fs::read_to_string(desk.home().join("config/folkmoot/config.toml")).ok()
}

fn configured(desk: &Desk, client_id: &str) -> String {
    format!(
        "[profiles.default]\ntenant = \"organizations\"\nclient_id = \"{client_id}\"\ngraph_url = \"{}\"\nlogin_url = \"{}\"\n",
        desk.tenant().graph_url(),
        desk.tenant().authority_url()
    )
}

#[test]
fn a_newcomer_looks_around_without_leaving_the_terminal() {
    for (size, no_color) in [(SMALL, false), (SMALLEST, true)] {
        let desk = Desk::new();
        let mut command = newcomer(&desk);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let mut folkmoot = desk.start_as(command, size);
        folkmoot.sees("What would you like to do?");
        assert_taken(&mut folkmoot);
        folkmoot.press(ENTER);
        folkmoot.sees("Glow 2 Launch");
        let entered = b"\x1b[?1049h";
        let written = folkmoot.pty.written();
        assert_eq!(
            written
                .windows(entered.len())
                .filter(|window| window == entered)
                .count(),
            1
        );
        folkmoot.press("q");
        assert_eq!(folkmoot.ends().exit_code(), 0);
        assert_given_back(&mut folkmoot);
        assert_eq!(config_file(&desk), None, "looking around leaves nothing behind");
        assert!(desk.tenant().requests().is_empty());
    }
}

#[test]
fn answers_lead_into_ones_own_groups_and_the_next_start_straight_there() {
    let desk = Desk::with(quick());
    desk.configure("# mine\n[time]\nclock = \"12h\" # 山\n");
    let client_id = desk.tenant().client_id();
    let mut folkmoot = desk.start_as(newcomer(&desk), SMALLEST);
    answers(&mut folkmoot, &desk, client_id);
    approves(&mut folkmoot, &desk);
    folkmoot.sees("Glow 2 Launch");
    folkmoot.sees("Signed in as Ines");
    folkmoot.quits();
    let expected = format!(
        "# mine\n[time]\nclock = \"12h\" # 山\n\n{}",
        configured(&desk, client_id)
    );
    assert_eq!(config_file(&desk).unwrap(), expected);

    let mut folkmoot = desk.start_as(newcomer(&desk), SMALL);
    folkmoot.sees("Glow 2 Launch");
    folkmoot.quits();
    assert_eq!(desk.tenant().sign_ins(), 1);
    assert_eq!(config_file(&desk).unwrap(), expected);
}

#[test]
fn a_code_that_was_declined_or_has_ended_says_what_to_do_and_another_is_one_key_away() {
    let ends_at_once = Options {
        device_code_lifetime: Duration::from_secs(1),
        ..quick()
    };
    let mut desk = Desk::with(ends_at_once);
    desk.configure(&configured(&desk, desk.tenant().client_id()));
    let mut folkmoot = desk.start_as(newcomer(&desk), SMALL);
    // A profile that nobody is signed in to yet.
    folkmoot.sees("Enter signs in");
    folkmoot.press(ENTER);
    folkmoot.sees("it did not work");
    folkmoot.sees("Enter tries again");
    desk.serve_again(quick());
    folkmoot.press(ENTER);
    let first = code(&mut folkmoot, None);
    assert!(desk.tenant().decline_device(&first));
    folkmoot.sees("it did not work");
    folkmoot.press(ENTER);
    let second = code(&mut folkmoot, Some(&first));
    assert!(desk.tenant().approve_device(&second, INES));
    folkmoot.sees("Glow 2 Launch");
    folkmoot.quits();
}

#[test]
fn a_wrong_answer_is_corrected_without_starting_anew() {
    let desk = Desk::with(quick());
    let mut folkmoot = desk.start_as(newcomer(&desk), SMALL);
    answers(&mut folkmoot, &desk, "another-application");
    folkmoot.sees("it did not work");
    folkmoot.sees("Esc goes back to the questions");
    folkmoot.press(ESC);
    folkmoot.sees("What is this profile");
    folkmoot.press(ESC);
    folkmoot.sees("How do you want");
    folkmoot.press(ESC);
    folkmoot.sees("another-application");
    folkmoot.press(CTRL_U);
    folkmoot.press(desk.tenant().client_id());
    folkmoot.press(ENTER);
    folkmoot.sees("How do you want");
    folkmoot.press(ENTER);
    folkmoot.sees("What is this profile");
    folkmoot.press(ENTER);
    approves(&mut folkmoot, &desk);
    folkmoot.sees("Glow 2 Launch");
    folkmoot.quits();
    let file = config_file(&desk).unwrap();
    assert!(file.ends_with(&configured(&desk, desk.tenant().client_id())), "{file}");
    assert_eq!(file.matches("[profiles").count(), 1, "{file}");
}

// Nobody can make a folder there, not even root.
#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_saved_it_is_said_and_the_answers_hold_for_this_run() {
    let desk = Desk::with(quick());
    let mut command = newcomer(&desk);
    command.env("XDG_CONFIG_HOME", "/proc/folkmoot");
    let mut folkmoot = desk.start_as(command, WIDE);
    answers(&mut folkmoot, &desk, desk.tenant().client_id());
    folkmoot.sees("config.toml cannot be written");
    approves(&mut folkmoot, &desk);
    folkmoot.sees("Glow 2 Launch");
    folkmoot.quits();
}

#[test]
fn a_profile_that_cannot_be_opened_says_what_it_lacks_and_another_choice_is_free() {
    let desk = Desk::new();
    desk.configure("[profiles.home]\ntenant = \"contoso.com\"\n");
    let mut folkmoot = desk.start_as(newcomer(&desk), SMALL);
    folkmoot.sees("Open the profile home");
    folkmoot.press("G");
    folkmoot.press(ENTER);
    folkmoot.sees("`home` names no application to sign in with");
    folkmoot.press("g");
    folkmoot.press(ENTER);
    folkmoot.sees("Glow 2 Launch");
    folkmoot.quits();
}

#[test]
fn a_sign_in_that_ends_under_a_reply_costs_nothing_of_it() {
    let desk = Desk::with(quick());
    desk.configure(&configured(&desk, desk.tenant().client_id()));
    let mut folkmoot = desk.start_as(newcomer(&desk), WIDE);
    folkmoot.sees("Enter signs in");
    folkmoot.press(ENTER);
    approves(&mut folkmoot, &desk);
    folkmoot.opens_the_thread();
    // How far the posts are scrolled depends on which of them were there when the reply began.
    folkmoot.settles();
    folkmoot.writes("half a thought 山\nand the other שלום");
    // Sending wants one permission more.
    folkmoot.press(CTRL_S);
    folkmoot.sees("Group.ReadWrite.All");
    folkmoot.press(ENTER);
    approves(&mut folkmoot, &desk);
    folkmoot.sees("Send this reply?");
    folkmoot.press("n");
    folkmoot.sees_saved("and the other שלום");
    let before = folkmoot.text();
    assert!(desk.tenant().revoke_refresh_tokens(INES) > 0);
    desk.tenant().expire_access_tokens();
    folkmoot.press(CTRL_S);
    folkmoot.sees("Send this reply?");
    folkmoot.press("y");
    folkmoot.sees("Enter signs in");
    assert!(
        desk.sent().iter().all(|seen| seen.status == Some(401)),
        "{:?}",
        desk.sent()
    );
    folkmoot.press(ENTER);
    approves(&mut folkmoot, &desk);
    // What was refused is offered again, not sent by itself.
    folkmoot.sees("Send this reply?");
    assert_eq!(desk.draft_text(), "half a thought 山\nand the other שלום");
    folkmoot.press("n");
    folkmoot.sees_saved("and the other שלום");
    let after = folkmoot.text();
    // Below that it is told which requests are under way.
    let body = |text: &str| text.lines().take(37).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(body(&after), body(&before));
    folkmoot.press(CTRL_S);
    folkmoot.sees("Send this reply?");
    folkmoot.press("y");
    eventually("it is sent, once", || {
        desk.sent().iter().filter(|seen| seen.status == Some(202)).count() == 1
    });
    folkmoot.quits();
}

#[test]
fn however_the_welcome_ends_the_terminal_is_given_back() {
    let desk = Desk::new();
    for signal in [Signal::TERM, Signal::HUP] {
        let mut folkmoot = desk.start_as(newcomer(&desk), SMALL);
        folkmoot.sees("What would you like to do?");
        folkmoot.pty.signal(signal);
        assert_eq!(folkmoot.ends().exit_code(), 0);
        assert_given_back(&mut folkmoot);
    }
    let mut folkmoot = desk.start_as(newcomer(&desk), SMALL);
    folkmoot.sees("What would you like to do?");
    folkmoot.press(CTRL_Z);
    eventually("it stops", || process::is_stopped(folkmoot.pty.pid()));
    folkmoot.waits("the shell's own screen", |screen| !screen.alternate_screen());
    assert_given_back(&mut folkmoot);
    folkmoot.pty.signal(Signal::CONT);
    folkmoot.sees("What would you like to do?");
    folkmoot.press("j");
    folkmoot.press(ENTER);
    folkmoot.sees("Which cloud");
    folkmoot.press(CTRL_C);
    assert_eq!(folkmoot.ends().exit_code(), 0);
    assert_given_back(&mut folkmoot);
}
