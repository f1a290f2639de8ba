//! Folders for one pair of eyes only.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::Path;

/// Makes a folder and whatever is missing above it, for this user only (0700), so that it is still there after a power
/// cut. A folder that exists already is closed to others.
///
/// # Errors
/// Those of the file system.
pub fn make_private(folder: &Path) -> io::Result<()> {
    if !folder.is_dir() {
        make_missing(folder)?;
    }
    close_to_others(folder)
}

fn make_missing(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let parent = parent(folder);
    make_missing(parent)?;
    match private_builder().create(folder) {
        // Another folkmoot that started at the same moment was quicker.
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(e) => Err(e),
        Ok(()) => sync(parent),
    }
}

/// The folder that holds `path`; the current one for a bare name.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) => Path::new("."),
        None => path,
    }
}

fn private_builder() -> DirBuilder {
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

#[cfg(unix)]
fn close_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(folder)?.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    if let Err(error) = fs::set_permissions(folder, fs::Permissions::from_mode(0o700)) {
        // Some file systems have no modes; what is kept in it is worth more than the mode.
        tracing::warn!(?folder, %error, "this folder stays open to others");
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(folder: &Path) -> io::Result<()> {
    fs::metadata(folder).map(drop)
}

/// Makes what a folder lists durable.
///
/// # Errors
/// Those of the file system.
#[cfg(unix)]
pub fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Nothing to do: NTFS keeps its own journal of names, and a folder cannot be opened as a file there.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}
