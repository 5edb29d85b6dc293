//! Questions in the language of a solver: takes a [`Production`](crate::model::Production), gives a
//! compiled scheduling [`Problem`] and linear programs. Solves nothing, reads no file, names no
//! solver.

mod balance;
pub mod calls;
mod dues;
pub mod energy;
mod job;
mod lanes;
pub mod levers;
mod overtime;
mod pools;
mod problem;
pub mod program;
mod setup;
pub mod staffing;
mod vendors;
mod working_time;

pub use crate::model::project::{Link, Need, Project, Reservoir, Timetable};
pub use balance::{Teams, WEEKS_TOGETHER};
pub use dues::{Deadline, Due, Target};
pub use job::*;
pub use lanes::{LaneSpec, OvertimeRoom};
pub use overtime::{MOST_TOGETHER, OvertimeBook};
pub use pools::{PoolNeed, PoolSpec, Pools, days_of_run, part_of, rendered};
pub use problem::*;
pub use setup::Setup;
pub use vendors::{Vendors, each_week};
pub use working_time::{CountingCalendar, WorkingTime};
