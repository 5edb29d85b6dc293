//! Which files a show or a studio is made of: looks into folders, understands none of the files.

use super::{Error, piped};
use crate::model::Issue;
use std::fs;
use std::path::{Path, PathBuf};

/// Largest file that is read: a table of several million rows.
const LARGEST: u64 = 1 << 30;

/// A file of a show.
#[derive(Clone, Copy, Debug)]
pub struct File<'f> {
    /// Name inside the folder, with `/` between ("alpha/tasks.csv").
    pub name: &'f str,
    /// Name to show in messages: as it can be opened from here.
    pub shown: &'f str,
    /// Content.
    pub bytes: &'f [u8],
}

/// A file with its content.
#[derive(Debug)]
pub struct OwnedFile {
    name: String,
    shown: String,
    bytes: Vec<u8>,
}

impl OwnedFile {
    /// The file as it is handed on.
    pub fn borrow(&self) -> File<'_> {
        File { name: &self.name, shown: &self.shown, bytes: &self.bytes }
    }

    /// Name and content.
    pub fn into_parts(self) -> (String, Vec<u8>) {
        (self.name, self.bytes)
    }
}

/// The files of a show or studio.
#[derive(Debug)]
pub struct Gathered {
    /// Name of the folder, or of the file without its ending.
    pub name: String,
    /// Files, sorted by name.
    pub files: Vec<OwnedFile>,
    /// Files that are too large.
    pub issues: Vec<Issue>,
}

/// Reads the files of a folder, of the shows in it, or one file.
pub fn gather(path: &Path) -> Result<Gathered, Error> {
    if piped::is_piped(path) {
        return piped_in(path);
    }
    if !path.exists() {
        return Err(Error::Missing(path.to_owned()));
    }
    let real = path.canonicalize().map_err(|source| unreadable(path, source))?;
    let stem = if path.is_dir() { real.file_name() } else { real.file_stem() };
    let name = stem.map_or("show".to_owned(), |name| name.to_string_lossy().into_owned());
    let mut gathered = Gathered { name, files: Vec::new(), issues: Vec::new() };
    // show.toml stands for its folder; any other file for itself.
    let folder = match path.file_name().and_then(|name| name.to_str()) {
        Some("show.toml" | "studio.toml") if path.is_file() => {
            let folder = path.parent().unwrap_or(path);
            if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
        }
        _ if path.is_file() => {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            add(&mut gathered, path, &name)?;
            return Ok(gathered);
        }
        _ => path,
    };
    let (files, folders) = entries(folder)?;
    for file in &files {
        add_named(&mut gathered, file, "")?;
    }
    for folder in &folders {
        let (inside, _) = entries(folder)?;
        let is_show = inside.iter().any(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            name == "show.toml" || name == "tasks.csv" || name == "show.json"
        });
        if is_show {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for file in &inside {
                add_named(&mut gathered, file, &name)?;
            }
        }
    }
    gathered.files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(gathered)
}

/// A show in one JSON file that comes through a pipe.
fn piped_in(path: &Path) -> Result<Gathered, Error> {
    let bytes = piped::bytes(path).map_err(|source| unreadable(path, source))?;
    let name = "stdin.json".to_owned();
    let file = OwnedFile { name: name.clone(), shown: name, bytes: bytes.into_owned() };
    Ok(Gathered { name: "show".to_owned(), files: vec![file], issues: Vec::new() })
}

/// Files and folders inside a folder, sorted, without hidden ones.
fn entries(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Error> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    let read = fs::read_dir(folder).map_err(|source| unreadable(folder, source))?;
    for entry in read {
        let path = entry.map_err(|source| unreadable(folder, source))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(['.', '~']) {
            continue;
        }
        if path.is_dir() {
            folders.push(path);
        } else {
            files.push(path);
        }
    }
    files.sort();
    folders.sort();
    Ok((files, folders))
}

/// Adds a file of a folder if its ending is one of ours.
fn add_named(gathered: &mut Gathered, path: &Path, folder: &str) -> Result<(), Error> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let lower = file.to_lowercase();
    let is_ours = match lower.rsplit_once('.') {
        Some((_, "csv" | "tsv")) => true,
        Some((stem, "toml" | "json")) => matches!(stem, "show" | "studio"),
        _ => false,
    };
    if !is_ours || super::build::is_output(&lower) {
        return Ok(());
    }
    let name = if folder.is_empty() { file } else { format!("{folder}/{file}") };
    add(gathered, path, &name)
}

fn add(gathered: &mut Gathered, path: &Path, name: &str) -> Result<(), Error> {
    let shown = path.display().to_string();
    let size = fs::metadata(path).map_err(|source| unreadable(path, source))?.len();
    if size > LARGEST {
        let message = format!("the file has {size} bytes; more than {LARGEST} are not read");
        let mut issue = Issue::error("R12", format!("file {shown}"), message)
            .help("split the production into several shows of a studio folder");
        issue.file = Some(shown);
        gathered.issues.push(issue);
        return Ok(());
    }
    let bytes = fs::read(path).map_err(|source| unreadable(path, source))?;
    gathered.files.push(OwnedFile { name: name.to_owned(), shown, bytes });
    Ok(())
}

fn unreadable(path: &Path, source: std::io::Error) -> Error {
    Error::Unreadable { path: path.to_owned(), source }
}
