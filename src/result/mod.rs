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

/// A promised date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MilestoneRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Show.
    pub show: String,
    /// "final", "batch", "temp" or "internal".
    pub kind: String,
    /// Missing it breaks a contract.
    pub hard: bool,
    /// Due.
    #[schemars(with = "String")]
    pub due: Date,
    /// Planned; `null` when it has no open work, or some of it has no place.
    #[schemars(with = "Option<String>")]
    pub planned: Option<Date>,
    /// Nothing of it is open any more.
    pub done: bool,
    /// Working days from planned to due; negative = late.
    pub slack_days: Option<i64>,
    /// No plan with these people can be earlier.
    #[schemars(with = "Option<String>")]
    pub earliest_possible: Option<Date>,
    /// Shots and assets in it that are still open.
    pub open_items: u32,
    /// Those planned after its date.
    pub late_items: Vec<String>,
    /// Tasks of it without a place.
    pub unplaced: u32,
    /// What decides its date: ids of tasks, first to last.
    pub chain: Vec<String>,
}

/// A shot, asset or task planned later than its own due date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LateRow {
    /// Id.
    pub id: String,
    /// "shot", "asset" or "task".
    pub kind: String,
    /// Due.
    #[schemars(with = "String")]
    pub due: Date,
    /// Planned; `null` when some of its work has no place.
    #[schemars(with = "Option<String>")]
    pub planned: Option<Date>,
    /// Working days late.
    pub days_late: u32,
    /// No plan with these people can be earlier.
    #[schemars(with = "Option<String>")]
    pub earliest_possible: Option<Date>,
    /// The task that ends last.
    pub last_task: Option<String>,
}

/// A task that is not done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskRow {
    /// Id.
    pub id: String,
    /// What it is part of (an id in `production.entities`) and which kind that is.
    pub entity: String,
    /// "shot", "asset", "sequence" or "show".
    pub entity_kind: String,
    /// Department.
    pub department: String,
    /// Status.
    pub status: String,
    /// Work left at the bid standard.
    pub work_minutes: i64,
    /// First day; `null` without a place.
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Last day.
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
    /// Due, its own or its shot's or asset's.
    #[schemars(with = "Option<String>")]
    pub due: Option<Date>,
    /// The boundary between slots at which a task that needs nobody any more happens; `null` for
    /// all others.
    pub instant_slot: Option<u32>,
    /// Why it sits there.
    pub reason: Reason,
}

/// Why a task sits where it sits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// "as_of", "release", "waits_for_task", "waits_for_artist", "crew_cap", "waits_for_pool", "waits_for_vendor",
    /// "locked", "late_wish", "continues", "nobody_can", "no_time_left", "waits_for_unplaced", "on_hold", "choice".
    pub code: String,
    /// The reason as a short sentence.
    pub text: String,
    /// The task it waits for, or the one its artist is busy with before.
    pub task: Option<String>,
}

/// One artist's (or vendor's) part of one task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentRow {
    /// Task.
    pub task: String,
    /// Part, from 0.
    pub part: u32,
    /// Person; `null` when a vendor does it.
    pub artist: Option<String>,
    /// Vendor; `null` when a person does it.
    pub vendor: Option<String>,
    /// First day.
    #[schemars(with = "String")]
    pub start: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub end: Date,
    /// Runs of slots, half-open, `[start, end]` each.
    pub segments: Vec<[u32; 2]>,
    /// Time the artist spends, without overtime.
    pub effort_minutes: i64,
    /// Overtime spent.
    pub overtime_minutes: i64,
    /// What it costs, without overtime pay; `null` where pay is not told.
    pub cost: Option<i64>,
}

/// Overtime of a person on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OvertimeRow {
    /// Person.
    pub artist: String,
    /// Day.
    #[schemars(with = "String")]
    pub date: Date,
    /// How long.
    pub minutes: u32,
    /// Minutes of work that it does, where the week is so long that an hour does less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_minutes: Option<u32>,
    /// Pay for it; `null` where pay is not told.
    pub cost: Option<i64>,
    /// Whether it is a day on which their site does not work.
    #[serde(default, skip_serializing_if = "is_no")]
    pub day_off: bool,
}

fn is_no(value: &bool) -> bool {
    !value
}

/// Crew by department and week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Crew {
    /// Mondays of the weeks.
    #[schemars(with = "Vec<String>")]
    pub weeks: Vec<Date>,
    /// A row for each department, in pipeline order.
    pub departments: Vec<CrewRow>,
}

/// Crew of one department; one value a week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CrewRow {
    /// Department.
    pub department: String,
    /// Artist minutes of its work if each task were done at its latest time that still meets every
    /// due date (spread evenly from its earliest start), whoever is there.
    pub demand: Vec<i64>,
    /// Artist minutes its own people (main skill) can work.
    pub capacity: Vec<i64>,
    /// Artist minutes the plan uses on its tasks.
    pub booked: Vec<i64>,
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
