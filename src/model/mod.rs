//! The trade as sound values: what a production is, before anybody plans it.
//!
//! Takes nothing, gives [`Production`] and [`Plan`] with their parts. Reads no file, knows no
//! solver, has no clock and no randomness.

mod accounts;
pub mod availability;
mod calendar;
mod caps;
mod defaults;
mod earlier;
mod ids;
mod issue;
mod money;
mod moving;
mod pay;
mod people;
mod plan;
mod pools;
mod production;
mod productivity;
pub mod project;
mod settings;
mod terms;
mod timeline;
mod uncertainty;
mod work;

pub use accounts::*;
pub use availability::{DayOffTime, Lane};
pub use calendar::*;
pub use caps::*;
pub use defaults::*;
pub use earlier::*;
pub use ids::*;
pub use issue::*;
pub use money::*;
pub use moving::*;
pub use people::*;
pub use plan::*;
pub use pools::*;
pub use production::*;
pub use productivity::*;
pub use settings::*;
pub use terms::*;
pub use timeline::*;
pub use uncertainty::*;
pub use work::*;
