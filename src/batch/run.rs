//! Items side by side, each on one thread, and what all of them came to.
//!
//! Threads of the system take the next item from a counter. A pool of rayon would not do: a thread
//! that waits for an inner pool, as planning has one, takes another item meanwhile, and would hold two
//! shows at once, then three, each waiting for the one begun after it.

use super::beginnings::Beginnings;
use super::row::{self, Done};
use super::store::{Keep, RESULTS, Store, TABLE};
use super::{Error, Item};
use crate::result::{BatchSummary, ItemRow, ItemStatus};
use crate::solve::{Progress, Watch};
use crate::write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Somebody who follows a batch and may stop it.
pub trait Follow: Sync {
    /// So many of all items are done.
    fn counted(&self, done: usize, all: usize);
    /// The row of the next item in the order of the list, as a line of NDJSON.
    fn row(&self, line: &[u8]);
    /// Whether the batch should end with the items that are done.
    fn stop(&self) -> bool;
}

/// What to run.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'b> {
    /// The items.
    pub items: &'b [Item],
    /// Hashes that the items must have, where they were listed before.
    pub expected: Option<&'b [String]>,
    /// Where results go.
    pub folder: &'b Path,
    /// What is kept of each item.
    pub keep: Keep,
    /// Items at a time; 0 = as many as there are cores.
    pub threads: usize,
}

/// What was done.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Which items have a row now.
    pub done: Vec<bool>,
    /// Rows taken over from an earlier run.
    pub skipped: usize,
}

/// Plans the items that are not done yet. The same input, options and steps leave the same bytes,
/// whatever the number of threads and however often the run was stopped and begun again.
///
/// # Errors
/// When the disk refuses, or items have not the hashes they should have.
pub fn run(batch: &Batch<'_>, follow: &dyn Follow) -> Result<Ran, Error> {
    let all = batch.items.len();
    let threads = match batch.threads {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        threads => threads,
    };
    let at_work = Work {
        batch,
        store: Store { folder: batch.folder, keep: batch.keep },
        follow,
        beginnings: Beginnings::new(threads),
        next: AtomicUsize::new(0),
        done: (0..all).map(|_| AtomicBool::new(false)).collect(),
        counted: AtomicUsize::new(0),
        skipped: AtomicUsize::new(0),
        told: Mutex::new(0),
        failed: Mutex::new(None),
        over: AtomicBool::new(false),
        changed: Mutex::new(Vec::new()),
    };
    follow.counted(0, all);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(all.max(1)) {
            scope.spawn(|| at_work.work());
        }
    });
    let Work { done, skipped, failed, changed, .. } = at_work;
    if let Some(error) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut changed = changed.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !changed.is_empty() {
        changed.sort();
        return Err(Error::Changed(changed));
    }
    let done: Vec<bool> = done.into_iter().map(AtomicBool::into_inner).collect();
    Ok(Ran { done, skipped: skipped.into_inner() })
}

/// What the threads share.
struct Work<'w> {
    batch: &'w Batch<'w>,
    store: Store<'w>,
    follow: &'w dyn Follow,
    beginnings: Beginnings,
    /// The next item that nobody has taken.
    next: AtomicUsize,
    done: Vec<AtomicBool>,
    counted: AtomicUsize,
    skipped: AtomicUsize,
    /// Rows told so far, all from the beginning of the list.
    told: Mutex<usize>,
    failed: Mutex<Option<Error>>,
    /// Something failed: no thread goes on.
    over: AtomicBool,
    changed: Mutex<Vec<String>>,
}

/// A batch hears nothing of the steps of one item.
struct Quiet<'q>(&'q Work<'q>);

impl Watch for Quiet<'_> {
    fn progress(&self, _: Progress) {}
    fn stop(&self) -> bool {
        self.0.is_over()
    }
}

impl Work<'_> {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed) || self.follow.stop()
    }

    fn work(&self) {
        // What an item does side by side stays on this thread.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        while !self.is_over() {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = self.batch.items.get(at) else { return };
            let did = match &pool {
                Ok(pool) => pool.install(|| self.one(at, item)),
                Err(_) => self.one(at, item),
            };
            match did {
                Ok(true) => self.count(at),
                Ok(false) => {}
                Err(error) => {
                    self.over.store(true, Ordering::Relaxed);
                    let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
                    failed.get_or_insert(error);
                    return;
                }
            }
        }
    }

    /// One item; whether it is done now.
    fn one(&self, at: usize, item: &Item) -> Result<bool, Error> {
        let expected = self.batch.expected.and_then(|hashes| hashes.get(at));
        let is_other = |hash: &str| expected.is_some_and(|expected| expected != hash);
        let done = match item.input_hash() {
            Err(error) => Done { row: row::unreadable(item, &error), document: None },
            Ok(input_hash) => {
                let hash = item.hash(&input_hash);
                if is_other(&hash) {
                    return Ok(self.has_changed(item));
                }
                if self.store.finished(item, &hash).is_some() {
                    self.skipped.fetch_add(1, Ordering::Relaxed);
                    return Ok(true);
                }
                match row::plan(item, &self.beginnings, &Quiet(self)) {
                    Some(done) => done,
                    None => return Ok(false),
                }
            }
        };
        // A show may have been saved meanwhile. Faults of the program have no hash.
        if is_other(&done.row.item_hash) && done.row.status != ItemStatus::Failed {
            return Ok(self.has_changed(item));
        }
        self.store.put(item, &done)?;
        Ok(true)
    }

    fn has_changed(&self, item: &Item) -> bool {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).push(item.name.clone());
        false
    }

    /// Counts an item that is done, and tells the rows that are next in the list.
    fn count(&self, at: usize) {
        self.done[at].store(true, Ordering::Release);
        let count = self.counted.fetch_add(1, Ordering::Relaxed) + 1;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(item) = self.batch.items.get(*told)
            && self.done[*told].load(Ordering::Acquire)
        {
            if let Some((_, line)) = self.store.row(item) {
                self.follow.row(&line);
            }
            *told += 1;
        }
        drop(told);
        self.follow.counted(count, self.batch.items.len());
    }
}

/// Writes the rows of all items that are done, in the order of the list, as NDJSON and as a table, and
/// sums them up.
///
/// # Errors
/// When a row has gone, or the disk refuses.
pub fn results(batch: &Batch<'_>, ran: &Ran) -> Result<BatchSummary, Error> {
    let store = Store { folder: batch.folder, keep: batch.keep };
    let rows = || {
        let done = batch.items.iter().zip(&ran.done).filter(|(_, done)| **done);
        done.map(|(item, _)| {
            store.row(item).ok_or_else(|| Error::File {
                path: store.folder_of(item),
                why: "its row has gone while the batch ran".to_owned(),
            })
        })
    };
    put_together(batch.folder, batch.items.len(), rows)
        .map(|summary| BatchSummary { skipped: ran.skipped, ..summary })
}

/// Writes rows, each with its line, into `folder`, and sums them up.
pub(super) fn put_together<R>(
    folder: &Path,
    items: usize,
    rows: impl Fn() -> R,
) -> Result<BatchSummary, Error>
where
    R: Iterator<Item = Result<(ItemRow, Vec<u8>), Error>>,
{
    let mut summary = BatchSummary { items, ..BatchSummary::default() };
    let mut failed = None;
    let stopped = || std::io::Error::other("rows are missing");
    let written = write::streamed(&folder.join(RESULTS), |out| {
        for row in rows() {
            match row {
                Ok((row, line)) => {
                    out.write_all(&line)?;
                    summary.take(row);
                }
                Err(error) => {
                    failed = Some(error);
                    return Err(stopped());
                }
            }
        }
        Ok(())
    });
    if let Some(error) = failed {
        return Err(error);
    }
    written?;
    write::streamed(&folder.join(TABLE), |out| {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(write::ITEM_COLUMNS)?;
        for (row, _) in rows().flatten() {
            table.write_record(write::item(&row))?;
        }
        table.flush()
    })?;
    #[cfg(feature = "parquet")]
    write::streamed(&folder.join(super::PARQUET), |out| {
        write::parquet_items(out, &mut rows().flatten().map(|(row, _)| row))
    })?;
    Ok(summary)
}
