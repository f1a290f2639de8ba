//! Photos: read once somebody rests on a profile, in the size that is needed, drawn off the loop, and kept.

use folkmoot::app::Model;
use folkmoot::config::{Colours, Way};
use folkmoot::domain::Id;
use folkmoot::layout::PHOTO;
use folkmoot::protocol::Section;
use folkmoot::runtime::Brush;
use folkmoot::store::Store;

use crate::program::{Program, Setup, start};

fn blocks() -> Option<Brush> {
    Some(Brush {
        way: Way::HalfBlocks(Colours::All),
        cell: || None,
    })
}

fn with(brush: Option<Brush>, faults: Vec<&'static str>) -> Setup {
    Setup {
        brush,
        faults,
        ..Setup::default()
    }
}

/// Opens the profile of somebody whose photo Exchange has, in all sizes.
fn looks_at_solveig(program: &Program) {
    program.wait_until("groups", |model| model.groups.list.loaded() > 0);
    program.keys("@");
    program.types("solveig");
    program.wait_for_words("Chief Executive Officer");
    program.keys("enter");
    program.wait_until("the card", |model| {
        model
            .profile()
            .is_some_and(|profile| profile.section(Section::Photo).shown().is_some())
    });
}

fn opens_my_profile(program: &Program) {
    program.wait_until("groups", |model| model.groups.list.loaded() > 0);
    program.wait_until("me", |model| model.me.shown().is_some());
    program.keys("M");
    program.wait_until("the card", |model| {
        model
            .profile()
            .is_some_and(|profile| profile.section(Section::Photo).shown().is_some())
    });
}

fn is_drawn(model: &Model) -> bool {
    matches!(model.photo(), Some((_, Some(_))))
}

/// The paths of photos that were asked for.
fn asked(program: &Program) -> Vec<String> {
    let seen = program.seen("GET", "/$value").into_iter();
    let last = |path: &str| {
        path.split("/users/")
            .nth(1)
            .and_then(|path| path.split_once('/'))
            .map(|(_, end)| end.to_owned())
    };
    seen.filter_map(|seen| last(&seen.path)).collect()
}

/// Starts, opens one's own profile, and changes what is kept of the photo after the program has ended.
fn with_kept(change: impl FnOnce(&mut Store, &Id, folkmoot::store::Photo)) -> Program {
    let mut first = start(with(blocks(), vec![]));
    opens_my_profile(&first);
    first.wait_until("the photo", is_drawn);
    let me: Id = first.wait_for("me", |model| Some(model.me.shown()?.person.id.clone()));
    first.quit();
    first.wait_until_closed();
    let (mut store, _) = Store::open(&first.store_path()).unwrap();
    let kept = store.photo(&me, 20).unwrap().expect("the photo is kept");
    change(&mut store, &me, kept);
    first
}

#[test]
fn one_that_exchange_has_comes_in_the_size_that_is_needed() {
    let mut program = start(with(blocks(), vec![]));
    looks_at_solveig(&program);
    program.wait_until("the photo", is_drawn);
    program.wait_for_words("▀");
    assert_eq!(asked(&program), ["photos/48x48/$value"]);
    let ended = program.quit();
    let (area, picture) = ended.model.photo().unwrap();
    let cells = picture.unwrap().cells();
    assert_eq!((area.width, area.height), (PHOTO.width, PHOTO.height));
    let colours: std::collections::HashSet<_> = cells.content.iter().map(|cell| (cell.fg, cell.bg)).collect();
    assert!(colours.len() > 20, "somebody in front of an evening sky: {colours:?}");
}

#[test]
fn for_pixels_a_larger_one_is_read() {
    let brush = Brush {
        way: Way::Sixel,
        cell: || Some((9, 18)),
    };
    let mut program = start(with(Some(brush), vec![]));
    looks_at_solveig(&program);
    program.wait_until("the photo", is_drawn);
    assert_eq!(asked(&program), ["photos/240x240/$value"]);
    let ended = program.quit();
    let (_, picture) = ended.model.photo().unwrap();
    assert!(picture.unwrap().cells().content[0].symbol().contains("\"1;1;180;180"));
}

#[test]
fn what_was_read_is_there_without_a_network_and_for_a_day_it_is_not_read_again() {
    let mut first = start(with(blocks(), vec![]));
    opens_my_profile(&first);
    first.wait_until("the photo", is_drawn);
    // The directory has one size only.
    assert_eq!(asked(&first), ["photos/48x48/$value", "photo/$value"]);
    first.quit();
    first.wait_until_closed();
    let mut again = first.again_with(with(blocks(), vec![]));
    opens_my_profile(&again);
    again.wait_until("the photo", is_drawn);
    again.keys("ctrl-r");
    again.wait_until_seen("asked anew by ^r only", |seen| {
        seen.iter().filter(|seen| seen.path.ends_with("/photo/$value")).count() == 1
    });
    again.quit();
    again.wait_until_closed();
    let mut offline = again.again_with(with(blocks(), vec!["/**@*=drop"]));
    offline.wait_until("groups", |model| model.groups.list.loaded() > 0);
    opens_my_profile(&offline);
    offline.wait_until("the photo", is_drawn);
    offline.quit();
}

#[test]
fn leaving_aborts_the_request() {
    let mut program = start(with(blocks(), vec!["GET /users/*/photos/**@*=hang"]));
    looks_at_solveig(&program);
    let photo = |path: &str| path.ends_with("/48x48/$value");
    program.wait_until_seen("the photo asked for", |seen| seen.iter().any(|seen| photo(&seen.path)));
    program.wait_until("its room", |model| matches!(model.photo(), Some((_, None))));
    program.keys("esc");
    program.wait_until_seen("the request aborted", |seen| {
        seen.iter().any(|seen| photo(&seen.path) && seen.aborted)
    });
    let ended = program.quit();
    assert_eq!(ended.model.photo(), None);
}

#[test]
fn where_it_cannot_be_had_its_room_is_given_back_and_nothing_is_said() {
    for fault in [
        "GET /users/*/photos/**@*=truncate",
        "GET /users/*/photos/**@*=500",
        "GET /users/*/photos/**@*=drop",
    ] {
        let mut program = start(with(blocks(), vec![fault]));
        looks_at_solveig(&program);
        program.wait_until("no room for it", |model| model.photo().is_none());
        let ended = program.quit();
        assert!(ended.model.notice.is_none(), "{fault}: {:?}", ended.model.notice);
    }
}

#[test]
fn what_is_kept_is_looked_at_as_closely_as_what_comes() {
    let first = with_kept(|store, me, mut kept| {
        assert!(kept.bytes.is_some());
        kept.bytes = Some(b"GIF89a no photo".to_vec());
        store.keep_photo(me, 20, &kept).unwrap();
    });
    let mut again = first.again_with(with(blocks(), vec![]));
    opens_my_profile(&again);
    again.wait_until("no room for it", |model| model.photo().is_none());
    again.quit();
}

#[test]
fn without_a_brush_none_is_read() {
    let mut program = start(with(None, vec![]));
    looks_at_solveig(&program);
    program.keys("G");
    program.wait_until("the last row", |model| {
        model.profile().is_some_and(|profile| profile.cursor > 0)
    });
    assert!(asked(&program).is_empty());
    let ended = program.quit();
    assert_eq!(ended.model.photo(), None);
}

#[test]
fn a_photo_of_the_same_mark_is_not_read_again_however_old_and_another_is_at_once() {
    let old = with_kept(|store, me, kept| {
        assert!(kept.etag.is_some());
        let read_at = jiff::Timestamp::UNIX_EPOCH;
        store
            .keep_photo(me, 20, &folkmoot::store::Photo { read_at, ..kept })
            .unwrap();
    });
    let mut again = old.again_with(with(blocks(), vec![]));
    opens_my_profile(&again);
    again.wait_until("the photo", is_drawn);
    again.quit();
    assert!(asked(&again).is_empty());
    let other = with_kept(|store, me, kept| {
        let etag = Some("\"another\"".into());
        store
            .keep_photo(me, 20, &folkmoot::store::Photo { etag, ..kept })
            .unwrap();
    });
    let mut again = other.again_with(with(blocks(), vec![]));
    opens_my_profile(&again);
    again.wait_until_seen("read again", |seen| {
        seen.iter().any(|seen| seen.path.ends_with("/photo/$value"))
    });
    again.quit();
}

#[test]
fn that_a_photo_may_not_be_seen_is_not_kept() {
    let mut first = start(with(blocks(), vec!["GET /users/*/photos/**@*=403"]));
    looks_at_solveig(&first);
    first.wait_until("no room for it", |model| model.photo().is_none());
    first.quit();
    first.wait_until_closed();
    let mut again = first.again_with(with(blocks(), vec![]));
    looks_at_solveig(&again);
    again.wait_until("the photo", is_drawn);
    again.quit();
}
