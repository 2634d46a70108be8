//! A file that is put in its place whole, or not at all.

use std::fs::File;
use std::io;
use std::path::Path;

/// Writes beside the file, then renames: readers see the old one or the new one, never a part. A link is
/// followed; a device or pipe is written into, since a rename would put a file in its place.
pub(super) fn replace(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let followed = path.canonicalize();
    let path = followed.as_deref().unwrap_or(path);
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return write(&mut std::fs::OpenOptions::new().write(true).open(path)?);
    }
    let directory = path.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new();
    // Temporary files are their owner's alone; a result is as open as the user's other files.
    #[cfg(unix)]
    beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = beside.prefix(".copytrail-").tempfile_in(directory)?;
    write(file.as_file_mut())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}
