//! Why a plan is as it is: takes a production and its solved plan, gives reasons as codes with values.
//!
//! Why a task sits where it sits, which rules cannot hold together, and what would help. Writes no
//! prose: that is for `pipeline`.

mod causes;
mod conflicts;
mod hand_overs;
mod minimal;
mod reasons;
mod rules;
mod ways_out;

pub use conflicts::{Broken, Conflict, Effort, Proof, conflicts};
pub use hand_overs::HandOver;
pub use minimal::{Finding, Minimal, look, minimal};
pub use reasons::{Reason, reasons};
pub use rules::{Excerpts, Rule};
pub use ways_out::{Change, WayOut};
