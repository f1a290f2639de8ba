//! Links and attachments, gone to by number and by what they are called.

use super::attachments::attachment;
use super::fixture::*;
use crate::app::{Cmd, Overlay};
use crate::keys::Place;

fn with_links() -> Stage {
    let link = |name: &str| format!(r#"<a href="https://{name}.example/x">{name} 灯</a> "#);
    let names = [
        "ada", "bo", "cy", "dee", "ed", "fay", "gil", "hal", "ida", "jo", "kim", "lea",
    ];
    Stage::with_posts(vec![post_saying("p1", &names.map(link).concat())])
}

fn with_files() -> Stage {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    let files = ["名簿.xlsx", "plan.pdf", "plan of the porch.pdf"].map(|name| attachment(name, false));
    stage.model.posts.attachments.insert("p1".into(), files.into());
    stage
}

fn cursor(stage: &Stage) -> usize {
    match stage.model.overlay {
        Some(Overlay::Links { cursor, .. } | Overlay::Attachments { cursor, .. }) => cursor,
        _ => panic!("{:?}", stage.model.overlay),
    }
}

#[test]
fn a_number_goes_to_its_link() {
    for (keys, number) in [
        ("o 7", 7),
        ("o 1 2", 12),
        ("o 7 9", 9),
        ("o 1 3", 3),
        ("o 1 0", 10),
        ("o 0", 1),
        ("o 1 j 2", 2),
        ("o G 2", 2),
        ("o 5 x q", 5),
    ] {
        let mut stage = with_links();
        stage.keys(keys);
        if keys.ends_with('q') {
            continue;
        }
        assert_eq!(cursor(&stage) + 1, number, "{keys}");
    }
    let mut stage = with_links();
    assert_eq!(
        stage.keys("o 1 1 enter"),
        [Cmd::OpenUrl("https://kim.example/x".into())]
    );
}

#[test]
fn a_link_is_found_by_what_it_is_called_and_by_its_number() {
    let mut stage = with_links();
    stage.keys("o /");
    assert_eq!(stage.model.place(), Place::Prompt);
    stage.types("ida");
    assert_eq!(cursor(&stage), 8);
    stage.key("enter");
    assert_eq!((stage.model.place(), cursor(&stage)), (Place::Links, 8));
    stage.key("/");
    stage.types("4");
    assert_eq!(cursor(&stage), 3);
    stage.key("esc");
    assert_eq!(
        (stage.model.place(), cursor(&stage)),
        (Place::Links, 3),
        "one step back"
    );
    stage.key("/");
    stage.types("zebra");
    stage.key("enter");
    assert_eq!(stage.said(), Some("Nothing here is called anything like this."));
    assert_eq!(cursor(&stage), 3);
    assert_eq!(stage.key("enter"), [Cmd::OpenUrl("https://dee.example/x".into())]);
}

#[test]
fn attachments_are_found_in_the_same_ways() {
    let mut stage = with_files();
    stage.keys("A 3");
    assert_eq!(cursor(&stage), 2);
    stage.key("/");
    stage.types("plan");
    assert_eq!(cursor(&stage), 1);
    stage.key("down");
    assert_eq!(cursor(&stage), 2, "the next that is called so");
    stage.key("down");
    assert_eq!(cursor(&stage), 1, "and around");
    stage.key("enter");
    assert_eq!((stage.model.place(), cursor(&stage)), (Place::Attachments, 1));
}
