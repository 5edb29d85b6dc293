//! The plans that scenarios start from: one for all scenarios of a show, made by the first that needs it.
//!
//! A few are kept, so that memory does not grow with the number of shows. Each is the same whoever makes
//! it: a shard that makes its own finds what one batch finds.

use super::Item;
use crate::compare::{self, Beginning, Trouble};
use crate::model::Issue;
use crate::pipeline::{self, Answered, Compared, Ready};
use crate::read;
use crate::solve::Watch;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// What scenarios of a show start from, or why they cannot.
pub(super) enum Began {
    Ready(Box<Ready>, Box<Beginning>),
    Flawed(Vec<Issue>),
    NoPlan(String),
    Unreadable(read::Error),
}

/// One that is being made or is there.
type Slot = Arc<Mutex<Option<Arc<Began>>>>;

/// Those that are kept.
pub(super) struct Beginnings {
    kept: Mutex<VecDeque<(String, Slot)>>,
    /// So many at most, each made on as many threads: others wait for it.
    threads: usize,
}

impl Beginnings {
    /// For a batch on so many threads.
    pub fn new(threads: usize) -> Beginnings {
        Beginnings { kept: Mutex::default(), threads: threads.max(1) }
    }

    /// What the scenarios of an item's file start from; `None` when making it was stopped.
    pub fn of(&self, item: &Item, file: &Path, watch: &dyn Watch) -> Option<Arc<Began>> {
        let slot = self.slot(format!("{:?} {file:?} {:?}", item.path, item.options));
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.is_none() {
            *slot = Some(Arc::new(self.begin(item, file, watch)?));
        }
        slot.clone()
    }

    fn slot(&self, key: String) -> Slot {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, slot)) = kept.iter().find(|(other, _)| *other == key) {
            return Arc::clone(slot);
        }
        if kept.len() >= self.threads {
            kept.pop_front();
        }
        let slot = Slot::default();
        kept.push_back((key, Arc::clone(&slot)));
        slot
    }

    fn begin(&self, item: &Item, file: &Path, watch: &dyn Watch) -> Option<Began> {
        let ready = match pipeline::ready(&item.path, file, None, &item.request()) {
            Ok(Ok(ready)) => ready,
            Ok(Err(Compared::Scenarios(issues))) => return Some(Began::Flawed(issues)),
            Ok(Err(Compared::Show(Answered::Flawed(checked)))) => {
                return Some(Began::Flawed(checked.issues));
            }
            Ok(Err(_)) => return None,
            Err(error) => return Some(Began::Unreadable(error)),
        };
        let options = compare::Options { threads: self.threads, ..ready.options };
        match Beginning::new(&ready.production, &options, watch) {
            Ok(_) if watch.stop() => None,
            Ok(beginning) => Some(Began::Ready(Box::new(ready), Box::new(beginning))),
            Err(Trouble::Stopped) => None,
            Err(Trouble::Refused(_)) => {
                Some(Began::NoPlan("refused by the independent check".to_owned()))
            }
            Err(Trouble::Unreconciled(faults)) => Some(Began::NoPlan(faults.join("; "))),
        }
    }
}
