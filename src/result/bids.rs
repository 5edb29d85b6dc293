//! Finished work against its bids in a result.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
