//! A second start, with the server gone.

use crate::desk::{Desk, ENTER, SMALL, THREAD, WIDE, eventually};

#[test]
fn with_the_server_gone_it_shows_what_was_read() {
    let mut desk = Desk::new();
    let mut first = desk.start(WIDE);
    first.opens_the_thread();
    first.sees("35 posts");
    first.quits();
    desk.serve_nothing();
    for size in [WIDE, SMALL] {
        let mut again = desk.start(size);
        again.sees("Glow 2 Launch");
        again.press("3");
        again.sees(THREAD);
        again.press(ENTER);
        again.sees("35 posts");
        again.sees("offline, ");
        again.quits();
    }
}

#[test]
fn nothing_is_kept_where_nobody_wants_it() {
    let desk = Desk::new();
    desk.configure("[store]\nenabled = false\n");
    let mut folkmoot = desk.start(WIDE);
    folkmoot.opens_the_thread();
    folkmoot.quits();
    let state = desk.home().join("state/folkmoot/default");
    eventually("a state folder", || state.is_dir());
    let kept = std::fs::read_dir(state)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok());
    assert_eq!(
        kept.filter(|name| name.starts_with("store")).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}
