//! Many plans: takes a list of items, gives a row and a folder for each, here or in shards elsewhere.
//!
//! An [`Item`] is a show with the options it is planned by. `list` reads items, `row` plans one,
//! [`run`] plans many side by side and takes finished ones over by their hash; [`shards`] cuts a list
//! into parts that any scheduler can run, and merges what they leave behind; [`engines`] writes the
//! jobs for the schedulers that studios have. Distributes nothing itself, and plans only through
//! [`pipeline`](crate::pipeline).

mod beginnings;
pub mod engines;
mod item;
pub mod list;
mod row;
mod run;
pub mod shards;
mod store;

pub use item::{Item, Options, own_seed};
pub use run::{Batch, Follow, Ran, results, run};
#[cfg(feature = "parquet")]
pub use store::PARQUET;
pub use store::{Keep, RESULTS, TABLE};

use crate::model::Issue;
use crate::{read, write};
use std::path::PathBuf;

#[doc = include_str!("../docs/batch.md")]
pub mod guide {}

/// Why a batch cannot go on. What is wrong with one item is in its row instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk refused.
    #[error(transparent)]
    Write(#[from] write::Error),
    /// A show cannot be read where it has to be.
    #[error(transparent)]
    Read(#[from] read::Error),
    /// A file of the batch cannot be read.
    #[error("`{}` cannot be read: {why}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// The list of items is wrong; every flaw of it.
    #[error("the list of items is wrong")]
    List(Vec<Issue>),
    /// Shows have changed since the shards were planned.
    #[error("changed since the shards were planned: {}; plan the shards again", .0.join(", "))]
    Changed(Vec<String>),
    /// The call makes no sense here.
    #[error("{0}")]
    Call(String),
}
