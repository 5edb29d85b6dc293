//! The scheduling engine: takes a compiled problem, gives the best schedule found in the limit.
//! Knows slots and numbers only.

pub mod decode;
pub mod evaluate;
pub mod improve;
pub mod late_wish;
pub mod priorities;
