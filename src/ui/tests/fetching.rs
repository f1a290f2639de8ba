//! Attachments that are saved, and paths that are typed.

use serde_json::json;

use super::look;
use super::stage::Stage;
use crate::app::{Cmd, PathEntry, SavingStep, What};
use crate::domain::Attachment;
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
    look("saving-failed", |stage| {
        asked(stage).keys("enter");
        let (id, result) = (stage.listing(), Ok([].into()));
        stage.tell(What::Listed { id, result });
        let Some(Cmd::Save { id, .. }) = stage.saving() else {
            panic!()
        };
        let problem = Problem::new(
            ProblemKind::General,
            "議事録.pdf could not be written to /home/ana/灯籠: the disk is full.",
            "Make room on it, and save it again.",
        );
        let step = SavingStep::Done(Err(problem));
        stage.tell(What::Saving { id, step }).wait(20)
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

#[test]
fn attached_items_tell_what_they_are() {
    let ada = json!({"emailAddress": {"name": "Ada 山田 أدا", "address": "ada@else.example"}});
    let item = |name: &str, item: serde_json::Value| -> Attachment {
        let kind = "#microsoft.graph.itemAttachment";
        let json = json!({"@odata.type": kind, "id": name, "name": name, "size": 32005, "item": item});
        serde_json::from_value(json).unwrap()
    };
    let items = vec![
        item(
            "提灯 👩\u{200d}🔧",
            json!({"@odata.type": "#microsoft.graph.message", "subject": "提灯 👩\u{200d}🔧", "from": ada, "sentDateTime": "2026-11-17T20:14:00Z"}),
        ),
        item(
            "Fest.ics",
            json!({"@odata.type": "#microsoft.graph.event", "subject": "夏祭り", "organizer": ada, "start": {"dateTime": "2026-12-01T18:00:00", "timeZone": "UTC"}}),
        ),
        item("never told", serde_json::Value::Null),
    ];
    look("attached-items", |stage| {
        stage.with_thread().keys("g ]");
        stage.model.posts.attachments.insert("p2".into(), items.clone());
        stage.keys("A")
    });
}
