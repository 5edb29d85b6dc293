//! A closed period: what the cost report said, and enough of what it was made of to explain what
//! changed since.

use super::PartRow;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name of the format in the field `format`.
pub const SNAPSHOT_FORMAT: &str = "shotplan-snapshot";
/// Version of the format.
pub const SNAPSHOT_VERSION: u32 = 1;

/// A cost report that will not change any more. Amounts are in minor units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Always "shotplan-snapshot".
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// Name of the period ("2027-W10").
    pub period: String,
    /// Name of the production.
    pub production: String,
    /// The day of the plan.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// ISO 4217 code of all amounts.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// Hash of the input that was planned.
    pub input_hash: String,
    /// The cost report by account; revenue is no part of it.
    pub rows: Vec<PartRow>,
    /// Its total.
    pub total: PartRow,
    /// What was still planned or promised, by account, kind and week.
    pub to_go: Vec<ToGo>,
}

/// Cost to go of one account, kind and week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToGo {
    /// Account code.
    pub account: String,
    /// As in the postings of a result.
    pub kind: String,
    /// Monday.
    #[schemars(with = "String")]
    pub week: Date,
    /// Amount.
    pub amount: i64,
    /// Artist minutes.
    pub minutes: i64,
}

/// Why the final cost changed between two closed periods. The drivers of a row add to its movement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Movement {
    /// Name of the production.
    pub production: String,
    /// ISO 4217 code of all amounts, which are in minor units.
    pub currency: String,
    /// Decimal places of the minor unit.
    pub currency_decimals: u32,
    /// The earlier period, and its day.
    pub from: (String, Date),
    /// The later period, and its day.
    pub to: (String, Date),
    /// Accounts whose final cost or its parts changed, in order of code.
    pub rows: Vec<MovementRow>,
    /// All of them.
    pub total: MovementRow,
}

/// What changed the final cost of one account.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MovementRow {
    /// Account code.
    pub account: String,
    /// Final cost in the earlier period.
    pub before: i64,
    /// Final cost in the later period.
    pub after: i64,
    /// `after − before`.
    pub movement: i64,
    /// Booked since, less what had been planned and promised for the weeks that are over.
    pub booked: i64,
    /// More or less artist time planned for the weeks to come, at the rates of then.
    pub time: i64,
    /// The same time at other rates, or by other people.
    pub rates: i64,
    /// Overtime pay.
    pub overtime: i64,
    /// Paid time beside tasks: booked, of leads for their teams, guaranteed, called off.
    pub idle: i64,
    /// Purchase orders.
    pub orders: i64,
    /// Vendors' work that is not ordered yet.
    pub vendors: i64,
    /// Farm, licences and desks, and what is used beyond them.
    pub technology: i64,
}
