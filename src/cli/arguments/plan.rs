//! Arguments of planning a show, judging a plan, and making pages of a result again.

use super::shared::{Format, Pay, Search};
use super::values::number;
use clap::{Args, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct PlanCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// Folder for the results; made if it is not there.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// An earlier result.json of this show to keep to: changes of who and when have a price, and all of them
    /// are listed (also in changes.csv). With --mode keep-plan they cost ten times as much.
    #[arg(long, value_name = "RESULT", value_hint = ValueHint::FilePath)]
    pub keep: Option<PathBuf>,
    /// Working days from the day of the plan on in which only what must changes.
    #[arg(long, value_name = "DAYS", default_value_t = 5, requires = "keep", value_parser = number::<u32>, allow_negative_numbers = true)]
    pub freeze: u32,
    /// Write the money as a workbook too: one sheet a view, with live formulas.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub xlsx: Option<PathBuf>,
    #[command(flatten)]
    pub pay: Pay,
    #[command(flatten)]
    pub search: Search,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct DemoCall {
    /// Folder for the results.
    #[arg(short, long, value_name = "OUT", default_value = "out/demo", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    #[command(flatten)]
    pub search: Search,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct CheckCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// Show every warning and error, not an example of each kind.
    #[arg(long)]
    pub all: bool,
    /// How to print the issues; JSON has them all.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct VerifyCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// The plan: a plan.csv or a result.json (`-`: piped in).
    #[arg(value_hint = ValueHint::FilePath)]
    pub plan: PathBuf,
    /// How to print the verdict.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct ReportCall {
    /// A result.json (`-`: piped in).
    #[arg(value_hint = ValueHint::FilePath)]
    pub result: PathBuf,
    /// Folder for the page and the tables [default: the folder of the result].
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[command(flatten)]
    pub pay: Pay,
}
