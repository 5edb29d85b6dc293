//! Odds on dates and money, as they are printed in JSON.
//!
//! Probabilities and shares are numbers from 0 to 1, money is in minor units of `currency`. Each figure that
//! was drawn has an error: half of its 95 % interval, for the number of draws alone.

use super::Heading;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// The odds of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RiskAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Draws made.
    pub draws: u32,
    /// Draws asked for.
    pub draws_asked: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// "fixed-order" or "replan".
    pub policy: String,
    /// Level of contingency and headlines.
    pub confidence: f64,
    /// Id of the milestone that drivers and tasks are about.
    pub target: String,
    /// Milestones with open work.
    pub milestones: Vec<RiskMilestone>,
    /// All of them on time.
    pub all_on_time: Probability,
    /// All of them on time and the cost inside the budget, where there is one.
    pub all_on_time_on_budget: Probability,
    /// Final cost.
    pub cost: RiskCost,
    /// The lowest cash from the week of the plan on.
    pub lowest_cash: RiskCash,
    /// What causes the spread, the largest first.
    pub drivers: Vec<RiskDriver>,
    /// Tasks that decide the end of the target in some draw, the most frequent first.
    pub tasks: Vec<RiskTask>,
    /// Departments on the chains that decide the end of the target.
    pub departments: Vec<RiskDepartment>,
    /// Before and after each mitigation, with the same draws.
    pub mitigations: Vec<RiskMitigation>,
    /// Shots finished by the end of each week.
    pub finals: Vec<RiskWeek>,
    /// What stood in no file and was assumed, in words.
    pub assumed: Vec<String>,
    /// Draws in which some work found no time before the last day that was looked at.
    pub draws_beyond: u32,
    /// Tasks that a run without any spread does not put where the plan has them.
    pub moved: Vec<String>,
    /// It was stopped before all draws were made.
    pub interrupted: bool,
}

/// A probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Probability {
    /// Share of the draws.
    pub value: f64,
    /// Half of its 95 % interval.
    pub error: f64,
}

/// A date by which something is done with a probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DateLevel {
    /// The probability.
    pub level: f64,
    /// The date.
    #[schemars(with = "String")]
    pub date: Date,
    /// Half of its 95 % interval, in days.
    pub error: f64,
}

/// An amount that is not exceeded with a probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MoneyLevel {
    /// The probability.
    pub level: f64,
    /// The amount.
    pub amount: i64,
    /// Half of its 95 % interval.
    pub error: f64,
}

/// A point of the curve of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DayShare {
    /// A day.
    #[schemars(with = "String")]
    pub date: Date,
    /// Share of the draws in which all is done by then.
    pub share: f64,
}

/// Odds of a milestone.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RiskMilestone {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it is promised.
    #[schemars(with = "String")]
    pub due: Date,
    /// When the plan has it done; not given when some of it has no place.
    #[schemars(with = "Option<String>")]
    pub planned: Option<Date>,
    /// On time.
    pub on_time: Probability,
    /// Dates by probability; empty when some of it has no place.
    pub levels: Vec<DateLevel>,
    /// Working days that are missing to hold the promise with the confidence asked for; below 0 = to spare.
    pub contingency_days: i64,
    /// How the share of draws grows with the days.
    pub curve: Vec<DayShare>,
}

/// Odds of the final cost.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RiskCost {
    /// What the plan costs.
    pub planned: i64,
    /// Mean.
    pub mean: f64,
    /// Half of its 95 % interval.
    pub mean_error: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Amounts by probability.
    pub levels: Vec<MoneyLevel>,
    /// Current budget.
    pub budget: Option<i64>,
    /// Inside the budget.
    pub on_budget: Option<Probability>,
    /// Money beyond the plan's final cost that is enough with the confidence asked for.
    pub contingency: i64,
    /// The same beyond the budget; below 0 = to spare.
    pub beyond_budget: Option<i64>,
    /// How the share of draws grows with the amount.
    pub curve: Vec<MoneyShare>,
}

/// A point of the curve of the final cost.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MoneyShare {
    /// An amount.
    pub amount: i64,
    /// Share of the draws that stay within it.
    pub share: f64,
}

/// Odds of the lowest cash.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RiskCash {
    /// In the plan.
    pub planned: i64,
    /// What cash does not fall below with each probability.
    pub levels: Vec<MoneyLevel>,
}

/// A cause of spread.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RiskDriver {
    /// In words.
    pub name: String,
    /// Share of the variance of the target's end.
    pub days_share: f64,
    /// Half of its 95 % interval.
    pub days_error: f64,
    /// How many days the end moves from this cause's P10 to its P90.
    pub days_swing: f64,
    /// Share of the variance of the final cost.
    pub money_share: f64,
    /// Half of its 95 % interval.
    pub money_error: f64,
    /// How far the final cost moves from this cause's P10 to its P90.
    pub money_swing: f64,
}

/// What a task has to do with the end of the target.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RiskTask {
    /// Its id.
    pub task: String,
    /// Code of its department.
    pub department: String,
    /// Share of the draws in which it is on the chain that decides the end.
    pub criticality: f64,
    /// Correlation of its work with the end.
    pub cruciality: f64,
    /// Criticality × spread of its work ÷ spread of the end.
    pub sensitivity: f64,
}

/// What a department has to do with the end of the target.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RiskDepartment {
    /// Its code.
    pub department: String,
    /// Its share of the work on the deciding chains.
    pub criticality: f64,
    /// Criticality of its most critical task.
    pub highest: f64,
}

/// What a mitigation does to the target and to the final cost.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RiskMitigation {
    /// Its name.
    pub name: String,
    /// Its price.
    pub price: i64,
    /// On time before.
    pub on_time_before: Probability,
    /// On time after.
    pub on_time_after: Probability,
    /// Date that holds with the confidence asked for, before.
    #[schemars(with = "Option<String>")]
    pub date_before: Option<Date>,
    /// The same after.
    #[schemars(with = "Option<String>")]
    pub date_after: Option<Date>,
    /// Days earlier on average.
    pub days: f64,
    /// Half of its 95 % interval.
    pub days_error: f64,
    /// Mean final cost before.
    pub mean_cost_before: f64,
    /// The same after, with the price.
    pub mean_cost_after: f64,
    /// Final cost that is enough with the confidence asked for, before.
    pub cost_before: i64,
    /// The same after, with the price.
    pub cost_after: i64,
}

/// Shots finished by the end of a week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RiskWeek {
    /// Its Monday.
    #[schemars(with = "String")]
    pub week: Date,
    /// In the plan.
    pub planned: u32,
    /// In nine of ten draws at least.
    pub p10: u32,
    /// In half of the draws at least.
    pub p50: u32,
    /// In one of ten draws at least.
    pub p90: u32,
}

/// How far finished work was from its bids.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LearnedAnswer {
    /// Finished tasks.
    pub tasks: u32,
    /// All tasks, then departments, classes and levels.
    pub rows: Vec<SpreadRow>,
    /// Tasks that were held out in turn, to see how well the rest foretells them.
    pub held_out: u32,
    /// Share of them inside the middle 80 % of what was foretold.
    pub inside_80: f64,
    /// Share of them inside the middle 50 %.
    pub inside_50: f64,
    /// Share of them no larger than the P80.
    pub below_p80: f64,
}

/// The spread of a group of tasks.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SpreadRow {
    /// Code of the department; not given = all.
    pub department: Option<String>,
    /// Class; not given = all.
    pub class: Option<String>,
    /// Level; not given = all.
    pub level: Option<String>,
    /// Tasks.
    pub tasks: u32,
    /// Median of actual ÷ bid, as it was.
    pub raw_median: f64,
    /// The same, drawn towards the larger group.
    pub median: f64,
    /// Standard deviation of the logarithm, as it was.
    pub raw_sigma: Option<f64>,
    /// The same, drawn towards the larger group, with what so few tasks leave open.
    pub sigma: f64,
}
