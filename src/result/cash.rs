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
    /// What people are paid, and the employer's cost on top, by payday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paydays: Vec<Payday>,
    /// Rows of `postings`, from 0, that are paid on the day of their cost: "other".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_the_day: Vec<u32>,
}

/// A day on which people are paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payday {
    /// Day of the money.
    #[schemars(with = "String")]
    pub date: Date,
    /// "payroll" or "fringe".
    pub kind: String,
    /// What is paid for: the row of `postings`, from 0, the minutes of it, and the amount; `null` where pay is not
    /// told.
    pub lines: Vec<PayLine>,
}

impl CashEvent {
    /// How payments of a list are asked for: the day, with whom and for what; those that share all of it are counted.
    pub fn asked(events: &[CashEvent]) -> Vec<String> {
        let mut known: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
        let name = |row: &CashEvent| {
            let with = row.vendor.as_deref().or(row.show.as_deref()).unwrap_or_default();
            let parts = [&*row.date.to_string(), with, &row.tied_to].map(str::to_owned);
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let id = parts.join(" ");
            let count = known.entry(id.clone()).or_default();
            *count += 1;
            if *count == 1 { id } else { format!("{id} ({count})") }
        };
        events.iter().map(name).collect()
    }
}

/// Row of `postings`, minutes, amount.
pub type PayLine = (u32, i64, Option<i64>);

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
    /// Row of `postings`, from 0, that it pays for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting: Option<u32>,
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

/// A contract, an order or the like on the commitments ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LadderLine {
    /// "contract", "order", "vendor" (work that no order covers) or "account" (pools and what is used beyond them).
    pub kind: String,
    /// Person or vendor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// What it is, with its terms.
    pub what: String,
    /// Purchase order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// First day.
    #[schemars(with = "String")]
    pub from: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub to: Date,
    /// Spent by then, owed and saved for each rung; empty where pay is not told.
    pub rungs: Vec<[i64; 3]>,
}

/// A purchase order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderRow {
    /// Number.
    pub id: String,
    /// Vendor it was given to.
    pub vendor: Option<String>,
    /// Show; `null` = not of one show.
    pub show: Option<String>,
    /// Account.
    pub account: String,
    /// Its value as it was given, without changes, in the production's currency.
    pub value: i64,
    /// When the rest of it is expected.
    #[schemars(with = "Option<String>")]
    pub expected: Option<Date>,
    /// File and line it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
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
    /// The shares behind the last two, in basis points of `open + projected`.
    #[serde(default)]
    pub shares: [i64; 2],
    /// Its payments before the day of the plan.
    #[serde(default)]
    pub paid: i64,
    /// Its payments from that day on; `paid + to_pay = efc`.
    #[serde(default)]
    pub to_pay: i64,
    /// Work in the plan.
    pub packages: Vec<Package>,
}

impl VendorShow {
    /// How its figures are asked for: the vendor, with the show where `all` has it for several.
    pub fn asked(&self, all: &[VendorShow]) -> String {
        match all.iter().filter(|other| other.vendor == self.vendor).count() {
            1 => self.vendor.clone(),
            _ => format!("{}/{}", self.vendor, self.show.as_deref().unwrap_or("no show")),
        }
    }
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
    /// The same figures by department.
    #[serde(default)]
    pub departments: Vec<EarnedRow>,
    /// Accounts that tasks are budgeted on: what is spent is the cost to date on them.
    #[serde(default)]
    pub accounts: Vec<String>,
}

/// Earned value of a department.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarnedRow {
    /// Department; empty = cost to date of none.
    pub department: String,
    /// Its part of the budget.
    pub budget: i64,
    /// Value that should be done by now.
    pub planned: i64,
    /// Value that is done.
    pub earned: i64,
    /// Cost to date.
    pub spent: i64,
    /// Its tasks with a budget.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<EarnedTask>,
}

/// A task's part of the budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarnedTask {
    /// Task.
    pub task: String,
    /// Its share of the budget.
    pub budget: i64,
    /// What of it is done.
    pub earned: i64,
    /// First day of its planned value, which grows evenly.
    #[schemars(with = "String")]
    pub start: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub end: Date,
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
    /// The award of each show that has one.
    #[serde(default)]
    pub awards: Vec<(String, i64)>,
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
    /// Ids of the tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
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
    /// How the rule gets from what is eligible to what is expected, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<IncentiveStep>,
    /// What is eligible: rows of `postings` from one to before another, all of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<[u32; 2]>,
    /// What is eligible in part, as its rule is valid for a part of a week only: row of `postings`, minutes, amount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of_parts: Vec<PayLine>,
}

impl Incentive {
    /// How its figures are asked for.
    pub fn asked(&self) -> String {
        format!("incentive {}", self.id)
    }
}

/// A step of an incentive's rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IncentiveStep {
    /// Towards what counts: "share" (of what is eligible), "net_of" (what others gave), "cap_share" (of such cost
    /// anywhere), "cap", "minimum". Then "rate" or "tier", "tax", "studio", "certainty".
    pub step: String,
    /// The share that the rule names, in basis points.
    pub share: Option<i64>,
    /// The amount that the rule names.
    pub limit: Option<i64>,
    /// What it changes: towards what counts and for tax what it takes off (negative), else what it gives.
    pub amount: i64,
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
    /// The tasks: id, bid and logged minutes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<(String, i64, i64)>,
}

impl BidRow {
    /// How its figures are asked for: "CMP B mid", with a dash for what is not known.
    pub fn asked(&self) -> String {
        let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        format!("{} {} {}", self.department, known(&self.class), known(&self.level))
    }
}
