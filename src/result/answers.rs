//! Answers to questions about a show, as they are printed in JSON.

use super::PartRow;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// What one more artist is worth, by department and time.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PriceList {
    /// Name of the production.
    pub production: String,
    /// The day of the plan.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// ISO 4217 code of all amounts, which are in minor units.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// What the objective favours.
    pub mode: String,
    /// Value of the weekly plan: lateness at its price, pay that could be saved.
    pub value: i64,
    /// Departments and periods in which more people would be worth something.
    pub priced: u64,
    /// The dearest of them.
    pub prices: Vec<PriceRow>,
    /// What a day of a vendor is worth, by department and time.
    pub vendor_days: Vec<UnitPrice>,
    /// What an hour of overtime above the cap is worth, beyond its pay, by department and time.
    pub overtime_hours: Vec<UnitPrice>,
    /// What a working day on a milestone is worth.
    pub milestone_days: Vec<MilestonePrice>,
    /// What one more licence, desk or core is worth a week, by pool and time.
    pub pools: Vec<PoolPrice>,
    /// Most shots or assets whose work the weekly plan does not tell apart.
    pub together: u64,
    /// The back end that solved the weekly plan.
    pub backend: String,
    /// Programs that were solved again.
    pub steps: u64,
    /// Whether prices were left out for the limit on steps or time.
    pub is_cut: bool,
}

/// What one unit more is worth in one department and period.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct UnitPrice {
    /// Code of the department.
    pub department: String,
    /// First day.
    #[schemars(with = "String")]
    pub from: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub to: Date,
    /// The dual.
    pub dual: i64,
    /// What one more saves.
    pub one_more: i64,
    /// What one less costs; not given where there is less than one.
    pub one_less: Option<i64>,
    /// Both agree: the price holds from one less to one more. Else it lies between the two.
    pub holds: bool,
    /// What a unit costs, where that is not taken off already.
    pub unit_cost: Option<i64>,
    /// Who it is bought from.
    pub vendor: Option<String>,
}

/// What one more of a pool is worth for a week.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PoolPrice {
    /// Id of the pool.
    pub pool: String,
    /// Its name.
    pub name: String,
    /// What one is: "licence", "desk" or "core" (24 core-hours of a farm on each day).
    pub unit: String,
    /// First day.
    #[schemars(with = "String")]
    pub from: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub to: Date,
    /// The dual.
    pub dual: i64,
    /// What one more saves.
    pub one_more: i64,
    /// What one less costs; not given where there is less than one.
    pub one_less: Option<i64>,
    /// Both agree: the price holds from one less to one more. Else it lies between the two.
    pub holds: bool,
    /// What five days of a unit beyond the pool cost, where it can be had.
    pub rent: Option<i64>,
}

/// What a working day on a milestone is worth.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MilestonePrice {
    /// Its id.
    pub id: String,
    /// Name.
    pub name: String,
    /// When it is due.
    #[schemars(with = "String")]
    pub due: Date,
    /// What one day later saves.
    pub later: i64,
    /// What one day earlier costs.
    pub earlier: i64,
}

/// One department and period.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PriceRow {
    /// Code of the department.
    pub department: String,
    /// Code of the show, where not everybody of the department may work on every show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
    /// The speciality, where only some have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speciality: Option<String>,
    /// Code of the site, of work that only people there can do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// First day.
    #[schemars(with = "String")]
    pub from: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub to: Date,
    /// The dual: what a little more time is worth, for an artist-week.
    pub dual: i64,
    /// What one artist more saves, a week.
    pub one_more: i64,
    /// What one artist less costs, a week; not given where there is less than one.
    pub one_less: Option<i64>,
    /// Both agree: the price holds from one less to one more. Else it lies between the two.
    pub holds: bool,
    /// What a freelance artist of the department costs, a week; any artist where there is none.
    pub artist_week: i64,
}

/// The hard rules that clash, and what would help.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ConflictList {
    /// Name of the production.
    pub production: String,
    /// The day of the plan.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// ISO 4217 code of all amounts, which are in minor units.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// Hard milestones first, then by the days they break.
    pub conflicts: Vec<super::Conflict>,
}

/// Headcount by department and week, and what to do about it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CrewPlan {
    /// Name of the production.
    pub production: String,
    /// The day of the plan.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// Mondays of the weeks.
    #[schemars(with = "Vec<String>")]
    pub weeks: Vec<Date>,
    /// Shows that may not happen; all else counts them as certain.
    pub prospects: Vec<Chance>,
    /// Departments in pipeline order.
    pub departments: Vec<CrewDepartment>,
    /// Render farm, licences and desks that the plan uses.
    pub pools: Vec<PoolLoad>,
    /// Where people are missing for long enough to hire.
    pub hires: Vec<Hire>,
    /// People who may work where somebody is missing, on terms of the show's moves, and have time for it then.
    pub moves: Vec<MoveOption>,
    /// Contracts that outlast the work the plan has for them.
    pub releases: Vec<Release>,
    /// Contracts that end while their department is short of people.
    pub extensions: Vec<Extension>,
    /// Options to prolong contracts that can still be taken.
    pub options: Vec<OptionRow>,
    /// Bookings from the day of the plan on, by how firm they are and department.
    pub bookings: Vec<Held>,
    /// What its figures are made of, in minutes; `--why` tells it.
    #[serde(skip)]
    pub opened: super::Opened,
}

/// The right to let a contract go on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OptionRow {
    /// Code of the person.
    pub person: String,
    /// Code of the home department.
    pub department: Option<String>,
    /// Last day of the contract.
    #[schemars(with = "String")]
    pub contract_end: Date,
    /// Last day if the option is taken.
    #[schemars(with = "String")]
    pub until: Date,
    /// Last day to take it.
    #[schemars(with = "String")]
    pub decide_by: Date,
    /// Artists the department is short of in the four weeks after the contract; 0 = of nobody.
    pub short: f64,
}

/// Time of people that is booked or held, of one department and state.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Held {
    /// "confirmed", "tentative", "hold1", "hold2" or "cancelled".
    pub state: String,
    /// Code of the department.
    pub department: String,
    /// People with such bookings.
    pub people: u32,
    /// Artist-days.
    pub days: f64,
    /// The same, each as likely as it becomes firm.
    pub expected_days: f64,
}

/// A show that may not happen.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Chance {
    /// Id of the show.
    pub show: String,
    /// Its chance, in basis points.
    pub probability: i64,
}

/// Full-time artists of one department, one value a week.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CrewDepartment {
    /// Code.
    pub id: String,
    /// What the work asks for, spread over the time it has.
    pub demand: Vec<f64>,
    /// Of that, the work of shows that are certain.
    pub firm: Vec<f64>,
    /// The work of all shows, each at its chance.
    pub weighed: Vec<f64>,
    /// What its own people can give, without overtime.
    pub capacity: Vec<f64>,
    /// What the plan uses, overtime included.
    pub booked: Vec<f64>,
    /// Demand less capacity; below 0 there is room.
    pub gap: Vec<f64>,
    /// Demand of this and earlier weeks that has found no capacity yet.
    pub backlog: Vec<f64>,
}

/// What the plan uses of a pool, one value a week.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PoolLoad {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// "farm" (core-hours), "licence" or "desk".
    pub kind: String,
    /// The most used on a day of the week.
    pub most: Vec<f64>,
    /// What there is on the days on which any is used, on average.
    pub there: Vec<f64>,
    /// Used of what there is on these days, in per cent.
    pub load: Vec<f64>,
    /// Units beyond what there is, times days.
    pub beyond: Vec<f64>,
}

/// People to look for.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Hire {
    /// Code of the department.
    pub department: String,
    /// How many full-time artists.
    pub artists: u32,
    /// First day.
    #[schemars(with = "String")]
    pub from: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub to: Date,
}

/// Somebody who could work elsewhere instead of a hire.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MoveOption {
    /// Code of the person.
    pub person: String,
    /// Code of the home department.
    pub department: Option<String>,
    /// Where they would work: department, site and show, as far as they change.
    pub place: String,
    /// Code of the department that is short of people.
    pub wanted_by: String,
    /// First day they could be there.
    #[schemars(with = "String")]
    pub from: Date,
    /// Last day they are wanted.
    #[schemars(with = "String")]
    pub to: Date,
    /// Last day to decide.
    #[schemars(with = "String")]
    pub decide_by: Date,
    /// Working days in that time on which the plan has no work for them.
    pub free_days: u32,
    /// Speed there in per cent of the bid standard.
    pub level: f64,
}

/// A contract that could end earlier.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Release {
    /// Code of the person.
    pub person: String,
    /// Code of the home department.
    pub department: Option<String>,
    /// Last day on which the plan has work for them; none at all if not given.
    #[schemars(with = "Option<String>")]
    pub last_work: Option<Date>,
    /// First day that need not be paid.
    #[schemars(with = "String")]
    pub free_from: Date,
    /// Last day to give notice so that pay ends then.
    #[schemars(with = "String")]
    pub notice_by: Date,
    /// Last day of the contract.
    #[schemars(with = "String")]
    pub contract_end: Date,
    /// Working days saved.
    pub days: u32,
}

/// A contract worth prolonging.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Extension {
    /// Code of the person.
    pub person: String,
    /// Code of the home department.
    pub department: String,
    /// Last day of the contract.
    #[schemars(with = "String")]
    pub contract_end: Date,
    /// Artists the department is short of in the four weeks after.
    pub short: f64,
}

/// A cost report, sorted by one thing.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CostReport {
    /// Name of the production.
    pub production: String,
    /// The day of the plan.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// ISO 4217 code of all amounts, which are in minor units.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// What it is sorted by.
    pub by: String,
    /// A row for each part that has a budget or a cost.
    pub rows: Vec<PartRow>,
    /// Sum of all rows but revenue.
    pub total: PartRow,
    /// Contingency, where there is any.
    pub contingency: Option<super::Contingency>,
    /// Cost and margin with and without shows that may not happen, where there are any.
    pub prospects: Option<super::Prospects>,
    /// Tables for people have accruals inside commitments; figures here are apart all the same.
    pub accruals_in_commitments: bool,
}

/// A budget version against the budget in force and the final cost.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BudgetComparison {
    /// Name of the production.
    pub production: String,
    /// The day of the plan.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// ISO 4217 code of all amounts, which are in minor units.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// The version.
    pub version: String,
    /// Accounts with a budget in either, or a cost.
    pub rows: Vec<ComparisonRow>,
    /// Sum of all rows but revenue.
    pub total: ComparisonRow,
}

/// An account in two budgets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct ComparisonRow {
    /// Account code.
    pub account: String,
    /// Description.
    pub description: String,
    /// Budget of the version.
    pub version_budget: i64,
    /// The budget in force: original, approved changes and contingency.
    pub current_budget: i64,
    /// `current_budget − version_budget`.
    pub change: i64,
    /// Estimated final cost.
    pub efc: i64,
    /// `version_budget − efc`; negative = over what was agreed then.
    pub version_variance: i64,
    /// `current_budget − efc`.
    pub variance: i64,
}
