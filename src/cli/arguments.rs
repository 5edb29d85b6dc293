//! The commands and their flags.

use crate::batch::engines::Engine;
use crate::model::Mode;
use crate::pipeline::By;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;
use std::time::Duration;

/// Schedules and budgets for visual-effects and animation production.
#[derive(Debug, Parser)]
#[command(name = "shotplan", version, max_term_width = 100, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done · 1 issues or violations found · 2 bad call or unreadable \
    file · 3 hard rules clash (plan given with them relaxed) · 4 no plan within the limit · \
    130 interrupted, or stopped near the memory limit (best plan kept)"
)]
pub struct Arguments {
    #[command(flatten)]
    pub every: Every,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every command.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Every {
    /// Say nothing about the run on stderr, only why it failed; results are printed as ever.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// How to say on stderr where a run stands.
    #[arg(long, global = true, value_enum, value_name = "HOW", default_value_t)]
    pub progress: ProgressWord,
    /// Keep to so much memory (500M, 2G): near it the search stops with the best plan so far, at it
    /// the program ends.
    #[arg(long, global = true, value_name = "SIZE", value_parser = super::memory::bytes, allow_hyphen_values = true)]
    pub memory_limit: Option<u64>,
}

/// How a run says where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ProgressWord {
    /// A moving line on a terminal, else a plain line now and then.
    #[default]
    Auto,
    /// A line of JSON for each change; all that is said on stderr is JSON then.
    Json,
    /// Not at all.
    None,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Plan a show: who does what when, what it costs, how good the plan is.
    Plan(PlanCall),
    /// Plan the episodic show that comes with the program, to have a look.
    Demo(DemoCall),
    /// List everything that is wrong with a show, all at once, without planning.
    Check(CheckCall),
    /// Judge any plan of a show, also one made by hand.
    Verify(VerifyCall),
    /// Say how many artists each department needs by week, whom to hire, prolong and release, and when.
    Crew(CrewCall),
    /// Say which hard rules clash, what proves it, and which ways out work.
    Conflicts(ConflictsCall),
    /// Say what one more artist, vendor day, overtime hour or day on a milestone is worth.
    Prices(PricesCall),
    /// Say where the money ends: budget, cost to date, commitments, cost to complete, variance.
    CostReport(CostReportCall),
    /// Say when the money moves: paid and received by week, the lowest balance and what causes it.
    Cash(CashCall),
    /// Say what is with vendors, what will be, and what of all cost could still be saved, by day of the decision.
    Vendors(CashCall),
    /// Say on one page what the show producer has to know this week: dates, work, money, clashes.
    Weekly(WeeklyCall),
    /// Find the cheapest mix of hires, longer contracts, overtime and vendors that makes a date.
    CrewFor(CrewForCall),
    /// Find the earliest date for a crew: the people there are, and some more or less.
    DateFor(DateForCall),
    /// Compare work in house with each vendor: price, lead time, last day to order, effect.
    Outsource(OutsourceCall),
    /// Plan under budget caps: whether they hold, what it takes, and what they cost in time.
    Budget(BudgetCall),
    /// Show cost against delivery date: from the cheapest plan to the earliest.
    Tradeoff(TradeoffCall),
    /// Plan scenarios of a show side by side: the same measures of each, ranked for an aim.
    Compare(CompareCall),
    /// Plan a show for every value in a range: the curve, and where it breaks.
    Sweep(SweepCall),
    /// Give the odds of a plan: every milestone, the final cost, cash, and what spreads them.
    Risk(RiskCall),
    /// Learn how far finished work was from its bids, and write it as an uncertainty for `risk`.
    Learn(LearnCall),
    /// Freeze the cost report of a period, and say why it differs from an earlier one.
    Close(CloseCall),
    /// Add bookings from a CSV table or a sheet of a workbook to a show; all of them or none.
    ImportActuals(ImportCall),
    /// Price new shots: cost, floor, price at a margin, and what they do to the dates.
    Bid(BidCall),
    /// Plan many shows side by side: a row and a folder for each; what is done is not done again.
    Batch(BatchCall),
    /// Cut a batch into shards that any scheduler can run.
    PlanShards(PlanShardsCall),
    /// Run a shard of a batch, or all of them one after the other.
    Run(RunCall),
    /// Merge the shards of a batch into its results.
    Merge(MergeCall),
    /// Hand the shards of a batch to a scheduler: this machine, Slurm, OpenJD, OpenCue, Kubernetes.
    Submit(SubmitCall),
    /// Make the page and the tables again from a saved result, without planning.
    Report(ReportCall),
    /// Solve a published scheduling instance (PSPLIB, Patterson, ProGen/max, MPLIB, MSPSP, iMOPSE).
    Solve(SolveCall),
    /// Make up a show, to try things with.
    Generate(GenerateCall),
    /// Print the JSON schema of a format.
    Schema(SchemaCall),
    /// Print the completions for a shell.
    Completions(CompletionsCall),
    /// Print the manual page, or write one page a command into a folder.
    Man(ManCall),
}

#[derive(Debug, Args)]
pub struct PlanCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// Folder for the results; made if it is not there.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// Write the money as a workbook too: one sheet a view, with live formulas.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub xlsx: Option<PathBuf>,
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
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads to use; 0 = all cores.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = threads, allow_negative_numbers = true)]
    pub threads: usize,
    /// What to favour [default: the show's].
    #[arg(long, value_enum)]
    pub mode: Option<ModeWord>,
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
pub struct CrewCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: Telling,
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
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub most: usize,
    /// What to favour [default: the show's].
    #[arg(long, value_enum)]
    pub mode: Option<ModeWord>,
    #[command(flatten)]
    pub telling: Telling,
}

#[derive(Debug, Args)]
pub struct CostReportCall {
    /// A show, which is planned first; or a result.json, whose plan is used (`-`: piped in).
    #[arg(value_name = "SHOW|RESULT", value_hint = ValueHint::AnyPath)]
    pub input: PathBuf,
    /// What to sort the cost by.
    #[arg(long, value_enum, default_value_t)]
    pub by: ByWord,
    /// List what one row is made of: an account, or with --by a department, shot …
    #[arg(long, value_name = "ACCOUNT")]
    pub why: Option<String>,
    /// Write the money as a workbook too: one sheet a view, with live formulas.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub xlsx: Option<PathBuf>,
    #[command(flatten)]
    pub search: Search,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct CashCall {
    /// A show, which is planned first; or a result.json, whose plan is used (`-`: piped in).
    #[arg(value_name = "SHOW|RESULT", value_hint = ValueHint::AnyPath)]
    pub input: PathBuf,
    #[command(flatten)]
    pub search: Search,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct WeeklyCall {
    /// A show, which is planned first; or a result.json, whose plan is used (`-`: piped in).
    #[arg(value_name = "SHOW|RESULT", value_hint = ValueHint::AnyPath)]
    pub input: PathBuf,
    #[command(flatten)]
    pub search: Search,
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
    /// FX+1@2027-03-01, LGT-1@2027-04-05..2027-05-28"; or a file with one of these on each line.
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
    /// Most that something may cost in the end: "total=1200000", "CMP=50000" (a department),
    /// "20-16=40000" (an account), "2027-03=90000" (a month) [default: the show's own budget].
    #[arg(long = "cap", value_name = "CAP")]
    pub caps: Vec<String>,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: Telling,
}

#[derive(Debug, Args)]
pub struct TradeoffCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// Milestone, sequence or shot [default: the last final delivery].
    #[arg(long, value_name = "NAME")]
    pub milestone: Option<String>,
    /// Plans to make; those that another beats in date and cost are left out.
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub plans: usize,
    /// Say too by when, and for how much, each plan is done with so much confidence, in per cent.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(1..=99))]
    pub confidence: Option<u32>,
    /// Draws of each plan for that.
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub draws: u32,
    /// What is not certain (see `risk`) [default: what is usual in the trade].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub uncertainty: Option<PathBuf>,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: Telling,
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
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub draws: u32,
    /// Who does the work when dates move.
    #[arg(long, value_enum, default_value_t)]
    pub policy: PolicyWord,
    /// Level of contingency and headlines, in per cent.
    #[arg(long, value_name = "PERCENT", default_value_t = 80, value_parser = clap::value_parser!(u32).range(1..=99))]
    pub confidence: u32,
    /// Stop as soon as every probability, and every level of cost as a share of it, is known within so much.
    #[arg(long, value_name = "PERCENT", value_parser = basis_points)]
    pub precision: Option<i64>,
    /// Milestone, sequence or shot that causes and tasks are about [default: the last final delivery].
    #[arg(long, value_name = "NAME")]
    pub milestone: Option<String>,
    #[command(flatten)]
    pub search: Search,
    /// How to print the answer; JSON has all of it.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
    /// Write the answer as a page too, which opens offline.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub page: Option<PathBuf>,
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
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(2..=100_000))]
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
    #[arg(long, value_name = "AMOUNT")]
    pub cap: Option<String>,
    /// Limits are those of each value; the plan that all start from gets four times as much.
    #[command(flatten)]
    pub search: Search,
    /// How to print the answer; JSON has all of it.
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
    /// Write the answer as a page too, which opens offline.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub page: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct CloseCall {
    /// A show, which is planned first; or a result.json, whose plan is used (`-`: piped in).
    #[arg(value_name = "SHOW|RESULT", value_hint = ValueHint::AnyPath)]
    pub input: PathBuf,
    /// The snapshot to write; a file that is there is never replaced.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Name of the period [default: the day of the plan].
    #[arg(long, value_name = "NAME")]
    pub period: Option<String>,
    /// An earlier snapshot: say why the final cost differs from it.
    #[arg(long, value_name = "SNAPSHOT", value_hint = ValueHint::FilePath)]
    pub since: Option<PathBuf>,
    #[command(flatten)]
    pub search: Search,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct ImportCall {
    /// The folder of the show.
    #[arg(value_hint = ValueHint::DirPath)]
    pub show: PathBuf,
    /// The bookings: a CSV table or an .xlsx workbook with the columns of actuals.csv.
    #[arg(value_name = "TABLE", value_hint = ValueHint::FilePath)]
    pub table: PathBuf,
    /// The sheet of a workbook [default: the first].
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Add bookings that the books have already, too.
    #[arg(long)]
    pub again: bool,
    /// Only say what would be done.
    #[arg(long)]
    pub dry_run: bool,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct BidCall {
    /// The show: a folder with show.toml and tables, or one JSON file (`-`: piped in).
    #[arg(value_hint = ValueHint::AnyPath)]
    pub show: PathBuf,
    /// The shots: a CSV table with the columns shot and class; sequence, due, turnover, and days by
    /// department where they are known.
    #[arg(value_name = "SHOTS", value_hint = ValueHint::FilePath)]
    pub shots: PathBuf,
    /// On top of the artists' cost, for supervision, production, technology.
    #[arg(long, value_name = "PERCENT", value_parser = basis_points, default_value = "0%")]
    pub overhead: i64,
    /// What is to be left of the price.
    #[arg(long, value_name = "PERCENT", value_parser = basis_points, default_value = "10%")]
    pub margin: i64,
    #[command(flatten)]
    pub search: Search,
    /// How to print the bid.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

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
    #[arg(long, value_name = "N", conflicts_with = "seed")]
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
    #[arg(long, value_name = "N", value_parser = shards)]
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
}

#[derive(Debug, Args)]
pub struct SolveCall {
    /// The instance; its format is recognised from what it says (`-`: piped in).
    #[arg(value_hint = ValueHint::FilePath)]
    pub instance: PathBuf,
    /// Stop after this time, in seconds or with a unit (20, 2.5, 20s, 2m) [default: 10s].
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    pub time_limit: Option<Duration>,
    /// Stop after this many schedules: the same answer on any machine and number of threads.
    #[arg(long, value_name = "N", conflicts_with = "time_limit")]
    pub steps: Option<u64>,
    /// Threads to use; 0 = all cores.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = threads)]
    pub threads: usize,
    /// Seed of the search.
    #[arg(long, value_name = "K", default_value_t = 1)]
    pub seed: u64,
    /// What to make small.
    #[arg(long, value_enum, default_value_t)]
    pub objective: ObjectiveWord,
    /// With --objective cost: no task may end later.
    #[arg(long, value_name = "T")]
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
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How well the crew fits the work.
    #[arg(long, value_enum, default_value_t = TightnessWord::Tight)]
    pub tightness: TightnessWord,
    /// How far into the show the day of the plan is [default: not begun].
    #[arg(long, value_name = "PERCENT", value_parser = per_cent)]
    pub as_of: Option<u32>,
    /// Add the faults that real data has (missing bids, stale statuses, wrong dates).
    #[arg(long)]
    pub dirt: bool,
    /// Folder for the show; it must be new or empty.
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// What to print when done.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct SchemaCall {
    /// Which format.
    #[arg(value_enum, default_value_t)]
    pub of: SchemaOf,
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

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Words for people.
    #[default]
    Text,
    /// JSON for programs.
    Json,
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

impl From<TableFormat> for Format {
    fn from(format: TableFormat) -> Format {
        if format == TableFormat::Json { Format::Json } else { Format::Text }
    }
}

/// What a cost report is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ByWord {
    /// Accounts.
    #[default]
    Account,
    /// Departments.
    Department,
    /// Sequences.
    Sequence,
    /// Shots, assets, and what else tasks are part of.
    Shot,
    /// Vendors.
    Vendor,
    /// People.
    Person,
    /// Shows.
    Show,
}

impl From<ByWord> for By {
    fn from(word: ByWord) -> By {
        match word {
            ByWord::Account => By::Account,
            ByWord::Department => By::Department,
            ByWord::Sequence => By::Sequence,
            ByWord::Shot => By::Shot,
            ByWord::Vendor => By::Vendor,
            ByWord::Person => By::Person,
            ByWord::Show => By::Show,
        }
    }
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
    /// What `outsource --format json` prints.
    Outsource,
    /// What `budget --format json` prints.
    Budget,
    /// What `weekly --format json` prints.
    Weekly,
    /// What `risk --format json` prints.
    Risk,
    /// What `learn --format json` prints.
    Learn,
    /// What `risk --uncertainty` reads.
    Uncertainty,
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
}

impl From<ModeWord> for Mode {
    fn from(word: ModeWord) -> Mode {
        match word {
            ModeWord::Balanced => Mode::Balanced,
            ModeWord::Deliver => Mode::Deliver,
            ModeWord::Cheapest => Mode::Cheapest,
            ModeWord::NoOvertime => Mode::NoOvertime,
        }
    }
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

/// A time like "20s", "2m" or "1h30m".
fn duration(text: &str) -> Result<Duration, String> {
    let hint = "write a time with its unit, like 20s, 2m or 1h30m";
    let span: jiff::SignedDuration = text.parse().map_err(|_| hint.to_owned())?;
    match Duration::try_from(span) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err(format!("the time must be above 0; {hint}")),
    }
}

/// A date like 2027-05-14.
fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.trim().parse().map_err(|_| "write a date like 2027-05-14".to_owned())
}

/// A number of steps.
fn steps(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("write a number of steps from 0 to {}", u64::MAX))
}

/// A time in seconds, or with its unit.
fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) => match Duration::try_from_secs_f64(seconds) {
            Ok(time) if !time.is_zero() => Ok(time),
            _ => Err("the time must be above 0".to_owned()),
        },
        Err(_) => duration(text),
    }
}

/// A number of threads.
fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ 0..=1024) => Ok(count),
        _ => Err("write a number of threads from 0 (all cores) to 1024".to_owned()),
    }
}

/// A number of shards.
fn shards(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ 1..=crate::batch::shards::MOST_SHARDS) => Ok(count),
        _ => {
            Err(format!("write a number of shards from 1 to {}", crate::batch::shards::MOST_SHARDS))
        }
    }
}

/// A shard like "3" or "3/8".
fn shard(text: &str) -> Result<(usize, Option<usize>), String> {
    let wrong = || "write a shard like 3 or 3/8, counted from 0".to_owned();
    let (shard, of) = match text.split_once('/') {
        Some((shard, of)) => (shard, Some(of.trim().parse().map_err(|_| wrong())?)),
        None => (text, None),
    };
    let shard = shard.trim().parse().map_err(|_| wrong())?;
    if of.is_some_and(|of| shard >= of) { Err(wrong()) } else { Ok((shard, of)) }
}

/// A share like "12.5%" or "12", in basis points.
fn basis_points(text: &str) -> Result<i64, String> {
    match text.trim().trim_end_matches('%').trim_end().parse::<f64>() {
        Ok(share) if (0.0..=95.0).contains(&share) => Ok((share * 100.0).round() as i64),
        _ => Err("write a share from 0% to 95%, like 12.5%".to_owned()),
    }
}

/// A share like "35%" or "35", in whole per cent.
fn per_cent(text: &str) -> Result<u32, String> {
    match text.trim().trim_end_matches('%').trim_end().parse() {
        Ok(share @ 0..=95) => Ok(share),
        _ => Err("write a share from 0% to 95%, like 35%".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn times_are_written_with_their_unit() {
        assert_eq!(duration("20s"), Ok(Duration::from_secs(20)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        for wrong in ["20", "", "-3s", "0s", "soon", "99999999999999999999h"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn times_of_benchmarks_may_be_plain_seconds() {
        assert_eq!(seconds("20"), Ok(Duration::from_secs(20)));
        assert_eq!(seconds("2.5"), Ok(Duration::from_millis(2500)));
        assert_eq!(seconds("2m"), Ok(Duration::from_secs(120)));
        for wrong in ["", "0", "-1", "NaN", "inf", "1e400", "soon"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn shares_are_per_cents() {
        assert_eq!(per_cent("35%"), Ok(35));
        assert_eq!(per_cent("12"), Ok(12));
        for wrong in ["100%", "-1%", "NaN", "half", "35.5"] {
            assert!(per_cent(wrong).is_err(), "{wrong}");
        }
    }
}
