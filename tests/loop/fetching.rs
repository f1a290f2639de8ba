//! Attachments on their way to the disk, and people named in what is written.

use std::path::Path;

use folkmoot::app::{Fetching, Model, Overlay};
use folkmoot::keys::Place;

use crate::glass::LONGEST;
use crate::program::{Program, Setup, start};

/// Opens a thread that has three files, and the list of them.
fn open_the_list(program: &Program) {
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    program.keys("/");
    program.types("lantern launch");
    program.keys("enter enter");
    program.wait_until("threads", |model| model.threads.list.items.ready().is_some());
    program.keys("/");
    program.types("packaging proofs");
    program.keys("enter enter");
    program.wait_until("files", |model| {
        model.place() == Place::Posts && !model.posts.entries.is_empty() && !model.posts.attachments.is_empty()
    });
    program.keys("g A");
    program.wait_until("the list", |model| {
        matches!(model.overlay, Some(Overlay::Attachments { .. })) && model.posts.attached().len() == 3
    });
}

/// Asks for all of them, in this folder.
fn save_all_in(program: &Program, folder: &Path) {
    program.keys("S ctrl-u");
    program.types(folder.to_str().unwrap());
    program.keys("enter");
}

/// How the attachments of the post under the cursor stand.
fn standing(model: &Model) -> Vec<Option<&Fetching>> {
    let Some(entry) = model.posts.selected() else {
        return Vec::new();
    };
    let of = |id| model.downloads.of(&entry.post.id, id).map(|it| &it.stage);
    model.posts.attached().iter().map(|it| of(&it.id)).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn all_are_saved_in_a_folder_that_is_made_though_the_line_breaks() {
    let mut program = start(Setup {
        faults: vec!["GET /groups/**/$value@1=drop", "GET /groups/**/$value@2=truncate"],
        ..Setup::default()
    });
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("版下 סופי");
    open_the_list(&program);
    save_all_in(&program, &folder);
    program.wait_for_words("Enter again makes it.");
    program.keys("enter");
    program.wait_for_words("3 files are saved, the last as ");
    assert_eq!(
        names(&folder),
        ["changes-r3.csv", "dieline-r3.svg", "glow-2-datasheet.pdf"]
    );
    save_all_in(&program, &folder);
    program.wait_until("second copies", |_| {
        names(&folder).len() == 6 && folder.join("changes-r3 (2).csv").exists()
    });
    program.quit();
}

#[test]
fn what_hangs_is_stopped_and_leaves_nothing_and_so_does_quitting() {
    let mut program = start(Setup {
        faults: vec!["GET /groups/**/$value@*=hang"],
        ..Setup::default()
    });
    let folder = tempfile::tempdir().unwrap();
    open_the_list(&program);
    save_all_in(&program, folder.path());
    program.wait_until("two on their way", |model| {
        let coming = |stage: &&Option<&Fetching>| matches!(stage, Some(Fetching::Coming { .. }));
        standing(model).iter().filter(coming).count() == 2 && names(folder.path()).len() == 2
    });
    program.keys("x");
    program.wait_until("the third in its place", |model| {
        let stages = standing(model);
        stages.first() == Some(&Some(&Fetching::Stopped)) && !stages.contains(&Some(&Fetching::Waiting))
    });
    program.keys("q");
    program.wait_for_words("quit again to leave");
    program.keys("q");
    program.end();
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn somebody_of_the_directory_is_named_in_a_text() {
    let mut program = start(Setup::default());
    program.open_a_thread();
    let me = program.wait_for("me", |model| Some(model.me.shown()?.person.name.to_string()));
    program.keys("r");
    program.types("Thanks, @");
    program.types(me.split(' ').next_back().unwrap());
    program.wait_until("somebody to choose", |model| model.place() == Place::Completion);
    program.keys("tab");
    program.wait_for_words(&format!("Thanks, @{me} <"));
    program.quit();
}

#[test]
fn what_is_opened_lies_in_a_folder_of_its_own_and_goes_at_the_end() {
    let mut program = start(Setup::default());
    open_the_list(&program);
    program.keys("enter");
    // There is no screen in a test: where it lies is said instead.
    program.wait_for_words("There is no screen here to open it on.");
    let path = program.wait_for("the opened file", |model| match standing(model).first() {
        Some(Some(Fetching::Saved(path))) => Some(path.clone()),
        _ => None,
    });
    assert!(path.ends_with("glow-2-datasheet.pdf"), "{path:?}");
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
    assert!(std::fs::metadata(&path).unwrap().permissions().readonly());
    program.quit();
    assert!(!path.parent().unwrap().exists());
}

#[test]
fn a_text_is_read_in_the_pager_where_there_is_no_desktop() {
    let folder = tempfile::tempdir().unwrap();
    let shown = folder.path().join("shown");
    let mut program = start(Setup {
        pager: Some(format!("cat > '{}'", shown.display())),
        ..Setup::default()
    });
    open_the_list(&program);
    let place = program.wait_for("the table", |model| {
        let mut attached = model.posts.attached().iter();
        attached.position(|it| it.name.as_str() == "changes-r3.csv")
    });
    (0..place).for_each(|_| program.keys("j"));
    program.keys("enter");
    program.wait_until("what the pager was given", |_| {
        std::fs::read_to_string(&shown).is_ok_and(|text| text.lines().count() > 1)
    });
    program.keys("esc");
    program.wait_until("the screen again", |model| model.overlay.is_none());
    program.quit();
}

#[test]
fn a_thread_is_exported_with_its_files_and_all_threads_as_one_mbox() {
    let mut program = start(Setup {
        read_only: true,
        ..Setup::default()
    });
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().to_str().unwrap();
    open_the_list(&program);
    program.keys("esc e ctrl-u");
    program.types(folder);
    program.wait_for_words("export as Markdown to: ");
    program.keys("enter");
    program.wait_for_words("Exported 1 thread with ");
    let made = names(root.path());
    let [files, page] = &made[..] else { panic!("{made:?}") };
    assert!(page.ends_with(".md"), "{page}");
    assert_eq!(*files, page.replace(".md", " files"));
    assert!(names(&root.path().join(files)).len() >= 3);
    let text = std::fs::read_to_string(root.path().join(page)).unwrap();
    assert!(
        text.starts_with("# Packaging proofs") && text.contains("dieline-r3.svg"),
        "{text}"
    );

    program.keys("E alt-m alt-m ctrl-u");
    program.types(folder);
    program.wait_for_words("export all as mbox to: ");
    program.keys("enter");
    program.wait_until("the export", |model| model.downloads.export.is_some());
    program.wait_for_words("Exported 11 threads with ");
    let mbox = names(root.path())
        .into_iter()
        .find(|name| name.ends_with(".mbox"))
        .unwrap();
    let text = std::fs::read(root.path().join(mbox)).unwrap();
    assert!(text.windows(6).filter(|part| part == b"\nFrom ").count() > 3);
    program.quit();
}

#[test]
fn an_export_that_is_stopped_leaves_nothing_half_written() {
    let mut program = start(Setup {
        faults: vec!["GET /groups/**/$value@*=hang"],
        ..Setup::default()
    });
    let root = tempfile::tempdir().unwrap();
    open_the_list(&program);
    program.keys("esc e ctrl-u");
    program.types(root.path().to_str().unwrap());
    program.keys("enter");
    // The folder of what hangs on it is there, and its first file is on its way.
    let give_up = std::time::Instant::now() + LONGEST;
    while names(root.path()).is_empty() {
        assert!(std::time::Instant::now() < give_up, "nothing was begun");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    program.keys("x");
    program.wait_for_words("The export is stopped.");
    while !names(root.path()).is_empty() {
        assert!(std::time::Instant::now() < give_up, "{:?}", names(root.path()));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    program.quit();
}
