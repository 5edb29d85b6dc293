//! One file, whole or not at all.

use super::Error;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file; an old one of that name stays as it is until the new one is complete.
///
/// # Errors
/// When a folder is in the way or the disk refuses.
pub fn single(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    streamed(path, |out| out.write_all(bytes))
}

/// As [`single`], with what `fill` writes, which need not be in memory all at once.
///
/// # Errors
/// When a folder is in the way, `fill` fails, or the disk refuses.
pub fn streamed(
    path: &Path,
    fill: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<(), Error> {
    let disk = |source| Error::Disk { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(Error::InTheWay { path: path.to_owned(), wanted: "file" });
    }
    if path.exists() && !path.is_file() {
        // A device or a pipe takes bytes as they come.
        let mut out = std::fs::OpenOptions::new().write(true).open(path).map_err(disk)?;
        return fill(&mut out).map_err(disk);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let fresh = tempfile::Builder::new()
        .prefix(".shotplan-")
        .permissions_of_new_files()
        .tempfile_in(folder)
        .map_err(disk)?;
    let mut out = io::BufWriter::new(fresh.as_file());
    fill(&mut out).and_then(|()| out.flush()).map_err(disk)?;
    drop(out);
    fresh.as_file().sync_all().map_err(disk)?;
    fresh.persist(path).map_err(|error| disk(error.error))?;
    Ok(())
}

/// Temporary files are for their owner only unless asked otherwise; results are for everybody whom
/// the system's mask lets in.
trait Permissions {
    fn permissions_of_new_files(&mut self) -> &mut Self;
}

impl Permissions for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_of_new_files(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt;
        self.permissions(std::fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_of_new_files(&mut self) -> &mut Self {
        self
    }
}
