//! Putting up one's own photo.

use super::fixture::*;
use super::own::{accepted, at, go_to, sent, shown};
use crate::app::Cmd;
use crate::protocol::{CardPart, Delivery, Lane, Mutation, Payload};

#[test]
fn a_photo_is_put_up_from_a_file() {
    let mut stage = at(true, "Photo", |_| {});
    stage.key("e");
    assert_eq!(stage.model.prompt.as_ref().unwrap().line.text(), "");
    assert_eq!(stage.key("enter"), [], "nothing was typed");
    stage.key("e");
    stage.types("~/写真.jpg");
    let (id, mutation) = sent(&stage.key("enter"));
    assert_eq!(
        mutation,
        Mutation::PutPhoto {
            file: "~/写真.jpg".into()
        }
    );
    let cmds = stage.reply(id, accepted());
    assert_eq!(lanes(&cmds), [Lane::Profile], "what is known of it is read again");
}

#[test]
fn a_photo_of_unknown_outcome_is_up_once_there_is_another() {
    for (now, is_up) in [(None, false), (Some("\"old\""), false), (Some("\"new\""), true)] {
        let mut stage = at(true, "Photo", |_| {});
        let photo = |mark: &str| crate::domain::Photo {
            etag: Some(mark.into()),
            ..crate::domain::Photo::default()
        };
        let read = |stage: &mut Stage, cmds: &[Cmd], mark: Option<&str>| {
            let id = asked(cmds, Lane::Profile);
            stage.part(id, Payload::Card(CardPart::Photo(mark.map(photo))));
            stage.reply(id, Payload::Nothing);
        };
        let cmds = stage.key("ctrl-r");
        read(&mut stage, &cmds, Some("\"old\""));
        go_to(&mut stage, "Photo");
        stage.key("e");
        stage.types("写真.jpg");
        let (id, _) = sent(&stage.key("enter"));
        let cmds = stage.reply(id, Payload::Changed(Delivery::Unknown(problem())));
        assert!(
            stage
                .said()
                .unwrap()
                .starts_with("It may have been saved all the same.")
        );
        read(&mut stage, &cmds, now);
        let waits = shown(&stage).iter().any(|row| row.contains("perhaps saved"));
        assert_eq!(waits, !is_up, "{now:?}: {:?}", shown(&stage));
        if is_up {
            assert!(stage.said().unwrap().starts_with("The photo is up."));
        }
    }
}
