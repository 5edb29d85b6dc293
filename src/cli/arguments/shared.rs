//! Arguments that several commands share: how to search, how to tell.

use super::values::{number, seconds, steps, threads};
use crate::model::Mode;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;
use std::time::Duration;

/// How to search for a plan.
#[derive(Debug, Args)]
pub struct Search {
    /// Stop improving the plan after this time (20s, 2m, 1h30m; a bare number is seconds) [default: 10s].
    #[arg(long, value_name = "TIME", value_parser = seconds, allow_hyphen_values = true)]
    pub time_limit: Option<Duration>,
    /// Stop after this many steps of improvement: the same plan on any machine and number of threads.
    #[arg(long, value_name = "N", conflicts_with = "time_limit", value_parser = steps, allow_negative_numbers = true)]
    pub steps: Option<u64>,
    /// Seed of the search [default: the show's].
    #[arg(long, value_name = "N", value_parser = number::<u64>, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Threads to use; 0 = all cores.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = threads, allow_negative_numbers = true)]
    pub threads: usize,
    /// What to favour [default: the show's].
    #[arg(long, value_enum)]
    pub mode: Option<ModeWord>,
}

/// A mode as it is written on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ModeWord {
    /// All components at their price.
    Balanced,
    /// Dates first.
    Deliver,
    /// Money first.
    Cheapest,
    /// Nobody works beyond contract hours.
    NoOvertime,
    /// Changes of an earlier plan count ten times.
    KeepPlan,
}

impl From<ModeWord> for Mode {
    fn from(word: ModeWord) -> Mode {
        match word {
            ModeWord::Balanced => Mode::Balanced,
            ModeWord::Deliver => Mode::Deliver,
            ModeWord::Cheapest => Mode::Cheapest,
            ModeWord::NoOvertime => Mode::NoOvertime,
            ModeWord::KeepPlan => Mode::KeepPlan,
        }
    }
}

/// Whether pay is told.
#[derive(Debug, Args)]
pub struct Pay {
    /// Tell the pay of single people too; without it there are bands of what a day of theirs costs.
    #[arg(long)]
    pub with_rates: bool,
}

/// Opening a figure.
#[derive(Debug, Args)]
pub struct Opening {
    /// List what one figure is made of: a row, or a row and a column, as in --why 2027-02-15:payroll. A row that
    /// is not there is answered with those that are.
    #[arg(long, value_name = "ROW[:COLUMN]", conflicts_with = "page")]
    pub why: Option<String>,
}

/// How to tell an answer.
#[derive(Debug, Args)]
pub struct Telling {
    /// How to print the answer; JSON has all of it.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Write the answer as a page too, which opens offline.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub page: Option<PathBuf>,
}

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Words for people.
    #[default]
    Text,
    /// JSON for programs.
    Json,
}

/// How to tell an answer that is a table too.
#[derive(Debug, Args)]
pub struct TableTelling {
    /// How to print the answer; JSON has all of it.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
    /// Write the answer as a page too, which opens offline.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub page: Option<PathBuf>,
}

/// How a table is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Words for people.
    #[default]
    Text,
    /// JSON for programs; amounts in minor units.
    Json,
    /// CSV for spreadsheets.
    Csv,
}

impl From<Format> for TableFormat {
    fn from(format: Format) -> TableFormat {
        match format {
            Format::Text => TableFormat::Text,
            Format::Json => TableFormat::Json,
        }
    }
}

impl From<TableFormat> for Format {
    fn from(format: TableFormat) -> Format {
        if format == TableFormat::Json { Format::Json } else { Format::Text }
    }
}
