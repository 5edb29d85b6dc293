//! Purchase orders and vendors in a result.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
