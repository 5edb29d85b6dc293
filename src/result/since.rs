//! What a plan has otherwise than an earlier one that it was to keep to.

use super::{MilestoneDifference, TaskDifference};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A plan against the earlier one that it keeps to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// The day of the earlier plan.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// Working days in which nothing should change.
    pub freeze_days: u32,
    /// Where open tasks were, by which changes are judged.
    pub places: Vec<EarlierRow>,
    /// Tasks that begin or end on another day, or are worked by others; the earlier plan is `a`.
    pub tasks: Vec<TaskDifference>,
    /// Tasks that begin on another day.
    pub moved: u32,
    /// Tasks that others work on.
    pub people_changed: u32,
    /// Tasks that were to begin in the frozen days and have other people or another first day.
    pub frozen_changed: u32,
    /// Open tasks that the earlier plan did not have, or had no place for.
    pub added: u32,
    /// Tasks of the earlier plan that are done, gone or without a place.
    pub gone: u32,
    /// People of the earlier plan who are not in the show any more.
    pub people_gone: Vec<String>,
    /// Milestones with another planned date.
    pub milestones: Vec<MilestoneDifference>,
    /// Final cost then; `null` in another currency.
    pub final_cost_before: Option<i64>,
    /// Final cost now.
    pub final_cost: i64,
}

/// Where a task was in an earlier plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarlierRow {
    /// Task.
    pub task: String,
    /// People who are still there.
    pub people: Vec<String>,
    /// First day.
    #[schemars(with = "String")]
    pub start: Date,
}
