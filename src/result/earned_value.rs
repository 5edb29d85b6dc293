//! Earned value in a result.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Earned value on the day of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Earned {
    /// Budget at completion of the accounts that tasks are budgeted on.
    pub budget: i64,
    /// Value that should be done by now.
    pub planned: i64,
    /// Value that is done.
    pub earned: i64,
    /// Cost to date.
    pub spent: i64,
    /// `earned − spent`; negative = over cost.
    pub cost_variance: i64,
    /// `earned − planned`; negative = behind.
    pub schedule_variance: i64,
    /// Earned ÷ spent.
    pub cost_index: Option<f64>,
    /// Earned ÷ planned.
    pub schedule_index: Option<f64>,
    /// When the value earned now should have been earned, in weeks from the first.
    pub earned_schedule: f64,
    /// Weeks gone by.
    pub actual_time: f64,
    /// Earned schedule ÷ weeks gone.
    pub time_index: Option<f64>,
    /// How well the rest must go to end on budget.
    pub to_complete_index: Option<f64>,
    /// Estimates at completion: "as_so_far", "as_budgeted", "as_so_far_in_cost_and_time", "by_the_plan".
    pub estimates: std::collections::BTreeMap<String, Option<i64>>,
    /// The largest estimate less the smallest.
    pub spread: i64,
    /// The budget is that of the file; else the bid at the mean day rate.
    pub budgeted: bool,
    /// What is planned follows a baseline; else the latest dates that meet every due date.
    #[serde(default)]
    pub baseline: bool,
    /// Mondays, and the value that should be done by the end of each week.
    #[schemars(with = "Vec<(String, i64)>")]
    pub weeks: Vec<(Date, i64)>,
    /// The same figures by department.
    #[serde(default)]
    pub departments: Vec<EarnedRow>,
    /// Accounts that tasks are budgeted on: what is spent is the cost to date on them.
    #[serde(default)]
    pub accounts: Vec<String>,
}

/// Earned value of a department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarnedRow {
    /// Department; empty = cost to date of none.
    pub department: String,
    /// Its part of the budget.
    pub budget: i64,
    /// Value that should be done by now.
    pub planned: i64,
    /// Value that is done.
    pub earned: i64,
    /// Cost to date.
    pub spent: i64,
    /// Its tasks with a budget.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<EarnedTask>,
}

/// A task's part of the budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarnedTask {
    /// Task.
    pub task: String,
    /// Its share of the budget.
    pub budget: i64,
    /// What of it is done.
    pub earned: i64,
    /// First day of its planned value, which grows evenly.
    #[schemars(with = "String")]
    pub start: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub end: Date,
}
