//! The commands that need no tenant, and those that bring their own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Ran, desk, folkmoot, ran};

fn run(home: &Path, args: &[&str]) -> Ran {
    ran(folkmoot(home).args(args))
}

#[test]
fn the_demo_needs_nothing() {
    let home = tempfile::tempdir().unwrap();
    for args in [
        &["--demo", "group", "list"][..],
        &["group", "--demo", "list"],
        &["group", "list", "--demo", "--read-only"],
    ] {
        let ran = run(home.path(), args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert!(ran.stdout.contains("All Folkvale"), "{}", ran.stdout);
    }
    // A flag goes before the environment.
    let ran = ran(folkmoot(home.path())
        .args(["--demo", "group", "show", "product", "--json"])
        .env("FOLKMOOT_GRAPH_URL", "https://nowhere.invalid")
        .env("FOLKMOOT_PROFILE", "work"));
    let group: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(group["mailNickname"], "product");
    assert!(home.path().join(".local/state/folkmoot/demo/folkmoot.log").is_file());
    assert!(!home.path().join(".local/state/folkmoot/work").exists());
}

#[test]
fn where_nobody_can_answer_the_ways_to_start_are_told() {
    let home = tempfile::tempdir().unwrap();
    for args in [&[][..], &["group", "list"]] {
        let ran = ran(folkmoot(home.path()).args(args).env("PATH", ""));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(3), ""));
        for way in ["folkmoot --demo", "folkmoot auth setup", "FOLKMOOT_ACCESS_TOKEN"] {
            assert!(ran.stderr.contains(way), "{}", ran.stderr);
        }
    }
}

#[test]
fn the_demo_is_served_until_it_is_told_to_stop() {
    let home = tempfile::tempdir().unwrap();
    #[cfg(unix)]
    for (signal, code) in [("TERM", 0), ("INT", 130)] {
        let mut child = folkmoot(home.path())
            .args(["demo", "serve", "--people", "300", "--fault", "/me@1=500"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        lines.read_line(&mut first).unwrap();
        let announced: Value = serde_json::from_str(&first).unwrap();
        let part = |name: &str| announced[name].as_str().unwrap();
        assert_eq!(format!("{}/v1.0", part("authority")), part("graph_url"));
        assert_eq!((part("client_id").len(), part("tenant").len()), (36, 36));
        let listed = ran(folkmoot(home.path())
            .args(["group", "list", "--limit", "1"])
            .env("FOLKMOOT_GRAPH_URL", announced["graph_url"].as_str().unwrap())
            .env("FOLKMOOT_ACCESS_TOKEN", announced["token"].as_str().unwrap()));
        assert_eq!(listed.code, Some(0), "{}", listed.stderr);
        crate::ends::interrupt(child.id(), signal);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(code), &b""[..]));
    }
}

/// As many bytes as the kernel may write of a process that crashes: the soft limit, and the hard one.
#[cfg(target_os = "linux")]
fn core_limits(id: u32) -> Vec<String> {
    let limits = fs::read_to_string(format!("/proc/{id}/limits")).unwrap();
    let row = limits.lines().find_map(|row| row.strip_prefix("Max core file size"));
    row.unwrap().split_whitespace().take(2).map(str::to_owned).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_of_the_memory_is_written_at_a_crash() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let home = tempfile::tempdir().unwrap();
    let hard = getrlimit(Resource::Core).maximum;
    let most = Rlimit {
        current: hard,
        maximum: hard,
    };
    setrlimit(Resource::Core, most).unwrap();
    let allowed = core_limits(std::process::id());
    assert_eq!(allowed[0], allowed[1]);
    let mut child = folkmoot(home.path())
        .args(["demo", "serve"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut String::new())
        .unwrap();
    assert_eq!(core_limits(child.id()), ["0", &allowed[1]]);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_taken_port_is_said() {
    let desk = desk();
    let port = desk.tenant.graph_url().split([':', '/']).nth(4).unwrap().to_owned();
    let ran = run(desk.home.path(), &["demo", "serve", "--port", &port]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(
        ran.stderr.contains(&port) && ran.stderr.contains("Try another port"),
        "{}",
        ran.stderr
    );
}

#[test]
fn info_names_every_path() {
    let home = tempfile::tempdir().unwrap();
    let info = |extra: &[&str]| -> Value {
        let ran = run(home.path(), &[&["info", "--json"], extra].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap()
    };
    let path = |end: &str| home.path().join(end).display().to_string();
    let usual = info(&[]);
    assert_eq!(usual["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(usual["config"], path(".config/folkmoot/config.toml"));
    assert_eq!(usual["drafts"], path(".local/state/folkmoot/default/drafts"));
    assert_eq!(usual["log"], path(".local/state/folkmoot/default/folkmoot.log"));
    assert_eq!((&usual["client_id"], &usual["token"]), (&Value::Null, &Value::Null));
    assert_eq!(
        (&usual["cloud"], &usual["tenant"], &usual["keep"]),
        (&"global".into(), &"organizations".into(), &"auto".into())
    );
    assert_eq!(usual["graph"], "https://graph.microsoft.com/v1.0");
    assert_eq!(usual["login"], "https://login.microsoftonline.com");
    assert_eq!(
        info(&["--profile", "work"])["state"],
        path(".local/state/folkmoot/work")
    );
    fs::write(home.path().join("here.toml"), "").unwrap();
    assert_eq!(info(&["-c", "here.toml"])["config"], "here.toml");

    let table = ran(folkmoot(home.path()).arg("info").env("FOLKMOOT_ACCESS_TOKEN", "secret"));
    assert_eq!((table.code, table.stderr.as_str()), (Some(0), ""));
    assert!(
        table.stdout.contains("(not set: folkmoot auth setup)"),
        "{}",
        table.stdout
    );
    assert!(!table.stdout.contains("secret"), "{}", table.stdout);
    assert!(
        table.stdout.contains("none (the terminal has too few colours"),
        "{}",
        table.stdout
    );

    let inside = [
        ("TERM", "tmux-256color"),
        ("TMUX", "/tmp/tmux"),
        ("KITTY_WINDOW_ID", "1"),
    ];
    let table = ran(folkmoot(home.path()).arg("info").envs(inside));
    assert!(
        table.stdout.contains("halfblocks (it runs inside tmux)"),
        "{}",
        table.stdout
    );
}

#[test]
fn a_config_file_is_written_once() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join(".config/folkmoot/config.toml");
    let path = run(home.path(), &["config", "path"]);
    assert_eq!(path.stdout, format!("{}\n", file.display()));

    let first = run(home.path(), &["config", "init"]);
    assert_eq!((first.code, first.stdout.as_str()), (Some(0), ""));
    assert_eq!(first.stderr, format!("Written: {}\n", file.display()));
    fs::write(&file, "theme = \"monochrome\"\n").unwrap();
    let second = run(home.path(), &["config", "init"]);
    assert_eq!(second.code, Some(10));
    assert!(second.stderr.contains("is there already"), "{}", second.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), "theme = \"monochrome\"\n");

    let named = run(home.path(), &["config", "init", "--config", "elsewhere/山.toml"]);
    assert_eq!(named.code, Some(0), "{}", named.stderr);
    let check = run(home.path(), &["config", "check", "--config", "elsewhere/山.toml"]);
    assert_eq!(
        (check.code, check.stderr.as_str()),
        (Some(0), "elsewhere/山.toml is right.\n")
    );
}

#[test]
fn a_mistake_in_the_config_file_is_ten_with_its_place() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    for (text, place, says) in [
        ("theme = \"default\"\nthem = 1\n", "config.toml:2:1: ", "`theme`"),
        ("[time]\nclock = \"25h\"\n", "config.toml:2:9: ", "`24h`"),
        ("[keys]\nreplai = \"e\"\n", "config.toml:2:1: ", "`reply`? `"),
        ("[keys]\nreply = \"hyper-q\"\n", "config.toml:2:1: ", "`pagedown` … `"),
        ("[keys]\nreply = \"q\"\n", "config.toml:2:1: ", "to free it. `"),
    ] {
        fs::write(&file, text).unwrap();
        let check = run(home.path(), &["-c", "config.toml", "config", "check"]);
        assert_eq!((check.code, check.stdout.as_str()), (Some(10), ""), "{text}");
        assert!(
            check.stderr.contains(place) && check.stderr.contains(says),
            "{}",
            check.stderr
        );
    }
    fs::write(&file, "theme = 7\n").unwrap();
    for args in [&["--demo", "group", "list"][..], &["--demo"]] {
        let ran = ran(folkmoot(home.path()).args(args).env("FOLKMOOT_CONFIG", &file));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(10), ""), "{args:?}");
        assert!(ran.stderr.contains("config.toml:1:9: "), "{}", ran.stderr);
    }
    let missing = run(home.path(), &["-c", "missing.toml", "--demo", "group", "list"]);
    assert_eq!(missing.code, Some(10));
    let profile = ran(folkmoot(home.path()).arg("info").env("FOLKMOOT_PROFILE", "a/b"));
    assert_eq!(profile.code, Some(10), "{}", profile.stderr);
}

#[test]
fn the_clock_and_the_zone_of_the_config_file_count() {
    let desk = desk();
    fs::write(
        desk.home.path().join("c.toml"),
        "[time]\nclock = \"12h\"\nzone = \"Asia/Tokyo\"\n",
    )
    .unwrap();
    let first = ["thread", "list", "lantern-launch", "--limit", "1"];
    let delivered = desk.json(&first)[0]["lastDeliveredDateTime"].clone();
    let delivered: jiff::Timestamp = delivered.as_str().unwrap().parse().unwrap();
    for (args, zone, format) in [
        (&[][..], "UTC", "  %Y-%m-%d %H:%M  "),
        (&["-c", "c.toml"], "Asia/Tokyo", "  %Y-%m-%d %-I:%M %P"),
    ] {
        let expected = delivered.in_tz(zone).unwrap().strftime(format).to_string();
        let table = desk.out(&[&first, args].concat());
        assert!(table.contains(&expected), "{expected:?}: {table}");
    }
}

#[test]
fn help_has_examples_exit_codes_and_permissions() {
    let home = tempfile::tempdir().unwrap();
    let help = |args: &[&str]| {
        let ran = run(home.path(), args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        ran.stdout
    };
    let long = help(&["--help"]);
    for part in [
        "Examples:",
        "folkmoot --demo",
        "Exit codes:",
        "130  interrupted",
        "  6  too many requests",
        "FOLKMOOT_GRAPH_URL",
    ] {
        assert!(long.contains(part), "{part}: {long}");
    }
    let short = help(&["-h"]);
    assert!(short.lines().count() < 45 && !short.contains("Exit codes:"), "{short}");
    for (noun, verb, permission) in [
        ("group", "list", "GroupMember.Read.All"),
        ("group", "show", "GroupMember.Read.All"),
        ("member", "list", "User.Read.All"),
        ("thread", "list", "Group-Conversation.Read.All"),
        ("post", "list", "Group-Conversation.Read.All"),
    ] {
        assert!(help(&[noun, verb, "--help"]).contains(permission), "{noun}");
        assert!(!help(&[noun, verb, "-h"]).contains(permission), "{noun}");
    }
    assert_eq!(
        help(&["--version"]),
        format!("folkmoot {}\n", env!("CARGO_PKG_VERSION"))
    );
}
