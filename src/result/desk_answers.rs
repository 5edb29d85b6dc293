//! The line producer's answers, as they are printed in JSON: parts of a result with a heading.

use super::{
    BidRow, Cash, CashEvent, ChangeRow, Earned, Heading, Incentive, Margin, Rung, VendorShow,
};
use schemars::JsonSchema;
use serde::Serialize;

/// What `cash` says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CashAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// When the money moves.
    pub cash: Cash,
}

/// What `vendors` says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct VendorsAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Minutes of a bid day.
    pub day_minutes: i64,
    /// What is with vendors.
    pub vendors: Vec<VendorShow>,
    /// Changes of their orders.
    pub changes: Vec<ChangeRow>,
    /// Payments to them, by date.
    pub payments: Vec<CashEvent>,
    /// What of all cost could still be saved, by the day of the decision.
    pub ladder: Vec<Rung>,
}

/// What `margin` says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MarginAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Revenue against cost.
    pub margin: Margin,
    /// Change orders of the client.
    pub changes: Vec<ChangeRow>,
    /// What each incentive gives.
    pub incentives: Vec<Incentive>,
}

/// What `earned-value` says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct EarnedAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Earned value; `null` without any bid work.
    pub earned: Option<Earned>,
}

/// What `bids` says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BidsAnswer {
    /// Whose answer it is.
    #[serde(flatten)]
    pub heading: Heading,
    /// Minutes of a bid day.
    pub day_minutes: i64,
    /// Finished work against its bids, by department, class and level of whoever did it.
    pub bids: Vec<BidRow>,
}
