//! Arguments of published instances and made-up shows.

use super::shared::Format;
use super::values::{number, per_cent, seconds, steps, threads};
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Args)]
pub struct SolveCall {
    /// The instance; its format is recognised from what it says (`-`: piped in).
    #[arg(value_hint = ValueHint::FilePath)]
    pub instance: PathBuf,
    /// Stop after this time, in seconds or with a unit (20, 2.5, 20s, 2m) [default: 10s].
    #[arg(long, value_name = "TIME", value_parser = seconds, allow_hyphen_values = true)]
    pub time_limit: Option<Duration>,
    /// Stop after this many schedules: the same answer on any machine and number of threads.
    #[arg(long, value_name = "N", conflicts_with = "time_limit", value_parser = steps, allow_negative_numbers = true)]
    pub steps: Option<u64>,
    /// Threads to use; 0 = all cores.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = threads, allow_negative_numbers = true)]
    pub threads: usize,
    /// Seed of the search.
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = number::<u64>, allow_negative_numbers = true)]
    pub seed: u64,
    /// What to make small.
    #[arg(long, value_enum, default_value_t)]
    pub objective: ObjectiveWord,
    /// With --objective cost: no task may end later.
    #[arg(long, value_name = "T", value_parser = number::<u32>, allow_negative_numbers = true)]
    pub deadline: Option<u32>,
    /// Write the schedule as JSON: start, mode and people of each task, all counted from 0.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub schedule: Option<PathBuf>,
    /// Add every improvement with its time and step to the answer.
    #[arg(long)]
    pub trace: bool,
}

/// What `solve` makes small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ObjectiveWord {
    /// The end of the last task.
    #[default]
    Makespan,
    /// What people are paid, in instances with salaries.
    Cost,
}

#[derive(Debug, Args)]
pub struct GenerateCall {
    /// Kind and size of the show.
    #[arg(long, value_enum)]
    pub archetype: ArchetypeWord,
    /// The same seed gives the same show.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = number::<u64>, allow_negative_numbers = true)]
    pub seed: u64,
    /// How well the crew fits the work.
    #[arg(long, value_enum, default_value_t = TightnessWord::Tight)]
    pub tightness: TightnessWord,
    /// How far into the show the day of the plan is [default: not begun].
    #[arg(long, value_name = "PERCENT", value_parser = per_cent, allow_hyphen_values = true)]
    pub as_of: Option<u32>,
    /// Add the faults that real data has (missing bids, stale statuses, wrong dates).
    #[arg(long)]
    pub dirt: bool,
    /// Add a render farm and licences that are sometimes scarce.
    #[arg(long)]
    pub pools: bool,
    /// Folder for the show; it must be new or empty.
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Kind of a made-up show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ArchetypeWord {
    /// 30 shots, 15 artists, 10 weeks.
    Commercial,
    /// 285 shots, 80 artists, 26 weeks.
    Episodic,
    /// 1,500 shots, 350 artists, 54 weeks.
    Feature,
    /// Six shows that share 1,200 artists, 74 weeks.
    Studio,
}

/// How well a made-up crew fits its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TightnessWord {
    /// Up to 2 % of the shots are late.
    Relaxed,
    /// 5 to 20 % of the shots are late.
    Tight,
    /// 35 to 60 % of the shots are late.
    Overloaded,
}
