//! The rows of a plan: dates, tasks, who does them when, overtime, and the crew by week.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
