//! Cash, commitments, vendors, earned value, margin and incentives in a result.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When the money moves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cash {
    /// Cash at hand before the first week.
    pub opening: i64,
    /// Every week from the first to the last movement.
    pub weeks: Vec<CashWeek>,
    /// Payments of clients and vendors, and incentives, by date.
    pub events: Vec<CashEvent>,
    /// Monday of the week, from that of the plan on, in which the balance is lowest.
    #[schemars(with = "Option<String>")]
    pub lowest_week: Option<Date>,
    /// The balance then.
    pub lowest: i64,
    /// Paid from the day of the plan on: the cost to go, and cost to date that is not paid yet.
    pub to_pay: i64,
    /// Received from the day of the plan on.
    pub to_come: i64,
    /// Monday of the lowest balance if each client payment to come is 30 days late.
    #[schemars(with = "Option<String>")]
    pub late_client_week: Option<Date>,
    /// The balance then.
    pub late_client_lowest: i64,
}

/// Cash of one week. `paid = payroll + fringe + vendors + other`, `net = receipts + incentives − paid`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CashWeek {
    /// Monday.
    #[schemars(with = "String")]
    pub week: Date,
    /// Pay of people.
    pub payroll: i64,
    /// Employer's cost on top of pay.
    pub fringe: i64,
    /// Vendors' invoices.
    pub vendors: i64,
    /// Other cost.
    pub other: i64,
    /// All that is paid.
    pub paid: i64,
    /// Client payments.
    pub receipts: i64,
    /// Incentives paid out.
    pub incentives: i64,
    /// Received less paid.
    pub net: i64,
    /// Cash at hand at the end of the week.
    pub balance: i64,
}

/// A payment with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CashEvent {
    /// Day on which what it waits for happens.
    #[schemars(with = "String")]
    pub invoiced: Date,
    /// Day of the money.
    #[schemars(with = "String")]
    pub date: Date,
    /// "vendor" (paid), "receipt" or "incentive" (received).
    pub kind: String,
    /// Amount, positive in both directions.
    pub amount: i64,
    /// Show.
    pub show: Option<String>,
    /// Vendor paid.
    pub vendor: Option<String>,
    /// What it is tied to.
    pub tied_to: String,
    /// The plan decides its day.
    pub planned: bool,
}

/// What a decision to stop on one day would save. `spent + owed + people + vendors` is the cost to go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// Day of the decision.
    #[schemars(with = "String")]
    pub decided: Date,
    /// Cost to go of the days before it.
    pub spent: i64,
    /// Owed whatever is decided.
    pub owed: i64,
    /// People's pay that would be saved.
    pub people: i64,
    /// Orders that could be cancelled, less what that costs, and vendors' work not ordered yet.
    pub vendors: i64,
    /// `people + vendors`.
    pub avoidable: i64,
}

/// One vendor on one show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VendorShow {
    /// Vendor.
    pub vendor: String,
    /// Its name.
    pub name: String,
    /// Show; `null` = not of one show.
    pub show: Option<String>,
    /// Value of all orders, with approved changes.
    pub contracted: i64,
    /// Approved changes of it.
    #[serde(default)]
    pub changes: i64,
    /// What priced and sent change orders would add to the final cost.
    #[serde(default)]
    pub pending: i64,
    /// Price of change orders that are not agreed and whose work has begun: it may be invoiced all the same.
    #[serde(default)]
    pub unapproved: i64,
    /// Posted and accrued.
    pub to_date: i64,
    /// The open rest of the orders.
    pub open: i64,
    /// Planned work that no order covers: projected to be awarded.
    pub projected: i64,
    /// `open + projected + pending`.
    pub exposure: i64,
    /// `to_date + open + projected`.
    pub efc: i64,
    /// `open + projected` × the vendor's chance of a late delivery.
    pub at_risk: i64,
    /// What watching over the rest takes of our own people.
    pub supervision: i64,
    /// Work in the plan.
    pub packages: Vec<Package>,
}

/// A vendor's tasks of one department in one sequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Department.
    pub department: String,
    /// Sequence; `null` = assets and the like.
    pub sequence: Option<String>,
    /// Tasks.
    pub tasks: u32,
    /// Work left at the bid standard, in minutes.
    pub minutes: i64,
    /// First day.
    #[schemars(with = "String")]
    pub start: Date,
    /// Last delivery.
    #[schemars(with = "String")]
    pub delivery: Date,
    /// Last acceptance, reviews included.
    #[schemars(with = "Option<String>")]
    pub acceptance: Option<Date>,
}

/// Earned value on the day of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Earned {
    /// Budget at completion of the accounts that tasks are budgeted on.
    pub budget: i64,
    /// Value that should be done by now.
    pub planned: i64,
    /// Value that is done.
    pub earned: i64,
    /// Cost to date.
    pub spent: i64,
    /// `earned − spent`; negative = over cost.
    pub cost_variance: i64,
    /// `earned − planned`; negative = behind.
    pub schedule_variance: i64,
    /// Earned ÷ spent.
    pub cost_index: Option<f64>,
    /// Earned ÷ planned.
    pub schedule_index: Option<f64>,
    /// When the value earned now should have been earned, in weeks from the first.
    pub earned_schedule: f64,
    /// Weeks gone by.
    pub actual_time: f64,
    /// Earned schedule ÷ weeks gone.
    pub time_index: Option<f64>,
    /// How well the rest must go to end on budget.
    pub to_complete_index: Option<f64>,
    /// Estimates at completion: "as_so_far", "as_budgeted", "as_so_far_in_cost_and_time", "by_the_plan".
    pub estimates: std::collections::BTreeMap<String, Option<i64>>,
    /// The largest estimate less the smallest.
    pub spread: i64,
    /// The budget is that of the file; else the bid at the mean day rate.
    pub budgeted: bool,
    /// What is planned follows a baseline; else the latest dates that meet every due date.
    #[serde(default)]
    pub baseline: bool,
    /// Mondays, and the value that should be done by the end of each week.
    #[schemars(with = "Vec<(String, i64)>")]
    pub weeks: Vec<(Date, i64)>,
}

/// Revenue against cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Margin {
    /// Awards of all shows.
    pub award: i64,
    /// Change orders that the client has signed.
    pub approved: i64,
    /// Change orders that are priced or sent.
    pub pending: i64,
    /// Change orders that are drafts.
    pub draft: i64,
    /// `award + approved`.
    pub revenue: i64,
    /// Estimated final cost before incentives.
    pub gross: i64,
    /// Incentives to expect for the studio.
    pub incentives: i64,
    /// `gross − incentives`.
    pub net: i64,
    /// `revenue − net`.
    pub margin: i64,
    /// What priced and sent changes of vendors' orders would add to the gross cost.
    #[serde(default)]
    pub vendors_pending: i64,
    /// The margin if all pending changes are approved too: `margin + pending − vendors_pending`.
    pub with_pending: i64,
    /// Cost to date of work on change orders that the client has not approved.
    pub unapproved_spent: i64,
    /// Cost to go of that work.
    pub unapproved_to_go: i64,
}

/// A change order: with the client, or with a vendor about a purchase order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRow {
    /// Number.
    pub id: String,
    /// Show.
    pub show: String,
    /// Vendor whose order it changes; `null` = it is with the client.
    pub vendor: Option<String>,
    /// Purchase order that it changes.
    pub order: Option<String>,
    /// "draft", "priced", "sent", "approved", "rejected" or "absorbed".
    pub state: String,
    /// Day of that state.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// Days since then, on the day of the plan.
    pub age: Option<i64>,
    /// Price in the production's currency; negative = a credit.
    pub amount: i64,
    /// Working days that it adds to the vendor's time.
    pub days: i64,
    /// Tasks it pays for.
    pub tasks: u32,
    /// Tasks of it that have begun.
    pub begun: u32,
    /// Cost to date of its tasks.
    pub spent: i64,
    /// Cost to go of its tasks.
    pub to_go: i64,
    /// What it would add to the final cost if a vendor's change that is priced or sent were approved.
    pub adds: i64,
}

/// What one incentive gives. Rules are illustrations to be checked with an adviser, never advice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Incentive {
    /// Name.
    pub id: String,
    /// Place.
    pub place: String,
    /// Cost of its kind in its place.
    pub eligible: i64,
    /// What of it counts.
    pub base: i64,
    /// Rate, in basis points.
    pub rate: i64,
    /// Base × rate.
    pub credit: i64,
    /// Credit after tax.
    pub after_tax: i64,
    /// The studio's share of it.
    pub studio: i64,
    /// The studio's share × certainty.
    pub expected: i64,
    /// Day of the money.
    #[schemars(with = "String")]
    pub received: Date,
}

/// Finished tasks of one kind against their bids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BidRow {
    /// Department.
    pub department: String,
    /// Class of the shot or asset.
    pub class: Option<String>,
    /// Experience of whoever logged most on it: "junior", "mid", "senior" or "lead".
    pub level: Option<String>,
    /// Tasks.
    pub tasks: u32,
    /// Bid, in minutes.
    pub bid_minutes: i64,
    /// Logged, in minutes.
    pub logged_minutes: i64,
    /// Logged ÷ bid of a task: the best quarter, the middle, the worst quarter.
    pub quartiles: [f64; 3],
}
