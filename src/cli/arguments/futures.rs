//! Arguments of what may come: scenarios, sweeps, odds.

use super::shared::{Format, Search, TableTelling};
use super::values::{basis_points, draws};
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct CompareCall {
    /// The show: a folder with show.toml and tables, or one JSON file.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// The scenarios, in TOML or JSON (`shotplan schema scenarios`).
    #[arg(value_hint = ValueHint::FilePath)]
    pub scenarios: PathBuf,
    /// Folder for the results: index.html, compare.csv, compare.xlsx, compare.json.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// What to rank them for: "cheapest", "earliest [MILESTONE]", "calmest" or "least overtime", and "that
    /// meets" MILESTONE by DATE, all dates, under AMOUNT, with "and" between; "with 80 %" after these asks
    /// for the odds of them, drawn from the plan of each scenario.
    #[arg(long, value_name = "AIM")]
    pub aim: Option<String>,
    /// Draws of each scenario, where the aim asks for odds.
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = draws, allow_negative_numbers = true)]
    pub draws: u32,
    /// What is not certain, for the odds (see `risk`) [default: what is usual in the trade].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub uncertainty: Option<PathBuf>,
    /// Say what two of them have differently, task by task; "as it is" is the show without edits.
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub diff: Option<Vec<String>>,
    /// Limits are those of each scenario; the plan that all start from gets four times as much.
    #[command(flatten)]
    pub search: Search,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct SweepCall {
    /// The show: a folder with show.toml and tables, or one JSON file.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// What to vary: an operation, what it is about, and a range or a list. "crew CMP 18..30",
    /// "bid_overrun 0..40%/10", "add_artists CMP 0,2,4 from=2027-03-01", "move_date final -10..10/5".
    /// Several are combined.
    #[arg(long, value_name = "QUESTION", required = true)]
    pub set: Vec<String>,
    /// Most that the production may cost [default: its budget, where it has one].
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    pub cap: Option<String>,
    /// Limits are those of each value; the plan that all start from gets four times as much.
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: TableTelling,
}

#[derive(Debug, Args)]
pub struct RiskCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// What is not certain, in TOML or JSON [default: what is usual in the trade].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub uncertainty: Option<PathBuf>,
    /// Take this plan, a result.json or a table, instead of planning.
    #[arg(long, value_name = "RESULT", value_hint = ValueHint::FilePath)]
    pub plan: Option<PathBuf>,
    /// Draws to make.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = draws, allow_negative_numbers = true)]
    pub draws: u32,
    /// Who does the work when dates move.
    #[arg(long, value_enum, default_value_t)]
    pub policy: PolicyWord,
    /// Level of contingency and headlines, in per cent.
    #[arg(long, value_name = "PERCENT", default_value_t = 80, value_parser = clap::value_parser!(u32).range(1..=99), allow_negative_numbers = true)]
    pub confidence: u32,
    /// Stop as soon as every probability, and every level of cost as a share of it, is known within so much.
    #[arg(long, value_name = "PERCENT", value_parser = basis_points, allow_hyphen_values = true)]
    pub precision: Option<i64>,
    /// Milestone, sequence or shot that causes and tasks are about [default: the last final delivery].
    #[arg(long, value_name = "NAME")]
    pub milestone: Option<String>,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: TableTelling,
}

/// Who does the work when dates move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PolicyWord {
    /// The people of the plan, each in the order of the plan.
    #[default]
    FixedOrder,
    /// The same while a task keeps its planned end; else whoever is able and done with it first.
    Replan,
}

#[derive(Debug, Args)]
pub struct LearnCall {
    /// Finished work: a CSV table or .xlsx workbook with the columns bid and actual (and department, class,
    /// level), or a show with finished tasks and logged time.
    #[arg(value_name = "HISTORY", value_hint = ValueHint::AnyPath)]
    pub history: PathBuf,
    /// The uncertainty file to write.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// The sheet of a workbook [default: the first].
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// How to print what was learned.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
