//! What the program tells shells and `man`.

use std::path::Path;
use std::process::Command;

use crate::support::{Ran, folkmoot, ran};

fn run(home: &Path, args: &[&str]) -> Ran {
    ran(folkmoot(home).args(args))
}

#[test]
fn every_shell_gets_a_script_that_asks_this_program() {
    let home = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = folkmoot(home.path()).args(["completion", shell]).output().unwrap();
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{shell}");
        assert!(
            script.contains("FOLKMOOT_COMPLETE") && script.contains("folkmoot"),
            "{shell}: {script}"
        );
        let home = home.path().display().to_string();
        assert!(
            !script.contains(&home) && !script.contains("/target/"),
            "{shell}: {script}"
        );
    }
    let none = run(home.path(), &["completion", "tcsh"]);
    assert_eq!(none.code, Some(2));
    assert!(none.stderr.contains("elvish"), "{}", none.stderr);
}

/// What bash would complete, with the script in place.
#[cfg(unix)]
fn completed(line: &str) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let program = assert_cmd::cargo::cargo_bin!("folkmoot");
    let words: Vec<&str> = line.split(' ').collect();
    let script = format!(
        "source <(folkmoot completion bash); COMP_LINE={line:?}; COMP_WORDS=({}); COMP_CWORD={}; \
         _clap_complete_folkmoot folkmoot {:?}; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words
            .iter()
            .map(|word| format!("{word:?}"))
            .collect::<Vec<_>>()
            .join(" "),
        words.len() - 1,
        words.last().unwrap(),
    );
    let output = Command::new("bash")
        .args(["--norc", "-c", &script])
        .env_clear()
        .env("HOME", home.path())
        .env("PATH", format!("{}:/usr/bin:/bin", program.parent().unwrap().display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_options_and_values() {
    assert_eq!(completed("folkmoot thr"), ["thread"]);
    assert_eq!(completed("folkmoot group l"), ["list"]);
    assert_eq!(completed("folkmoot group list --sea"), ["--search"]);
    let formats = completed("folkmoot group list -o ");
    assert_eq!(formats, ["table", "json", "ndjson", "csv", "tsv", "md"]);
    assert_eq!(completed("folkmoot api PAT"), ["PATCH"]);
    assert_eq!(completed("folkmoot completion po"), ["powershell"]);
}

#[test]
fn every_command_has_a_manual_page() {
    let home = tempfile::tempdir().unwrap();
    let one = run(home.path(), &["man"]);
    assert_eq!((one.code, one.stderr.as_str()), (Some(0), ""));
    for part in [
        ".TH FOLKMOOT 1 ",
        ".SH ENVIRONMENT",
        ".SH FILES",
        ".SH \"EXIT STATUS\"",
        "FOLKMOOT_ACCESS_TOKEN",
    ] {
        assert!(one.stdout.contains(part), "{part}: {}", one.stdout);
    }
    let all = run(home.path(), &["man", "--dir", "man/man1"]);
    assert_eq!((all.code, all.stdout.as_str()), (Some(0), ""), "{}", all.stderr);
    let page = |name: &str| std::fs::read_to_string(home.path().join("man/man1").join(name)).unwrap();
    assert_eq!(page("folkmoot.1"), one.stdout);
    let list = page("folkmoot-group-list.1");
    for part in [
        ".SH EXAMPLES",
        ".SH PERMISSIONS",
        "GroupMember.Read.All",
        "folkmoot group list",
    ] {
        assert!(list.contains(part), "{part}: {list}");
    }
    std::fs::write(home.path().join("file"), "").unwrap();
    let nowhere = run(home.path(), &["man", "--dir", "file/man1"]);
    assert_eq!((nowhere.code, nowhere.stdout.as_str()), (Some(1), ""));
    assert!(
        nowhere.stderr.contains("No manual pages can be written to file/man1"),
        "{}",
        nowhere.stderr
    );
}
