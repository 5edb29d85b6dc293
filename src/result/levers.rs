//! Answers about buying time, as they are printed in JSON.
//!
//! Money is in minor units of `currency`; dates are ISO 8601 days, both ends in.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whose answer it is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Heading {
    /// Name of the production.
    pub production: String,
    /// The day of the plan.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// ISO 4217 code of all amounts, which are in minor units.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// What the plans favour.
    pub mode: String,
    /// It was stopped on the way: the answer is what was found until then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut_short: bool,
}

/// Something that is bought.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PurchaseRow {
    /// "hire", "move", "extend", "outsource", "split" (two artists share each of the tasks), "overtime", or "rent" (of a
    /// pool beyond what there is).
    pub kind: String,
    /// Code of the department; of vendors' orders, all departments.
    pub department: String,
    /// How many artists, or tasks; of rent the most on a day: licences or desks, or core-hours.
    pub count: u32,
    /// Person, vendor, pool or terms of hire, where the show names them.
    pub who: Option<String>,
    /// Where a person moves: department, site, show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// First day.
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
    /// Last day.
    #[schemars(with = "Option<String>")]
    pub to: Option<Date>,
    /// Last day to decide, so that it can begin then.
    #[schemars(with = "Option<String>")]
    pub decide_by: Option<Date>,
    /// Cost by itself, at its terms; `null` for the contract of a person where pay is not told.
    pub cost: Option<i64>,
    /// Band of the cost of a day of the person whose contract goes on: from, and up to without it.
    pub day_band: Option<[i64; 2]>,
    /// Ids of tasks that go out.
    pub tasks: Vec<String>,
}

/// Money beyond the plan as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BillRow {
    /// Estimated final cost less that of the plan as it is.
    pub efc: i64,
    /// Pay of new people and longer contracts that no task uses.
    pub unused: i64,
    /// Starts of new people.
    pub starts: i64,
    /// Supervision of vendors, and what is missing to their smallest orders.
    pub vendors: i64,
    /// What incentives give beyond what they give without purchases; taken off the total.
    #[serde(default)]
    pub incentives: i64,
    /// All of it.
    pub total: i64,
}

/// One try: what the weekly program bought, and what the detailed plan made of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TryRow {
    /// The date that the weekly program was asked for.
    #[schemars(with = "String")]
    pub asked: Date,
    /// Departments whose people's time it could not count on in full.
    pub paced: Vec<PaceRow>,
    /// What it says the purchases cost.
    pub weekly_cost: i64,
    /// No whole purchases cost less in the weekly program.
    pub weekly_bound: i64,
    /// Artists hired, contracts prolonged, tasks sent out.
    pub hires: u32,
    /// People who work elsewhere.
    pub moves: u32,
    /// Contracts that go on.
    pub extensions: u32,
    /// Tasks sent out.
    pub sent_out: u32,
    /// Tasks that two artists share.
    pub split: u32,
    /// Last day of the work in the detailed plan.
    #[schemars(with = "Option<String>")]
    pub planned: Option<Date>,
    /// Working days late; below 0 = to spare. Not known without a last day.
    pub late: Option<i64>,
    /// What the detailed plan costs more.
    pub cost: i64,
    /// One decision away from an earlier try: a purchase left out, a week less, or a week more of a move.
    pub trimmed: bool,
}

/// How much of its people's time a department was counted on for.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PaceRow {
    /// Code of the department.
    pub department: String,
    /// Basis points of the time.
    pub share: i64,
}

/// Work that nobody can do in time.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ShortRow {
    /// Code of the department.
    pub department: String,
    /// Bid days.
    pub days: f64,
    /// Most artists the department may have at work, where its crew is capped.
    pub crew_cap: Option<u32>,
}

/// A limit on hiring that the weekly program runs into.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LimitRow {
    /// Code of the department.
    pub department: String,
    /// Most people who can be hired at once.
    pub heads: u32,
    /// Most at work, where it is the crew curve that stops them; else it is the terms of hire.
    pub crew_cap: Option<u32>,
    /// So many more in the try without it.
    pub raised_by: u32,
}

/// What comes of higher limits on hiring, all raised together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RaisedRow {
    /// The limits.
    pub limits: Vec<LimitRow>,
    /// Bid days without time in the weekly program with the limits.
    pub short: f64,
    /// The same without them.
    pub short_without: f64,
    /// Last day of the work in the detailed plan without them.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// Working days late; below 0 = to spare. Not known without a last day.
    pub late: Option<i64>,
    /// What that plan costs more than the plan as it is.
    pub cost: i64,
}

/// A pool of which there is no more than is used.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FullPoolRow {
    /// Code of the pool.
    pub pool: String,
    /// First day.
    #[schemars(with = "String")]
    pub from: Date,
    /// Last day; on some days between there may be room.
    #[schemars(with = "String")]
    pub to: Date,
}

/// What it takes to make a date.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CrewForAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Id of the milestone.
    pub milestone: String,
    /// The date asked for.
    #[schemars(with = "String")]
    pub by: Date,
    /// Last day of the work in the plan as it is.
    #[schemars(with = "Option<String>")]
    pub planned: Option<Date>,
    /// Estimated final cost of the plan as it is.
    pub efc: i64,
    /// Whether the date can be made, by a plan that was found.
    pub makes_it: bool,
    /// The date that nothing beats, whoever is hired on the terms there are, with no more tasks shared than the
    /// show allows.
    #[schemars(with = "Option<String>")]
    pub earliest_possible: Option<Date>,
    /// The date of the plan below: the one asked for, or the earliest found.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// What is bought for it.
    pub purchases: Vec<PurchaseRow>,
    /// What it costs beyond the plan as it is.
    pub cost: BillRow,
    /// Where the date cannot be made: work that the weekly program cannot place in time with all that can be
    /// bought.
    pub short: Vec<ShortRow>,
    /// Where the date cannot be made: pools (licences, desks, a farm) of which the weekly program has no more.
    pub full: Vec<FullPoolRow>,
    /// Where the date cannot be made and hiring stops at a limit: a try with more people than that.
    pub raised: Option<RaisedRow>,
    /// Distance of the weekly program's cost to its bound, in basis points.
    pub gap: i64,
    /// All tries, in order.
    pub tries: Vec<TryRow>,
}

/// The earliest date for a crew.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DateForAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Id of the milestone.
    pub milestone: String,
    /// The crew that was asked about, in words.
    pub crew: Vec<String>,
    /// Last day of the work in the plan as it is.
    #[schemars(with = "Option<String>")]
    pub planned: Option<Date>,
    /// Last day with the people there are and this date before all else.
    #[schemars(with = "Option<String>")]
    pub as_it_is: Option<Date>,
    /// Last day with the crew and this date before all else.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// No plan of the crew can be earlier.
    #[schemars(with = "Option<String>")]
    pub earliest_possible: Option<Date>,
    /// Estimated final cost of the plan as it is.
    pub efc: i64,
    /// Cost beyond it.
    pub cost: BillRow,
}

/// What becomes of the production.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct EffectRow {
    /// Last day of the work in question.
    #[schemars(with = "Option<String>")]
    pub finish: Option<Date>,
    /// Last day of all work that is not on hold; not given when some of it has no place.
    #[schemars(with = "Option<String>")]
    pub all_done: Option<Date>,
    /// Tasks that have no place, without those on hold.
    pub unplaced: u32,
    /// Milestones that are late.
    pub milestones_late: u32,
    /// Working days late over all that has a date of its own.
    pub days_late: u64,
    /// Estimated final cost, with supervision and what is missing to the smallest order.
    pub efc: i64,
    /// What incentives give the studio of it, as far as it is certain.
    pub incentives: i64,
    /// What the plan pays at the prices of its objective for all that is no money: lateness above all.
    pub penalties: i64,
}

/// The work at one vendor.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct VendorRow {
    /// Id of the vendor.
    pub vendor: String,
    /// Tasks it could take, in time.
    pub tasks: u32,
    /// Tasks of the scope that stay in house.
    pub stay: u32,
    /// Bid days freed in house.
    pub days_freed: f64,
    /// Price of the work.
    pub price: i64,
    /// What is missing to the smallest order.
    pub top_up: i64,
    /// Supervision.
    pub supervision: i64,
    /// Longest lead time of a task, in working days.
    pub lead_days: u32,
    /// Weeks that it takes at the vendor's capacity, where that is known.
    pub weeks: Option<u32>,
    /// First day on which the client lets it work.
    #[schemars(with = "Option<String>")]
    pub cleared_from: Option<Date>,
    /// Last day to order all of it, so that nothing that waits for it gets late.
    #[schemars(with = "Option<String>")]
    pub order_by: Option<Date>,
    /// What becomes of the production.
    pub effect: EffectRow,
    /// Ids of the tasks.
    pub task_ids: Vec<String>,
}

/// Work in house against each vendor.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OutsourceAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// The scope as it was written.
    pub scope: String,
    /// Tasks in it with work left.
    pub tasks: u32,
    /// Their bid days.
    pub days: f64,
    /// Labour and overtime of them in the plan.
    pub labour: i64,
    /// What of that is saved if they are not done in house.
    pub avoidable: i64,
    /// What becomes of the production with the work in house.
    pub in_house: EffectRow,
    /// The vendors, the best first: by final cost less incentives with `penalties`.
    pub vendors: Vec<VendorRow>,
}

/// One plan of a trade-off.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PointRow {
    /// Last day of the work.
    #[schemars(with = "String")]
    pub date: Date,
    /// The date to ask `crew-for` or the weekly program for; not given for the plan as it is.
    #[schemars(with = "Option<String>")]
    pub asked: Option<Date>,
    /// Cost beyond the plan as it is.
    pub cost: BillRow,
    /// Distance of the weekly program's cost of whole heads and orders to its bound, in basis points; `null` where
    /// nothing was asked of it.
    pub gap: Option<i64>,
    /// Cost of each working day gained on the next later plan.
    pub day_costs: Option<i64>,
    /// What is bought.
    pub purchases: Vec<PurchaseRow>,
    /// What is bought here and not in the next later plan, and the other way round.
    pub changes: Vec<String>,
    /// It is done by this day with the confidence asked for.
    #[schemars(with = "Option<String>")]
    pub sure_date: Option<Date>,
    /// The final cost is at most so much with that confidence.
    pub sure_cost: Option<i64>,
}

/// Cost against date.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TradeoffAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Id of the milestone.
    pub milestone: String,
    /// Estimated final cost of the plan as it is.
    pub efc: i64,
    /// The date that nothing beats, whoever is hired on the terms there are.
    #[schemars(with = "Option<String>")]
    pub earliest_possible: Option<Date>,
    /// The plans, earliest first.
    pub points: Vec<PointRow>,
    /// With how much confidence the sure dates and costs hold, in basis points; `null` where none was asked for.
    pub confidence: Option<i64>,
    /// Plans that were made.
    pub tries: u32,
    /// Plans left out because another is no later and no dearer.
    pub dominated: u32,
}

/// A cap on final cost.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CapRow {
    /// What it is on: "total", a show, a department, an account or a month.
    pub cap: String,
    /// How much.
    pub amount: i64,
    /// Cost under it in the plan as it is.
    pub planned: i64,
    /// What of that could be saved without stopping work: freelance days and overtime.
    pub avoidable: i64,
    /// Cost under it in the plan with the caps.
    pub after: i64,
    /// The same where no more work is left out than without caps: the least that was found.
    pub with_all_work: i64,
    /// Whether `with_all_work` keeps it. Where `after` does and this does not, it is kept only by leaving out work.
    pub holds: bool,
    /// What is missing to keep it with all work done, where it does not hold.
    pub missing: i64,
    /// Bid days in time that the price of an artist-week more under the cap brings back, by the dual of
    /// the weekly program.
    pub days_for_a_week: Option<f64>,
    /// The same by solving again with an artist-week more.
    pub days_for_a_week_more: Option<f64>,
    /// Bid days that an artist-week less costs, by solving again.
    pub days_for_a_week_less: Option<f64>,
}

/// A contract that ends earlier.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ShorterRow {
    /// The person.
    pub person: String,
    /// Home department.
    pub department: Option<String>,
    /// New last day.
    #[schemars(with = "String")]
    pub last_day: Date,
}

/// A plan under budget caps.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BudgetAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Whether all caps hold with no more work left out than without them.
    pub holds: bool,
    /// The caps.
    pub caps: Vec<CapRow>,
    /// What becomes of the production without them.
    pub without: EffectRow,
    /// What becomes of it with them.
    pub with: EffectRow,
    /// Freelance contracts that end earlier.
    pub releases: Vec<ShorterRow>,
    /// Departments without overtime.
    pub no_overtime: Vec<String>,
    /// What of the final cost with caps is owed for confirmed days of these contracts that are called off.
    pub called_off: i64,
    /// What could still be saved of the cost to go of that plan, by day of the decision.
    pub ladder: Vec<super::Rung>,
    /// What its figures are made of; `--why` tells it.
    #[serde(skip)]
    pub opened: super::Opened,
    /// Plans that were made.
    pub tries: u32,
}
