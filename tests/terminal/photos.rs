//! A photo on a real screen, in half blocks.

use crate::desk::{Desk, ENTER, ESC, Folkmoot, WIDE};

/// How many cells of the screen show a part of a photo.
fn cells(screen: &vt100::Screen) -> usize {
    let (rows, columns) = screen.size();
    let all = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    all.filter(|(row, column)| {
        let cell = screen.cell(*row, *column);
        cell.is_some_and(|cell| matches!(cell.bgcolor(), vt100::Color::Idx(16..) | vt100::Color::Rgb(..)))
    })
    .count()
}

fn opens_a_profile(folkmoot: &mut Folkmoot) {
    folkmoot.sees("Glow 2 Launch");
    folkmoot.press("@solveig");
    folkmoot.sees("Chief Executive Officer");
    folkmoot.press(ENTER);
    folkmoot.sees("Profile · Solveig Lyktestad");
}

#[test]
fn a_photo_comes_and_leaves_nothing_behind() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(WIDE);
    opens_a_profile(&mut folkmoot);
    folkmoot.waits("a photo", |screen| cells(screen) == 200);
    folkmoot.has_left_nothing_behind();
    folkmoot.press(":");
    folkmoot.waits("the palette over it", |screen| (1..200).contains(&cells(screen)));
    folkmoot.press(ESC);
    folkmoot.waits("all of it again", |screen| cells(screen) == 200);
    folkmoot.pty.resize((110, 30));
    folkmoot.waits("it in its new place", |screen| cells(screen) == 200);
    folkmoot.press(ESC);
    folkmoot.sees_no_more("Profile · Solveig Lyktestad");
    folkmoot.waits("no photo", |screen| cells(screen) == 0);
    folkmoot.has_left_nothing_behind();
    folkmoot.quits();
}

#[test]
fn there_is_none_where_nobody_wants_one() {
    let desk = Desk::new();
    for config in [
        "[layout]\nphotos = \"none\"\n",
        "[layout]\nlow_bandwidth = true\n",
        "theme = \"monochrome\"\n",
    ] {
        desk.configure(config);
        let mut folkmoot = desk.start(WIDE);
        opens_a_profile(&mut folkmoot);
        folkmoot.sees("648×648 pixels");
        folkmoot.settles();
        assert_eq!(cells(folkmoot.pty.screen()), 0, "{config}");
        folkmoot.quits();
    }
    let asked = desk.tenant().requests();
    assert!(!asked.iter().any(|seen| seen.path.contains("$value")));
}
