//! Files into a folder, whole or not at all.
//!
//! Everything is written beside its place first. Only when all of it is on the disk are the files
//! put in place by renaming; if one cannot be, those before it are put back.

use super::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Why files could not be written. What was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder is a file, or a file is a folder.
    #[error("`{}` is in the way: it is not a {wanted}; name another folder, or move it away", path.display())]
    InTheWay {
        /// What is in the way.
        path: PathBuf,
        /// What it should be.
        wanted: &'static str,
    },
    /// A folder that has to be new is not empty.
    #[error("`{}` is not empty; name a new folder, so that old files don't mix with new ones", .0.display())]
    NotEmpty(PathBuf),
    /// The disk refused.
    #[error("`{}` cannot be written; what was there before is unchanged", path.display())]
    Disk {
        /// What was to be written.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
}

/// Puts all `files` into `folder`, or none of them. Other files in it stay as they are.
///
/// # Errors
/// When something is in the way or the disk refuses; then the folder is as it was.
pub fn folder(folder: &Path, files: &[File]) -> Result<(), Error> {
    folder_without(folder, files, &[])
}

/// The same, and files with the names `gone` are there no longer: what an earlier result had and this one
/// has not.
///
/// # Errors
/// When something is in the way or the disk refuses; then the folder is as it was.
pub fn folder_without(folder: &Path, files: &[File], gone: &[&'static str]) -> Result<(), Error> {
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Disk { path, source }
    };
    may_hold(folder, files.iter().map(|file| file.name))?;
    if !folder.exists() {
        return new_folder(folder, |fresh| write_all(fresh, files));
    }
    // Inside the folder, so that both are on the same disk and renaming is possible.
    let beside = TempDir::with_prefix_in(".shotplan-", folder).map_err(disk(folder))?;
    let (fresh, old) = (beside.path().join("new"), beside.path().join("old"));
    std::fs::create_dir(&fresh).map_err(disk(&fresh))?;
    std::fs::create_dir(&old).map_err(disk(&old))?;
    write_all(&fresh, files).map_err(disk(folder))?;
    let mut done = Vec::with_capacity(files.len() + gone.len());
    let names = files.iter().map(|file| (file.name, true));
    for (name, is_new) in names.chain(gone.iter().map(|name| (*name, false))) {
        let path = folder.join(name);
        let moved = match is_new {
            true => exchange(&path, &fresh.join(name), &old.join(name)),
            false => move_if_there(&path, &old.join(name)),
        };
        if let Err(source) = moved {
            for name in done {
                put_back(&folder.join(name), &old.join(name));
            }
            put_back_if_gone(&path, &old.join(name));
            return Err(Error::Disk { path, source });
        }
        done.push(name);
    }
    Ok(())
}

/// Whether nothing stands in the way of files with these names in `folder`.
///
/// # Errors
/// When the folder, or what it would be made in, is a file, or a file of these names is a folder.
pub fn may_hold<'n>(folder: &Path, names: impl IntoIterator<Item = &'n str>) -> Result<(), Error> {
    if let Some(first) = folder.ancestors().find(|path| path.exists())
        && !first.is_dir()
    {
        return Err(Error::InTheWay { path: first.to_owned(), wanted: "folder" });
    }
    match names.into_iter().map(|name| folder.join(name)).find(|path| path.is_dir()) {
        Some(path) => Err(Error::InTheWay { path, wanted: "file" }),
        None => Ok(()),
    }
}

/// Makes the new folder `folder` with what `fill` puts into it, or nothing.
///
/// # Errors
/// When it is there and not empty, or the disk refuses; then nothing has changed.
pub fn new_folder(folder: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), Error> {
    let disk = |source| Error::Disk { path: folder.to_owned(), source };
    must_be_new(folder)?;
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(parent).map_err(disk)?;
    let fresh = TempDir::with_prefix_in(".shotplan-", parent).map_err(disk)?;
    fill(fresh.path()).map_err(disk)?;
    open_to_others(fresh.path()).map_err(disk)?;
    // Only an empty folder can stand here; if it does not, there is none to remove.
    let _ = std::fs::remove_dir(folder);
    std::fs::rename(fresh.path(), folder).map_err(disk)?;
    // The folder has its own name now: forget the old one, so that it is not cleaned away.
    let _ = fresh.keep();
    Ok(())
}

/// Whether [`new_folder`] may make this folder: it is not there, or empty.
///
/// # Errors
/// When it may not.
pub fn must_be_new(folder: &Path) -> Result<(), Error> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(Error::NotEmpty(folder.to_owned())),
            None => Ok(()),
        },
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound => Ok(()),
            io::ErrorKind::NotADirectory => {
                Err(Error::InTheWay { path: folder.to_owned(), wanted: "folder" })
            }
            _ => Err(Error::Disk { path: folder.to_owned(), source: error }),
        },
    }
}

fn write_all(folder: &Path, files: &[File]) -> io::Result<()> {
    for file in files {
        let mut out = std::fs::File::create(folder.join(file.name))?;
        out.write_all(&file.bytes)?;
        out.sync_all()?;
    }
    Ok(())
}

/// Folders for passing use are closed to others; a result is an ordinary folder.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
}
#[cfg(not(unix))]
fn open_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Moves what is at `path` to `old`, and `fresh` to `path`.
fn exchange(path: &Path, fresh: &Path, old: &Path) -> io::Result<()> {
    move_if_there(path, old)?;
    std::fs::rename(fresh, path)
}

fn move_if_there(path: &Path, old: &Path) -> io::Result<()> {
    match std::fs::rename(path, old) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Puts an old file back over a new one; without an old one the new one goes.
fn put_back(path: &Path, old: &Path) {
    // Nothing more can be done if the disk refuses this too.
    let _ = if old.exists() { std::fs::rename(old, path) } else { std::fs::remove_file(path) };
}

fn put_back_if_gone(path: &Path, old: &Path) {
    if old.exists() && !path.exists() {
        let _ = std::fs::rename(old, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &'static str, text: &str) -> File {
        File { name, bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn a_new_folder_and_an_old_one_get_all_files() {
        let place = TempDir::new().unwrap();
        let out = place.path().join("a/b");
        folder(&out, &[file("x", "1"), file("y", "2")]).unwrap();
        std::fs::write(out.join("mine"), "kept").unwrap();
        folder(&out, &[file("x", "3"), file("y", "4")]).unwrap();
        let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
        assert_eq!((read("x"), read("y"), read("mine")), ("3".into(), "4".into(), "kept".into()));
        assert_eq!(std::fs::read_dir(&out).unwrap().count(), 3, "nothing else is left behind");
    }

    #[test]
    fn what_an_earlier_result_had_alone_goes_with_it() {
        let place = TempDir::new().unwrap();
        let names = || {
            let mut names: Vec<String> = std::fs::read_dir(place.path())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        folder(place.path(), &[file("x", "1"), file("y", "2")]).unwrap();
        folder_without(place.path(), &[file("x", "3")], &["y", "z"]).unwrap();
        assert_eq!(names(), ["x"]);
        std::fs::write(place.path().join("y"), "old").unwrap();
        std::fs::create_dir(place.path().join("x2")).unwrap();
        folder_without(place.path(), &[file("x2", "in the way")], &["y"]).unwrap_err();
        assert_eq!(names(), ["x", "x2", "y"]);
    }

    #[test]
    fn one_file_in_the_way_leaves_all_others_untouched() {
        let place = TempDir::new().unwrap();
        std::fs::write(place.path().join("x"), "old").unwrap();
        std::fs::create_dir(place.path().join("y")).unwrap();
        let error = folder(place.path(), &[file("x", "new"), file("y", "new")]).unwrap_err();
        assert!(matches!(error, Error::InTheWay { .. }));
        assert_eq!(std::fs::read_to_string(place.path().join("x")).unwrap(), "old");
    }

    #[test]
    fn a_file_where_the_folder_should_be_is_named() {
        let place = TempDir::new().unwrap();
        let out = place.path().join("out");
        std::fs::write(&out, "a file").unwrap();
        let error = folder(&out, &[file("x", "1")]).unwrap_err();
        assert!(error.to_string().contains("is not a folder"), "{error}");
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "a file");
    }

    #[test]
    fn a_new_folder_that_fails_half_way_does_not_appear() {
        let place = TempDir::new().unwrap();
        let out = place.path().join("show");
        let failed = new_folder(&out, |fresh| {
            std::fs::write(fresh.join("tasks.csv"), "half")?;
            Err(io::Error::other("full"))
        });
        assert!(matches!(failed, Err(Error::Disk { .. })));
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_with_files_is_never_mixed_with_a_new_show() {
        let place = TempDir::new().unwrap();
        std::fs::write(place.path().join("shots.csv"), "old").unwrap();
        let error = new_folder(place.path(), |_| Ok(())).unwrap_err();
        assert!(matches!(error, Error::NotEmpty(_)));
    }
}
