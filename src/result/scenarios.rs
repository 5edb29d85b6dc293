//! What becomes of a production in each of many scenarios, as it is printed in JSON.
//!
//! Money is in minor units of `currency`, times are minutes, shares basis points; dates are ISO 8601 days,
//! both ends in.

use super::{BillRow, Heading};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value that a sweep set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PointValue {
    /// What was set ("artists").
    pub param: String,
    /// To what, as written ("4").
    pub value: String,
}

/// One value before and after an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ValueRow {
    /// What it is a value of ("task 010_0010_cmp").
    pub object: String,
    /// Which value ("estimate").
    pub field: String,
    /// Before; `null` = it was not there.
    pub before: Option<String>,
    /// After; `null` = it is not there any more.
    pub after: Option<String>,
}

/// An edit and what it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EditRow {
    /// What it does ("add_artists").
    pub op: String,
    /// The whole of it, as it was written.
    pub text: String,
    /// Values that it changed.
    pub values: u32,
    /// The first of them.
    pub examples: Vec<ValueRow>,
}

/// A milestone in a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioMilestone {
    /// Its id.
    pub id: String,
    /// Its show.
    pub show: String,
    /// The date that was promised.
    #[schemars(with = "String")]
    pub due: Date,
    /// Last day of its work; `null` when some of it has no place, or all is done.
    #[schemars(with = "Option<String>")]
    pub planned: Option<Date>,
    /// Whether nothing of it is left to do.
    pub done: bool,
    /// Whether it must hold.
    pub hard: bool,
    /// Working days late; work without a place ends with the time that is planned.
    pub days_late: u32,
    /// No plan of the scenario can be earlier.
    #[schemars(with = "Option<String>")]
    pub earliest_possible: Option<Date>,
}

/// What an account ends at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioAccount {
    /// Its code.
    pub account: String,
    /// What it is for.
    pub description: String,
    /// Whether it is money in.
    pub revenue: bool,
    /// Current budget.
    pub budget: i64,
    /// Estimated final cost.
    pub efc: i64,
}

/// The lowest balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CashLow {
    /// Monday of the week.
    #[schemars(with = "String")]
    pub week: Date,
    /// Balance at its end.
    pub balance: i64,
}

/// Most artists at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PeakCrew {
    /// Artists with work in the week.
    pub artists: u32,
    /// Monday of the first such week.
    #[schemars(with = "Option<String>")]
    pub week: Option<Date>,
}

/// How much of the plan that all start from is different.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChurnRow {
    /// Tasks that have a place in both plans.
    pub tasks: u32,
    /// Of these, tasks that begin on another day.
    pub moved: u32,
    /// Of these, tasks of other people, or of a vendor instead.
    pub people_changed: u32,
    /// Tasks with a place here only.
    pub added: u32,
    /// Tasks with a place there only.
    pub gone: u32,
}

/// How a scenario ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScenarioState {
    /// It has a plan.
    Planned,
    /// It has no plan; `problems` says why.
    Failed,
    /// The run was stopped before it.
    Stopped,
}

/// What becomes of the production in one scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioRow {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Values that a sweep set for it.
    pub point: Vec<PointValue>,
    /// What is different, in order.
    pub edits: Vec<EditRow>,
    /// How it ended.
    pub state: ScenarioState,
    /// Why there is no plan.
    pub problems: Vec<String>,
    /// What was measured; `null` without a plan.
    pub measures: Option<Measures>,
    /// Another scenario that is no worse in days late, final cost and overtime, and better in one.
    pub dominated_by: Option<String>,
    /// Whether it does what the aim asks for; `null` without an aim or a plan.
    pub meets_aim: Option<bool>,
    /// Place for the aim, 1 = best; `null` without an aim or where it does not do what it asks for.
    pub rank: Option<u32>,
}

/// The same measures of every scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measures {
    /// Milestones, in the order of the show.
    pub milestones: Vec<ScenarioMilestone>,
    /// Last day of all work.
    #[schemars(with = "Option<String>")]
    pub finish: Option<Date>,
    /// Milestones that are late.
    pub milestones_late: u32,
    /// Working days late over all milestones.
    pub milestone_days_late: u64,
    /// Shots, assets and tasks later than their own due date.
    pub items_late: u32,
    /// Working days late over all of these.
    pub item_days_late: u64,
    /// Tasks without a place.
    pub unplaced: u32,
    /// Hard rules that do not hold.
    pub broken_rules: Vec<String>,
    /// Estimated final cost, with pay of new people that no task uses, starts, supervision and smallest
    /// orders.
    pub final_cost: i64,
    /// Cost beyond the plan that all start from.
    pub cost: BillRow,
    /// Money in.
    pub revenue: i64,
    /// Current budget of all that costs.
    pub budget: i64,
    /// Accounts with an amount.
    pub accounts: Vec<ScenarioAccount>,
    /// The lowest balance; `null` when no money moves.
    pub cash_low: Option<CashLow>,
    /// Most artists at work.
    pub peak_crew: PeakCrew,
    /// Overtime, in minutes.
    pub overtime_minutes: i64,
    /// What is different from the plan that all start from.
    pub churn: ChurnRow,
    /// Value of the plan, lower = better.
    pub objective: i64,
    /// No plan of the scenario has a lower value.
    pub lower_bound: i64,
    /// Where that bound comes from.
    pub bound_from: String,
    /// Distance of the two, in basis points of the value.
    pub gap: i64,
    /// Steps of improvement.
    pub steps: u64,
    /// Budgets that no plan may go over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hard_budgets: Vec<HardBudgetRow>,
    /// What was done to keep them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saved: Vec<String>,
    /// Shows that may not happen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prospects: Vec<ProspectRow>,
    /// Its odds, where the aim asks for some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub odds: Option<ScenarioOdds>,
}

/// A budget that no plan may go over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HardBudgetRow {
    /// What it is on: "total", "show ARC", "department CMP", codes of accounts, or a month ("2027-03").
    pub cap: String,
    /// Codes of its accounts; none where it is on something else.
    pub accounts: Vec<String>,
    /// How much that may cost.
    pub amount: i64,
    /// What it costs in the plan without the cap.
    pub planned: i64,
    /// Freelance days and overtime in that, which could be saved without stopping work.
    pub avoidable: i64,
    /// What it costs in the plan with the cap, which leaves out no more work than the plan without.
    pub cost: i64,
    /// Whether it holds.
    pub holds: bool,
    /// What is missing where it does not: so much more budget, or less work.
    pub missing: i64,
}

/// A show that may not happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProspectRow {
    /// Its id.
    pub show: String,
    /// The chance that it does, in basis points.
    pub probability: i64,
    /// Final cost without it.
    pub final_cost_without: i64,
    /// Final cost at that chance: of the plan with it and the plan without it.
    pub expected_cost: i64,
    /// Last day of all work without it.
    #[schemars(with = "Option<String>")]
    pub finish_without: Option<Date>,
    /// Working days late over the milestones of the other shows: with it …
    pub days_late_with: u64,
    /// … and without it.
    pub days_late_without: u64,
}

/// The odds of a scenario's plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioOdds {
    /// With how much confidence dates and cost hold, in basis points.
    pub confidence: i64,
    /// Draws.
    pub draws: u32,
    /// Milestones with open work, in the order of the show.
    pub milestones: Vec<MilestoneChance>,
    /// All of them on time, in basis points.
    pub all_on_time: i64,
    /// The final cost is at most so much with that confidence.
    pub final_cost: i64,
}

/// The odds of a milestone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MilestoneChance {
    /// Its id.
    pub id: String,
    /// On time, in basis points.
    pub on_time: i64,
    /// It is done by this day with the confidence asked for; `null` when some of it has no place.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
}

/// A task that two plans have differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaskDifference {
    /// Its id.
    pub task: String,
    /// First day in the one; `null` = no place there.
    #[schemars(with = "Option<String>")]
    pub start_a: Option<Date>,
    /// Last day.
    #[schemars(with = "Option<String>")]
    pub end_a: Option<Date>,
    /// Who works on it.
    pub who_a: Vec<String>,
    /// First day in the other.
    #[schemars(with = "Option<String>")]
    pub start_b: Option<Date>,
    /// Last day.
    #[schemars(with = "Option<String>")]
    pub end_b: Option<Date>,
    /// Who works on it.
    pub who_b: Vec<String>,
}

/// An account in two scenarios.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountDifference {
    /// Its code.
    pub account: String,
    /// What it is for.
    pub description: String,
    /// Final cost in the one.
    pub a: i64,
    /// Final cost in the other.
    pub b: i64,
}

/// A milestone in two scenarios.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MilestoneDifference {
    /// Its id.
    pub id: String,
    /// Its last day of work in the one.
    #[schemars(with = "Option<String>")]
    pub a: Option<Date>,
    /// In the other.
    #[schemars(with = "Option<String>")]
    pub b: Option<Date>,
}

/// What two scenarios have differently, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioDiff {
    /// Name of the one.
    pub a: String,
    /// Name of the other.
    pub b: String,
    /// Edits of the one that the other has not.
    pub only_a: Vec<String>,
    /// Edits of the other that the one has not.
    pub only_b: Vec<String>,
    /// Milestones that end on another day.
    pub milestones: Vec<MilestoneDifference>,
    /// Accounts that end at another amount.
    pub accounts: Vec<AccountDifference>,
    /// Final cost of the other less that of the one.
    pub final_cost: i64,
    /// Tasks that begin or end on another day.
    pub moved: u32,
    /// Tasks of other people.
    pub people_changed: u32,
    /// Tasks with a difference.
    pub tasks: Vec<TaskDifference>,
}

/// Scenarios side by side.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CompareAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// The aim they are ranked for.
    pub aim: Option<String>,
    /// Value of the plan that all start from.
    pub first_objective: i64,
    /// The production as it is: every edit is measured against it.
    pub base: ScenarioRow,
    /// The scenarios, in the order of the file.
    pub scenarios: Vec<ScenarioRow>,
    /// What two of them have differently.
    pub diff: Option<ScenarioDiff>,
    /// Scenarios without a result because the run was stopped.
    pub stopped: u32,
}

/// Where something changes along the values of a sweep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BreakRow {
    /// What holds or does not: a milestone, or the cost.
    pub what: String,
    /// Whether it holds at the first values.
    pub held: bool,
    /// The last value at which that is so.
    pub last: String,
    /// The first value at which it is not.
    pub first: String,
    /// Whether it stays so from there on.
    pub steady: bool,
}

/// A question over a range.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SweepAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// What was varied, as it was asked.
    pub questions: Vec<String>,
    /// Most that the production may cost, where it was said.
    pub cap: Option<i64>,
    /// The production as it is.
    pub base: ScenarioRow,
    /// A row for every value, or combination of values, in order.
    pub rows: Vec<ScenarioRow>,
    /// Where it breaks, or begins to hold; for one question.
    pub breaks: Vec<BreakRow>,
    /// Values without a result because the run was stopped.
    pub stopped: u32,
}
