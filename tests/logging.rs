//! The log from start to end, in a process of its own: there is one log in a process.

use folkmoot::runtime::logging;
use tracing::Level;

#[test]
fn what_is_logged_is_in_the_file_when_the_program_ends() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("default/folkmoot.log");
    let logging = logging::start(&file, Level::DEBUG);
    assert_eq!(logging.warning, None);
    for n in 0..1000 {
        tracing::debug!(target: "folkmoot::test", n, "山田 שלום");
    }
    let second = logging::start(&file, Level::DEBUG);
    assert!(second.warning.is_some(), "there is one log in a process");
    drop(logging);
    let log = std::fs::read_to_string(&file).unwrap();
    assert!(
        log.lines().next().is_some_and(|line| line.contains("folkmoot starts")),
        "{log}"
    );
    assert!(log.lines().last().is_some_and(|line| line.contains("n=999")), "{log}");
}
