//! Results for eyes: takes a saved [`Document`](crate::result::Document), gives the page that
//! producers open and the summary that the terminal shows. Calculates nothing and reads no file:
//! each can be made again from `result.json` at any time.

mod answer_page;
mod batch;
mod bid;
mod bids;
mod budget;
mod cash;
mod compare;
mod conflicts;
mod cost_report;
mod crew;
mod crew_for;
mod crunch;
mod date_for;
mod earned_value;
mod ladder;
mod levers;
mod margin;
mod movement;
mod outsource;
mod page;
mod pages;
mod prices;
mod risk;
mod summary;
mod sweep;
mod tradeoff;
mod vendors;
mod weekly;
mod why;
mod words;

pub use answer_page::{
    AnswerPage, Bar, Bars, Block, Chart, Column, Heat, HeatRow, Kind, Mark, Row, Section, Series,
    Shape, Table, Tile, Tone, day_at, day_cell,
};
pub use batch::batch;
pub use bid::bid;
pub use bids::bids;
pub use budget::budget;
pub use cash::cash;
pub use compare::compare;
pub use conflicts::conflicts;
pub use cost_report::{against, cost_report};
pub use crew::crew;
pub use crew_for::crew_for;
pub use crunch::crunch;
pub use date_for::date_for;
pub use earned_value::earned_value;
pub use margin::margin;
pub use movement::movement;
pub use outsource::outsource;
pub use page::page;
pub use pages::{Answer, closed};
pub use prices::prices;
pub use risk::{learned, risk};
pub use summary::summary;
pub use sweep::sweep;
pub use tradeoff::tradeoff;
pub use vendors::vendors;
pub use weekly::weekly;
pub use why::why;
