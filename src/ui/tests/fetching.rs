//! Attachments that are saved, and paths that are typed.

use super::look;
use super::stage::Stage;
use crate::app::{Cmd, PathEntry, SavingStep, What};
use crate::protocol::{Problem, ProblemKind};

/// The list of attachments, with the line that asks for a folder, and what the folder holds.
fn asked(stage: &mut Stage) -> &mut Stage {
    stage.with_thread().keys("g ] A s");
    listed(
        stage,
        &[
            ".git/",
            "Desktop/",
            "Downloads/",
            "קבצים/",
            "山田 花子 と 灯籠の会の 書類/",
        ],
    )
}

/// What the folder holds that is asked for.
fn listed<'a>(stage: &'a mut Stage, names: &[&str]) -> &'a mut Stage {
    let entry = |name: &&str| PathEntry {
        name: name.trim_end_matches('/').to_owned(),
        is_folder: name.ends_with('/'),
    };
    let result = Ok(names.iter().map(entry).collect());
    let id = stage.listing();
    stage.tell(What::Listed { id, result })
}

#[test]
fn a_folder_is_asked_for() {
    look("saving-where", |stage| asked(stage).types("d").keys("down"));
    look("saving-nowhere", |stage| {
        asked(stage).types("山").keys("ctrl-u").types("nowhere").keys("enter");
        let id = stage.listing();
        let result = Err(Problem::new(ProblemKind::NotFound, "There is no folder.", ""));
        stage.tell(What::Listed { id, result })
    });
}

#[test]
fn attachments_on_their_way() {
    look("saving", |stage| {
        asked(stage).keys("enter");
        let (id, result) = (stage.listing(), Ok([].into()));
        stage.tell(What::Listed { id, result });
        let Some(Cmd::Save { id, .. }) = stage.saving() else {
            panic!()
        };
        let step = SavingStep::Has(430_000, Some(1_200_000));
        stage.tell(What::Saving { id, step })
    });
    look("saved", |stage| {
        asked(stage).keys("enter");
        let (id, result) = (stage.listing(), Ok([].into()));
        stage.tell(What::Listed { id, result });
        let Some(Cmd::Save { id, .. }) = stage.saving() else {
            panic!()
        };
        let step = SavingStep::Done(Ok("/home/ana/灯籠/議事録 (2).pdf".into()));
        stage.tell(What::Saving { id, step }).keys("k")
    });
}

#[test]
fn a_file_is_attached() {
    look("attaching", |stage| {
        stage.with_thread().keys("r tab tab tab").types("~/pl");
        listed(stage, &["plans/", "Plan 2027 תוכנית.pdf", "plan.md"])
    });
}
