//! What a batch says about each of its items: one row of plain values, the same in NDJSON, CSV and Parquet.

use super::Measures;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How planning an item ended. From the best to the worst.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ItemStatus {
    /// There is a plan.
    Planned,
    /// There is a plan, with hard rules relaxed that cannot all hold.
    Clash,
    /// No plan within the limit.
    NoPlan,
    /// The show has errors; see `issues`.
    Flawed,
    /// The program is at fault; see `message`.
    Failed,
    /// The show cannot be read at all; see `message`.
    Unreadable,
}

impl ItemStatus {
    /// As it is written in files.
    pub fn word(self) -> &'static str {
        match self {
            ItemStatus::Planned => "planned",
            ItemStatus::Clash => "clash",
            ItemStatus::NoPlan => "no_plan",
            ItemStatus::Flawed => "flawed",
            ItemStatus::Failed => "failed",
            ItemStatus::Unreadable => "unreadable",
        }
    }
}

/// One item of a batch. What belongs to a plan is `null` where there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemRow {
    /// Name of the item, and of its folder.
    pub name: String,
    /// The show as the list names it.
    pub show: String,
    /// The scenario of the show that was planned; `null` = the show as it is.
    #[serde(default)]
    pub scenario: Option<String>,
    /// How planning ended.
    pub status: ItemStatus,
    /// Why there is no plan, in words.
    pub message: Option<String>,
    /// "balanced", "deliver", "cheapest", "no-overtime" or "keep-plan".
    pub mode: Option<String>,
    /// Seed of the search.
    pub seed: Option<u64>,
    /// The day of the plan.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Date>,
    /// Every milestone and every due date is met and all work has a place.
    pub delivers: Option<bool>,
    /// Last day of work.
    #[schemars(with = "Option<String>")]
    pub finish: Option<Date>,
    /// Milestones in all.
    pub milestones: Option<u32>,
    /// Milestones planned late.
    pub milestones_late: Option<u32>,
    /// Things with a due date of their own.
    pub deliverables: Option<u32>,
    /// Of these, planned late.
    pub deliverables_late: Option<u32>,
    /// Most working days late.
    pub worst_late_days: Option<u32>,
    /// Tasks without a place.
    pub unplaced: Option<u32>,
    /// ISO 4217 code; amounts are in its minor units.
    pub currency: Option<String>,
    /// Decimal places of the minor unit.
    pub currency_decimals: Option<u32>,
    /// Estimated final cost.
    pub efc: Option<i64>,
    /// Current budget, if there is one.
    pub budget: Option<i64>,
    /// Budget less estimated final cost.
    pub variance: Option<i64>,
    /// Work still planned, in artist minutes.
    pub planned_minutes: Option<i64>,
    /// The value that was minimised.
    pub objective: Option<i64>,
    /// No plan can have a lower objective.
    pub lower_bound: Option<i64>,
    /// `(objective − lower_bound) ÷ objective`, in basis points.
    pub gap: Option<i64>,
    /// Steps of improvement.
    pub steps: Option<u64>,
    /// Seconds of planning; `null` when steps were counted instead.
    pub seconds: Option<f64>,
    /// Hard rules that cannot all hold.
    pub conflicts: Option<u32>,
    /// Errors in the data.
    pub errors: u32,
    /// Warnings about the data.
    pub warnings: u32,
    /// The errors, the first of them where there are many.
    pub issues: Vec<ItemIssue>,
    /// The measures of a scenario, as `compare` has them.
    #[serde(default)]
    pub measures: Option<Measures>,
    /// Hash of the input; empty when it cannot be read.
    pub input_hash: String,
    /// Hash of input, options and program: an item with the same hash need not be planned again.
    pub item_hash: String,
    /// Version of the program.
    pub program: String,
}

/// An error in the data of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemIssue {
    /// Code of the rule.
    pub code: String,
    /// What it is about.
    pub object: String,
    /// What is wrong.
    pub message: String,
    /// File.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: Option<u32>,
}

/// A batch in one look.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchSummary {
    /// Items in the list.
    pub items: usize,
    /// Items with a row.
    pub done: usize,
    /// Of these, taken over from an earlier run.
    pub skipped: usize,
    /// Items by status.
    pub by_status: BTreeMap<ItemStatus, usize>,
    /// The worst items, or all where they are few, in the order of the list.
    pub rows: Vec<ItemRow>,
}

impl BatchSummary {
    /// Rows that are kept: more cannot be read at one look.
    pub const MOST_ROWS: usize = 40;

    /// Takes a row in; `rows` stays within its limit.
    pub fn take(&mut self, row: ItemRow) {
        self.done += 1;
        *self.by_status.entry(row.status).or_default() += 1;
        self.rows.push(row);
        if self.rows.len() > Self::MOST_ROWS {
            // The first among the best goes: status first, then days late.
            let rank = |row: &ItemRow| (row.status, row.worst_late_days, row.unplaced);
            let best = self.rows.iter().map(rank).min();
            if let Some(at) = self.rows.iter().position(|row| Some(rank(row)) == best) {
                self.rows.remove(at);
            }
        }
    }

    /// The worst status of all items.
    pub fn worst(&self) -> Option<ItemStatus> {
        self.by_status.keys().next_back().copied()
    }
}
