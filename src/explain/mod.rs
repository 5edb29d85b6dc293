//! Why a plan is as it is: takes a production and its solved plan, gives reasons as codes with values.
//!
//! Why a task sits where it sits, which rules cannot hold together, and what would help. Writes no
//! prose: that is for `result::words`.

mod conflicts;
mod reasons;

pub use conflicts::{Broken, Conflict, Proof, WayOut, conflicts};
pub use reasons::{Reason, reasons};
