//! What waits for what: takes a [`Production`](crate::model::Production), gives its dependencies as
//! a [`Network`] with loops by name, the two passes of the critical path, and the chain of tasks
//! that decides a date.
//!
//! Whoever runs a pass says how long a task takes ([`Pace`]), so the passes know calendars of shows
//! but no people. [`unlimited`] is the one pace that does: every task gets the best people it could
//! ever get, as if nobody else wanted them, which is how "no plan can be earlier" is shown.
//! Leaves to others: contention for people (`formulate`, `solve`) and what a chain means in words
//! (`check`, `explain`).

mod calendar;
mod chain;
mod due;
mod loops;
mod network;
mod passes;
pub mod unlimited;

pub use calendar::CalendarRank;
pub use chain::{ChainLink, binding_chain};
pub use due::due_boundaries;
pub use loops::cycles;
pub use network::{Edge, Network};
pub use passes::{Pace, PaceBack, Reach, Span, Times, Wait, WorkingDays, earliest, latest};
