//! The scheduling engine: takes a compiled problem, gives the best schedule found in the limit.
//! Knows slots and numbers only.
//!
//! A list scheduler ([`decode`]) makes the first schedules; [`improve`] then takes some tasks out of
//! the standing schedule and puts them back, again and again. [`guide`] explains each idea. What both share: the [`schedule`]
//! itself, the [`board`] that knows who is free, and [`place`], which finds the best place for one
//! task.

#[doc = include_str!("../../docs/shows.md")]
pub mod guide {}

mod annealing;
pub mod balance;
pub mod board;
mod charges;
mod cheaper_hands;
mod crews;
pub mod decode;
pub mod evaluate;
mod exchanges;
pub mod gaps;
pub mod improve;
pub mod keep;
pub mod kept_dates;
pub mod later_starts;
pub mod ledger;
pub mod lenient;
pub mod long_weeks;
pub mod mend;
pub mod neighbourhoods;
pub mod onward;
pub mod place;
pub mod pools;
pub mod pressure;
pub mod priorities;
pub mod schedule;
pub mod setup;
pub mod standing;
pub mod trial;
pub mod trouble;
pub mod unhurried;
pub mod vendors;
