//! The line producer's part of a result: the money sorted every way, and what each figure is made of.

use super::{
    BidRow, Cash, ChangeRow, CostRow, Earned, Incentive, LadderLine, Margin, OrderRow, Rung,
    VendorShow,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The line producer's desk: everything here is a sum of `postings`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Desk {
    /// Accounts that collect money in: no part of any cost.
    pub revenue_accounts: Vec<String>,
    /// Accounts with a budget that departments share: by department their cost stands in the row of none.
    pub shared_accounts: Vec<String>,
    /// Account and department, where the department has a line of its own in the budget of such an account: its
    /// cost stands with it.
    pub budgeted_apart: Vec<[String; 2]>,
    /// Accruals are told inside commitments, not apart; figures here are apart all the same.
    pub accruals_in_commitments: bool,
    /// Budgets that were kept for comparison, by version, account and show.
    pub versions: Vec<VersionRow>,
    /// Contingency, where there is any.
    pub contingency: Option<Contingency>,
    /// The cost report by department, sequence, shot, vendor, person and show.
    pub views: Views,
    /// What every figure is made of, summed by week.
    pub postings: Vec<PostingRow>,
    /// When the money moves.
    pub cash: Cash,
    /// What could still be saved, by the day of the decision.
    pub ladder: Vec<Rung>,
    /// The contracts, orders and the like that it is made of.
    pub ladder_lines: Vec<LadderLine>,
    /// Purchase orders.
    pub orders: Vec<OrderRow>,
    /// The budget, line by line.
    pub budget: Vec<BudgetRow>,
    /// What is with vendors.
    pub vendors: Vec<VendorShow>,
    /// Change orders, the client's and the vendors'.
    pub changes: Vec<ChangeRow>,
    /// Earned value; `null` without any bid work.
    pub earned: Option<Earned>,
    /// Revenue against cost.
    pub margin: Margin,
    /// Cost and margin with and without shows that may not happen, where there are any.
    #[serde(default)]
    pub prospects: Option<Prospects>,
    /// What each incentive gives.
    pub incentives: Vec<Incentive>,
    /// Finished work against its bids.
    pub bids: Vec<BidRow>,
}

/// A line of the budget in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetRow {
    /// Account code.
    pub account: String,
    /// Show; `null` = the production.
    pub show: Option<String>,
    /// Department that it stands with: whose part of the account it is, or whose account.
    pub department: Option<String>,
    /// Original budget.
    pub original: i64,
    /// Approved changes of it.
    pub approved_changes: i64,
    /// Final cost in the last period; `null` = not known, or no line of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_period: Option<i64>,
    /// File and line it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Budget of an account in a version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionRow {
    /// Name of the version.
    pub version: String,
    /// Account code.
    pub account: String,
    /// Its description.
    pub description: String,
    /// Budget with its approved changes.
    pub amount: i64,
}

/// What is set aside, and what of it is given to accounts. `left = set_aside − drawn`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contingency {
    /// Budget of the accounts that are drawn on.
    pub set_aside: i64,
    /// Drawn until the day of the plan.
    pub drawn: i64,
    /// What is left; negative = more was drawn than there is.
    pub left: i64,
    /// Draw-downs by date; those after the day of the plan do not count yet.
    pub draws: Vec<DrawRow>,
    /// Codes of the accounts that are drawn on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<String>,
    /// What it takes by the odds, where they are given (`--risk`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<ContingencyNeed>,
}

/// Contingency that the odds ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContingencyNeed {
    /// How sure it is to be enough, 0 to 1.
    pub confidence: f64,
    /// Draws of the odds.
    pub draws: u32,
    /// What the final cost stays below with that confidence.
    pub final_cost: i64,
    /// That less the estimated final cost, at least 0.
    pub need: i64,
    /// What is left of contingency less the need; negative = missing.
    pub spare: i64,
    /// That final cost less the current budget; negative = inside it.
    pub beyond_budget: Option<i64>,
}

/// A draw-down of contingency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawRow {
    /// Day from which it counts.
    #[schemars(with = "String")]
    pub date: Date,
    /// Account drawn on.
    pub from: String,
    /// Account it is given to.
    pub account: String,
    /// Amount.
    pub amount: i64,
    /// What for.
    pub reason: String,
    /// What is left after it.
    pub left: i64,
}

/// The cost report sorted in six ways; each adds to its total.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// By department: with the budget of the accounts and lines that are its own. What departments share stands
    /// in the row of none.
    pub department: Vec<PartRow>,
    /// By sequence: its own work and that of its shots.
    pub sequence: Vec<PartRow>,
    /// By shot, asset, sequence or show that tasks are part of.
    pub shot: Vec<PartRow>,
    /// By vendor.
    pub vendor: Vec<PartRow>,
    /// By person; by bands of the cost of a day where pay is not told.
    pub person: Vec<PartRow>,
    /// By show.
    pub show: Vec<PartRow>,
}

/// A row of a cost report. `efc = actual + accrued + committed + etc`, and where there is a budget
/// `variance = current_budget − efc`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartRow {
    /// Of what: an account, a department …; empty = of none.
    pub id: String,
    /// Kind ("account", "department", "sequence", "shot", "asset", "show", "vendor", "person", "band").
    pub kind: String,
    /// Its name.
    pub description: String,
    /// Original budget; `null` where a part has none of its own.
    pub original_budget: Option<i64>,
    /// Approved changes.
    pub approved_changes: Option<i64>,
    /// Original budget plus approved changes.
    pub current_budget: Option<i64>,
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
    pub variance: Option<i64>,
    /// Estimated final cost of the last period, where known.
    pub efc_last_period: Option<i64>,
    /// Estimated final cost now less that of the last period; positive = it grew.
    pub movement: Option<i64>,
}

impl PartRow {
    /// How the rows of a report are asked for: the id, and for a shot and an asset of one name the kind before it.
    pub fn asked(rows: &[PartRow]) -> Vec<String> {
        let mut known = std::collections::HashSet::new();
        rows.iter()
            .map(|row| match known.insert(row.id.as_str()) {
                true => row.id.clone(),
                false => format!("{} {}", row.kind, row.id),
            })
            .collect()
    }
}

impl From<&CostRow> for PartRow {
    fn from(row: &CostRow) -> PartRow {
        PartRow {
            id: row.account.clone(),
            kind: if row.account.is_empty() { "total" } else { "account" }.to_owned(),
            description: row.description.clone(),
            original_budget: Some(row.original_budget),
            approved_changes: Some(row.approved_changes),
            current_budget: Some(row.current_budget),
            actual: row.actual,
            accrued: row.accrued,
            committed: row.committed,
            etc: row.etc,
            efc: row.efc,
            variance: Some(row.variance),
            efc_last_period: row.efc_last_period,
            movement: row.movement,
        }
    }
}

/// One amount, or all amounts of a week that differ by their day only.
///
/// With an `assignment`, task, shot, department, show and worker are those of that row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostingRow {
    /// Monday of its week.
    #[schemars(with = "String")]
    pub week: Date,
    /// "labour", "overtime", "idle" (booked, no task), "team" (a lead's time for the team), "guaranteed" (what a
    /// contract pays at least), "called off" (booked days that were), "commitment", "vendor", "actual", "pool" or
    /// "overflow".
    pub kind: String,
    /// Column of the cost report: "actual", "accrued", "committed" or "etc".
    pub state: String,
    /// Account code.
    pub account: String,
    /// Amount; `null` for the time of a person whose pay is not told: it is in the sum of a row without a
    /// person.
    pub amount: Option<i64>,
    /// Artist minutes.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub minutes: i64,
    /// Row of `assignments` that causes it, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<u32>,
    /// Department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
    /// Person paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Vendor paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Task it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// Shot, asset, sequence or show it is for: kind and id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<[String; 2]>,
    /// Purchase order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Day of the cost, where it is one booking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// File and line it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// Money of a production some of whose shows may not happen, before incentives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Prospects {
    /// The shows.
    pub shows: Vec<ProspectShow>,
    /// Without any of them.
    pub firm: MoneyRow,
    /// With each of them at its chance.
    pub weighed: MoneyRow,
    /// With all of them.
    pub all: MoneyRow,
}

/// A show that may not happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProspectShow {
    /// Id.
    pub show: String,
    /// Its chance, in basis points.
    pub probability: i64,
    /// Its own revenue and cost.
    pub money: MoneyRow,
}

/// Revenue against cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MoneyRow {
    /// Awards and approved change orders.
    pub revenue: i64,
    /// Estimated final cost.
    pub cost: i64,
    /// Revenue less cost.
    pub margin: i64,
}
