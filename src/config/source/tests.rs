//! Right files, wrong files, and what is said of them.

use jiff::tz::TimeZone;

use super::super::{Clock, Compose, Dates, Hyperlinks, KeyBinding, Layout, Photos, Profile, Theme, Time};
use super::*;
use crate::domain::Format;
use crate::protocol::Keep;

fn source(text: &str) -> Source {
    Source::new(Path::new("/home/m/config.toml"), text)
}

fn parse(text: &str) -> Config {
    source(text)
        .parse()
        .unwrap_or_else(|problem| panic!("{text}\n{problem}"))
}

fn refused(text: &str) -> String {
    let problem = source(text).parse().expect_err(text);
    assert_eq!(problem.kind, ProblemKind::Config);
    format!("{} | {}", problem.what, problem.next)
}

/// The default file with its example lines switched on.
fn examples() -> String {
    let is_example = |line: &str| {
        let is_name = |key: &str| key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| is_name(key))
    };
    let uncomment = |line: &str| match line.strip_prefix("# ") {
        Some(example) if is_example(example) => format!("{example}\n"),
        _ => format!("{line}\n"),
    };
    default_file().lines().map(uncomment).collect()
}

#[test]
fn the_default_file_says_what_the_defaults_are() {
    assert_eq!(parse(default_file()), Config::default());
    assert_eq!(parse(""), Config::default());
}

#[test]
fn the_examples_in_the_default_file_are_right() {
    let config = parse(&examples());
    assert_eq!(config.time.zone, Some(TimeZone::get("Europe/Berlin").unwrap()));
    assert_eq!(config.compose.editor.as_deref(), Some("vim"));
    assert_eq!(config.keys.len(), 2);
    assert_eq!(config.profile, Some(Profile::default()));
    let work = &config.profiles[&"work".parse().unwrap()];
    assert_eq!((work.sign_in, work.keep, work.scopes.len()), (None, Keep::Auto, 2));
}

#[test]
fn the_default_file_mentions_every_setting() {
    // What the parser itself calls possible, table by table.
    let possible = |text: &str| -> Vec<String> {
        let error = toml::from_str::<Config>(text).unwrap_err();
        error
            .message()
            .split('`')
            .skip(3)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    let written: toml::Table = examples().parse().unwrap();
    let top = possible("_ = 0");
    assert_eq!(
        top,
        [
            "profile", "theme", "time", "layout", "compose", "store", "keys", "profiles"
        ]
    );
    let work = written["profiles"]["work"].as_table().unwrap();
    for setting in possible("[profiles.x]\n_ = 0") {
        assert!(work.contains_key(&setting), "[profiles.work] {setting}");
    }
    for name in top {
        match &written[&name] {
            toml::Value::Table(table) if name != "keys" && name != "profiles" => {
                let settings = possible(&format!("[{name}]\n_ = 0"));
                assert!(!settings.is_empty());
                for setting in settings {
                    assert!(table.contains_key(&setting), "[{name}] {setting}");
                }
            }
            _ => {}
        }
    }
}

#[test]
fn every_setting_is_read() {
    let text = "\u{feff}theme = \"monochrome\"\r\n[time]\r\nclock = \"12h\"\r\ndates = \"absolute\"\r\nzone = \"Asia/Tokyo\"\r\n\
                [layout]\r\nlow_bandwidth = true\r\nphotos = \"sixel\"\r\nhyperlinks = \"never\"\r\n[compose]\r\neditor = \"emacs -nw\"\r\nundo_seconds = 0\r\nformat = \"markdown\"\r\n\
                [keys]\r\nreply = [\"e\", \"ctrl-e\"]\r\nquit = \"none\"\r\ncopy = []\r\n";
    let config = parse(text);
    let spoken = |keys: &[KeyBinding]| -> Vec<String> {
        keys.iter()
            .map(|b| {
                format!(
                    "{} {:?}",
                    b.action,
                    b.keys.iter().map(|k| k.get_ref()).collect::<Vec<_>>()
                )
            })
            .collect()
    };
    assert_eq!(
        spoken(&config.keys),
        ["copy []", "quit [\"none\"]", "reply [\"e\", \"ctrl-e\"]"]
    );
    let rest = Config {
        keys: Vec::new(),
        ..config
    };
    let expected = Config {
        theme: Theme::Monochrome,
        time: Time {
            clock: Clock::Hours12,
            dates: Dates::Absolute,
            zone: TimeZone::get("Asia/Tokyo").ok(),
        },
        layout: Layout {
            low_bandwidth: true,
            photos: Photos::Sixel,
            hyperlinks: Hyperlinks::Never,
        },
        compose: Compose {
            undo_seconds: 0,
            format: Format::Markdown,
            editor: Some("emacs -nw".to_owned()),
        },
        ..Config::default()
    };
    assert_eq!(rest, expected);
}

#[test]
fn a_mistake_in_keys_can_be_pointed_at_later() {
    let source = source("[keys]\n# 山\nreply = \"x\" # שלום\nreplay = [\"e\", \"hyper-q\"]\n");
    let config = source.parse().unwrap();
    let at = |span| source.problem(span, "what.", "Next.").what.to_string();
    let (replay, reply) = (&config.keys[0], &config.keys[1]);
    assert_eq!(at(replay.action.span()), "/home/m/config.toml:4:1: what.");
    assert_eq!(at(replay.keys[1].span()), "/home/m/config.toml:4:16: what.");
    assert_eq!(at(reply.keys[0].span()), "/home/m/config.toml:3:9: what.");
}

#[test]
fn mistakes_are_named_with_their_place_and_what_would_be_right() {
    for (text, said) in [
        (
            "[layout]\nlow_bandwith = true",
            "/home/m/config.toml:2:1: there is no setting `low_bandwith` here. | Did you mean `low_bandwidth`? There is: `low_bandwidth`, `photos`, `hyperlinks`.",
        ),
        (
            "# 山田\n\n[tim]",
            "/home/m/config.toml:3:2: there is no setting `tim` here. | Did you mean `time`? There is: `profile`, `theme`, `time`, `layout`, `compose`, `store`, `keys`, `profiles`.",
        ),
        (
            "theme = \"solarized\"",
            "/home/m/config.toml:1:9: there is no value `solarized` here. | There is: `default`, `monochrome`.",
        ),
        (
            "[time]\n  clock = \"12\"",
            "/home/m/config.toml:2:11: there is no value `12` here. | Did you mean `12h`? There is: `24h`, `12h`.",
        ),
    ] {
        assert_eq!(refused(text), said);
    }
}

#[test]
fn other_mistakes_keep_the_words_of_the_parser_and_their_place() {
    for (text, start, word) in [
        (
            "[layout]\nlow_bandwidth = \"yes\"",
            "/home/m/config.toml:2:17: ",
            "expected a boolean",
        ),
        (
            "[time]\nzone = \"Mars/Olympus\"",
            "/home/m/config.toml:2:8: ",
            "no time zone `Mars/Olympus` is known here",
        ),
        (
            "[compose]\nundo_seconds = 601",
            "/home/m/config.toml:2:16: ",
            "at most 600 seconds",
        ),
        (
            "[compose]\neditor = \" \"",
            "/home/m/config.toml:2:10: ",
            "an editor needs a command",
        ),
        (
            "[keys]\nreply = 3",
            "/home/m/config.toml:2:9: ",
            "a list of keys such as",
        ),
        (
            "[keys]\nreply = [\"e\", 3]",
            "/home/m/config.toml:2:15: ",
            "expected a string",
        ),
        (
            "theme = \"a\"\ntheme = \"b\"",
            "/home/m/config.toml:2:1: ",
            "duplicate key",
        ),
        ("\n\ntheme = ", "/home/m/config.toml:3:", "expected"),
        ("time = 1", "/home/m/config.toml:1:8: ", "expected a table"),
        ("[time\n", "/home/m/config.toml:1:", "expected"),
        (
            "\u{feff}theme = 1",
            "/home/m/config.toml:1:9: ",
            "a word in quotes is expected",
        ),
    ] {
        let said = refused(text);
        assert!(said.starts_with(start) && said.contains(word), "{said}");
    }
}

#[test]
fn nothing_in_a_file_can_drive_the_terminal() {
    for text in [
        "\"\\u001b[2Jx\" = 1",
        "theme = \"\\u001b]0;x\\u0007\"",
        "[time]\nzone = \"\\u202e\\u001b[31m\"",
        "\u{1b}",
    ] {
        let said = refused(text);
        assert!(said.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{said:?}");
    }
}

#[test]
fn a_missing_file_is_a_problem_only_when_it_was_asked_for() {
    let root = tempfile::tempdir().unwrap();
    let missing = |config_asked_for| Paths {
        config_file: root.path().join("config.toml"),
        config_asked_for,
        state: root.path().to_owned(),
    };
    assert_eq!(load(&missing(false)).unwrap().config, Config::default());
    let problem = load(&missing(true)).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Config);
    assert!(problem.what.as_str().contains("cannot be read"), "{problem}");
    fs::write(root.path().join("config.toml"), b"theme = \"\xff\"").unwrap();
    assert_eq!(load(&missing(false)).unwrap_err().next.as_str(), "Save it as UTF-8.");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_and_what_has_no_end_is_not() {
    let root = tempfile::tempdir().unwrap();
    let at = |file: &Path| {
        load(&Paths {
            config_file: file.to_owned(),
            config_asked_for: true,
            state: root.path().to_owned(),
        })
    };
    assert_eq!(at(Path::new("/dev/null")).unwrap().config, Config::default());
    let (pipe, long, link) = ["pipe", "long", "link"].map(|name| root.path().join(name)).into();
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "theme = \"monochrome\"\n").unwrap()
    });
    assert_ne!(at(&pipe).unwrap().config, Config::default());
    writer.join().unwrap();
    fs::write(&long, "#".repeat(1 << 20)).unwrap();
    std::os::unix::fs::symlink(&long, &link).unwrap();
    assert_eq!(at(&link).unwrap().config, Config::default());
    fs::write(&long, "山".repeat(1 << 20)).unwrap();
    for (file, says) in [
        (Path::new("/dev/zero"), "is a device"),
        (&long, "longer than 1 MiB"),
        (root.path(), "cannot be read"),
    ] {
        let problem = at(file).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Config);
        assert!(problem.what.as_str().contains(says), "{problem}");
    }
}

#[test]
fn init_writes_a_file_once_and_for_its_owner_alone() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("new/folkmoot/config.toml");
    init(&path).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), default_file());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
        assert_eq!(
            fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o7777,
            0o700
        );
    }
    fs::write(&path, "theme = \"monochrome\"\n").unwrap();
    let problem = init(&path).unwrap_err();
    assert!(problem.what.as_str().ends_with("is there already."), "{problem}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "theme = \"monochrome\"\n");
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    let problem = init(&path.join("below-a-file/config.toml")).unwrap_err();
    assert!(problem.what.as_str().contains("cannot be written"), "{problem}");
}

#[test]
fn the_editor_is_the_configs_then_the_environments_then_a_plain_one() {
    let named = Compose {
        undo_seconds: 5,
        format: Format::Plain,
        editor: Some("hx".to_owned()),
    };
    assert_eq!(named.editor(Some("emacs")), "hx");
    assert_eq!(Compose::default().editor(Some("emacs")), "emacs");
    assert!(!Compose::default().editor(None).is_empty());
}
