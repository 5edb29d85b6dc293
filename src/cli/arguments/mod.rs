//! The commands and their flags; those of a family of commands stand in its file.

mod about;
mod batch;
mod desk;
mod futures;
mod plan;
mod questions;
mod shared;
mod trials;
mod values;

pub use about::{CompletionsCall, ManCall, SchemaCall, SchemaOf};
pub use batch::{BatchCall, ItemList, MergeCall, PlanShardsCall, RunCall, SubmitCall};
pub use desk::{
    Accruals, BidCall, CashCall, CashTable, CloseCall, CostReportCall, DeskCall, ImportCall,
    VendorsCall, VendorsTable, WeeklyCall,
};
pub use futures::{CompareCall, LearnCall, PolicyWord, RiskCall, SweepCall};
pub use plan::{CheckCall, DemoCall, PlanCall, ReportCall, VerifyCall};
pub use questions::{
    BudgetCall, ConflictsCall, CrewCall, CrewForCall, CrunchCall, DateForCall, OutsourceCall,
    PricesCall, TradeoffCall,
};
pub use shared::{Format, Pay, Search, TableFormat, TableTelling, Telling};
pub use trials::{ArchetypeWord, GenerateCall, ObjectiveWord, SolveCall, TightnessWord};

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    #[arg(long, global = true, value_name = "SIZE", value_parser = crate::cli::memory::bytes, allow_hyphen_values = true)]
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
    Vendors(VendorsCall),
    /// Say what is left of the money that comes in: revenue, cost, incentives, changes approved, pending and not.
    Margin(DeskCall),
    /// Say what is done for what was spent: earned value, earned schedule, every estimate at completion.
    EarnedValue(DeskCall),
    /// Say how far finished work was from its bids, by department, class and level.
    Bids(DeskCall),
    /// Say on one page what the show producer has to know this week: dates, work, money, clashes.
    Weekly(WeeklyCall),
    /// Find the cheapest mix of hires, longer contracts, overtime and vendors that makes a date.
    CrewFor(CrewForCall),
    /// Find the earliest date for a crew: the people there are, and some more or less.
    DateFor(DateForCall),
    /// Say whether the crew is heading into crunch: long weeks, rest, and what shorter ones cost.
    Crunch(CrunchCall),
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

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_sound() {
        Arguments::command().debug_assert();
    }
}
