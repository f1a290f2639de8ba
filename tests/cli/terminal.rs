//! The binary at a terminal: widths, colours, progress.

use std::io::{BufRead, BufReader, Read, Write};

use folkmoot::demo::Options;
use folkmoot::domain::Group;
use folkmoot::protocol::{Payload, Query, Scope};
use folkmoot::store::Store;
use folkmoot::text::cells;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use serde_json::json;

use crate::support::{Desk, desk, desk_with, faulty};

/// What a shell command writes on a terminal that is `cols` wide.
fn on_a_terminal(desk: &Desk, cols: u16, variables: &[(&str, &str)], script: &str) -> String {
    typing("", desk, cols, variables, script)
}

/// A shell command that runs on a terminal.
struct Begun {
    reader: Box<dyn Read + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

fn begin(desk: &Desk, cols: u16, variables: &[(&str, &str)], script: &str) -> Begun {
    let size = PtySize {
        rows: 24,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new("/bin/sh");
    command.args([
        "-c",
        &script.replace(
            "folkmoot",
            &format!("\"{}\"", assert_cmd::cargo::cargo_bin!("folkmoot").display()),
        ),
    ]);
    command.env_clear();
    command.cwd(desk.home.path());
    for (name, value) in [
        ("HOME", desk.home.path().to_str().unwrap()),
        ("TZ", "UTC"),
        ("TERM", "xterm-256color"),
        ("FOLKMOOT_GRAPH_URL", desk.tenant.graph_url()),
        ("FOLKMOOT_ACCESS_TOKEN", desk.tenant.token()),
        ("PAGER", "cat"),
    ]
    .iter()
    .chain(variables)
    {
        command.env(name, value);
    }
    Begun {
        reader: pair.master.try_clone_reader().unwrap(),
        child: pair.slave.spawn_command(command).unwrap(),
        master: pair.master,
    }
}

/// The same with a person there who types.
fn typing(typed: &str, desk: &Desk, cols: u16, variables: &[(&str, &str)], script: &str) -> String {
    let Begun {
        mut reader,
        mut child,
        master,
    } = begin(desk, cols, variables, script);
    // Whoever closes a terminal has typed its end: nobody is to do so who has typed nothing.
    let mut keys = (!typed.is_empty()).then(|| master.take_writer().unwrap());
    if let Some(keys) = &mut keys {
        keys.write_all(typed.as_bytes()).unwrap();
    }
    let mut bytes = Vec::new();
    // When the last writer has gone, Linux says so with an error.
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        bytes.extend_from_slice(&buffer[..count]);
    }
    assert!(child.wait().unwrap().success(), "{}", String::from_utf8_lossy(&bytes));
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
}

const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

#[test]
fn tables_fit_the_terminal_and_have_a_bold_heading() {
    let desk = desk();
    for cols in [60, 100] {
        let table = on_a_terminal(&desk, cols, &[], "folkmoot group list --all");
        let (heading, rows) = table.split_once('\n').unwrap();
        assert!(heading.starts_with(BOLD) && heading.ends_with(PLAIN), "{heading:?}");
        assert!(!rows.contains('\u{1b}'), "{rows:?}");
        assert!(rows.contains('…'), "{rows}");
        let widest = rows.lines().map(cells).max().unwrap();
        assert!(
            (usize::from(cols) - 20..=usize::from(cols)).contains(&widest),
            "{widest} of {cols}"
        );
    }
}

#[test]
fn the_environment_says_how_wide_and_how_plain() {
    let desk = desk();
    let script = "folkmoot group list --limit 5";
    let widest = |table: &str| table.lines().map(cells).max().unwrap();
    let plain = on_a_terminal(&desk, 100, &[("NO_COLOR", "1")], script);
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    assert_eq!(on_a_terminal(&desk, 100, &[("TERM", "dumb")], script), plain);
    let narrow = on_a_terminal(&desk, 100, &[("NO_COLOR", "1"), ("COLUMNS", "50")], script);
    assert!(widest(&narrow) <= 50 && widest(&plain) > 50, "{narrow}");
    let piped = on_a_terminal(&desk, 60, &[], &format!("{script} | cat"));
    assert_eq!(piped, desk.out(&["group", "list", "--limit", "5"]));
    let forced = on_a_terminal(&desk, 60, &[("CLICOLOR_FORCE", "1")], &format!("{script} | cat"));
    assert!(forced.starts_with(BOLD), "{forced:?}");
}

/// Tells that it was used, and how it would be if it were `less`.
const PAGER: &str = "echo \"[$LESS]\"; sed 's/^/> /'";

#[test]
fn what_is_longer_than_the_screen_goes_through_the_pager() {
    let desk = desk();
    let paged = on_a_terminal(&desk, 100, &[("PAGER", PAGER)], "folkmoot group list --all");
    let plain = on_a_terminal(&desk, 100, &[], "folkmoot group list --all");
    assert!(plain.lines().count() > 24, "{plain}");
    let mut lines = paged.lines();
    assert_eq!(lines.next(), Some("[FRX]"));
    let shown: Vec<String> = lines.map(|line| line.strip_prefix("> ").unwrap().to_owned()).collect();
    assert_eq!(shown, plain.lines().collect::<Vec<_>>());
    for (variables, script) in [
        (&[("PAGER", PAGER)][..], "folkmoot group list --all --no-pager"),
        (&[("PAGER", PAGER)], "folkmoot --no-pager group list --all"),
        (&[("PAGER", "")], "folkmoot group list --all"),
        (
            &[("PAGER", PAGER), ("TERM", "dumb"), ("CLICOLOR_FORCE", "1")],
            "folkmoot group list --all",
        ),
    ] {
        assert_eq!(
            on_a_terminal(&desk, 100, variables, script),
            plain,
            "{variables:?} {script}"
        );
    }
    let chosen = on_a_terminal(
        &desk,
        100,
        &[("PAGER", PAGER), ("LESS", "S")],
        "folkmoot group list --all",
    );
    assert!(chosen.starts_with("[S]\n> "), "{chosen}");
}

#[test]
fn what_fits_on_the_screen_or_goes_elsewhere_needs_no_pager() {
    let desk = desk();
    for script in [
        "folkmoot group list --limit 20",
        "folkmoot group show product",
        "folkmoot group list --all | cat",
        "folkmoot group list --all > groups.txt; cat groups.txt",
    ] {
        let out = on_a_terminal(&desk, 100, &[("PAGER", PAGER)], script);
        assert!(!out.is_empty() && !out.contains("> "), "{script}: {out}");
    }
    // One line of JSON for each, but several of the screen.
    let wrapped = on_a_terminal(&desk, 40, &[("PAGER", PAGER)], "folkmoot group list --limit 10 --json");
    assert!(wrapped.starts_with("[FRX]\n> ["), "{wrapped}");
    let posts = on_a_terminal(
        &desk,
        80,
        &[("PAGER", PAGER)],
        "folkmoot post list lantern-launch price --full",
    );
    assert!(posts.starts_with("[FRX]\n> ── 1"), "{posts}");
}

#[test]
fn nothing_binary_reaches_the_terminal() {
    let desk = desk();
    let person = desk.json(&["user", "show", "hanako"]);
    let path = format!("/users/{}/photo/$value", person["id"].as_str().unwrap());
    let script = format!("folkmoot api GET '{path}'; echo code $?");
    let said = on_a_terminal(&desk, 200, &[], &script);
    assert!(
        said.contains("is nothing for a terminal") && said.contains("-O FILE") && said.ends_with("code 2\n"),
        "{said:?}"
    );
}

#[test]
fn a_pager_that_is_left_early_ends_it_quietly() {
    let desk = desk_with(Options {
        people: Some(5_000),
        ..Options::default()
    });
    let script = "folkmoot member list all-folkvale -o ndjson; echo code $?";
    let left = on_a_terminal(&desk, 200, &[("PAGER", "head -n 2")], script);
    let lines: Vec<&str> = left.lines().collect();
    assert!(lines.len() == 3 && lines[2] == "code 0", "{left}");
    let missing = on_a_terminal(&desk, 200, &[("PAGER", "no-such-pager -R")], script);
    assert!(
        missing.contains("There is no pager `no-such-pager -R`") && missing.ends_with("code 1\n"),
        "{missing}"
    );
}

#[test]
fn posts_are_set_at_the_width_of_the_terminal() {
    let desk = desk();
    let set = on_a_terminal(&desk, 50, &[], "folkmoot post list lantern-launch price --full");
    assert!(set.lines().all(|line| cells(line) <= 50), "{set}");
    assert!(!set.contains('\u{1b}'), "{set:?}");
}

#[test]
fn progress_is_shown_while_the_list_goes_elsewhere_and_wiped_out() {
    let desk = desk_with(Options {
        people: Some(2_500),
        ..Options::default()
    });
    let said = on_a_terminal(
        &desk,
        80,
        &[],
        "folkmoot member list all-folkvale --json > members.json",
    );
    assert!(said.contains(" of 2,5"), "{said:?}");
    assert!(said.ends_with(" \r"), "{said:?}");
    assert!(
        std::fs::read_to_string(desk.home.path().join("members.json"))
            .unwrap()
            .ends_with("]\n")
    );
    let nothing = on_a_terminal(
        &desk,
        80,
        &[],
        "folkmoot member list all-folkvale 2>&1 > members.txt | cat",
    );
    assert_eq!(nothing, "");
}

#[test]
fn a_wait_that_graph_asked_for_is_told() {
    let desk = desk_with(Options {
        faults: vec!["/groups@1=429:2".parse().unwrap()],
        ..Options::default()
    });
    let said = on_a_terminal(&desk, 80, &[], "folkmoot group list --all > groups.txt");
    assert!(said.contains("Graph asks us to wait until "), "{said:?}");
}

#[test]
fn whoever_deletes_types_what_it_is() {
    let desk = desk();
    let count = || {
        desk.json(&["thread", "list", "lantern-launch"])
            .as_array()
            .unwrap()
            .len()
    };
    let before = count();
    let delete = "folkmoot thread delete lantern-launch 'packaging proofs' || echo code $?";
    let said = typing("yes\r", &desk, 100, &[], delete);
    assert!(said.contains("for ever: Graph has no undo."), "{said}");
    assert!(said.contains("That is something else: nothing was changed."), "{said}");
    assert!(said.ends_with("code 1\n"), "{said}");
    assert_eq!(count(), before);
    let said = typing("packaging proofs, ROUND 3 (three files)\r", &desk, 100, &[], delete);
    assert!(said.contains("deleted: the thread"), "{said}");
    assert_eq!(count(), before - 1);
}

#[test]
fn what_is_written_in_the_editor_is_shown_and_asked_for() {
    let desk = desk_with(Options {
        visible_after: std::time::Duration::ZERO,
        ..Options::default()
    });
    let editor = [("VISUAL", "printf 'Written here: שלום 山田\\n' >")];
    let reply = "folkmoot thread reply lantern-launch 'packaging proofs'";
    let said = typing("y\n", &desk, 80, &editor, reply);
    for says in [
        "in your editor",
        "This will send a reply to the thread",
        "  as         Ines Wickersham <ines.wickersham@folkvale.example>",
        "Written here",
        "Send it? [y/N]",
        "sent: a reply",
    ] {
        assert!(said.contains(says), "{says}: {said}");
    }
    // Whoever says no has a draft.
    let said = typing("n\n", &desk, 80, &editor, &format!("{reply} || test $? = 1"));
    assert!(
        said.contains("Nothing was sent.") && said.contains("The draft is kept"),
        "{said}"
    );
    let listed = desk.json(&["draft", "list"]);
    let id = listed["items"][0]["short"].as_str().unwrap();
    let said = typing("y\n", &desk, 80, &[], &format!("folkmoot draft discard {id}"));
    assert!(
        said.contains("Throw it away?") && said.contains("The draft is gone."),
        "{said}"
    );
    // Without a text, or where the editor gives up, nothing is sent or kept.
    for (editor, code) in [("true", 2), ("false", 1)] {
        let said = on_a_terminal(
            &desk,
            80,
            &[("VISUAL", editor)],
            &format!("{reply} || test $? = {code}"),
        );
        assert!(!said.contains("Send it?"), "{said}");
    }
    assert_eq!(desk.run(&["draft", "list"]).stderr, "No drafts.\n");
    let posts = desk.json(&["post", "list", "lantern-launch", "packaging proofs"]);
    assert_eq!(posts.to_string().matches("Written here").count(), 1);
}

/// What bash makes of keys with a Tab in them, once the completion is in place: the words that a command would get.
#[cfg(unix)]
fn words_in_bash(desk: &Desk, keys: &str) -> String {
    let program = assert_cmd::cargo::cargo_bin!("folkmoot");
    let folder = program.parent().unwrap().display();
    let rc = format!("PATH={folder}:/usr/bin:/bin\nHISTFILE=\nPS1='$ '\nsource <(folkmoot completion bash)\n");
    std::fs::write(desk.home.path().join("rc"), rc).unwrap();
    let typed = format!("folkmoot {keys}\u{1}printf '<%s>' \rexit 0\r");
    typing(&typed, desk, 200, &[], "exec bash --noprofile --rcfile rc -i")
}

#[cfg(unix)]
#[test]
fn bash_puts_in_names_that_are_read_back_as_they_are() {
    let desk = desk();
    let folder = desk.home.path().join(".local/state/folkmoot/default");
    std::fs::create_dir_all(&folder).unwrap();
    let (mut store, _) = Store::open(&folder.join("store-0.db")).unwrap();
    let odd = "Produ\"kt $(id) `id` it's a! b\\c *";
    let groups = [(odd, None), ("Lampe 灯籠", Some("lampe@folk.example"))];
    let groups = groups.map(|(name, mail)| json!({"id": name, "displayName": name, "mail": mail}));
    let groups: Vec<Group> = serde_json::from_value(groups.into()).unwrap();
    let (scope, term) = (Scope::All, Some("p".to_owned()));
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    let listed = Payload::Groups(groups.into());
    store.keep(&Query::Groups { scope, term }, &[listed], now).unwrap();
    drop(store);
    for (keys, word) in [
        ("group show \"produ\t", odd),
        ("group show 'produ\t", odd),
        ("group show produ\t", odd),
        ("group show 'produ\"kt $(\t", odd),
        ("group show lampe@fo\t", "lampe@folk.example"),
        ("group show \"lampe@fo\t", "lampe@folk.example"),
        ("group list --output=nd\t", "--output=ndjson"),
        ("group list --output=\"nd\t", "--output=ndjson"),
        ("group list -o nd\t", "ndjson"),
    ] {
        let said = words_in_bash(&desk, keys);
        let command = keys.split(' ').take(2).collect::<Vec<_>>().join("><");
        let said_once = format!("<folkmoot><{command}>");
        let after = said
            .rsplit_once(&said_once)
            .unwrap_or_else(|| panic!("{keys:?}: {said}"))
            .1;
        assert!(after.contains(&format!("<{word}>")), "{keys:?}: {said}");
    }
}

#[test]
fn a_card_that_fits_the_screen_is_shown_before_the_manager() {
    let desk = faulty("GET /users/*/manager@*=hang");
    let mut shown = begin(&desk, 100, &[("PAGER", PAGER)], "exec folkmoot who hanako");
    let mut lines = BufReader::new(shown.reader).lines();
    let name = lines.find(|line| line.as_ref().unwrap().starts_with("name "));
    assert_eq!(name.unwrap().unwrap().trim_end(), "name        山田 花子");
    assert!(shown.child.try_wait().unwrap().is_none(), "it waits for the manager");
    shown.child.kill().unwrap();
    shown.child.wait().unwrap();
}
