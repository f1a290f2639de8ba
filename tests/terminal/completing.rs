//! Shells that complete a group's name from what was read before, with the scripts that folkmoot prints. Where a shell is not
//! there, the test says so.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, FOLKMOOT, LIMIT, WIDE, eventually};
use crate::pty::{self, Pty};

/// A home whose folkmoot has read the groups, among them one whose name needs quoting.
fn home_with_groups() -> Desk {
    let desk = Desk::new();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("Dusk Reading");
    eventually("the groups are kept", || {
        let (_, status) = desk.runs(&["store", "status"]);
        status.contains(" groups") && !status.contains(" 0 groups")
    });
    folkmoot.quits();
    desk
}

/// Where folkmoot and everything else is found.
fn path() -> OsString {
    let folder = Path::new(FOLKMOOT).parent().unwrap().to_owned();
    let others = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&others))).unwrap()
}

fn is_here(shell: &str) -> bool {
    let is_here = Command::new(shell).arg("--version").output().is_ok();
    if !is_here {
        println!("{shell} is not on this machine: what it completes is not tested");
    }
    is_here
}

#[test]
fn zsh_completes_the_name_of_a_group() {
    if !is_here("zsh") {
        return;
    }
    let desk = home_with_groups();
    let mut command = pty::command("zsh", desk.home());
    command.args(["-f", "-i"]);
    command.env("PATH", path());
    command.env("PS1", "ready> ");
    let mut zsh = Pty::start(command, WIDE);
    let sees = |zsh: &mut Pty, words: &str| {
        let seen = zsh.wait_until(LIMIT, |screen| screen.contents().contains(words));
        assert!(seen, "never: {words}\n{}", zsh.screen().contents());
    };
    sees(&mut zsh, "ready> ");
    zsh.press("autoload -U compinit; compinit -u -D; source <(folkmoot completion zsh); echo prep''ared\r");
    sees(&mut zsh, "prepared");
    zsh.press("folkmoot group show Dus\t");
    sees(&mut zsh, r"show Dusk\ Reading\ ");
    zsh.press("\x15folkmoot group show book\t");
    sees(&mut zsh, "show book-club@folkvale.example");
}

#[test]
fn fish_completes_the_name_of_a_group() {
    if !is_here("fish") {
        return;
    }
    let desk = home_with_groups();
    let script = "folkmoot completion fish | source; complete -C 'folkmoot group show Dus'; complete -C 'folkmoot group show book'";
    let mut fish = Command::new("fish");
    for (name, value) in desk.headless(&[]).get_envs() {
        fish.env(name, value.unwrap_or_default());
    }
    let output = fish
        .args(["--no-config", "-c", script])
        .env("PATH", path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "Dusk Reading 📚 Book Club\tbook-club@folkvale.example",
            "book-club@folkvale.example\tDusk Reading 📚 Book Club"
        ],
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
