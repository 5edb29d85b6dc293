//! The money of a plan: the cost report, and what is spent by week, department and thing.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// A row for each account with a budget or a cost, in order of code.
    pub report: Vec<CostRow>,
    /// Sum of all rows but revenue.
    pub total: CostRow,
    /// What the plan and the promises cost, week by week.
    pub weeks: Vec<CostWeek>,
    /// Planned labour of each department.
    pub by_department: Vec<Slice>,
    /// Planned labour of each shot, asset or other entity.
    pub by_entity: Vec<Slice>,
}

/// A row of the cost report. `efc = actual + accrued + committed + etc`; `variance = current_budget − efc`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostRow {
    /// Account code.
    pub account: String,
    /// Description.
    pub description: String,
    /// Original budget.
    pub original_budget: i64,
    /// Approved changes.
    pub approved_changes: i64,
    /// Original budget plus approved changes.
    pub current_budget: i64,
    /// Posted to date.
    pub actual: i64,
    /// Incurred, not posted.
    pub accrued: i64,
    /// Binding, not incurred.
    pub committed: i64,
    /// Planned, not committed.
    pub etc: i64,
    /// Estimated final cost.
    pub efc: i64,
    /// Current budget less estimated final cost; negative = over.
    pub variance: i64,
    /// Estimated final cost of the last period, where known.
    pub efc_last_period: Option<i64>,
    /// Estimated final cost now less that of the last period, where known; positive = it grew.
    pub movement: Option<i64>,
}

/// Cost of one week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostWeek {
    /// Monday.
    #[schemars(with = "String")]
    pub week: Date,
    /// Labour on tasks.
    pub labour: i64,
    /// Overtime pay.
    pub overtime: i64,
    /// Paid time beside tasks: booked, of leads for their teams, guaranteed, called off.
    pub idle: i64,
    /// Purchase orders expected, and vendors' work still to be ordered.
    pub commitments: i64,
    /// Render farm, licences and desks, and what is used beyond them.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub technology: i64,
    /// Posted and accrued cost of the week.
    pub actual: i64,
    /// Sum of all weeks so far.
    pub cumulative: i64,
}

fn is_nothing(amount: &i64) -> bool {
    *amount == 0
}

/// A part of a cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// Of what.
    pub id: String,
    /// Kind ("department", "shot" …).
    pub kind: String,
    /// How much.
    pub amount: i64,
    /// Artist minutes; `null` where pay is not told and fewer than three people work on it.
    pub minutes: Option<i64>,
}
