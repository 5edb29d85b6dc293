//! What a run leaves behind: one saved document from which every page and table is made again.
//!
//! Conventions, stated once: money is in minor units of `production.currency` (pence, cents);
//! times are whole minutes; dates are ISO 8601 days, both ends in; `start_slot` and `end_slot` are
//! boundaries counted from the first day of the timeline, half-open. `null` is unknown, never 0.
//! Takes what the pipeline puts together, gives a [`Document`] to `report` and `write`.
//! Calculates nothing.

mod answers;
mod batch;
mod bid;
mod bids;
mod cash;
mod certificate;
mod conflict;
mod cost;
mod crunch;
mod desk;
mod desk_answers;
mod earned_value;
mod incentives;
mod ladder;
mod levers;
mod margin;
mod opened;
mod risk;
mod rows;
mod scenarios;
mod since;
mod snapshot;
mod vendors;
mod weekly;

pub use answers::*;
pub use batch::*;
pub use bid::*;
pub use bids::*;
pub use cash::*;
pub use certificate::*;
pub use conflict::*;
pub use cost::*;
pub use crunch::*;
pub use desk::*;
pub use desk_answers::*;
pub use earned_value::*;
pub use incentives::*;
pub use ladder::*;
pub use levers::*;
pub use margin::*;
pub use opened::*;
pub use risk::*;
pub use rows::*;
pub use scenarios::*;
pub use since::*;
pub use snapshot::*;
pub use vendors::*;
pub use weekly::*;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of the format in the field `format`.
pub const FORMAT: &str = "shotplan-result";
/// Version of the format; grows with each change that old programs cannot read.
pub const VERSION: u32 = 4;

/// A saved result: the plan, what it costs, how good it is, and the words to show it with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Always "shotplan-result".
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// Whose plan it is.
    pub production: ProductionInfo,
    /// The answer in one look.
    pub headline: Headline,
    /// Promised dates.
    pub milestones: Vec<MilestoneRow>,
    /// Shots, assets and tasks with a due date of their own, planned late, worst first.
    pub late: Vec<LateRow>,
    /// All tasks that are not done, in the order of the input.
    pub tasks: Vec<TaskRow>,
    /// Who works when on which task, sorted by task, then part.
    pub assignments: Vec<AssignmentRow>,
    /// Overtime by person and day.
    pub overtime: Vec<OvertimeRow>,
    /// Demand, capacity and booked time by department and week.
    pub crew: Crew,
    /// Cost report and cost by week.
    pub cost: Cost,
    /// The money sorted every way, and what it is made of; `null` in results of older programs.
    #[serde(default)]
    pub desk: Option<Desk>,
    /// What is otherwise than in the earlier plan that this one keeps to; `null` without.
    #[serde(default)]
    pub since: Option<Since>,
    /// Rules that cannot all hold, and the ways out.
    pub conflicts: Vec<Conflict>,
    /// Warnings about the data.
    pub warnings: Vec<Warning>,
    /// Values that stood in no file and were assumed: field and how often.
    pub assumed: BTreeMap<String, u32>,
    /// How good the plan is and how to get it again.
    pub certificate: Certificate,
    /// Whether the amounts of single people are in it; else their bands are, and their amounts only in sums.
    #[serde(default = "yes")]
    pub with_rates: bool,
}

/// Results of older programs have them.
fn yes() -> bool {
    true
}

/// Whose plan it is, and the tables that the rows refer to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductionInfo {
    /// Name.
    pub name: String,
    /// The day of the plan.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// ISO 4217 code.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// "balanced", "deliver", "cheapest", "no-overtime" or "keep-plan".
    pub mode: String,
    /// First day of the timeline (a Monday).
    #[schemars(with = "String")]
    pub first_day: Date,
    /// Last day of the timeline.
    #[schemars(with = "String")]
    pub last_day: Date,
    /// Slots in a day.
    pub slots_per_day: u32,
    /// Minutes in a bid day.
    pub day_minutes: i64,
    /// Days nobody works by the first site's calendar (weekends, holidays), for shading.
    #[schemars(with = "Vec<String>")]
    pub days_off: Vec<Date>,
    /// Shows.
    pub shows: Vec<ShowInfo>,
    /// Departments in pipeline order.
    pub departments: Vec<DepartmentInfo>,
    /// People.
    pub people: Vec<PersonInfo>,
    /// Shots, assets, sequences and shows that tasks are part of.
    pub entities: Vec<EntityInfo>,
}

/// A show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowInfo {
    /// Id.
    pub id: String,
    /// Title.
    pub name: String,
}

/// A department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentInfo {
    /// Id.
    pub id: String,
    /// Full name.
    pub name: String,
}

/// A person or placeholder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonInfo {
    /// Id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Own department.
    pub department: Option<String>,
    /// Site.
    pub site: String,
    /// A planned hire without a name.
    pub placeholder: bool,
    /// Band of the cost of a full day with burden, in minor units: from, and up to without it.
    #[serde(default)]
    pub band: Option<[i64; 2]>,
}

/// What a task is part of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntityInfo {
    /// Id.
    pub id: String,
    /// "shot", "asset", "sequence" or "show".
    pub kind: String,
    /// Sequence, for shots.
    pub sequence: Option<String>,
    /// Show.
    pub show: String,
    /// Complexity class.
    pub class: Option<String>,
    /// Due date.
    #[schemars(with = "Option<String>")]
    pub due: Option<Date>,
}

/// The answer in one look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Headline {
    /// Every milestone and every due date is met and all work has a place.
    pub delivers: bool,
    /// Last day of work.
    #[schemars(with = "Option<String>")]
    pub finish: Option<Date>,
    /// Milestones in all, and late ones.
    pub milestones: u32,
    /// Milestones planned late.
    pub milestones_late: u32,
    /// Things with a due date of their own.
    pub deliverables: u32,
    /// Of these, planned late.
    pub deliverables_late: u32,
    /// Most working days late.
    pub worst_late_days: u32,
    /// Tasks without a place.
    pub unplaced: u32,
    /// Estimated final cost.
    pub efc: i64,
    /// Current budget, if there is one.
    pub budget: Option<i64>,
    /// Budget less estimated final cost.
    pub variance: Option<i64>,
    /// Work still planned, in artist minutes.
    pub planned_minutes: i64,
}

/// A warning about the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// Rule.
    pub code: String,
    /// Object.
    pub object: String,
    /// What and why.
    pub message: String,
    /// What to do.
    pub help: String,
    /// File.
    pub file: Option<String>,
    /// Line.
    pub line: Option<u32>,
}
