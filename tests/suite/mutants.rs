//! The checks themselves: valid plans with every number worked by hand, and plans that break one
//! rule on purpose and are caught by exactly that rule.

mod hostile;
mod objective;
mod rules;
mod sites;
pub mod studio;
mod working_time;
