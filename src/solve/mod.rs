//! Answers: takes questions from `formulate`, gives plans and proven bounds.
//!
//! Reads no file, prints nothing, has no clock or seed of its own: limits, seeds and the wish to
//! stop are handed in.

mod again;
pub mod bounds;
pub mod engine;
mod first_plans;
pub mod levers;
pub mod linear;
mod looks;
mod planning;
mod prices;
pub mod project;
pub mod proof;
mod staffing;

pub use again::{Short, Tried, plan_again, plan_shortly};
pub use planning::{
    Before, Earliest, Limit, Options, Phase, Progress, Solved, Watch, plan, plan_from,
    plan_from_unproven, plan_unproven,
};
pub use prices::{
    MilestonePrice, OvertimePrice, PoolPrice, Price, Prices, VendorPrice, prices, prices_within,
};
pub use staffing::{Staffed, StaffingQuestion, known, staffed, staffed_finer};
