//! A file that a person has named for output.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file as a whole: it takes the place and the permissions of the one before it, which stays as it was where that
/// fails. A link to a file stays one. What is no regular file, as `/dev/stdout` or a pipe, is written as it is.
///
/// # Errors
/// Those of the system.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let before = match fs::metadata(path) {
        // What is open already is not replaced under whoever has it, even where it is a file.
        Ok(there) if !there.is_file() || path.starts_with("/dev") || path.starts_with("/proc") => {
            return File::create(path)?.write_all(bytes);
        }
        Ok(there) => {
            // One that may not be written may not be replaced.
            File::options().write(true).open(path)?;
            Some(there.permissions())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let path = match before {
        Some(_) => fs::canonicalize(path)?,
        None => path.to_owned(),
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".folkmoot-");
    match before {
        Some(permissions) => {
            builder.permissions(permissions);
        }
        // As any new file: what the umask leaves of this.
        #[cfg(unix)]
        None => {
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        #[cfg(not(unix))]
        None => {}
    }
    let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.persist(&path)?;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    use std::process::Command;
    use std::thread;

    use super::*;

    #[test]
    fn a_file_is_replaced_with_its_permissions_and_a_link_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let (at, link) = (folder.path().join("a"), folder.path().join("link"));
        symlink(&at, &link).unwrap();
        for text in ["one", "two"] {
            write(if text == "one" { &at } else { &link }, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&at).unwrap(), text);
            fs::set_permissions(&at, fs::Permissions::from_mode(0o600)).unwrap();
        }
        write(&link, b"three").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::metadata(&at).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            2,
            "nothing is left beside it"
        );
    }

    #[test]
    fn a_pipe_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        write(&pipe, "山".as_bytes()).unwrap();
        assert_eq!(reader.join().unwrap(), "山");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        assert!(write(folder.path(), b"x").is_err(), "a folder is no file");
    }
}
