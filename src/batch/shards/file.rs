//! The file of a shard: what it is of, a line for each row, and their hash.

use super::{Listed, Manifest};
use crate::batch::store::Store;
use crate::batch::{Error, Item};
use crate::result::ItemRow;
use crate::write;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Where it is.
pub(super) fn place(home: &Path, shard: usize) -> PathBuf {
    home.join("shards").join(format!("{shard:05}.ndjson"))
}

/// The first line of the file of a shard.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    run: String,
    shard: usize,
    items: usize,
}

/// Its last line.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Foot {
    rows: usize,
    hash: String,
}

/// Writes it whole, from the rows that are stored.
pub(super) fn write(
    manifest: &Manifest,
    home: &Path,
    shard: usize,
    items: &[Item],
    store: &Store<'_>,
) -> Result<(), Error> {
    write::streamed(&place(home, shard), |out| {
        let head = Head { run: manifest.hash.clone(), shard, items: items.len() };
        out.write_all(&write::json_line(&head))?;
        let mut hasher = blake3::Hasher::new();
        for item in items {
            let gone = || std::io::Error::other(format!("the row of {} has gone", item.name));
            let (_, line) = store.row(item).ok_or_else(gone)?;
            hasher.update(&line);
            out.write_all(&line)?;
        }
        let foot = Foot { rows: items.len(), hash: hasher.finalize().to_hex().to_string() };
        out.write_all(&write::json_line(&foot))
    })?;
    Ok(())
}

/// The rows of the file of a shard with their lines; the last step of the iterator is an error if the
/// file is not whole.
pub(super) fn rows<'m>(
    manifest: &'m Manifest,
    home: &Path,
    shard: usize,
) -> Result<Rows<'m>, String> {
    let open = std::fs::File::open(place(home, shard)).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "it is not there".to_owned(),
        _ => format!("it cannot be read: {error}"),
    })?;
    let mut rows = Rows {
        reader: BufReader::new(open),
        items: manifest.items[manifest.range(shard)].iter(),
        hasher: blake3::Hasher::new(),
        number: 0,
        is_over: false,
    };
    let head: Head =
        serde_json::from_slice(&rows.line()?).map_err(|_| "its first line is broken".to_owned())?;
    let items = manifest.range(shard).len();
    if head != (Head { run: manifest.hash.clone(), shard, items }) {
        return Err("it belongs to another run".to_owned());
    }
    Ok(rows)
}

/// The rows that follow each other in it.
pub(super) struct Rows<'m> {
    reader: BufReader<std::fs::File>,
    items: std::slice::Iter<'m, Listed>,
    hasher: blake3::Hasher,
    number: usize,
    is_over: bool,
}

impl Rows<'_> {
    fn line(&mut self) -> Result<Vec<u8>, String> {
        let mut line = Vec::new();
        let read = self.reader.read_until(b'\n', &mut line);
        read.map_err(|error| format!("it cannot be read: {error}"))?;
        if line.last() == Some(&b'\n') { Ok(line) } else { Err("it is cut off".to_owned()) }
    }

    fn row(&mut self, listed: &Listed) -> Result<(ItemRow, Vec<u8>), String> {
        let line = self.line()?;
        self.hasher.update(&line);
        self.number += 1;
        let broken = |_| format!("row {} is broken", self.number);
        let row: ItemRow = serde_json::from_slice(&line).map_err(broken)?;
        if row.name != listed.item.name {
            return Err(format!(
                "row {} is of {}, not {}",
                self.number, row.name, listed.item.name
            ));
        }
        Ok((row, line))
    }

    fn foot(&mut self) -> Result<(), String> {
        let foot: Foot = serde_json::from_slice(&self.line()?)
            .map_err(|_| "its last line is broken".to_owned())?;
        let hash = self.hasher.finalize().to_hex().to_string();
        if foot == (Foot { rows: self.number, hash }) {
            Ok(())
        } else {
            Err("its rows are not those that were written".to_owned())
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<(ItemRow, Vec<u8>), String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let step = match self.items.next() {
            Some(listed) => Some(self.row(listed)),
            None => {
                self.is_over = true;
                self.foot().err().map(Err)
            }
        };
        self.is_over |= matches!(step, Some(Err(_)));
        step
    }
}
