//! Arguments of the questions about crew, dates, prices and budgets.

use super::shared::{ModeWord, Opening, Pay, Search, TableTelling, Telling};
use super::values::{count, date, draws, seconds, steps};
use clap::{Args, ValueHint};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Args)]
pub struct CrewCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    #[command(flatten)]
    pub opening: Opening,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: TableTelling,
}

#[derive(Debug, Args)]
pub struct ConflictsCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: Telling,
}

#[derive(Debug, Args)]
pub struct PricesCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// So many prices of each kind at most, the dearest first.
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = count, allow_negative_numbers = true)]
    pub most: usize,
    /// Ask for no more prices after this time (20s, 2m; a bare number is seconds).
    #[arg(long, value_name = "TIME", value_parser = seconds, allow_hyphen_values = true)]
    pub time_limit: Option<Duration>,
    /// Solve so many programs again at most: the same answer on any machine.
    #[arg(long, value_name = "N", conflicts_with = "time_limit", value_parser = steps, allow_negative_numbers = true)]
    pub steps: Option<u64>,
    /// What to favour [default: the show's].
    #[arg(long, value_enum)]
    pub mode: Option<ModeWord>,
    #[command(flatten)]
    pub telling: Telling,
}

#[derive(Debug, Args)]
pub struct CrewForCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// The date to make: the work is done at the end of this day (2027-05-14).
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub by: jiff::civil::Date,
    /// Milestone, sequence or shot to make it for [default: the last final delivery].
    #[arg(long, value_name = "NAME")]
    pub milestone: Option<String>,
    #[command(flatten)]
    pub pay: Pay,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: Telling,
}

#[derive(Debug, Args)]
pub struct DateForCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// People more or less by department, from a date to a date where they are said: "CMP+2,
    /// FX+1@2027-03-01, LGT-1@2027-04-05..2027-05-28"; people moved on terms of `moves`: "Ira>CMP, ROTO>CMP+2";
    /// or a file with one of these on each line.
    #[arg(long, value_name = "CREW", value_hint = ValueHint::FilePath)]
    pub crew: String,
    /// Milestone, sequence or shot [default: the last final delivery].
    #[arg(long, value_name = "NAME")]
    pub milestone: Option<String>,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: Telling,
}

#[derive(Debug, Args)]
pub struct CrunchCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: Telling,
}

#[derive(Debug, Args)]
pub struct OutsourceCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// What could go out: departments, sequences, shots, assets or tasks ("ROTO,PREP", "030"); with a
    /// colon only a department's work in it ("030:ROTO").
    #[arg(long, value_name = "CODES")]
    pub scope: String,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: Telling,
}

#[derive(Debug, Args)]
pub struct BudgetCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// Most that something may cost in the end: "total=1200000", "ARC=300000" (a show),
    /// "CMP=50000" (a department), "20-16=40000" (an account), "2027-03=90000" (a month) [default: the show's own budget].
    #[arg(long = "cap", value_name = "CAP")]
    pub caps: Vec<String>,
    #[command(flatten)]
    pub opening: Opening,
    /// Write the answer as a workbook too, with live formulas.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub xlsx: Option<PathBuf>,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: TableTelling,
}

/// Help of `tradeoff` on its limit.
const CURVE_LIMIT: &str = "Stop improving the plans after this time, for all of them together (20s, 2m, 1h30m; a bare \
    number is seconds); more than 5,000 tasks need more [default: 4s]";

#[derive(Debug, Args)]
#[command(mut_arg("time_limit", |arg| arg.help(CURVE_LIMIT).long_help(CURVE_LIMIT)))]
pub struct TradeoffCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// Milestone, sequence or shot [default: the last final delivery].
    #[arg(long, value_name = "NAME")]
    pub milestone: Option<String>,
    /// Plans to make, three at least; those that another beats in date and cost are left out.
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = count, allow_negative_numbers = true)]
    pub plans: usize,
    /// Say too by when, and for how much, each plan is done with so much confidence, in per cent.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(1..=99), allow_negative_numbers = true)]
    pub confidence: Option<u32>,
    /// Draws of each plan for that.
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = draws, allow_negative_numbers = true)]
    pub draws: u32,
    /// What is not certain (see `risk`) [default: what is usual in the trade].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub uncertainty: Option<PathBuf>,
    #[command(flatten)]
    pub pay: Pay,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: Telling,
}
