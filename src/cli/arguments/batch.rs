//! Arguments of batches, their shards, and schedulers.

use super::shared::{Format, Search};
use super::values::{number, shard, shards, threads};
use crate::batch::engines::Engine;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct BatchCall {
    #[command(flatten)]
    pub list: ItemList,
    /// Folder for the results: results.ndjson, results.csv, and items/ with a folder each. Items that
    /// are done there are not planned again.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// What to print: a table when done, or with json a line for each item (NDJSON).
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// What to plan in a batch, and how.
#[derive(Debug, Args)]
pub struct ItemList {
    /// Shows, patterns ('shows/*'), text files with one of these on each line, NDJSON or TOML files
    /// with items (show, name, scenarios, scenario, seed, steps or time_limit, mode); `-` for such
    /// a list piped in.
    #[arg(value_name = "ITEMS", required = true, value_hint = ValueHint::AnyPath)]
    pub items: Vec<String>,
    #[command(flatten)]
    pub search: Search,
    /// Give each item a seed of its own, made from this one and its name.
    #[arg(long, value_name = "N", conflicts_with = "seed", value_parser = number::<u64>, allow_negative_numbers = true)]
    pub run_seed: Option<u64>,
    /// A file of scenarios: each show is planned in all of them, an item for each.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub scenarios: Option<PathBuf>,
    /// Keep the row of each item only, no pages and tables.
    #[arg(long)]
    pub rows_only: bool,
}

#[derive(Debug, Args)]
pub struct PlanShardsCall {
    #[command(flatten)]
    pub list: ItemList,
    /// Shards; each should be worth minutes of planning.
    #[arg(long, value_name = "N", value_parser = shards, allow_negative_numbers = true)]
    pub shards: usize,
    /// Copy the shows into the folder of the run, for machines that do not see them.
    #[arg(long)]
    pub copy: bool,
    /// Folder of the run: manifest.json, later shards and results.
    #[arg(short, long, value_name = "RUN", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct RunCall {
    /// Folder of the run, or its manifest.json.
    #[arg(value_name = "RUN", value_hint = ValueHint::AnyPath)]
    pub run: PathBuf,
    /// The shard, counted from 0: "3" or "3/8" [default: as the scheduler says in SLURM_ARRAY_TASK_ID,
    /// JOB_COMPLETION_INDEX or SGE_TASK_ID; without one all shards].
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<(usize, Option<usize>)>,
    /// Items at a time; 0 = all cores.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = threads, allow_negative_numbers = true)]
    pub threads: usize,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct MergeCall {
    /// Folder of the run, or its manifest.json.
    #[arg(value_name = "RUN", value_hint = ValueHint::AnyPath)]
    pub run: PathBuf,
    /// Folder for the results [default: that of the run].
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// Merge what is there, though shards are missing or broken.
    #[arg(long)]
    pub partial: bool,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct SubmitCall {
    /// Folder of the run, or its manifest.json.
    #[arg(value_name = "RUN", value_hint = ValueHint::AnyPath)]
    pub run: PathBuf,
    /// The scheduler.
    #[arg(long, value_enum)]
    pub engine: EngineWord,
    /// What your house's scheduler wants: queue, account, image, sizes (data/farm/house.toml).
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub house: Option<PathBuf>,
    /// Write the files of the job and say how to start it, but start nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A scheduler as it is written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineWord {
    /// Processes of this machine.
    Local,
    /// Slurm.
    Slurm,
    /// Open Job Description: run here, or by AWS Deadline Cloud.
    #[value(name = "openjd")]
    OpenJd,
    /// OpenCue.
    #[value(name = "opencue")]
    OpenCue,
    /// Kubernetes.
    Kubernetes,
}

impl From<EngineWord> for Engine {
    fn from(word: EngineWord) -> Engine {
        match word {
            EngineWord::Local => Engine::Local,
            EngineWord::Slurm => Engine::Slurm,
            EngineWord::OpenJd => Engine::OpenJd,
            EngineWord::OpenCue => Engine::OpenCue,
            EngineWord::Kubernetes => Engine::Kubernetes,
        }
    }
}
