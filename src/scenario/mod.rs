//! What if: takes a production and changes to it, gives the changed production. Plans nothing, reads no
//! file; the production it is given stays as it is.
//!
//! [`Change`] is one change with everything it refers to by id; each kind has its function in the file of
//! its subject (`crew`, `dates`, `work` …). [`Scenario`] is a named list of edits, and [`Applied`] what they
//! did, edit by edit, so that it can be listed and undone.

mod change;
mod crew;
mod dates;
mod difference;
mod edits;
mod holding;
mod money;
mod moving;
mod new_shots;
mod shows;
mod vendors;
mod work;

pub use change::{Cap, Change, OvertimeLimits, RateChange, Shift, apply, apply_to_plan};
pub use dates::working_days_later;
pub use difference::{Delta, Difference};
pub use edits::{Applied, Edit, Scenario};
pub use new_shots::{Pattern, add_shots, pattern};
