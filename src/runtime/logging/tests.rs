//! The log: what is in it, who may read it, and when another begins.

use std::sync::{Arc, Mutex};

use tracing::{debug, error, info, trace, warn};

use super::*;

/// What is logged by `events` at a level.
fn logged(level: Level, events: impl FnOnce()) -> String {
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let lines = Lines::default();
    let writer = lines.clone();
    tracing::subscriber::with_default(subscriber(writer, level), events);
    let bytes = lines.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn our_own_lines_go_down_to_the_level() {
    let all = || {
        error!("one");
        warn!("two");
        info!("three");
        debug!("four");
        trace!("five");
    };
    for (level, count) in [
        (Level::ERROR, 1),
        (Level::WARN, 2),
        (Level::INFO, 3),
        (Level::DEBUG, 4),
        (Level::TRACE, 5),
    ] {
        assert_eq!(logged(level, all).lines().count(), count, "{level}");
    }
}

#[test]
fn libraries_tell_no_secrets_at_any_level() {
    for level in [Level::INFO, Level::DEBUG, Level::TRACE] {
        let log = logged(level, || {
            for _ in 0..2 {
                trace!(target: "hyper::proto::h1::role", "authorization: Bearer secret");
                debug!(target: "h2::codec::framed_write", "authorization: Bearer secret");
                info!(target: "reqwest::connect", "secret");
                tracing::trace_span!(target: "h2", "frame", authorization = "secret").in_scope(|| info!("inside"));
            }
            warn!(target: "rustls", "a warning");
        });
        assert!(!log.contains("secret"), "{log}");
        assert!(log.contains("inside") && log.contains("a warning"), "{log}");
    }
}

#[test]
fn nothing_in_the_log_drives_a_terminal() {
    let log = logged(Level::INFO, || {
        let hostile = "\u{1b}]52;c;aGk=\u{7}\u{9b}2J山田";
        info!(field = hostile, shown = %hostile, "{hostile}");
    });
    let drives = |c: char| c.is_control() && c != '\n';
    assert!(log.contains("山田") && !log.contains(drives), "{log:?}");
}

#[test]
fn a_long_log_makes_room_for_a_new_one() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("work/folkmoot.log");
    let write = |text: &str| open(&file).unwrap().write_all(text.as_bytes()).unwrap();
    write("first\n");
    write("second\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), "first\nsecond\n");
    write(&"x".repeat(1024 * 1024));
    write("third\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), "third\n");
    assert!(
        fs::read_to_string(root.path().join("work/folkmoot.log.1"))
            .unwrap()
            .starts_with("first\n")
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    }
}

#[cfg(unix)]
#[test]
fn a_log_is_a_file_of_its_own_for_one_pair_of_eyes() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("folkmoot.log");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    open(&file).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    fs::remove_file(&file).unwrap();

    let elsewhere = root.path().join("elsewhere");
    for there in ["precious", ""] {
        match there {
            "" => fs::remove_file(&elsewhere).unwrap(),
            there => fs::write(&elsewhere, there).unwrap(),
        }
        std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
        assert!(open(&file).unwrap_err().to_string().contains("remove it"));
        assert_eq!(fs::read_to_string(&elsewhere).unwrap_or_default(), there);
        fs::remove_file(&file).unwrap();
    }
    // Nobody reads it; to open it would wait for somebody.
    rustix::fs::mkfifoat(rustix::fs::CWD, &file, rustix::fs::Mode::RWXU).unwrap();
    assert!(open(&file).is_err());
}

#[test]
fn a_log_that_cannot_be_written_is_a_warning() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("file"), "").unwrap();
    let logging = start(&root.path().join("file/work/folkmoot.log"), Level::INFO);
    let warning = logging.warning.unwrap();
    assert!(warning.what.as_str().contains("Nothing is logged"), "{warning}");
    assert!(warning.next.as_str().contains("XDG_STATE_HOME"), "{warning}");
}
