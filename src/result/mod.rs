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
mod cash;
mod crunch;
mod desk;
mod desk_answers;
mod levers;
mod opened;
mod risk;
mod scenarios;
mod since;
mod snapshot;
mod weekly;

pub use answers::*;
pub use batch::*;
pub use bid::*;
pub use cash::*;
pub use crunch::*;
pub use desk::*;
pub use desk_answers::*;
pub use levers::*;
pub use opened::*;
pub use risk::*;
pub use scenarios::*;
pub use since::*;
pub use snapshot::*;
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
    /// "as_of", "release", "waits_for_task", "waits_for_artist", "crew_cap", "waits_for_pool", "locked", "late_wish",
    /// "continues", "nobody_can", "no_time_left", "waits_for_unplaced", "on_hold", "choice".
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

/// Rules that cannot all hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// What breaks ("milestone final delivery", "task 080_0120_cmp").
    pub object: String,
    /// The rule in the user's words ("must finish by 2027-05-14").
    pub rule: String,
    /// What happens instead, in a sentence or two, with the chain and the earliest date.
    pub text: String,
    /// That the rules cannot all hold is proven: no plan keeps them.
    pub proven: bool,
    /// What proves it: `chain` (of tasks, even with unlimited crew), `load` (the people have not enough
    /// time), `none`.
    pub proof: String,
    /// The rules that cannot all hold, where that is proven.
    pub rules: Vec<ConflictRule>,
    /// The smallest set of rules: without any one of them a plan that keeps the others was found.
    pub irreducible: bool,
    /// What else breaks for the same cause.
    pub also: Vec<String>,
    /// Tasks of the chain that cannot fit, first to last.
    pub chain: Vec<String>,
    /// The earliest date that no plan with these people can beat.
    #[schemars(with = "Option<String>")]
    pub earliest_possible: Option<Date>,
    /// Whether ways out were looked for.
    pub tried: bool,
    /// Ways out, each shown to work by planning again, cheapest first.
    pub ways_out: Vec<WayOut>,
}

/// A rule that cannot hold together with others, or several like ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConflictRule {
    /// Whose rule it is ("task 080_0120_cmp").
    pub object: String,
    /// The rule in the user's words ("waits for 080_0120_lgt").
    pub rule: String,
    /// The file it stands in, where known.
    pub file: Option<String>,
    /// The line of that file.
    pub line: Option<u32>,
}

/// A way out of a conflict that was tried and works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WayOut {
    /// What to do.
    pub text: String,
    /// Working days by which the promised date moves.
    pub days: i64,
    /// What it costs more, in minor units: pay that could be avoided, overtime, vendors, penalties.
    pub cost: i64,
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

/// How good the plan is and how to get it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// "optimal" (objective equals the bound), "feasible".
    pub status: String,
    /// The value that was minimised, in minor units.
    pub objective: i64,
    /// Its components before the mode's multipliers.
    pub components: BTreeMap<String, i64>,
    /// What each component counts in this mode, in basis points.
    pub multipliers: BTreeMap<String, i64>,
    /// No plan can have a lower objective than this.
    pub lower_bound: i64,
    /// Where the bound comes from ("critical path", "load", "linear program").
    pub bound_from: String,
    /// `(objective − lower_bound) ÷ objective`, in basis points; 0 = proven optimal. `null` when the
    /// objective is 0 or less than the bound is worth saying.
    pub gap: Option<i64>,
    /// Bounds tried, by name.
    pub bounds: BTreeMap<String, i64>,
    /// Best objective found after so many steps, from the first plan on.
    pub improvement: Vec<[i64; 2]>,
    /// Seed.
    pub seed: u64,
    /// Steps of improvement.
    pub steps: u64,
    /// Seconds of planning; `null` when steps were counted instead.
    pub seconds: Option<f64>,
    /// Hash of the input.
    pub input_hash: String,
    /// Version of the program.
    pub program: String,
    /// Which back end answered the linear program, and how.
    pub linear_program: Option<LinearProgramInfo>,
    /// Violations found by the independent check: always 0 in a plan that was given out.
    pub violations: u32,
    /// The search was interrupted and the best plan so far kept.
    pub interrupted: bool,
}

/// The linear program behind the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinearProgramInfo {
    /// Back end that answered ("simplex", "clarabel", "highs", "microlp").
    pub backend: String,
    /// Columns.
    pub columns: u32,
    /// Rows.
    pub rows: u32,
    /// Its optimal value, in minor units.
    pub value: i64,
    /// Largest violation of a row, relative.
    pub primal_residual: f64,
    /// Relative distance of primal and dual value.
    pub duality_gap: f64,
}
