//! The members pane: sorted, with other columns, and alone on the screen.

use super::{data, look};
use crate::app::What;
use crate::domain::{ObjectKind, Role};
use crate::protocol::{Lane, Payload};

#[test]
fn sorting_and_columns() {
    look("members-sorted", |stage| stage.with_group().keys("2 o O"));
    look("members-columns", |stage| {
        stage.with_group().keys("2 o c j j enter O j o")
    });
    look("members-zoomed", |stage| stage.with_group().keys("2 z o j"));
    look("members-zoomed-columns", |stage| {
        stage
            .with_group()
            .keys("2 z c j j enter j enter j enter G enter esc o o o")
    });
}

#[test]
fn jobs_that_are_kept_from_a_sign_in_are_no_blanks() {
    look("members-without-jobs", |stage| {
        let mut members = data::members();
        for member in &mut members {
            member.object.job_title = None;
            member.object.department = None;
        }
        let page = Payload::Members {
            page: members.into(),
            total: None,
        };
        stage
            .tell(What::Standing {
                standing: Ok(None),
                granted: Some(["User.ReadBasic.All".to_owned()].into()),
            })
            .with_groups()
            .wait(1)
            .answer(Lane::Members, page)
            .keys("2 z c j j enter j enter esc")
    });
}

#[test]
fn nested_groups() {
    let lane = |line: &[&str]| Lane::Nested(line.iter().map(|id| (*id).into()).collect());
    let members = || {
        let mut members = data::members();
        members.truncate(5);
        members.push(data::member(
            "eng",
            ObjectKind::Group,
            Some("Engineering"),
            Role::Member,
        ));
        members.push(data::member(
            "tokyo",
            ObjectKind::Group,
            Some("東京オフィスのみなさん"),
            Role::Member,
        ));
        members.push(data::member(
            "secret",
            ObjectKind::Group,
            Some("פרויקט סודי"),
            Role::Member,
        ));
        Payload::Members {
            page: members.into(),
            total: None,
        }
    };
    look("nested-loading", |stage| stage.with_group().keys("2 n j j j j j enter"));
    look("nested", |stage| {
        stage
            .with_group()
            .keys("2 n j j j j j enter")
            .answer(lane(&["ops", "eng"]), members())
            .keys("j j j j j j j j enter")
            .refuse(lane(&["secret", "ops", "eng"]), data::forbidden());
        stage
            .keys("k enter")
            .answer(lane(&["tokyo", "ops", "eng"]), data::nobody())
    });
    fn grown<'a>(stage: &'a mut super::stage::Stage, members: &dyn Fn() -> Payload) -> &'a mut super::stage::Stage {
        stage
            .with_group()
            .keys("2 n j j j j j enter")
            .answer(Lane::Nested(vec!["ops".into(), "eng".into()]), members())
    }
    look("nested-filter", |stage| {
        grown(stage, &members).keys("/").types("東京").keys("enter")
    });
    look("nested-filtering", |stage| {
        grown(stage, &members).keys("/").types("zzz")
    });
    look("nested-sorted", |stage| grown(stage, &members).keys("o O"));
    look("nested-columns", |stage| {
        grown(stage, &members).keys("c j j enter j enter G enter esc o")
    });
    look("nested-kept", |stage| {
        stage
            .with_group()
            .keys("2 n j j j j j enter")
            .recall(lane(&["ops", "eng"]), members())
            .refuse(lane(&["ops", "eng"]), data::offline())
    });
    look("members-all-levels", |stage| {
        stage.with_group().keys("2 v").answer(Lane::Members, members())
    });
}
