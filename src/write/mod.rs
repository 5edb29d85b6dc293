//! Results for programs: the saved document and its tables, put into a folder whole or not at all.
//!
//! Takes a [`Document`], gives files. Both `plan` and `report` go through
//! [`files`], so a page made again from a saved result has the same bytes. Calculates nothing:
//! only units change here (minor units to amounts, minutes to days).

mod actuals;
mod amounts;
mod desk_tables;
mod folder;
mod items;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod risk;
mod scenarios;
pub mod show_folder;
mod single;
mod tables;
mod weekly;
mod workbook;

pub use actuals::with_actuals;
pub use amounts::money;
pub use desk_tables::{
    bid, bids, budget, cash, changes, closed, crew, earned_value, ladder, margin, packages,
    payments, vendors,
};
pub use folder::{Error, folder, folder_without, may_hold, must_be_new, new_folder};
pub use items::{ITEM_COLUMNS, item};
pub use json::{json, json_line};
#[cfg(feature = "parquet")]
pub use parquet::items as parquet_items;
pub use risk::{learned, risk};
pub use scenarios::{COMPARISON_NAMES, comparison, scenarios_csv, sweep_csv};
pub use single::{single, streamed};
pub use tables::{against, cost_report_by, movement, snapshot, why};
pub use weekly::weekly;
pub use workbook::{bid_workbook, budget_workbook, workbook};

use crate::report;
use crate::result::{Document, FORMAT, Reports, VERSION};

/// A file to be written: its name in the folder and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Name inside the folder.
    pub name: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Names of the files of a result.
pub const NAMES: [&str; 5] =
    ["cost_report.csv", "crew.csv", "index.html", "plan.csv", "result.json"];

/// What is otherwise than in an earlier plan, where there is one to keep to.
pub const CHANGES: &str = "changes.csv";

/// All files of a result, in the order of their names.
///
/// `result.json` is the document itself; the others can be made from it at any time. `reports` are its reports about
/// money.
pub fn files(document: &Document, reports: &Reports) -> Vec<File> {
    let (page, (plan, result)) = rayon::join(
        || report::page(document, reports).into_bytes(),
        || (tables::plan(document), json_line(document)),
    );
    let bytes = [tables::cost_report(document), tables::crew(document), page, plan, result];
    let mut files: Vec<File> =
        NAMES.into_iter().zip(bytes).map(|(name, bytes)| File { name, bytes }).collect();
    if let Some(since) = &document.since {
        files.insert(0, File { name: CHANGES, bytes: tables::changes(since) });
    }
    files
}

/// Puts the files of a result into a folder, whole or not at all. Where an earlier result stands there, its list
/// of changes goes if this one has none.
///
/// # Errors
/// When something is in the way or the disk refuses; then the folder is as it was.
pub fn into_folder(path: &std::path::Path, files: &[File]) -> Result<(), Error> {
    // A file of that name beside no result is somebody's own.
    let is_ours = path.join("result.json").is_file();
    let is_stale = is_ours && !files.iter().any(|file| file.name == CHANGES);
    folder_without(path, files, if is_stale { &[CHANGES] } else { &[] })
}

/// The document in the bytes of a `result.json`.
///
/// # Errors
/// In words, when it is another format, a newer version, or not whole.
pub fn read_result(bytes: &[u8]) -> Result<Document, String> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let head: Head = serde_json::from_slice(bytes)
        .map_err(|error| format!("it is not a result of shotplan: {error}"))?;
    if head.format != FORMAT {
        return Err(format!("its format is `{}`, not `{FORMAT}`", head.format));
    }
    if head.version > VERSION {
        return Err(format!(
            "it was written by a newer program (version {} of the format; this one reads {VERSION})",
            head.version
        ));
    }
    let mut text = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut text)
        .map_err(|error| format!("at `{}`: {}", error.path(), error.inner()))
}
