//! What the figures of an answer are made of: the lines behind each cell, and those of one that was asked for.

use super::{CashAnswer, CostReport};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// The figures of an answer that can be opened. Lines stand once, whatever number of figures they are part of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// Name of the production.
    pub production: String,
    /// ISO 4217 code of all amounts, which are in minor units.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// The answer ("cash").
    pub answer: String,
    /// Its rows.
    pub rows: Vec<OpenedRow>,
    /// The lines behind them, in runs of which each is sorted, the largest first.
    pub lines: Vec<WhyRow>,
}

/// The reports about money that stand on the page of a plan.
pub struct Reports<'d> {
    /// The cost report, sorted by one thing after the other.
    pub cost: Vec<Openable<'d, CostReport>>,
    /// Cash by week; none where the result was saved without, or nothing moves.
    pub cash: Option<Openable<'d, CashAnswer>>,
}

/// An answer, and how its figures are opened: when they are asked for, since the lines of one report of a studio
/// fill as much memory as its plan.
pub struct Openable<'d, A> {
    /// The answer.
    pub answer: A,
    open: Open<'d, A>,
}

type Open<'d, A> = Box<dyn Fn(&A) -> Option<Opened> + Send + Sync + 'd>;

impl<'d, A> Openable<'d, A> {
    /// An answer whose figures are opened so.
    pub fn new(
        answer: A,
        open: impl Fn(&A) -> Option<Opened> + Send + Sync + 'd,
    ) -> Openable<'d, A> {
        Openable { answer, open: Box::new(open) }
    }

    /// What its figures are made of; none where the result was saved without.
    pub fn opened(&self) -> Option<Opened> {
        (self.open)(&self.answer)
    }
}

/// A row of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedRow {
    /// How it is asked for.
    pub id: String,
    /// What it is ("week of 15 Feb 2027"); may be empty.
    pub name: String,
    /// Its figures: the first is the one that is meant where no column is named.
    pub cells: Vec<OpenedCell>,
}

/// A figure of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedCell {
    /// How its column is asked for.
    pub column: String,
    /// What it counts.
    pub unit: Unit,
    /// The figure, as the answer has it.
    pub figure: i64,
    /// Runs of lines, half-open, and whether they are taken off.
    pub parts: Vec<OpenedPart>,
}

/// A run of lines, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenedPart {
    /// First line.
    pub from: u32,
    /// The line after the last.
    pub to: u32,
    /// They are taken off.
    pub minus: bool,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Minor units of the currency.
    Money,
    /// Minutes of artists.
    Minutes,
}

/// What one figure is made of.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Why {
    /// Name of the production.
    pub production: String,
    /// ISO 4217 code of all amounts, which are in minor units.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// The answer that the figure stands in ("cost-report by account", "cash").
    pub answer: String,
    /// Its row.
    pub row: String,
    /// What the row is.
    pub name: String,
    /// Its column.
    pub column: String,
    /// What the figure counts: amounts of the lines add to it, or their minutes.
    pub unit: Unit,
    /// The figure.
    pub figure: i64,
    /// Its parts, the largest first. They add to the figure.
    pub lines: Vec<WhyRow>,
}

/// Something behind a figure: an assignment, an order, a booking, a payment, a change order, an account.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WhyRow {
    /// "labour", "overtime", "idle" (booked, no task), "team" (a lead's time for the team), "guaranteed" (what a
    /// contract pays at least), "called off" (booked days that were), "commitment", "vendor", "actual", "pool" or
    /// "overflow" for what a plan and the books cost; "people" for pay of people that is not told one by one;
    /// "receipt", "payment", "incentive" or "balance" of cash; "award", "change order", "account", "budget",
    /// "contract", "order", "task", "share", "driver" (of a movement) or "time" (what a person can
    /// work) elsewhere.
    pub kind: String,
    /// Column of the cost report: "actual", "accrued", "committed" or "etc"; the state of a change order; empty
    /// for others.
    pub state: String,
    /// Account code.
    pub account: String,
    /// Task; empty = of none.
    pub task: String,
    /// What else it is: a payment step, a change order, the terms of a contract; may be empty.
    pub what: String,
    /// Person, vendor or show; empty = not known.
    pub who: String,
    /// Purchase order.
    pub order: Option<String>,
    /// File and line it was read from.
    pub source: Option<String>,
    /// First day, or Monday of the first week of planned time; `null` = of no day.
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// Last day, or Monday of the last week of planned time.
    #[schemars(with = "Option<String>")]
    pub to: Option<Date>,
    /// Artist minutes.
    pub minutes: i64,
    /// Amount; `null` where pay is not told: it is in the line of all of them together.
    pub amount: Option<i64>,
    /// Band of the cost of a day of the person, where pay is not told: from, and up to without it.
    pub band: Option<[i64; 2]>,
}

impl WhyRow {
    /// A line of a kind about nothing and nobody, on one day or none.
    pub fn new(kind: &str, day: impl Into<Option<Date>>, amount: i64) -> WhyRow {
        let day = day.into();
        WhyRow {
            kind: kind.to_owned(),
            state: String::new(),
            account: String::new(),
            task: String::new(),
            what: String::new(),
            who: String::new(),
            order: None,
            source: None,
            from: day,
            to: day,
            minutes: 0,
            amount: Some(amount),
            band: None,
        }
    }

    /// Puts another line with it: its days, time and amount.
    pub fn add(&mut self, other: &WhyRow) {
        self.from = self.from.into_iter().chain(other.from).min();
        self.to = self.to.max(other.to);
        self.minutes = self.minutes.saturating_add(other.minutes);
        self.amount = self.amount.zip(other.amount).map(|(sum, more)| sum.saturating_add(more));
    }

    /// What it adds to a figure of a unit.
    pub fn adds(&self, unit: Unit) -> i64 {
        match unit {
            Unit::Money => self.amount.unwrap_or_default(),
            Unit::Minutes => self.minutes,
        }
    }
}
