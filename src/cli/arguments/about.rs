//! Arguments of what tells about the program itself.

use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct SchemaCall {
    /// Which format.
    #[arg(value_enum, default_value_t)]
    pub of: SchemaOf,
}

/// A format with a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// result.json.
    #[default]
    Result,
    /// A show in one JSON file.
    Show,
    /// A file of scenarios.
    Scenarios,
    /// The answer of `compare`.
    Compare,
    /// The answer of `sweep`.
    Sweep,
    /// What `crew --format json` prints.
    Crew,
    /// What `prices --format json` prints.
    Prices,
    /// What `conflicts --format json` prints.
    Conflicts,
    /// What `crew-for --format json` prints.
    CrewFor,
    /// What `date-for --format json` prints.
    DateFor,
    /// What `tradeoff --format json` prints.
    Tradeoff,
    /// What `crunch --format json` prints.
    Crunch,
    /// What `outsource --format json` prints.
    Outsource,
    /// What `budget --format json` prints.
    Budget,
    /// What `cost-report --format json` prints.
    CostReport,
    /// What `--why` prints with `--format json`.
    Why,
    /// What `cash --format json` prints.
    Cash,
    /// What `vendors --format json` prints.
    Vendors,
    /// What `margin --format json` prints.
    Margin,
    /// What `earned-value --format json` prints.
    EarnedValue,
    /// What `bids --format json` prints.
    Bids,
    /// What `bid --format json` prints.
    Bid,
    /// What `close` writes.
    Snapshot,
    /// What `weekly --format json` prints.
    Weekly,
    /// What `risk --format json` prints.
    Risk,
    /// What `learn --format json` prints.
    Learn,
    /// What `risk --uncertainty` reads.
    Uncertainty,
}

#[derive(Debug, Args)]
pub struct CompletionsCall {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct ManCall {
    /// Folder for one page a command.
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
}
