//! What a batch leaves behind, and what of it is still good.
//!
//! ```text
//! OUT/results.ndjson       a row an item, in the order of the list
//! OUT/results.csv          the same as a table
//! OUT/items/NAME/row.json  the row, written last: with it the item is done
//! OUT/items/NAME/…         page, tables and result, as `plan` writes them
//! ```

use super::row::Done;
use super::{Error, Item};
use crate::result::ItemRow;
use crate::{pipeline, write};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Name of the file with all rows.
pub const RESULTS: &str = "results.ndjson";
/// Name of the table with all rows.
pub const TABLE: &str = "results.csv";
/// Name of the Parquet file with all rows, in builds that have it.
#[cfg(feature = "parquet")]
pub const PARQUET: &str = "results.parquet";
/// Name of the file that says that an item is done.
const ROW: &str = "row.json";
/// Rows are small; a larger file is none.
const MOST_BYTES: u64 = 1 << 20;

/// What is kept of each item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Page, tables and result in the item's folder.
    All,
    /// The row only.
    Rows,
}

/// Where the items of a batch leave what they came to.
pub(super) struct Store<'s> {
    pub folder: &'s Path,
    pub keep: Keep,
}

impl Store<'_> {
    pub fn folder_of(&self, item: &Item) -> PathBuf {
        self.folder.join("items").join(&item.name)
    }

    /// The row of a finished item with this hash, as it is written, if all that is to be kept is there.
    pub fn finished(&self, item: &Item, hash: &str) -> Option<(ItemRow, Vec<u8>)> {
        let folder = self.folder_of(item);
        let (row, bytes) = read_row(&folder.join(ROW))?;
        let has_files = || write::NAMES.into_iter().all(|name| folder.join(name).is_file());
        // Only a plan has files, and a scenario's is not kept.
        let has_none = row.objective.is_none() || row.scenario.is_some();
        let is_whole = self.keep == Keep::Rows || has_none || has_files();
        (row.item_hash == hash && row.name == item.name && is_whole).then_some((row, bytes))
    }

    /// The row of an item as it is written.
    pub fn row(&self, item: &Item) -> Option<(ItemRow, Vec<u8>)> {
        read_row(&self.folder_of(item).join(ROW))
    }

    /// Writes what came of an item, its row last.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put(&self, item: &Item, done: &Done) -> Result<(), Error> {
        let folder = self.folder_of(item);
        let row = folder.join(ROW);
        // From here on until the new row is there the item is not done.
        remove(row.clone())?;
        match (self.keep, &done.document) {
            (Keep::All, Some(document)) => {
                let reports = pipeline::opened::reports(document);
                write::into_folder(&folder, &write::files(document, &reports))?;
            }
            // Files of an earlier plan would seem to belong to this row.
            _ => write::NAMES.into_iter().map(|name| folder.join(name)).try_for_each(remove)?,
        }
        std::fs::create_dir_all(&folder)
            .map_err(|source| write::Error::Disk { path: folder.clone(), source })?;
        write::single(&row, &write::json_line(&done.row))?;
        Ok(())
    }
}

fn remove(path: PathBuf) -> Result<(), write::Error> {
    match std::fs::remove_file(&path) {
        Err(source) if source.kind() != ErrorKind::NotFound => {
            Err(write::Error::Disk { path, source })
        }
        _ => Ok(()),
    }
}

fn read_row(path: &Path) -> Option<(ItemRow, Vec<u8>)> {
    let about = std::fs::metadata(path).ok()?;
    if about.len() > MOST_BYTES {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    // A row of another version of the program is no row of this one.
    let row = serde_json::from_slice(&bytes).ok()?;
    Some((row, bytes))
}
