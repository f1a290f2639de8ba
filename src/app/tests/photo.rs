//! The photo beside a profile: asked for late, given up early, and never the wrong one.

use super::fixture::*;
use crate::app::{Cmd, PhotoOrder, PhotoOutcome, Picture, ProfileRow, TimerId, What};
use crate::layout::{PHOTO, Size};
use crate::protocol::{CardPart, Lane, Payload, RequestId};

/// A profile that is open, with a card that tells of a photo, or that there is none.
fn with_card(photo: Option<(u32, u32)>) -> Stage {
    let mut stage = Stage::with_threads();
    // Whatever else rests has come due.
    stage.wait(1_000);
    let cmds = stage.keys("2 p");
    answer_card(&mut stage, &cmds, "ines", photo);
    stage
}

fn described((width, height): (u32, u32)) -> crate::domain::Photo {
    crate::domain::Photo {
        height: Some(height),
        ..super::fixture::photo(width)
    }
}

fn answer_card(stage: &mut Stage, cmds: &[Cmd], id: &str, photo: Option<(u32, u32)>) {
    let card = asked(cmds, Lane::Profile);
    stage.part(card, Payload::Card(CardPart::Photo(photo.map(described))));
    assert_eq!(stage.due(TimerId::Photo), None, "not before the card is shown");
    stage.part(card, Payload::Card(CardPart::Managers(vec![person("boss")])));
    stage.part(card, Payload::Card(CardPart::Person(Box::new(person(id).into()))));
    stage.reply(card, Payload::Nothing);
}

/// The only order among commands.
fn order(cmds: &[Cmd]) -> PhotoOrder {
    let mut orders = cmds.iter().filter_map(|cmd| match cmd {
        Cmd::Photo(order) => Some(order.clone()),
        _ => None,
    });
    let order = orders
        .next()
        .unwrap_or_else(|| panic!("no photo is asked for by {cmds:#?}"));
    assert_eq!(orders.next(), None);
    order
}

fn picture(letter: &'static str) -> Picture {
    Picture::of_letters(letter, PHOTO)
}

fn drawn(id: RequestId, letter: &'static str) -> What {
    let outcome = PhotoOutcome::Drawn(picture(letter));
    What::Photo { id, outcome }
}

/// The shown picture; an inner `None` is the room that is kept for one.
fn shown(stage: &Stage) -> Option<Option<Picture>> {
    stage.model.photo().map(|(_, picture)| picture.cloned())
}

fn gives_up(cmds: &[Cmd]) -> bool {
    cmds.contains(&Cmd::Abandon(Lane::Photo))
}

#[test]
fn it_is_asked_for_once_the_person_rests_on_the_card() {
    let mut stage = with_card(Some((648, 640)));
    assert_eq!(stage.due(TimerId::Photo), Some(150));
    assert_eq!(shown(&stage), Some(None), "its room is there before it comes");
    let order = order(&stage.wait(150));
    let id = order.id;
    let expected = PhotoOrder {
        id,
        person: "ines".into(),
        largest: 640,
        etag: Some("\"1\"".into()),
        size: PHOTO,
        anew: false,
    };
    assert_eq!(order, expected);
    assert_eq!(stage.tell(drawn(id, "a")), []);
    assert_eq!(shown(&stage), Some(Some(picture("a"))));
    stage.tell(drawn(id, "b"));
    assert_eq!(shown(&stage), Some(Some(picture("b"))), "the kept one was old");
    let area = stage.model.photo().unwrap().0;
    let viewer = stage.model.arrangement().profile.unwrap();
    assert_eq!((area.x + area.width, area.y), (viewer.x + viewer.width, viewer.y + 1));
    assert_eq!(stage.wait(10_000), [], "once");
}

#[test]
fn where_there_is_none_nothing_is_asked_and_no_room_is_kept() {
    let mut stage = with_card(None);
    assert_eq!((stage.due(TimerId::Photo), shown(&stage)), (None, None));
    let mut narrow = with_card(Some((648, 648)));
    for (size, there) in [((59, 24), false), ((60, 24), true), ((80, 14), false), ((80, 24), true)] {
        let (width, height) = size;
        narrow.tell(What::Resized(Size { width, height }));
        assert_eq!(shown(&narrow).is_some(), there, "{size:?}");
        assert_eq!(narrow.due(TimerId::Photo).is_some(), there, "{size:?}");
    }
    stage.model.settings.photos = false;
    let mut unwanted = with_card(None);
    unwanted.model.settings.photos = false;
    let cmds = unwanted.key("ctrl-r");
    answer_card(&mut unwanted, &cmds, "ines", Some((648, 648)));
    assert_eq!((unwanted.due(TimerId::Photo), shown(&unwanted)), (None, None));
}

#[test]
fn the_room_is_given_back_where_nothing_can_be_drawn() {
    for outcome in [PhotoOutcome::Nothing, PhotoOutcome::Unread] {
        let mut stage = with_card(Some((648, 648)));
        let id = order(&stage.wait(150)).id;
        stage.tell(What::Photo { id, outcome });
        assert_eq!(shown(&stage), None);
    }
}

#[test]
fn leaving_aborts_it_and_what_comes_later_is_not_shown() {
    for leave in ["esc", "t"] {
        let mut stage = with_card(Some((648, 648)));
        let id = order(&stage.wait(150)).id;
        assert!(gives_up(&stage.key(leave)), "{leave}");
        assert_eq!(shown(&stage), None);
        assert_ignored(&mut stage, drawn(id, "a"));
    }
    let mut hasty = with_card(Some((648, 648)));
    assert!(!gives_up(&hasty.key("esc")), "nothing was asked");
    assert_eq!(hasty.due(TimerId::Photo), None);
}

#[test]
fn behind_the_next_person_it_is_kept_at_hand() {
    let mut stage = with_card(Some((648, 648)));
    let first = order(&stage.wait(150)).id;
    stage.tell(drawn(first, "a"));
    let rows = stage.model.profile().unwrap().rows();
    let boss = rows.iter().position(|row| matches!(row, ProfileRow::Item { .. }));
    for _ in 0..boss.unwrap() {
        stage.key("j");
    }
    let cmds = stage.key("enter");
    assert!(gives_up(&cmds));
    answer_card(&mut stage, &cmds, "boss", Some((96, 96)));
    assert_ignored(&mut stage, drawn(first, "b"));
    let second = order(&stage.wait(150));
    assert_eq!((second.person.as_str(), second.largest), ("boss", 96));
    stage.tell(drawn(second.id, "c"));
    assert_eq!(shown(&stage), Some(Some(picture("c"))));
    stage.key("esc");
    assert_eq!(shown(&stage), Some(Some(picture("a"))), "at once");
    assert_eq!(stage.due(TimerId::Photo), None, "and not asked for again");
}

#[test]
fn a_new_size_has_it_drawn_anew() {
    let mut stage = with_card(Some((648, 648)));
    let id = order(&stage.wait(150)).id;
    stage.tell(drawn(id, "a"));
    let (width, height) = (130, 40);
    assert!(gives_up(&stage.tell(What::Resized(Size { width, height }))));
    assert_eq!(shown(&stage), Some(None), "its letters may have another size, too");
    assert_ignored(&mut stage, drawn(id, "a"));
    let again = order(&stage.wait(150));
    assert!(!again.anew, "the file is the same");
}

#[test]
fn reading_again_reads_the_photo_again_and_shows_the_old_one_meanwhile() {
    let mut stage = with_card(Some((648, 648)));
    let id = order(&stage.wait(150)).id;
    stage.tell(drawn(id, "a"));
    let order = order(&stage.key("ctrl-r"));
    assert!(order.anew);
    assert_eq!(shown(&stage), Some(Some(picture("a"))));
    stage.tell(drawn(order.id, "b"));
    assert_eq!(shown(&stage), Some(Some(picture("b"))));
}

#[test]
fn reading_again_takes_the_photo_away_where_there_is_none_and_not_where_it_could_not_be_read() {
    for (outcome, stays) in [(PhotoOutcome::Nothing, false), (PhotoOutcome::Unread, true)] {
        let mut stage = with_card(Some((648, 648)));
        let id = order(&stage.wait(150)).id;
        stage.tell(drawn(id, "a"));
        let id = order(&stage.key("ctrl-r")).id;
        stage.tell(What::Photo { id, outcome });
        assert_eq!(shown(&stage), stays.then(|| Some(picture("a"))));
    }
}

#[test]
fn another_mark_is_another_photo_and_the_old_one_is_shown_meanwhile() {
    let mut stage = with_card(Some((648, 648)));
    let id = order(&stage.wait(150)).id;
    stage.tell(drawn(id, "a"));
    let cmds = stage.keys("esc p");
    answer_card(&mut stage, &cmds, "ines", Some((648, 648)));
    assert_eq!(
        (shown(&stage), stage.due(TimerId::Photo)),
        (Some(Some(picture("a"))), None)
    );
    let cmds = stage.keys("esc p");
    let card = asked(&cmds, Lane::Profile);
    stage.part(card, Payload::Card(CardPart::Person(Box::new(person("ines").into()))));
    let changed = crate::domain::Photo {
        etag: Some("\"2\"".into()),
        ..described((648, 648))
    };
    stage.part(card, Payload::Card(CardPart::Photo(Some(changed))));
    assert_eq!(shown(&stage), Some(Some(picture("a"))));
    let order = order(&stage.wait(150));
    assert_eq!(order.etag, Some("\"2\"".into()));
    stage.tell(drawn(order.id, "b"));
    assert_eq!(shown(&stage), Some(Some(picture("b"))));
}
