//! People named in a text: found as one types, taken with Tab or Enter, and never in the way of typing.

use super::fixture::*;
use crate::app::{Cmd, Mention, TimerId};
use crate::domain::{Format, Person};
use crate::keys::Place;
use crate::protocol::{Lane, Payload, Query};

/// A reply to a thread in which ren has written, of a group in which ines is, too.
fn stage() -> Stage {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.key("r");
    stage
}

fn mention(stage: &Stage) -> Option<&Mention> {
    stage.model.mention()
}

fn offered(stage: &Stage) -> Vec<&str> {
    let people = &mention(stage).expect("nobody is being named").people;
    people.iter().map(|person| person.id.as_str()).collect()
}

fn text(stage: &Stage) -> String {
    stage.model.composer.as_ref().unwrap().editor.text()
}

fn called(id: &str, name: &str) -> Person {
    Person {
        name: name.into(),
        ..person(id)
    }
}

fn found(people: Vec<Person>) -> Payload {
    Payload::People {
        total: Some(people.len()),
        page: people.into(),
    }
}

#[test]
fn those_of_the_thread_come_first_then_the_members_the_store_and_the_directory() {
    let mut stage = stage();
    let cmds = stage.types("Dear 花子, @R");
    assert_eq!(stage.model.place(), Place::Completion);
    assert_eq!(offered(&stage), ["ren"], "of the group, with the id of the directory");
    let term = || "R".to_owned();
    let store = asked(&cmds, Lane::Remembered);
    assert_eq!(
        cmds.last(),
        Some(&read(store.0.0, Lane::Remembered, Query::Remembered { term: term() }))
    );
    stage.reply(store, Payload::Remembered(vec![(called("rui", "瑠衣 Rui"), noon(-90))]));
    assert_eq!(offered(&stage), ["ren", "rui"]);
    assert_eq!(stage.due(TimerId::AskDirectory), Some(300));
    let cmds = stage.wait(300);
    let directory = asked(&cmds, Lane::People);
    assert!(cmds.contains(&read(directory.0.0, Lane::People, Query::People { term: term() })));
    let others = vec![called("ren", "Ren 蓮"), called("x", "Zoë Ra'anan"), called("y", "Mara")];
    stage.reply(directory, found(others));
    assert_eq!(
        offered(&stage),
        ["ren", "rui", "x"],
        "each once, and only whose names begin so"
    );
    assert_eq!(stage.key("down"), []);
    assert_eq!(stage.key("tab"), []);
    assert_eq!(text(&stage), "Dear 花子, @瑠衣 Rui <rui@folkvale.example>");
    assert_eq!(mention(&stage), None);
    assert_eq!(stage.model.place(), Place::Composer);
    stage.types("!");
    assert_eq!(stage.model.place(), Place::Composer, "it is not begun again");
}

#[test]
fn in_markdown_the_name_is_linked() {
    let mut stage = stage();
    stage.key("alt-m");
    assert_eq!(stage.model.composer.as_ref().unwrap().with().format, Format::Markdown);
    stage.types("(@ines");
    stage.key("enter");
    assert_eq!(text(&stage), "([@ines שרה](<mailto:ines@folkvale.example>)");
    stage.key("ctrl-z");
    stage.key("ctrl-z");
    assert_eq!(text(&stage), "(@ines", "and it can be undone");
}

#[test]
fn typing_is_never_stolen() {
    let mut stage = stage();
    for typed in ["ren@r", "\n@nobody", " a @ ren", "\n@ren said"] {
        for c in typed.chars() {
            match c {
                '\n' => drop(stage.key("enter")),
                c => drop(stage.types(&c.to_string())),
            }
        }
        assert_eq!(stage.model.place(), Place::Composer, "{typed}");
        stage.key("enter");
    }
    assert_eq!(text(&stage), "ren@r\n\n@nobody\n a @ ren\n\n@ren said\n");
    stage.types("@ren ");
    assert_eq!(stage.model.place(), Place::Composer, "a space may end it");
    stage.key("enter");
    assert!(text(&stage).ends_with("\n@ren \n"));
    stage.types("@re");
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Composer);
    stage.types("n");
    assert_eq!(stage.model.place(), Place::Composer, "it stays closed for this name");
    assert_eq!(stage.due(TimerId::AskDirectory), None);
    stage.key("enter");
    stage.types("@i");
    assert_eq!(stage.model.place(), Place::Completion);
    stage.key("left");
    assert_eq!(stage.model.place(), Place::Composer);
    stage.paste("@ren");
    assert_eq!(stage.model.place(), Place::Composer, "a paste asks for nobody");
}

#[test]
fn enter_is_a_new_line_where_the_list_came_after_the_last_letter() {
    let mut stage = stage();
    stage.types("@Mio");
    assert_eq!(stage.model.place(), Place::Composer);
    let cmds = stage.wait(300);
    stage.reply(asked(&cmds, Lane::People), found(vec![called("mio", "Mio 澪")]));
    assert_eq!(stage.model.place(), Place::Completion);
    stage.key("enter");
    assert_eq!(text(&stage), "@Mio\n");
    assert_eq!(stage.model.place(), Place::Composer);
    stage.key("backspace");
    stage.types(" @Mio");
    let cmds = stage.wait(300);
    stage.reply(asked(&cmds, Lane::People), found(vec![called("mio", "Mio 澪")]));
    stage.key("tab");
    assert_eq!(text(&stage), "@Mio @Mio 澪 <mio@folkvale.example>");
}

#[test]
fn what_is_asked_for_another_name_is_not_taken() {
    let mut stage = stage();
    stage.types("@Mi");
    let cmds = stage.wait(300);
    let old = asked(&cmds, Lane::People);
    let cmds = stage.types(", @Mi");
    assert!(cmds.contains(&Cmd::Abandon(Lane::People)));
    stage.reply(old, found(vec![called("mio", "Mio 澪")]));
    assert_eq!(offered(&stage), Vec::<&str>::new());
    let cmds = stage.wait(300);
    stage.fail(asked(&cmds, Lane::People));
    assert_eq!(mention(&stage).unwrap().problem, Some(problem()));
    assert_eq!(
        stage.model.place(),
        Place::Composer,
        "nobody, so no list; typing goes on"
    );
}

#[test]
fn what_the_list_does_not_know_does_what_it_does_without_it() {
    let mut stage = stage();
    stage.types("@ren");
    stage.key("ctrl-s");
    assert_eq!(stage.model.place(), Place::Review);
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Composer);
    stage.keys("enter");
    stage.types("@ren");
    stage.key("backspace");
    assert_eq!(offered(&stage), ["ren"]);
    stage.keys("ctrl-w");
    assert_eq!(stage.model.place(), Place::Composer);
}
