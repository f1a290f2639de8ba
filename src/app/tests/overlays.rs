//! Links; prompts; what a paste and what copying mean in every place.

use super::fixture::*;
use crate::app::{Cmd, Overlay, Stage as Sending, What};
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::{Lane, Query, SignInStep};

const TWO_LINKS: &str = r#"<a href="https://a.example/x">one</a> and <a href="https://b.example/y">two</a>"#;

/// A model in each place.
pub(super) fn in_place(place: Place) -> Stage {
    let mut stage = match place {
        Place::Welcome | Place::Answer => super::welcome::stage(super::welcome::known()),
        _ => Stage::with_posts(vec![post_saying("p1", TWO_LINKS)]),
    };
    let keys = match place {
        Place::Groups => "1",
        Place::Members => "2",
        Place::Threads => "3",
        Place::Conversations => "3 v",
        Place::Posts => "4",
        Place::Profile => "M",
        Place::Org => "M t",
        Place::Nested => "2 n",
        Place::Overlap => "2 w",
        Place::Links => "o",
        Place::Attachments => "A",
        Place::Raw => "J",
        Place::Details => "i",
        Place::Outline => "#",
        Place::Drafts => "r x esc D",
        Place::Help => "?",
        Place::Palette => ":",
        Place::Finder => "@",
        Place::Confirm => "X",
        Place::Prompt => "/",
        Place::Composer => "r",
        Place::Header => "c",
        Place::Completion => "r @ r",
        Place::Preview => "r x alt-p",
        Place::Templates => "r alt-t",
        Place::Review => "r x ctrl-s",
        Place::Account => ": w h o a m i enter",
        Place::Capabilities => "C",
        Place::Columns => "2 c",
        Place::SignIn => "S",
        Place::Redirect => "p",
        Place::Welcome => "j enter",
        Place::Answer => "j enter enter",
    };
    stage.model.settings.can_sign_in = true;
    stage
        .model
        .posts
        .attachments
        .insert("p1".into(), vec![super::attachments::attachment("名簿.xlsx", false)]);
    if place == Place::Redirect {
        stage.key("S");
        let id = stage.model.sign_in.as_ref().unwrap().attempt.unwrap();
        let (url, opened, tunnel) = ("https://login.example/".into(), false, None);
        let step = SignInStep::OpenUrl { url, opened, tunnel };
        stage.tell(What::SignIn { id, step });
    }
    stage.keys(keys);
    if place == Place::Templates {
        stage.tell(What::Templates(Ok([].into())));
    }
    stage.model.notice = None;
    assert_eq!(stage.model.place(), place);
    stage
}

#[test]
fn escape_leads_back_from_everywhere() {
    for place in Place::EVERYWHERE {
        let mut stage = in_place(*place);
        for _ in 0..5 {
            stage.key("esc");
        }
        let beginning = match place {
            Place::Welcome | Place::Answer => Place::Welcome,
            _ => Place::Groups,
        };
        assert_eq!(stage.model.place(), beginning, "from {place:?}");
    }
}

#[test]
fn a_paste_is_text_where_typing_is_text_and_nothing_elsewhere() {
    let pasted = "q:y\r\nD日本\u{1b}";
    for place in Place::EVERYWHERE {
        let mut stage = in_place(*place);
        let before = stage.model.clone();
        let cmds = stage.paste(pasted);
        let model = &stage.model;
        match place {
            Place::Composer => {
                assert_eq!(model.composer.as_ref().unwrap().editor.text(), "q:y\nD日本\u{1b}");
            }
            Place::Completion => {
                let composer = model.composer.as_ref().unwrap();
                assert_eq!(composer.editor.text(), "@rq:y\nD日本\u{1b}");
            }
            Place::Header => {
                let composer = model.composer.as_ref().unwrap();
                assert_eq!(composer.target().topic, "q:y  D日本\u{1b}");
            }
            Place::Prompt => {
                assert_eq!(model.prompt.as_ref().unwrap().line.text(), "q:y  D日本\u{1b}");
                assert_eq!(model.posts.search.needle, "q:y  D日本\u{1b}");
            }
            Place::Confirm => match &model.overlay {
                Some(Overlay::Deletion(deletion)) => assert_eq!(deletion.line.text(), "q:y  D日本\u{1b}"),
                other => panic!("{other:?}"),
            },
            Place::Templates => match &model.overlay {
                Some(Overlay::Templates(templates)) => assert_eq!(templates.line.text(), "q:y  D日本\u{1b}"),
                other => panic!("{other:?}"),
            },
            Place::Palette => match &model.overlay {
                Some(Overlay::Palette(palette)) => assert_eq!(palette.line.text(), "q:y  D日本\u{1b}"),
                other => panic!("{other:?}"),
            },
            Place::Outline => match &model.overlay {
                Some(Overlay::Outline(outline)) => assert_eq!(outline.line.text(), "q:y  D日本\u{1b}"),
                other => panic!("{other:?}"),
            },
            Place::Finder => {
                let finder = model.finder.as_ref().unwrap();
                assert_eq!(finder.line.text(), "q:y  D日本\u{1b}");
                assert_eq!(lanes(&cmds), [Lane::Remembered]);
                continue;
            }
            Place::SignIn => assert_eq!(stage.said(), Some("No address is awaited.")),
            Place::Welcome => assert_eq!(stage.said(), Some("There is nothing to paste into yet.")),
            Place::Answer => {
                let line = &model.welcome.as_ref().unwrap().line;
                assert_eq!(line.text(), "q:y  D日本\u{1b}");
            }
            Place::Redirect => {
                let line = &model.sign_in.as_ref().unwrap().line;
                assert_eq!(line.text(), "q:y  D日本\u{1b}");
            }
            _ => {
                assert_eq!(stage.said(), Some("Pasted text goes into a reply (r) or a filter (/)."));
                stage.model.notice = None;
                assert!(stage.model == before, "{place:?}");
            }
        }
        match (place, cmds.as_slice()) {
            // The words are looked for.
            (Place::Prompt, [Cmd::Search { needle, .. }]) => assert_eq!(needle, "q:y  D日本\u{1b}"),
            (_, cmds) => assert_eq!(cmds, [], "{place:?}"),
        }
    }
}

#[test]
fn copying_copies_what_is_under_the_cursor() {
    for (place, copied) in [
        (Place::Groups, Some("A@folkvale.example")),
        (Place::Members, Some("ines@folkvale.example")),
        (Place::Threads, Some("Topic t1 会議 👩\u{200d}💻")),
        (Place::Posts, Some("one [1] and two [2]")),
        (Place::Links, Some("https://a.example/x")),
        (Place::Profile, None),
    ] {
        let mut stage = in_place(place);
        let cmds = stage.key("y");
        match copied {
            Some(text) if place != Place::Posts => {
                assert_eq!(cmds, [Cmd::Copy(text.into())], "{place:?}");
                assert_eq!(
                    stage.said(),
                    Some(format!("Sent to the terminal's clipboard: {text}").as_str())
                );
            }
            Some(_) => {
                let [Cmd::PlainText(post)] = &cmds[..] else {
                    panic!("{cmds:?}")
                };
                assert_eq!(stage.said(), None, "it is not there yet");
                let text = crate::text::plain_text(&post.body);
                assert!(text.contains("one") && text.contains("two"), "{text}");
                let cmds = stage.tell(What::PlainText(text.clone()));
                assert_eq!(cmds, [Cmd::Copy(text)]);
                assert!(stage.said().unwrap().starts_with("Sent to the terminal's clipboard: "));
            }
            None => {
                assert_eq!(cmds, []);
                assert_eq!(stage.said(), Some("There is nothing to copy here."));
            }
        }
    }
}

#[test]
fn a_post_without_text_is_nothing_to_copy() {
    let mut stage = in_place(Place::Posts);
    assert_eq!(stage.tell(What::PlainText(String::new())), []);
    assert_eq!(stage.said(), Some("There is nothing to copy here."));
}

#[test]
fn typing_is_text_where_it_is_text() {
    for place in Place::TYPING {
        let mut stage = in_place(*place);
        let typed: String = (' '..='~').chain("é山👩".chars()).collect();
        stage.types(&typed);
        let line = |line: &crate::app::Editor| assert_eq!(line.text(), typed, "{place:?}");
        if let Some(sign_in) = &stage.model.sign_in {
            line(&sign_in.line);
            continue;
        }
        if let Some(welcome) = &stage.model.welcome {
            line(&welcome.line);
            continue;
        }
        if let Some(finder) = &stage.model.finder {
            assert_eq!(finder.line.text(), typed);
            continue;
        }
        let text = match (&stage.model.composer, &stage.model.prompt, &stage.model.overlay) {
            (.., Some(Overlay::Templates(templates))) => templates.line.text(),
            (Some(composer), ..) if *place == Place::Header => composer.target().topic.clone(),
            (Some(composer), ..) if *place == Place::Completion => composer.editor.text().replacen("@r", "", 1),
            (Some(composer), ..) => composer.editor.text(),
            (_, Some(prompt), _) => prompt.line.text(),
            (.., Some(Overlay::Palette(palette))) => palette.line.text(),
            (.., Some(Overlay::Deletion(deletion))) => deletion.line.text(),
            (.., Some(Overlay::Outline(outline))) => outline.line.text(),
            other => panic!("{other:?}"),
        };
        assert_eq!(text, typed, "{place:?}");
    }
}

#[test]
fn one_link_is_opened_and_of_several_one_is_chosen() {
    let one = post_saying("p1", r#"<a href="https://a.example/x">here</a>"#);
    let mut stage = Stage::with_posts(vec![one]);
    assert_eq!(stage.key("o"), [Cmd::OpenUrl("https://a.example/x".into())]);
    let mut stage = in_place(Place::Links);
    stage.keys("j j j k j");
    assert_eq!(stage.model.overlay, Some(Overlay::Links { cursor: 1, typed: 0 }));
    assert_eq!(stage.key("enter"), [Cmd::OpenUrl("https://b.example/y".into())]);
    assert_eq!(stage.model.overlay, None);
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    assert_eq!(stage.key("o"), []);
    assert_eq!(stage.said(), Some("There is no link here."));
}

#[test]
fn a_link_that_pretends_to_lead_elsewhere_is_shown_first() {
    let sly = r#"<a href="https://evil.example/">https://bank.example/</a>"#;
    let mut stage = Stage::with_posts(vec![post_saying("p1", sly)]);
    assert_eq!(stage.key("o"), []);
    assert_eq!(stage.model.overlay, Some(Overlay::Links { cursor: 0, typed: 0 }));
    assert_eq!(stage.key("enter"), [Cmd::OpenUrl("https://evil.example/".into())]);
}

#[test]
fn overlays_replace_each_other_and_their_cursors_stay_within() {
    let mut stage = in_place(Place::Help);
    stage.keys("G j j j");
    assert!(stage.model.help.unwrap() < crate::app::help(&stage.model).len());
    stage.key(":");
    assert_eq!(stage.model.place(), Place::Palette);
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Posts);
}

#[test]
fn a_prompt_opens_with_what_it_looked_for_before() {
    let mut stage = in_place(Place::Threads);
    stage.key("/");
    let cmds = stage.types("t2");
    stage.filter_all(&cmds);
    stage.keys("enter /");
    assert_eq!(stage.model.prompt.as_ref().unwrap().line.text(), "t2");
    stage.key("esc");
    assert_eq!((stage.model.threads.list.len(), &stage.model.prompt), (9, &None));
}

#[test]
fn redrawing_suspending_and_refreshing() {
    let mut stage = in_place(Place::Groups);
    assert_eq!(stage.key("ctrl-l"), [Cmd::Redraw]);
    assert_eq!(stage.key("ctrl-z"), [Cmd::Suspend]);
    for (pane, lanes_read) in [
        ("1", vec![Lane::Groups]),
        ("2", vec![Lane::Members]),
        ("3", vec![Lane::Threads]),
        ("4", vec![Lane::Posts, Lane::Watch]),
    ] {
        let mut stage = in_place(Place::Groups);
        stage.key(pane);
        assert_eq!(lanes(&stage.key("ctrl-r")), lanes_read);
        assert_eq!(lanes(&stage.key("f5"))[0], lanes_read[0]);
    }
    let mut stage = in_place(Place::Profile);
    let cmds = stage.key("ctrl-r");
    let person = "me".into();
    assert_eq!(
        cmds,
        [read(
            asked(&cmds, Lane::Profile).0.0,
            Lane::Profile,
            Query::Card { person, mine: true }
        )]
    );
}

#[test]
fn an_action_without_what_it_needs_says_what_is_missing() {
    let mut stage = Stage::new();
    for (keys, said) in [
        ("1 u", "Nothing waits to be sent."),
        ("3 r", "No thread is selected."),
        ("4 ]", "No post is selected."),
        ("2 p", "There is no person under the cursor."),
        ("4 o", "There is no link here."),
        ("1 y", "There is nothing to copy here."),
    ] {
        assert_eq!(stage.keys(keys), [], "{keys}");
        assert_eq!(stage.said(), Some(said), "{keys}");
    }
}

#[test]
fn tab_goes_round_the_panes() {
    let mut stage = in_place(Place::Groups);
    for pane in [Pane::Members, Pane::Threads, Pane::Posts, Pane::Groups] {
        stage.key("tab");
        assert_eq!(stage.model.focus, pane);
    }
    for pane in [Pane::Posts, Pane::Threads, Pane::Members, Pane::Groups] {
        stage.key("backtab");
        assert_eq!(stage.model.focus, pane);
    }
}

#[test]
fn a_kept_draft_lies_in_the_list_of_drafts() {
    let stage = in_place(Place::Drafts);
    assert_eq!(stage.model.outbox.len(), 1);
    assert_eq!(stage.model.outbox[0].stage, Sending::Kept);
}

#[test]
fn a_key_that_means_nothing_says_where_the_keys_are_told() {
    for place in Place::EVERYWHERE {
        let mut stage = in_place(*place);
        let there = stage.model.place();
        assert_eq!(stage.key("f9"), [], "{place:?}");
        let said = stage.said().unwrap_or_else(|| panic!("nothing said in {place:?}"));
        assert!(said.starts_with("F9 means nothing here."), "{place:?}: {said}");
        assert_eq!(stage.model.place(), there);
        let help = match place {
            Place::Preview | Place::Review => "here.",
            _ if Place::TYPING.contains(place) => "F1 shows what does.",
            _ => "? shows what does.",
        };
        assert!(said.ends_with(help), "{place:?}: {said}");
    }
    let mut stage = in_place(Place::Posts);
    stage.key("s");
    assert_eq!(stage.said(), Some("s means nothing here. ? shows what does."));
    let mut stage = in_place(Place::Composer);
    stage.types("s");
    assert_eq!(stage.said(), None, "a letter is text where one types");
}
