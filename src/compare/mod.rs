//! Several plans side by side: takes a production and a question, tries changes of the production on
//! the detailed plan, and says what each does to dates and money.
//!
//! Every plan here has passed the independent check, and every cost is that of the forecast. Writes no
//! text: `pipeline` and `report` do.

mod beside;
mod bill;
mod budget;
mod crew_for;
mod crowding;
mod crunch;
mod date_for;
mod futures;
mod in_turn;
mod incentives;
mod limits;
mod outsource;
mod splitting;
mod tradeoff;
mod tried;
mod trimming;

pub use bill::{Bill, order};
pub use budget::{Budgeted, Capped, Saving, budget, is_avoidable, under_cap};
pub use crew_for::{CrewFor, Raised, Round, crew_for, purchases};
pub use crunch::{Calmer, Crunch, crunch};
pub use date_for::{DateFor, date_for};
pub use futures::{Beginning, Future, Without, side_by_side};
pub use limits::HiringLimit;
pub use outsource::{AtVendor, Effect, InHouse, outsource};
pub use tradeoff::{Look, Point, Sure, Tradeoff, tradeoff};
pub use tried::{Goal, Options, Tried, Trouble};
