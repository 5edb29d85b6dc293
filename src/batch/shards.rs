//! A list of items in parts that any scheduler can run: planned, run one by one, merged.
//!
//! ```text
//! RUN/manifest.json          items with their hashes, and which shard has which
//! RUN/inputs/…               copies of the shows, where they were asked for
//! RUN/items/NAME/…           as in a batch: what a stopped shard has done is not lost
//! RUN/shards/00007.ndjson    the rows of a shard: head, rows, foot with their hash
//! RUN/results.ndjson, .csv   what `merge` makes of them, in the bytes of one batch
//! ```
//!
//! A shard is a run of items that follow each other, so that shards put behind each other are the batch.
//! Each file appears whole or not at all; running a shard again, or twice at a time, changes nothing.

mod file;

use super::item::{program, short_hash};
use super::run::{Batch, Follow, put_together, run};
use super::store::{Keep, Store};
use super::{Error, Item};
use crate::result::BatchSummary;
use crate::{read, write};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Name of the format.
const FORMAT: &str = "shotplan-run";
/// Version of the format.
const VERSION: u32 = 1;
/// Name of the file that holds all about a run.
pub const MANIFEST: &str = "manifest.json";
/// More shards are no help to anybody.
pub const MOST_SHARDS: usize = 100_000;
/// Reading, hashing and checking a show cost about as much as so many bytes of it.
const BYTES_OF_A_SHOW: u64 = 4_096;

/// A run: items and the shards they are in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always "shotplan-run".
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// Name and version of the program that plans the items.
    pub program: String,
    /// Only rows are kept of the items.
    pub rows_only: bool,
    /// The items, with their hashes.
    pub items: Vec<Listed>,
    /// The first item of each shard; it ends where the next begins.
    pub shards: Vec<usize>,
    /// Hash over all of the above.
    pub hash: String,
}

/// An item of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The item; its path is absolute, or seen from the folder of the run.
    #[serde(flatten)]
    pub item: Item,
    /// Its hash; empty when its show could not be read.
    pub hash: String,
}

impl Manifest {
    fn hash_now(&self) -> String {
        let unsigned = Manifest { hash: String::new(), ..self.clone() };
        let text = serde_json::to_string(&unsigned).unwrap_or_default();
        short_hash(&[&text])
    }

    /// Items of a shard: the first, and one past the last.
    pub fn range(&self, shard: usize) -> std::ops::Range<usize> {
        let end = self.shards.get(shard + 1).copied().unwrap_or(self.items.len());
        self.shards.get(shard).map_or(0..0, |&first| first..end)
    }

    fn keep(&self) -> Keep {
        if self.rows_only { Keep::Rows } else { Keep::All }
    }
}

/// Cuts `items` into `shards` parts of about the same size and writes the manifest of the run into
/// `folder`; with `copy` also the shows, so that the folder has all that the run needs.
///
/// # Errors
/// When there is another run in the folder, a show cannot be copied, or the disk refuses.
pub fn plan(
    items: &[Item],
    shards: usize,
    folder: &Path,
    keep: Keep,
    copy: bool,
) -> Result<Manifest, Error> {
    std::fs::create_dir_all(folder).map_err(disk(folder))?;
    let home = folder.canonicalize().map_err(disk(folder))?;
    let mut listed = Vec::with_capacity(items.len());
    let mut sizes = Vec::with_capacity(items.len());
    for item in items {
        let (hash, size) = match read::files(&item.path) {
            Ok(show) => {
                let size: u64 = show.files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
                // A file of scenarios may not be there.
                (item.input_hash().map_or_else(|_| String::new(), |hash| item.hash(&hash)), size)
            }
            // Told in its row, as in a batch.
            Err(_) => (String::new(), 0),
        };
        let is_copied = copy && !hash.is_empty();
        let path = if is_copied { copied(item, &home)? } else { seen_from(&home, &item.path) };
        let scenarios = match &item.scenarios {
            Some(file) if is_copied => Some(copied_scenarios(item, file, &home)?),
            Some(file) => Some(seen_from(&home, file)),
            None => None,
        };
        sizes.push(size + BYTES_OF_A_SHOW);
        listed.push(Listed { item: Item { path, scenarios, ..item.clone() }, hash });
    }
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        program: program().to_owned(),
        rows_only: keep == Keep::Rows,
        items: listed,
        shards: cut(&sizes, shards),
        hash: String::new(),
    };
    manifest.hash = manifest.hash_now();
    let place = folder.join(MANIFEST);
    if let Ok(old) = load(folder)
        && old.hash != manifest.hash
        && (0..old.shards.len()).any(|shard| file::place(folder, shard).exists())
    {
        return Err(Error::Call(format!(
            "`{}` holds shards of another run; name another folder, or remove it",
            folder.display()
        )));
    }
    write::single(&place, &write::json(&manifest))?;
    Ok(manifest)
}

/// The first item of each of `shards` parts that follow each other, so that each has about its share of
/// all sizes. Parts may be empty.
fn cut(sizes: &[u64], shards: usize) -> Vec<usize> {
    let all: u128 = sizes.iter().map(|&size| u128::from(size)).sum();
    let mut first = Vec::with_capacity(shards);
    let (mut at, mut before) = (0, 0_u128);
    for shard in 0..shards {
        // An item belongs to the part in which its middle lies.
        let share = all * 2 * shard as u128;
        while at < sizes.len() && (before * 2 + u128::from(sizes[at])) * (shards as u128) < share {
            before += u128::from(sizes[at]);
            at += 1;
        }
        first.push(at);
    }
    first
}

/// A copy of the show inside the folder of the run: its path from there.
fn copied(item: &Item, home: &Path) -> Result<PathBuf, Error> {
    let read::Files { name, files, .. } = read::files(&item.path)?;
    let at = Path::new("inputs").join(&item.name);
    let is_file = item.path.is_file() && files.len() == 1 && !files[0].0.ends_with(".toml");
    // A show without a name of its own has that of its folder.
    let show = if is_file { at.join(&files[0].0) } else { at.join(&name) };
    let folder = if is_file { at } else { show.clone() };
    for (name, bytes) in &files {
        let place = home.join(&folder).join(name);
        let parent = place.parent().unwrap_or(home);
        std::fs::create_dir_all(parent).map_err(disk(parent))?;
        if std::fs::read(&place).ok().as_deref() != Some(bytes) {
            write::single(&place, bytes)?;
        }
    }
    Ok(show)
}

/// A copy of a file of scenarios inside the folder of the run: its path from there.
fn copied_scenarios(item: &Item, file: &Path, home: &Path) -> Result<PathBuf, Error> {
    let bytes = std::fs::read(file)
        .map_err(|source| read::Error::Unreadable { path: file.to_owned(), source })?;
    let name = file.file_name().unwrap_or("scenarios.toml".as_ref());
    let place = Path::new("inputs").join(&item.name).join("scenarios").join(name);
    let folder = home.join(place.parent().unwrap_or(Path::new("")));
    std::fs::create_dir_all(&folder).map_err(disk(&folder))?;
    write::single(&home.join(&place), &bytes)?;
    Ok(place)
}

/// A path inside the folder of the run as seen from there, since folders have other names on other
/// machines; else the whole path.
fn seen_from(home: &Path, path: &Path) -> PathBuf {
    let whole = path.canonicalize().or_else(|_| std::path::absolute(path));
    let whole = whole.unwrap_or_else(|_| path.to_owned());
    whole.strip_prefix(home).map(Path::to_owned).unwrap_or(whole)
}

/// The manifest of the run in a folder, or at the path of the manifest itself.
///
/// # Errors
/// When it is not there, not whole, or of another program.
pub fn load(run: &Path) -> Result<Manifest, Error> {
    let path = if run.is_dir() { run.join(MANIFEST) } else { run.to_owned() };
    let wrong = |why: String| Error::File { path: path.clone(), why };
    let bytes = std::fs::read(&path).map_err(|error| wrong(error.to_string()))?;
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|error| wrong(format!("it is no manifest of a run: {error}")))?;
    if manifest.format != FORMAT || manifest.version != VERSION {
        return Err(wrong(format!(
            "it is `{}` of version {}, not `{FORMAT}` of version {VERSION}",
            manifest.format, manifest.version
        )));
    }
    let is_sorted = manifest.shards.is_sorted() && manifest.shards.first() == Some(&0);
    let is_within = manifest.shards.iter().all(|&first| first <= manifest.items.len());
    // A name becomes the name of a folder.
    let is_name = |name: &str| super::item::folder_name(name) == name;
    let are_named = manifest.items.iter().all(|listed| is_name(&listed.item.name));
    if !is_sorted || !is_within || !are_named || manifest.hash != manifest.hash_now() {
        return Err(wrong("it was changed, or is not whole; plan the shards again".to_owned()));
    }
    if manifest.program != program() {
        return Err(wrong(format!(
            "the shards were planned by {}, and this is {}: all machines of a run need the same",
            manifest.program,
            program()
        )));
    }
    Ok(manifest)
}

/// The folder of a run that is named by itself or by its manifest.
pub fn home(run: &Path) -> &Path {
    match run.parent() {
        Some(parent) if !run.is_dir() => {
            if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            }
        }
        _ => run,
    }
}

/// How running a shard ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardRan {
    /// It was done before.
    Before,
    /// It is done now; so many of its items were taken over from a stopped run of it.
    Now {
        /// Items taken over.
        skipped: usize,
    },
    /// It was stopped; what it has done is kept.
    Stopped,
}

/// Runs one shard of a run, `threads` items at a time.
///
/// # Errors
/// When shows have changed since the shards were planned, or the disk refuses.
pub fn run_shard(
    manifest: &Manifest,
    home: &Path,
    shard: usize,
    threads: usize,
    follow: &dyn Follow,
) -> Result<ShardRan, Error> {
    let range = manifest.range(shard);
    if file::rows(manifest, home, shard).is_ok_and(|mut rows| rows.all(|row| row.is_ok())) {
        follow.counted(range.len(), range.len());
        return Ok(ShardRan::Before);
    }
    let listed = &manifest.items[range];
    let items: Vec<Item> = listed.iter().map(|listed| at_home(&listed.item, home)).collect();
    let hashes: Vec<String> = listed.iter().map(|listed| listed.hash.clone()).collect();
    let batch = Batch {
        items: &items,
        expected: Some(&hashes),
        folder: home,
        keep: manifest.keep(),
        threads,
    };
    let ran = run(&batch, follow)?;
    if ran.done.contains(&false) {
        return Ok(ShardRan::Stopped);
    }
    let folder = home.join("shards");
    std::fs::create_dir_all(&folder).map_err(disk(&folder))?;
    let store = Store { folder: home, keep: manifest.keep() };
    file::write(manifest, home, shard, &items, &store)?;
    Ok(ShardRan::Now { skipped: ran.skipped })
}

/// An item with its path from here.
fn at_home(item: &Item, home: &Path) -> Item {
    // An absolute path stays as it is.
    let scenarios = item.scenarios.as_ref().map(|file| home.join(file));
    Item { path: home.join(&item.path), scenarios, ..item.clone() }
}

/// A shard whose rows are not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The shard.
    pub shard: usize,
    /// Why its rows cannot be used.
    pub why: String,
}

/// What merging came to.
#[derive(Clone, Debug)]
pub enum Merged {
    /// All shards, or with `partial` those that are there, are in the results.
    Whole {
        /// The results in one look.
        summary: BatchSummary,
        /// Shards that are not in them.
        missing: Vec<Missing>,
    },
    /// Nothing was written, since shards are missing.
    Missing(Vec<Missing>),
}

/// Merges the shards of a run into `output`: the same bytes as one batch of its items, for any number
/// of shards. Shards that are missing or broken are named; without `partial` nothing is written then.
///
/// # Errors
/// When the disk refuses.
pub fn merge(
    manifest: &Manifest,
    home: &Path,
    output: &Path,
    partial: bool,
) -> Result<Merged, Error> {
    let mut good = Vec::new();
    let mut missing = Vec::new();
    for shard in 0..manifest.shards.len() {
        let check = || -> Result<(), String> {
            file::rows(manifest, home, shard)?.try_for_each(|row| row.map(drop))
        };
        match check() {
            Ok(()) => good.push(shard),
            Err(why) => missing.push(Missing { shard, why }),
        }
    }
    if !missing.is_empty() && !partial {
        return Ok(Merged::Missing(missing));
    }
    std::fs::create_dir_all(output).map_err(disk(output))?;
    let lost = |shard: usize, why: String| Error::File { path: file::place(home, shard), why };
    let rows = || {
        good.iter().flat_map(|&shard| {
            let rows = file::rows(manifest, home, shard);
            let (rows, error) = match rows {
                Ok(rows) => (Some(rows), None),
                Err(why) => (None, Some(Err(lost(shard, why)))),
            };
            let rows = rows.into_iter().flatten();
            error.into_iter().chain(rows.map(move |row| row.map_err(|why| lost(shard, why))))
        })
    };
    let summary = put_together(output, manifest.items.len(), rows)?;
    Ok(Merged::Whole { summary, missing })
}

fn disk(path: &Path) -> impl Fn(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Write(write::Error::Disk { path: path.clone(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other_and_have_about_the_same_size() {
        assert_eq!(cut(&[1, 1, 1, 1], 2), [0, 2]);
        assert_eq!(cut(&[3, 1, 1, 1], 2), [0, 1]);
        assert_eq!(cut(&[1, 1], 4), [0, 0, 1, 1]); // some are empty
        assert_eq!(cut(&[], 3), [0, 0, 0]);
        assert_eq!(cut(&[5, 5, 5], 1), [0]);
        assert_eq!(cut(&[u64::MAX; 4], 4), [0, 1, 2, 3]);
    }
}
