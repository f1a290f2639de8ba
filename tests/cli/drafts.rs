//! What has become of what was written: sent, kept as a draft, or looked for; and drafts listed, shown and thrown away.

use std::process::{Child, Stdio};
use std::time::Duration;

use folkmoot::demo::Options;
use folkmoot::domain::DraftState;
use folkmoot::store::Drafts;
use serde_json::Value;

use crate::support::{Desk, LAUNCH, Ran, desk, desk_with, ended, eventually, faulty, quick, ran};
use crate::writing::{THREAD, WORDS, drafts, ends_with, folder, holds, reply, sent, short};

#[test]
fn what_was_certainly_not_sent_is_kept_and_named() {
    for (fault, code) in [("403", 4), ("404", 5), ("429:1", 6), ("expired", 3)] {
        let desk = faulty(&format!("POST /groups/**/reply@*={fault}"));
        let ran = reply(&desk, &["--yes"]);
        let id = short(&desk);
        ends_with(
            &ran,
            code,
            &["Nothing was sent", &format!("`folkmoot draft send {id}` sends it")],
        );
        assert_eq!(
            drafts(&desk)[0].state,
            DraftState::Writing,
            "nothing goes out by itself"
        );
        desk.tenant.clear_faults();
        let again = desk.run(&["draft", "send", &id, "--yes"]);
        ends_with(&again, 0, &["sent: "]);
        assert_eq!((holds(&desk, THREAD, WORDS), drafts(&desk).len()), (1, 0));
    }
}

#[test]
fn a_mailbox_that_wanted_quiet_is_left_in_peace_by_whatever_runs_next() {
    let desk = faulty("POST /groups/**/reply@1=404");
    ends_with(&reply(&desk, &["--yes"]), 5, &["Nothing was sent"]);
    let id = short(&desk);
    // As the outbox of the screen keeps it.
    let now = jiff::Timestamp::now();
    let opened = Drafts::open(&folder(&desk)).unwrap();
    let mut draft = opened.mine.into_iter().next().unwrap();
    draft.state = DraftState::Queued {
        since: now,
        tried: true,
        until: Some(now + jiff::SignedDuration::from_mins(8)),
    };
    opened.drafts.save_durably(&draft).unwrap();
    drop(opened.drafts);
    let before = desk.tenant.requests();
    for _ in 0..2 {
        let ran = desk.run(&["draft", "send", &id, "--yes"]);
        ends_with(&ran, 6, &["Graph takes requests again", "Nothing was sent"]);
    }
    let mail = |seen: &&folkmoot::demo::Seen| seen.path.contains("/threads");
    let after = desk.tenant.requests();
    assert_eq!(after.iter().filter(mail).count(), before.iter().filter(mail).count());
}

#[test]
fn a_look_for_drafts_makes_no_folder() {
    let desk = quick();
    assert_eq!(desk.run(&["draft", "list"]).stderr, "No drafts.\n");
    ends_with(&desk.run(&["draft", "show", "abc"]), 5, &["There is no draft “abc”"]);
    assert!(!folder(&desk).exists());
}

#[test]
fn an_address_that_graph_refuses_is_named_before_anything_is_sent() {
    let desk = faulty("POST /groups/**/forward@1=403");
    let forward = ["thread", "forward", LAUNCH, THREAD, "--to", "ada@else.example", "--yes"];
    ends_with(&desk.run(&forward), 4, &["Nothing was sent"]);
    let id = short(&desk);
    // As an older folkmoot has taken it.
    let opened = Drafts::open(&folder(&desk)).unwrap();
    let mut draft = opened.mine.into_iter().next().unwrap();
    draft.with.people[0].address = "ada@else".into();
    opened.drafts.save_durably(&draft).unwrap();
    drop(opened.drafts);
    for more in ["--yes", "--dry-run"] {
        let ran = desk.run(&["draft", "send", &id, more]);
        ends_with(&ran, 2, &["“ada@else” is no whole address"]);
    }
    assert_eq!((sent(&desk), drafts(&desk).len()), (1, 1));
}

#[test]
fn a_locked_thread_is_named_before_anything_is_sent() {
    let desk = faulty("POST /groups/**/reply@1=403");
    ends_with(&reply(&desk, &["--yes"]), 4, &["Nothing was sent"]);
    let (id, before) = (short(&desk), sent(&desk));
    let lock = |command: &str| assert_eq!(desk.run(&["thread", command, LAUNCH, THREAD]).code, Some(0));
    lock("lock");
    let says = ["is locked", "folkmoot thread unlock"];
    ends_with(&reply(&desk, &["--yes"]), 4, &says);
    ends_with(&reply(&desk, &["--dry-run"]), 4, &says);
    let ran = desk.run(&["draft", "send", &id, "--yes", "--json"]);
    ends_with(&ran, 4, &[&says[..], &["Nothing was sent. The draft is kept"]].concat());
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(told["outcome"], "notSent");
    assert_eq!((sent(&desk), drafts(&desk).len()), (before, 1));
    lock("unlock");
    ends_with(&desk.run(&["draft", "send", &id, "--yes"]), 0, &["sent: "]);
    assert_eq!((holds(&desk, THREAD, WORDS), drafts(&desk).len()), (1, 0));
}

#[test]
fn what_may_have_been_sent_is_looked_for() {
    // It was carried out, and the answer did not come: it is found.
    let desk = faulty("POST /groups/**/reply@1=drop");
    ends_with(&reply(&desk, &["--yes"]), 0, &["sent: "]);
    assert_eq!((sent(&desk), drafts(&desk).len()), (1, 0));

    // It was not carried out: nobody can know, and nothing is sent twice.
    let desk = faulty("POST /groups/**/reply@1=500");
    let ran = reply(&desk, &["--yes", "--wait", "1", "--json"]);
    let id = short(&desk);
    ends_with(
        &ran,
        9,
        &[
            "It may have been sent",
            &format!("`folkmoot draft send {id}` looks for it"),
        ],
    );
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (told["outcome"].as_str(), told["draft"].as_str()),
        (Some("unknown"), Some(drafts(&desk)[0].id.0.as_str()))
    );
    assert!(matches!(drafts(&desk)[0].state, DraftState::Sending { .. }));
    ends_with(
        &desk.run(&["draft", "send", &id, "--yes", "--wait", "1"]),
        9,
        &["not to be seen", "Give --again"],
    );
    assert_eq!((sent(&desk), holds(&desk, THREAD, WORDS)), (1, 0));
    ends_with(
        &desk.run(&["draft", "send", &id, "--again", "--wait", "1"]),
        0,
        &["sent: "],
    );
    assert_eq!(
        (sent(&desk), holds(&desk, THREAD, WORDS), drafts(&desk).len()),
        (2, 1, 0)
    );
}

#[test]
fn what_is_refused_when_it_is_sent_again_may_have_been_sent_still() {
    // The first sending of each is in doubt; the second is refused.
    for (faults, before, outcome) in [(&["@1=500", "@2=403"][..], 9, "unknown"), (&["@2=403"], 0, "accepted")] {
        let faults = faults
            .iter()
            .map(|at| format!("POST /groups/**/reply{at}").parse().unwrap());
        let desk = desk_with(Options {
            visible_after: Duration::from_secs(3600),
            faults: faults.collect(),
            ..Options::default()
        });
        ends_with(&reply(&desk, &["--yes", "--no-wait"]), before, &[]);
        let (id, first) = (short(&desk), drafts(&desk)[0].state);
        assert!(matches!(
            first,
            DraftState::Sending { .. } | DraftState::Accepted { .. }
        ));
        let again = desk.run(&["draft", "send", &id, "--again", "--wait", "1", "--json"]);
        let look = format!("`folkmoot draft send {id}` looks for it");
        ends_with(&again, 9, &["This time nothing was sent.", &look]);
        let told: Value = serde_json::from_str(&again.stdout).unwrap();
        assert_eq!(told["outcome"], outcome);
        assert_eq!((drafts(&desk)[0].state, sent(&desk)), (first, 2));
    }
}

/// Runs it signed in as somebody else.
fn as_hanako(desk: &Desk, args: &[&str]) -> Ran {
    let token = desk.tenant.token_for("hanako.yamada");
    ran(desk.command(args).env("FOLKMOOT_ACCESS_TOKEN", token))
}

#[test]
fn what_somebody_else_has_written_goes_only_where_one_takes_it_over() {
    let desk = faulty("POST /groups/**/reply@1=403");
    ends_with(&reply(&desk, &["--yes"]), 4, &["Nothing was sent"]);
    let (id, writer) = (short(&desk), drafts(&desk)[0].writer.clone().unwrap());
    assert!(
        desk.out(&["draft", "show", &id])
            .contains(&format!("written as {}", writer.name))
    );
    let refused = as_hanako(&desk, &["draft", "send", &id, "--yes"]);
    let said = format!("This draft was written as {}", writer.name);
    ends_with(&refused, 2, &[&said, "give --take-over"]);
    assert_eq!((sent(&desk), drafts(&desk)[0].writer.as_ref()), (1, Some(&writer)));
    let taken = as_hanako(&desk, &["draft", "send", &id, "--yes", "--take-over"]);
    ends_with(&taken, 0, &["sent: "]);
    assert_eq!(
        (sent(&desk), holds(&desk, THREAD, WORDS), drafts(&desk).len()),
        (2, 1, 0)
    );
}

#[test]
fn what_is_on_its_way_is_looked_for_in_its_writers_name() {
    let desk = quick();
    ends_with(&reply(&desk, &["--yes", "--no-wait"]), 0, &["taken by Graph:"]);
    let id = short(&desk);
    ends_with(&as_hanako(&desk, &["draft", "send", &id, "--yes"]), 0, &["sent: "]);
    assert_eq!((sent(&desk), drafts(&desk).len()), (1, 0));
}

#[test]
fn a_post_speaks_for_one_draft_only() {
    let desk = faulty("POST /groups/**/reply@2=500");
    ends_with(&reply(&desk, &["--yes"]), 0, &["sent: "]);
    // The same words a moment later, which did not arrive.
    ends_with(&reply(&desk, &["--yes", "--wait", "1"]), 9, &["It may have been sent"]);
    let id = short(&desk);
    ends_with(
        &desk.run(&["draft", "send", &id, "--again", "--wait", "1"]),
        0,
        &["sent: "],
    );
    assert_eq!(holds(&desk, THREAD, WORDS), 2);
}

#[test]
fn who_does_not_wait_can_look_later() {
    let desk = desk();
    ends_with(&reply(&desk, &["--yes", "--no-wait"]), 0, &["taken by Graph:"]);
    let id = short(&desk);
    assert!(desk.out(&["draft", "list"]).contains("sent, not seen yet"));
    // The tenant's clock stands still: what it has taken is never seen.
    let ran = desk.run(&["draft", "send", &id, "--wait", "1"]);
    ends_with(&ran, 9, &["Graph has taken it, and it is not to be seen"]);
    assert_eq!((sent(&desk), drafts(&desk).len()), (1, 1));
}

/// A reply that hangs at the server.
fn hanging(desk: &Desk) -> Child {
    let mut command = desk.command(&["thread", "reply", LAUNCH, THREAD, "--body", WORDS, "--yes"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    eventually("it is sent", || sent(desk) > 0);
    child
}

#[cfg(unix)]
#[test]
fn a_signal_in_the_middle_leaves_a_draft_and_says_so() {
    use rustix::process::{Pid, Signal, kill_process};
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let desk = faulty("POST /groups/**/reply@1=hang");
        let child = hanging(&desk);
        kill_process(Pid::from_raw(child.id().try_into().unwrap()).unwrap(), signal).unwrap();
        let ran = ended(child.wait_with_output().unwrap(), false);
        let id = short(&desk);
        ends_with(
            &ran,
            code,
            &[
                "It may have been sent",
                &format!("`folkmoot draft send {id}` looks for it"),
            ],
        );
        assert!(matches!(drafts(&desk)[0].state, DraftState::Sending { .. }));
        assert_eq!(drafts(&desk)[0].text, WORDS);
    }
}

#[test]
fn drafts_are_listed_shown_and_thrown_away() {
    let desk = faulty("POST /groups/**/reply@*=403");
    assert_eq!(desk.run(&["draft", "list"]).stderr, "No drafts.\n");
    reply(&desk, &["--yes"]);
    let id = short(&desk);
    let listed = desk.out(&["draft", "list", "--select", "id,state,kind,topic"]);
    assert!(
        listed.contains(&id) && listed.contains("draft  reply  Packaging proofs"),
        "{listed}"
    );
    let shown = desk.out(&["draft", "show", &id]);
    assert!(
        shown.contains("send a reply to the thread") && shown.contains("山田"),
        "{shown}"
    );
    assert!(
        desk.out(&["draft", "show", &id, "--html"])
            .starts_with("<div dir=\"auto\">Nothing")
    );
    assert_eq!(desk.json(&["draft", "show", &id])["text"], WORDS);
    ends_with(&desk.run(&["draft", "show", "xyz"]), 5, &["There is no draft “xyz”"]);
    ends_with(&desk.run(&["draft", "discard", &id]), 2, &["Give --yes"]);
    reply(&desk, &["--yes"]);
    let both = drafts(&desk);
    let common = both.iter().map(|draft| draft.id.0.clone()).collect::<Vec<_>>();
    ends_with(
        &desk.run(&["draft", "discard", &common[0], "--yes"]),
        0,
        &["The draft is gone."],
    );
    assert_eq!(drafts(&desk).len(), 1);
    ends_with(&desk.run(&["draft", "discard", &common[1], "--yes"]), 0, &[]);
    assert_eq!((drafts(&desk).len(), sent(&desk)), (0, 2));
}

#[test]
fn a_draft_that_a_running_folkmoot_has_is_its_own() {
    let desk = faulty("POST /groups/**/reply@1=403");
    reply(&desk, &["--yes"]);
    let id = short(&desk);
    let running = Drafts::open(&folder(&desk)).unwrap();
    assert_eq!(running.mine.len(), 1);
    assert!(desk.out(&["draft", "list"]).contains("open in another folkmoot"));
    for command in ["send", "discard"] {
        ends_with(
            &desk.run(&["draft", command, &id, "--yes"]),
            2,
            &["open in another folkmoot"],
        );
    }
    assert_eq!(sent(&desk), 1);
    drop(running);
    ends_with(&desk.run(&["draft", "send", &id, "--yes"]), 0, &["sent: "]);
    assert!(drafts(&desk).is_empty());
}
