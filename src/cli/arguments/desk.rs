//! Arguments of the line producer's desk: cost, cash, vendors, periods, bids.

use super::shared::{Format, Opening, Pay, Search, TableTelling};
use super::values::basis_points;
use crate::pipeline::By;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct CostReportCall {
    /// A show, which is planned first; or a result.json, whose plan is used (`-`: piped in).
    #[arg(value_name = "SHOW|RESULT", value_hint = ValueHint::AnyPath)]
    pub input: PathBuf,
    /// What to sort the cost by.
    #[arg(long, value_enum, default_value_t)]
    pub by: ByWord,
    #[command(flatten)]
    pub opening: Opening,
    /// Compare the budget in force with one that was kept: a `version` of budget.csv, such as locked.
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["why", "by", "page"])]
    pub against: Option<String>,
    /// Write the money as a workbook too: one sheet a view, with live formulas.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub xlsx: Option<PathBuf>,
    /// Where accruals stand in tables for people: apart, or inside what is committed [default: as the show says].
    #[arg(long, value_enum, value_name = "WHERE")]
    pub accruals: Option<Accruals>,
    /// Odds of the show, what `risk --format json` printed: says what contingency it takes.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub risk: Option<PathBuf>,
    #[command(flatten)]
    pub pay: Pay,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: TableTelling,
}

/// Where accruals stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Accruals {
    /// In a column of their own.
    Apart,
    /// Inside what is committed.
    Committed,
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

#[derive(Debug, Args)]
pub struct DeskCall {
    /// A show, which is planned first; or a result.json, whose plan is used (`-`: piped in).
    #[arg(value_name = "SHOW|RESULT", value_hint = ValueHint::AnyPath)]
    pub input: PathBuf,
    #[command(flatten)]
    pub opening: Opening,
    #[command(flatten)]
    pub pay: Pay,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: TableTelling,
}

#[derive(Debug, Args)]
pub struct CashCall {
    #[command(flatten)]
    pub desk: DeskCall,
    /// The table that CSV has.
    #[arg(long, value_enum, default_value_t)]
    pub table: CashTable,
}

/// The tables of `cash`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CashTable {
    /// Week by week.
    #[default]
    Weeks,
    /// Payments with a name.
    Payments,
}

#[derive(Debug, Args)]
pub struct VendorsCall {
    #[command(flatten)]
    pub desk: DeskCall,
    /// The table that CSV has.
    #[arg(long, value_enum, default_value_t)]
    pub table: VendorsTable,
}

/// The tables of `vendors`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum VendorsTable {
    /// A row each vendor and show.
    #[default]
    Vendors,
    /// Changes of their orders.
    Changes,
    /// Their packages.
    Packages,
    /// Their payments.
    Payments,
    /// What stopping on a day would save, of vendors and people.
    Ladder,
}

#[derive(Debug, Args)]
pub struct WeeklyCall {
    /// A show, which is planned first; or a result.json, whose plan is used (`-`: piped in).
    #[arg(value_name = "SHOW|RESULT", value_hint = ValueHint::AnyPath)]
    pub input: PathBuf,
    #[command(flatten)]
    pub opening: Opening,
    #[command(flatten)]
    pub pay: Pay,
    /// Odds of the show, what `risk --format json` printed: says what contingency it takes.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub risk: Option<PathBuf>,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: TableTelling,
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
    /// Close the books of the show too: its folder gets closed.csv, and what is booked into the period, or
    /// changes a rate in it, is refused from then on.
    #[arg(long)]
    pub books: bool,
    /// Last day of the period [default: the day before that of the plan].
    #[arg(long, value_name = "DATE", value_parser = super::values::date, requires = "books")]
    pub to: Option<jiff::civil::Date>,
    /// An earlier snapshot: say why the final cost differs from it.
    #[arg(long, value_name = "SNAPSHOT", value_hint = ValueHint::FilePath)]
    pub since: Option<PathBuf>,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub telling: TableTelling,
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
    #[arg(long, value_name = "PERCENT", value_parser = basis_points, default_value = "0%", allow_hyphen_values = true)]
    pub overhead: i64,
    /// What is to be left of the price.
    #[arg(long, value_name = "PERCENT", value_parser = basis_points, default_value = "10%", allow_hyphen_values = true)]
    pub margin: i64,
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
