//! What new shots cost, what to ask for them, and what they do to the dates.

use super::Heading;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// The price of a list of shots.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BidAnswer {
    /// Of which show.
    #[serde(flatten)]
    pub heading: Heading,
    /// On top of the artists' cost, in basis points.
    pub overhead: i64,
    /// Of the price, in basis points.
    pub margin: i64,
    /// The shots, in the order of the list.
    pub shots: Vec<BidShot>,
    /// Their work by department.
    pub departments: Vec<BidDepartment>,
    /// Minutes in a bid day.
    pub day_minutes: i64,
    /// Artists' cost and overhead: below it money is lost.
    pub floor: i64,
    /// The floor and the margin.
    pub price: i64,
    /// Final cost of the show as it is.
    pub efc_before: i64,
    /// Final cost of the show with the shots.
    pub efc_after: i64,
    /// Milestones that end on another day with the shots.
    pub milestones: Vec<BidMilestone>,
    /// What its figures are made of; `--why` tells it.
    #[serde(skip)]
    pub opened: super::Opened,
}

/// One shot.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BidShot {
    /// Id.
    pub id: String,
    /// Complexity class.
    pub class: String,
    /// Work, in minutes at the bid standard.
    pub minutes: i64,
    /// Artists' cost.
    pub cost: i64,
    /// Artists' cost and overhead.
    pub floor: i64,
    /// The floor and the margin.
    pub price: i64,
    /// Due.
    #[schemars(with = "Option<String>")]
    pub due: Option<Date>,
    /// Last day in the plan with the shots; `null` when some of its work has no place.
    #[schemars(with = "Option<String>")]
    pub planned: Option<Date>,
    /// Shots of its class in the show that its work is the mean of; 0 = the trade's usual bids, `null` = the
    /// list has days of its own.
    pub pattern: Option<u32>,
}

/// Work of one department.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BidDepartment {
    /// Code.
    pub id: String,
    /// Work, in minutes at the bid standard.
    pub minutes: i64,
    /// Artists' cost.
    pub cost: i64,
}

/// A milestone that moves.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BidMilestone {
    /// Id.
    pub id: String,
    /// Due.
    #[schemars(with = "String")]
    pub due: Date,
    /// Planned without the shots.
    #[schemars(with = "Option<String>")]
    pub was: Option<Date>,
    /// Planned with them.
    #[schemars(with = "Option<String>")]
    pub is: Option<Date>,
}
