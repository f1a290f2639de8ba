//! Attachments saved and opened: where to, how many at a time, and what is asked first.

use std::path::PathBuf;
use std::sync::Arc;

use super::attachments::attachment;
use super::fixture::*;
use crate::app::{Cmd, Destination, Fetching, Overlay, PathEntry, Saving, SavingStep, What};
use crate::domain::{Attachment, AttachmentKind};
use crate::keys::Place;
use crate::protocol::{Problem, ProblemKind, RequestId};

/// A post with two files and a link to one in the cloud, and the list of them open.
pub(super) fn listed() -> (Stage, Vec<Attachment>) {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    let link = Attachment {
        kind: AttachmentKind::Reference,
        ..attachment("مخطط", false)
    };
    let all = vec![attachment("名簿.xlsx", false), link, attachment("b.pdf", false)];
    stage.model.posts.attachments.insert("p1".into(), all.clone());
    stage.keys("4 A");
    assert_eq!(stage.model.place(), Place::Attachments);
    (stage, all)
}

fn saving(attachment: &Attachment, folder: &str, make: bool) -> Box<Saving> {
    Box::new(Saving {
        group: "A".into(),
        thread: "t1".into(),
        post: "p1".into(),
        attachment: attachment.clone(),
        to: Destination::Folder {
            path: folder.into(),
            make,
        },
    })
}

/// The newest listing that commands ask for: its id and the folder.
pub(super) fn listing(cmds: &[Cmd]) -> (RequestId, &str) {
    let listed = cmds.iter().rev().find_map(|cmd| match cmd {
        Cmd::ListFolder { id, folder, .. } => Some((*id, folder.as_str())),
        _ => None,
    });
    listed.unwrap_or_else(|| panic!("{cmds:?}"))
}

fn entries(names: &[&str]) -> Result<Arc<[PathEntry]>, Problem> {
    let entry = |name: &&str| PathEntry {
        name: name.trim_end_matches('/').to_owned(),
        is_folder: name.ends_with('/'),
    };
    Ok(names.iter().map(entry).collect())
}

/// Enter in the line that asks for a folder that is there. The folder, and what is to be done.
fn accepted(stage: &mut Stage) -> (String, Vec<Cmd>) {
    let cmds = stage.key("enter");
    let (id, folder) = listing(&cmds);
    let folder = folder.to_owned();
    let result = entries(&[]);
    (folder, stage.tell(What::Listed { id, result }))
}

/// What is begun to be saved.
pub(super) fn begun(cmds: &[Cmd]) -> Vec<(RequestId, Box<Saving>)> {
    let begun = cmds.iter().filter_map(|cmd| match cmd {
        Cmd::Save { id, saving } => Some((*id, saving.clone())),
        _ => None,
    });
    begun.collect()
}

fn done(stage: &mut Stage, id: RequestId, result: Result<PathBuf, Problem>) -> Vec<Cmd> {
    let step = SavingStep::Done(result);
    stage.tell(What::Saving { id, step })
}

fn standing(stage: &Stage, attachment: &Attachment) -> Option<Fetching> {
    let it = stage.model.downloads.of(&"p1".into(), &attachment.id);
    it.map(|it| it.stage.clone())
}

fn line(stage: &Stage) -> String {
    stage.model.prompt.as_ref().expect("nothing is asked").line.text()
}

fn offered(stage: &Stage) -> Vec<String> {
    let paths = stage.model.paths.iter().flat_map(|paths| paths.offered().flatten());
    paths.map(PathEntry::shown).collect()
}

#[test]
fn a_folder_is_asked_for_and_what_has_bytes_is_saved_there() {
    let (mut stage, all) = listed();
    stage.key("j");
    stage.key("s");
    assert_eq!(stage.model.prompt, None, "a link has no bytes");
    assert!(stage.said().unwrap().contains("in the cloud"));
    stage.key("j");
    stage.key("s");
    assert_eq!((stage.model.place(), line(&stage).as_str()), (Place::Prompt, "./"));
    stage.types("out");
    let (folder, cmds) = accepted(&mut stage);
    let saves = begun(&cmds);
    assert_eq!((folder.as_str(), saves.len()), ("./out", 1));
    assert_eq!(saves[0].1, saving(&all[2], "./out", false));
    assert_eq!(
        stage.model.overlay,
        Some(Overlay::Attachments {
            cursor: 2,
            typed: 0,
            warned: false
        }),
        "the list shows how it stands"
    );
    let id = saves[0].0;
    let step = SavingStep::Has(3, Some(7));
    stage.tell(What::Saving { id, step });
    assert_eq!(
        standing(&stage, &all[2]),
        Some(Fetching::Coming { done: 3, of: Some(7) })
    );
    assert_eq!(stage.model.downloads.on_their_way(), (1, 3, Some(7)));
    done(&mut stage, id, Ok("/x/out/b.pdf".into()));
    assert_eq!(stage.said(), Some("Saved as /x/out/b.pdf."));
    stage.key("S");
    assert_eq!(line(&stage), "./out", "the folder that was given last");
}

#[test]
fn all_are_saved_a_few_at_a_time_and_told_of_once() {
    let (mut stage, mut all) = listed();
    all.extend(["c", "d"].map(|name| attachment(name, false)));
    stage.model.posts.attachments.insert("p1".into(), all.clone());
    stage.key("S");
    let (_, cmds) = accepted(&mut stage);
    let first = begun(&cmds);
    assert_eq!(first.len(), 2);
    assert_eq!(standing(&stage, &all[3]), Some(Fetching::Waiting));
    assert_eq!(standing(&stage, &all[1]), None, "links are left out");
    let second = begun(&done(&mut stage, first[0].0, Ok("/x/a".into())));
    assert_eq!((second.len(), stage.said()), (1, None));
    let problem = Problem::new(ProblemKind::General, "The disk is full.", "Make room.");
    let third = begun(&done(&mut stage, first[1].0, Err(problem.clone())));
    assert_eq!(stage.said(), Some("b.pdf: The disk is full. Make room."));
    assert_eq!(standing(&stage, &all[2]), Some(Fetching::Failed(problem)));
    stage.model.notice = None;
    assert_eq!(done(&mut stage, second[0].0, Ok("/x/c".into())), []);
    assert_eq!(done(&mut stage, third[0].0, Ok("/x/d (2)".into())), []);
    assert_eq!(stage.said(), Some("3 files are saved, the last as /x/d (2)."));
}

#[test]
fn what_is_on_its_way_can_be_stopped_and_holds_quitting_back_once() {
    let (mut stage, all) = listed();
    stage.key("x");
    assert_eq!(stage.said(), Some("This is not being fetched."));
    stage.key("S");
    let (_, cmds) = accepted(&mut stage);
    let begun = begun(&cmds);
    assert_eq!(stage.key("q"), []);
    assert!(stage.said().unwrap().contains("quit again"));
    stage.key("j");
    assert_eq!(stage.key("ctrl-c"), [], "something else was wanted in between");
    stage.key("g");
    assert_eq!(stage.key("x"), [Cmd::StopSaving(begun[0].0)]);
    assert_eq!(standing(&stage, &all[0]), Some(Fetching::Stopped));
    done(&mut stage, begun[0].0, Ok("/x/a".into()));
    assert_eq!(
        standing(&stage, &all[0]),
        Some(Fetching::Stopped),
        "it crossed the word to stop"
    );
    stage.key("q");
    assert_eq!(stage.key("q"), [Cmd::Exit]);
}

#[test]
fn what_is_saved_and_opened_at_once_is_stopped_only_when_both_are() {
    let (mut stage, all) = listed();
    stage.key("s");
    let (_, cmds) = accepted(&mut stage);
    let saved = begun(&cmds)[0].0;
    let opened = begun(&stage.key("enter"))[0].0;
    assert_eq!(stage.key("x"), [Cmd::StopSaving(opened)]);
    assert!(
        matches!(standing(&stage, &all[0]), Some(Fetching::Coming { .. })),
        "it is still being saved"
    );
    assert_eq!(stage.key("x"), [Cmd::StopSaving(saved)]);
    assert_eq!(standing(&stage, &all[0]), Some(Fetching::Stopped));
}

#[test]
fn a_folder_that_is_not_there_is_made_when_enter_is_pressed_again() {
    let (mut stage, all) = listed();
    stage.keys("s ctrl-u");
    stage.types("新しい");
    let missing = |stage: &mut Stage| {
        let cmds = stage.key("enter");
        let (id, _) = listing(&cmds);
        let result = Err(Problem::new(ProblemKind::NotFound, "There is no folder.", ""));
        stage.tell(What::Listed { id, result })
    };
    assert_eq!(missing(&mut stage), []);
    assert_eq!(stage.said(), Some("There is no folder 新しい. Enter again makes it."));
    stage.types("x");
    stage.key("backspace");
    assert_eq!(missing(&mut stage), [], "the line has changed: it is looked at again");
    let cmds = stage.key("enter");
    assert_eq!(begun(&cmds)[0].1, saving(&all[0], "新しい", true));
    stage.keys("s enter");
    stage.key("esc");
    assert_eq!(stage.model.prompt, None);
    assert_eq!(
        stage.model.place(),
        Place::Attachments,
        "esc leaves the line, not the list"
    );
}

#[test]
fn a_path_is_completed_from_the_newest_listing() {
    let (mut stage, _) = listed();
    let cmds = stage.key("s");
    let (old, folder) = listing(&cmds);
    assert_eq!(folder, "./");
    stage.key("ctrl-u");
    let cmds = stage.types("~");
    assert_eq!(listing(&cmds).1, "~/");
    let cmds = stage.types("/");
    assert_eq!(cmds, [], "that is the same folder");
    let result = entries(&["old/"]);
    stage.tell(What::Listed { id: old, result });
    assert_eq!(offered(&stage), Vec::<String>::new());
    let (id, _) = (RequestId(old.0 + 2), ());
    let result = entries(&[".cache/", "Documents/", "Downloads/", "山田 花子/"]);
    stage.tell(What::Listed { id, result });
    assert_eq!(offered(&stage), ["Documents/", "Downloads/", "山田 花子/"]);
    assert_eq!(stage.model.place(), Place::Completion);
    stage.types("do");
    assert_eq!(offered(&stage), ["Documents/", "Downloads/"]);
    stage.key("tab");
    assert_eq!(line(&stage), "~/do", "Do is no longer than what was typed");
    stage.key("down");
    let cmds = stage.key("tab");
    assert_eq!(line(&stage), "~/Downloads/");
    assert_eq!(listing(&cmds).1, "~/Downloads/");
    stage.keys("ctrl-u");
    stage.types("~/.");
    let cmds = stage.keys("backspace backspace backspace");
    let (id, _) = listing(&cmds);
    stage.tell(What::Listed {
        id,
        result: entries(&["src/", "source/"]),
    });
    stage.types("s");
    stage.key("up");
    stage.key("enter");
    assert_eq!(line(&stage), "source/", "enter takes what an arrow has chosen");
}

#[test]
fn what_is_opened_is_fetched_once_and_handed_to_the_desktop() {
    let (mut stage, all) = listed();
    let begun = begun(&stage.key("enter"));
    assert_eq!(
        (&begun[0].1.attachment, &begun[0].1.to),
        (&all[0], &Destination::Opened)
    );
    assert_eq!(stage.key("enter"), []);
    assert_eq!(stage.said(), Some("It is on its way."));
    let path = PathBuf::from("/tmp/folkmoot-x/名簿.xlsx");
    assert_eq!(
        done(&mut stage, begun[0].0, Ok(path.clone())),
        [Cmd::OpenFile(path.clone())]
    );
    assert_eq!(stage.said(), Some("Opening 名簿.xlsx…"));
    assert_eq!(stage.key("enter"), [Cmd::OpenFile(path)], "it is there");
    stage.key("s");
    let (_, cmds) = accepted(&mut stage);
    assert_eq!(
        self::begun(&cmds)[0].1,
        saving(&all[0], "./", false),
        "to save it is another thing"
    );
    // Where there is no desktop, a text is read in the pager, but not over what the person has gone on to.
    let text = || What::Readable("写し".into());
    assert_eq!(stage.tell(text()), [Cmd::Page("写し".into())]);
    stage.key("esc");
    assert_eq!(stage.tell(text()), []);
    assert_eq!(
        stage.said(),
        Some("What you have opened is there: open it again to read it.")
    );
}

#[test]
fn what_may_run_is_opened_only_when_the_person_says_so() {
    let (mut stage, mut all) = listed();
    all.push(attachment("invoice.pdf.exe", false));
    stage.model.posts.attachments.insert("p1".into(), all);
    stage.key("G");
    assert_eq!(stage.key("y"), [], "nothing was asked");
    assert_eq!(stage.key("enter"), []);
    assert_eq!(
        stage.said(),
        Some("invoice.pdf.exe is a Windows program. y opens it all the same.")
    );
    stage.keys("k j");
    assert_eq!(stage.key("y"), [], "the cursor has moved since");
    stage.key("enter");
    assert_eq!(begun(&stage.key("y")).len(), 1);
}
