//! When the money moves, in a result.

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
