//! Change orders and margin in a result.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
