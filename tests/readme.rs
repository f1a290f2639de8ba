//! The README says what is so. With `FOLKMOOT_BLESS=1` what can be written by itself is written anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::process::{Command, Output};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

fn readme() -> String {
    fs::read_to_string(README).unwrap()
}

fn folkmoot(home: &std::path::Path, args: &[String]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("folkmoot"))
        .env_clear()
        .env("HOME", home)
        .args(args)
        .output()
        .unwrap()
}

/// What stands between `<!-- name -->` and `<!-- /name -->`, as byte offsets.
fn between(readme: &str, name: &str) -> std::ops::Range<usize> {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = readme.find(&open).expect(name) + open.len();
    start..start + readme[start..].find(&close).expect(name)
}

/// Compares a generated part, or writes it.
fn holds(name: &str, expected: &str) {
    let mut readme = readme();
    let range = between(&readme, name);
    if std::env::var_os("FOLKMOOT_BLESS").is_some_and(|bless| bless == "1") {
        readme.replace_range(range, expected);
        fs::write(README, readme).unwrap();
    } else {
        let now = &readme[range];
        assert_eq!(
            now, expected,
            "`FOLKMOOT_BLESS=1 cargo test --test readme` writes it anew"
        );
    }
}

/// One test, because two that bless would write over each other.
#[test]
fn keys_and_exit_codes_are_those_of_the_program() {
    holds("keys", &format!("\n{}\n", folkmoot::keys::readme_table()));

    let home = tempfile::tempdir().unwrap();
    let help = String::from_utf8(folkmoot(home.path(), &["--help".into()]).stdout).unwrap();
    let codes = help
        .split_once("Exit codes:\n")
        .expect("the help tells the exit codes")
        .1;
    let mut table = String::from("\n| code | meaning |\n|--:|---|\n");
    for line in codes.lines().filter(|line| !line.trim().is_empty()) {
        let (code, meaning) = line.trim().split_once("  ").unwrap();
        table.push_str(&format!("| {code} | {meaning} |\n"));
    }
    assert!(table.lines().count() > 10, "{table}");
    holds("exit codes", &format!("{table}\n"));
}

#[test]
fn the_two_commands_are_what_ci_runs() {
    let readme = readme();
    let mut commands = Vec::new();
    for block in readme.split("```sh\n").skip(1) {
        commands.extend(block.split("```").next().unwrap().lines());
    }
    assert_eq!(commands, ["cargo run --release -- --demo", "cargo test"]);

    let root = env!("CARGO_MANIFEST_DIR");
    let script = fs::read_to_string(format!("{root}/.ci/run")).unwrap();
    assert!(
        script.contains("\nstep $tests\n") && script.contains("\nstep ${demo/ --release/} "),
        "{script}"
    );
    #[cfg(unix)]
    {
        let said = Command::new("bash")
            .args([".ci/run", "commands"])
            .current_dir(root)
            .output()
            .unwrap();
        assert_eq!(
            String::from_utf8(said.stdout).unwrap().lines().collect::<Vec<_>>(),
            commands
        );
    }
}

#[test]
fn the_examples_work() {
    let readme = readme();
    let examples = &readme[between(&readme, "examples")];
    let commands: Vec<&str> = examples
        .lines()
        .filter_map(|line| line.strip_prefix("$ folkmoot "))
        .collect();
    assert!(commands.len() > 5, "{examples}");
    let home = tempfile::tempdir().unwrap();
    for command in commands {
        let output = folkmoot(home.path(), &words(command));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && stderr.is_empty(), "{command}: {stderr}");
        assert!(!output.stdout.is_empty(), "{command}");
    }
}

/// Splits as a shell does, as far as the README goes: at spaces that are not between double quotes.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in command.split('"').enumerate() {
        match at % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}

#[test]
fn every_file_that_is_linked_is_there() {
    let readme = readme();
    for (at, _) in readme.match_indices("](") {
        let target = readme[at + 2..].split(')').next().unwrap();
        // The picture is made from the program itself.
        if !target.starts_with("https://") && !target.starts_with("screenshots/") {
            let path = format!("{}/{target}", env!("CARGO_MANIFEST_DIR"));
            assert!(fs::exists(&path).unwrap(), "{target}");
        }
    }
}
