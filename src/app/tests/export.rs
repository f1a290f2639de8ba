//! Threads written to files: what is asked, what is ordered, and what is said of it.

use super::fixture::*;
use crate::app::{Cmd, ExportStep, Exported, Exporting, What};
use crate::domain::ExportFormat;
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::RequestId;

/// Asks by a key, chooses the format that comes so many after the first, names a folder that is there, and begins.
fn begun(stage: &mut Stage, key: &str, formats: usize) -> (RequestId, Exporting) {
    stage.key(key);
    for _ in 0..formats {
        stage.key("alt-m");
    }
    stage.types("灯");
    let cmds = stage.key("enter");
    let [Cmd::ListFolder { id, .. }] = &cmds[..] else {
        panic!("{cmds:?}")
    };
    let result = Ok([].into());
    match &stage.tell(What::Listed { id: *id, result })[..] {
        [Cmd::Export { id, export }] => (*id, (**export).clone()),
        other => panic!("{other:?}"),
    }
}

fn exported() -> Exported {
    Exported {
        place: "/灯/t1.md".into(),
        threads: 1,
        posts: 2,
        cut_short: 0,
        missing: 0,
    }
}

#[test]
fn the_thread_in_hand_or_all_are_written_in_the_chosen_format() {
    for (pane, key, formats, thread, format) in [
        ("3", "e", 0, Some("t1"), ExportFormat::Markdown),
        ("3", "e", 1, Some("t1"), ExportFormat::Page),
        ("4", "e", 3, Some("t1"), ExportFormat::Json),
        ("4", "E", 2, None, ExportFormat::Mbox),
    ] {
        let mut stage = Stage::with_posts(vec![post("p1", 2)]);
        stage.model.settings.read_only = true;
        stage.key(pane);
        let (_, order) = begun(&mut stage, key, formats);
        assert_eq!(
            (order.thread, order.format),
            (thread.map(Into::into), format),
            "{pane} {key}"
        );
        assert_eq!(
            (order.group.id, order.folder, order.make),
            ("A".into(), "./灯".into(), false)
        );
        // The next begins with the same format.
        stage.key("x");
        stage.key("e");
        let again = stage.model.prompt.as_ref().map(|prompt| prompt.purpose);
        let pane = if pane == "3" { Pane::Threads } else { Pane::Posts };
        let all = false;
        assert_eq!(again, Some(crate::app::Purpose::Export { all, format, pane }));
    }
}

#[test]
fn it_is_told_how_far_it_is_and_where_it_lies() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    let (id, _) = begun(&mut stage, "e", 0);
    assert_eq!(stage.model.place(), Place::Posts, "one goes on reading");
    stage.tell(What::Exporting {
        id,
        step: ExportStep::Has(3, 9),
    });
    let export = stage.model.downloads.export.clone().unwrap();
    assert_eq!((export.done, export.of), (3, Some(9)));
    assert_eq!(stage.key("e"), [], "one at a time");
    assert_eq!(stage.said(), Some("Threads are being exported already: x stops that."));
    stage.tell(What::Exporting {
        id,
        step: ExportStep::Done(Ok(exported())),
    });
    assert_eq!(stage.said(), Some("Exported 1 thread with 2 posts: /灯/t1.md."));
    assert_eq!(stage.model.downloads.export, None);
    let (id, _) = begun(&mut stage, "E", 0);
    let step = ExportStep::Done(Ok(Exported {
        threads: 3,
        cut_short: 2,
        missing: 1,
        ..exported()
    }));
    stage.tell(What::Exporting { id, step });
    let left_out = "Graph did not hand out 1 attachment: left out.";
    assert!(stage.said().unwrap().contains(left_out), "{:?}", stage.said());
    assert!(
        stage.said().unwrap().ends_with("2 may have more."),
        "{:?}",
        stage.said()
    );
}

#[test]
fn what_is_stopped_is_heard_of_no_more_and_what_fails_is_said() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    let (id, _) = begun(&mut stage, "e", 0);
    assert_eq!(stage.key("q"), []);
    assert!(
        stage
            .said()
            .unwrap()
            .starts_with("Threads are being exported: quit again")
    );
    assert_eq!(stage.key("x"), [Cmd::StopSaving(id)]);
    stage.tell(What::Exporting {
        id,
        step: ExportStep::Done(Ok(exported())),
    });
    assert!(
        stage.said().unwrap().starts_with("The export is stopped."),
        "{:?}",
        stage.said()
    );
    assert_eq!(stage.key("x"), []);
    assert_eq!(stage.said(), Some("Nothing is being exported."));
    let (id, _) = begun(&mut stage, "e", 0);
    stage.tell(What::Exporting {
        id,
        step: ExportStep::Done(Err(problem())),
    });
    assert_eq!(stage.said(), Some("The line is down. Try again."));
    assert_eq!(stage.model.downloads.export, None);
}
