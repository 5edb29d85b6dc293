//! One page a week for the show producer, as it is printed in JSON.
//!
//! Money is in minor units of `currency`; dates are ISO 8601 days, both ends in.

use super::Heading;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// What a show producer has to know this week.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WeeklyReport {
    /// Whose report it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Whether every promise is kept in the plan.
    pub delivers: bool,
    /// Last day of all work.
    #[schemars(with = "Option<String>")]
    pub finish: Option<Date>,
    /// Milestones in all, and those that are late.
    pub milestones: u32,
    /// Milestones that are late.
    pub milestones_late: u32,
    /// Milestones that are late or due soon, earliest first.
    pub dates: Vec<WeeklyDate>,
    /// What moves in this week and the next.
    pub weeks: Vec<WeeklyWork>,
    /// Departments that have the least room in the next weeks, the fullest first.
    pub departments: Vec<WeeklyLoad>,
    /// Budget as approved; not given without one.
    pub budget: Option<i64>,
    /// Actual and accrued.
    pub to_date: i64,
    /// Estimated final cost.
    pub efc: i64,
    /// Budget less estimated final cost.
    pub variance: Option<i64>,
    /// Change of the estimate since the last period.
    pub movement: Option<i64>,
    /// Accounts that are most over their budget, the worst first.
    pub over: Vec<WeeklyAccount>,
    /// Contingency, where there is any, and what it takes by the odds where they are given.
    pub contingency: Option<super::Contingency>,
    /// Cost to date of work on change orders that the client has not approved.
    pub unapproved_spent: i64,
    /// Price of changes of vendors' orders that are not agreed and whose work has begun.
    pub vendors_unapproved: i64,
    /// Value done for what was spent; 1 = as budgeted.
    pub cost_index: Option<f64>,
    /// Time earned for the time that went by; 1 = on time.
    pub time_index: Option<f64>,
    /// Revenue less net cost, with approved changes.
    pub margin: Option<i64>,
    /// Week of the lowest balance.
    #[schemars(with = "Option<String>")]
    pub lowest_week: Option<Date>,
    /// That balance.
    pub lowest: Option<i64>,
    /// Hard rules that clash, with the cheapest way out that works.
    pub conflicts: Vec<WeeklyConflict>,
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WeeklyDate {
    /// Name.
    pub name: String,
    /// When it is due.
    #[schemars(with = "String")]
    pub due: Date,
    /// When it is done in the plan.
    #[schemars(with = "Option<String>")]
    pub planned: Option<Date>,
    /// Working days to spare; below 0 = late.
    pub slack_days: Option<i64>,
    /// Shots, assets and tasks in it that are open.
    pub open_items: u32,
}

/// A week of work.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WeeklyWork {
    /// Monday.
    #[schemars(with = "String")]
    pub week: Date,
    /// Tasks that begin.
    pub starts: u32,
    /// Tasks that end.
    pub ends: u32,
    /// Shots and assets of which the last task ends.
    pub finals: u32,
    /// Shots and assets that are due.
    pub due: u32,
    /// Artists with work.
    pub artists: u32,
    /// Hours of overtime.
    pub overtime_hours: f64,
    /// Of these, hours on days off.
    pub day_off_hours: f64,
    /// What is paid.
    pub paid: i64,
    /// What comes in.
    pub received: i64,
}

/// How full a department is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WeeklyLoad {
    /// Name.
    pub department: String,
    /// Booked of the time there is over the next four weeks, in basis points.
    pub booked: i64,
    /// The same for what the work asks for.
    pub asked: i64,
}

/// An account over its budget.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WeeklyAccount {
    /// Account code.
    pub account: String,
    /// Name.
    pub description: String,
    /// Estimated final cost.
    pub efc: i64,
    /// Budget less estimated final cost.
    pub variance: i64,
}

/// Rules that clash.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WeeklyConflict {
    /// In words.
    pub text: String,
    /// The cheapest way out.
    pub way_out: Option<String>,
    /// Working days later with it.
    pub days: Option<i64>,
    /// What it costs more.
    pub cost: Option<i64>,
}
