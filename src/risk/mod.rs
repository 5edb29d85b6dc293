//! Odds on dates and money: takes a production, a plan of it and its uncertainty, gives the spread of every
//! milestone, of the final cost and of cash, and what causes it.
//!
//! A [`Stream`] says what each variable is in each draw, [`Chances`] what that makes of work and delays, a
//! [`Replay`] runs the plan with it, and the forecast's [`Tally`](crate::forecast::Tally) prices the run.
//! [`odds`] puts the draws together; [`learn`] finds the spread in finished work. Reads no file, makes no
//! plan, writes no text.

#[doc = include_str!("../docs/risk.md")]
pub mod guide {}

mod chances;
mod course;
mod criticality;
mod figures;
mod learn;
mod mitigate;
mod odds;
mod replay;
mod samples;
mod shape;
mod stream;

pub use chances::{Cause, Chances, Drawn};
pub use course::Course;
pub use criticality::{DepartmentRisk, TaskRisk};
pub use figures::{Driver, Quantiles, Share, quantile, share};
pub use learn::{Coverage, Finished, Learned, LearnedRow, finished_of, learn};
pub use mitigate::mitigated;
pub use odds::{CauseOdds, CostOdds, FanWeek, MilestoneOdds, MitigationOdds, Odds, Options, odds};
pub use replay::{Policy, Replay, hold_as_planned};
pub use samples::{Samples, Setting};
pub use shape::Shape;
pub use stream::Stream;
