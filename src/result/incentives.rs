//! Incentives in a result.

use super::PayLine;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
