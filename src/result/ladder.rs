//! The commitments ladder in a result.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
